"""How far an open round is, per text and per row."""

import pytest

from models.basics.errors import RoundClosed
from models.basics.words import Secrecy
from models.storage.database import reading
from models.voting.round_views import read_round
from models.voting.turnout import RowTurnout, Turnout, turnout
from models.workshop.electorate import CountsTogether, counts_together
from models.workshop.people import people_here
from tests.builders import Room, Vote, cast_all, close, make_people, make_round, make_workshop

pytestmark = pytest.mark.both_databases

HALL: dict[str | None, int] = {"Residents": 8, "Communities": 6, "Businesses": 3, None: 2}


def seen(vote: Vote) -> Turnout:
    with reading() as session:
        return turnout(session, vote.round_id)


@pytest.fixture
def room(database: object) -> Room:
    return make_workshop(people=HALL)


def key(room: Room, group: str) -> str:
    return str(room.groups[group])


def test_small_groups_are_counted_together_and_small_numbers_stay_hidden(room: Room) -> None:
    vote = make_round(room, items=2)
    cast_all(vote, [(person, "agree") for person in room.people[:13]])
    cast_all(vote, [(person, "objection") for person in room.people[:6]], item=1)

    found = seen(vote)

    assert found.per_item == {vote.items[0]: 13, vote.items[1]: 6}
    assert found.rows == [
        RowTurnout(key(room, "Residents"), "Residents", 8, 8),
        RowTurnout(key(room, "Communities"), "Communities", 6, None),
        RowTurnout("other", None, 5, None),
    ]


def test_in_a_named_round_facilitators_see_every_number(room: Room) -> None:
    vote = make_round(room, secrecy=Secrecy.NAMED)
    cast_all(vote, [(person, "agree") for person in room.people[:9]])

    assert [row.voted for row in seen(vote).rows] == [8, 1, 0]


def test_who_comes_in_later_may_vote_too(room: Room) -> None:
    vote = make_round(room)
    make_people(room, count=2, group="Residents")

    assert [row.may_vote for row in seen(vote).rows] == [10, 6, 5]


def test_a_closed_round_does_not_tell_it_any_more(room: Room) -> None:
    vote = make_round(room)
    close(vote)

    with pytest.raises(RoundClosed):
        seen(vote)


def test_before_a_round_one_knows_who_will_count_together(room: Room) -> None:
    with reading() as session:
        foreseen = counts_together(people_here(session, room.workshop_id))
    vote = make_round(room)

    with reading() as session:
        opened = read_round(session, vote.round_id)
    assert foreseen == CountsTogether(["Residents", "Communities"], ["Businesses"], True)
    assert (foreseen.joined_groups, foreseen.joins_people_without_group) == (
        opened.joined_groups,
        opened.joins_people_without_group,
    )
