"""By what an evening mixes people or keeps them together, and the question that its facilitator asks for it."""

from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from models.basics.clock import now
from models.basics.errors import AlreadySeated, InvalidValue, WorkshopOver
from models.basics.words import Mixing, WishStrength, WorkshopState
from models.encounters.evening import change_evening, read_evening
from models.encounters.forgetting import forget_evenings
from models.encounters.mixing import (
    MixingQuestion,
    answers_in,
    asked_question,
    change_question,
    choose_answer,
    how_kept,
    note_choice,
    own_choice,
    read_question,
)
from models.encounters.plan import asked_now
from models.encounters.seating.seat import seat
from models.encounters.seating.tables import tables_for
from models.encounters.seating.wanted import Wanted, Wish
from models.encounters.seating.wishes import blocks_of, contradictions
from models.own_data.reading import own_data
from models.own_data.shape import OwnMixingChoice, as_json
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Bubble, MixingAnswer, MixingChoice, Seat, Workshop
from models.workshop.workshop import end_workshop
from tests.builders import LEADER, Room, make_people
from tests.builders.evening import begin, divide, make_evening, make_next_evening

LANGUAGE = "Welke taal spreekt u aan tafel?"
ANSWERS = ("Nederlands", "العربية", "ትግርኛ")


def _do(room: Room, **mixing: str) -> None:
    with reading() as session:
        evening = read_evening(session, room.workshop_id)
        now_so: dict[str, Any] = {
            name: getattr(evening, name)
            for name in (
                "theme",
                "table_size",
                "rounds",
                "minutes",
                "groups_mixing",
                "bubbles_mixing",
                "question_mixing",
            )
        }
    write(change_evening, who=LEADER, workshop_id=room.workshop_id, **(now_so | mixing))


def _ask(room: Room, question: str = LANGUAGE, answers: tuple[str, ...] = ANSWERS) -> dict[str, int]:
    """Ask a question of one's own; return the id of each of its answers."""
    write(change_question, who=LEADER, workshop_id=room.workshop_id, question=question, answers=answers)
    with reading() as session:
        found = read_question(session, room.workshop_id)
    return {text: number for number, text in found.answers} if found else {}


def _tables(room: Room, number: int) -> dict[int, int]:
    with reading() as session:
        seats = session.exec(select(Seat).where(Seat.workshop_id == room.workshop_id, Seat.round == number))
        return {seat.participant_id: seat.table_number for seat in seats.all()}


def _rows(table: type[Any]) -> list[Any]:
    with reading() as session:
        return list(session.exec(select(table)).all())


def test_who_speaks_one_language_sits_at_one_table_in_every_round(database: str) -> None:
    room = make_evening(24, table_size=6, rounds=4)
    ids = _ask(room)
    _do(room, question_mixing=Mixing.TOGETHER)
    speakers = [room.people[place] for place in (1, 9, 20)]
    for person in speakers:
        write(choose_answer, participant_id=person, answer_id=ids["العربية"])

    divide(room)

    for number in range(1, 5):
        at = _tables(room, number)
        assert len({at[person] for person in speakers}) == 1
    assert any(_tables(room, 1)[person] != _tables(room, 2)[person] for person in room.people)


def test_an_answer_that_is_mixed_is_spread_over_the_tables(database: str) -> None:
    room = make_evening(12, table_size=4, rounds=3)
    ids = _ask(room, "Hoe lang woont u hier?", ("korter dan een jaar", "langer"))
    new = room.people[:3]
    for person in new:
        write(choose_answer, participant_id=person, answer_id=ids["korter dan een jaar"])

    divide(room)

    for number in (1, 2, 3):
        at = _tables(room, number)
        assert len({at[person] for person in new}) == 3


def test_groups_are_kept_together_where_they_are_not_to_be_mixed(database: str) -> None:
    room = make_evening(12, table_size=4, rounds=2)
    _do(room, groups_mixing=Mixing.TOGETHER)

    divide(room)

    for number in (1, 2):
        at = _tables(room, number)
        for group in range(3):
            assert len({at[person] for person in room.people[group::3]}) == 1


