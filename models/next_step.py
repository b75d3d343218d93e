"""The next step of an alliance, between its meetings as well as in them: computed from what is stored, never typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlmodel import Session, func, select

from models.alliance.partner import read_partners
from models.basics.words import AgreementState, WorkshopState
from models.installation.address import public_address
from models.progress.following import Followed, read_followed
from models.progress.standing import SILENT_AFTER
from models.signing.agenda import read_agenda
from models.tables import Agreement, Alliance
from models.workshop.meetings import WorkshopRow, next_meeting
from models.workshop.workshop import read_workshop

# The address for phones is tried in the room: before that it says nothing.
ADDRESS_FROM = timedelta(days=1)


class Asks(StrEnum):
    """What an alliance asks for next."""

    MEETING = "a first meeting"
    PARTNERS = "partners"
    PREPARING = "preparing the meeting"
    ADDRESS = "an address for phones"
    BEGINNING = "beginning the meeting"
    LEADING = "leading the meeting"
    FREEZING = "freezing the text"
    CLOSING = "closing signing"
    CALLING = "calling who is late or silent"
    MEETING_AGAIN = "planning the meeting that was promised"
    FOLLOWING = "following agreements"


@dataclass(frozen=True)
class NextStep:
    """What is asked for, and of which meeting, with what is known of it.

    `days` there are until then, fewer than none once it is past; `count` partners are there, or answered, of `among`;
    `next_on` is the day on which one promised to meet again.
    """

    asks: Asks
    meeting: WorkshopRow | None = None
    days: int = 0
    count: int = 0
    among: int = 0
    next_on: date | None = None
    followed: Sequence[Followed] = ()


def next_step(session: Session, alliance: Alliance, meetings: Sequence[WorkshopRow], today: date) -> NextStep:
    """Return what an alliance with these meetings asks for on `today`, a day in its time zone."""
    meeting = next_meeting(meetings)
    if meeting is None:
        return NextStep(Asks.MEETING)
    if meeting.state == WorkshopState.OPEN:
        return NextStep(Asks.LEADING, meeting)
    if meeting.state == WorkshopState.PREPARED:
        return _before(session, alliance, meeting, today)
    return _after(session, alliance, meeting, meetings, today)


def _before(session: Session, alliance: Alliance, meeting: WorkshopRow, today: date) -> NextStep:
    partners = len(read_partners(session, alliance.id))
    days = (meeting.held_on - today).days
    if not partners:
        asks = Asks.PARTNERS
    elif meeting.held_on > today + ADDRESS_FROM:
        asks = Asks.PREPARING
    elif public_address(session) is None:
        asks = Asks.ADDRESS
    else:
        asks = Asks.BEGINNING
    return NextStep(asks, meeting, days=days, count=partners)


def _after(
    session: Session,
    alliance: Alliance,
    meeting: WorkshopRow,
    meetings: Sequence[WorkshopRow],
    today: date,
) -> NextStep:
    agenda = read_agenda(session, meeting.id)
    if agenda is None and _has_agreements(session, alliance.id):
        return NextStep(Asks.FREEZING, meeting)
    if agenda is not None and agenda.closed_at is None:
        answered = sum(one.answer is not None for one in agenda.partners)
        return NextStep(Asks.CLOSING, meeting, count=answered, among=len(agenda.partners))
    followed = read_followed(session, alliance.id, today)
    next_on = read_workshop(session, meeting.id).next_meeting_on
    # Right after a meeting nobody has told anything yet, and nobody is asked to.
    counts_silence = today - meeting.held_on >= SILENT_AFTER
    if any(
        one.standing.is_late or (one.standing.is_silent and (counts_silence or one.last_word is not None))
        for one in followed
    ):
        return NextStep(Asks.CALLING, meeting, next_on=next_on, followed=followed)
    if next_on is not None and next_on >= today and all(one.held_on < next_on for one in meetings):
        return NextStep(Asks.MEETING_AGAIN, meeting, days=(next_on - today).days, next_on=next_on)
    return NextStep(Asks.FOLLOWING, meeting, followed=followed)


def _has_agreements(session: Session, alliance_id: int) -> bool:
    standing = select(func.count()).where(
        Agreement.alliance_id == alliance_id, Agreement.state == AgreementState.OPEN
    )
    return session.exec(standing).one() > 0
