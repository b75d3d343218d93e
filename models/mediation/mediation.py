"""Mediations as a facilitator may know them: asked for, ongoing, ended; and what time does to them."""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from models.basics.clock import now
from models.basics.errors import InvalidValue, MediationEnded, MediationLocked, MediatorCameIn
from models.basics.keys import data_folder
from models.basics.text import NOTE_LIMIT, one_line
from models.basics.words import Erased
from models.mediation.opened import open_keys
from models.mediation.people import (
    Invitation,
    invite,
    party_leaves,
    something_happened,
    taking_part,
)
from models.storage.chain import record
from models.storage.finding import existing
from models.storage.writing import after_commit_forget
from models.tables import (
    Alliance,
    Mediation,
    MediationAudience,
    MediationItem,
    MediationKey,
    MediationParty,
    MediationPerson,
    MediationRequest,
    Participant,
    Partner,
    Workshop,
)

BY_ITSELF = "Handslag"
# Aftercare: after six weeks and after three months. Ninety days after its last day every key is thrown away.
AFTERCARE_DAYS = (42, 91)
KEPT_DAYS = 90
TAKE_BACK_MINUTES = 10
# Quiet for a year it ends by itself; in the last month everybody in it reads so.
QUIET_DAYS = 365
WARNED_DAYS = 31
LINE_LIMIT = NOTE_LIMIT


@dataclass(frozen=True)
class MediationRow:
    """All that a facilitator sees of a mediation."""

    id: int
    number: int
    is_ended: bool


@dataclass(frozen=True)
class RequestRow:
    """Somebody asked for a mediation: by name, or as a participant by number."""

    id: int
    line: str
    asked_by: str
    participant_number: int | None
    asked_at: datetime


def ask_for_mediation(session: Session, *, who: str, alliance_id: int, line: str) -> int:
    """Note, as a facilitator, that somebody asks for a mediation, in one neutral line.

    No event tells of it: the chain is for ever, and an ask is not. Raises `TextMissing`, `TextTooLong`.
    """
    return _ask(session, alliance_id, line, asked_by=who)


def ask_as_partner(session: Session, *, partner_id: int, line: str) -> int:
    """Ask for a mediation as a partner. Asked again it is another line in the same ask."""
    partner = existing(session, Partner, partner_id)
    return _ask(session, partner.alliance_id, line, partner_id=partner.id)


def ask_as_participant(session: Session, *, participant_id: int, line: str) -> int:
    """Ask for a mediation as a participant. Asked again it is another line in the same ask."""
    participant = existing(session, Participant, participant_id)
    workshop = existing(session, Workshop, participant.workshop_id)
    return _ask(session, workshop.alliance_id, line, participant_id=participant.id)


def withdraw_ask(
    session: Session, *, partner_id: int | None = None, participant_id: int | None = None
) -> None:
    """Take one's own ask back. Of one that has a mediator by now the line goes too."""
    for found in _asks_of(session, partner_id, participant_id):
        session.delete(found)
        after_commit_forget(session, Erased.MEDIATIONS)


def asked_line(session: Session, *, partner_id: int | None = None, participant_id: int | None = None) -> str:
    """Return the line with which somebody asks for a mediation; empty where they do not."""
    return next((found.line for found in _asks_of(session, partner_id, participant_id)), "")


def withdraw_request(session: Session, *, who: str, request_id: int) -> None:
    """Delete an ask that leads to no mediation. `who` is asked of every facilitator's action."""
    found = session.get(MediationRequest, request_id)
    if found is not None:
        session.delete(found)
        after_commit_forget(session, Erased.MEDIATIONS)


def list_requests(session: Session, alliance_id: int) -> list[RequestRow]:
    """Return what was asked for and has no mediator yet, oldest first."""
    found = session.exec(
        select(MediationRequest, Partner, Participant)
        .outerjoin(Partner, col(Partner.id) == col(MediationRequest.partner_id))
        .outerjoin(Participant, col(Participant.id) == col(MediationRequest.participant_id))
        .where(MediationRequest.alliance_id == alliance_id, col(MediationRequest.mediation_id).is_(None))
        .order_by(col(MediationRequest.id))
    ).all()
    return [
        RequestRow(
            asked.id,
            asked.line,
            partner.name if partner else (participant.name or "") if participant else asked.asked_by,
            participant.number if participant else None,
            asked.asked_at,
        )
        for asked, partner, participant in found
    ]


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
    if any(person.pair for person in _everybody(session, mediation_id)):
        raise MediatorCameIn
    _destroy(session, mediation)
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


def destroyed_on(ended_on: date) -> date:
    """Return on which day every text of a mediation that ends on this day is destroyed."""
    return ended_on + timedelta(days=AFTERCARE_DAYS[-1] + KEPT_DAYS)


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


def destroy_due(session: Session, *, on: date | None = None) -> list[str]:
    """Throw away every key and text of the mediations whose day has come; return their names for `keep_destroyed`."""
    return [_destroy(session, mediation) for mediation in _due(session, on)]


def destroy_again(session: Session, *, uids: list[str]) -> int:
    """Destroy what was destroyed before, and stands here again: an older copy was put back."""
    found = session.exec(
        select(Mediation).where(col(Mediation.uid).in_(uids), col(Mediation.destroyed_at).is_(None))
    ).all()
    for mediation in found:
        _destroy(session, mediation)
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


def _ask(
    session: Session,
    alliance_id: int,
    line: str,
    *,
    asked_by: str = "",
    partner_id: int | None = None,
    participant_id: int | None = None,
) -> int:
    existing(session, Alliance, alliance_id)
    text = one_line(line, field="line", limit=LINE_LIMIT)
    asked = next(iter(_asks_of(session, partner_id, participant_id)), None) or MediationRequest(
        alliance_id=alliance_id,
        line=text,
        asked_by=asked_by,
        partner_id=partner_id,
        participant_id=participant_id,
        asked_at=now(),
    )
    asked.line = text
    session.add(asked)
    session.flush()
    return asked.id


def _asks_of(session: Session, partner_id: int | None, participant_id: int | None) -> list[MediationRequest]:
    if partner_id is None and participant_id is None:
        return []
    column, value = (
        (MediationRequest.partner_id, partner_id)
        if participant_id is None
        else (MediationRequest.participant_id, participant_id)
    )
    return list(session.exec(select(MediationRequest).where(column == value)).all())


def _destroy(session: Session, mediation: Mediation) -> str:
    connection = session.connection()
    people = _everybody(session, mediation.id)
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


def _everybody(session: Session, mediation_id: int) -> list[MediationPerson]:
    return list(
        session.exec(select(MediationPerson).where(MediationPerson.mediation_id == mediation_id)).all()
    )
