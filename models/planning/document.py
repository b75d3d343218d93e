"""What the Word file of a plan of approach needs, as plain data; the map of who matters only where it was asked for."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.alliance.alliance import read_alliance
from models.alliance.stakeholders import StakeholderRow, read_stakeholders
from models.planning.reading import Plan, plan_as_it_stands
from models.tables import Event

_ABOUT_THE_PLAN = ("plan of approach changed", "stakeholder map changed", "stakeholder removed")


@dataclass(frozen=True)
class PlanDocument:
    """A plan for its file. `stakeholders` is None where the map stays out; `made_at` is when the plan last changed."""

    alliance: str
    place: str
    contact: str
    language: str
    time_zone: str
    accent: str | None
    plan: Plan
    made_at: datetime
    stakeholders: tuple[StakeholderRow, ...] | None = None


def plan_document(session: Session, alliance_id: int, today: date, *, with_map: bool = False) -> PlanDocument:
    """Return the plan of an alliance as it stands on `today`. Raises `NotFound`."""
    alliance = read_alliance(session, alliance_id)
    changed_at = session.exec(
        select(Event.happened_at)
        .where(Event.alliance_id == alliance_id, col(Event.what).in_(_ABOUT_THE_PLAN))
        .order_by(col(Event.id).desc())
        .limit(1)
    ).first()
    return PlanDocument(
        alliance=alliance.name,
        place=alliance.place,
        contact=alliance.contact,
        language=alliance.language,
        time_zone=alliance.time_zone,
        accent=alliance.accent,
        plan=plan_as_it_stands(session, alliance, today, for_everybody=True),
        made_at=changed_at or alliance.created_at,
        stakeholders=tuple(read_stakeholders(session, alliance_id)) if with_map else None,
    )
