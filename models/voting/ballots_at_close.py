"""What becomes of a round's ballots when it closes: read with their rows, then cut loose from their voters."""

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from operator import itemgetter

import sqlalchemy as sa
from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from models.basics.errors import RoundClosed
from models.basics.words import Source
from models.storage.prepared import Change, Question
from models.tables import Ballot, BallotRequest, Participant, Round, RoundItem, RoundParticipant, RoundSecret
from models.voting.ballot import sealed_secret, voter_keys
from models.workshop.rows import OTHER

KEY_BYTES = 32

# Every ballot of a round, as columns: as table objects the eight thousand of a large room took most of a second.
_CAST = Question(
    sa.select(
        col(Ballot.round_item_id),
        col(Ballot.voter_key),
        col(Ballot.choice),
        col(Ballot.reason),
        col(Ballot.may_name),
    )
    .join(RoundItem, col(RoundItem.id) == Ballot.round_item_id)
    .where(col(RoundItem.round_id) == sa.bindparam("round")),
    in_one_piece=True,
)
_WRITE_AGAIN = Change(
    lambda insert_into: insert_into(Ballot),
    ["round_item_id", "voter_key", "choice", "reason", "may_name", "sequence"],
)


@dataclass(frozen=True)
class CastBallot:
    """A ballot at the close: on which item, what, and from which row and source."""

    item_id: int
    choice: str
    reason: str | None
    name: str | None
    row: str
    source: str
    voter: str


def read_at_close(session: Session, closing: Round) -> list[CastBallot]:
    """Return every ballot of a round that closes now, with the row its voter stands in."""
    people = {
        participant_id: (row, source, name)
        for participant_id, row, source, name in session.exec(
            select(
                RoundParticipant.participant_id,
                RoundParticipant.row,
                RoundParticipant.source,
                Participant.name,
            )
            .join(Participant, col(Participant.id) == RoundParticipant.participant_id)
            .where(RoundParticipant.round_id == closing.id)
        ).all()
    }
    by_key: dict[str, int] = {}
    with suppress(RoundClosed):
        keys = voter_keys(closing.secrecy, sealed_secret(session, closing), people)
        by_key = {key: participant_id for participant_id, key in keys.items()}
    ballots = []
    for ballot in _CAST.ask(session.connection(), round=closing.id):
        # Without the secret nobody can tell rows and sources any more: all count together, as phones.
        row, source, name = people.get(by_key.get(ballot.voter_key, 0), (OTHER, Source.PHONE, None))
        ballots.append(
            CastBallot(
                item_id=ballot.round_item_id,
                choice=ballot.choice,
                reason=ballot.reason,
                name=name if ballot.may_name else None,
                row=row or OTHER,
                source=source,
                voter=ballot.voter_key,
            )
        )
    return ballots


def voters_per_source(ballots: Iterable[CastBallot]) -> dict[str, int]:
    """Return how many people voted through a phone, a shared phone, on paper."""
    return dict(Counter(source for _, source in {(ballot.voter, ballot.source) for ballot in ballots}))


def cut_loose(session: Session, closing: Round, ballots: Sequence[CastBallot]) -> None:
    """Destroy the link between voters and ballots of a round: random keys, no sequence, no secret, no request ids.

    `ballots` are all of the round, as they were read in this transaction.
    """
    session.flush()
    connection = session.connection()
    item_ids = list(session.exec(select(RoundItem.id).where(RoundItem.round_id == closing.id)).all())
    drawn = secrets.token_bytes(KEY_BYTES * len(ballots))
    written_again = [
        {
            "round_item_id": ballot.item_id,
            "voter_key": drawn[place * KEY_BYTES : (place + 1) * KEY_BYTES].hex(),
            "choice": ballot.choice,
            "reason": ballot.reason,
            "may_name": False,
            "sequence": None,
        }
        for place, ballot in enumerate(ballots)
    ]
    # In the order of keys that were just drawn: that is as good as shuffled.
    written_again.sort(key=itemgetter("voter_key"))
    connection.execute(delete(Ballot).where(col(Ballot.round_item_id).in_(item_ids)))
    if written_again:
        _WRITE_AGAIN.store(connection, written_again)
    connection.execute(delete(BallotRequest).where(col(BallotRequest.round_item_id).in_(item_ids)))
    connection.execute(
        update(RoundParticipant).where(col(RoundParticipant.round_id) == closing.id).values(row=None)
    )
    connection.execute(delete(RoundSecret).where(col(RoundSecret.round_id) == closing.id))


def forget_requests(session: Session, closing: Round) -> None:
    """Remove the request ids of a named round that closes: they serve only while it is open."""
    item_ids = select(RoundItem.id).where(RoundItem.round_id == closing.id)
    session.connection().execute(delete(BallotRequest).where(col(BallotRequest.round_item_id).in_(item_ids)))
