"""A round by any method: what can be chosen, what is counted, and what the facilitator can do while it is open."""

from datetime import timedelta
from typing import Any

import pytest

from models.basics.clock import now
from models.basics.errors import (
    InvalidValue,
    NotFound,
    NothingToVoteOn,
    RoundClosed,
    RoundNotReady,
    TooManyDots,
)
from models.basics.words import Decision, FollowUp, ObjectionAnswer, RuleKind
from models.room_state import read_state
from models.signing.agenda import read_agenda
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Workshop
from models.voting.after_reveal import answer_objection, choose_follow_up, show_reasons
from models.voting.ballot import cast_ballot
from models.voting.methods import METHODS
from models.voting.methods.method import VotingMethod
from models.voting.principles import list_principles
from models.voting.results import results
from models.voting.round import one_more_minute, reveal_round, set_timer, show_item, start_over
from models.voting.round_views import ItemView, read_round
from tests.builders import (
    LEADER,
    Room,
    Vote,
    ballot,
    cast,
    cast_all,
    close,
    close_and_reveal,
    make_adopted,
    make_agenda,
    make_round,
    make_workshop,
    post_all,
    round_of,
    rows_of,
)

pytestmark = pytest.mark.both_databases

FIVE_DOTS: dict[str, Any] = {"method": "dots", "rule": RuleKind.TOP, "top": 2, "budget": 5}


def _items(vote: Vote) -> list[ItemView]:
    return round_of(vote).items


def _terms(method: VotingMethod) -> dict[str, Any]:
    """The usual rule of a method, with all that it may need."""
    return {
        "method": method.name,
        "rule": method.rules[0],
        "share": 50,
        "level": method.choices[2].value if len(method.choices) > 3 else None,
        "tolerated": 1,
        "top": 1,
        "budget": 3,
    }


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: str(method.name))
def test_every_choice_of_a_method_is_taken_and_counted(database: str, method: VotingMethod) -> None:
    room = make_workshop(people=12)
    vote = make_round(room, **_terms(method))
    values = [choice.value for choice in round_of(vote).choices]
    chosen = [values[place % len(values)] for place in range(12)]

    cast_all(vote, list(zip(room.people, chosen, strict=True)))
    close_and_reveal(vote)

    (item,) = _items(vote)
    assert item.result is not None and item.result.numbers is not None
    assert item.result.numbers.counts == {value: chosen.count(value) for value in values}
    assert item.result.numbers.cast == 12
    assert item.result.decision in (Decision.ADOPTED, Decision.NOT_ADOPTED)


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: str(method.name))
def test_what_is_no_choice_of_the_method_is_refused_and_nothing_is_stored(
    database: str, method: VotingMethod
) -> None:
    room = make_workshop(people=5)
    vote = make_round(room, **_terms(method))
    known = {choice.value for choice in round_of(vote).choices}

    for choice in {"agree", "objection", "9", "11", "-1", "4.5", "٣", "", "1 "} - known:
        with pytest.raises(InvalidValue, match="choice"):
            cast(vote, room.people[0], choice)

    assert round_of(vote).voted == 0


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"method": "thumbs"}, "method"),
        ({"method": "dots", "rule": RuleKind.NO_OPEN_OBJECTIONS, "budget": 3}, "rule"),
        (FIVE_DOTS | {"budget": None}, "budget"),
        (FIVE_DOTS | {"budget": 21}, "budget"),
        (FIVE_DOTS | {"top": 0}, "top"),
        ({"method": "score", "rule": RuleKind.SHARE_OF_VOTES}, "share"),
        ({"method": "gradients", "rule": RuleKind.LEVEL, "level": "9"}, "level"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 121}, "minutes"),
    ],
)
def test_terms_that_make_no_sense_open_nothing(database: str, terms: dict[str, Any], field: str) -> None:
    room = make_workshop(people=5)

    with pytest.raises(InvalidValue) as refused:
        make_round(room, **terms)

    assert refused.value.field == field
    with reading() as session:
        assert results(session, room.code) == []


