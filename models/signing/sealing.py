"""The sealed copies of an edition: made after it, outside the writer, and kept as they were made.

Signing closes with the Word files. Their sealed copies take seconds and a program that may be missing; so they follow,
and whatever falls in between, upkeep finds what is not sealed yet.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.basics.clock import now
from models.signing.files import SEALED, WORD
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.database import reading
from models.storage.finding import existing
from models.storage.frozen import read_frozen
from models.storage.writing import write
from models.tables import Agenda, AgendaFile

BY_ITSELF = "Handslag"


@dataclass(frozen=True)
class Unsealed:
    """A kept Word file of which no sealed copy is kept yet."""

    agenda_id: int
    version: int
    edition: int
    copy_for: str
    content: bytes
    text_sha256: str
    place: str
    language: str


@dataclass(frozen=True)
class SealedFile:
    copy_for: str
    content: bytes


Seal = Callable[[Sequence[Unsealed]], Sequence[bytes]]


def unsealed_editions(session: Session, agenda_id: int | None = None) -> list[tuple[int, int]]:
    """Return the newest edition of each version (or of this one) that has no sealed copies, as ids and editions."""
    asked = select(AgendaFile.agenda_id, AgendaFile.edition, AgendaFile.copy_for, AgendaFile.format)
    if agenda_id is not None:
        asked = asked.where(AgendaFile.agenda_id == agenda_id)
    newest: dict[int, int] = {}
    kinds: dict[tuple[int, int], set[tuple[str, str]]] = {}
    for found, edition, copy_for, format in session.exec(asked).all():
        newest[found] = max(newest.get(found, 0), edition)
        kinds.setdefault((found, edition), set()).add((copy_for, format))
    return [
        key
        for key in sorted(newest.items())
        if any(format == WORD and (copy_for, SEALED) not in kinds[key] for copy_for, format in kinds[key])
    ]


def files_to_seal(session: Session, agenda_id: int, edition: int) -> list[Unsealed]:
    """Return the Word files of an edition."""
    agenda = existing(session, Agenda, agenda_id)
    alliance = read_frozen(agenda.content)["alliance"]
    found = session.exec(
        select(AgendaFile)
        .where(AgendaFile.agenda_id == agenda_id, AgendaFile.edition == edition, AgendaFile.format == WORD)
        .order_by(col(AgendaFile.copy_for))
    ).all()
    return [
        Unsealed(
            agenda_id,
            agenda.version,
            edition,
            file.copy_for,
            file.content,
            agenda.sha256,
            alliance["place"],
            alliance["language"],
        )
        for file in found
    ]


def keep_sealed(session: Session, *, agenda_id: int, edition: int, files: Sequence[SealedFile]) -> bool:
    """Keep the sealed copies of an edition; return whether these are the ones. Those that are kept already stay."""
    agenda = existing(session, Agenda, agenda_id, lock=True)
    kept = session.exec(
        select(AgendaFile.id).where(
            AgendaFile.agenda_id == agenda_id, AgendaFile.edition == edition, AgendaFile.format == SEALED
        )
    ).first()
    if kept is not None:
        return False
    moment = now()
    hashes = {file.copy_for: hashlib.sha256(file.content).hexdigest() for file in files}
    for file in files:
        session.add(
            AgendaFile(
                agenda_id=agenda_id,
                edition=edition,
                copy_for=file.copy_for,
                format=SEALED,
                content=file.content,
                sha256=hashes[file.copy_for],
                made_at=moment,
            )
        )
    record(
        session,
        alliance_id=agenda.alliance_id,
        who=BY_ITSELF,
        what="edition sealed",
        version=agenda.version,
        edition=edition,
        files={f"{copy_for}.{SEALED}": sha256 for copy_for, sha256 in hashes.items()},
    )
    alliance_changed(session, agenda.alliance_id, content=True)
    return True


def complete_seals(seal: Seal, agenda_id: int | None = None) -> int:
    """Seal the newest edition of every version, or of this one, where that was not done; return how many were.

    Not an action: nobody's vote waits for it. Harmless when done twice or by two processes: whoever is first is kept.
    Raises what `seal` raises.
    """
    with reading() as session:
        found = unsealed_editions(session, agenda_id)
    for unsealed, edition in found:
        with reading() as session:
            files = files_to_seal(session, unsealed, edition)
        made = [SealedFile(file.copy_for, content) for file, content in zip(files, seal(files), strict=True)]
        write(keep_sealed, agenda_id=unsealed, edition=edition, files=made)
    return len(found)
