"""How a mediation ends: somebody stops it, its parties leave, or nobody does anything in it for a year."""

from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.errors import MediationEnded, MediationLocked
from models.mediation.destroying import destroyed_on
from models.mediation.people import party_leaves, something_happened, taking_part
from models.storage.chain import record
from models.storage.finding import existing
from models.tables import Mediation, MediationParty, MediationPerson

BY_ITSELF = "Handslag"
TAKE_BACK_MINUTES = 10
# Quiet for a year it ends by itself; in the last month everybody in it reads so.
QUIET_DAYS = 365
WARNED_DAYS = 31


def has_ended(mediation: Mediation, at: datetime | None = None) -> bool:
    """Return whether a mediation has ended: ten minutes after somebody stopped it, quiet for a year, or for long."""
    return ended_moment(mediation, at) is not None


def ended_moment(mediation: Mediation, at: datetime | None = None) -> datetime | None:
    """Return when a mediation ended; None as long as it goes on, or its stop can be taken back."""
    moment = at or now()
    if mediation.ended_at is not None:
        return mediation.ended_at
    if mediation.ending_at is not None and moment >= takes_back_until(mediation.ending_at):
        return mediation.ending_at
    quiet = datetime.combine(ends_quiet_on(mediation), time(), UTC)
    return quiet if moment >= quiet else None


def takes_back_until(stopped_at: datetime) -> datetime:
    """Return until when a stop can be taken back."""
    return stopped_at + timedelta(minutes=TAKE_BACK_MINUTES)


def has_left(party: MediationParty | None) -> bool:
    """Return whether a party has left: for long, or since its ten minutes are over."""
    if party is None:
        return False
    return party.left_at is not None or (
        party.leaving_at is not None and now() >= takes_back_until(party.leaving_at)
    )


def leavers(session: Session, mediation_id: int) -> list[MediationParty]:
    """Return the parties whose ten minutes are over and whose keys were not taken yet, the first first."""
    found = session.exec(
        select(MediationParty)
        .where(
            MediationParty.mediation_id == mediation_id,
            col(MediationParty.leaving_at).is_not(None),
            col(MediationParty.left_at).is_(None),
        )
        .order_by(col(MediationParty.leaving_at))
    ).all()
    return [party for party in found if has_left(party)]


def ends_quiet_on(mediation: Mediation) -> date:
    """Return on which day it ends by itself, if nobody does anything in it before."""
    return mediation.quiet_since + timedelta(days=QUIET_DAYS)


def stop_mediation(session: Session, *, person_id: int) -> None:
    """Stop, by anybody in it and without a reason. Nobody is told for ten minutes.

    Of three or more parties the one that stops leaves, and the others go on; else it ends for all.
    """
    person = existing(session, MediationPerson, person_id)
    mediation = existing(session, Mediation, person.mediation_id, lock=True)
    if has_ended(mediation) or _begins_to_leave(session, person):
        return
    if mediation.ending_at is None:
        mediation.ending_at, mediation.ending_person_id = now(), person_id
        session.add(mediation)


def take_back_stop(session: Session, *, person_id: int) -> None:
    """Go on after all, by who stopped it, within ten minutes. Raises `MediationEnded`."""
    person = existing(session, MediationPerson, person_id)
    mediation = existing(session, Mediation, person.mediation_id, lock=True)
    if has_ended(mediation):
        raise MediationEnded
    if person.left_at is not None or has_left(session.get(MediationParty, person.party_id or 0)):
        raise MediationLocked
    party = session.get(MediationParty, person.party_id) if person.party_id else None
    if party is not None and party.leaving_person_id == person_id:
        party.leaving_at = party.leaving_person_id = None
        session.add(party)
    if mediation.ending_person_id == person_id:
        mediation.ending_at = mediation.ending_person_id = None
        session.add(mediation)


def end_stopped(session: Session) -> int:
    """End what was stopped more than ten minutes ago or is quiet for a year, and let parties that stopped leave.

    Return how many ended. Who stopped is forgotten.
    """
    ended = 0
    for mediation in session.exec(select(Mediation).where(col(Mediation.ended_at).is_(None))).all():
        moment = ended_moment(mediation)
        if moment is None and leavers(session, mediation.id):
            session.refresh(mediation, with_for_update=True)
            moment = _let_leavers_go(session, mediation.id)
        if moment is not None:
            _end(session, mediation, moment)
            ended += 1
    return ended


def keep_going(session: Session, *, person_id: int) -> None:
    """Say that a quiet mediation is still needed, by anybody in it: its year begins anew. Raises `MediationEnded`."""
    person = existing(session, MediationPerson, person_id)
    mediation = existing(session, Mediation, person.mediation_id, lock=True)
    if has_ended(mediation):
        raise MediationEnded
    something_happened(session, mediation)


def _begins_to_leave(session: Session, person: MediationPerson) -> bool:
    """Let the party of a person leave, where at least two others go on; return whether it does so."""
    party = session.get(MediationParty, person.party_id) if person.party_id else None
    if party is None:
        return False
    others = [one for one in taking_part(session, person.mediation_id) if one.id != party.id]
    if len(others) < 2:
        return False
    if party.leaving_at is None:
        party.leaving_at, party.leaving_person_id = now(), person.id
        session.add(party)
    return True


def _let_leavers_go(session: Session, mediation_id: int) -> datetime | None:
    """Let the parties whose ten minutes are over leave; return when the last did, where fewer than two go on."""
    for party in leavers(session, mediation_id):
        assert party.leaving_at is not None
        party.leaving_person_id = None
        party_leaves(session, party, party.leaving_at)
        if len(taking_part(session, mediation_id)) < 2:
            return party.leaving_at
    return None


def _end(session: Session, mediation: Mediation, moment: datetime) -> None:
    mediation.ended_at = moment
    mediation.ending_person_id = None
    mediation.destroy_on = destroyed_on(moment.date())
    session.add(mediation)
    record(
        session,
        alliance_id=mediation.alliance_id,
        who=BY_ITSELF,
        what="mediation ended",
        number=mediation.number,
    )
