"""What a meeting asks for next of who leads it: one deed at a time, whose whole meaning is known before it is done.

Opening (a round, signing) is never among them: that is done on a page, where one has just read what opens. The end of a
meeting is: a press on it asks first.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from models.basics.words import BuildingBlock, Phase, SubjectKind, WorkshopState
from models.needs_of_alliance import NEEDS as NEEDS_OF_ALLIANCE
from models.needs_of_alliance import Lacks
from models.tables import Workshop
from models.voting.round_views import RoundView, last_round
from models.voting.texts_waiting import text_that_waits
from models.workshop.programme import programme

NEEDS = {BuildingBlock.ALLIANCE.value: NEEDS_OF_ALLIANCE}


class Next(StrEnum):
    """The kinds of deeds."""

    BEGIN = "begin"
    SHOW_TEXT = "show text"
    CLOSE = "close"
    REVEAL = "reveal"
    NEXT_TEXT = "next text"
    GO_ON = "go on"
    END = "end"
    NOTHING = "nothing"


@dataclass(frozen=True)
class NextDeed:
    """The deed, with what it is done to; `lacks` tells what has to be there first.

    `meaning` differs as soon as the deed, or where it leaves from, is another one: not with each vote. A press that was
    drawn with another meaning is not done. The next text is only shown to who leads: a round is opened on the page.
    """

    kind: Next
    meaning: str
    step: str | None = None
    round_id: int | None = None
    position: int | None = None
    count: int = 0
    is_key_lost: bool = False
    lacks: Lacks | None = None


def next_deed(session: Session, workshop: Workshop) -> NextDeed:
    """Return what a meeting asks for next."""
    block = programme(workshop.block)
    if workshop.state == WorkshopState.PREPARED:
        return NextDeed(Next.BEGIN, _meaning(workshop, None), step=block.first)
    if workshop.state == WorkshopState.OVER:
        return NextDeed(Next.NOTHING, _meaning(workshop, None))
    latest = last_round(session, workshop.id)
    meaning = _meaning(workshop, latest)
    if latest is not None and latest.phase == Phase.OPEN:
        at, count = latest.shown_position, len(latest.items)
        if at is not None and at < count and not latest.is_key_lost:
            return NextDeed(Next.SHOW_TEXT, meaning, round_id=latest.id, position=at + 1, count=count)
        return NextDeed(Next.CLOSE, meaning, round_id=latest.id, is_key_lost=latest.is_key_lost)
    if latest is not None and latest.phase == Phase.CLOSED and block.step(workshop.step).takes_votes:
        return NextDeed(Next.REVEAL, meaning, round_id=latest.id)
    asks_principles = block.step(workshop.step).takes_votes_on(SubjectKind.PRINCIPLE)
    if latest is not None and latest.phase == Phase.REVEALED and asks_principles:
        waits = text_that_waits(session, workshop.alliance_id)
        if waits is not None:
            return NextDeed(
                Next.NEXT_TEXT, f"{meaning} text {waits.number}", position=waits.place, count=waits.count
            )
    following = block.next(workshop.step)
    if following is None:
        return NextDeed(Next.END, meaning)
    return NextDeed(Next.GO_ON, meaning, step=following, lacks=_lacking(session, workshop))


def _meaning(workshop: Workshop, latest: RoundView | None) -> str:
    of_round = (latest.id, latest.phase.value, latest.shown_position) if latest is not None else ()
    return " ".join(str(part) for part in (workshop.id, workshop.state, workshop.step, *of_round))


def _lacking(session: Session, workshop: Workshop) -> Lacks | None:
    """Return what the room needs first. In a block that names nothing one goes on at will."""
    needed = NEEDS.get(workshop.block, {}).get(workshop.step)
    if needed is None:
        return None
    lacks, has_it = needed
    return None if has_it(session, workshop) else lacks
