"""Rounds: opened with a rule that is fixed, closed once, revealed once, kept."""

from contextlib import suppress

import pytest

from models.alliance.groups import remove_group
from models.basics.errors import (
    AlreadyRevealed,
    InUse,
    InvalidValue,
    NotFound,
    NothingToVoteOn,
    RoundNotReady,
    RoundStillOpen,
)
from models.basics.words import Decision, FollowUp, Phase, RuleKind, Secrecy, Step
from models.drafting.wording import reword_principle
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Round, RoundItem, Workshop
from models.voting.after_reveal import choose_follow_up
from models.voting.asked import about_principles
from models.voting.closing import close_round
from models.voting.principles import list_principles
from models.voting.round import open_round, reveal_round, start_over
from models.voting.round_views import last_round, list_rounds, named_ballots, read_round, who_has_not_voted
from models.workshop.participant import change_group, leave
from models.workshop.workshop import count_heads, end_workshop
from tests.builders import (
    LEADER,
    Room,
    Vote,
    cast,
    cast_all,
    close,
    close_and_reveal,
    make_adopted,
    make_people,
    make_principle,
    make_round,
    make_terms,
    make_workshop,
    round_of,
    rows_of,
)

pytestmark = pytest.mark.both_databases


def _decision(vote: Vote, item: int = 0) -> Decision:
    result = round_of(vote).items[item].result
    assert result is not None
    return Decision(result.decision)


def _statuses(room: Room) -> list[str]:
    with reading() as session:
        return [principle.status for principle in list_principles(session, room.alliance_id)]


def _open(room: Room, **changed: object) -> None:
    arguments: dict[str, object] = {
        "who": LEADER,
        "workshop_id": room.workshop_id,
        "about": [],
        "terms": make_terms(),
    }
    write(open_round, **{**arguments, **changed})


def test_a_round_opens_on_the_newest_texts_and_takes_the_room_to_voting(database: str) -> None:
    room = make_workshop(people=6, step=Step.DRAFT)
    first, second = make_principle(room, text="Old."), make_principle(room, text="Second.")
    write(reword_principle, who=LEADER, principle_id=first, text="New.", why="", proposal_ids=[])

    vote = make_round(room, principles=[second, first], rule=RuleKind.WITHOUT_OBJECTION, share=80, quorum=50)

    view = round_of(vote)
    assert [(item.position, item.text, item.version) for item in view.items] == [
        (1, "Second.", 1),
        (2, "New.", 2),
    ]
    assert (view.number, view.method, view.rule.kind, view.rule.share, view.rule.quorum) == (
        1,
        "consent",
        "without objection",
        80,
        50,
    )
    assert (view.secrecy, view.phase, view.electorate, view.voted) == ("anonymous", Phase.OPEN, 6, 0)
    assert [item.result for item in view.items] == [None, None]
    assert [row["step"] for row in rows_of(Workshop)] == ["vote"]
    assert [choice.value for choice in view.choices] == ["agree", "concern", "objection"]


def test_there_is_one_open_round_per_workshop(database: str) -> None:
    room, other = make_workshop(people=5), make_workshop(people=5)
    vote = make_round(room)
    principle = make_principle(room)

    with pytest.raises(RoundStillOpen):
        make_round(room, principles=[principle])
    make_round(other)
    close(vote)

    assert make_round(room, principles=[principle]).round_id != vote.round_id


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"terms": make_terms("majority")}, InvalidValue),
        ({"terms": make_terms("without objection")}, InvalidValue),
        ({"terms": make_terms(quorum=101)}, InvalidValue),
        ({"terms": make_terms(secrecy="whispered")}, InvalidValue),
        ({"terms": make_terms(method="dots")}, InvalidValue),
        ({}, NothingToVoteOn),
        ({"about": about_principles([4711])}, NothingToVoteOn),
        ({"about": about_principles(range(1, 40))}, NothingToVoteOn),
        ({"workshop_id": 4711}, NotFound),
    ],
)
def test_a_round_that_makes_no_sense_is_not_opened(
    database: str, changed: dict[str, object], error: type[Exception]
) -> None:
    room = make_workshop(people=5)

    with pytest.raises(error):
        _open(room, **changed)

    assert rows_of(Round) == []


def test_a_principle_of_another_alliance_or_already_adopted_is_not_voted_on(database: str) -> None:
    room, other = make_workshop(people=5), make_workshop(people=5)
    adopted = make_adopted(room)

    for principle in (make_principle(other), adopted.principles[0]):
        with pytest.raises(NothingToVoteOn):
            make_round(room, principles=[principle])


