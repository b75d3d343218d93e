"""Alliances, their groups and partners, and their workshops."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from sqlmodel import Session, col, func, or_, select

from models.alliance.partner import make_partner
from models.basics.clock import now
from models.basics.errors import InUse, InvalidValue, NotFound
from models.basics.text import LINE_LIMIT, NOTE_LIMIT, STATEMENT_LIMIT, one_line, optional_text, required_text
from models.basics.words import AgreementState, BuildingBlock, Language, PrincipleStatus, ProgressState
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.tables import (
    Agreement,
    Alliance,
    Bubble,
    Group,
    Participant,
    Partner,
    Principle,
    Progress,
    Round,
    Workshop,
)
from models.workshop.meetings import NEWEST_FIRST, WorkshopRow, new_workshop, workshop_row

GROUP_LIMIT = 60
# In English, as message ids; a face offers them in the alliance's language.
GROUP_PRESETS = ("Residents", "Communities", "Organisations", "Municipality", "Businesses")
# Stems of words that tell belief, origin, health or orientation (GDPR, article 9), Dutch and English.
_SENSITIVE = re.compile(
    r"\b(moslim|muslim|islam|christ|kerk|church|joods|joden|jewish|hindoe|hindu|boeddh|buddh|gelovig|"
    r"atheis|katholi|catholic|protestant|turk|marok|moroc|surina|antill|pools|polen|polish|oekra|"
    r"ukrain|syri|vluchteling|refugee|asiel|asylum|migrant|allochto|zwart|black|roma|sinti|ziek|"
    r"patient|patiënt|gehandicap|beperking|disab|ggz|psychi|autis|doven|deaf|blind|homo|lesb|lhbt|"
    r"lgbt|queer|transg|transpers|vakbond|union)",
    re.IGNORECASE,
)


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


@dataclass(frozen=True)
class Figures:
    """What stands so far: adopted principles, agreements, and of those done and overdue."""

    principles_adopted: int
    agreements: int
    done: int
    overdue: int


def group_name_is_sensitive(name: str) -> bool:
    """Return whether a group's name may tell belief, origin, health or orientation. For a hint, never a block."""
    return _SENSITIVE.search(name) is not None


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
) -> AllianceCreated:
    """Make an alliance with its groups, its partners and a first workshop.

    Raises `TextMissing`, `TextTooLong`, and `InvalidValue` for an unknown language, time zone or kind of partner,
    and for two groups of the same name.
    """
    alliance = Alliance(
        **_alliance_texts(name=name, place=place, purpose=purpose, contact=contact),
        language=_language(language),
        time_zone=_time_zone(time_zone),
        blocks=[{"block": BuildingBlock.ALLIANCE, "reason": ""}],
        created_at=now(),
    )
    session.add(alliance)
    session.flush()
    alliance_id = alliance.id or 0
    by_name: dict[str, int] = {}
    for raw in groups:
        group = _new_group(session, alliance_id, raw)
        by_name[group.name] = group.id or 0
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
    workshop = new_workshop(session, alliance_id, venue, held_on)
    record(session, alliance_id=alliance_id, who=who, what="alliance created")
    return AllianceCreated(alliance_id, workshop.id or 0, workshop.code)


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


def choose_blocks(session: Session, *, who: str, alliance_id: int, blocks: list[dict[str, str]]) -> None:
    """Set the plan of approach: `[{"block": …, "reason": …}]`. Raises `InvalidValue` for an unknown block."""
    alliance = read_alliance(session, alliance_id)
    chosen = []
    for entry in blocks:
        if entry.get("block") not in set(BuildingBlock):
            raise InvalidValue("block", entry.get("block"))
        reason = optional_text(entry.get("reason"), field="reason", limit=NOTE_LIMIT)
        chosen.append({"block": entry["block"], "reason": reason})
    alliance.blocks = chosen
    session.add(alliance)
    record(session, alliance_id=alliance_id, who=who, what="plan of approach changed")
    alliance_changed(session, alliance_id)


def add_group(session: Session, *, who: str, alliance_id: int, name: str) -> int:
    """Add a stakeholder group and return its id. Raises `InvalidValue` when the name is taken."""
    group = _new_group(session, alliance_id, name)
    record(session, alliance_id=alliance_id, who=who, what="group added", group=group.name)
    alliance_changed(session, alliance_id, content=True)
    return group.id or 0


