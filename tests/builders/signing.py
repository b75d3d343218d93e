"""A frozen agenda, and what who signs it ticks."""

from exports.sentences.methods import words_to_freeze
from models.signing.agenda import AgendaView, freeze_agenda, read_agenda
from models.storage.database import reading
from models.storage.writing import write
from tests.builders.workshop import LEADER, Room

CONSENT = "I read this text and I bind whom I sign for to it."


def make_agenda(room: Room) -> int:
    """Return the agenda that is frozen now."""
    return int(
        write(freeze_agenda, who=LEADER, workshop_id=room.workshop_id, words=words_to_freeze()).agenda_id
    )


def agenda_of(room: Room) -> AgendaView:
    """Return the newest agenda of a meeting."""
    with reading() as session:
        found = read_agenda(session, room.workshop_id)
    assert found is not None
    return found
