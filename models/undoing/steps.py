"""Undoing that the room was taken to a step: it is where it was, as long as it went nowhere else."""

from sqlmodel import Session

from models.basics.words import Hindrance, WorkshopState
from models.storage.changes import page_changed
from models.tables import Workshop
from models.undoing.way import Kept, Way
from models.workshop.programme import programme
from models.workshop.workshop import open_round_of


def _hinders(session: Session, kept: Kept) -> Hindrance | None:
    workshop = session.get_one(Workshop, kept["workshop"])
    if workshop.state != WorkshopState.OPEN or workshop.step != kept["step"]:
        return Hindrance.CHANGED
    votes_there = programme(workshop.block).voting_step(workshop.step) == kept["before"]
    if not votes_there and open_round_of(session, workshop.id) is not None:
        return Hindrance.ROUND_OPEN
    return None


def _take_back(session: Session, kept: Kept) -> int:
    workshop = session.get_one(Workshop, kept["workshop"])
    workshop.step = kept["before"]
    workshop.wall_page = kept["wall_page"]
    workshop.agreement_on_screen = kept["agreement_on_screen"]
    # What an earlier version kept says nothing of it.
    workshop.point_on_screen = kept.get("point_on_screen")
    session.add(workshop)
    page_changed(session, workshop.id, content=True)
    return 0


TAKEN = Way(_hinders, _take_back, locks=((Workshop, "workshop"),))
