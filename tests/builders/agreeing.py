"""Agreements."""

from datetime import date, timedelta
from typing import Any

from models.agreeing.agreement import record_agreement
from models.storage.writing import write
from tests.builders.workshop import HELD_ON, LEADER, Room

AFTERWARDS = HELD_ON + timedelta(days=60)


def make_agreement(
    room: Room,
    *,
    what: str = "We eat together.",
    owner: str | None = None,
    due_on: date | None = None,
    **more: Any,
) -> int:
    """Return an agreement whose owner, a partner's name, was asked."""
    return int(
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
