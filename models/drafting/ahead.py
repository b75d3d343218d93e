"""Where what came up elsewhere is proposed: the meeting of the alliance that comes next."""

from sqlmodel import Session, col, select

from models.basics.words import BuildingBlock, WorkshopState
from models.tables import Workshop


def meeting_ahead(session: Session, alliance_id: int) -> Workshop | None:
    """Return the alliance's meeting in which one proposes next: one that is open, else the first that is prepared."""
    waiting = session.exec(
        select(Workshop)
        .where(
            Workshop.alliance_id == alliance_id,
            Workshop.block == BuildingBlock.ALLIANCE,
            Workshop.state != WorkshopState.OVER,
        )
        .order_by(col(Workshop.held_on), col(Workshop.id))
    ).all()
    return next((found for found in waiting if found.state == WorkshopState.OPEN), next(iter(waiting), None))
