"""The next step of an alliance, between its meetings as well as in them: computed from what is stored, never typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlmodel import Session, func, select

from models.alliance.partner import read_partners
from models.basics.words import AgreementState, BuildingBlock, WorkshopState
from models.installation.address import public_address
from models.photo.meeting import answered_by_link
from models.planning.reading import plan_as_it_stands
from models.planning.standing import PlanAsks, PlanStep
from models.progress.following import Followed, read_followed
from models.progress.standing import SILENT_AFTER
from models.signing.agenda import read_agenda
from models.tables import Agreement, Alliance
from models.workshop.meetings import WorkshopRow, next_meeting
from models.workshop.workshop import read_workshop

# The address for phones is tried in the room: before that it says nothing.
ADDRESS_FROM = timedelta(days=1)
# A meeting that is further away than this lets a block of the plan go first whose month has come.
PLAN_GOES_FIRST_FROM = timedelta(days=31)
# A startfoto collects before its meeting: only this long beforehand it is the meeting that is prepared.
COLLECTS_UNTIL = timedelta(days=14)


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
    PLAN = "what the plan of approach asks"


@dataclass(frozen=True)
class NextStep:
    """What is asked for, and of which meeting, with what is known of it.

    `days` there are until then, fewer than none once it is past; `count` partners are there, or answered, of `among`;
    `next_on` is the day on which one promised to meet again; `plan` is what the plan asks, where that comes first.
    """

    asks: Asks
    meeting: WorkshopRow | None = None
    days: int = 0
    count: int = 0
    among: int = 0
    next_on: date | None = None
    followed: Sequence[Followed] = ()
    plan: PlanStep | None = None


def next_step(session: Session, alliance: Alliance, meetings: Sequence[WorkshopRow], today: date) -> NextStep:
    """Return what an alliance asks for on `today`, a day in its time zone: what these meetings ask, or what its plan of
    approach does.
    """
    by_link = answered_by_link(session, alliance.id, today)
    led = [one for one in meetings if one.id not in by_link or one.held_on == today]
    of_meetings = meeting_step(session, alliance, led, today)
    plan = plan_as_it_stands(session, alliance, today).step
    return NextStep(Asks.PLAN, plan=plan) if _plan_goes_first(plan, of_meetings) else of_meetings


def _plan_goes_first(plan: PlanStep, step: NextStep) -> bool:
    """Return whether what the plan asks comes before what the meetings ask.

    A block whose meetings are led here is asked for by them; what people wait for today is never put off.
    """
    if plan.asks is PlanAsks.CHOOSING:
        return step.asks in (Asks.MEETING, Asks.FOLLOWING)
    if plan.standing is None:
        return False
    led_here = step.meeting.block if step.meeting is not None else BuildingBlock.ALLIANCE
    if plan.standing.block == led_here:
        collects = led_here == BuildingBlock.BASELINE and plan.asks is PlanAsks.GOING_ON
        return collects and step.asks is Asks.PREPARING and timedelta(days=step.days) > COLLECTS_UNTIL
    if step.asks in (Asks.PREPARING, Asks.PARTNERS):
        is_now = plan.asks in (PlanAsks.BEGINNING, PlanAsks.MOVING, PlanAsks.GOING_ON)
        return is_now and timedelta(days=step.days) > PLAN_GOES_FIRST_FROM
    if step.asks is Asks.FOLLOWING:
        return plan.asks in (PlanAsks.BEGINNING, PlanAsks.MOVING, PlanAsks.GOING_ON)
    return step.asks is Asks.MEETING and plan.asks is not PlanAsks.CHOOSING_REST


def meeting_step(
    session: Session, alliance: Alliance, meetings: Sequence[WorkshopRow], today: date
) -> NextStep:
    """Return what these meetings of an alliance ask for on `today`, whatever its plan says."""
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
    if not partners and meeting.block == BuildingBlock.ALLIANCE:
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
