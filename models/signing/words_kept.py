"""The control words of frozen versions: computed once, outside the writer, and kept with the version."""

import json

from sqlmodel import Session, col, select

from models.signing.content import CONTROL_WORDS_SINCE
from models.signing.control_words import control_words
from models.storage.changes import alliance_changed
from models.storage.database import reading
from models.storage.finding import existing
from models.storage.writing import write
from models.tables import Agenda


def complete_control_words(agenda_id: int | None = None) -> None:
    """Compute and keep the words of this version, or of all versions, where they are not kept yet.

    Not an action: the words take a few tenths of a second each, in which nobody's vote waits. Called after a freeze, by
    upkeep for what was frozen earlier, and before files are made. Harmless when done twice.
    """
    missing = select(Agenda.id, Agenda.sha256, Agenda.content).where(Agenda.control_words == "")
    if agenda_id is not None:
        missing = missing.where(Agenda.id == agenda_id)
    with reading() as session:
        found = session.exec(missing.order_by(col(Agenda.id))).all()
    for without, sha256, content in found:
        words = control_words(sha256, json.loads(content)["alliance"]["language"])
        write(keep_control_words, agenda_id=without, words=words)


def keep_control_words(session: Session, *, agenda_id: int, words: tuple[str, ...]) -> None:
    """Keep the words of a version, and let every screen show them. Those that are kept already stay."""
    agenda = existing(session, Agenda, agenda_id, lock=True)
    if agenda.control_words:
        return
    agenda.control_words = " ".join(words)
    session.add(agenda)
    alliance_changed(session, agenda.alliance_id, content=True)


def kept_words(agenda: Agenda) -> tuple[str, ...]:
    """Return the words that are kept; none in the moment between a freeze and their being computed."""
    return tuple(agenda.control_words.split())


def words_of(agenda: Agenda) -> tuple[str, ...]:
    """Return the words that are kept, or compute them: for who asks for one document."""
    return kept_words(agenda) or control_words(
        agenda.sha256, json.loads(agenda.content)["alliance"]["language"]
    )


def words_in_document(agenda: Agenda) -> tuple[str, ...]:
    """Return the words that a file of this version carries: none where it was frozen before files carried any.

    So what was made of an earlier version, made again, has the same bytes.
    """
    return words_of(agenda) if json.loads(agenda.content)["format"] >= CONTROL_WORDS_SINCE else ()