def test_a_bubble_stays_together_and_what_is_left_aside_is_not_looked_at(database: str) -> None:
    room = make_evening(12, table_size=4, rounds=3)
    choir = [room.people[place] for place in (0, 4, 8)]

    def sing(session: Session) -> None:
        session.add_all(Bubble(participant_id=one, group_id=room.groups["Moskee"]) for one in choir)

    write(sing)
    _do(room, groups_mixing=Mixing.ASIDE, bubbles_mixing=Mixing.TOGETHER)
    divide(room)
    assert all(len({_tables(room, number)[person] for person in choir}) == 1 for number in (1, 2, 3))

    _do(room, bubbles_mixing=Mixing.ASIDE)
    with reading() as session:
        wanted = asked_now(session, room.workshop_id).wanted
    assert (wanted.groups, wanted.mixed, wanted.kept) == ((), (), ())


def test_a_latecomer_sits_with_whom_they_are_to_stay(database: str) -> None:
    room = make_evening(12, table_size=4, rounds=2)
    _do(room, groups_mixing=Mixing.TOGETHER)
    divide(room)
    begin(room, 1)

    make_people(room, count=1, group="Moskee")

    at = _tables(room, 1)
    assert at[room.people[-1]] == at[room.people[2]]


def test_the_few_stay_together_also_where_the_many_do_not_fit_and_that_is_told_before(database: str) -> None:
    room = make_evening(22, table_size=6, rounds=3)
    ids = _ask(room)
    _do(room, question_mixing=Mixing.TOGETHER)
    for place, person in enumerate(room.people):
        answer = "ትግርኛ" if place in (3, 17) else "Nederlands"
        write(choose_answer, participant_id=person, answer_id=ids[answer])

    with reading() as session:
        asked = asked_now(session, room.workshop_id)
    told = how_kept(asked.wanted, asked.alike)

    assert [(one.name, one.people) for one in told] == [("Nederlands", 20), ("ትግርኛ", 2)]
    assert (told[1].parts, told[1].alone) == (1, 0)
    assert told[0].parts != 1
    assert contradictions(asked.wanted) == []
    divide(room)
    for number in (1, 2, 3):
        at = _tables(room, number)
        assert at[room.people[3]] == at[room.people[17]]


def test_a_wish_that_two_sit_apart_goes_before_keeping_them_together() -> None:
    kept = Wanted(12, 3, 2, kept=(frozenset(range(4)),), wishes=(Wish(0, 1, WishStrength.MUST_NOT),))

    plan = seat(kept, seed=1, tries=(5_000,))

    assert contradictions(kept) == []
    assert all(not {0, 1} <= set(table) for tables in plan.rounds for table in tables)
    assert all(any(len({0, 1, 2, 3} & set(table)) == 3 for table in tables) for tables in plan.rounds)


@settings(max_examples=25, deadline=None)
@given(
    people=st.integers(2, 24),
    size=st.integers(3, 6),
    kept=st.lists(st.frozensets(st.integers(0, 23), min_size=1, max_size=12), max_size=4),
)
def test_whoever_is_to_stay_together_there_is_a_seating_and_what_was_told_holds(
    people: int, size: int, kept: list[frozenset[int]]
) -> None:
    here = tuple(one for members in kept if (one := frozenset(p for p in members if p < people)))
    wanted = Wanted(people, tables_for(people, size), 2, kept=here)

    assert contradictions(wanted) == []
    plan = seat(wanted, seed=3, tries=(500,))

    for tables in plan.rounds:
        assert sorted(person for table in tables for person in table) == list(range(people))
        for block in blocks_of(wanted):
            assert sum(not set(block).isdisjoint(table) for table in tables) == 1
        sizes = [len(table) for table in tables]
        assert max(sizes) - min(sizes) <= 1
    apart = {frozenset(pair) for members in here for pair in combinations(members, 2)}
    together = {frozenset(pair) for block in blocks_of(wanted) for pair in combinations(block, 2)}
    if len(here) == 1 and len(here[0]) <= people // wanted.tables:
        assert apart == together


def test_answers_are_read_one_on_a_line_or_with_commas_each_once() -> None:
    assert answers_in(" Nederlands\n العربية، ትግርኛ, nederlands;\n\n English ") == [
        "Nederlands",
        "العربية",
        "ትግርኛ",
        "English",
    ]


@pytest.mark.parametrize(
    "answers", [(), ("Nederlands",), ("Ja", "JA"), tuple(f"taal {number}" for number in range(13))]
)
def test_a_question_needs_two_to_twelve_different_answers(database: str, answers: tuple[str, ...]) -> None:
    room = make_evening(2)

    with pytest.raises(InvalidValue):
        _ask(room, answers=answers)

    with reading() as session:
        assert read_question(session, room.workshop_id) is None


