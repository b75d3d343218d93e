"""What may be asked, of what it is, by which rule; and what follows from asking what is never adopted."""

from typing import Any

import pytest

from models.basics.errors import InvalidValue, NothingToVoteOn, RoundNotReady
from models.basics.words import Decision, FollowUp, ImprovementState, RuleKind, Secrecy, Step
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Improvement
from models.voting.after_reveal import choose_follow_up, show_reasons
from models.voting.asked import about_improvements, about_principles, about_statements
from models.voting.round import ask_with_names, reveal_round, start_over
from models.voting.round_views import read_round
from models.voting.vote_again import open_objections
from tests.builders import (
    LEADER,
    Room,
    cast,
    cast_all,
    close,
    close_and_reveal,
    latest_round,
    make_improvements,
    make_principle,
    make_round,
    make_statements,
    make_workshop,
)

TEXTS = ["Ik voel mij hier thuis.", "Ik weet bij wie ik moet zijn.", "Mensen groeten elkaar op straat."]
ANSWERED: dict[str, Any] = {"method": "statement", "rule": RuleKind.DECIDES_NOTHING}
SHARE: dict[str, Any] = {"method": "statement", "rule": RuleKind.SHARE_OF_VOTES, "share": 50}
ORDER: dict[str, Any] = {"method": "dots", "rule": RuleKind.TOP, "budget": 3}


@pytest.fixture
def room(sqlite: str) -> Room:
    return make_workshop(people=6, step=Step.DRAFT)


def _state(session: Any, *, improvement_id: int, state: str, why: str) -> None:
    found = session.get_one(Improvement, improvement_id)
    found.state, found.why_not_now = state, why


def test_a_statement_is_never_adopted_and_a_principle_is_never_only_asked(room: Room) -> None:
    statements, points = make_statements(room, TEXTS), make_improvements(room, TEXTS)
    principles = about_principles([make_principle(room)])

    for about, terms in (
        (statements, SHARE),
        (points, SHARE),
        (points, ORDER | {"top": 1}),
        (principles, ANSWERED),
    ):
        with pytest.raises(InvalidValue, match="rule"):
            make_round(room, about=about, **terms)

    assert make_round(room, about=statements, **ANSWERED).round_id


def test_a_round_asks_about_things_of_one_kind(room: Room) -> None:
    mixed = [*make_statements(room, TEXTS), *make_improvements(room, TEXTS)]

    with pytest.raises(InvalidValue, match="about"):
        make_round(room, about=mixed, **ANSWERED)


def test_what_another_alliance_has_is_not_asked_nor_what_is_not_there(room: Room) -> None:
    other = make_workshop(people=1)

    for about in (
        make_statements(other, TEXTS),
        make_improvements(other, TEXTS),
        about_statements([4711]),
        about_improvements([4711]),
    ):
        with pytest.raises(NothingToVoteOn):
            make_round(room, about=about, **ANSWERED)


def test_a_point_that_is_not_for_now_is_not_asked(room: Room) -> None:
    points = make_improvements(room, TEXTS)
    write(_state, improvement_id=points[0].id, state=ImprovementState.NOT_NOW, why="Er is geen geld voor.")

    with pytest.raises(NothingToVoteOn):
        make_round(room, about=points, **ANSWERED)

    assert make_round(room, about=points[1:], **ANSWERED).round_id


def test_the_same_is_asked_once(room: Room) -> None:
    statements = make_statements(room, TEXTS)

    vote = make_round(room, about=[*statements, *statements], **ANSWERED)

    assert len(vote.items) == 3


def test_dots_put_points_for_improvement_in_order(room: Room) -> None:
    vote = make_round(room, about=make_improvements(room, TEXTS), **ORDER)
    for person in room.people:
        cast(vote, person, "2", item=1)
        cast(vote, person, "1", item=2)

    close_and_reveal(vote)

    results = [item.result for item in latest_round(room).items]
    assert [(result.decision, result.place) for result in results if result] == [
        (Decision.RANKED, 3),
        (Decision.RANKED, 1),
        (Decision.RANKED, 2),
    ]


def test_nothing_follows_for_a_statement_and_nobody_has_to_be_answered(room: Room) -> None:
    vote = make_round(room, about=make_statements(room, TEXTS[:1]), secrecy=Secrecy.NAMED, **ANSWERED)
    cast_all(vote, [(person, "agree") for person in room.people[1:]])
    cast(vote, room.people[0], "strongly disagree", reason="Ik ken hier niemand.")
    close_and_reveal(vote)
    write(show_reasons, who=LEADER, round_id=vote.round_id, reason_ids=None)

    for follow_up in FollowUp:
        with pytest.raises(RoundNotReady):
            write(choose_follow_up, who=LEADER, item_id=vote.items[0], follow_up=follow_up)

    found = latest_round(room)
    assert [reason.text for reason in found.items[0].reasons] == ["Ik ken hier niemand."]
    assert open_objections(found, found.items[0]) == []


def test_a_misunderstood_round_is_asked_anew_word_for_word_or_about_others(room: Room) -> None:
    statements = make_statements(room, TEXTS)
    first = make_round(room, about=statements, is_one_at_a_time=True, **ANSWERED)

    write(start_over, who=LEADER, round_id=first.round_id)
    again = latest_round(room)
    write(start_over, who=LEADER, round_id=again.id, about=statements[2:])

    assert ([item.text for item in again.items], again.shown_position) == (TEXTS, 1)
    assert [item.text for item in latest_round(room).items] == TEXTS[2:]
    assert latest_round(room).rule.kind == RuleKind.DECIDES_NOTHING


def test_what_too_few_answered_is_asked_again_with_names(room: Room) -> None:
    vote = make_round(room, about=make_statements(room, TEXTS[:2]), **ANSWERED)
    cast_all(vote, [(person, "agree") for person in room.people])
    cast_all(vote, [(person, "agree") for person in room.people[:2]], item=1)
    close_and_reveal(vote)

    write(ask_with_names, who=LEADER, round_id=vote.round_id)
    again = latest_round(room)

    assert ([item.text for item in again.items], again.secrecy) == (TEXTS[1:2], Secrecy.NAMED)
    assert again.items[0].about.kind == "statement"


def test_a_round_that_was_asked_again_since_is_not_shown_any_more(room: Room) -> None:
    statements = make_statements(room, TEXTS)
    first = make_round(room, about=statements[:2], **ANSWERED)
    close(first)
    make_round(room, about=statements[1:], **ANSWERED)

    with pytest.raises(RoundNotReady):
        write(reveal_round, who=LEADER, round_id=first.round_id)


def test_an_item_says_what_it_is_about(room: Room) -> None:
    (statement,) = make_statements(room, TEXTS[:1])
    vote = make_round(room, about=[statement], **ANSWERED)

    with reading() as session:
        (item,) = read_round(session, vote.round_id).items

    assert (item.about, item.principle_id, item.version, item.version_id) == (statement, None, None, None)
