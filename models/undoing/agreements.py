"""Undoing what was done to agreements as a whole: dropped, shown to the room, or taken off the screen."""

from collections.abc import Iterator

from sqlmodel import Session

from models.agreeing.agreement import as_not_dropped
from models.basics.words import AgreementState, Hindrance
from models.storage.changes import alliance_changed
from models.storage.undoable import as_moment
from models.tables import Agreement
from models.undoing.way import Kept, Way


def _is_not_dropped(session: Session, kept: Kept) -> Hindrance | None:
    agreement = session.get(Agreement, kept["agreement"])
    is_dropped = agreement is not None and agreement.state == AgreementState.DROPPED
    return None if is_dropped else Hindrance.CHANGED


def _revive(session: Session, kept: Kept) -> int:
    agreement = session.get_one(Agreement, kept["agreement"])
    as_not_dropped(agreement)
    return _stored(session, agreement)


def _is_shown_again(session: Session, kept: Kept) -> Hindrance | None:
    agreement = session.get(Agreement, kept["agreement"])
    return None if agreement is not None and agreement.shown_at is None else Hindrance.CHANGED


def _show(session: Session, kept: Kept) -> int:
    agreement = session.get_one(Agreement, kept["agreement"])
    agreement.shown_at = as_moment(kept["shown_at"])
    return _stored(session, agreement)


def _shown(session: Session, kept: Kept) -> Iterator[Agreement]:
    for agreement_id in kept["agreements"]:
        agreement = session.get(Agreement, agreement_id)
        if agreement is not None and agreement.shown_at == as_moment(kept["shown_at"]):
            yield agreement


def _none_is_shown(session: Session, kept: Kept) -> Hindrance | None:
    return None if any(True for _ in _shown(session, kept)) else Hindrance.CHANGED


def _take_off(session: Session, kept: Kept) -> int:
    found = list(_shown(session, kept))
    for agreement in found:
        agreement.shown_at = None
        _stored(session, agreement)
    return len(kept["agreements"]) - len(found)


def _what(session: Session, kept: Kept) -> str:
    agreement = session.get(Agreement, kept["agreement"])
    return agreement.what if agreement else ""


def _only_what(session: Session, kept: Kept) -> str:
    ids = kept["agreements"]
    return _what(session, {"agreement": ids[0]}) if len(ids) == 1 else ""


def _stored(session: Session, agreement: Agreement) -> int:
    session.add(agreement)
    alliance_changed(session, agreement.alliance_id, content=True)
    return 0


_ROW = ((Agreement, "agreement"),)
DROPPED = Way(_is_not_dropped, _revive, _what, locks=_ROW)
OFF_THE_SCREEN = Way(_is_shown_again, _show, _what, locks=_ROW)
ON_THE_SCREEN = Way(_none_is_shown, _take_off, _only_what)
