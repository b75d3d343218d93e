"""What people send in: let through, hidden, supported, typed for a table."""

from datetime import UTC, datetime, timedelta

import pytest

from models.basics.errors import (
    DraftingEnded,
    InvalidValue,
    NotAdmitted,
    NotFound,
    NotYours,
    RequestReused,
    TextMissing,
    TextTooLong,
    TooManyProposals,
    WorkshopOver,
)
from models.basics.words import ProposalKind, Step
from models.drafting.proposal import (
    MOST_IN_A_MINUTE,
    change_proposal,
    end_drafting,
    hide_proposal,
    resume_drafting,
    say_why_hidden,
    send_proposal,
    show_proposals,
    support_proposal,
    type_for_table,
    withdraw_proposal,
)
from models.drafting.views import (
    OwnProposal,
    ProposalRow,
    ShownProposal,
    count_waiting,
    own_proposals,
    people_supporting,
    proposals_for_facilitator,
    shown_proposals,
)
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Support
from models.undoing.undo import undo
from models.workshop.participant import leave
from models.workshop.workshop import end_workshop, set_lets_all_through
from tests.builders import (
    LEADER,
    Room,
    make_principle,
    make_proposal,
    make_workshop,
    newest_undoable,
    post_all,
    rows_of,
    take_room,
    undo_last,
)


def _all(room: Room) -> list[ProposalRow]:
    with reading() as session:
        return proposals_for_facilitator(session, room.workshop_id)


def _shown(room: Room, person: int | None = None, kind: str | None = None) -> list[ShownProposal]:
    with reading() as session:
        return shown_proposals(session, room.workshop_id, person, kind)


def _own(room: Room, author: int = 0) -> list[OwnProposal]:
    with reading() as session:
        return own_proposals(session, room.people[author])


def _hide(proposal: int) -> None:
    write(hide_proposal, who=LEADER, proposal_id=proposal, reason="It names somebody.")


def test_a_proposal_is_received_first_and_shown_after_one_tap(database: str) -> None:
    room = make_workshop(people={"Residents": 1}, step=Step.DRAFT)

    sent = write(
        send_proposal,
        participant_id=room.people[0],
        kind="principle",
        text=" Talk  with us ",
        request_id="r1",
    )

    assert (sent.state, _shown(room)) == ("received", [])
    assert write(show_proposals, who=LEADER, workshop_id=room.workshop_id, proposal_ids=[sent.id]) == [
        sent.id
    ]
    assert [(row.text, row.support, row.is_supported) for row in _shown(room)] == [("Talk with us", 0, False)]
    assert [(row.state, row.origin, row.is_late) for row in _all(room)] == [("shown", "Residents", False)]
    assert [row.state for row in _own(room)] == ["shown"]


@pytest.mark.both_databases
def test_the_same_request_again_changes_nothing(database: str) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    call = {"participant_id": room.people[0], "kind": "principle", "text": "Talk with us", "request_id": "r1"}
    first = write(send_proposal, **call)

    assert post_all([(send_proposal, call)] * 20) == [first] * 20

    with pytest.raises(RequestReused) as refused:
        write(send_proposal, **{**call, "text": "Another text"})
    assert refused.value.stored == "Talk with us"
    assert len(_all(room)) == 1


def test_the_same_request_of_two_people_makes_two_proposals(database: str) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)

    for person in room.people:
        write(send_proposal, participant_id=person, kind="principle", text="Talk", request_id="r1")

    assert len(_all(room)) == 2


def test_without_a_request_id_the_same_text_may_come_twice(database: str) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)

    for request_id in (None, None, ""):
        write(
            send_proposal, participant_id=room.people[0], kind="principle", text="Talk", request_id=request_id
        )

    assert len(_all(room)) == 3


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"text": " \n "}, TextMissing),
        ({"text": "x" * 401}, TextTooLong),
        ({"kind": "song"}, InvalidValue),
        ({"request_id": "r" * 65}, InvalidValue),
        ({"participant_id": 4711}, NotFound),
    ],
)
def test_what_is_wrong_is_refused(database: str, changed: dict[str, object], error: type[Exception]) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    call = {"participant_id": room.people[0], "kind": "principle", "text": "Talk", "request_id": "r1"}

    with pytest.raises(error):
        write(send_proposal, **{**call, **changed})

    assert _all(room) == []


def test_who_left_and_a_workshop_that_is_over_send_nothing(database: str) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    write(leave, participant_id=room.people[1])
    with pytest.raises(NotAdmitted):
        make_proposal(room, author=1)

    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)

    with pytest.raises(WorkshopOver):
        make_proposal(room, author=0)


