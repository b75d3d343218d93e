"""The room moves from step to step, and everything follows."""

import pytest

from models.basics.errors import InvalidValue, NotFound, RoundStillOpen
from models.basics.words import Step, WorkshopState
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Workshop
from models.workshop.programme import ALLIANCE
from models.workshop.workshop import (
    count_heads,
    end_workshop,
    find_projector,
    find_projector_of_over,
    find_workshop,
    projector_token,
    read_workshop,
    renew_projector_link,
    reopen_workshop,
    set_lets_all_through,
    set_projector_dark,
    take_room_to,
    turn_wall,
)
from tests.builders import LEADER, Room, close, make_alliance, make_round, make_workshop, take_room


def _workshop(room: Room) -> Workshop:
    with reading() as session:
        return read_workshop(session, room.workshop_id)


def test_steps_are_numbered_in_the_order_of_the_meeting() -> None:
    assert {step.name: ALLIANCE.number(step.name) for step in ALLIANCE.steps} == {
        "welcome": 0,
        "draft": 1,
        "vote": 2,
        "agree": 3,
        "sign": 4,
        "agenda": 5,
        "progress": 6,
    }
    assert ALLIANCE.count == 6


def test_the_first_step_opens_a_prepared_workshop(database: str) -> None:
    room = make_alliance()
    assert (_workshop(room).state, _workshop(room).step) == ("prepared", "welcome")

    take_room(room, Step.WELCOME)

    assert (_workshop(room).state, _workshop(room).step) == ("open", "welcome")


@pytest.mark.both_databases
def test_steps_may_be_revisited(database: str) -> None:
    room = make_workshop(step=Step.AGREE)
    write(turn_wall, who=LEADER, workshop_id=room.workshop_id, page=3)

    take_room(room, Step.DRAFT)

    assert (_workshop(room).step, _workshop(room).wall_page) == ("draft", 0)


def test_leaving_an_open_round_behind_is_refused(database: str) -> None:
    room = make_workshop(people=5, step=Step.VOTE)
    vote = make_round(room)

    with pytest.raises(RoundStillOpen):
        take_room(room, Step.AGREE)
    with pytest.raises(RoundStillOpen):
        write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    assert _workshop(room).step == "vote"

    take_room(room, Step.VOTE)
    close(vote)
    take_room(room, Step.AGREE)
    assert _workshop(room).step == "agree"


def test_an_unknown_step_is_refused(database: str) -> None:
    room = make_workshop()

    with pytest.raises(InvalidValue):
        write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step="dance")


def test_a_workshop_ends_and_can_be_opened_again(database: str) -> None:
    room = make_workshop(step=Step.PROGRESS)

    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    over = _workshop(room)
    assert over.state == WorkshopState.OVER
    assert over.over_at is not None

    write(reopen_workshop, who=LEADER, workshop_id=room.workshop_id)
    assert (_workshop(room).state, _workshop(room).over_at, _workshop(room).step) == (
        "open",
        None,
        "progress",
    )


def test_a_code_is_found_whatever_its_capitals(database: str) -> None:
    room = make_workshop()

    with reading() as session:
        found = find_workshop(session, f" {room.code.lower()} ")
        assert found is not None
        assert found.id == room.workshop_id
        assert find_workshop(session, "nothing") is None
        with pytest.raises(NotFound):
            read_workshop(session, 4711)


def test_what_phones_may_see_raises_content_and_what_only_pages_show_does_not(database: str) -> None:
    room = make_workshop()
    before = _workshop(room)

    write(set_projector_dark, who=LEADER, workshop_id=room.workshop_id, is_dark=True)
    dark = _workshop(room)
    take_room(room, Step.DRAFT)
    drafting = _workshop(room)

    assert dark.is_projector_dark is True
    assert (dark.revision > before.revision, dark.content) == (True, before.content)
    assert (drafting.revision > dark.revision, drafting.content > dark.content) == (True, True)


@pytest.mark.parametrize("heads", [-1, 100_001])
def test_heads_are_a_number_of_people(database: str, heads: int) -> None:
    room = make_workshop()

    with pytest.raises(InvalidValue):
        write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=heads)


def test_heads_can_be_counted_and_taken_back(database: str) -> None:
    room = make_workshop()

    write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=58)
    assert _workshop(room).heads_counted == 58
    write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=None)
    assert _workshop(room).heads_counted is None


def test_the_wall_never_turns_before_its_first_page(database: str) -> None:
    room = make_workshop()

    write(turn_wall, who=LEADER, workshop_id=room.workshop_id, page=-2)

    assert _workshop(room).wall_page == 0


@pytest.mark.both_databases
def test_letting_all_through_is_a_switch(database: str) -> None:
    room = make_workshop()

    write(set_lets_all_through, who=LEADER, workshop_id=room.workshop_id, lets_all_through=True)

    assert _workshop(room).lets_all_through is True


class TestTheProjectorsLink:
    @pytest.mark.both_databases
    def test_it_leads_to_its_workshop_until_renewed(self, database: str) -> None:
        room = make_workshop()
        old = projector_token(_workshop(room))

        write(renew_projector_link, who=LEADER, workshop_id=room.workshop_id)

        new = projector_token(_workshop(room))
        with reading() as session:
            found = find_projector(session, new)
            assert found is not None
            assert found.id == room.workshop_id
            assert find_projector(session, old) is None
            assert find_projector(session, None) is None

    def test_it_ends_with_the_workshop(self, database: str) -> None:
        room = make_workshop()
        token = projector_token(_workshop(room))

        write(end_workshop, who=LEADER, workshop_id=room.workshop_id)

        with reading() as session:
            assert find_projector(session, token) is None

    def test_after_the_end_it_is_known_for_the_last_screen_alone(self, sqlite: str) -> None:
        room = make_workshop()
        token = projector_token(_workshop(room))
        with reading() as session:
            assert find_projector_of_over(session, token) is None, "it goes on"

        write(end_workshop, who=LEADER, workshop_id=room.workshop_id)

        with reading() as session:
            found = find_projector_of_over(session, token)
            assert found is not None and found.id == room.workshop_id
            assert find_projector_of_over(session, None) is None
        write(renew_projector_link, who=LEADER, workshop_id=room.workshop_id)
        with reading() as session:
            assert find_projector_of_over(session, token) is None, "withdrawn"
