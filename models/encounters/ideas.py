"""What tables take along: one idea each, with a first step; let through by who leads, made a proposal with one tap."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from models.basics.clock import now
from models.basics.errors import ChangedMeanwhile, NoMeetingAhead, NotAdmitted, NotSeated, WorkshopOver
from models.basics.text import LINE_LIMIT, NAME_LIMIT, NOTE_LIMIT, STATEMENT_LIMIT, one_line, required_text
from models.basics.words import ProposalKind, WorkshopState
from models.drafting.ahead import meeting_ahead
from models.drafting.support import SupportGiven, drop_support, give_support
from models.encounters.evening import read_evening
from models.encounters.joined import joined_tables
from models.storage.chain import record
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.tables import Idea, IdeaSupport, Participant, Proposal, Seat, Workshop
from models.workshop.participant import admitted
from models.workshop.presence import is_here

TABLE_NAME_LIMIT = 60


@dataclass(frozen=True)
class IdeaView:
    """A table's idea. It `is_wish` while nobody knows a first step. `proposal_code`: where it is proposed.

    `support` is how many people support it: that stays with the evening, and does not go along with the proposal.
    """

    id: int
    table: int
    text: str
    first_step: str
    taker: str
    version: int
    is_shown: bool
    proposal_code: str | None = None
    support: int = 0

    @property
    def is_wish(self) -> bool:
        return not self.first_step


def last_table(session: Session, workshop_id: int, participant_id: int) -> int | None:
    """Return at which table somebody sat last; None where they sat nowhere."""
    seat = session.exec(
        select(Seat)
        .where(
            Seat.workshop_id == workshop_id,
            Seat.participant_id == participant_id,
            Seat.round <= read_evening(session, workshop_id).round_now,
        )
        .order_by(col(Seat.round).desc())
        .limit(1)
    ).first()
    if seat is None:
        return None
    return joined_tables(session, workshop_id, seat.round).get(seat.table_number, seat.table_number)


def send_idea(
    session: Session, *, participant_id: int, text: str, first_step: str, taker: str, version: int
) -> IdeaView:
    """Store what the table of a participant takes along, or change it: `version` is the one that they saw, 0 for none.

    The same words again change nothing. Raises `ChangedMeanwhile` where somebody of the table was first, or it is shown
    already; `NotSeated`, `NotAdmitted`, `WorkshopOver`, `TextMissing`, `TextTooLong`.
    """
    person = existing(session, Participant, participant_id)
    workshop = existing(session, Workshop, person.workshop_id, lock=True)
    if not is_here(person):
        raise NotAdmitted
    if workshop.state == WorkshopState.OVER:
        raise WorkshopOver
    table = last_table(session, workshop.id, participant_id)
    if table is None:
        raise NotSeated
    words = required_text(text, field="idea", limit=STATEMENT_LIMIT)
    step = one_line(first_step, field="first_step", limit=NOTE_LIMIT, is_required=False)
    who = one_line(taker, field="taker", limit=NAME_LIMIT, is_required=False)
    idea = session.exec(
        select(Idea).where(Idea.workshop_id == workshop.id, Idea.table_number == table)
    ).first()
    if idea is not None and (idea.text, idea.first_step, idea.taker) == (words, step, who):
        return _view(idea)
    if (idea.version if idea else 0) != version or (idea is not None and idea.shown_at is not None):
        raise ChangedMeanwhile
    if idea is None:
        idea = Idea(workshop_id=workshop.id, table_number=table, text=words, version=0, sent_at=now())
    elif idea.text != words:
        drop_support(session, IdeaSupport, idea.id)
    idea.text, idea.first_step, idea.taker = words, step, who
    idea.version += 1
    idea.participant_id, idea.sent_at = participant_id, now()
    session.add(idea)
    session.flush()
    page_changed(session, workshop.id, content=True)
    return _view(idea)


def list_ideas(session: Session, workshop_id: int) -> list[IdeaView]:
    """Return what the tables take along, by table."""
    codes = dict(
        session.exec(
            select(Proposal.idea_id, Workshop.code)
            .join(Workshop, col(Workshop.id) == Proposal.workshop_id)
            .join(Idea, col(Idea.id) == Proposal.idea_id)
            .where(Idea.workshop_id == workshop_id, col(Proposal.withdrawn_at).is_(None))
        ).all()
    )
    support = dict(
        session.exec(
            select(IdeaSupport.idea_id, func.count())
            .join(Idea, col(Idea.id) == IdeaSupport.idea_id)
            .where(Idea.workshop_id == workshop_id)
            .group_by(col(IdeaSupport.idea_id))
        ).all()
    )
    return [
        _view(idea, codes.get(idea.id), support.get(idea.id, 0))
        for idea in session.exec(
            select(Idea).where(Idea.workshop_id == workshop_id).order_by(col(Idea.table_number))
        ).all()
    ]


def by_support(ideas: Sequence[IdeaView]) -> list[IdeaView]:
    """Return ideas with the most support first, those with as much by table."""
    return sorted(ideas, key=lambda idea: (-idea.support, idea.table))


def support_idea(session: Session, *, participant_id: int, idea_id: int, on: bool) -> SupportGiven:
    """Support a shown idea, or take the support back, as with a proposal.

    A table does not support its own. Raises `NotFound`, `NotAdmitted`, `WorkshopOver`.
    """
    participant = admitted(session, participant_id)
    idea = session.get(Idea, idea_id)
    is_shown = (
        idea is not None
        and idea.workshop_id == participant.workshop_id
        and idea.shown_at is not None
        and idea.table_number != last_table(session, participant.workshop_id, participant_id)
    )
    wanted = IdeaSupport(idea_id=idea_id, participant_id=participant_id)
    return SupportGiven(idea_id, on, give_support(session, participant, wanted, is_shown=is_shown, on=on))


def ideas_supported_by(session: Session, participant_id: int) -> set[int]:
    """Return the ids of the ideas that a participant supports."""
    return set(
        session.exec(select(IdeaSupport.idea_id).where(IdeaSupport.participant_id == participant_id)).all()
    )


def show_idea(session: Session, *, who: str, idea_id: int, is_shown: bool) -> None:
    """Let an idea through to phones and projector, or take it off them. Harmless when repeated."""
    idea = existing(session, Idea, idea_id, lock=True)
    workshop = existing(session, Workshop, idea.workshop_id)
    if (idea.shown_at is not None) is is_shown:
        return
    idea.shown_at = now() if is_shown else None
    session.add(idea)
    record(
        session,
        alliance_id=workshop.alliance_id,
        who=who,
        what="idea shown" if is_shown else "idea hidden",
        workshop=workshop.code,
        number=idea.table_number,
    )
    page_changed(session, workshop.id, content=True)


def show_ideas(session: Session, *, who: str, idea_ids: Sequence[int]) -> None:
    """Let all these ideas through, as who leads read them: what came later waits."""
    for idea_id in idea_ids:
        show_idea(session, who=who, idea_id=idea_id, is_shown=True)


def propose_idea(session: Session, *, who: str, idea_id: int, table_name: str) -> str:
    """Make a proposal of an idea, in the alliance's next meeting, and return the code of that meeting.

    A second time it is the same proposal. `table_name` is how its source is called there. Raises `NoMeetingAhead`.
    """
    idea = existing(session, Idea, idea_id, lock=True)
    evening = existing(session, Workshop, idea.workshop_id)
    before = session.exec(
        select(Workshop.code)
        .join(Proposal, col(Proposal.workshop_id) == Workshop.id)
        .where(Proposal.idea_id == idea_id, col(Proposal.withdrawn_at).is_(None))
        .limit(1)
    ).first()
    if before is not None:
        return before
    meeting = meeting_ahead(session, evening.alliance_id)
    if meeting is None:
        raise NoMeetingAhead
    moment = now()
    session.add(
        Proposal(
            workshop_id=meeting.id,
            kind=ProposalKind.PRINCIPLE,
            text=idea.text,
            table_name=one_line(table_name, field="table_name", limit=min(TABLE_NAME_LIMIT, LINE_LIMIT)),
            sent_at=moment,
            shown_at=moment,
            idea_id=idea_id,
        )
    )
    record(
        session,
        alliance_id=evening.alliance_id,
        who=who,
        what="idea proposed",
        workshop=evening.code,
        number=idea.table_number,
    )
    page_changed(session, meeting.id, content=True)
    page_changed(session, evening.id)
    return meeting.code


def _view(idea: Idea, code: str | None = None, support: int = 0) -> IdeaView:
    return IdeaView(
        idea.id,
        idea.table_number,
        idea.text,
        idea.first_step,
        idea.taker,
        idea.version,
        idea.shown_at is not None,
        code,
        support,
    )
