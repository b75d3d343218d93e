"""Rounds: opened with terms that are fixed, timed, shown item by item, revealed once."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.errors import InvalidValue, NothingToVoteOn, RoundClosed, RoundNotReady, RoundStillOpen
from models.basics.keys import seal
from models.basics.words import Decision, Erased, PrincipleStatus, Secrecy, WorkshopState
from models.drafting.wording import newest_version
from models.storage.changes import page_changed
from models.storage.writing import after_commit_forget
from models.tables import (
    Group,
    Participant,
    Principle,
    PrincipleVersion,
    Round,
    RoundItem,
    RoundParticipant,
    RoundSecret,
    Workshop,
)
from models.voting.asked import Question, Subject, same_question
from models.voting.ballots_at_close import cut_loose, read_at_close
from models.voting.cancelling import cancel_now, forget_cancelled, next_number
from models.voting.closing import close_round
from models.voting.decision import UNDECIDED
from models.voting.more_voices import acknowledge, check_at_opening, check_at_reveal
from models.voting.questions import may_be_asked_again, new_questions
from models.voting.round_steps import locked_round, record_of_round, to_first_page, was_asked_later
from models.voting.terms import Terms, checked_terms, rule_of, terms_of
from models.workshop.electorate import fix_rows
from models.workshop.presence import is_here
from models.workshop.programme import programme
from models.workshop.voices import Moment
from models.workshop.workshop import open_round_of, read_workshop

SECRET_BYTES = 32
NAMES_KEPT_DAYS = 30
LONGEST_TIMER_MINUTES = 120


@dataclass(frozen=True)
class RoundOpened:
    round_id: int
    number: int


def open_round(
    session: Session,
    *,
    who: str,
    workshop_id: int,
    about: Sequence[Subject],
    terms: Terms,
    minutes: int | None = None,
    is_one_at_a_time: bool = False,
    voices_seen: int | None = None,
) -> RoundOpened:
    """Open a round about these subjects, in this order, and take the room to voting.

    `minutes` starts a timer that the room sees; it closes nothing. One at a time shows the first item alone; votes on
    every item are taken all the while, so that no phone is ever too late. `voices_seen` is how many voices whoever
    opens has seen, where they clearly exceed the heads counted.

    Raises `RoundStillOpen`, `NothingToVoteOn` (also for a principle that is left out, or adopted where the round may
    adopt), `InvalidValue`, `MoreVoices`.
    """
    workshop = read_workshop(session, workshop_id)
    checked = checked_terms(terms)
    if open_round_of(session, workshop_id) is not None:
        raise RoundStillOpen
    questions = new_questions(session, workshop.alliance_id, about, checked.rule)
    return _open(
        session,
        who,
        workshop,
        questions,
        checked,
        voices_seen,
        ends_at=_after(minutes),
        # One dot budget goes over all items: they have to be seen side by side.
        is_one_at_a_time=is_one_at_a_time and checked.budget is None,
    )


def close_and_reveal(session: Session, *, who: str, round_id: int, voices_seen: int | None = None) -> None:
    """Close a round and show its result, both or neither: see `close_round` and `reveal_round`."""
    close_round(session, who=who, round_id=round_id)
    reveal_round(session, who=who, round_id=round_id, voices_seen=voices_seen)


def reveal_round(session: Session, *, who: str, round_id: int, voices_seen: int | None = None) -> None:
    """Show a closed round's result to everyone; its principles become adopted or not adopted by it.

    `voices_seen` is how many voices whoever shows it has seen, where they clearly exceed the heads counted.

    Done twice it is done once. Raises `RoundNotReady` while the round is open, and when it was asked anew or cancelled;
    `MoreVoices`.
    """
    revealed = locked_round(session, round_id)
    if revealed.closed_at is None or revealed.cancelled_at is not None:
        raise RoundNotReady
    if revealed.revealed_at is not None:
        return
    if _was_started_over(session, revealed):
        raise RoundNotReady
    workshop = read_workshop(session, revealed.workshop_id)
    if exceeding := check_at_reveal(session, revealed, workshop, voices_seen):
        voices, heads = exceeding
        acknowledge(session, revealed, who=who, moment=Moment.REVEALED, voices=voices, heads=heads)
    revealed.revealed_at = now()
    session.add(revealed)
    if rule_of(revealed).decides:
        _adopt(session, round_id)
    to_first_page(session, revealed.workshop_id)
    record_of_round(session, revealed, who, "round revealed")
    page_changed(session, revealed.workshop_id, content=True)


def _adopt(session: Session, round_id: int) -> None:
    """Let each principle whose newest wording was asked be what came out."""
    for item, principle in session.exec(
        select(RoundItem, Principle)
        .join(PrincipleVersion, col(PrincipleVersion.id) == RoundItem.version_id)
        .join(Principle, col(Principle.id) == PrincipleVersion.principle_id)
        .where(RoundItem.round_id == round_id)
    ).all():
        newest = newest_version(session, principle.id)
        if newest.id != item.version_id or principle.status == PrincipleStatus.LEFT_OUT:
            continue
        principle.status = {
            Decision.ADOPTED: PrincipleStatus.ADOPTED,
            Decision.NOT_ADOPTED: PrincipleStatus.NOT_ADOPTED,
        }.get(Decision((item.outcome or {}).get("decision", Decision.NO_VOTES)), PrincipleStatus.DRAFT)
        session.add(principle)


def start_over(
    session: Session,
    *,
    who: str,
    round_id: int,
    about: Sequence[Subject] | None = None,
    voices_seen: int | None = None,
) -> RoundOpened:
    """Cancel a misunderstood round, and ask anew by the same terms: the same, or about these subjects.

    Raises `AlreadyRevealed`, `RoundNotReady` when it was cancelled, `RoundStillOpen` when another round is open,
    `NothingToVoteOn` for what cannot be asked, and `MoreVoices`.
    """
    old = locked_round(session, round_id)
    if old.cancelled_at is not None:
        raise RoundNotReady
    cancel_now(session, who, old)
    session.flush()
    if open_round_of(session, old.workshop_id) is not None:
        raise RoundStillOpen
    workshop = read_workshop(session, old.workshop_id)
    terms = terms_of(old)
    questions = (
        new_questions(session, workshop.alliance_id, about, terms.rule)
        if about is not None
        else [same_question(item) for item in _items_of(session, round_id)]
    )
    return _open(
        session, who, workshop, questions, terms, voices_seen, is_one_at_a_time=_was_one_at_a_time(old)
    )


def ask_with_names(
    session: Session, *, who: str, round_id: int, voices_seen: int | None = None
) -> RoundOpened:
    """Ask again, with names, what a closed anonymous round left open because too few voted, by the same terms.

    What it decided is not asked again, nor what was adopted, left out or worded anew since. A round that was not shown
    is cancelled by it, as by `start_over`: it has nothing to show.

    Raises `RoundNotReady` for a round that is open, cancelled or asked again already, and for one that decided
    something which was not shown yet; `RoundStillOpen`, `NothingToVoteOn`, `MoreVoices`.
    """
    old = locked_round(session, round_id)
    if old.closed_at is None or old.cancelled_at is not None or old.secrecy != Secrecy.ANONYMOUS:
        raise RoundNotReady
    if open_round_of(session, old.workshop_id) is not None:
        raise RoundStillOpen
    if _was_started_over(session, old):
        raise RoundNotReady
    items = _items_of(session, round_id)
    left_open = [item for item in items if (item.outcome or {}).get("decision") in UNDECIDED]
    if old.revealed_at is None and len(left_open) < len(items):
        raise RoundNotReady
    terms = replace(terms_of(old), secrecy=Secrecy.NAMED)
    questions = [same_question(item) for item in left_open if may_be_asked_again(session, item, terms.rule)]
    if not questions:
        raise NothingToVoteOn
    if old.revealed_at is None:
        cancel_now(session, who, old)
        session.flush()
    workshop = read_workshop(session, old.workshop_id)
    return _open(
        session, who, workshop, questions, terms, voices_seen, is_one_at_a_time=_was_one_at_a_time(old)
    )


def set_timer(session: Session, *, who: str, round_id: int, minutes: int | None) -> None:
    """Let a timer that everyone sees run out `minutes` from now, or take it away (None). It closes nothing.

    Raises `RoundClosed`, and `InvalidValue` outside 1 to 120 minutes.
    """
    timed = _still_open(session, round_id)
    timed.ends_at = _after(minutes)
    session.add(timed)
    record_of_round(session, timed, who, "timer set", minutes=minutes)
    page_changed(session, timed.workshop_id, content=True)


def one_more_minute(session: Session, *, who: str, round_id: int) -> None:
    """Give a minute more: after the end of a running timer, or from now when it ran out. Raises `RoundClosed`."""
    timed = _still_open(session, round_id)
    timed.ends_at = max(timed.ends_at or now(), now()) + timedelta(minutes=1)
    session.add(timed)
    record_of_round(session, timed, who, "one more minute")
    page_changed(session, timed.workshop_id, content=True)


def show_item(session: Session, *, who: str, round_id: int, position: int | None) -> None:
    """Show one item of an open round on phones and projector, or all of them (None).

    Raises `RoundClosed`, and `InvalidValue` for a `position` that the round does not have or in a round with a budget.
    """
    shown = _still_open(session, round_id)
    positions = session.exec(select(RoundItem.position).where(RoundItem.round_id == round_id)).all()
    if position is not None and (position not in positions or shown.budget is not None):
        raise InvalidValue("position", position)
    shown.shown_position = position
    session.add(shown)
    to_first_page(session, shown.workshop_id)
    record_of_round(session, shown, who, "item shown", position=position)
    page_changed(session, shown.workshop_id, content=True)


def forget_old_names(session: Session) -> int:
    """Treat named rounds of workshops that were over 30 days ago as at an anonymous close. Return how many."""
    limit = now() - timedelta(days=NAMES_KEPT_DAYS)
    found = session.exec(
        select(Round)
        .join(Workshop, col(Workshop.id) == Round.workshop_id)
        .where(
            Round.secrecy == Secrecy.NAMED,
            col(Round.closed_at).is_not(None),
            Workshop.state == WorkshopState.OVER,
            col(Workshop.over_at) < limit,
            select(RoundParticipant.round_id)
            .where(RoundParticipant.round_id == Round.id, col(RoundParticipant.row).is_not(None))
            .exists(),
        )
    ).all()
    for old in found:
        cut_loose(session, old, read_at_close(session, old))
        # Phones' pages are kept for one revision: none may go on to hold what is forgotten.
        page_changed(session, old.workshop_id)
    if found:
        after_commit_forget(session, Erased.BALLOTS)
    return len(found)


def _open(
    session: Session,
    who: str,
    workshop: Workshop,
    questions: Sequence[Question],
    terms: Terms,
    voices_seen: int | None,
    *,
    ends_at: datetime | None = None,
    is_one_at_a_time: bool = False,
) -> RoundOpened:
    session.exec(select(Workshop.id).where(Workshop.id == workshop.id).with_for_update(key_share=True)).one()
    exceeding = check_at_opening(session, workshop, voices_seen)
    forget_cancelled(session, workshop.id)
    opened = Round(
        workshop_id=workshop.id,
        number=next_number(session, workshop.id),
        method=terms.method,
        **terms.rule.as_stored(),
        budget=terms.budget.dots if terms.budget else None,
        can_stack=terms.budget is None or terms.budget.can_stack,
        secrecy=terms.secrecy,
        opened_at=now(),
        ends_at=ends_at,
        shown_position=1 if is_one_at_a_time and len(questions) > 1 else None,
    )
    session.add(opened)
    session.flush()
    if terms.secrecy == Secrecy.ANONYMOUS:
        sealed = seal(secrets.token_bytes(SECRET_BYTES))
        session.add(RoundSecret(round_id=opened.id, sealed=sealed))
    for position, question in enumerate(questions, start=1):
        session.add(RoundItem(round_id=opened.id, position=position, **asdict(question)))
    people = session.exec(select(Participant).where(Participant.workshop_id == workshop.id)).all()
    block = programme(workshop.block)
    workshop.step = block.voting_step(workshop.step, questions[0].kind)
    to_come = (
        session.exec(
            select(Group.id).where(Group.alliance_id == workshop.alliance_id).order_by(col(Group.id))
        ).all()
        if block.step(workshop.step).is_by_link
        else ()
    )
    fix_rows(session, opened, [person for person in people if is_here(person)], to_come=to_come)
    workshop.state = WorkshopState.OPEN
    workshop.over_at = None
    workshop.wall_page = 0
    workshop.point_on_screen = None
    session.add(workshop)
    record_of_round(
        session,
        opened,
        who,
        "round opened",
        items=len(questions),
        method=terms.method,
        rule=terms.rule.kind,
        secrecy=terms.secrecy,
    )
    if exceeding is not None:
        heads = workshop.heads_counted or 0
        acknowledge(session, opened, who=who, moment=Moment.OPENED, voices=exceeding, heads=heads)
    page_changed(session, workshop.id, content=True)
    return RoundOpened(opened.id, opened.number)


def _items_of(session: Session, round_id: int) -> Sequence[RoundItem]:
    return session.exec(
        select(RoundItem).where(RoundItem.round_id == round_id).order_by(col(RoundItem.position))
    ).all()


def _was_one_at_a_time(old: Round) -> bool:
    return old.shown_position is not None


def _still_open(session: Session, round_id: int) -> Round:
    found = locked_round(session, round_id)
    if found.closed_at is not None:
        raise RoundClosed
    return found


def _after(minutes: int | None) -> datetime | None:
    if minutes is None:
        return None
    if not 1 <= minutes <= LONGEST_TIMER_MINUTES:
        raise InvalidValue("minutes", minutes)
    return now() + timedelta(minutes=minutes)


def _was_started_over(session: Session, found: Round) -> bool:
    """Return whether a later round asks the same again: then this one was misunderstood, and decides nothing."""
    return was_asked_later(session, found, [same_question(item) for item in _items_of(session, found.id)])