def test_an_answer_that_stays_is_kept_by_who_chose_it_and_without_the_question_all_goes(
    database: str,
) -> None:
    room = make_evening(4)
    ids = _ask(room)
    write(choose_answer, participant_id=room.people[0], answer_id=ids["Nederlands"])
    write(choose_answer, participant_id=room.people[1], answer_id=ids["العربية"])

    again = _ask(room, answers=("nederlands", "English"))

    with reading() as session:
        assert own_choice(session, room.workshop_id, room.people[0]).answer_id == again["nederlands"]
        assert not own_choice(session, room.workshop_id, room.people[1]).has_answered
    assert _ask(room, "", ()) == {}
    assert _rows(MixingChoice) == _rows(MixingAnswer) == []


def test_an_answer_changes_and_is_skipped_until_the_tables_are_divided(database: str) -> None:
    room = make_evening(8)
    ids, one = _ask(room), room.people[0]
    for answer in (ids["Nederlands"], None, ids["العربية"]):
        write(choose_answer, participant_id=one, answer_id=answer)
        with reading() as session:
            assert own_choice(session, room.workshop_id, one).answer_id == answer
    divide(room)

    # The same again, as a phone sends it that heard no answer, harms nothing.
    write(choose_answer, participant_id=one, answer_id=ids["العربية"])
    with pytest.raises(AlreadySeated):
        write(choose_answer, participant_id=one, answer_id=None)
    with pytest.raises(AlreadySeated):
        write(note_choice, who=LEADER, participant_id=room.people[1], answer_id=ids["Nederlands"])


def test_only_an_answer_of_a_question_that_is_used_can_be_chosen(database: str) -> None:
    room = make_evening(4)
    elsewhere = _ask(make_next_evening(room, in_series=False))
    with pytest.raises(InvalidValue):
        write(choose_answer, participant_id=room.people[0], answer_id=None)
    ids = _ask(room)
    with pytest.raises(InvalidValue):
        write(choose_answer, participant_id=room.people[0], answer_id=elsewhere["Nederlands"])

    _do(room, question_mixing=Mixing.ASIDE)

    with reading() as session:
        assert asked_question(session, room.workshop_id) is None
    with pytest.raises(InvalidValue):
        write(choose_answer, participant_id=room.people[0], answer_id=ids["Nederlands"])
    _do(room, question_mixing=Mixing.MIX)
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    with pytest.raises(WorkshopOver):
        write(choose_answer, participant_id=room.people[0], answer_id=ids["Nederlands"])


def test_the_next_evening_of_a_series_asks_the_same_and_knows_no_answer(database: str) -> None:
    room = make_evening(4)
    ids = _ask(room)
    _do(room, groups_mixing=Mixing.ASIDE, question_mixing=Mixing.TOGETHER)
    write(choose_answer, participant_id=room.people[0], answer_id=ids["Nederlands"])

    following = make_next_evening(room)

    with reading() as session:
        evening = read_evening(session, following.workshop_id)
        found = read_question(session, following.workshop_id)
    assert (evening.groups_mixing, evening.question_mixing) == (Mixing.ASIDE, Mixing.TOGETHER)
    assert isinstance(found, MixingQuestion)
    assert (found.text, tuple(text for _, text in found.answers)) == (LANGUAGE, ANSWERS)
    assert len(_rows(MixingChoice)) == 1


def test_who_answered_reads_it_and_it_is_erased_thirty_days_after_the_evening(database: str) -> None:
    room = make_evening(6)
    ids = _ask(room)
    write(choose_answer, participant_id=room.people[0], answer_id=ids["العربية"])
    write(choose_answer, participant_id=room.people[1], answer_id=None)
    with reading() as session:
        told = [own_data(session, room.people[place]) for place in range(3)]
    assert [one.mixing_choice for one in told] == [
        OwnMixingChoice(LANGUAGE, "العربية"),
        OwnMixingChoice(LANGUAGE, None),
        None,
    ]
    assert as_json(told[0])["mixing_choice"] == {"question": LANGUAGE, "answer": "العربية"}

    for days, left in ((29, 2), (30, 0)):
        write(_over, workshop_id=room.workshop_id, days=days)
        write(forget_evenings)
        assert len(_rows(MixingChoice)) == left
    with reading() as session:
        assert own_data(session, room.people[0]).mixing_choice is None


def _over(session: Session, *, workshop_id: int, days: int) -> None:
    workshop = session.get_one(Workshop, workshop_id)
    workshop.state, workshop.over_at = WorkshopState.OVER, now() - timedelta(days=days, minutes=1)
    session.add(workshop)
