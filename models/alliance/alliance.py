"""Alliances: made with their groups, their partners and a first meeting, and changed afterwards."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from sqlmodel import Session, col, select

from models.alliance.groups import GROUP_LIMIT, new_group
from models.alliance.partner import make_partner
from models.basics.clock import now
from models.basics.errors import InvalidValue
from models.basics.text import LINE_LIMIT, NOTE_LIMIT, STATEMENT_LIMIT, one_line, required_text
from models.basics.words import BuildingBlock, Language
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.finding import existing
from models.tables import Alliance, PlanBlock, Workshop
from models.workshop.meetings import NEWEST_FIRST, WorkshopRow, new_workshop, workshop_row

# With what an alliance can begin. A startfoto has more to begin with: `models.photo.beginning`.
FIRST_BLOCKS = (BuildingBlock.BASELINE, BuildingBlock.ENCOUNTERS, BuildingBlock.ALLIANCE)


@dataclass(frozen=True)
class PartnerInput:
    """A partner as typed in the guided flow. `group` is the name of one of the new groups."""

    kind: str
    name: str
    representative: str = ""
    role: str = ""
    group: str | None = None


@dataclass(frozen=True)
class AllianceCreated:
    alliance_id: int
    workshop_id: int
    code: str


@dataclass(frozen=True)
class AllianceRow:
    id: int
    name: str
    place: str
    workshops: list[WorkshopRow] = field(default_factory=list)


def create_alliance(
    session: Session,
    *,
    who: str,
    name: str,
    place: str,
    purpose: str,
    language: str,
    time_zone: str,
    contact: str,
    groups: list[str],
    partners: list[PartnerInput],
    venue: str,
    held_on: date,
    block: str = BuildingBlock.ALLIANCE,
) -> AllianceCreated:
    """Make an alliance with its groups, its partners and a first workshop, of a building block of `FIRST_BLOCKS`.

    Raises `TextMissing`, `TextTooLong`, and `InvalidValue` for an unknown language, time zone, kind of partner or
    block, and for two groups of the same name.
    """
    if block not in FIRST_BLOCKS:
        raise InvalidValue("block", block)
    alliance = Alliance(
        **_alliance_texts(name=name, place=place, purpose=purpose, contact=contact),
        language=_language(language),
        time_zone=_time_zone(time_zone),
        created_at=now(),
    )
    session.add(alliance)
    session.flush()
    alliance_id = alliance.id
    for needed in dict.fromkeys((BuildingBlock.ALLIANCE.value, str(block))):
        session.add(PlanBlock(alliance_id=alliance_id, block=needed, is_needed=True))
    by_name: dict[str, int] = {}
    for raw in groups:
        group = new_group(session, alliance_id, raw)
        by_name[group.name] = group.id
    for given in partners:
        group_name = one_line(given.group, field="group", limit=GROUP_LIMIT, is_required=False)
        if group_name and group_name not in by_name:
            raise InvalidValue("group", given.group)
        make_partner(
            session,
            alliance_id=alliance_id,
            kind=given.kind,
            name=given.name,
            representative=given.representative,
            role=given.role,
            group_id=by_name.get(group_name),
        )
    workshop = new_workshop(session, alliance_id, venue, held_on, block)
    record(session, alliance_id=alliance_id, who=who, what="alliance created")
    return AllianceCreated(alliance_id, workshop.id, workshop.code)


def change_alliance(
    session: Session,
    *,
    who: str,
    alliance_id: int,
    name: str,
    place: str,
    purpose: str,
    language: str,
    time_zone: str,
    contact: str,
    accent: str | None,
) -> None:
    """Change what an alliance says of itself. `accent` is `#rrggbb` or None. Raises like `create_alliance`."""
    alliance = read_alliance(session, alliance_id)
    for key, value in _alliance_texts(name=name, place=place, purpose=purpose, contact=contact).items():
        setattr(alliance, key, value)
    alliance.language = _language(language)
    alliance.time_zone = _time_zone(time_zone)
    alliance.accent = _accent(accent)
    session.add(alliance)
    record(session, alliance_id=alliance_id, who=who, what="alliance changed")
    alliance_changed(session, alliance_id, content=True)


def list_alliances(session: Session) -> list[AllianceRow]:
    """Return every alliance with its workshops, the newest of both first."""
    workshops: dict[int, list[WorkshopRow]] = {}
    for found in session.exec(select(Workshop).order_by(*NEWEST_FIRST)).all():
        workshops.setdefault(found.alliance_id, []).append(workshop_row(found))
    return [
        AllianceRow(found.id, found.name, found.place, workshops.get(found.id, []))
        for found in session.exec(select(Alliance).order_by(col(Alliance.id).desc())).all()
    ]


def read_alliance(session: Session, alliance_id: int) -> Alliance:
    """Return an alliance. Raises `NotFound`."""
    return existing(session, Alliance, alliance_id)


def _alliance_texts(*, name: str, place: str, purpose: str, contact: str) -> dict[str, Any]:
    return {
        "name": one_line(name, field="name", limit=LINE_LIMIT),
        "place": one_line(place, field="place", limit=LINE_LIMIT),
        "purpose": required_text(purpose, field="purpose", limit=STATEMENT_LIMIT),
        "contact": one_line(contact, field="contact", limit=NOTE_LIMIT),
    }


def _language(language: str) -> str:
    if language not in set(Language):
        raise InvalidValue("language", language)
    return language


@lru_cache
def _time_zones() -> set[str]:
    """Looked up once: this reads a folder of hundreds of files."""
    return available_timezones()


def _time_zone(time_zone: str) -> str:
    if time_zone not in _time_zones():
        raise InvalidValue("time_zone", time_zone)
    return ZoneInfo(time_zone).key


def _accent(accent: str | None) -> str | None:
    if not accent:
        return None
    digits = accent.removeprefix("#")
    if len(digits) != 6 or any(digit not in "0123456789abcdefABCDEF" for digit in digits):
        raise InvalidValue("accent", accent)
    return f"#{digits.upper()}"
