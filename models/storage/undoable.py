"""What an act keeps so that it can be undone; `models.undoing` says until when, and does it.

event_id = record(session, alliance_id=1, who=who, what="proposal hidden", proposal=7)
keep_for_undo(session, event_id, "proposal 7", proposal=7, hidden_at=as_text(moment))
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models.basics.clock import now
from models.tables import Undoable, Unfinished

_NOTED = "the event of what can be undone"
FORM = "form"


def keep_for_undo(session: Session, event_id: int, about: str, **keeps: Any) -> None:
    """Keep plain values with the event of an act, in its transaction; those of an earlier act on the same go."""
    forget_for_undo(session, about)
    session.add(Undoable(event_id=event_id, about=about, keeps=keeps))
    session.info[_NOTED] = event_id


def forget_for_undo(session: Session, about: str) -> None:
    """Forget what was kept of the last act on something: it was undone in another way."""
    session.flush()
    session.connection().execute(
        delete(Undoable).where(col(Undoable.about) == about, col(Undoable.undone_at).is_(None))
    )


def keep_form(session: Session, form: Unfinished) -> None:
    """Keep with what was just done the form that was finished by it: undone, it is unfinished again."""
    noted = session.info.get(_NOTED)
    kept = None if noted is None else session.get(Undoable, noted)
    if kept is not None:
        kept.keeps = {**kept.keeps, FORM: {"who": form.who, "what": form.what, "fields": form.fields}}
        session.add(kept)


def bring_form_back(session: Session, kept: Mapping[str, Any]) -> None:
    """Let the form that was kept be unfinished again, unless whoever it belongs to has begun another."""
    form = kept.get(FORM)
    if form is not None and session.get(Unfinished, (form["who"], form["what"])) is None:
        session.add(Unfinished(**form, stored_at=now()))


def note_again(session: Session, about: str) -> None:
    """Note that an act had been done already, by somebody else or by the same tap: it can be undone all the same."""
    session.info[_NOTED] = session.exec(
        select(Undoable.event_id).where(Undoable.about == about, col(Undoable.undone_at).is_(None))
    ).first()


def take_noted(session: Session) -> int | None:
    """Return the event of what was done in this transaction and can be undone, once; None where nothing can."""
    noted: int | None = session.info.pop(_NOTED, None)
    return noted


def as_text(moment: datetime | None) -> str | None:
    """Return a moment as it is kept."""
    return None if moment is None else moment.isoformat()


def as_moment(kept: str | None) -> datetime | None:
    """Return the moment that was kept as text."""
    return None if kept is None else datetime.fromisoformat(kept)
