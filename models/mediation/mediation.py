"""Mediations as a facilitator may know them: begun, ongoing, ended."""

import secrets
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from models.basics.clock import now
from models.basics.errors import InvalidValue, MediationEnded, MediatorCameIn
from models.mediation.destroying import destroy_mediation, everybody
from models.mediation.people import Invitation, invite, something_happened
from models.mediation.stopping import has_ended
from models.storage.chain import record
from models.storage.finding import existing
from models.tables import Alliance, Mediation, MediationPerson, MediationRequest


@dataclass(frozen=True)
class MediationRow:
    """All that a facilitator sees of a mediation."""

    id: int
    number: int
    is_ended: bool


def begin_mediation(
    session: Session,
    *,
    who: str,
    alliance_id: int,
    request_id: int | None = None,
    token: str = "",
    code: str = "",
) -> Invitation:
    """Begin a mediation, and return the invitation of its mediator, which is shown once.

    The mediator is named in the message that a facilitator sends, and nowhere here.
    """
    existing(session, Alliance, alliance_id, lock=True)
    highest = session.exec(
        select(func.max(Mediation.number)).where(Mediation.alliance_id == alliance_id)
    ).one()
    mediation = Mediation(
        uid=secrets.token_hex(16),
        alliance_id=alliance_id,
        number=(highest or 0) + 1,
        begun_at=now(),
        quiet_since=now().date(),
    )
    session.add(mediation)
    session.flush()
    if request_id is not None:
        asked = existing(session, MediationRequest, request_id)
        if asked.alliance_id != alliance_id:
            raise InvalidValue("request", request_id)
        asked.mediation_id = mediation.id
        session.add(asked)
    record(session, alliance_id=alliance_id, who=who, what="mediation begun", number=mediation.number)
    return invite(session, mediation.id, None, token, code)


def name_another_mediator(
    session: Session, *, who: str, mediation_id: int, token: str = "", code: str = ""
) -> Invitation:
    """Invite another mediator, who takes over on coming in; until then nothing changes. Raises `MediationEnded`."""
    mediation = existing(session, Mediation, mediation_id, lock=True)
    if mediation.ended_at is not None:
        raise MediationEnded
    waiting = session.exec(
        select(MediationPerson).where(
            MediationPerson.mediation_id == mediation_id,
            col(MediationPerson.party_id).is_(None),
            col(MediationPerson.public_key).is_(None),
            col(MediationPerson.left_at).is_(None),
        )
    ).all()
    for person in waiting:
        # A link that nobody came in by opens nothing any more.
        person.left_at = now()
        session.add(person)
    something_happened(session, mediation)
    record(
        session,
        alliance_id=mediation.alliance_id,
        who=who,
        what="another mediator asked",
        number=mediation.number,
    )
    return invite(session, mediation_id, None, token, code)


def call_off(session: Session, *, who: str, mediation_id: int) -> None:
    """End a mediation whose mediator never came in. Raises `MediatorCameIn`: then only who is in it ends it."""
    mediation = existing(session, Mediation, mediation_id, lock=True)
    if mediation.ended_at is not None:
        return
    if any(person.pair for person in everybody(session, mediation_id)):
        raise MediatorCameIn
    destroy_mediation(session, mediation)
    record(
        session, alliance_id=mediation.alliance_id, who=who, what="mediation ended", number=mediation.number
    )


def list_mediations(session: Session, alliance_id: int) -> list[MediationRow]:
    """Return the mediations of an alliance by number: ongoing or ended, and nothing else."""
    return [
        MediationRow(found.id, found.number, has_ended(found))
        for found in session.exec(
            select(Mediation).where(Mediation.alliance_id == alliance_id).order_by(col(Mediation.number))
        ).all()
    ]
