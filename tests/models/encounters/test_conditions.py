"""Under which conditions an evening was prepared: ticked, said in own words, and told with what it did."""

from datetime import timedelta

import pytest

from exports.sentences.conditions import asked_of, condition_name, how_told, ready_sentence
from models.basics.errors import InvalidValue, TextTooLong
from models.basics.words import Condition
from models.encounters.conditions import ConditionNow, change_condition, read_conditions
from models.encounters.series import plan_next_evening
from models.encounters.what_it_did import read_what_it_did
from models.storage.database import reading
from models.storage.writing import write
from tests.builders import LEADER, Room, make_workshop
from tests.builders.evening import make_evening
from tests.builders.workshop import HELD_ON

OPENS = "Wethouder Van Dijk en imam Yılmaz openen samen: أهلا"


def _say(room: Room, condition: str, *, is_met: bool = True, how: str = "") -> None:
    write(
        change_condition,
        who=LEADER,
        workshop_id=room.workshop_id,
        condition=condition,
        is_met=is_met,
        how=how,
    )


def _read(workshop_id: int) -> tuple[ConditionNow, ...]:
    with reading() as session:
        return read_conditions(session, workshop_id)


@pytest.mark.both_databases
def test_nothing_is_looked_after_until_somebody_ticks_it_and_the_evening_tells_it(database: str) -> None:
    room = make_evening(0)
    assert _read(room.workshop_id) == tuple(ConditionNow(one, False, "") for one in Condition)

    _say(room, Condition.BACKING, how=f"  {OPENS} ")
    _say(room, Condition.EQUAL)
    _say(room, Condition.EQUAL, is_met=False)

    with reading() as session:
        told = read_what_it_did(session, room.workshop_id).conditions
    assert told == _read(room.workshop_id)
    assert [(one.is_met, one.how) for one in told] == [
        (False, ""),
        (False, ""),
        (False, ""),
        (True, OPENS),
    ]


def test_the_next_evening_takes_over_how_and_not_that_it_is_looked_after(sqlite: str) -> None:
    room = make_evening(0)
    _say(room, Condition.BACKING, how=OPENS)

    planned = write(
        plan_next_evening, who=LEADER, workshop_id=room.workshop_id, held_on=HELD_ON + timedelta(weeks=4)
    )

    assert _read(planned.workshop_id)[-1] == ConditionNow(Condition.BACKING, False, OPENS)


def test_what_is_no_condition_of_an_evening_is_refused(sqlite: str) -> None:
    room = make_evening(0)
    with pytest.raises(InvalidValue):
        _say(room, "luck")
    with pytest.raises(TextTooLong):
        _say(room, Condition.GOAL, how="x" * 121)
    with pytest.raises(InvalidValue):
        _say(make_workshop(), Condition.GOAL)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("condition", list(Condition))
def test_each_has_its_name_its_question_and_its_sentence(condition: Condition, language: str) -> None:
    said = {
        condition_name(condition, language),
        asked_of(condition, language),
        ready_sentence(condition, language),
    }

    assert len(said) == 3
    assert how_told(ConditionNow(condition, True, ""), language) == ready_sentence(condition, language)
    assert how_told(ConditionNow(condition, True, OPENS), language) == OPENS
    assert how_told(ConditionNow(condition, False, OPENS), language) != OPENS
