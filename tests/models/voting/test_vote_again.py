"""What was not adopted is worded anew and asked again."""

import pytest

from models.basics.errors import RoundNotReady, TextMissing
from models.basics.words import FollowUp, ObjectionAnswer, Phase, RuleKind, Secrecy
from models.storage.database import reading
from models.storage.writing import write
from models.voting.after_reveal import answer_objection
from models.voting.decision import Rule
from models.voting.round_views import list_rounds, read_round
from models.voting.vote_again import reword_and_vote_again
from tests.builders import (
    LEADER,
    Room,
    Vote,
    cast,
    cast_all,
    close,
    close_and_reveal,
    latest_round,
    make_round,
    make_workshop,
)

pytestmark = pytest.mark.both_databases


@pytest.fixture
def room(database: object) -> Room:
    return make_workshop(people=8)


def again(vote: Vote, text: str = "Another text.") -> None:
    write(reword_and_vote_again, who=LEADER, item_id=vote.items[0], text=text, why="It was not clear.")


def test_the_reworded_text_is_asked_with_the_terms_of_the_round_before(room: Room) -> None:
    vote = make_round(
        room,
        method="gradients",
        rule=RuleKind.LEVEL,
        level="5",
        tolerated=1,
        quorum=40,
        secrecy=Secrecy.NAMED,
    )
    cast_all(vote, [(person, "8") for person in room.people])
    close_and_reveal(vote)

    again(vote)

    found = latest_round(room)
    assert (found.phase, found.items[0].text, found.items[0].version) == (Phase.OPEN, "Another text.", 2)
    assert (
        found.method,
        found.rule.kind,
        found.rule.level,
        found.rule.tolerated,
        found.rule.quorum,
        found.secrecy,
    ) == (
        "gradients",
        RuleKind.LEVEL,
        "5",
        1,
        40,
        Secrecy.NAMED,
    )


def test_a_text_that_dots_left_out_is_asked_by_consent(room: Room) -> None:
    vote = make_round(room, items=2, method="dots", rule=RuleKind.TOP, top=1, budget=3)
    cast_all(vote, [(person, "2") for person in room.people], item=1)
    close_and_reveal(vote)

    again(vote)

    assert (latest_round(room).method, latest_round(room).rule) == (
        "consent",
        Rule(RuleKind.NO_OPEN_OBJECTIONS),
    )


def test_only_objections_without_an_answer_are_answered_by_it(room: Room) -> None:
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people[3:]])
    cast(vote, room.people[0], "objection", reason="Who pays?")
    cast(vote, room.people[1], "objection", reason="Who cleans?")
    cast(vote, room.people[2], "concern", reason="How long?")
    close_and_reveal(vote)
    by_text = {reason.text: reason.id for reason in latest_round(room).items[0].reasons}
    write(
        answer_objection,
        who=LEADER,
        reason_id=by_text["Who pays?"],
        answer=ObjectionAnswer.CONVERSATION,
    )

    again(vote)

    with reading() as session:
        item = read_round(session, vote.round_id).items[0]
    assert {reason.text: reason.answer for reason in item.reasons} == {
        "Who pays?": ObjectionAnswer.CONVERSATION,
        "Who cleans?": ObjectionAnswer.REWORDED,
        "How long?": None,
    }
    assert item.follow_up == FollowUp.REWORD


def test_without_a_text_nothing_changes_at_all(room: Room) -> None:
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people[1:]])
    cast(vote, room.people[0], "objection", reason="Who pays?")
    close_and_reveal(vote)

    with pytest.raises(TextMissing):
        again(vote, text=" ")

    with reading() as session:
        [only] = list_rounds(session, room.workshop_id)
    assert (only.items[0].follow_up, only.items[0].reasons[0].answer) == (None, None)


def test_before_the_reveal_nothing_is_worded_anew(room: Room) -> None:
    vote = make_round(room)
    close(vote)

    with pytest.raises(RoundNotReady):
        again(vote)
