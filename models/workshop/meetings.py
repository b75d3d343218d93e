"""The meetings of an alliance: adding one, all of them, and the one that is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.keys import new_join_code, token_hash
from models.basics.text import LINE_LIMIT, one_line
from models.basics.words import BuildingBlock, WorkshopState
from models.storage.chain import record
from models.storage.finding import existing
from models.tables import Alliance, Workshop
from models.workshop.programme import programme
from models.workshop.workshop import projector_token

NEWEST_FIRST = (col(Workshop.held_on).desc(), col(Workshop.id).desc())


@dataclass(frozen=True)
class WorkshopAdded:
    workshop_id: int
    code: str


@dataclass(frozen=True)
class WorkshopRow:
    id: int
    code: str
    venue: str
    held_on: date
    state: str
    step: str
    block: str


def add_workshop(
    session: Session,
    *,
    who: str,
    alliance_id: int,
    venue: str,
    held_on: date,
    block: str = BuildingBlock.ALLIANCE,
) -> WorkshopAdded:
    """Add a workshop of a building block to an alliance. Raises `InvalidValue` for a block that has no meetings."""
    existing(session, Alliance, alliance_id)
    workshop = new_workshop(session, alliance_id, venue, held_on, block)
    record(session, alliance_id=alliance_id, who=who, what="workshop added", code=workshop.code)
    return WorkshopAdded(workshop.id, workshop.code)


def list_workshops(session: Session, alliance_id: int) -> list[WorkshopRow]:
    """Return the workshops of one alliance, the newest first."""
    found = session.exec(
        select(Workshop).where(Workshop.alliance_id == alliance_id).order_by(*NEWEST_FIRST)
    ).all()
    return [workshop_row(workshop) for workshop in found]


def workshop_row(found: Workshop) -> WorkshopRow:
    """Return a workshop as a line of a list."""
    return WorkshopRow(found.id, found.code, found.venue, found.held_on, found.state, found.step, found.block)


def new_workshop(
    session: Session, alliance_id: int, venue: str, held_on: date, block: str = BuildingBlock.ALLIANCE
) -> Workshop:
    """Return one more workshop of an alliance, in the first step of its block, with a join code that no other has."""
    taken = set(session.exec(select(Workshop.code)).all())
    code = new_join_code()
    while code in taken:
        code = new_join_code()
    workshop = Workshop(
        alliance_id=alliance_id,
        venue=one_line(venue, field="venue", limit=LINE_LIMIT, is_required=False),
        held_on=held_on,
        code=code,
        block=block,
        step=programme(block).first,
        created_at=now(),
    )
    session.add(workshop)
    session.flush()
    workshop.projector_token_hash = token_hash(projector_token(workshop))
    session.add(workshop)
    return workshop


def next_meeting(meetings: Sequence[WorkshopRow], block: str | None = None) -> WorkshopRow | None:
    """Return the meeting to lead, of one building block or of any: one that is open, else the first that is prepared,
    else the latest.
    """
    of_block = [one for one in meetings if block in (None, one.block)]
    for state in (WorkshopState.OPEN, WorkshopState.PREPARED):
        waiting = [one for one in of_block if one.state == state]
        if waiting:
            return min(waiting, key=lambda one: (one.held_on, one.id))
    return max(of_block, key=lambda one: (one.held_on, one.id), default=None)
