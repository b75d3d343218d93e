"""What every step of an agreement does: find it and the partner it names, and write down what happened."""

from sqlmodel import Session

from models.basics.errors import InvalidValue
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.finding import existing
from models.tables import Agreement, Partner


def locked_agreement(session: Session, agreement_id: int) -> Agreement:
    """Return an agreement, locked until the end of the transaction (PostgreSQL). Raises `NotFound`."""
    return existing(session, Agreement, agreement_id, lock=True)


def partner_of(session: Session, alliance_id: int, partner_id: int) -> Partner:
    """Return a partner of this alliance. Raises `InvalidValue`."""
    found = session.get(Partner, partner_id)
    if found is None or found.alliance_id != alliance_id:
        raise InvalidValue("partner", partner_id)
    return found


def partner_name(session: Session, partner_id: int | None) -> str:
    """Return the name that stands behind what a partner did."""
    found = session.get(Partner, partner_id) if partner_id is not None else None
    return found.name if found else ""


def store_agreement(session: Session, agreement: Agreement, who: str, what: str) -> int:
    """Keep what was changed about an agreement, and write it down in its alliance's chain; return the event's id."""
    session.add(agreement)
    event_id = record(session, alliance_id=agreement.alliance_id, who=who, what=what, number=agreement.number)
    alliance_changed(session, agreement.alliance_id, content=True)
    return event_id
