"""A press on the next action: done once, and only while it means what stood on the button."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from models.basics.errors import ChangedMeanwhile
from models.basics.words import Phase, Step
from models.drafting.wording import leave_out_principle
from models.next_deed import Next, NextDeed, next_deed
from models.press import press_next
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Event
from models.voting.cancelling import cancel_round
from models.voting.round_views import last_round
from models.workshop.workshop import read_workshop
from tests.builders import (
    LEADER,
    Room,
    cast_all,
    close_and_reveal,
    make_agreement,
    make_principle,
    make_round,
    make_workshop,
    rows_of,
)

pytestmark = pytest.mark.both_databases


def _meaning(room: Room) -> str:
    with reading() as session:
        return next_deed(session, read_workshop(session, room.workshop_id)).meaning


def _press(room: Room, meaning: str, **more: Any) -> bool:
    """Press, and return whether it was done."""
    try:
        write(press_next, who=LEADER, workshop_id=room.workshop_id, meaning=meaning, **more)
    except ChangedMeanwhile:
        return False
    return True


def _count(what: str) -> int:
    return len([row for row in rows_of(Event) if row["what"] == what])


def _voting(**how: Any) -> Room:
    room = make_workshop(people=6, step=Step.VOTE)
    vote = make_round(room, **how)
    cast_all(vote, [(person, "agree") for person in room.people])
    return room


def test_two_facilitators_who_press_at_the_same_moment_close_a_round_once_and_go_nowhere(
    database: str,
) -> None:
    room = _voting()
    meaning = _meaning(room)

    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(lambda _: _press(room, meaning), range(4)))

    assert sorted(done) == [False, False, False, True]
    assert (_count("round closed"), _count("round revealed")) == (1, 1)
    with reading() as session:
        latest = last_round(session, room.workshop_id)
        assert latest is not None and latest.phase == Phase.REVEALED
        assert read_workshop(session, room.workshop_id).step == Step.VOTE


def test_two_who_take_the_room_to_different_steps_at_the_same_moment_take_it_to_one(database: str) -> None:
    room = make_workshop(people=2, step=Step.WELCOME)
    meaning, before = _meaning(room), _count("room taken to a step")

    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(lambda step: _press(room, meaning, step=step), [Step.DRAFT, Step.AGREE]))

    assert sorted(done) == [False, True]
    assert _count("room taken to a step") == before + 1


def test_a_press_that_was_meant_for_the_text_before_turns_no_page_and_closes_nothing(database: str) -> None:
    room = _voting(items=2, is_one_at_a_time=True)
    first = _meaning(room)
    assert _press(room, first)

    assert not _press(room, first)

    with reading() as session:
        latest = last_round(session, room.workshop_id)
    assert latest is not None and (latest.phase, latest.shown_position) == (Phase.OPEN, 2)


def test_what_the_room_still_needs_is_not_passed_over(database: str) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)

    assert _press(room, _meaning(room))

    with reading() as session:
        assert read_workshop(session, room.workshop_id).step == Step.DRAFT


def _next(room: Room) -> NextDeed:
    with reading() as session:
        return next_deed(session, read_workshop(session, room.workshop_id))


def test_after_a_result_the_next_text_waits_until_each_was_asked_and_nothing_opens_by_itself(
    database: str,
) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    first, second, third = (make_principle(room, text=f"Tekst {number}.") for number in (1, 2, 3))
    write(leave_out_principle, who=LEADER, principle_id=second)
    vote = make_round(room, principles=[first])
    cast_all(vote, [(person, "agree") for person in room.people])
    close_and_reveal(vote)

    deed = _next(room)
    assert (deed.kind, deed.position, deed.count) == (Next.NEXT_TEXT, 2, 2)
    assert _press(room, deed.meaning)
    with reading() as session:
        latest = last_round(session, room.workshop_id)
    assert latest is not None and latest.id == vote.round_id
    cancelled = make_round(room, principles=[third])
    write(cancel_round, who=LEADER, round_id=cancelled.round_id)
    vote = make_round(room, principles=[third])
    close_and_reveal(vote)

    assert _next(room).kind is Next.GO_ON


def test_pressed_again_and_again_the_next_action_opens_no_round_and_no_signing(database: str) -> None:
    room = make_workshop(people=6)
    make_principle(room, text="Iedereen hoort erbij.")
    make_agreement(room)

    for _ in range(8):
        _press(room, _meaning(room))

    with reading() as session:
        assert read_workshop(session, room.workshop_id).step == Step.SIGN
    assert [_count(what) for what in ("round opened", "agenda frozen", "agenda closed")] == [0, 0, 0]