def test_a_principle_named_twice_is_one_question(database: str) -> None:
    room = make_workshop(people=5)
    principle = make_principle(room)

    assert len(make_round(room, principles=[principle, principle]).items) == 1


def test_the_rule_decides_at_the_close_and_the_reveal_makes_it_so(database: str) -> None:
    room = make_workshop(people=10)
    vote = make_round(room, items=2, rule=RuleKind.WITHOUT_OBJECTION, share=80)
    cast_all(
        vote, [(person, "objection" if place < 2 else "agree") for place, person in enumerate(room.people)]
    )
    cast_all(
        vote,
        [(person, "objection" if place < 3 else "agree") for place, person in enumerate(room.people)],
        item=1,
    )

    close(vote)
    assert (round_of(vote).phase, _statuses(room)) == (Phase.CLOSED, ["draft", "draft"])
    write(reveal_round, who=LEADER, round_id=vote.round_id)

    assert round_of(vote).phase == Phase.REVEALED
    assert [_decision(vote, item) for item in (0, 1)] == [Decision.ADOPTED, Decision.NOT_ADOPTED]
    assert _statuses(room) == ["adopted", "not adopted"]


def test_without_votes_there_is_no_outcome_and_the_principle_stays_a_draft(database: str) -> None:
    room = make_workshop(people=5)
    vote = make_round(room)

    close_and_reveal(vote)

    assert (_decision(vote), _statuses(room)) == (Decision.NO_VOTES, ["draft"])


def test_without_a_quorum_the_principle_stays_a_draft(database: str) -> None:
    room = make_workshop(people=12)
    vote = make_round(room, quorum=50)
    cast_all(vote, [(person, "agree") for person in room.people[:5]])

    close_and_reveal(vote)

    assert (_decision(vote), _statuses(room)) == (Decision.NO_QUORUM, ["draft"])


class TestPresent:
    def test_it_is_who_joined_and_has_not_left(self, database: str) -> None:
        room = make_workshop(people=8)
        vote = make_round(room)
        write(leave, participant_id=room.people[0])
        make_people(room, count=2)

        close(vote)

        assert (round_of(vote).present, round_of(vote).heads_counted) == (9, None)

    def test_it_is_the_heads_where_they_were_counted(self, database: str) -> None:
        room = make_workshop(people=8)
        vote = make_round(room, quorum=50)
        write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=20)
        cast_all(vote, [(person, "agree") for person in room.people])

        close(vote)

        assert (round_of(vote).present, round_of(vote).heads_counted) == (20, 20)
        assert _decision(vote) == Decision.NO_QUORUM

    def test_it_is_never_less_than_the_votes_cast(self, database: str) -> None:
        room = make_workshop(people=8)
        vote = make_round(room, quorum=100)
        write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=3)
        cast_all(vote, [(person, "agree") for person in room.people[:6]])
        write(leave, participant_id=room.people[0])

        close(vote)

        assert (round_of(vote).present, round_of(vote).heads_counted) == (6, 3)
        assert _decision(vote) == Decision.ADOPTED

    def test_it_does_not_change_after_the_close(self, database: str) -> None:
        room = make_workshop(people=8)
        vote = make_round(room)
        close(vote)

        make_people(room, count=5)
        write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=70)

        assert (round_of(vote).present, round_of(vote).heads_counted, round_of(vote).electorate) == (
            8,
            None,
            8,
        )


class TestWhatNeverChanges:
    def test_closing_twice_is_closing_once(self, database: str) -> None:
        room = make_workshop(people=5)
        vote = make_round(room)
        cast_all(vote, [(person, "agree") for person in room.people])
        close(vote)
        before = rows_of(Round), rows_of(RoundItem)

        close(vote)

        assert (rows_of(Round), rows_of(RoundItem)) == before

    def test_revealing_twice_is_revealing_once(self, database: str) -> None:
        room = make_workshop(people=5)
        vote = make_adopted(room)
        before = round_of(vote).revealed_at

        write(reveal_round, who=LEADER, round_id=vote.round_id)

        assert round_of(vote).revealed_at == before

    def test_an_open_round_has_nothing_to_reveal(self, database: str) -> None:
        vote = make_round(make_workshop(people=5))

        with pytest.raises(RoundNotReady):
            write(reveal_round, who=LEADER, round_id=vote.round_id)

    def test_a_round_shows_the_text_that_was_voted_on(self, database: str) -> None:
        room = make_workshop(people=5)
        vote = make_adopted(room)
        write(
            reword_principle,
            who=LEADER,
            principle_id=vote.principles[0],
            text="Changed later.",
            why="",
            proposal_ids=[],
        )

        (item,) = round_of(vote).items
        assert (item.text, item.version) == ("Principle 1.", 1)

    def test_a_principle_reworded_before_the_reveal_is_not_adopted_by_the_old_round(
        self, database: str
    ) -> None:
        room = make_workshop(people=5)
        vote = make_round(room)
        cast_all(vote, [(person, "agree") for person in room.people])
        close(vote)
        write(
            reword_principle,
            who=LEADER,
            principle_id=vote.principles[0],
            text="Other.",
            why="",
            proposal_ids=[],
        )

        write(reveal_round, who=LEADER, round_id=vote.round_id)

        assert _statuses(room) == ["draft"]


