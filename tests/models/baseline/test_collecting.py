"""Themes, sources and findings: nothing that was found is lost, and a quote stays what was said."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.baseline.baseline import (
    add_theme,
    begin_baseline,
    merge_themes,
    move_theme,
    read_themes,
    remove_theme,
    rename_theme,
)
from models.baseline.findings import change_finding, mark_quote, remove_finding, type_finding
from models.baseline.sources import (
    add_source,
    change_source,
    put_back,
    remove_source,
    replace_word,
    type_note,
)
from models.basics.errors import (
    InUse,
    InvalidValue,
    NoteChanged,
    NotYours,
    RequestReused,
    TextMissing,
    TextTooLong,
    TooManyThemes,
)
from models.basics.words import Consent, Effect, Side, SourceKind
from models.storage.database import reading
from models.storage.writing import write
from models.tables import BaselineSource, Finding, FindingTheme, Replacement
from tests.builders import (
    LEADER,
    Startfoto,
    allow,
    make_alliance,
    make_conclusion,
    make_document,
    make_finding,
    make_interview,
    make_quote,
    make_startfoto,
    make_statements,
    read_collected,
    read_note,
    rows_of,
)
from tests.builders.startfoto import DRAWS, LETTER, NOTE
from tests.questions import questions_asked


def _theme_names(startfoto: Startfoto) -> list[str]:
    with reading() as session:
        return [theme.name for theme in read_themes(session, startfoto.room.alliance_id)]


# ---- Themes ----


def test_the_second_startfoto_goes_on_with_the_themes_of_the_first(database: str) -> None:
    startfoto = make_startfoto()
    write(rename_theme, who=LEADER, theme_id=startfoto.themes["Taal"], name="Taal en tolken")

    second = write(begin_baseline, who=LEADER, alliance_id=startfoto.room.alliance_id)

    assert second.number == 2
    assert _theme_names(startfoto) == ["Thuis voelen", "Meedoen", "Gehoord worden", "Taal en tolken"]


def test_a_theme_that_is_renamed_keeps_what_was_found_about_it(sqlite: str) -> None:
    startfoto = make_startfoto()
    found = make_finding(
        make_interview(startfoto), "Brieven zijn te lang.", themes=[startfoto.themes["Taal"]]
    )

    write(rename_theme, who=LEADER, theme_id=startfoto.themes["Taal"], name="Taal en tolken")

    assert rows_of(FindingTheme) == [{"finding_id": found, "theme_id": startfoto.themes["Taal"]}]


def test_two_themes_that_are_merged_keep_everything_once(database: str) -> None:
    startfoto = make_startfoto()
    language, heard = startfoto.themes["Taal"], startfoto.themes["Gehoord worden"]
    source = make_interview(startfoto)
    both = make_finding(source, "Niemand vraagt mij iets.", themes=[language, heard])
    one = make_finding(source, "De tolk komt niet.", themes=[language])

    write(merge_themes, who=LEADER, theme_id=language, into_id=heard)

    assert _theme_names(startfoto) == ["Thuis voelen", "Meedoen", "Gehoord worden"]
    assert sorted((row["finding_id"], row["theme_id"]) for row in rows_of(FindingTheme)) == [
        (both, heard),
        (one, heard),
    ]


def test_a_theme_that_is_removed_leaves_its_findings_without_it(sqlite: str) -> None:
    startfoto = make_startfoto()
    make_finding(make_interview(startfoto), "Brieven zijn te lang.", themes=[startfoto.themes["Meedoen"]])

    write(remove_theme, who=LEADER, theme_id=startfoto.themes["Meedoen"])

    collected = read_collected(startfoto)
    assert (collected.findings, collected.without_theme) == (1, 1)
    assert _theme_names(startfoto) == ["Thuis voelen", "Gehoord worden", "Taal"]


def test_a_theme_that_statements_ask_about_is_merged_not_removed(sqlite: str) -> None:
    room = make_alliance()
    make_statements(room, ["Ik voel mij hier thuis."])
    startfoto = make_startfoto(room)
    with reading() as session:
        (theme,) = read_themes(session, room.alliance_id)

    with pytest.raises(InUse):
        write(remove_theme, who=LEADER, theme_id=theme.id)
    other = write(add_theme, who=LEADER, alliance_id=room.alliance_id, name="Taal")
    write(merge_themes, who=LEADER, theme_id=theme.id, into_id=other)

    assert _theme_names(startfoto) == ["Taal"]


def test_a_theme_changes_places_in_a_full_list_too(database: str) -> None:
    startfoto = make_startfoto()
    for name in ("Werk", "Wonen", "Veilig", "Samen", "Zorg"):
        write(add_theme, who=LEADER, alliance_id=startfoto.room.alliance_id, name=name)

    write(move_theme, who=LEADER, theme_id=startfoto.themes["Taal"], position=1)

    assert _theme_names(startfoto)[:3] == ["Taal", "Thuis voelen", "Meedoen"]
    with pytest.raises(TooManyThemes):
        write(add_theme, who=LEADER, alliance_id=startfoto.room.alliance_id, name="Een tiende")


def test_an_alias_is_never_given_again(database: str) -> None:
    startfoto = make_startfoto()
    first, second = make_interview(startfoto), make_interview(startfoto)
    write(remove_source, who=LEADER, source_id=second)
    write(change_source, who=LEADER, source_id=first, side=Side.COMMUNITIES)

    third = make_interview(startfoto)
    write(change_source, who=LEADER, source_id=first, side=Side.RESIDENTS)

    assert read_note(third).source.alias_number == 3
    assert read_note(first).source.alias_number == 4


@pytest.mark.parametrize("name", ["taal", "  TAAL ", ""])
def test_a_theme_has_a_name_of_its_own(sqlite: str, name: str) -> None:
    startfoto = make_startfoto()

    with pytest.raises((InvalidValue, TextMissing)):
        write(add_theme, who=LEADER, alliance_id=startfoto.room.alliance_id, name=name)


# ---- Sources ----


def test_who_was_interviewed_gets_an_alias_by_their_side(database: str) -> None:
    startfoto = make_startfoto()
    for side in (Side.RESIDENTS, Side.COMMUNITIES, Side.RESIDENTS):
        make_interview(startfoto, side=side)
    make_document(startfoto, "Wijkcijfers 2025", kind=SourceKind.FIGURES, side=Side.MUNICIPALITY)

    found = [(source.kind, source.side, source.alias_number) for source in read_collected(startfoto).sources]

    assert found == [
        ("interview", "residents", 1),
        ("interview", "communities", 1),
        ("interview", "residents", 2),
        ("figures", "municipality", None),
    ]


def test_who_turns_out_to_be_of_another_side_gets_the_next_alias_there(sqlite: str) -> None:
    startfoto = make_startfoto()
    make_interview(startfoto, side=Side.COMMUNITIES)
    source = make_interview(startfoto, side=Side.RESIDENTS)

    write(change_source, who=LEADER, source_id=source, side=Side.COMMUNITIES, role="bestuurslid")

    found = read_note(source).source
    assert (found.side, found.alias_number, found.role) == ("communities", 2, "bestuurslid")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"kind": "hearsay", "side": "residents"}, InvalidValue),
        ({"kind": SourceKind.INTERVIEW, "side": ""}, InvalidValue),
        ({"kind": SourceKind.LITERATURE, "side": Side.RESIDENTS, "title": "Boek"}, InvalidValue),
        ({"kind": SourceKind.LITERATURE}, TextMissing),
        ({"kind": SourceKind.LITERATURE, "title": "B" * 201}, TextTooLong),
        ({"kind": SourceKind.LITERATURE, "title": "Boek", "link": "javascript:alert(1)"}, InvalidValue),
        ({"kind": SourceKind.INTERVIEW, "side": Side.RESIDENTS, "note": "a" * 40_001}, TextTooLong),
    ],
)
def test_what_is_no_source_is_refused_whole(
    sqlite: str, given: dict[str, Any], error: type[Exception]
) -> None:
    startfoto = make_startfoto()

    with pytest.raises(error):
        write(add_source, who=LEADER, baseline_id=startfoto.baseline_id, **given)

    assert rows_of(BaselineSource) == []


def test_a_note_of_forty_thousand_letters_is_kept_whole(sqlite: str) -> None:
    note = ("Ik kreeg een brief. " * 2_000)[:39_999] + "."

    assert read_note(make_interview(make_startfoto(), note)).note == note


def test_a_source_on_which_a_conclusion_rests_is_not_removed(sqlite: str) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto)
    quote = make_quote(source, LETTER, themes=[startfoto.themes["Taal"]])
    conclusion = make_conclusion(startfoto, "Brieven zijn te lang.", supporting=[quote])

    with pytest.raises(InUse):
        write(remove_source, who=LEADER, source_id=source)
    with pytest.raises(InUse):
        write(remove_finding, who=LEADER, finding_id=quote)

    assert conclusion
    unused = make_interview(startfoto)
    make_quote(unused, LETTER, themes=[startfoto.themes["Taal"]])
    write(remove_source, who=LEADER, source_id=unused)
    assert len(rows_of(BaselineSource)) == 1


# ---- Quotes ----


def test_a_mark_is_one_row_with_the_very_words_and_can_be_undone(sqlite: str) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto)

    made = make_quote(source, f"  {LETTER} ".strip(), themes=[startfoto.themes["Taal"]])

    (found,) = read_note(source).findings
    assert (found.text, found.is_quote, found.theme_ids) == (LETTER, True, [startfoto.themes["Taal"]])
    assert NOTE[found.starts : found.ends] == LETTER
    write(remove_finding, who=LEADER, finding_id=made)
    assert read_note(source).findings == []


def test_the_same_mark_sent_twice_is_one_quote(database: str) -> None:
    source = make_interview(make_startfoto())

    first, again = (make_quote(source, LETTER, request_id="a1") for _ in range(2))

    assert first == again
    assert len(rows_of(Finding)) == 1
    with pytest.raises(RequestReused):
        make_quote(source, DRAWS, request_id="a1")


def test_a_finding_sent_twice_is_one_finding(sqlite: str) -> None:
    source = make_interview(make_startfoto())
    given = {"who": LEADER, "source_id": source, "request_id": "b2"}

    assert write(type_finding, text="Brieven zijn lang.", **given) == write(
        type_finding, text="Brieven zijn lang.", **given
    )
    with pytest.raises(RequestReused):
        write(type_finding, text="Iets anders.", **given)


def test_a_mark_on_a_note_that_was_changed_in_the_meantime_is_refused(sqlite: str) -> None:
    source = make_interview(make_startfoto())
    starts = NOTE.index(LETTER)
    write(type_note, who=LEADER, source_id=source, note="Vooraf. " + NOTE)

    with pytest.raises(NoteChanged):
        write(
            mark_quote, who=LEADER, source_id=source, starts=starts, ends=starts + len(LETTER), words=LETTER
        )

    assert rows_of(Finding) == []


def test_a_quote_moves_with_its_words(sqlite: str) -> None:
    source = make_interview(make_startfoto())
    make_quote(source, LETTER)

    stored = write(type_note, who=LEADER, source_id=source, note="Vooraf gezegd.\n" + NOTE)

    (found,) = read_note(source).findings
    assert stored.lost == ()
    assert read_note(source).note[found.starts : found.ends] == LETTER


def test_words_that_stand_in_the_note_no_more_are_no_quote(sqlite: str) -> None:
    source = make_interview(make_startfoto())
    quote = make_quote(source, LETTER)
    allow(quote)
    assert read_note(source).findings[0].released_at

    stored = write(type_note, who=LEADER, source_id=source, note=NOTE.replace("drie keer", "vier keer"))

    (found,) = read_note(source).findings
    assert stored.lost == (1,)
    assert (found.is_quote, found.consent, found.released_at) == (False, Consent.NONE, None)


def test_the_words_of_a_quote_are_those_of_its_note(sqlite: str) -> None:
    source = make_interview(make_startfoto())
    quote = make_quote(source, LETTER)

    with pytest.raises(NotYours):
        write(change_finding, who=LEADER, finding_id=quote, text="Hij las hem twee keer.")


def test_what_a_finding_does_for_inclusion_and_its_themes_are_changed_and_changed_back(sqlite: str) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto)
    quote = make_quote(source, LETTER, themes=[startfoto.themes["Taal"]])

    write(change_finding, who=LEADER, finding_id=quote, effect=Effect.HINDERS)
    write(change_finding, who=LEADER, finding_id=quote, theme_ids=list(startfoto.themes.values()))
    write(change_finding, who=LEADER, finding_id=quote, theme_ids=[startfoto.themes["Taal"]])

    (found,) = read_note(source).findings
    assert (found.effect, found.theme_ids) == ("hinders", [startfoto.themes["Taal"]])


def test_a_theme_of_another_place_is_refused(sqlite: str) -> None:
    other = make_startfoto(make_alliance(name="Elders"))
    source = make_interview(make_startfoto())

    with pytest.raises(InvalidValue):
        make_quote(source, LETTER, themes=[other.themes["Taal"]])

    assert rows_of(Finding) == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("mark"), st.integers(0, 60), st.integers(1, 30)),
            st.tuples(
                st.just("type"), st.integers(0, 60), st.sampled_from(["Samira ", "🙂", "\n\nEn toen", ""])
            ),
            st.tuples(st.just("vaguer"), st.just("Samira"), st.just("een medewerker")),
        ),
        max_size=6,
    )
)
def test_whatever_is_done_a_quote_stands_word_for_word_in_its_note(
    sqlite: str, done: list[tuple[str, Any, Any]]
) -> None:
    source = make_interview(make_startfoto(make_alliance(name="Merenveld")))

    for what, first, second in done:
        note = read_note(source).note
        try:
            if what == "mark":
                ends = min(len(note), first + second)
                write(
                    mark_quote, who=LEADER, source_id=source, starts=first, ends=ends, words=note[first:ends]
                )
            elif what == "type":
                write(type_note, who=LEADER, source_id=source, note=note[:first] + second + note[first + 2 :])
            else:
                write(replace_word, who=LEADER, source_id=source, word=first, became=second)
        except (TextMissing, InvalidValue):
            continue

    stored = read_note(source)
    for finding in stored.findings:
        if finding.is_quote:
            assert stored.note[finding.starts : finding.ends] == finding.text


# ---- Vaguer words ----


def test_a_vaguer_word_stands_in_brackets_wherever_the_word_stood_and_the_log_is_apart(sqlite: str) -> None:
    source = make_interview(make_startfoto())
    make_quote(source, DRAWS)
    make_finding(source, "Alleen Samira van het loket helpt.")

    made = write(replace_word, who=LEADER, source_id=source, word="Samira", became="een medewerker")

    assert made.times == 2
    assert "Samira" not in str(rows_of(BaselineSource)) + str(rows_of(Finding))
    assert [finding.text for finding in read_note(source).findings] == [
        "Alleen [een medewerker] tekent het dan voor mij.",
        "Alleen [een medewerker] van het loket helpt.",
    ]
    assert {(row["was"], row["became"]) for row in rows_of(Replacement)} == {("Samira", "[een medewerker]")}


def test_making_a_word_vaguer_is_undone(sqlite: str) -> None:
    source = make_interview(make_startfoto())
    make_quote(source, DRAWS)
    write(replace_word, who=LEADER, source_id=source, word="Samira", became="[een medewerker]")

    write(put_back, source_id=source, became="[een medewerker]")

    assert read_note(source).note == NOTE
    assert read_note(source).findings[0].text == DRAWS
    assert rows_of(Replacement) == []


def test_a_word_that_stands_nowhere_is_not_replaced(sqlite: str) -> None:
    source = make_interview(make_startfoto())

    with pytest.raises(InvalidValue):
        write(replace_word, who=LEADER, source_id=source, word="Sam", became="iemand")


# ---- The page ----


def test_where_nobody_was_heard_is_counted(sqlite: str) -> None:
    startfoto = make_startfoto()
    assert len(read_collected(startfoto).coverage.empty) == 16
    source = make_interview(startfoto)
    for theme in ("Taal", "Meedoen"):
        make_finding(source, f"Over {theme.lower()} is veel te zeggen.", themes=[startfoto.themes[theme]])
    make_finding(make_document(startfoto, "Boek"), "Korte brieven helpen.", themes=[startfoto.themes["Taal"]])

    collected = read_collected(startfoto)

    assert len(collected.coverage.empty) == 14
    assert (collected.count("interview"), collected.count("literature"), collected.findings) == (1, 1, 3)


def test_many_sources_ask_as_many_questions_as_one(sqlite: str) -> None:
    startfoto = make_startfoto()
    make_quote(make_interview(startfoto), LETTER, themes=[startfoto.themes["Taal"]])
    with questions_asked() as one:
        read_collected(startfoto)

    for _ in range(29):
        make_quote(make_interview(startfoto), LETTER, themes=[startfoto.themes["Taal"]])
    with questions_asked() as thirty:
        read_collected(startfoto)

    assert len(thirty) == len(one)
