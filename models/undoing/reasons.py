"""Undoing what was shown or hidden of what people said with their vote. It has no author, and gets none by this."""

from collections.abc import Iterator

from sqlmodel import Session

from models.basics.words import Hindrance, ReasonState
from models.storage.changes import page_changed
from models.tables import Reason
from models.undoing.way import Kept, Way
from models.voting.after_reveal import round_of_reason


def _is_not_hidden(session: Session, kept: Kept) -> Hindrance | None:
    reason = session.get(Reason, kept["reason"])
    is_hidden = reason is not None and reason.state == ReasonState.HIDDEN
    return None if is_hidden else Hindrance.CHANGED


def _bring_back(session: Session, kept: Kept) -> int:
    _put(session, session.get_one(Reason, kept["reason"]), kept["state"])
    return 0


def _text(session: Session, kept: Kept) -> str:
    reason = session.get(Reason, kept["reason"])
    return reason.text if reason else ""


def _shown(session: Session, kept: Kept) -> Iterator[tuple[Reason, str]]:
    for reason_id, before in kept["before"]:
        reason = session.get(Reason, reason_id)
        if reason is not None and reason.state == ReasonState.SHOWN and before != ReasonState.SHOWN:
            yield reason, before


def _none_is_shown(session: Session, kept: Kept) -> Hindrance | None:
    return None if any(True for _ in _shown(session, kept)) else Hindrance.CHANGED


def _take_off(session: Session, kept: Kept) -> int:
    found = list(_shown(session, kept))
    for reason, before in found:
        _put(session, reason, before)
    return len(kept["before"]) - len(found)


def _only_text(session: Session, kept: Kept) -> str:
    before = kept["before"]
    return _text(session, {"reason": before[0][0]}) if len(before) == 1 else ""


def _new(session: Session, kept: Kept) -> Iterator[Reason]:
    for reason_id in kept["reasons"]:
        reason = session.get(Reason, reason_id)
        if reason is not None and reason.state == ReasonState.NEW:
            yield reason


def _none_is_new(session: Session, kept: Kept) -> Hindrance | None:
    return None if any(True for _ in _new(session, kept)) else Hindrance.CHANGED


def _put_on(session: Session, kept: Kept) -> int:
    found = list(_new(session, kept))
    for reason in found:
        _put(session, reason, ReasonState.SHOWN)
    return len(kept["reasons"]) - len(found)


def _put(session: Session, reason: Reason, state: str) -> None:
    reason.state = state
    session.add(reason)
    page_changed(session, round_of_reason(session, reason).workshop_id, content=True)


HIDDEN = Way(_is_not_hidden, _bring_back, _text, locks=((Reason, "reason"),))
SHOWN = Way(_none_is_shown, _take_off, _only_text)
TAKEN_OFF = Way(_none_is_new, _put_on)
