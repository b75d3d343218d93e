"""The evidence of a point for improvement on the projector: one tap of who leads, while the room talks about it."""

from sqlmodel import Session

from models.basics.errors import NotFound
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.tables import Baseline, Improvement
from models.workshop.workshop import read_workshop


def show_evidence(session: Session, *, who: str, workshop_id: int, improvement_id: int | None) -> None:
    """Let the evidence of a point through to the projector; None brings back what stood there.

    Raises `NotFound` for a point of another alliance.
    """
    workshop = read_workshop(session, workshop_id)
    if improvement_id is not None:
        point = existing(session, Improvement, improvement_id)
        if existing(session, Baseline, point.baseline_id).alliance_id != workshop.alliance_id:
            raise NotFound("improvement")
    workshop.point_on_screen = improvement_id
    workshop.wall_page = 0
    session.add(workshop)
    page_changed(session, workshop_id)
