"""The plan of approach of an alliance: which building blocks it needs and why, with whom, when, what to know first.

Each act changes one thing and leaves the rest, so that two facilitators can fill in the plan at the same time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.errors import ChangedMeanwhile, InvalidValue
from models.basics.text import NOTE_LIMIT, STATEMENT_LIMIT, optional_text
from models.basics.words import BuildingBlock
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.finding import existing
from models.tables import Alliance, Partner, PlanBlock, PlanParty, Stakeholder

DYNAMICS_LIMIT = 1200
# The fields of a block that hold typed text, with how many letters each holds.
TEXTS: Mapping[str, int] = {"why": STATEMENT_LIMIT, "others": NOTE_LIMIT, "known_first": NOTE_LIMIT}
# No plan looks further than this, and one that began before Handslag may stand in it.
FIRST_MONTH, YEARS_AHEAD = date(2015, 1, 1), 10


@dataclass(frozen=True)
class Party:
    """With whom a block is done: somebody of the alliance's partners or of the map."""

    id: int
    name: str


@dataclass(frozen=True)
class PlannedBlock:
    """What the plan says of one block. `is_needed` is None while nobody chose; months are their first day."""

    block: BuildingBlock
    is_needed: bool | None = None
    why: str = ""
    partners: tuple[Party, ...] = ()
    stakeholders: tuple[Party, ...] = ()
    others: str = ""
    known_first: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    done_on: date | None = None

    @property
    def lacks_reason(self) -> bool:
        """Whether it was chosen, one way or the other, and nobody said why."""
        return self.is_needed is not None and not self.why


def read_plan(session: Session, alliance_id: int) -> tuple[PlannedBlock, ...]:
    """Return what the plan says of each of the four blocks, in their order."""
    rows = session.exec(select(PlanBlock).where(PlanBlock.alliance_id == alliance_id)).all()
    partners = _parties(session, alliance_id, Partner, PlanParty.partner_id)
    stakeholders = _parties(session, alliance_id, Stakeholder, PlanParty.stakeholder_id)
    found = {
        row.block: PlannedBlock(
            BuildingBlock(row.block),
            row.is_needed,
            row.why,
            tuple(partners.get(row.id, ())),
            tuple(stakeholders.get(row.id, ())),
            row.others,
            row.known_first,
            row.starts_on,
            row.ends_on,
            row.done_on,
        )
        for row in rows
    }
    return tuple(found.get(block.value, PlannedBlock(block)) for block in BuildingBlock)


def _parties(
    session: Session, alliance_id: int, table: type[Partner] | type[Stakeholder], column: Any
) -> dict[int, list[Party]]:
    """Return who is named with each block, by the id of its row."""
    found: dict[int, list[Party]] = {}
    named = (
        select(PlanParty.plan_block_id, table.id, table.name)
        .join(PlanParty, column == table.id)
        .where(table.alliance_id == alliance_id)
        .order_by(col(PlanParty.id))
    )
    for block_id, party_id, name in session.exec(named).all():
        found.setdefault(block_id, []).append(Party(party_id, name))
    return found


def decide_block(session: Session, *, who: str, alliance_id: int, block: str, is_needed: bool | None) -> None:
    """Say whether a block is needed, or (None) that it is still to be chosen. Raises `InvalidValue`, `NotFound`."""
    row = _row(session, alliance_id, block)
    if row.is_needed is is_needed:
        return
    row.is_needed = is_needed
    _store(session, who, row)


def describe_block(
    session: Session,
    *,
    who: str,
    alliance_id: int,
    block: str,
    field: str,
    text: str,
    seen: str | None = None,
) -> str:
    """Change one text of a block (`why`, `others`, `known_first`) and return it as it is stored.

    `seen` is what stood there when one began to type. Raises `TextTooLong`, `InvalidValue`, and `ChangedMeanwhile`
    where somebody else has changed it since.
    """
    if field not in TEXTS:
        raise InvalidValue("field", field)
    row = _row(session, alliance_id, block)
    stands = getattr(row, field)
    wanted = optional_text(text, field=field, limit=TEXTS[field])
    if wanted == stands:
        return wanted
    _refuse_unseen(stands, seen)
    setattr(row, field, wanted)
    _store(session, who, row)
    return wanted


def plan_months(
    session: Session,
    *,
    who: str,
    alliance_id: int,
    block: str,
    starts_on: date | None,
    ends_on: date | None = None,
) -> None:
    """Say in which months a block is done, by any day in the first and the last; None takes them away.

    A month that has passed may be planned: what was done before stands in the plan too. Raises `InvalidValue` where the
    last comes before the first, or a month is out of reach.
    """
    row = _row(session, alliance_id, block)
    first = starts_on and _month(starts_on, "starts_on")
    last = (_month(ends_on, "ends_on") if ends_on else first) if first else None
    if first and last and last < first:
        raise InvalidValue("ends_on", last)
    if (row.starts_on, row.ends_on) == (first, last):
        return
    row.starts_on, row.ends_on = first, last
    _store(session, who, row)


