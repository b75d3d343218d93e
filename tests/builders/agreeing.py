"""Agreements."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from models.agreeing.agreement import record_agreement
from models.agreeing.names import WaitingName, waiting_among
from models.agreeing.ownership import accept_ownership
from models.agreeing.views import list_agreements
from models.alliance.partner import read_partners
from models.storage.writing import write
from tests.builders.workshop import HELD_ON, LEADER, Room

AFTERWARDS = HELD_ON + timedelta(days=60)


def make_agreement(
    room: Room,
    *,
    what: str = "We eat together.",
    owner: str | None = None,
    due_on: date | None = None,
    is_accepted: bool = False,
    **more: Any,
) -> int:
    """Return an agreement whose owner, a partner's name, was asked, and has accepted where `is_accepted`."""
    made = int(
        write(
            record_agreement,
            who=LEADER,
            workshop_id=room.workshop_id,
            what=what,
            owner_id=room.partners[owner] if owner else None,
            due_on=due_on,
            **more,
        )
    )
    if owner and is_accepted:
        write(accept_ownership, partner_id=room.partners[owner], agreement_id=made)
    return made


def names_waiting(session: Session, alliance_id: int) -> list[WaitingName]:
    """Return the names that wait, as the page of agreements reads them."""
    partners = read_partners(session, alliance_id)
    return waiting_among(partners, list_agreements(session, alliance_id, partners=partners))
