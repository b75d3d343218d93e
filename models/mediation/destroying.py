"""How everything of a mediation is destroyed on its day, and again where an older copy brings it back."""

import os
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.keys import data_folder
from models.basics.words import Erased
from models.mediation.opened import open_keys
from models.storage.writing import after_commit_forget
from models.tables import (
    Mediation,
    MediationAudience,
    MediationItem,
    MediationKey,
    MediationParty,
    MediationPerson,
    MediationRequest,
)

# Aftercare: after six weeks and after three months. Ninety days after its last day every key is thrown away.
AFTERCARE_DAYS = (42, 91)
KEPT_DAYS = 90


def destroyed_on(ended_on: date) -> date:
    """Return on which day every text of a mediation that ends on this day is destroyed."""
    return ended_on + timedelta(days=AFTERCARE_DAYS[-1] + KEPT_DAYS)


def destroy_due(session: Session, *, on: date | None = None) -> list[str]:
    """Throw away every key and text of the mediations whose day has come; return their names for `keep_destroyed`."""
    return [destroy_mediation(session, mediation) for mediation in _due(session, on)]


def destroy_again(session: Session, *, uids: list[str]) -> int:
    """Destroy what was destroyed before, and stands here again: an older copy was put back."""
    found = session.exec(
        select(Mediation).where(col(Mediation.uid).in_(uids), col(Mediation.destroyed_at).is_(None))
    ).all()
    for mediation in found:
        destroy_mediation(session, mediation)
    return len(found)


def destroyed_file() -> Path:
    """Return where the names of what was destroyed are kept: outside the database, and so outside its copies."""
    return data_folder() / "destroyed-mediations"


def keep_destroyed(uids: list[str]) -> None:
    """Keep the names of destroyed mediations where a copy that is put back does not reach them."""
    if not uids:
        return
    path = destroyed_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as stream:
        # A line that a power cut left half spoils none after it.
        stream.write("".join(f"\n{uid}\n" for uid in uids))
        stream.flush()
        os.fsync(stream.fileno())


def known_destroyed() -> list[str]:
    """Return the names of what was ever destroyed here."""
    try:
        return destroyed_file().read_text(encoding="ascii").split()
    except FileNotFoundError:
        return []


def due_to_destroy(session: Session, *, on: date | None = None) -> list[str]:
    """Return the names of the mediations whose day has come."""
    return [mediation.uid for mediation in _due(session, on)]


def _due(session: Session, on: date | None) -> Sequence[Mediation]:
    day = on or now().date()
    return session.exec(
        select(Mediation).where(col(Mediation.destroy_on) <= day, col(Mediation.destroyed_at).is_(None))
    ).all()


def destroy_mediation(session: Session, mediation: Mediation) -> str:
    """Throw away every key and text of a mediation and all who were in it; return its name for `keep_destroyed`."""
    connection = session.connection()
    people = everybody(session, mediation.id)
    audiences = select(MediationAudience.id).where(MediationAudience.mediation_id == mediation.id)
    connection.execute(delete(MediationKey).where(col(MediationKey.audience_id).in_(audiences)))
    for table in (MediationItem, MediationAudience, MediationPerson, MediationParty, MediationRequest):
        connection.execute(delete(table).where(col(table.mediation_id) == mediation.id))
    mediation.ended_at = mediation.ended_at or now()
    mediation.ending_person_id = None
    mediation.destroyed_at = now()
    session.add(mediation)
    after_commit_forget(session, Erased.MEDIATIONS)
    for person in people:
        open_keys.lock_person(person.id)
    return mediation.uid


def everybody(session: Session, mediation_id: int) -> list[MediationPerson]:
    """Return all who were ever invited to a mediation, those who left too."""
    return list(
        session.exec(select(MediationPerson).where(MediationPerson.mediation_id == mediation_id)).all()
    )
