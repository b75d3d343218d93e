"""Interviews typed on phones: stored once however often they come, and nothing of them stands in two places."""

from datetime import timedelta

import pytest

from models.baseline import field
from models.baseline.erasing import erase_notes
from models.baseline.field import (
    FieldNoteStored,
    field_page,
    field_standings,
    renew_field_link,
    take_in_left,
    type_in_field,
)
from models.baseline.sources import field_token, replace_word, type_note
from models.basics.clock import now
from models.basics.errors import InvalidValue, NoteErased, NotFound, RequestReused, TextTooLong
from models.storage.database import reading
from models.storage.writing import write
from models.tables import BaselineSource, FieldNote
from tests.builders import LEADER, Startfoto, make_interview, make_startfoto, read_note, rows_of

ASKED = "Wanneer had u hulp nodig van de gemeente?"
SAID = "Brief van vier bladzijden. Zoon van elf vertaalt. شكراً 🤝"


def token_of(source_id: int) -> str:
    with reading() as session:
        return field_token(session.get_one(BaselineSource, source_id))


def send(source_id: int, text: str = SAID, **more: object) -> FieldNoteStored:
    asked = {
        "token": token_of(source_id),
        "phone": "een",
        "note": "a1",
        "sequence": 1,
        "question": 3,
        "heading": ASKED,
        "heading_of_another": "Telefoon {phone}: " + ASKED,
        **more,
    }
    stored = write(type_in_field, text=text, **asked)
    assert isinstance(stored, FieldNoteStored)
    return stored


def notes_of(source_id: int) -> str:
    return read_note(source_id).note


@pytest.fixture
def startfoto(database: str) -> Startfoto:
    return make_startfoto()


@pytest.mark.both_databases
def test_what_is_typed_comes_into_the_note_once_it_is_finished_with_its_themes_as_a_quote(
    startfoto: Startfoto,
) -> None:
    source = make_interview(startfoto, "")
    theme = startfoto.themes["Taal"]

    typing = send(source, "Brief van vier", is_finished=False, theme_ids=[theme])
    assert notes_of(source) == ""
    finished = send(source, sequence=5, theme_ids=[theme, 9_999])
    again = send(source, sequence=5, theme_ids=[theme])

    assert (typing.is_finished, typing.stored) == (False, 0)
    assert finished == again == FieldNoteStored(5, is_finished=True, stored=1, phones=1)
    assert notes_of(source) == f"{ASKED}\n\n{SAID}"
    (quote,) = read_note(source).findings
    assert (quote.text, quote.is_quote, quote.theme_ids, quote.consent) == (SAID, True, [theme], "none")
    assert [row["text"] for row in rows_of(FieldNote)] == [""]


def test_an_older_number_of_a_note_changes_nothing(startfoto: Startfoto) -> None:
    source = make_interview(startfoto, "")
    send(source, "Brief van vier bladzijden", sequence=7, is_finished=False)

    stored = send(source, "Brief", sequence=6, is_finished=False)

    assert stored.sequence == 7
    assert [row["text"] for row in rows_of(FieldNote)] == ["Brief van vier bladzijden"]


def test_another_text_under_the_name_of_a_finished_note_is_refused(startfoto: Startfoto) -> None:
    source = make_interview(startfoto, "")
    send(source)

    with pytest.raises(RequestReused):
        send(source, "Iets anders.", sequence=9)

    assert notes_of(source).count(SAID) == 1


@pytest.mark.both_databases
def test_two_phones_in_one_interview_stand_below_each_other_and_count_as_one_voice(
    startfoto: Startfoto,
) -> None:
    source = make_interview(startfoto, "")
    send(source)

    second = send(source, "Brief lag er drie weken.", note="b1", phone="twee")
    more = send(source, "En toen belde de buurvrouw.", note="b2", phone="twee")

    assert (second.phones, second.stored, more.stored) == (2, 1, 2)
    assert notes_of(source).split("\n\n") == [
        ASKED,
        SAID,
        f"Telefoon 2: {ASKED}",
        "Brief lag er drie weken.",
        "En toen belde de buurvrouw.",
    ]
    with reading() as session:
        standing = field_standings(session, startfoto.baseline_id)[source]
        assert field_page(session, token_of(source), "drie").phones == 3
    assert (standing.notes, standing.typing, standing.phones) == (3, 0, 2)