class TestStartingOver:
    def test_the_same_round_opens_again_and_the_old_one_counts_nowhere(self, database: str) -> None:
        room = make_workshop(people=5)
        vote = make_round(room, items=2, rule=RuleKind.WITHOUT_OBJECTION, share=75, quorum=40)
        cast(vote, room.people[0], "objection")

        opened = write(start_over, who=LEADER, round_id=vote.round_id)

        with reading() as session:
            old = read_round(session, vote.round_id)
            [new] = list_rounds(session, room.workshop_id)
            last = last_round(session, room.workshop_id)
        assert (old.phase, old.voted, new.phase, new.voted) == (Phase.CANCELLED, 0, Phase.OPEN, 0)
        assert (new.id, new.number) == (opened.round_id, 1)
        assert (new.rule.kind, new.rule.share, new.rule.quorum, new.secrecy) == (
            old.rule.kind,
            old.rule.share,
            old.rule.quorum,
            old.secrecy,
        )
        assert [item.version_id for item in new.items] == [item.version_id for item in old.items]
        assert last == new

    def test_another_question_is_asked_by_the_same_terms(self, database: str) -> None:
        room = make_workshop(people=5)
        vote = make_round(room, items=2, rule=RuleKind.WITHOUT_OBJECTION, share=75, is_one_at_a_time=True)
        other = make_principle(room, text="Wij praten mét mensen.")

        opened = write(start_over, who=LEADER, round_id=vote.round_id, about=about_principles([other]))

        with reading() as session:
            new = read_round(session, opened.round_id)
        assert [item.text for item in new.items] == ["Wij praten mét mensen."]
        assert (new.rule.kind, new.rule.share, new.shown_position) == (RuleKind.WITHOUT_OBJECTION, 75, None)

    def test_a_question_that_cannot_be_asked_cancels_nothing(self, database: str) -> None:
        vote = make_round(make_workshop(people=5))

        with pytest.raises(NothingToVoteOn):
            write(start_over, who=LEADER, round_id=vote.round_id, about=[])

        with reading() as session:
            assert read_round(session, vote.round_id).phase == Phase.OPEN

    def test_a_result_that_was_shown_stands(self, database: str) -> None:
        vote = make_adopted(make_workshop(people=5))

        with pytest.raises(AlreadyRevealed):
            write(start_over, who=LEADER, round_id=vote.round_id)

    def test_another_open_round_is_closed_first(self, database: str) -> None:
        room = make_workshop(people=5)
        old = make_round(room)
        close(old)
        make_round(room)

        with pytest.raises(RoundStillOpen):
            write(start_over, who=LEADER, round_id=old.round_id)

    def test_the_misunderstood_round_never_decides_after_the_new_one(self, database: str) -> None:
        room = make_workshop(people=5)
        old = make_round(room)
        cast_all(old, [(person, "objection") for person in room.people])
        opened = write(start_over, who=LEADER, round_id=old.round_id)
        with reading() as session:
            items = [item.id for item in read_round(session, opened.round_id).items]
        new = Vote(opened.round_id, items, old.principles)
        cast_all(new, [(person, "agree") for person in room.people])
        close_and_reveal(new)
        assert _statuses(room) == ["adopted"]

        with suppress(RoundNotReady):
            write(reveal_round, who=LEADER, round_id=old.round_id)

        assert _statuses(room) == ["adopted"]


