"""The end of a meeting, of any block."""

from sqlmodel import Session

from models.basics.words import BuildingBlock
from models.encounters.answers import close_answers
from models.workshop.workshop import end_workshop, read_workshop


def end_meeting(session: Session, *, who: str, workshop_id: int) -> None:
    """End a meeting; the questions of an evening close with it. Raises `RoundStillOpen`."""
    end_workshop(session, who=who, workshop_id=workshop_id)
    if read_workshop(session, workshop_id).block == BuildingBlock.ENCOUNTERS:
        close_answers(session, who=who, workshop_id=workshop_id)
