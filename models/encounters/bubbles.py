"""Which bubbles are somebody's, asked to seat them by: where they belong beside their group.

Asked on the phone once somebody is in, beside what is done with it, and not in the form at the door; so it may be
skipped with a button as large, and is asked of who comes late too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.basics.errors import AlreadySeated, InvalidValue, NotAdmitted, WorkshopOver
from models.basics.words import BuildingBlock, Mixing, WorkshopState
from models.encounters.evening import read_evening
from models.encounters.mixing import is_seated
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.tables import Bubble, BubblesTold, Group, Participant, Workshop
from models.workshop.participant import check_groups
from models.workshop.presence import is_here


@dataclass(frozen=True)
class OwnBubbles:
    """Which of the groups, by id, are somebody's bubbles. `is_seated`: they change no more."""

    groups: tuple[int, ...]
    has_answered: bool
    is_seated: bool


def asks_bubbles(session: Session, workshop_id: int) -> bool:
    """Return whether people are asked for their bubbles: where tables use them, and there is something to choose."""
    if read_evening(session, workshop_id).bubbles_mixing == Mixing.ASIDE:
        return False
    groups = (
        select(Group.id)
        .join(Workshop, col(Workshop.alliance_id) == Group.alliance_id)
        .where(Workshop.id == workshop_id)
    )
    return len(session.exec(groups.limit(2)).all()) > 1


def own_bubbles(session: Session, workshop_id: int, participant_id: int) -> OwnBubbles:
    """Return what somebody said of their bubbles."""
    groups = session.exec(
        select(Bubble.group_id).where(Bubble.participant_id == participant_id).order_by(col(Bubble.group_id))
    ).all()
    return OwnBubbles(
        tuple(groups),
        bool(groups) or session.get(BubblesTold, participant_id) is not None,
        is_seated(session, workshop_id, participant_id),
    )


def choose_bubbles(session: Session, *, participant_id: int, group_ids: Sequence[int]) -> None:
    """Store which bubbles are somebody's, in place of what they said before; none skips. The same changes nothing.

    The own group is never among them. Raises `AlreadySeated` once the coming tables were divided with them,
    `WorkshopOver`, `NotAdmitted`, `InvalidValue`.
    """
    person = existing(session, Participant, participant_id)
    workshop = existing(session, Workshop, person.workshop_id, lock=True)
    if not is_here(person):
        raise NotAdmitted
    if workshop.block != BuildingBlock.ENCOUNTERS or not asks_bubbles(session, workshop.id):
        raise InvalidValue("block", workshop.block)
    if workshop.state == WorkshopState.OVER:
        raise WorkshopOver
    check_groups(session, workshop, list(group_ids))
    wanted = set(group_ids) - {person.group_id}
    standing = {
        bubble.group_id: bubble
        for bubble in session.exec(select(Bubble).where(Bubble.participant_id == participant_id)).all()
    }
    told = session.get(BubblesTold, participant_id)
    if told is not None and wanted == set(standing):
        return
    if is_seated(session, workshop.id, participant_id):
        raise AlreadySeated
    for group_id in set(standing) - wanted:
        session.delete(standing[group_id])
    session.add_all(
        Bubble(participant_id=participant_id, group_id=group_id) for group_id in wanted - set(standing)
    )
    if told is None:
        session.add(BubblesTold(participant_id=participant_id))
    page_changed(session, workshop.id)
