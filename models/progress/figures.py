"""How far an alliance has come, in four numbers."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, func, select

from models.basics.words import PrincipleStatus
from models.progress.following import read_followed
from models.tables import Principle


@dataclass(frozen=True)
class Figures:
    """What stands so far: adopted principles, agreements, and of those done and overdue."""

    principles_adopted: int
    agreements: int
    done: int
    overdue: int


def read_figures(session: Session, alliance_id: int, today: date) -> Figures:
    """Return what the alliance has so far, as it stands on `today`, a day in its time zone."""
    adopted = session.exec(
        select(func.count())
        .select_from(Principle)
        .where(Principle.alliance_id == alliance_id, Principle.status == PrincipleStatus.ADOPTED)
    ).one()
    # What nobody carries and the room has not seen is still being written.
    standing = [
        agreement.standing
        for agreement in read_followed(session, alliance_id, today)
        if agreement.is_shown or agreement.carrier is not None
    ]
    return Figures(
        adopted,
        len(standing),
        sum(one.is_done for one in standing),
        sum(one.is_late for one in standing),
    )