def test_a_late_proposal_is_accepted_and_marked_until_drafting_ends(database: str) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    make_proposal(room, text="In time")
    take_room(room, Step.VOTE)
    make_proposal(room, text="Late")

    write(end_drafting, who=LEADER, workshop_id=room.workshop_id)
    with pytest.raises(DraftingEnded):
        make_proposal(room, text="Too late")
    write(resume_drafting, who=LEADER, workshop_id=room.workshop_id)
    make_proposal(room, text="Late again")

    assert [(row.text, row.is_late) for row in _all(room)] == [
        ("In time", False),
        ("Late", True),
        ("Late again", True),
    ]


def test_a_proposal_for_an_agreement_is_not_late_and_needs_no_drafting(database: str) -> None:
    room = make_workshop(people=1, step=Step.AGREE)
    write(end_drafting, who=LEADER, workshop_id=room.workshop_id)

    write(
        send_proposal,
        participant_id=room.people[0],
        kind="agreement",
        text="We eat together",
        request_id=None,
    )

    assert [(row.kind, row.is_late) for row in _all(room)] == [("agreement", False)]


def test_where_all_is_let_through_a_proposal_is_shown_at_once(database: str) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    write(set_lets_all_through, who=LEADER, workshop_id=room.workshop_id, lets_all_through=True)

    make_proposal(room, is_shown=False)

    assert [row.state for row in _all(room)] == ["shown"]


@pytest.mark.both_databases
def test_all_that_waits_is_shown_by_one_tap_but_nothing_hidden(database: str) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    hidden = make_proposal(room, text="Hidden", is_shown=False)
    _hide(hidden)
    waiting = [make_proposal(room, text=text, is_shown=False) for text in ("First", "Second")]

    assert write(show_proposals, who=LEADER, workshop_id=room.workshop_id, proposal_ids=None) == waiting
    assert [row.text for row in _shown(room)] == ["First", "Second"]
    assert write(show_proposals, who=LEADER, workshop_id=room.workshop_id, proposal_ids=None) == []
    assert write(show_proposals, who=LEADER, workshop_id=room.workshop_id, proposal_ids=[hidden]) == [hidden]
    assert [row.text for row in _shown(room)] == ["First", "Second", "Hidden"]


def test_what_is_shown_last_stands_last(database: str) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    first = make_proposal(room, text="Sent first", is_shown=False)
    make_proposal(room, text="Sent second")

    write(show_proposals, who=LEADER, workshop_id=room.workshop_id, proposal_ids=[first])

    assert [row.text for row in _shown(room)] == ["Sent second", "Sent first"]


def test_what_is_hidden_vanishes_and_its_author_sees_why(database: str) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    proposal = make_proposal(room)

    _hide(proposal)

    assert _shown(room) == []
    assert [(row.state, row.hidden_reason) for row in _own(room)] == [("hidden", "It names somebody.")]


def test_a_proposal_is_hidden_at_once_and_the_reason_comes_after(database: str) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    proposal = make_proposal(room, text="Die ambtenaar is een ezel 🫏")

    write(hide_proposal, who=LEADER, proposal_id=proposal)

    assert _shown(room) == []
    assert [(row.state, row.hidden_reason) for row in _own(room)] == [("hidden", None)]
    write(say_why_hidden, who=LEADER, proposal_id=proposal, reason="Het noemt iemand")
    assert _own(room)[0].hidden_reason == "Het noemt iemand"
    write(say_why_hidden, who=LEADER, proposal_id=proposal, reason=" ")
    assert (_own(room)[0].state, _own(room)[0].hidden_reason) == ("hidden", None)


@pytest.mark.parametrize("is_shown", [True, False])
def test_hiding_undone_leaves_a_proposal_as_it_was(database: str, is_shown: bool) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    proposal = make_proposal(room, text="Eerst", is_shown=is_shown)
    make_proposal(room, text="Daarna")
    if is_shown:
        write(support_proposal, participant_id=room.people[1], proposal_id=proposal, on=True)
    before = [row for row in _all(room) if row.id == proposal], _shown(room)

    _hide(proposal)
    undo_last()

    assert ([row for row in _all(room) if row.id == proposal], _shown(room)) == before


def test_letting_through_undone_makes_proposals_wait_again(database: str) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    make_proposal(room, text="Was er al")
    waiting = [make_proposal(room, text=text, is_shown=False) for text in ("Een", "Twee")]
    write(show_proposals, who=LEADER, workshop_id=room.workshop_id, proposal_ids=None)
    shown = newest_undoable()

    _hide(waiting[0])
    write(undo, who=LEADER, event_id=shown)

    assert [row.state for row in _all(room)] == ["shown", "hidden", "received"]
    assert [row.text for row in _shown(room)] == ["Was er al"]


