"""Undoing a cancelled round: it is as it was, with every vote, as long as no other round was opened."""

from sqlmodel import Session, col, select

from models.basics.words import Hindrance
from models.storage.finding import existing
from models.tables import Round, RoundItem
from models.undoing.way import Kept, Way
from models.voting.cancelling import UNDONE_WITHIN, is_forgotten, take_up_again, was_followed


def _hinders(session: Session, kept: Kept) -> Hindrance | None:
    cancelled = session.get(Round, kept["round"])
    if cancelled is None or cancelled.cancelled_at is None:
        return Hindrance.CHANGED
    if was_followed(session, cancelled):
        return Hindrance.ROUND_FOLLOWED
    return Hindrance.FORGOTTEN if is_forgotten(session, cancelled) else None


def _take_back(session: Session, kept: Kept) -> int:
    take_up_again(session, existing(session, Round, kept["round"]))
    return 0


def _texts(session: Session, kept: Kept) -> str:
    asked = (
        select(RoundItem.text).where(RoundItem.round_id == kept["round"]).order_by(col(RoundItem.position))
    )
    return " · ".join(session.exec(asked).all())


CANCELLED = Way(_hinders, _take_back, _texts, locks=((Round, "round"),), within=UNDONE_WITHIN)
