"""Agreements."""

from datetime import date, timedelta
from typing import Any

from models.agreeing.agreement import record_agreement
from models.agreeing.ownership import accept_ownership
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
