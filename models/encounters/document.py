"""What the Word file of an evening needs, as plain data: what may be told to everybody, and ideas that were shown."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlmodel import Session

from models.alliance.alliance import read_alliance
from models.basics.errors import NotFound
from models.basics.words import BuildingBlock
from models.encounters.evening import read_evening
from models.encounters.ideas import IdeaView, list_ideas
from models.encounters.what_it_did import EveningDid, read_what_it_did
from models.workshop.workshop import read_workshop


@dataclass(frozen=True)
class EveningDocument:
    """An evening for its file. `made_at` is when it ended, else when its figures came: it is the same at every call."""

    alliance: str
    place: str
    contact: str
    language: str
    time_zone: str
    accent: str | None
    venue: str
    did: EveningDid
    ideas: tuple[IdeaView, ...]
    made_at: datetime


def evening_document(session: Session, workshop_id: int) -> EveningDocument:
    """Return what an evening did, for its file. Raises `NotFound`: a meeting of another block is no evening."""
    workshop = read_workshop(session, workshop_id)
    if workshop.block != BuildingBlock.ENCOUNTERS:
        raise NotFound("evening")
    alliance = read_alliance(session, workshop.alliance_id)
    closed_at = read_evening(session, workshop_id).answers_closed_at
    return EveningDocument(
        alliance=alliance.name,
        place=alliance.place,
        contact=alliance.contact,
        language=alliance.language,
        time_zone=alliance.time_zone,
        accent=alliance.accent,
        venue=workshop.venue,
        did=read_what_it_did(session, workshop_id),
        ideas=tuple(idea for idea in list_ideas(session, workshop_id) if idea.is_shown),
        made_at=workshop.over_at or closed_at or datetime.combine(workshop.held_on, time(), UTC),
    )