@pytest.mark.both_databases
def test_an_author_changes_a_hidden_proposal_and_the_facilitator_sees_it_again(database: str) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    proposal = make_proposal(room)
    _hide(proposal)

    changed = write(
        change_proposal, participant_id=room.people[0], proposal_id=proposal, text="Without a name"
    )

    assert changed.state == "received"
    assert [(row.text, row.state, row.hidden_reason) for row in _own(room)] == [
        ("Without a name", "received", None)
    ]


def test_a_change_that_changes_nothing_keeps_a_proposal_shown(database: str) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    proposal = make_proposal(room, text="Talk")

    same = write(change_proposal, participant_id=room.people[0], proposal_id=proposal, text=" Talk ")

    assert same.state == "shown"


def test_somebody_elses_proposal_cannot_be_changed_or_withdrawn(database: str) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    proposal = make_proposal(room, author=0)

    with pytest.raises(NotYours):
        write(change_proposal, participant_id=room.people[1], proposal_id=proposal, text="Mine now")
    with pytest.raises(NotYours):
        write(withdraw_proposal, participant_id=room.people[1], proposal_id=proposal)
    with pytest.raises(NotFound):
        write(withdraw_proposal, participant_id=room.people[1], proposal_id=4711)


def test_what_was_worded_into_a_principle_cannot_be_changed_behind_its_back(database: str) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    proposal = make_proposal(room, text="Talk")
    make_principle(room, sources=[proposal])

    with pytest.raises(RequestReused):
        write(change_proposal, participant_id=room.people[0], proposal_id=proposal, text="Do not talk")

    assert [(row.text, row.principle_number) for row in _all(room)] == [("Talk", 1)]


def test_after_drafting_ended_a_proposal_cannot_be_changed(database: str) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    proposal = make_proposal(room)
    write(end_drafting, who=LEADER, workshop_id=room.workshop_id)

    with pytest.raises(DraftingEnded):
        write(change_proposal, participant_id=room.people[0], proposal_id=proposal, text="Changed")


def test_a_withdrawn_proposal_vanishes_and_stays_away(database: str) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    proposal = make_proposal(room)

    assert write(withdraw_proposal, participant_id=room.people[0], proposal_id=proposal).state == "withdrawn"

    write(show_proposals, who=LEADER, workshop_id=room.workshop_id, proposal_ids=[proposal])
    assert _shown(room) == []
    assert [row.state for row in _own(room)] == ["withdrawn"]


class TestSupport:
    def test_a_me_too_counts_once_and_can_be_taken_back(self, database: str) -> None:
        room = make_workshop(people=3, step=Step.DRAFT)
        proposal = make_proposal(room)

        for person in (room.people[1], room.people[1], room.people[2]):
            given = write(support_proposal, participant_id=person, proposal_id=proposal, on=True)
        assert (given.is_on, given.count) == (True, 2)
        for _ in range(2):
            given = write(support_proposal, participant_id=room.people[1], proposal_id=proposal, on=False)
        assert (given.is_on, given.count) == (False, 1)

        assert [(row.support, row.is_supported) for row in _shown(room, room.people[2])] == [(1, True)]
        assert [(row.support, row.is_supported) for row in _shown(room, room.people[1])] == [(1, False)]

    @pytest.mark.both_databases
    def test_sixty_people_supporting_at_the_same_moment_are_sixty(self, database: str) -> None:
        room = make_workshop(people=60, step=Step.DRAFT)
        proposal = make_proposal(room)

        given = post_all(
            [
                (support_proposal, {"participant_id": person, "proposal_id": proposal, "on": True})
                for person in room.people + room.people
            ]
        )

        assert max(one.count for one in given) == 60
        assert len(rows_of(Support)) == 60

    def test_only_what_the_room_sees_can_be_supported(self, database: str) -> None:
        room, other = make_workshop(people=1, step=Step.DRAFT), make_workshop(people=1, step=Step.DRAFT)
        waiting = make_proposal(room, is_shown=False)
        elsewhere = make_proposal(other)

        for proposal in (waiting, elsewhere, 4711):
            with pytest.raises(NotFound):
                write(support_proposal, participant_id=room.people[0], proposal_id=proposal, on=True)

    @pytest.mark.both_databases
    def test_people_are_counted_once_over_several_proposals(self, database: str) -> None:
        room = make_workshop(people=3, step=Step.DRAFT)
        proposals = [make_proposal(room, text=text) for text in ("One", "Two", "Three")]
        for person, proposal in ((0, 0), (0, 1), (1, 1)):
            write(
                support_proposal,
                participant_id=room.people[person],
                proposal_id=proposals[proposal],
                on=True,
            )

        with reading() as session:
            assert people_supporting(session, proposals) == 2
            assert people_supporting(session, proposals[2:]) == 0
            assert people_supporting(session, []) == 0


