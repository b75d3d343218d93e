"""Undoing that a logo was chosen or removed: the alliance has the one again that it had, or none.

What was removed is forgotten after a day, unless a frozen text has it.
"""

from datetime import timedelta

from sqlmodel import Session

from models.alliance.logo import forget_unused_logos
from models.basics.words import Hindrance
from models.storage.changes import alliance_changed
from models.tables import Alliance
from models.undoing.way import Kept, Way

KEPT_FOR = timedelta(days=1)


def _hinders(session: Session, kept: Kept) -> Hindrance | None:
    alliance = session.get_one(Alliance, kept["alliance"])
    return None if alliance.logo == kept["now"] else Hindrance.CHANGED


def _take_back(session: Session, kept: Kept) -> int:
    alliance = session.get_one(Alliance, kept["alliance"])
    alliance.logo = kept["before"]
    session.add(alliance)
    session.flush()
    # What was chosen in between is nobody's now.
    forget_unused_logos(session, alliance.id)
    alliance_changed(session, alliance.id, content=True)
    return 0


CHANGED = Way(_hinders, _take_back, locks=((Alliance, "alliance"),), within=KEPT_FOR)