class TestDots:
    def test_are_one_budget_over_all_items(self, database: str) -> None:
        room = make_workshop(people=6)
        vote = make_round(room, items=3, **FIVE_DOTS)

        cast(vote, room.people[0], "3", item=0)
        cast(vote, room.people[0], "2", item=1)

        with pytest.raises(TooManyDots) as refused:
            cast(vote, room.people[0], "1", item=2)
        assert (refused.value.budget, refused.value.choice) == (5, None)
        with pytest.raises(TooManyDots) as refused:
            cast(vote, room.people[0], "4", item=0)
        assert refused.value.choice == "3"
        assert cast(vote, room.people[1], "5", item=2).choice == "5"

    def test_can_be_taken_away_and_put_elsewhere(self, database: str) -> None:
        room = make_workshop(people=6)
        vote = make_round(room, items=2, **FIVE_DOTS)
        cast(vote, room.people[0], "5", item=0)

        cast(vote, room.people[0], "0", item=0)
        cast(vote, room.people[0], "4", item=1)
        cast(vote, room.people[0], "1", item=0)

        with pytest.raises(TooManyDots):
            cast(vote, room.people[0], "2", item=0)

    def test_of_one_voter_that_come_at_once_never_exceed_the_budget(self, database: str) -> None:
        room = make_workshop(people=6)
        vote = make_round(room, items=6, **FIVE_DOTS)

        answers = post_all(
            [(cast_ballot, {"ballot": ballot(vote, room.people[0], "1", item=item)}) for item in range(6)]
        )

        assert sum(isinstance(answer, TooManyDots) for answer in answers) == 1
        close(vote)
        (told,) = _results(room.code)
        assert told["ballots_stored"] == 5

    def test_one_on_an_item_when_they_may_not_be_heaped(self, database: str) -> None:
        room = make_workshop(people=6)
        vote = make_round(room, items=2, **FIVE_DOTS, can_stack=False)

        cast(vote, room.people[0], "1", item=0)

        with pytest.raises(InvalidValue):
            cast(vote, room.people[0], "2", item=1)

    def test_an_item_that_a_voter_left_empty_got_none(self, database: str) -> None:
        room = make_workshop(people={"Residents": 6, "Communities": 5})
        vote = make_round(room, items=3, **FIVE_DOTS)
        cast_all(vote, [(person, "2") for person in room.people], item=0)
        cast_all(vote, [(person, "3") for person in room.people[:6]], item=1)

        close_and_reveal(vote)

        first, second, third = [item.result for item in _items(vote)]
        assert first and second and third
        assert [one.numbers.dots for one in (first, second, third) if one.numbers] == [22, 18, 0]
        assert {one.numbers.cast for one in (first, second, third) if one.numbers} == {11}
        assert [one.decision for one in (first, second, third)] == ["adopted", "adopted", "not adopted"]
        assert [row.cast for row in second.rows] == [6, 5]

    def test_a_repeated_request_does_not_count_twice_in_the_budget(self, database: str) -> None:
        room = make_workshop(people=6)
        vote = make_round(room, items=2, **FIVE_DOTS)

        for _ in range(20):
            assert cast(vote, room.people[0], "5", item=0, request_id="once").choice == "5"

        assert round_of(vote).voted == 1


class TestTheTimer:
    def test_tells_the_room_when_it_runs_out_and_closes_nothing(self, database: str) -> None:
        room = make_workshop(people=6)
        before = now()

        vote = make_round(room, minutes=3)

        ends_at = round_of(vote).ends_at
        assert ends_at is not None
        assert timedelta(minutes=2, seconds=50) < ends_at - before < timedelta(minutes=3, seconds=30)
        write(set_timer, who=LEADER, round_id=vote.round_id, minutes=None)
        assert round_of(vote).ends_at is None
        assert cast(vote, room.people[0]).choice == "agree"

    def test_one_more_minute_counts_from_its_end_or_from_now(self, database: str) -> None:
        vote = make_round(make_workshop(people=6), minutes=3)
        first = round_of(vote).ends_at

        write(one_more_minute, who=LEADER, round_id=vote.round_id)

        assert first is not None
        assert round_of(vote).ends_at == first + timedelta(minutes=1)
        write(set_timer, who=LEADER, round_id=vote.round_id, minutes=None)
        before = now()
        write(one_more_minute, who=LEADER, round_id=vote.round_id)
        ends_at = round_of(vote).ends_at
        assert ends_at is not None
        assert timedelta(seconds=50) < ends_at - before < timedelta(seconds=90)

    def test_changes_what_the_room_sees(self, database: str) -> None:
        room = make_workshop(people=6)
        vote = make_round(room)
        (before,) = rows_of(Workshop)

        write(set_timer, who=LEADER, round_id=vote.round_id, minutes=1)

        (after,) = rows_of(Workshop)
        assert (after["revision"] > before["revision"], after["content"] > before["content"]) == (True, True)

    def test_of_a_closed_round_cannot_be_set(self, database: str) -> None:
        vote = make_round(make_workshop(people=6))
        close(vote)

        for action, more in (
            (set_timer, {"minutes": 1}),
            (one_more_minute, {}),
            (show_item, {"position": 1}),
        ):
            with pytest.raises(RoundClosed):
                write(action, who=LEADER, round_id=vote.round_id, **more)