def test_a_withdrawn_link_opens_nothing_and_what_a_phone_had_begun_is_taken_in(startfoto: Startfoto) -> None:
    source = make_interview(startfoto, "Vooraf.")
    old = token_of(source)
    send(source, "Nog niet af", is_finished=False)

    write(renew_field_link, who=LEADER, source_id=source)

    assert notes_of(source) == f"Vooraf.\n\n{ASKED}\n\nNog niet af"
    with pytest.raises(NotFound):
        send(source, token=old)
    assert send(source, "Meer.", note="a2").is_finished


def test_a_word_made_vaguer_stands_nowhere_any_more(startfoto: Startfoto) -> None:
    source = make_interview(startfoto, "")
    send(source, "Alleen Samira tekent het voor mij.", theme_ids=[startfoto.themes["Taal"]])

    write(replace_word, who=LEADER, source_id=source, word="Samira", became="een vriendin")

    assert "Samira" not in notes_of(source) + str(rows_of(FieldNote)) + read_note(source).findings[0].text


def test_what_a_phone_left_is_taken_in_after_half_a_day(
    startfoto: Startfoto, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make_interview(startfoto, "")
    send(source, "De batterij was leeg", is_finished=False)
    assert write(take_in_left) == 0

    monkeypatch.setattr(field, "LEFT_AFTER", timedelta(0))

    assert write(take_in_left) == 1
    assert notes_of(source).endswith("De batterij was leeg")


def test_what_was_taken_in_without_its_phone_is_gone_on_with_and_stands_there_once(
    startfoto: Startfoto, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make_interview(startfoto, "")
    send(source, "De brief was vier bladz", is_finished=False)
    monkeypatch.setattr(field, "LEFT_AFTER", timedelta(0))
    write(take_in_left)
    whole = "De brief was vier bladzijden lang. Ik gaf hem aan de buurvrouw."

    for _again in range(2):
        assert send(source, whole, sequence=30).is_finished

    assert notes_of(source) == f"{ASKED}\n\n{whole}"
    with pytest.raises(RequestReused):
        send(source, "De brief was kort.", sequence=31)


def test_what_was_made_vaguer_meanwhile_stays_vaguer_when_a_phone_goes_on(
    startfoto: Startfoto, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make_interview(startfoto, "")
    send(source, "Samira tekent het.", is_finished=False)
    monkeypatch.setattr(field, "LEFT_AFTER", timedelta(0))
    write(take_in_left)
    write(replace_word, who=LEADER, source_id=source, word="Samira", became="een vriendin")

    send(source, "Samira tekent het. Dan snap ik het.", sequence=9, theme_ids=[startfoto.themes["Taal"]])

    assert notes_of(source) == f"{ASKED}\n\n[een vriendin] tekent het.\n\nDan snap ik het."
    assert [finding.text for finding in read_note(source).findings] == ["Dan snap ik het."]


def test_a_long_note_with_a_theme_becomes_quotes_of_whole_sentences(startfoto: Startfoto) -> None:
    source = make_interview(startfoto, "")
    text = " ".join(f"Zin {number} over brieven die niemand begrijpt." for number in range(60))

    send(source, text, theme_ids=[startfoto.themes["Taal"]])

    quotes = [finding.text for finding in read_note(source).findings]
    assert len(quotes) == 3
    assert all(quote.endswith(".") and quote in notes_of(source) for quote in quotes)
    assert " ".join(quotes) == text


def test_a_note_that_is_full_takes_no_more_and_says_so(startfoto: Startfoto) -> None:
    source = make_interview(startfoto, "a" * 39_990)

    with pytest.raises(TextTooLong):
        send(source)
    with pytest.raises(TextTooLong):
        send(source, "b" * 4_001)
    with pytest.raises(InvalidValue):
        send(source, note="")

    assert len(notes_of(source)) == 39_990


def test_an_erased_interview_takes_no_note_and_keeps_no_name_of_one(startfoto: Startfoto) -> None:
    source = make_interview(startfoto, "", held_on=now().date() - timedelta(days=400))
    send(source)

    assert write(erase_notes) == 1

    assert rows_of(FieldNote) == []
    with pytest.raises(NoteErased):
        send(source, note="a9")


def test_who_changes_a_note_meanwhile_takes_nothing_away_that_came_from_a_phone(startfoto: Startfoto) -> None:
    source = make_interview(startfoto, "Vooraf.")
    send(source)

    write(type_note, who=LEADER, source_id=source, note="Vooraf gezegd.", seen="Vooraf.")

    assert notes_of(source) == f"Vooraf gezegd.\n\n{ASKED}\n\n{SAID}"