def rename_group(session: Session, *, who: str, group_id: int, name: str) -> None:
    """Give a group another name. Raises `InvalidValue` when the name is taken."""
    group = _group(session, group_id)
    wanted = one_line(name, field="group", limit=GROUP_LIMIT)
    _refuse_taken_name(session, group.alliance_id, wanted, except_id=group_id)
    group.name = wanted
    session.add(group)
    record(session, alliance_id=group.alliance_id, who=who, what="group renamed", group=wanted)
    alliance_changed(session, group.alliance_id, content=True)


def remove_group(session: Session, *, who: str, group_id: int) -> None:
    """Remove a group. Raises `InUse` when someone belongs to it, or a round counted it."""
    group = _group(session, group_id)
    for column in (Participant.group_id, Partner.group_id, Bubble.group_id):
        if session.exec(select(column).where(column == group_id).limit(1)).first() is not None:
            raise InUse
    # A kept result names the groups of its rows.
    for rows in session.exec(
        select(Round.rows)
        .join(Workshop, col(Workshop.id) == Round.workshop_id)
        .where(Workshop.alliance_id == group.alliance_id)
    ).all():
        if any(str(group_id) in row["members"] for row in rows):
            raise InUse
    session.delete(group)
    record(session, alliance_id=group.alliance_id, who=who, what="group removed", group=group.name)
    alliance_changed(session, group.alliance_id, content=True)


def list_alliances(session: Session) -> list[AllianceRow]:
    """Return every alliance with its workshops, the newest of both first."""
    workshops: dict[int, list[WorkshopRow]] = {}
    for found in session.exec(select(Workshop).order_by(*NEWEST_FIRST)).all():
        workshops.setdefault(found.alliance_id, []).append(workshop_row(found))
    return [
        AllianceRow(found.id or 0, found.name, found.place, workshops.get(found.id or 0, []))
        for found in session.exec(select(Alliance).order_by(col(Alliance.id).desc())).all()
    ]


def read_alliance(session: Session, alliance_id: int) -> Alliance:
    """Return an alliance. Raises `NotFound`."""
    found = session.get(Alliance, alliance_id)
    if found is None:
        raise NotFound("alliance")
    return found


def read_groups(session: Session, alliance_id: int) -> list[Group]:
    """Return the groups of an alliance, in order."""
    found = session.exec(select(Group).where(Group.alliance_id == alliance_id).order_by(col(Group.position)))
    return list(found.all())


def read_figures(session: Session, alliance_id: int, today: date) -> Figures:
    """Return what the alliance has so far; overdue is before `today` and not done."""
    adopted = session.exec(
        select(func.count())
        .select_from(Principle)
        .where(Principle.alliance_id == alliance_id, Principle.status == PrincipleStatus.ADOPTED)
    ).one()
    latest: dict[int, str] = {}
    for agreement_id, state in session.exec(
        select(Progress.agreement_id, Progress.state)
        .join(Agreement, col(Agreement.id) == Progress.agreement_id)
        .where(Agreement.alliance_id == alliance_id)
        .order_by(col(Progress.id))
    ).all():
        latest[agreement_id] = state
    standing = session.exec(
        select(Agreement).where(
            Agreement.alliance_id == alliance_id,
            Agreement.state == AgreementState.OPEN,
            or_(col(Agreement.shown_at).is_not(None), col(Agreement.owner_id).is_not(None)),
        )
    ).all()
    done = [found.id for found in standing if latest.get(found.id or 0) == ProgressState.DONE]
    overdue = [found for found in standing if found.due_on and found.due_on < today and found.id not in done]
    return Figures(adopted, len(standing), len(done), len(overdue))


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


def _group(session: Session, group_id: int) -> Group:
    found = session.get(Group, group_id)
    if found is None:
        raise NotFound("group")
    return found


def _refuse_taken_name(
    session: Session, alliance_id: int, name: str, *, except_id: int | None = None
) -> None:
    for other in read_groups(session, alliance_id):
        if other.id != except_id and other.name.casefold() == name.casefold():
            raise InvalidValue("group", name)


def _new_group(session: Session, alliance_id: int, raw: str) -> Group:
    name = one_line(raw, field="group", limit=GROUP_LIMIT)
    _refuse_taken_name(session, alliance_id, name)
    positions = [group.position for group in read_groups(session, alliance_id)]
    group = Group(alliance_id=alliance_id, name=name, position=max(positions, default=0) + 1)
    session.add(group)
    session.flush()
    return group
