"""A startfoto's statements: one meeting, one round by link and in the room, and only so much as may be shown."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models.baseline.baseline import begin_baseline
from models.baseline.statements import (
    change_statement,
    leave_out_statement,
    list_statements,
    take_over_statements,
    write_statement,
)
from models.basics.clock import today
from models.basics.errors import InvalidValue, RoundStillOpen, StatementsAnswered
from models.basics.words import Step
from models.photo.meeting import (
    close_statements_that_are_due,
    open_statements,
    plan_startfoto,
    rank_points,
    set_open_until,
    statements_round,
)
from models.picture.reading import read_picture
from models.storage.database import dispose, reading
from models.storage.writing import write
from models.tables import Baseline, Round, RoundParticipant, Statement, Workshop
from models.voting.cancelling import cancel_round
from models.voting.closing import close_round
from tests.builders import LEADER, close, make_improvements
from tests.builders.photo import Photo, agreed, answer, answers_of, come, make_photo, positive, said

TIME_ZONE = "Europe/Amsterdam"


def test_who_comes_by_link_counts_in_the_row_of_their_group_though_nobody_was_there_at_the_opening(
    database: str,
) -> None:
    photo = make_photo(groups=("Bewoners", "Gemeente", "Ondernemers"))
    answer(photo, come(photo, {"Bewoners": 7, None: 6}), "agree")
    answer(photo, come(photo, {"Gemeente": 8, "Ondernemers": 3}), "strongly disagree")
    close(photo.vote)

    first = answers_of(photo).statements[0]

    assert [(row.name, row.spread.people) for row in first.rows] == [
        ("Bewoners", 7),
        ("Gemeente", 8),
        (None, 9),
    ]
    assert [row.key for row in first.rows][-1] == "other"
    assert first.total is not None
    assert (first.total.people, agreed(first.total)) == (24, 13)


def test_the_room_stands_at_the_statements_as_soon_as_they_are_open(sqlite: str) -> None:
    photo = make_photo(until=today(TIME_ZONE) + timedelta(days=42))

    with reading() as session:
        workshop = session.get_one(Workshop, photo.room.workshop_id)
    assert (workshop.block, workshop.step, workshop.state) == ("startfoto", Step.STATEMENTS, "open")


def test_a_reversed_statement_says_the_place_is_inclusive_where_people_disagree(sqlite: str) -> None:
    photo = make_photo()
    answer(photo, come(photo, {"Bewoners": 6}), "disagree")
    answer(photo, come(photo, {"Bewoners": 2}), "unknown")
    close(photo.vote)

    plain, reverse, _ = answers_of(photo).statements

    assert plain.total is not None and reverse.total is not None
    assert (positive(plain, plain.total), said(plain.total), plain.total.people) == (0, 6, 8)
    assert (positive(reverse, reverse.total), said(reverse.total), reverse.total.people) == (6, 6, 8)


@pytest.mark.parametrize("people", [0, 1, 4])
def test_under_five_answers_nothing_is_shown_of_them(people: int, sqlite: str) -> None:
    photo = make_photo()
    answer(photo, come(photo, {"Bewoners": people}), "agree")
    close(photo.vote)

    found = answers_of(photo)

    assert found.people == people
    assert [(one.total, one.rows) for one in found.statements] == [(None, [])] * 3
    with reading() as session:
        assert read_picture(session, photo.baseline_id).picture.is_hidden


def test_while_they_are_open_there_are_no_answers_in_it(sqlite: str) -> None:
    photo = make_photo()
    answer(photo, come(photo, {"Bewoners": 30}), "agree")

    found = answers_of(photo)

    assert (found.is_open, found.people) == (True, 30)
    assert all(one.total is None and not one.rows for one in found.statements)


def test_they_close_by_themselves_once_their_last_day_is_over(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = today(TIME_ZONE)
    photo = make_photo(until=day + timedelta(days=42))
    answer(photo, come(photo, {"Bewoners": 6}), "agree")

    assert write(close_statements_that_are_due, who="Handslag") == 0
    dispose()
    monkeypatch.setattr("models.photo.meeting.today", lambda _zone: day + timedelta(days=42))
    # Six weeks and two restarts later people go on where they were.
    answer(photo, come(photo, {"Gemeente": 5}), "disagree")
    answer(photo, photo.room.people[:1], "unknown")
    dispose()
    assert write(close_statements_that_are_due, who="Handslag") == 0
    monkeypatch.setattr("models.photo.meeting.today", lambda _zone: day + timedelta(days=43))
    assert write(close_statements_that_are_due, who="Handslag") == 1
    assert write(close_statements_that_are_due, who="Handslag") == 0

    first = answers_of(photo).statements[0]
    assert first.total is not None
    assert (first.total.people, said(first.total), len(first.rows)) == (11, 10, 2)
    with reading() as session:
        assert (
            session.exec(select(RoundParticipant).where(col(RoundParticipant.row).is_not(None))).all() == []
        )


def test_the_day_can_be_moved_but_not_into_the_past(sqlite: str) -> None:
    day = today(TIME_ZONE)
    photo = make_photo(until=day)

    write(set_open_until, who=LEADER, baseline_id=photo.baseline_id, until=day + timedelta(days=7))

    assert answers_of(photo).open_until == day + timedelta(days=7)
    with pytest.raises(InvalidValue):
        write(set_open_until, who=LEADER, baseline_id=photo.baseline_id, until=day - timedelta(days=1))


def test_nothing_else_is_asked_before_they_are_closed_and_they_are_asked_once(sqlite: str) -> None:
    photo = make_photo()
    points = [one.id for one in make_improvements(photo.room, ["Kortere brieven.", "Een tolk."])]
    with pytest.raises(RoundStillOpen):
        _rank(photo, points)
    with pytest.raises(RoundStillOpen):
        write(open_statements, who=LEADER, baseline_id=photo.baseline_id)

    answer(photo, come(photo, {"Bewoners": 1}))
    close(photo.vote)
    with pytest.raises(StatementsAnswered):
        write(open_statements, who=LEADER, baseline_id=photo.baseline_id)
    _rank(photo, points)

    with reading() as session:
        assert session.get_one(Workshop, photo.room.workshop_id).step == Step.CONCLUSIONS


def _rank(photo: Photo, points: list[int]) -> None:
    write(rank_points, who=LEADER, baseline_id=photo.baseline_id, improvement_ids=points)


def test_opened_by_mistake_they_can_be_opened_anew(sqlite: str) -> None:
    photo = make_photo()
    write(cancel_round, who=LEADER, round_id=photo.vote.round_id)

    opened = write(open_statements, who=LEADER, baseline_id=photo.baseline_id)

    with reading() as session:
        assert session.get_one(Round, opened.round_id).closed_at is None


def test_closed_before_anybody_answered_they_can_be_asked_once_more_until_dots_are_put(sqlite: str) -> None:
    photo = make_photo()
    points = [one.id for one in make_improvements(photo.room, ["Kortere brieven.", "Een tolk."])]
    close(photo.vote)

    opened = write(open_statements, who=LEADER, baseline_id=photo.baseline_id)

    with reading() as session:
        asked = statements_round(session, photo.baseline_id)
    assert asked is not None and (asked.id, asked.closed_at) == (opened.round_id, None)
    write(close_round, who=LEADER, round_id=opened.round_id)
    _rank(photo, points)
    with pytest.raises(StatementsAnswered):
        write(open_statements, who=LEADER, baseline_id=photo.baseline_id)


def test_a_startfoto_has_one_meeting(sqlite: str) -> None:
    photo = make_photo()

    again = write(plan_startfoto, who=LEADER, alliance_id=photo.room.alliance_id)

    assert again.workshop_id == photo.room.workshop_id


def test_a_statement_that_was_asked_stays_and_other_words_are_a_new_one(database: str) -> None:
    photo = make_photo()
    asked = photo.statements[0]

    made = write(change_statement, who=LEADER, statement_id=asked, text="Ik voel mij hier thuis.")

    assert made != asked
    with reading() as session:
        old, new = session.get_one(Statement, asked), session.get_one(Statement, made)
        standing = [one.id for one in list_statements(session, photo.baseline_id)]
    assert (old.text, old.left_out_at is not None) == ("Ik voel mij thuis waar ik woon.", True)
    assert (new.text, new.theme_id, new.number) == ("Ik voel mij hier thuis.", old.theme_id, 4)
    assert asked not in standing and made in standing
    assert answers_of(photo).statements[0].text == old.text


def test_a_statement_that_was_never_asked_changes_in_place(sqlite: str) -> None:
    photo = make_photo()
    theme = next(iter(photo.startfoto.themes.values()))
    fresh = write(
        write_statement, who=LEADER, baseline_id=photo.baseline_id, theme_id=theme, text="Iedereen groet."
    )

    same = write(
        change_statement, who=LEADER, statement_id=fresh, text="Iedereen groet elkaar.", is_reversed=True
    )
    write(leave_out_statement, who=LEADER, statement_id=fresh)

    assert same == fresh
    with reading() as session:
        assert session.get(Statement, fresh) is None


def test_the_next_startfoto_begins_with_the_same_words_to_compare(database: str) -> None:
    photo = make_photo()
    close(photo.vote)
    second = write(begin_baseline, who=LEADER, alliance_id=photo.room.alliance_id, themes=()).baseline_id

    write(take_over_statements, who=LEADER, baseline_id=second)
    write(take_over_statements, who=LEADER, baseline_id=second)

    with reading() as session:
        taken = list_statements(session, second)
        assert session.get_one(Baseline, second).workshop_id is None
    assert [one.same_as_id for one in taken] == photo.statements
    assert [one.is_reversed for one in taken] == [False, True, False]
    changed = write(change_statement, who=LEADER, statement_id=taken[0].id, text="Andere woorden.")
    with reading() as session:
        assert session.get_one(Statement, changed).same_as_id is None
