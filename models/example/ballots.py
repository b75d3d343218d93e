"""Votes of the invented people, by the way that every vote takes."""

from sqlmodel import Session

from models.basics.errors import DomainError
from models.storage.transaction import Transaction
from models.voting.ballot import ParticipantBallot, cast_ballots


def ballots_come_in(session: Session, *, ballots: list[ParticipantBallot]) -> None:
    """Store votes of many people at once. Raises what is wrong with the first that cannot be stored."""
    for answer in cast_ballots(Transaction.of(session), [{"ballot": ballot} for ballot in ballots]):
        if isinstance(answer, DomainError):
            raise answer
