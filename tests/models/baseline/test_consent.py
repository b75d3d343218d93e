"""Nothing that somebody said is shared before they allow it and every hint is answered; what they take back is gone."""

import pytest

from exports.sentences.events import doer_name, event_sentence
from models.baseline.conclusion_views import list_conclusions
from models.baseline.findings import (
    change_finding,
    keep_words,
    narrow_consent,
    set_consent,
    source_of_speaker,
)
from models.baseline.sources import change_source, renew_speaker_link, replace_word, speaker_token
from models.basics.errors import ConsentNarrower, InvalidValue, NotFound, TextMissing
from models.basics.words import Consent, Side, SourceKind
from models.storage.chain import list_events
from models.storage.database import reading
from models.storage.writing import write
from models.tables import BaselineSource, Finding
from tests.builders import (
    LEADER,
    Startfoto,
    allow,
    make_conclusion,
    make_document,
    make_finding,
    make_interview,
    make_quote,
    make_startfoto,
    read_collected,
    read_note,
    rows_of,
)
from tests.builders.startfoto import DRAWS, LETTER


def _is_released(source_id: int, place: int = 0) -> bool:
    return read_note(source_id).findings[place].released_at is not None


def _token(source_id: int) -> str:
    with reading() as session:
        return speaker_token(session.get_one(BaselineSource, source_id))


def _evidence(startfoto: Startfoto) -> list[tuple[str, str, str]]:
    with reading() as session:
        return [
            (one.text, one.role, one.name)
            for conclusion in list_conclusions(session, startfoto.baseline_id)
            for one in conclusion.evidence
        ]


def test_a_quote_waits_for_consent(sqlite: str) -> None:
    source = make_interview(make_startfoto())
    quote = make_quote(source, LETTER)
    assert not _is_released(source)

    allow(quote)

    assert _is_released(source)


def test_a_quote_with_consent_waits_until_its_hint_is_answered_by_a_vaguer_word(database: str) -> None:
    source = make_interview(make_startfoto())
    allow(make_quote(source, DRAWS))
    assert [hint.word for hint in read_note(source).findings[0].hints] == ["Samira"]
    assert not _is_released(source)

    write(replace_word, who=LEADER, source_id=source, word="Samira", became="een medewerker")

    assert read_note(source).findings[0].hints == []
    assert _is_released(source)


def test_or_by_letting_the_word_stay(sqlite: str) -> None:
    source = make_interview(make_startfoto())
    quote = make_quote(source, DRAWS)
    allow(quote)

    write(keep_words, who=LEADER, finding_id=quote, words=["samira"])

    assert _is_released(source)
    with pytest.raises(InvalidValue):
        write(keep_words, who=LEADER, finding_id=quote, words=["Yonas"])


def test_what_is_in_own_words_waits_for_its_hints_too(sqlite: str) -> None:
    startfoto = make_startfoto()
    source = make_document(
        startfoto, "Gezien aan het loket", kind=SourceKind.OBSERVATION, side=Side.MUNICIPALITY
    )

    finding = make_finding(source, "Alleen Samira helpt wie nog Nederlands leert.")

    assert not _is_released(source)
    write(keep_words, who=LEADER, finding_id=finding)
    assert _is_released(source)


def test_what_was_published_and_names_nobody_is_shared_at_once(sqlite: str) -> None:
    source = make_document(make_startfoto(), "Taal en toegang in kleine gemeenten")

    make_finding(source, "Korte brieven geven minder fouten.")

    assert _is_released(source)


def test_other_words_ask_for_consent_anew(sqlite: str) -> None:
    source = make_interview(make_startfoto())
    finding = make_finding(source, "Brieven zijn te lang.")
    allow(finding)

    write(change_finding, who=LEADER, finding_id=finding, text="Brieven zijn onleesbaar.")

    assert not _is_released(source)


@pytest.mark.parametrize(
    ("consent", "told"),
    [
        (Consent.NONE, ("", "", "")),
        (Consent.WITHOUT_ATTRIBUTION, (LETTER, "", "")),
        (Consent.WITH_ROLE, (LETTER, "vrijwilliger", "")),
        (Consent.WITH_NAME, (LETTER, "vrijwilliger", "Zoë de Wit")),
    ],
)
def test_of_who_said_it_stands_there_what_they_allow(
    sqlite: str, consent: Consent, told: tuple[str, str, str]
) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto, role="vrijwilliger")
    quote = make_quote(source, LETTER)
    make_conclusion(startfoto, "Brieven zijn te lang.", supporting=[quote])

    write(set_consent, who=LEADER, finding_ids=[quote], consent=consent, name="Zoë de Wit")

    assert _evidence(startfoto) == [told]


def test_a_name_is_asked_for_and_goes_when_nothing_is_shared_with_it(sqlite: str) -> None:
    source = make_interview(make_startfoto())
    quote = make_quote(source, LETTER)
    with pytest.raises(TextMissing):
        allow(quote, Consent.WITH_NAME)
    write(set_consent, who=LEADER, finding_ids=[quote], consent=Consent.WITH_NAME, name="Zoë de Wit")
    assert "Zoë" in str(rows_of(BaselineSource))

    allow(quote, Consent.WITH_ROLE)

    assert "Zoë" not in str(rows_of(BaselineSource))


