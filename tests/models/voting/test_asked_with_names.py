"""Too few voted in an anonymous round for an outcome: it is asked again with names, by one action."""

import pytest

from models.basics.errors import NothingToVoteOn, RoundNotReady, RoundStillOpen
from models.basics.words import Decision, Phase, RuleKind, Secrecy
from models.drafting.wording import leave_out_principle, reword_principle
from models.storage.database import reading
from models.storage.writing import write
from models.voting.closing import close_round
from models.voting.decision import has_no_outcome
from models.voting.round import ask_with_names, close_and_reveal, reveal_round
from models.voting.round_views import list_rounds
from tests.builders import (
    LEADER,
    Vote,
    cast_all,
    close,
    latest_round,
    make_principle,
    make_round,
    make_workshop,
    round_of,
)

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("database")]


def test_only_an_anonymous_round_of_fewer_than_five_stays_without_an_outcome() -> None:
    assert has_no_outcome(4, is_anonymous=True)
    assert has_no_outcome(0, is_anonymous=True)
    assert not has_no_outcome(5, is_anonymous=True)
    assert not has_no_outcome(1, is_anonymous=False)


@pytest.mark.parametrize("is_shown", [True, False])
def test_the_same_is_asked_again_with_names_and_then_has_an_outcome(is_shown: bool) -> None:
    room = make_workshop(people=4)
    vote = make_round(room, items=2, rule=RuleKind.WITHOUT_OBJECTION, share=75, quorum=50)
    for item in range(2):
        cast_all(vote, [(person, "agree") for person in room.people], item=item)
    close(vote)
    if is_shown:
        write(reveal_round, who=LEADER, round_id=vote.round_id)
    assert round_of(vote).can_be_asked_with_names

    opened = write(ask_with_names, who=LEADER, round_id=vote.round_id)

    again = latest_round(room)
    before = round_of(vote)
    assert (again.id, again.phase, again.secrecy) == (opened.round_id, Phase.OPEN, Secrecy.NAMED)
    assert (again.rule.kind, again.rule.share, again.rule.quorum) == (RuleKind.WITHOUT_OBJECTION, 75, 50)
    assert [item.version_id for item in again.items] == [item.version_id for item in before.items]
    named = Vote(again.id, [item.id for item in again.items], vote.principles)
    for item in range(2):
        cast_all(named, [(person, "agree") for person in room.people], item=item)
    write(close_and_reveal, who=LEADER, round_id=named.round_id)
    assert [item.result.decision for item in round_of(named).items if item.result] == [Decision.ADOPTED] * 2
    with reading() as session:
        kept = [found.id for found in list_rounds(session, room.workshop_id)]
    assert kept == ([vote.round_id, named.round_id] if is_shown else [named.round_id])


def test_what_was_decided_is_not_asked_again() -> None:
    room = make_workshop(people=6)
    vote = make_round(room, items=3)
    cast_all(vote, [(person, "agree") for person in room.people])
    cast_all(vote, [(person, "agree") for person in room.people[:3]], item=1)
    write(close_and_reveal, who=LEADER, round_id=vote.round_id)

    write(ask_with_names, who=LEADER, round_id=vote.round_id)

    assert [item.principle_id for item in latest_round(room).items] == vote.principles[1:]


def test_what_was_decided_is_shown_before_the_rest_is_asked_again() -> None:
    """Asked again, the round before could not be shown any more, and what it decided would be lost."""
    room = make_workshop(people=6)
    vote = make_round(room, items=2)
    cast_all(vote, [(person, "agree") for person in room.people])
    cast_all(vote, [(person, "agree") for person in room.people[:3]], item=1)
    close(vote)

    assert not round_of(vote).can_be_asked_with_names
    with pytest.raises(RoundNotReady):
        write(ask_with_names, who=LEADER, round_id=vote.round_id)


def test_it_is_refused_while_a_round_is_open_and_done_only_once() -> None:
    room = make_workshop(people=3)
    vote = make_round(room)
    with pytest.raises(RoundNotReady):
        write(ask_with_names, who=LEADER, round_id=vote.round_id)
    cast_all(vote, [(person, "agree") for person in room.people])
    write(close_and_reveal, who=LEADER, round_id=vote.round_id)
    other = make_round(room)
    with pytest.raises(RoundStillOpen):
        write(ask_with_names, who=LEADER, round_id=vote.round_id)
    close(other)

    again = write(ask_with_names, who=LEADER, round_id=vote.round_id)
    with pytest.raises(RoundStillOpen):
        write(ask_with_names, who=LEADER, round_id=vote.round_id)
    write(close_round, who=LEADER, round_id=again.round_id)
    for asked in (vote.round_id, again.round_id):
        with pytest.raises(RoundNotReady):
            write(ask_with_names, who=LEADER, round_id=asked)


def test_what_was_left_out_or_worded_anew_since_is_not_asked_again() -> None:
    room = make_workshop(people=3)
    vote = make_round(room, items=2)
    for item in range(2):
        cast_all(vote, [(person, "agree") for person in room.people], item=item)
    write(close_and_reveal, who=LEADER, round_id=vote.round_id)
    write(leave_out_principle, who=LEADER, principle_id=vote.principles[0])
    write(reword_principle, who=LEADER, principle_id=vote.principles[1], text="Anders.", why="")

    with pytest.raises(NothingToVoteOn):
        write(ask_with_names, who=LEADER, round_id=vote.round_id)


def test_dots_are_divided_again_over_the_same_texts() -> None:
    room = make_workshop(people=3)
    texts = [make_principle(room, text=text) for text in ("Één taal.", "Geen drempel.")]
    vote = make_round(
        room, principles=texts, rule=RuleKind.TOP, top=1, method="dots", budget=4, can_stack=False
    )
    cast_all(vote, [(person, "1") for person in room.people])
    write(close_and_reveal, who=LEADER, round_id=vote.round_id)

    write(ask_with_names, who=LEADER, round_id=vote.round_id)

    again = latest_round(room)
    assert again.budget is not None
    assert (again.budget.dots, again.budget.can_stack, again.rule.top, len(again.items)) == (4, False, 1, 2)


def test_a_round_with_names_or_with_enough_votes_has_nothing_to_ask_again() -> None:
    room = make_workshop(people=6)
    named = make_round(room, secrecy=Secrecy.NAMED)
    cast_all(named, [(person, "objection") for person in room.people[:2]])
    write(close_and_reveal, who=LEADER, round_id=named.round_id)
    enough = make_round(room)
    cast_all(enough, [(person, "objection") for person in room.people])
    write(close_and_reveal, who=LEADER, round_id=enough.round_id)

    for vote in (named, enough):
        assert not round_of(vote).can_be_asked_with_names
        with pytest.raises((RoundNotReady, NothingToVoteOn)):
            write(ask_with_names, who=LEADER, round_id=vote.round_id)
