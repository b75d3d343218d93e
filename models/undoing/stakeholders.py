"""Undoing that a party was taken off the map: it is back as it was, named with the same blocks of the plan.

What is kept of it for that is forgotten after a day, as of a partner. Its name is told nowhere but on the map.
"""

from datetime import timedelta

from sqlmodel import Session

from models.alliance.stakeholders import put_stakeholder_back
from models.basics.words import Hindrance
from models.tables import Stakeholder
from models.undoing.way import Kept, Way

KEPT_FOR = timedelta(days=1)


def _hinders(session: Session, kept: Kept) -> Hindrance | None:
    return Hindrance.CHANGED if session.get(Stakeholder, kept["id"]) else None


def _take_back(session: Session, kept: Kept) -> int:
    put_stakeholder_back(session, kept)
    return 0


REMOVED = Way(_hinders, _take_back, within=KEPT_FOR)
