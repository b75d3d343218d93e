"""Rounds, and what people vote in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from models.basics.words import RuleKind, Secrecy, Source
from models.storage.database import reading
from models.storage.transaction import Transaction
from models.storage.writing import write
from models.voting.asked import Subject, about_principles
from models.voting.ballot import BallotStored, ParticipantBallot, cast_ballot, cast_ballots
from models.voting.closing import close_round
from models.voting.decision import Rule
from models.voting.methods.method import DotBudget
from models.voting.round import open_round, reveal_round
from models.voting.round_views import RoundView, last_round, read_round
from models.voting.terms import Terms
from models.workshop.electorate import standings_in
from tests.builders.drafting import make_principle
from tests.builders.workshop import LEADER, Room


@dataclass(frozen=True)
class Vote:
    """A round that was opened, with its items in order."""

    round_id: int
    items: list[int]
    principles: list[int]


def make_terms(
    rule: str = RuleKind.NO_OPEN_OBJECTIONS,
    *,
    method: str = "consent",
    secrecy: str = Secrecy.ANONYMOUS,
    budget: int | None = None,
    can_stack: bool = True,
    **parameters: Any,
) -> Terms:
    """Return the terms of a round; `parameters` are the rule's."""
    dots = DotBudget(budget, can_stack) if budget is not None else None
    return Terms(method, Rule(rule, **parameters), secrecy, dots)


def make_round(
    room: Room,
    *,
    principles: Sequence[int] = (),
    items: int = 1,
    about: Sequence[Subject] = (),
    minutes: int | None = None,
    is_one_at_a_time: bool = False,
    voices_seen: int | None = None,
    **terms: Any,
) -> Vote:
    """Return an open round `about` something, on `principles`, or on `items` new ones.

    `terms` are those of `make_terms`.
    """
    chosen = list(principles)
    if not chosen and not about:
        chosen = [make_principle(room, text=f"Principle {place + 1}.") for place in range(items)]
    opened = write(
        open_round,
        who=LEADER,
        workshop_id=room.workshop_id,
        about=about or about_principles(chosen),
        terms=make_terms(**terms),
        minutes=minutes,
        is_one_at_a_time=is_one_at_a_time,
        voices_seen=voices_seen,
    )
    with reading() as session:
        found = [item.id for item in read_round(session, opened.round_id).items]
    return Vote(opened.round_id, found, chosen)


def ballot(
    vote: Vote,
    participant_id: int,
    choice: str = "agree",
    *,
    item: int = 0,
    reason: str | None = None,
    may_name: bool = False,
    request_id: str | None = None,
    sequence: int | None = None,
    source: Source | None = None,
) -> ParticipantBallot:
    """Return what a phone sends for the item-th question."""
    return ParticipantBallot(
        participant_id=participant_id,
        round_id=vote.round_id,
        item_id=vote.items[item],
        choice=choice,
        reason=reason,
        may_name=may_name,
        request_id=request_id,
        sequence=sequence,
        source=source,
    )


def cast(vote: Vote, participant_id: int, choice: str = "agree", **more: Any) -> BallotStored:
    """Vote, and return what is stored."""
    stored = write(cast_ballot, ballot=ballot(vote, participant_id, choice, **more))
    assert isinstance(stored, BallotStored)
    return stored


def cast_all(vote: Vote, choices: Iterable[tuple[int, str]], *, item: int = 0) -> None:
    """Vote for many participants in one transaction."""
    write(_cast_all, ballots=[ballot(vote, person, choice, item=item) for person, choice in choices])


def _cast_all(session: Session, *, ballots: list[ParticipantBallot]) -> None:
    for answer in cast_ballots(Transaction.of(session), [{"ballot": each} for each in ballots]):
        assert isinstance(answer, BallotStored), answer


def close(vote: Vote) -> None:
    write(close_round, who=LEADER, round_id=vote.round_id)


def close_and_reveal(vote: Vote) -> None:
    close(vote)
    write(reveal_round, who=LEADER, round_id=vote.round_id)


def make_adopted(room: Room, *, items: int = 1) -> Vote:
    """Return a revealed round that adopted `items` new principles; everybody in the room agreed."""
    vote = make_round(room, items=items)
    for item in range(items):
        cast_all(vote, [(person, "agree") for person in room.people], item=item)
    close_and_reveal(vote)
    return vote


def row_of(session: Session, round_id: int, participant_id: int) -> str | None:
    """Return the key of the row in which a participant's vote counts, or None when unknown (any more)."""
    return standings_in(session, round_id, {participant_id: None})[participant_id].row


def round_of(vote: Vote) -> RoundView:
    """Return the round as it stands."""
    with reading() as session:
        return read_round(session, vote.round_id)


def latest_round(room: Room) -> RoundView:
    """Return the newest round of a meeting."""
    with reading() as session:
        found = last_round(session, room.workshop_id)
    assert found is not None
    return found
