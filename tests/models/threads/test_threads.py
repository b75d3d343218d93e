"""Threads as they are read: origins that may be named, the last round, and what was left out or dropped."""

import pytest

from models.agreeing.agreement import drop_agreement
from models.agreeing.views import list_agreements
from models.basics.words import Decision, Phase, ProposalKind
from models.drafting.origins import ROOM, Came, Origin, OriginKind, proposal_origins
from models.drafting.proposal import send_proposal, type_for_table
from models.drafting.views import proposals_for_facilitator
from models.drafting.wording import leave_out_principle, reword_principle
from models.storage.database import reading
from models.storage.writing import write
from models.threads.threads import Thread
from models.threads.views import read_threads
from models.voting.principles import list_principles
from tests.builders import (
    LEADER,
    Room,
    close_and_reveal,
    make_adopted,
    make_agreement,
    make_principle,
    make_proposal,
    make_round,
    make_workshop,
)

pytestmark = pytest.mark.usefixtures("database")

RESIDENTS = Origin(OriginKind.GROUP, "Bewoners")
OTHERS = Origin(OriginKind.OTHER_GROUPS)
TABLE = Origin(OriginKind.TABLE, "Tafel 4")
GROUPS: dict[str | None, int] = {"Bewoners": 6, "Ondernemers": 2, "Kerken": 3}
A_RESIDENT, A_SHOPKEEPER = 0, 6


def threads_of(room: Room) -> list[Thread]:
    with reading() as session:
        return read_threads(
            session,
            room.alliance_id,
            principles=list_principles(session, room.alliance_id),
            agreements=list_agreements(session, room.alliance_id),
        )


def typed_for_table(room: Room) -> int:
    write(
        type_for_table,
        who=LEADER,
        workshop_id=room.workshop_id,
        kind=ProposalKind.PRINCIPLE,
        table_name="Tafel 4",
        texts=["Laat jongeren meebeslissen."],
    )
    with reading() as session:
        return proposals_for_facilitator(session, room.workshop_id)[-1].id


def test_a_proposal_comes_from_a_table_a_group_or_from_small_groups_together() -> None:
    room = make_workshop(people=GROUPS)
    by_resident = make_proposal(room, author=A_RESIDENT)
    by_shopkeeper = make_proposal(room, author=A_SHOPKEEPER)
    by_table = typed_for_table(room)

    with reading() as session:
        origins = proposal_origins(session, room.alliance_id)

    assert origins == {by_resident: RESIDENTS, by_shopkeeper: OTHERS, by_table: TABLE}


def test_in_a_room_of_four_no_group_is_named() -> None:
    room = make_workshop(people={"Bewoners": 3, "Ondernemers": 1})
    made = make_proposal(room)

    with reading() as session:
        assert proposal_origins(session, room.alliance_id) == {made: ROOM}


def test_a_thread_counts_the_proposals_behind_a_principle_and_ends_in_its_agreement() -> None:
    room = make_workshop(people=GROUPS)
    sources = [
        make_proposal(room, author=A_RESIDENT),
        make_proposal(room, author=A_RESIDENT + 1),
        make_proposal(room, author=A_SHOPKEEPER),
    ]
    principle_id = make_principle(room, text="Iedereen hoort erbij.", sources=sources)
    make_agreement(room, what="Wij eten samen.", principle_ids=[principle_id])

    found = threads_of(room)

    assert [thread.came for thread in found] == [Came(RESIDENTS, 2), Came(OTHERS, 1)]
    assert {thread.agreement.what for thread in found if thread.agreement} == {"Wij eten samen."}
    assert {thread.principle.round for thread in found if thread.principle} == {None}


def test_the_last_round_is_told_only_after_the_reveal() -> None:
    room = make_workshop(people=6)
    vote = make_round(room)
    [before] = threads_of(room)

    close_and_reveal(vote)

    [after] = threads_of(room)
    assert before.principle is not None and before.principle.round is not None
    assert (before.principle.round.phase, before.principle.round.decision) == (Phase.OPEN, None)
    assert after.principle is not None and after.principle.round is not None
    assert after.principle.round.decision == Decision.NO_VOTES


def test_a_round_about_an_older_text_is_told_apart() -> None:
    room = make_workshop(people=6)
    vote = make_adopted(room)
    write(
        reword_principle,
        who=LEADER,
        principle_id=vote.principles[0],
        text="Iedereen hoort er echt bij.",
        why="Duidelijker",
    )

    [thread] = threads_of(room)

    assert thread.principle is not None and thread.principle.round is not None
    assert not thread.principle.round.is_about_this_text


def test_what_was_left_out_or_dropped_has_no_thread() -> None:
    room = make_workshop(people=6)
    principle_id = make_principle(room)
    agreement_id = make_agreement(room)
    assert len(threads_of(room)) == 2

    write(leave_out_principle, who=LEADER, principle_id=principle_id)
    write(drop_agreement, who=LEADER, agreement_id=agreement_id, reason="Het kan niet")

    assert threads_of(room) == []


def test_an_agreement_that_a_phone_proposed_comes_from_its_group() -> None:
    room = make_workshop(people=GROUPS)
    sent = write(
        send_proposal, participant_id=room.people[A_RESIDENT], kind=ProposalKind.AGREEMENT, text="Samen eten."
    )
    make_agreement(room, what="Wij eten samen.", proposal_id=sent.id)

    [thread] = threads_of(room)

    assert (thread.came, thread.principle) == (Came(RESIDENTS, 1), None)
