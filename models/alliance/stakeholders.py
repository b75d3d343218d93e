"""Who matters in a place: the map that only who leads sees. No event, export or other page tells what stands in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from models.alliance.plan import leave_out_party, name_party_again
from models.basics.clock import now
from models.basics.errors import InvalidValue
from models.basics.text import LINE_LIMIT, NAME_LIMIT, one_line
from models.basics.words import Attitude, StakeholderKind
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.finding import existing
from models.storage.undoable import as_moment, as_text, keep_for_undo
from models.tables import Alliance, Stakeholder
from models.tables.plan import HIGHEST, LOWEST

# Who is touched at least so much, and has at most so much influence, stands in the corner where one looks first.
MUCH_TOUCHED, LITTLE_INFLUENCE = 4, 2


@dataclass(frozen=True)
class StakeholderRow:
    """A party on the map. `influence` and how much it is `touched` run from 1 to 5."""

    id: int
    name: str
    kind: StakeholderKind
    influence: int
    touched: int
    attitude: Attitude
    contact_by: str

    @property
    def is_touched_without_influence(self) -> bool:
        """Whether it stands in the corner where one looks first."""
        return self.touched >= MUCH_TOUCHED and self.influence <= LITTLE_INFLUENCE


@dataclass(frozen=True)
class Weighed:
    """What the map says in short: who is touched much and has little influence, and with whom of them nobody speaks."""

    touched: tuple[StakeholderRow, ...]
    unheard: tuple[StakeholderRow, ...]


def weighed(stakeholders: Sequence[StakeholderRow]) -> Weighed:
    """Return what a map says in short."""
    touched = tuple(one for one in stakeholders if one.is_touched_without_influence)
    return Weighed(touched, tuple(one for one in touched if not one.contact_by))


def read_stakeholders(session: Session, alliance_id: int) -> list[StakeholderRow]:
    """Return the parties of an alliance: whom it touches most first, of those with the least influence first."""
    found = session.exec(
        select(Stakeholder)
        .where(Stakeholder.alliance_id == alliance_id)
        .order_by(col(Stakeholder.touched).desc(), col(Stakeholder.influence), col(Stakeholder.id))
    ).all()
    return [
        StakeholderRow(
            one.id,
            one.name,
            StakeholderKind(one.kind),
            one.influence,
            one.touched,
            Attitude(one.attitude),
            one.contact_by,
        )
        for one in found
    ]


def add_stakeholder(
    session: Session,
    *,
    who: str,
    alliance_id: int,
    name: str,
    kind: str,
    influence: int,
    touched: int,
    attitude: str,
    contact_by: str = "",
) -> int:
    """Put a party on the map and return its id. Raises `TextMissing`, `TextTooLong`, `InvalidValue`."""
    existing(session, Alliance, alliance_id, lock=True)
    stakeholder = Stakeholder(
        alliance_id=alliance_id,
        **_checked(
            name=name,
            kind=kind,
            influence=influence,
            touched=touched,
            attitude=attitude,
            contact_by=contact_by,
        ),
        added_at=now(),
    )
    session.add(stakeholder)
    session.flush()
    _changed(session, who, alliance_id)
    return stakeholder.id


def change_stakeholder(session: Session, *, who: str, stakeholder_id: int, **given: Any) -> None:
    """Change what stands of a party: of the arguments of `add_stakeholder` those that are given. Raises like it."""
    stakeholder = existing(session, Stakeholder, stakeholder_id, lock=True)
    changed = {
        field: value for field, value in _checked(**given).items() if getattr(stakeholder, field) != value
    }
    for field, value in changed.items():
        setattr(stakeholder, field, value)
    if changed:
        session.add(stakeholder)
        _changed(session, who, stakeholder.alliance_id)


def remove_stakeholder(session: Session, *, who: str, stakeholder_id: int) -> None:
    """Take a party off the map, and out of the plan's blocks."""
    stakeholder = existing(session, Stakeholder, stakeholder_id, lock=True)
    named = leave_out_party(session, stakeholder_id=stakeholder_id)
    session.delete(stakeholder)
    event_id = record(session, alliance_id=stakeholder.alliance_id, who=who, what="stakeholder removed")
    keep_for_undo(
        session,
        event_id,
        f"stakeholder {stakeholder_id}",
        **{**stakeholder.model_dump(), "added_at": as_text(stakeholder.added_at)},
        named_with=named,
    )
    alliance_changed(session, stakeholder.alliance_id)


def put_stakeholder_back(session: Session, kept: Mapping[str, Any]) -> None:
    """Put a party on the map again as it was, named with the same blocks."""
    stakeholder = Stakeholder(
        **{
            **{name: kept[name] for name in Stakeholder.model_fields},
            "added_at": as_moment(kept["added_at"]),
        }
    )
    session.add(stakeholder)
    name_party_again(session, kept["named_with"], stakeholder_id=kept["id"])
    alliance_changed(session, stakeholder.alliance_id)


def _checked(**given: Any) -> dict[str, Any]:
    """Return the fields that are given as they are stored. Raises `TextMissing`, `TextTooLong`, `InvalidValue`."""
    checked = dict(given)
    if "name" in given:
        checked["name"] = one_line(given["name"], field="name", limit=LINE_LIMIT)
    if "contact_by" in given:
        checked["contact_by"] = one_line(
            given["contact_by"], field="contact_by", limit=NAME_LIMIT, is_required=False
        )
    for field, words in (("kind", StakeholderKind), ("attitude", Attitude)):
        if field in given and given[field] not in set(words):
            raise InvalidValue(field, given[field])
    for field in ("influence", "touched"):
        if field in given and given[field] not in range(LOWEST, HIGHEST + 1):
            raise InvalidValue(field, given[field], offered=(LOWEST, HIGHEST))
    return checked


def _changed(session: Session, who: str, alliance_id: int) -> None:
    record(session, alliance_id=alliance_id, who=who, what="stakeholder map changed")
    alliance_changed(session, alliance_id)
