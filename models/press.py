"""A press on the next action of a meeting: done once, and only while it still means what stood on the button."""

from sqlmodel import Session

from models.basics.errors import ChangedMeanwhile
from models.next_deed import Next, NextDeed, next_deed
from models.storage.finding import existing
from models.tables import Workshop
from models.voting.round import close_and_reveal, reveal_round, show_item
from models.workshop.workshop import take_room_to


def press_next(
    session: Session,
    *,
    who: str,
    workshop_id: int,
    meaning: str,
    step: str | None = None,
    voices_seen: int | None = None,
) -> None:
    """Do the next action of a meeting, or take the room to `step`, where it still has the `meaning` of the button.

    In one transaction: of two who press at the same moment one is done. Raises `ChangedMeanwhile` for the other, and
    what the action itself raises.
    """
    workshop = existing(session, Workshop, workshop_id, lock=True)
    deed = next_deed(session, workshop)
    if deed.meaning != meaning:
        raise ChangedMeanwhile
    reached = step or deed.step
    if step is None and deed.lacks is not None:
        return
    if reached is not None:
        take_room_to(session, who=who, workshop_id=workshop_id, step=reached)
    elif deed.round_id is not None:
        _of_round(session, who, deed, deed.round_id, voices_seen)


def _of_round(session: Session, who: str, deed: NextDeed, round_id: int, voices_seen: int | None) -> None:
    if deed.kind is Next.SHOW_TEXT:
        show_item(session, who=who, round_id=round_id, position=deed.position)
    elif deed.kind is Next.CLOSE:
        close_and_reveal(session, who=who, round_id=round_id, voices_seen=voices_seen)
    elif deed.kind is Next.REVEAL:
        reveal_round(session, who=who, round_id=round_id, voices_seen=voices_seen)