class TestOneAtATime:
    def test_begins_with_the_first_and_takes_votes_on_all(self, database: str) -> None:
        room = make_workshop(people=6)
        vote = make_round(room, items=3, is_one_at_a_time=True)

        assert round_of(vote).shown_position == 1
        write(show_item, who=LEADER, round_id=vote.round_id, position=3)
        assert round_of(vote).shown_position == 3
        assert cast(vote, room.people[0], item=0).choice == "agree"
        write(show_item, who=LEADER, round_id=vote.round_id, position=None)
        assert round_of(vote).shown_position is None

    @pytest.mark.parametrize("position", [0, 4, -1])
    def test_an_item_that_is_not_there_is_not_shown(self, database: str, position: int) -> None:
        vote = make_round(make_workshop(people=6), items=3)

        with pytest.raises(InvalidValue, match="position"):
            write(show_item, who=LEADER, round_id=vote.round_id, position=position)

    def test_dots_are_always_seen_side_by_side(self, database: str) -> None:
        vote = make_round(make_workshop(people=6), items=3, **FIVE_DOTS, is_one_at_a_time=True)

        assert round_of(vote).shown_position is None
        with pytest.raises(InvalidValue, match="position"):
            write(show_item, who=LEADER, round_id=vote.round_id, position=1)


def test_starting_over_asks_the_same_by_the_same_terms(database: str) -> None:
    vote = make_round(make_workshop(people=6), items=3, **FIVE_DOTS, can_stack=False)

    again = write(start_over, who=LEADER, round_id=vote.round_id)

    with reading() as session:
        old, new = round_of(vote), read_round(session, again.round_id)
    assert (new.method, new.rule, new.rule.top, new.budget) == (old.method, old.rule, 2, old.budget)
    assert [item.version_id for item in new.items] == [item.version_id for item in old.items]


class TestAnAnswerToAnObjection:
    def _objected(self) -> tuple[Vote, int]:
        room = make_workshop(people=6)
        vote = make_round(room)
        cast_all(vote, [(person, "agree") for person in room.people[1:]])
        cast(vote, room.people[0], "objection", reason="Te duur voor kleine clubs.")
        close(vote)
        return vote, _items(vote)[0].reasons[0].id

    @pytest.mark.parametrize("answer", [*ObjectionAnswer, None])
    def test_is_kept_and_may_be_changed(self, database: str, answer: str | None) -> None:
        vote, reason_id = self._objected()
        _reveal(vote)
        write(answer_objection, who=LEADER, reason_id=reason_id, answer=ObjectionAnswer.CONVERSATION)

        write(answer_objection, who=LEADER, reason_id=reason_id, answer=answer)

        assert [reason.answer for reason in _items(vote)[0].reasons] == [answer]

    def test_waits_for_the_reveal(self, database: str) -> None:
        _, reason_id = self._objected()

        with pytest.raises(RoundNotReady):
            write(answer_objection, who=LEADER, reason_id=reason_id, answer=ObjectionAnswer.REWORDED)

    def test_that_is_none_is_refused(self, database: str) -> None:
        vote, reason_id = self._objected()
        _reveal(vote)

        with pytest.raises(InvalidValue):
            write(answer_objection, who=LEADER, reason_id=reason_id, answer="forgotten")
        with pytest.raises(NotFound):
            write(answer_objection, who=LEADER, reason_id=4711, answer=ObjectionAnswer.REWORDED)

    def test_an_objection_is_withdrawn_by_its_author_while_the_round_is_open(self, database: str) -> None:
        room = make_workshop(people=6)
        vote = make_round(room)
        cast_all(vote, [(person, "agree") for person in room.people[1:]])
        cast(vote, room.people[0], "objection", reason="Te duur.")

        cast(vote, room.people[0], "concern")
        close_and_reveal(vote)
        write(show_reasons, who=LEADER, round_id=vote.round_id, reason_ids=None)

        (item,) = _items(vote)
        assert item.result is not None
        assert (item.result.decision, item.reasons) == (Decision.ADOPTED, [])


