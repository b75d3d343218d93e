"""The second photo: a difference only between the same words, scale and group, and more than chance only if it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.alliance.groups import rename_group
from models.baseline.baseline import add_theme, begin_baseline, merge_themes
from models.picture.intervals import newcombe
from models.picture.picture import EVERYONE, Answered, AnsweredStatement
from models.picture.second import NoDifference, SecondPhoto, ThemeChange, changes, read_second
from models.storage.database import reading
from models.storage.writing import write
from tests.builders import LEADER, Photo, Startfoto, make_photo, make_startfoto, make_workshop
from tests.builders.workshop import Room, make_next_workshop

HELPED, LETTERS = "Ik word geholpen in een taal die ik begrijp.", "Ik begrijp de brieven van de gemeente."


def _statement(
    number: int,
    agree: int,
    people: int,
    *,
    theme: int = 7,
    text: str = HELPED,
    is_reversed: bool = False,
    key: str = "1",
) -> AnsweredStatement:
    answered = Answered(agree, people)
    return AnsweredStatement(number, number, theme, text, is_reversed, answered, {key: answered})


def _one(before: AnsweredStatement, after: AnsweredStatement, **more: bool) -> ThemeChange:
    (found,) = changes([before], [after], {after.id: before.id}, "1", themes=[7], **more)
    return found


def test_a_difference_that_excludes_zero_is_more_than_chance() -> None:
    found = _one(_statement(1, 39, 96), _statement(2, 62, 104))

    assert (found.why_not, found.difference, found.is_more_than_chance) == (None, 19, True)
    assert found.interval == newcombe((39, 96), (62, 104))


def test_a_difference_that_does_not_is_drawn_and_may_be_chance() -> None:
    found = _one(_statement(1, 55, 96), _statement(2, 63, 104))

    assert (found.why_not, found.difference, found.is_more_than_chance) == (None, 4, False)


@pytest.mark.parametrize(
    ("after", "more", "why"),
    [
        (_statement(2, 62, 104, text="Ik vind hier werk of een stage."), {}, NoDifference.WORDS),
        (_statement(2, 62, 104, is_reversed=True), {}, NoDifference.WORDS),
        (_statement(2, 62, 104), {"is_same_scale": False}, NoDifference.SCALE),
        (_statement(2, 62, 104), {"is_same_row": False}, NoDifference.GROUP),
        (_statement(2, 9, 19), {}, NoDifference.FEW),
        (_statement(2, 62, 104, key="2"), {}, NoDifference.HIDDEN),
    ],
)
def test_nothing_is_drawn_where_something_else_was_asked_of_others_or_of_few(
    after: AnsweredStatement, more: dict[str, bool], why: NoDifference
) -> None:
    found = _one(_statement(1, 39, 96), after, **more)

    assert (found.why_not, found.is_drawn, found.interval, found.difference) == (why, False, None, 0)
    assert not found.is_more_than_chance


def test_a_statement_that_repeats_none_stands_beside_what_was_asked_then() -> None:
    (found,) = changes(
        [_statement(1, 39, 96, text="Ik vind hier werk.")],
        [_statement(2, 62, 104, text="Ik vind hier werk of een stage.")],
        {},
        "1",
        themes=[7],
    )

    assert found.why_not is NoDifference.WORDS
    assert ([one.text for one in found.then], [one.text for one in found.now]) == (
        ["Ik vind hier werk."],
        ["Ik vind hier werk of een stage."],
    )


def test_of_two_statements_only_the_one_with_the_same_words_counts() -> None:
    before = [_statement(1, 30, 60), _statement(2, 60, 60, text=LETTERS)]
    after = [_statement(3, 30, 60), _statement(4, 0, 60, text="Brieven zijn kort.")]

    (found,) = changes(before, after, {3: 1, 4: 2}, "1", themes=[7])

    assert (found.why_not, found.difference) == (None, 0)
    assert [one.text for one in found.now] == ["Brieven zijn kort."]


def test_a_theme_in_one_photo_only_says_so() -> None:
    found = changes([_statement(1, 30, 60, theme=8)], [_statement(2, 30, 60)], {}, "1", themes=[7, 8])

    assert [(one.theme_id, one.why_not) for one in found] == [
        (7, NoDifference.ONE_PHOTO),
        (8, NoDifference.ONE_PHOTO),
    ]


SHARE = st.integers(0, 40).flatmap(lambda people: st.tuples(st.integers(0, people), st.just(people)))


@settings(max_examples=200, deadline=None)
@given(SHARE, SHARE)
def test_a_difference_is_drawn_only_from_twenty_people_in_both(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    found = _one(_statement(1, *before), _statement(2, *after)) if before[1] and after[1] else None

    if found is not None:
        assert found.is_drawn == (min(before[1], after[1]) >= 20)
        assert found.is_more_than_chance == (found.is_drawn and newcombe(before, after).excludes_zero)


# ---- Read from two startfotos ----


def _first(people: dict[str | None, int], agree: dict[str | None, list[int]]) -> Photo:
    room = make_workshop(people=people)
    return make_photo(make_startfoto(room), [("Taal", HELPED), ("Thuis voelen", "Ik voel mij thuis.")], agree)


def _second(
    first: Photo, people: dict[str | None, int], agree: dict[str | None, list[int]], *, helped: str = HELPED
) -> Photo:
    room = make_next_workshop(first.startfoto.room, people=people)
    begun = write(begin_baseline, who=LEADER, alliance_id=room.alliance_id)
    startfoto = Startfoto(room, begun.baseline_id, first.startfoto.themes)
    same = [first.statements[0] if helped == HELPED else None, first.statements[1]]
    return make_photo(
        startfoto, [("Taal", helped), ("Thuis voelen", "Ik voel mij thuis.")], agree, same_as=same
    )


def _read(photo: Photo) -> SecondPhoto:
    with reading() as session:
        found = read_second(session, photo.startfoto.baseline_id)
    assert found is not None
    return found


def _key(room: Room, group: str) -> str:
    return str(room.groups[group])


def test_two_photos_of_the_same_group_are_compared_the_largest_gain_first(database: str) -> None:
    first = _first({"Bewoners": 40, "Gemeente": 20}, {"Bewoners": [10, 30], "Gemeente": [18, 18]})
    second = _second(first, {"Bewoners": 50, "Gemeente": 20}, {"Bewoners": [35, 20], "Gemeente": [18, 18]})

    photo = _read(second)

    found = photo.of(_key(first.startfoto.room, "Bewoners"))
    assert [(photo.after.themes[one.theme_id], one.difference, one.is_more_than_chance) for one in found] == [
        ("Taal", 45, True),
        ("Thuis voelen", -35, True),
    ]
    assert (photo.before.baseline.number, photo.after.baseline.number) == (1, 2)


def test_the_first_photo_has_none_before_it(sqlite: str) -> None:
    first = _first({"Bewoners": 40}, {"Bewoners": [10, 30]})

    with reading() as session:
        assert read_second(session, first.startfoto.baseline_id) is None


def test_a_group_that_got_another_name_is_not_compared_and_its_old_name_is_told(sqlite: str) -> None:
    first = _first({"Bewoners": 40, "Gemeente": 20}, {"Bewoners": [10, 30], "Gemeente": [18, 18]})
    room = first.startfoto.room
    write(rename_group, who=LEADER, group_id=room.groups["Bewoners"], name="Bewoners van Oost")
    second = _second(first, {"Bewoners": 40, "Gemeente": 20}, {"Bewoners": [35, 20], "Gemeente": [18, 18]})
    write(rename_group, who=LEADER, group_id=room.groups["Gemeente"], name="Gemeente Merenveld")

    photo = _read(second)

    assert photo.renamed == {_key(room, "Bewoners"): "Bewoners"}
    assert {one.why_not for one in photo.of(_key(room, "Bewoners"))} == {NoDifference.GROUP}
    assert {one.why_not for one in photo.of(_key(room, "Gemeente"))} == {None}


def test_a_name_that_was_taken_back_is_no_other_group(sqlite: str) -> None:
    first = _first({"Bewoners": 40}, {"Bewoners": [10, 30]})
    room = first.startfoto.room
    for name in ("Inwoners", "Bewoners"):
        write(rename_group, who=LEADER, group_id=room.groups["Bewoners"], name=name)
    second = _second(first, {"Bewoners": 40}, {"Bewoners": [35, 20]})

    photo = _read(second)

    assert photo.renamed == {}
    assert {one.why_not for one in photo.of(EVERYONE)} == {None}


def test_groups_that_were_joined_otherwise_are_not_compared(sqlite: str) -> None:
    first = _first(
        {"Bewoners": 40, "Jongeren": 4, "Ouderen": 4, "Ondernemers": 0},
        {"Bewoners": [10, 30], "Jongeren": [1, 1], "Ouderen": [2, 2]},
    )
    second = _second(
        first,
        {"Bewoners": 40, "Jongeren": 4, "Ouderen": 6, "Ondernemers": 4},
        {"Bewoners": [10, 30], "Jongeren": [1, 1], "Ouderen": [2, 2], "Ondernemers": [1, 3]},
    )

    photo = _read(second)

    assert (photo.before.who.joined, photo.after.who.joined) == (
        ("Jongeren", "Ouderen"),
        ("Jongeren", "Ondernemers"),
    )
    assert {one.why_not for one in photo.of("other")} == {NoDifference.GROUP}
    assert {one.why_not for one in photo.of(_key(first.startfoto.room, "Ouderen"))} == {NoDifference.GROUP}


def test_a_theme_merged_between_the_photos_takes_the_first_answers_along(sqlite: str) -> None:
    first = _first({"Bewoners": 40}, {"Bewoners": [10, 30]})
    room = first.startfoto.room
    other = write(add_theme, who=LEADER, alliance_id=room.alliance_id, name="Meertaligheid")
    write(merge_themes, who=LEADER, theme_id=first.startfoto.themes["Taal"], into_id=other)
    first.startfoto.themes["Taal"] = other
    second = _second(first, {"Bewoners": 40}, {"Bewoners": [35, 30]})

    photo = _read(second)

    assert [(photo.after.themes[one.theme_id], one.difference) for one in photo.of(EVERYONE)] == [
        ("Meertaligheid", 63),
        ("Thuis voelen", 0),
    ]


def test_other_words_show_both_and_no_difference(sqlite: str) -> None:
    first = _first({"Bewoners": 40}, {"Bewoners": [10, 30]})
    second = _second(first, {"Bewoners": 40}, {"Bewoners": [35, 30]}, helped="Er is een tolk als ik die wil.")

    (*_drawn, last) = _read(second).of(EVERYONE)

    assert last.why_not is NoDifference.WORDS
    assert ([one.text for one in last.then], [one.text for one in last.now]) == (
        [HELPED],
        ["Er is een tolk als ik die wil."],
    )