class TestFollowUp:
    def _not_adopted(self, room: Room) -> Vote:
        vote = make_round(room)
        cast_all(vote, [(person, "objection") for person in room.people])
        close_and_reveal(vote)
        return vote

    @pytest.mark.parametrize(
        ("follow_up", "status"),
        [
            (FollowUp.REWORD, "not adopted"),
            (FollowUp.MINORITY_REPORT, "not adopted"),
            (FollowUp.LEAVE_OUT, "left out"),
        ],
    )
    def test_it_is_one_of_three(self, database: str, follow_up: FollowUp, status: str) -> None:
        room = make_workshop(people=5)
        vote = self._not_adopted(room)

        write(choose_follow_up, who=LEADER, item_id=vote.items[0], follow_up=follow_up)

        assert (round_of(vote).items[0].follow_up, _statuses(room)) == (follow_up, [status])
        with pytest.raises(InvalidValue):
            write(choose_follow_up, who=LEADER, item_id=vote.items[0], follow_up="adopt anyway")

    def test_what_had_no_quorum_stays_a_draft_unless_left_out(self, database: str) -> None:
        room = make_workshop(people=6)
        vote = make_round(room, quorum=100)
        cast(vote, room.people[0])
        close_and_reveal(vote)

        write(choose_follow_up, who=LEADER, item_id=vote.items[0], follow_up=FollowUp.LEAVE_OUT)
        assert _statuses(room) == ["left out"]
        write(choose_follow_up, who=LEADER, item_id=vote.items[0], follow_up=FollowUp.REWORD)

        assert _statuses(room) == ["draft"]

    def test_a_choice_may_be_changed(self, database: str) -> None:
        room = make_workshop(people=5)
        vote = self._not_adopted(room)

        for follow_up in (FollowUp.LEAVE_OUT, FollowUp.MINORITY_REPORT):
            write(choose_follow_up, who=LEADER, item_id=vote.items[0], follow_up=follow_up)

        assert _statuses(room) == ["not adopted"]

    def test_there_is_none_before_the_reveal_nor_for_what_was_adopted(self, database: str) -> None:
        room = make_workshop(people=5)
        adopted = make_adopted(room)
        closed = make_round(room)
        close(closed)

        for item in (adopted.items[0], closed.items[0]):
            with pytest.raises(RoundNotReady):
                write(choose_follow_up, who=LEADER, item_id=item, follow_up=FollowUp.LEAVE_OUT)
        with pytest.raises(NotFound):
            write(choose_follow_up, who=LEADER, item_id=4711, follow_up=FollowUp.LEAVE_OUT)

    def test_for_an_older_round_it_does_not_undo_what_a_newer_one_adopted(self, database: str) -> None:
        room = make_workshop(people=5)
        old = self._not_adopted(room)
        new = make_round(room, principles=old.principles)
        cast_all(new, [(person, "agree") for person in room.people])
        close_and_reveal(new)
        assert _statuses(room) == ["adopted"]

        with suppress(RoundNotReady):
            write(choose_follow_up, who=LEADER, item_id=old.items[0], follow_up=FollowUp.LEAVE_OUT)

        assert _statuses(room) == ["adopted"]


def test_a_named_round_tells_facilitators_who_chose_what_and_who_has_not(database: str) -> None:
    room = make_workshop(people=3)
    vote = make_round(room, secrecy=Secrecy.NAMED)
    cast(vote, room.people[2], "objection", reason="No")
    cast(vote, room.people[0], "agree")

    with reading() as session:
        ballots = named_ballots(session, vote.round_id)
        missing = who_has_not_voted(session, vote.round_id)

    assert sorted((one.participant, one.choice, one.reason) for one in ballots) == [
        ("#1", "agree", None),
        ("#3", "objection", "No"),
    ]
    assert missing == ["#2"]


def test_an_anonymous_round_tells_nobody(database: str) -> None:
    room = make_workshop(people=3)
    vote = make_round(room)
    cast(vote, room.people[0])

    for end in (lambda: None, lambda: close(vote)):
        end()
        with reading() as session:
            assert named_ballots(session, vote.round_id) == []
            assert who_has_not_voted(session, vote.round_id) == []


def test_a_round_that_opens_after_the_end_opens_the_workshop_again(database: str) -> None:
    room = make_workshop(people=5)
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)

    make_round(room)

    assert [(row["state"], row["over_at"]) for row in rows_of(Workshop)] == [("open", None)]


def test_a_group_that_a_result_names_cannot_be_removed(database: str) -> None:
    room = make_workshop(people={"Residents": 5, "Communities": 5})
    vote = make_adopted(room)
    for person in room.people:
        write(change_group, participant_id=person, group_id=None)

    with pytest.raises(InUse):
        write(remove_group, who=LEADER, group_id=room.groups["Residents"])

    result = round_of(vote).items[0].result
    assert result is not None
    assert [row.name for row in result.rows] == ["Residents", "Communities"]


def test_there_is_no_last_round_before_the_first(database: str) -> None:
    room = make_workshop()

    with reading() as session:
        assert last_round(session, room.workshop_id) is None
        assert list_rounds(session, room.workshop_id) == []
        with pytest.raises(NotFound):
            read_round(session, 4711)
    with pytest.raises(NotFound):
        write(close_round, who=LEADER, round_id=4711)