def test_the_speaker_narrows_by_their_own_link_and_nobody_widens_it(database: str) -> None:
    source = make_interview(make_startfoto())
    quote = make_quote(source, LETTER)
    allow(quote, Consent.WITH_ROLE)

    write(narrow_consent, token=_token(source), finding_id=quote, consent=Consent.WITHOUT_ATTRIBUTION)

    with pytest.raises(ConsentNarrower):
        allow(quote, Consent.WITH_ROLE)
    with pytest.raises(ConsentNarrower):
        write(narrow_consent, token=_token(source), finding_id=quote, consent=Consent.WITH_ROLE)
    assert read_note(source).findings[0].consent == Consent.WITHOUT_ATTRIBUTION
    assert _is_released(source)


def test_what_nobody_asked_for_yet_the_speaker_allows_as_they_like(sqlite: str) -> None:
    source = make_interview(make_startfoto())
    quote = make_quote(source, LETTER)

    write(narrow_consent, token=_token(source), finding_id=quote, consent=Consent.WITH_ROLE)

    assert _is_released(source)


def test_what_is_withdrawn_is_gone_from_conclusions_and_counts_no_more(database: str) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto)
    quote = make_quote(source, LETTER, themes=[startfoto.themes["Taal"]])
    allow(quote)
    make_conclusion(startfoto, "Brieven zijn te lang.", supporting=[quote])
    assert _evidence(startfoto)

    write(narrow_consent, token=_token(source), finding_id=quote, consent=Consent.NONE)

    assert _evidence(startfoto) == []
    with reading() as session:
        (conclusion,) = list_conclusions(session, startfoto.baseline_id)
    assert conclusion.standing.findings == 0
    assert len(read_collected(startfoto).coverage.empty) == 16
    with pytest.raises(ConsentNarrower):
        write(narrow_consent, token=_token(source), finding_id=quote, consent=Consent.WITH_ROLE)
    with pytest.raises(ConsentNarrower):
        allow(quote)


def test_a_link_opens_nothing_of_another_interview_and_nothing_once_it_was_withdrawn(sqlite: str) -> None:
    startfoto = make_startfoto()
    source, other = make_interview(startfoto), make_interview(startfoto)
    quote = make_quote(other, LETTER)
    token = _token(source)

    with pytest.raises(NotFound):
        write(narrow_consent, token=token, finding_id=quote, consent=Consent.WITH_ROLE)
    write(renew_speaker_link, who=LEADER, source_id=source)

    with reading() as session, pytest.raises(NotFound):
        source_of_speaker(session, token)
    with reading() as session, pytest.raises(NotFound):
        source_of_speaker(session, "")


def test_the_database_itself_releases_nothing_without_consent(database: str) -> None:
    source = make_interview(make_startfoto())
    make_quote(source, LETTER)

    (found,) = rows_of(Finding)

    assert (found["consent"], found["released_at"]) == ("none", None)


def test_consent_for_all_of_an_interview_is_noted_at_once_but_not_against_the_speaker(sqlite: str) -> None:
    source = make_interview(make_startfoto())
    first, second = make_quote(source, LETTER), make_finding(source, "Brieven zijn te lang.")
    write(narrow_consent, token=_token(source), finding_id=first, consent=Consent.NONE)

    with pytest.raises(ConsentNarrower):
        write(set_consent, who=LEADER, finding_ids=[first, second], consent=Consent.WITH_ROLE)

    assert not _is_released(source, 1)
    allow(second)
    assert _is_released(source, 1)


@pytest.mark.parametrize(("language", "who"), [("nl", "Bewoner 1"), ("en", "Resident 1")])
def test_what_a_speaker_does_is_recorded_under_their_alias(sqlite: str, language: str, who: str) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto)
    quote = make_quote(source, LETTER)

    write(narrow_consent, token=_token(source), finding_id=quote, consent=Consent.NONE)

    with reading() as session:
        newest, *_earlier = list_events(session, startfoto.room.alliance_id)
    assert doer_name(newest.who, language) == who
    assert LETTER not in event_sentence(newest.what, newest.details, language)


def test_a_role_that_tells_who_somebody_is_waits_for_its_hint_too(sqlite: str) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto, role="moeder van Tesfalem, straat 4")
    quote = make_quote(source, LETTER)

    allow(quote, Consent.WITHOUT_ATTRIBUTION)
    assert read_note(source).findings[0].released_at is not None
    allow(quote, Consent.WITH_ROLE)

    [finding] = read_note(source).findings
    assert finding.released_at is None
    assert "Tesfalem" in [hint.word for hint in finding.hints]
    for hint in finding.hints:
        write(replace_word, who=LEADER, source_id=source, word=hint.word, became="iemand")
    view = read_note(source)
    assert view.findings[0].released_at is not None
    assert "Tesfalem" not in view.source.role
    write(change_source, who=LEADER, source_id=source, side=Side.RESIDENTS, role="oom van Kidane")
    assert read_note(source).findings[0].released_at is None
