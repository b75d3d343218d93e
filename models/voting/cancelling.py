"""Cancelling a round before its result is shown: it never counted, and it is in no document.

As long as nothing followed it can be undone; its votes are still there then, as in a round that is open. They are
deleted when another round opens, and after an hour at the latest.
"""

from datetime import timedelta

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, func, select

from models.basics.clock import now
from models.basics.errors import AlreadyRevealed
from models.basics.words import Erased, WorkshopState
from models.storage.changes import page_changed
from models.storage.undoable import keep_for_undo, note_again
from models.storage.writing import after_commit_forget
from models.tables import (
    Ballot,
    BallotRequest,
    LateWords,
    PaperSheet,
    Reason,
    Round,
    RoundItem,
    RoundParticipant,
    RoundSecret,
)
from models.voting.asked import kind_of
from models.voting.ballot import sealed_secret
from models.voting.round_steps import locked_round, record_of_round, to_first_page
from models.workshop.programme import programme
from models.workshop.workshop import read_workshop

UNDONE_WITHIN = timedelta(hours=1)


def cancel_round(session: Session, *, who: str, round_id: int) -> None:
    """Cancel a round that is open, or closed and not shown. Done twice it is done once.

    Raises `AlreadyRevealed` when its result was shown.
    """
    cancelling = locked_round(session, round_id)
    if cancelling.cancelled_at is None:
        cancel_now(session, who, cancelling)
    else:
        note_again(session, about_cancelling(round_id))


def cancel_now(session: Session, who: str, cancelling: Round) -> None:
    """Cancel a round in this transaction, see `cancel_round`."""
    if cancelling.revealed_at is not None:
        raise AlreadyRevealed
    event_id = record_of_round(session, cancelling, who, "round cancelled")
    keep_for_undo(session, event_id, about_cancelling(cancelling.id), round=cancelling.id)
    cancelling.cancelled_at = now()
    # Without sources it was open: see `take_up_again`.
    cancelling.closed_at = cancelling.closed_at or cancelling.cancelled_at
    cancelling.number = -cancelling.id
    session.add(cancelling)
    to_first_page(session, cancelling.workshop_id)
    page_changed(session, cancelling.workshop_id, content=True)


def about_cancelling(round_id: int) -> str:
    """Return under which name cancelling a round is kept, to undo it."""
    return f"round {round_id}"


def take_up_again(session: Session, back: Round) -> None:
    """Make a cancelled round as it was, open or closed, and take the room to voting.

    Whether that can be is asked first: see `models.undoing.rounds`.
    """
    workshop = read_workshop(session, back.workshop_id)
    back.number = next_number(session, back.workshop_id)
    back.cancelled_at = None
    if back.sources is None:
        back.closed_at = None
    session.add(back)
    asked = session.exec(select(RoundItem).where(RoundItem.round_id == back.id).limit(1)).one()
    workshop.step = programme(workshop.block).voting_step(workshop.step, kind_of(asked))
    workshop.state = WorkshopState.OPEN
    workshop.over_at = None
    session.add(workshop)
    to_first_page(session, back.workshop_id)
    page_changed(session, back.workshop_id, content=True)


def was_followed(session: Session, cancelled: Round) -> bool:
    """Return whether a round was opened after this one."""
    newest = session.exec(select(func.max(Round.id)).where(Round.workshop_id == cancelled.workshop_id)).one()
    return newest != cancelled.id


def next_number(session: Session, workshop_id: int) -> int:
    """Return the number of the next round of a workshop; cancelled ones have given theirs back."""
    highest = session.exec(select(func.max(Round.number)).where(Round.workshop_id == workshop_id)).one()
    return max(highest or 0, 0) + 1


def forget_cancelled(session: Session, workshop_id: int | None = None) -> int:
    """Delete the votes of cancelled rounds: of this workshop, or of all that cannot be undone any more (None).

    Return of how many. What was asked, and that it was cancelled, is kept.
    """
    wanted = select(Round).where(
        col(Round.cancelled_at).is_not(None),
        or_(
            select(RoundSecret.round_id).where(RoundSecret.round_id == Round.id).exists(),
            select(RoundParticipant.round_id).where(RoundParticipant.round_id == Round.id).exists(),
        ),
    )
    if workshop_id is None:
        wanted = wanted.where(col(Round.cancelled_at) < now() - UNDONE_WITHIN)
    else:
        wanted = wanted.where(Round.workshop_id == workshop_id)
    found = session.exec(wanted).all()
    for cancelled in found:
        _forget(session, cancelled)
        # Phones' pages are kept for one revision: none may go on to hold what is forgotten.
        page_changed(session, cancelled.workshop_id)
    if found:
        after_commit_forget(session, Erased.BALLOTS)
    return len(found)


def is_forgotten(session: Session, cancelled: Round) -> bool:
    """Return whether the votes of a cancelled round are gone."""
    voting = select(RoundParticipant.round_id).where(RoundParticipant.round_id == cancelled.id).limit(1)
    return sealed_secret(session, cancelled) is None and session.exec(voting).first() is None


def _forget(session: Session, cancelled: Round) -> None:
    connection = session.connection()
    items = select(RoundItem.id).where(RoundItem.round_id == cancelled.id)
    for of_item in (Ballot, BallotRequest, LateWords, Reason):
        connection.execute(delete(of_item).where(col(of_item.round_item_id).in_(items)))
    for of_round in (PaperSheet, RoundParticipant, RoundSecret):
        connection.execute(delete(of_round).where(col(of_round.round_id) == cancelled.id))
    connection.execute(
        update(RoundItem).where(col(RoundItem.round_id) == cancelled.id).values(tally=None, outcome=None)
    )
    cancelled.sources = None
    cancelled.present = cancelled.heads_counted = None
    session.add(cancelled)
    session.flush()
