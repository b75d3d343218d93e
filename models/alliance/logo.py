"""An alliance's logo: a clean PNG, kept for as long as somebody may still ask for a document with it.

Exports make the PNG of whatever was offered (`exports.logo`). A frozen text names it by its SHA-256, so a logo that was
frozen stays; one that was neither frozen nor can be brought back is forgotten.
"""

import hashlib

from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.errors import NotFound
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.finding import existing
from models.storage.undoable import keep_for_undo, note_again
from models.tables import Agenda, Alliance, AllianceLogo, Baseline, BaselineReport, Undoable

CHOSEN, REMOVED = "logo chosen", "logo removed"


def choose_logo(session: Session, *, who: str, alliance_id: int, png: bytes) -> None:
    """Let a clean PNG be the alliance's logo from now on. The same one again changes nothing. Raises `NotFound`."""
    alliance = existing(session, Alliance, alliance_id, lock=True)
    sha256 = hashlib.sha256(png).hexdigest()
    if alliance.logo == sha256:
        note_again(session, about(alliance_id))
        return
    if _row(session, alliance_id, sha256) is None:
        session.add(AllianceLogo(alliance_id=alliance_id, sha256=sha256, png=png, made_at=now()))
        session.flush()
    _put(session, alliance, sha256, who=who, what=CHOSEN)


def remove_logo(session: Session, *, who: str, alliance_id: int) -> None:
    """Let the alliance have no logo any more. What was frozen with one keeps it. Raises `NotFound`."""
    alliance = existing(session, Alliance, alliance_id, lock=True)
    if alliance.logo is None:
        note_again(session, about(alliance_id))
        return
    _put(session, alliance, None, who=who, what=REMOVED)


def logo_png(session: Session, alliance_id: int, sha256: str | None) -> bytes | None:
    """Return the alliance's logo with this SHA-256, or None where there is none."""
    found = _row(session, alliance_id, sha256) if sha256 else None
    return found.png if found is not None else None


def read_logo(session: Session, alliance_id: int) -> bytes:
    """Return the alliance's logo of now. Raises `NotFound`."""
    png = logo_png(session, alliance_id, existing(session, Alliance, alliance_id).logo)
    if png is None:
        raise NotFound("file")
    return png


def about(alliance_id: int) -> str:
    """Return under which name an act on the logo is kept for undoing."""
    return f"logo of alliance {alliance_id}"


def forget_unused_logos(session: Session, alliance_id: int | None = None) -> int:
    """Delete the logos of this alliance, or of all, that nothing names any more; return how many."""
    unused = select(AllianceLogo, Alliance).join(Alliance, col(Alliance.id) == AllianceLogo.alliance_id)
    unused = unused.where(
        col(Alliance.logo).is_(None) | (col(Alliance.logo) != col(AllianceLogo.sha256)),
    )
    if alliance_id is not None:
        unused = unused.where(AllianceLogo.alliance_id == alliance_id)
    gone = [
        row for row, alliance in session.exec(unused).all() if not _is_named(session, alliance.id, row.sha256)
    ]
    for row in gone:
        session.delete(row)
    return len(gone)


def _put(session: Session, alliance: Alliance, sha256: str | None, *, who: str, what: str) -> None:
    before, alliance.logo = alliance.logo, sha256
    session.add(alliance)
    details = {"sha256": sha256} if sha256 else {}
    event_id = record(session, alliance_id=alliance.id, who=who, what=what, **details)
    keep_for_undo(session, event_id, about(alliance.id), alliance=alliance.id, before=before, now=sha256)
    forget_unused_logos(session, alliance.id)
    alliance_changed(session, alliance.id, content=True)


def _row(session: Session, alliance_id: int, sha256: str) -> AllianceLogo | None:
    return session.exec(
        select(AllianceLogo).where(AllianceLogo.alliance_id == alliance_id, AllianceLogo.sha256 == sha256)
    ).first()


def _is_named(session: Session, alliance_id: int, sha256: str) -> bool:
    """Return whether a frozen text names this logo, or it can still be brought back."""
    kept = session.exec(
        select(Undoable.keeps).where(Undoable.about == about(alliance_id), col(Undoable.undone_at).is_(None))
    ).first()
    if kept is not None and kept["before"] == sha256:
        return True
    in_agenda = select(Agenda.id).where(
        Agenda.alliance_id == alliance_id, col(Agenda.content).contains(sha256)
    )
    in_report = (
        select(BaselineReport.id)
        .join(Baseline, col(Baseline.id) == BaselineReport.baseline_id)
        .where(Baseline.alliance_id == alliance_id, col(BaselineReport.content).contains(sha256))
    )
    return any(session.exec(frozen.limit(1)).first() is not None for frozen in (in_agenda, in_report))
