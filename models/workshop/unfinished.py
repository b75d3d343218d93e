"""What a facilitator has typed and not finished yet, kept as each field is left: no window is the only one with it.

It is the facilitator's own, by name: two who word principles at the same time do not type in each other's text.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from models.basics.clock import now
from models.basics.text import cleaned, optional_text
from models.storage.changes import page_changed
from models.storage.undoable import keep_form
from models.tables import Unfinished

FIELD_LIMIT = 4_000


@dataclass(frozen=True)
class UnfinishedView:
    """The fields by name, as they were left at `stored_at`."""

    fields: dict[str, Any]
    stored_at: datetime


def as_kept(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields as they are kept: texts cleaned, everything else as it is. Values are plain JSON."""
    return {name: cleaned(value) if isinstance(value, str) else value for name, value in fields.items()}


def read_unfinished(session: Session, *, who: str, what: str) -> UnfinishedView | None:
    """Return what this facilitator has not finished yet in the form `what`, or None."""
    found = session.get(Unfinished, (who, what))
    return None if found is None else UnfinishedView(found.fields, found.stored_at)


def keep_unfinished(
    session: Session, *, who: str, what: str, fields: Mapping[str, Any], workshop_id: int | None = None
) -> None:
    """Keep the fields of the form `what`; nothing is kept of a form without anything in it.

    The facilitator's other windows on the workshop are told. Raises `TextTooLong`.
    """
    for name, value in fields.items():
        if isinstance(value, str):
            optional_text(value, field=name, limit=FIELD_LIMIT)
    kept = as_kept(fields)
    found = session.get(Unfinished, (who, what))
    if any(kept.values()):
        found = found or Unfinished(who=who, what=what, stored_at=now())
        found.fields, found.stored_at = kept, now()
        session.add(found)
    elif found is not None:
        session.delete(found)
    if workshop_id is not None:
        page_changed(session, workshop_id)


def forget_unfinished(session: Session, *, who: str, what: str) -> None:
    """Forget what this facilitator had not finished in the form `what`."""
    found = session.get(Unfinished, (who, what))
    if found is not None:
        session.delete(found)


def finish_form(
    session: Session, *, who: str, what: str, action: Callable[..., Any], arguments: Mapping[str, Any]
) -> Any:
    """Do `action` with what was typed in the form `what`, and forget the form in the same transaction.

    Where the act can be undone the form comes back with it.
    """
    result = action(session, who=who, **arguments)
    form = session.get(Unfinished, (who, what))
    if form is not None:
        keep_form(session, form)
        session.delete(form)
    return result