def finish_block(session: Session, *, who: str, alliance_id: int, block: str, done_on: date | None) -> None:
    """Say that a block is done, for what Handslag does not see itself; None takes that back. Raises `InvalidValue`."""
    row = _row(session, alliance_id, block)
    if row.done_on == done_on or (row.done_on and done_on):
        return
    row.done_on = done_on
    _store(session, who, row)


def choose_parties(
    session: Session,
    *,
    who: str,
    alliance_id: int,
    block: str,
    partner_ids: Sequence[int] = (),
    stakeholder_ids: Sequence[int] = (),
) -> None:
    """Say with whom a block is done: partners and parties of the map. Who is not one any more is left out.

    Raises `InvalidValue` for somebody of another alliance.
    """
    row = _row(session, alliance_id, block)
    wanted = [
        *(("partner_id", id) for id in _own(session, alliance_id, Partner, partner_ids)),
        *(("stakeholder_id", id) for id in _own(session, alliance_id, Stakeholder, stakeholder_ids)),
    ]
    session.add(row)
    session.flush()
    stands = session.exec(
        select(PlanParty).where(PlanParty.plan_block_id == row.id).order_by(col(PlanParty.id))
    ).all()
    before = [
        ("partner_id", one.partner_id) if one.partner_id else ("stakeholder_id", one.stakeholder_id)
        for one in stands
    ]
    if before == wanted:
        return
    session.connection().execute(delete(PlanParty).where(col(PlanParty.plan_block_id) == row.id))
    for column, id in wanted:
        session.add(PlanParty(plan_block_id=row.id, **{column: id}))
        session.flush()
    _store(session, who, row)


def tell_dynamics(session: Session, *, who: str, alliance_id: int, text: str, seen: str | None = None) -> str:
    """Change the text about what plays in this place, and return it as it is stored.

    `seen` is what stood there when one began to type. Raises `TextTooLong`, `ChangedMeanwhile`.
    """
    alliance = existing(session, Alliance, alliance_id, lock=True)
    wanted = optional_text(text, field="dynamics", limit=DYNAMICS_LIMIT)
    if wanted == alliance.dynamics:
        return wanted
    _refuse_unseen(alliance.dynamics, seen)
    alliance.dynamics = wanted
    session.add(alliance)
    _changed(session, who, alliance_id)
    return wanted


def leave_out_party(
    session: Session, *, partner_id: int | None = None, stakeholder_id: int | None = None
) -> list[list[int]]:
    """Take a partner or a stakeholder who goes out of the plan. Return where each was named, to name them again."""
    of_party = (
        col(PlanParty.partner_id) == partner_id
        if partner_id is not None
        else col(PlanParty.stakeholder_id) == stakeholder_id
    )
    named = session.exec(select(PlanParty.id, PlanParty.plan_block_id).where(of_party)).all()
    session.connection().execute(delete(PlanParty).where(of_party))
    return [[place, block_id] for place, block_id in named]


def name_party_again(session: Session, named: Sequence[Sequence[int]], **party: int) -> None:
    """Name a partner or a stakeholder who came back with the blocks that named them before, at the same place."""
    session.flush()
    for place, block_id in named:
        is_free = session.get(PlanParty, place) is None
        if session.get(PlanBlock, block_id) is not None:
            session.add(PlanParty(**({"id": place} if is_free else {}), plan_block_id=block_id, **party))
            session.flush()


def _row(session: Session, alliance_id: int, block: str) -> PlanBlock:
    """Return the row of a block, a new one where nothing was said of it yet. Locks the plan. Raises `InvalidValue`."""
    if block not in set(BuildingBlock):
        raise InvalidValue("block", block)
    existing(session, Alliance, alliance_id, lock=True)
    found = session.exec(
        select(PlanBlock).where(PlanBlock.alliance_id == alliance_id, PlanBlock.block == block)
    ).first()
    return found or PlanBlock(alliance_id=alliance_id, block=block)


def _own(
    session: Session, alliance_id: int, table: type[Partner] | type[Stakeholder], ids: Sequence[int]
) -> list[int]:
    """Return those of `ids` who are there still, each once. Raises `InvalidValue` for somebody of another alliance."""
    whose = dict(session.exec(select(table.id, table.alliance_id).where(col(table.id).in_(ids))).all())
    found = [id for id in dict.fromkeys(ids) if id in whose]
    for id in found:
        if whose[id] != alliance_id:
            raise InvalidValue("party", id)
    return found


def _month(day: date, field: str) -> date:
    last = now().year + YEARS_AHEAD
    if day < FIRST_MONTH or day.year > last:
        raise InvalidValue(field, day)
    return day.replace(day=1)


def _refuse_unseen(stands: str, seen: str | None) -> None:
    if seen is not None and seen != stands:
        raise ChangedMeanwhile


def _store(session: Session, who: str, row: PlanBlock) -> None:
    session.add(row)
    _changed(session, who, row.alliance_id)


def _changed(session: Session, who: str, alliance_id: int) -> None:
    record(session, alliance_id=alliance_id, who=who, what="plan of approach changed")
    alliance_changed(session, alliance_id)
