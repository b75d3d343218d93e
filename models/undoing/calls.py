"""Undoing the note of a call: its words are gone."""

from sqlmodel import Session

from models.basics.words import Hindrance
from models.storage.changes import alliance_changed
from models.tables import Agreement, AgreementCall
from models.undoing.way import Kept, Way


def _hinders(session: Session, kept: Kept) -> Hindrance | None:
    return None if session.get(AgreementCall, kept["call"]) else Hindrance.CHANGED


def _take_back(session: Session, kept: Kept) -> int:
    call = session.get_one(AgreementCall, kept["call"])
    session.delete(call)
    alliance_changed(session, session.get_one(Agreement, call.agreement_id).alliance_id)
    return 0


def _what(session: Session, kept: Kept) -> str:
    call = session.get(AgreementCall, kept["call"])
    return session.get_one(Agreement, call.agreement_id).what if call else ""


NOTED = Way(_hinders, _take_back, _what)