class TestTables:
    @pytest.mark.both_databases
    def test_a_host_types_several_texts_for_a_table(self, database: str) -> None:
        room = make_workshop(step=Step.DRAFT)

        count = write(
            type_for_table,
            who=LEADER,
            workshop_id=room.workshop_id,
            kind=ProposalKind.PRINCIPLE,
            table_name="Table 4",
            texts=["One", "  ", "Two"],
        )

        assert count == 2
        assert [(row.text, row.origin, row.state) for row in _all(room)] == [
            ("One", "Table 4", "shown"),
            ("Two", "Table 4", "shown"),
        ]

    @pytest.mark.parametrize(
        ("changed", "error"),
        [
            ({"texts": ["", " "]}, TextMissing),
            ({"texts": ["One", "x" * 401]}, TextTooLong),
            ({"texts": ["One"] * 51}, InvalidValue),
            ({"table_name": ""}, TextMissing),
            ({"kind": "song"}, InvalidValue),
        ],
    )
    def test_what_is_wrong_is_refused_as_a_whole(
        self, database: str, changed: dict[str, object], error: type[Exception]
    ) -> None:
        room = make_workshop(step=Step.DRAFT)
        call = {
            "who": LEADER,
            "workshop_id": room.workshop_id,
            "kind": "principle",
            "table_name": "T",
            "texts": ["x"],
        }

        with pytest.raises(error):
            write(type_for_table, **{**call, **changed})

        assert _all(room) == []


def test_proposals_can_be_read_by_kind(database: str) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    make_proposal(room, text="A principle")
    write(
        type_for_table,
        who=LEADER,
        workshop_id=room.workshop_id,
        kind=ProposalKind.AGREEMENT,
        table_name="Table 4",
        texts=["An agreement"],
    )

    assert [row.text for row in _shown(room, kind="agreement")] == ["An agreement"]
    assert [row.text for row in _shown(room, kind="principle")] == ["A principle"]


def test_one_person_sends_at_most_twenty_proposals_in_a_minute_and_others_are_not_held_up(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    moment = datetime(2027, 3, 14, 19, 0, tzinfo=UTC)
    monkeypatch.setattr("models.drafting.proposal.now", lambda: moment)
    call = {"participant_id": room.people[0], "kind": ProposalKind.PRINCIPLE}
    for place in range(MOST_IN_A_MINUTE):
        moment += timedelta(seconds=1)
        write(send_proposal, **call, text=f"Meer groen, {place}", request_id=f"r{place}")

    with pytest.raises(TooManyProposals) as refused:
        write(send_proposal, **call, text="Nog een", request_id="again")

    assert refused.value.seconds == 60 - (MOST_IN_A_MINUTE - 1)
    # What came in before is answered as before, another person is heard, and a minute later so is this one.
    write(send_proposal, **call, text="Meer groen, 0", request_id="r0")
    write(send_proposal, **{**call, "participant_id": room.people[1]}, text="Samen eten")
    moment += timedelta(seconds=refused.value.seconds)
    write(send_proposal, **call, text="Nog een", request_id="again")
    with reading() as session:
        assert len(proposals_for_facilitator(session, room.workshop_id)) == MOST_IN_A_MINUTE + 2


def test_a_proposal_waits_until_it_is_shown_hidden_or_withdrawn(database: str) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    shown, hidden, withdrawn, _waiting = [
        make_proposal(room, text=text, is_shown=False) for text in ("One", "Two", "Three", "Four")
    ]
    write(send_proposal, participant_id=room.people[0], kind=ProposalKind.AGREEMENT, text="I cook soup.")

    def count(kind: ProposalKind) -> int:
        with reading() as session:
            return count_waiting(session, room.workshop_id, kind)

    assert (count(ProposalKind.PRINCIPLE), count(ProposalKind.AGREEMENT)) == (4, 1)
    write(show_proposals, who=LEADER, workshop_id=room.workshop_id, proposal_ids=[shown])
    write(hide_proposal, who=LEADER, proposal_id=hidden, reason="unkind")
    write(withdraw_proposal, participant_id=room.people[0], proposal_id=withdrawn)
    assert (count(ProposalKind.PRINCIPLE), count(ProposalKind.AGREEMENT)) == (1, 1)
