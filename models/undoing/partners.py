"""Undoing that a partner was removed: it is back with all that was known of it, and with the link that it had.

What is kept of it for that is forgotten after a day: who was removed may count on it.
"""

from datetime import timedelta

from sqlmodel import Session

from models.alliance.partner import put_partner_back
from models.basics.words import Hindrance
from models.tables import Partner
from models.undoing.way import Kept, Way

KEPT_FOR = timedelta(days=1)


def _hinders(session: Session, kept: Kept) -> Hindrance | None:
    return Hindrance.CHANGED if session.get(Partner, kept["id"]) else None


def _take_back(session: Session, kept: Kept) -> int:
    put_partner_back(session, kept)
    return 0


REMOVED = Way(_hinders, _take_back, within=KEPT_FOR)