def test_what_everyone_hears_at_a_reveal_of_dots_is_their_number(database: str) -> None:
    room = make_workshop(people=6)
    vote = make_round(room, items=2, **FIVE_DOTS)
    cast_all(vote, [(person, "3") for person in room.people], item=0)
    close(vote)
    with reading() as session:
        before = read_state(session, room.workshop_id)
    _reveal(vote)

    with reading() as session:
        told = read_state(session, room.workshop_id)

    assert before is not None and "result" not in before
    assert told is not None
    assert [one["dots"] for one in told["result"]] == [18, 0]


def _results(code: str) -> list[dict[str, Any]]:
    with reading() as session:
        return results(session, code)


def _reveal(vote: Vote) -> None:
    write(reveal_round, who=LEADER, round_id=vote.round_id)


class TestPuttingInOrder:
    def _ordered(self, room: Room, adopted: Vote, **more: Any) -> Vote:
        """Return a revealed round that put what was adopted in order: the second text got most dots."""
        vote = make_round(
            room, principles=adopted.principles, method="dots", rule=RuleKind.TOP, budget=3, **more
        )
        cast_all(vote, [(person, "1") for person in room.people])
        cast_all(vote, [(person, "2") for person in room.people], item=1)
        close(vote)
        _reveal(vote)
        return vote

    def test_adopted_texts_get_a_place_and_stay_adopted(self, database: str) -> None:
        room = make_workshop(people=6)
        vote = self._ordered(room, make_adopted(room, items=2))

        assert [(item.result.decision, item.result.place) for item in _items(vote) if item.result] == [
            (Decision.RANKED, 2),
            (Decision.RANKED, 1),
        ]
        with reading() as session:
            assert [found.status for found in list_principles(session, room.alliance_id)] == ["adopted"] * 2

    def test_nothing_follows_from_a_place(self, database: str) -> None:
        room = make_workshop(people=6)
        vote = self._ordered(room, make_adopted(room, items=2))

        with pytest.raises(RoundNotReady):
            write(
                choose_follow_up, who=LEADER, item_id=_items(vote)[0].id, follow_up=FollowUp.MINORITY_REPORT
            )

    def test_a_quorum_that_was_not_reached_takes_nothing_back(self, database: str) -> None:
        room = make_workshop(people=20)
        adopted = make_adopted(room, items=2)
        vote = make_round(
            room, principles=adopted.principles, method="dots", rule=RuleKind.TOP, budget=3, quorum=90
        )
        cast_all(vote, [(person, "1") for person in room.people[:6]])
        close(vote)
        _reveal(vote)

        assert {item.result.decision for item in _items(vote) if item.result} == {Decision.NO_QUORUM}
        with reading() as session:
            assert [found.status for found in list_principles(session, room.alliance_id)] == ["adopted"] * 2

    def test_what_is_adopted_is_not_asked_where_something_may_be_adopted(self, database: str) -> None:
        room = make_workshop(people=6)
        adopted = make_adopted(room, items=2)

        with pytest.raises(NothingToVoteOn):
            make_round(room, principles=adopted.principles, **FIVE_DOTS)

    def test_the_document_says_by_which_round_a_text_was_adopted(self, database: str) -> None:
        room = make_workshop(people=6)
        self._ordered(room, make_adopted(room, items=2))
        make_agenda(room)

        with reading() as session:
            agenda = read_agenda(session, room.workshop_id)
        assert agenda is not None
        assert [found["status"] for found in agenda.content["principles"]] == ["adopted", "adopted"]
        assert [round_["decision"] for round_ in agenda.content["principles"][0]["rounds"]] == [
            "adopted",
            "ranked",
        ]
        assert agenda.content["not_adopted"] == []
