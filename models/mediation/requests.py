"""Who asks for a mediation, by a line that a facilitator reads; it leaves with the ask."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.text import NOTE_LIMIT, one_line
from models.basics.words import Erased
from models.storage.finding import existing
from models.storage.writing import after_commit_forget
from models.tables import Alliance, MediationRequest, Participant, Partner, Workshop

LINE_LIMIT = NOTE_LIMIT


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
