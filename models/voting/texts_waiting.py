"""Which text the room has not been asked about yet."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from models.basics.words import PrincipleStatus
from models.tables import Principle, PrincipleVersion, Round, RoundItem


@dataclass(frozen=True)
class TextThatWaits:
    """A principle, with its place among all that were not left out."""

    number: int
    place: int
    count: int


def text_that_waits(session: Session, alliance_id: int) -> TextThatWaits | None:
    """Return the first principle whose newest words no round has asked, None where each was asked."""
    newest = (
        select(func.max(PrincipleVersion.id))
        .where(PrincipleVersion.principle_id == Principle.id)
        .correlate(Principle)
        .scalar_subquery()
    )
    asked = (
        select(RoundItem.id)
        .join(Round, col(Round.id) == RoundItem.round_id)
        .where(RoundItem.version_id == newest, col(Round.cancelled_at).is_(None))
        .correlate(Principle)
        .exists()
    )
    found = session.exec(
        select(Principle.number, Principle.status, asked)
        .where(Principle.alliance_id == alliance_id, Principle.status != PrincipleStatus.LEFT_OUT)
        .order_by(col(Principle.number))
    ).all()
    for place, (number, status, was_asked) in enumerate(found, start=1):
        if status == PrincipleStatus.DRAFT and not was_asked:
            return TextThatWaits(number, place, len(found))
    return None
