"""Reasons go to the facilitator first, shuffled, without a voter; a hidden one is only counted."""

import pytest

from models.basics.errors import NotFound
from models.storage.database import reading
from models.storage.writing import write
from models.voting.after_reveal import hide_reason, show_reasons
from models.voting.round_views import ItemView, read_round
from tests.builders import LEADER, Vote, cast, close_and_reveal, make_round, make_workshop

pytestmark = pytest.mark.both_databases


def _item(vote: Vote) -> ItemView:
    with reading() as session:
        return read_round(session, vote.round_id).items[0]


def _vote_with_reasons() -> Vote:
    room = make_workshop(people=6)
    vote = make_round(room)
    for place, person in enumerate(room.people):
        cast(
            vote,
            person,
            "objection" if place == 0 else "concern",
            reason=f"Reason {place}" if place < 4 else None,
        )
    close_and_reveal(vote)
    return vote


def test_reasons_wait_for_the_facilitator(database: str) -> None:
    item = _item(_vote_with_reasons())

    assert sorted((reason.text, reason.choice, reason.state) for reason in item.reasons) == [
        ("Reason 0", "objection", "new"),
        ("Reason 1", "concern", "new"),
        ("Reason 2", "concern", "new"),
        ("Reason 3", "concern", "new"),
    ]


def test_one_tap_shows_all_that_are_new_and_a_hidden_one_is_counted_only(database: str) -> None:
    vote = _vote_with_reasons()
    hidden = _item(vote).reasons[0]
    write(hide_reason, who=LEADER, reason_id=hidden.id)

    assert write(show_reasons, who=LEADER, round_id=vote.round_id, reason_ids=None) == 3

    item = _item(vote)
    assert {reason.state for reason in item.reasons} == {"shown"}
    assert hidden.text not in [reason.text for reason in item.reasons]
    assert item.reasons_hidden == 1


def test_a_hidden_reason_can_be_shown_again_by_name(database: str) -> None:
    vote = _vote_with_reasons()
    reason = _item(vote).reasons[0]
    write(hide_reason, who=LEADER, reason_id=reason.id)

    assert write(show_reasons, who=LEADER, round_id=vote.round_id, reason_ids=[reason.id]) == 1

    assert [found.text for found in _item(vote).reasons if found.state == "shown"] == [reason.text]
    assert _item(vote).reasons_hidden == 0


def test_a_reason_of_another_round_is_not_shown_along(database: str) -> None:
    vote, other = _vote_with_reasons(), _vote_with_reasons()

    assert (
        write(show_reasons, who=LEADER, round_id=other.round_id, reason_ids=[_item(vote).reasons[0].id]) == 0
    )
    with pytest.raises(NotFound):
        write(hide_reason, who=LEADER, reason_id=4711)
