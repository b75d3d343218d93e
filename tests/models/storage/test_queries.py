"""A page of thirty rows asks the database as often as a page of one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session

from models.agreeing.views import list_agreements, read_coherence
from models.alliance.alliance import list_alliances
from models.basics.clock import now
from models.basics.words import Step
from models.drafting.proposal import MOST_IN_A_MINUTE
from models.drafting.views import own_proposals, proposals_for_facilitator, shown_proposals
from models.signing.agenda import read_agenda
from models.storage.database import engine, reading
from models.tables import Proposal
from models.voting.principles import list_principles
from models.voting.round_views import last_round, list_rounds
from models.workshop.people import list_participants, people_here
from tests.builders import (
    Room,
    make_adopted,
    make_agenda,
    make_agreement,
    make_alliance,
    make_people,
    make_proposal,
    make_workshop,
)
from tests.questions import questions_asked

Read = Callable[[Session, Room], Any]

PAGES: dict[str, Read] = {
    "alliances": lambda session, room: list_alliances(session),
    "people": lambda session, room: people_here(session, room.workshop_id),
    "participants": lambda session, room: list_participants(session, room.workshop_id),
    "proposals": lambda session, room: proposals_for_facilitator(session, room.workshop_id),
    "the wall": lambda session, room: shown_proposals(session, room.workshop_id, room.people[0]),
    "own proposals": lambda session, room: own_proposals(session, room.people[0]),
    "principles": lambda session, room: list_principles(session, room.alliance_id),
    "rounds": lambda session, room: list_rounds(session, room.workshop_id),
    "the last round": lambda session, room: last_round(session, room.workshop_id),
    "agreements": lambda session, room: list_agreements(session, room.alliance_id),
    "coherence": lambda session, room: read_coherence(session, room.alliance_id),
    "the agenda": lambda session, room: read_agenda(session, room.workshop_id),
}


def _queries(read: Read, room: Room) -> int:
    with questions_asked() as asked, reading() as session:
        assert read(session, room)
    return len(asked)


def _add(room: Room, times: int) -> None:
    for place in range(times):
        make_proposal(room, text=f"Proposal {place}")
        make_agreement(
            room, what=f"Agreement {place}", owner="Selam", supporter_ids=[room.partners["Municipality"]]
        )
        make_alliance(name=f"Another {place}")


def _a_minute_passes() -> None:
    with engine().begin() as connection:
        connection.execute(update(Proposal).values(sent_at=now() - timedelta(minutes=2)))


def test_a_long_page_asks_as_often_as_a_short_one(sqlite: str) -> None:
    room = make_workshop(people={"Residents": 5}, partners=["Selam", "Municipality"], step=Step.DRAFT)
    _add(room, 1)
    make_adopted(room)
    make_agenda(room)
    short = {page: _queries(read, room) for page, read in PAGES.items()}

    _add(room, MOST_IN_A_MINUTE - 1)
    _a_minute_passes()
    _add(room, MOST_IN_A_MINUTE // 2)
    make_people(room, count=30, group="Residents")
    for _ in range(3):
        make_adopted(room, items=10)
    make_agenda(room)

    assert {page: _queries(read, room) for page, read in PAGES.items()} == short
