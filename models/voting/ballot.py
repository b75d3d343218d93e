"""Ballots of an open round: stored in groups, and changed until the close."""

import hmac
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from models.basics.errors import (
    DomainError,
    InvalidValue,
    NotAdmitted,
    NotFound,
    RequestReused,
    RoundCancelled,
    RoundClosed,
    RoundKeyLost,
)
from models.basics.keys import unseal
from models.basics.text import REASON_LIMIT, optional_text, request_name
from models.basics.words import Secrecy, Source
from models.storage.changes import counts_changed
from models.storage.prepared import Change, Question, one_of_list
from models.storage.transaction import Transaction
from models.storage.writing import in_one_go
from models.tables import Ballot, BallotRequest, Participant, Round, RoundItem, RoundParticipant, RoundSecret
from models.voting.methods.method import check_ballot_set
from models.voting.terms import budget_of, choices_of_round
from models.workshop.electorate import place_latecomer
from models.workshop.presence import HERE

# A phone counts on by one. Who would jump to the highest number shuts out the phone that votes next.
SEQUENCE_JUMP = 1_000


@dataclass(frozen=True, kw_only=True)
class SentBallot:
    """A ballot as it is sent. `reason` None leaves a stored reason with the same choice as it is."""

    round_id: int
    item_id: int
    choice: str
    reason: str | None = None
    may_name: bool = False
    request_id: str | None = None
    sequence: int | None = None


@dataclass(frozen=True, kw_only=True)
class ParticipantBallot(SentBallot):
    """The same of a participant. `source` is by what it comes; None stands for what they usually speak by."""

    participant_id: int
    source: Source | None = None


@dataclass(frozen=True)
class BallotStored:
    """What is stored for this voter on this item, whether or not the post changed it."""

    round_id: int
    item_id: int
    choice: str
    sequence: int
    reason: str | None


@dataclass(frozen=True)
class StoredBallot:
    choice: str
    reason: str | None
    may_name: bool
    sequence: int


def voter_key(session: Session, found: Round, participant_id: int) -> str:
    """Return under which key a participant's ballots of a round stand.

    Named: the participant. Anonymous and open: HMAC-SHA-256 of it under the round secret, 64 hexadecimal digits.
    Raises `RoundClosed` for an anonymous round that is closed: then nobody can tell.
    """
    return voter_keys(found.secrecy, sealed_secret(session, found), [participant_id])[participant_id]


def sealed_secret(session: Session, found: Round) -> bytes | None:
    """Return the encrypted secret of an open anonymous round; None for a named one, and for one that is closed."""
    return session.exec(select(RoundSecret.sealed).where(RoundSecret.round_id == found.id)).first()


def voter_keys(secrecy: str, sealed: bytes | None, participant_ids: Iterable[int]) -> dict[int, str]:
    """Return the keys of many participants in a round with this secrecy and secret, as `voter_key` does.

    Opening the secret takes longer than all of the rest, so it is opened once. It is not kept: at the close it goes.
    """
    if secrecy == Secrecy.NAMED:
        return {participant_id: str(participant_id) for participant_id in participant_ids}
    secret = _round_secret(sealed)
    return {
        participant_id: hmac.digest(secret, str(participant_id).encode(), "sha256").hex()
        for participant_id in participant_ids
    }


def _round_secret(sealed: bytes | None) -> bytes:
    """Return the secret of an open anonymous round. Raises `RoundClosed` when it is gone: after the close.

    After a restore under another server key it cannot be read, and a copy has none (`RoundKeyLost`, a `RoundClosed`):
    what was voted before that counts, but nobody can find it again.
    """
    if sealed is None:
        raise RoundClosed
    if not sealed:
        raise RoundKeyLost
    try:
        return unseal(sealed)
    except InvalidTag:
        raise RoundKeyLost from None


def findable_keys(
    session: Session, workshop_id: int, participant_ids: Collection[int]
) -> dict[int, dict[int, str]]:
    """Return under which keys the ballots of these participants stand, by round of a workshop where that can be known.

    That is so in every named round until its names are forgotten (after that nothing stands there), in an open
    anonymous one, and in a cancelled one whose votes are still kept.
    """
    found = session.exec(
        select(Round.id, Round.secrecy, RoundSecret.sealed)
        .outerjoin(RoundSecret, col(RoundSecret.round_id) == Round.id)
        .where(
            Round.workshop_id == workshop_id,
            or_(col(Round.secrecy) == Secrecy.NAMED, col(RoundSecret.sealed).is_not(None)),
        )
    ).all()
    keys = {}
    for round_id, secrecy, sealed in found:
        with suppress(RoundClosed):
            keys[round_id] = voter_keys(secrecy, sealed, participant_ids)
    return keys


def is_key_lost(secrecy: str, sealed: bytes | None) -> bool:
    """Return whether an open round with this secrecy and secret can take no votes: under the server key of now, or
    because it came from a copy, which holds no secret.
    """
    try:
        voter_keys(secrecy, sealed, [])
    except RoundClosed:
        return True
    return False


def cast_ballots(
    transaction: Transaction, posts: Sequence[dict[str, Any]], voters: Iterable[Any] | None = None
) -> list[BallotStored | DomainError]:
    """Store many votes in a fixed number of statements; return for each what is stored, or what was wrong with it.

    `voters` are rows with `VOTER` of everybody who votes, from who has asked for them already. Votes of one voter on
    one item are folded in the order in which they came: a known request id changes nothing; a sequence that is not
    higher than the stored one changes nothing; a vote without a sequence is the newest.
    """
    ballots: list[ParticipantBallot] = [post["ballot"] for post in posts]
    desk = _VotingDesk(transaction, ballots, voters)
    answers = [desk.take(ballot) for ballot in ballots]
    desk.store()
    return answers


@in_one_go(cast_ballots)
def cast_ballot(session: Session, *, ballot: ParticipantBallot) -> BallotStored:
    """Store one vote.

    Raises `RoundClosed`, `RoundCancelled`, `RequestReused`, `InvalidValue`, `TooManyDots`, `TextTooLong`,
    `NotAdmitted`, `NotFound`.
    """
    answer = cast_ballots(Transaction.of(session), [{"ballot": ballot}])[0]
    if isinstance(answer, DomainError):
        raise answer
    return answer


# Written once, and without table objects: a room votes all at once, and this runs for every group of votes.
_ROUNDS = Question(
    sa.select(
        col(Round.id),
        col(Round.workshop_id),
        col(Round.secrecy),
        col(RoundSecret.sealed),
        col(Round.method),
        col(Round.budget),
        col(Round.can_stack),
        col(Round.closed_at).is_not(None).label("is_closed"),
        col(Round.cancelled_at).is_not(None).label("is_cancelled"),
        col(RoundItem.id).label("item_id"),
    )
    .join(RoundItem, col(RoundItem.round_id) == Round.id)
    .outerjoin(RoundSecret, col(RoundSecret.round_id) == Round.id)
    # A budget goes over all items of its round; else only those are needed that are voted on.
    .where(
        one_of_list(Round.id, "rounds"),
        or_(one_of_list(RoundItem.id, "items"), col(Round.budget).is_not(None)),
    )
    # PostgreSQL: the close takes this row FOR UPDATE, so no vote slips in behind it.
    .with_for_update(read=True, of=Round)
)
# What is asked of a voter, and of the rounds in which they may vote already.
VOTER: tuple[Any, ...] = (
    col(Participant.id),
    col(Participant.workshop_id),
    col(Participant.source),
    HERE.label("is_here"),
    col(RoundParticipant.round_id).label("may_vote_in"),
    col(RoundParticipant.source).label("votes_by"),
)
MAY_VOTE = and_(
    col(RoundParticipant.participant_id) == Participant.id,
    one_of_list(RoundParticipant.round_id, "rounds"),
)
_VOTERS = Question(
    sa.select(*VOTER)
    .join(RoundParticipant, MAY_VOTE, isouter=True)
    .where(one_of_list(Participant.id, "people")),
    in_one_piece=True,
)
_LOCK_VOTERS = Question(
    sa.select(col(RoundParticipant.participant_id))
    .where(
        one_of_list(RoundParticipant.round_id, "rounds"),
        one_of_list(RoundParticipant.participant_id, "people"),
    )
    .order_by(col(RoundParticipant.participant_id))
    .with_for_update()
)
_STORED = Question(
    sa.select(
        col(Ballot.round_item_id),
        col(Ballot.voter_key),
        col(Ballot.choice),
        col(Ballot.reason),
        col(Ballot.may_name),
        col(Ballot.sequence),
        col(BallotRequest.request_id),
        col(BallotRequest.choice).label("requested"),
    )
    .join(
        BallotRequest,
        and_(
            col(BallotRequest.round_item_id) == Ballot.round_item_id,
            col(BallotRequest.voter_key) == Ballot.voter_key,
        ),
        isouter=True,
    )
    .where(
        one_of_list(Ballot.round_item_id, "items"),
        one_of_list(Ballot.voter_key, "keys"),
    )
    .with_for_update(of=Ballot),
    in_one_piece=True,
)


def _upsert(insert_into: Any) -> Any:
    fresh = insert_into(Ballot)
    return fresh.on_conflict_do_update(
        index_elements=["round_item_id", "voter_key"],
        set_={name: fresh.excluded[name] for name in ("choice", "reason", "may_name", "sequence")},
        # Another process may have stored a newer vote since this one was read (PostgreSQL).
        where=or_(col(Ballot.sequence).is_(None), fresh.excluded.sequence > col(Ballot.sequence)),
    )


_STORE_BALLOTS = Change(_upsert, ["round_item_id", "voter_key", "choice", "reason", "may_name", "sequence"])
_STORE_REQUESTS = Change(
    # The same request may have come to another process at the same moment (PostgreSQL).
    lambda insert_into: insert_into(BallotRequest).on_conflict_do_nothing(),
    ["round_item_id", "voter_key", "request_id", "choice"],
)


class _VotingDesk:
    """What a group of votes needs, read once; what changed, written once."""

    def __init__(
        self, transaction: Transaction, posts: Sequence[ParticipantBallot], voters: Iterable[Any] | None
    ) -> None:
        self._transaction = transaction
        self._connection = transaction.connection
        rounds = list({post.round_id for post in posts})
        people = list({post.participant_id for post in posts})
        self._rounds: dict[int, Any] = {}
        self._items: dict[int, int] = {}
        voted_on = list({post.item_id for post in posts})
        for found in _ROUNDS.ask(self._connection, rounds=rounds, items=voted_on):
            self._rounds[found.id] = found
            self._items[found.item_id] = found.id
        self._people: dict[int, Any] = {}
        self._sources: dict[tuple[int, int], str] = {}
        self._other_sources: dict[tuple[int, int], Source] = {}
        if voters is None:
            voters = _VOTERS.ask(self._connection, rounds=rounds, people=people)
        for found in voters:
            self._people[found.id] = found
            if found.may_vote_in is not None:
                self._sources[(found.may_vote_in, found.id)] = found.votes_by
        self._keys = self._keys_of(posts)
        self._stored: dict[tuple[int, str], StoredBallot] = {}
        self._requests: dict[tuple[int, str, str], str] = {}
        self._choices = {
            round_id: {choice.value for choice in choices_of_round(found)}
            for round_id, found in self._rounds.items()
        }
        # A budget goes over all items of its round.
        shared = {round_id for round_id, found in self._rounds.items() if found.budget is not None}
        if shared and self._connection.dialect.name != "sqlite":
            # Two phones of one voter, through two processes, could each put the last dot.
            _LOCK_VOTERS.ask(self._connection, rounds=list(shared), people=people)
        items = list(
            {*voted_on, *(item_id for item_id, round_id in self._items.items() if round_id in shared)}
        )
        keys = list(set(self._keys.values()))
        for found in _STORED.ask(self._connection, items=items, keys=keys):
            place = (found.round_item_id, found.voter_key)
            self._stored[place] = StoredBallot(
                found.choice, found.reason, found.may_name, found.sequence or 0
            )
            if found.request_id is not None:
                self._requests[(*place, found.request_id)] = found.requested
        self._changed: dict[tuple[int, str], StoredBallot] = {}
        self._new_requests: dict[tuple[int, str, str], str] = {}

    def _keys_of(self, posts: Sequence[ParticipantBallot]) -> dict[tuple[int, int], str]:
        keys = {}
        for round_id, found in self._rounds.items():
            voters = {post.participant_id for post in posts if post.round_id == round_id}
            with suppress(RoundClosed):
                for participant_id, key in voter_keys(found.secrecy, found.sealed, voters).items():
                    keys[(round_id, participant_id)] = key
        return keys

    def take(self, post: ParticipantBallot) -> BallotStored | DomainError:
        try:
            return self._take(post)
        except DomainError as error:
            return error

    def _take(self, post: ParticipantBallot) -> BallotStored:
        found = self._rounds.get(post.round_id)
        person = self._people.get(post.participant_id)
        if found is None or self._items.get(post.item_id) != post.round_id:
            raise NotFound("round")
        if person is None or person.workshop_id != found.workshop_id:
            raise NotFound("participant")
        key = self._keys.get((post.round_id, post.participant_id))
        place = (post.item_id, key or "")
        stored = self._stored.get(place)
        if found.is_cancelled:
            raise RoundCancelled
        if key is None and not found.is_closed and found.sealed is not None:
            raise RoundKeyLost(None, found.method)
        if found.is_closed or key is None:
            raise RoundClosed(stored.choice if stored else None, found.method)
        if not person.is_here:
            raise NotAdmitted
        if post.choice not in self._choices[post.round_id]:
            offered = [choice.value for choice in choices_of_round(found)]
            raise InvalidValue("choice", post.choice, offered=offered, method=found.method)
        request_name(post.request_id)
        highest = (stored.sequence if stored else 0) + SEQUENCE_JUMP
        if post.sequence is not None and not 0 <= post.sequence <= highest:
            raise InvalidValue("sequence", post.sequence)
        reason = (
            optional_text(post.reason, field="reason", limit=REASON_LIMIT)
            if post.reason is not None
            else None
        )
        if post.request_id:
            earlier = self._requests.get((*place, post.request_id))
            if earlier is not None and stored is not None:
                if earlier != post.choice:
                    raise RequestReused(stored.choice)
                return _answer(post, stored)
        if stored is not None and post.sequence is not None and post.sequence <= stored.sequence:
            return _answer(post, stored)
        budget = budget_of(found)
        if budget is not None:
            chosen = self._chosen(post.round_id, key)
            check_ballot_set(chosen, budget, item_id=post.item_id, choice=post.choice)
        self._note_source(post, person)
        # The same tap again says nothing new: the words stand, and the name beside them.
        same = stored if stored and stored.choice == post.choice and reason is None else None
        fresh = StoredBallot(
            choice=post.choice,
            reason=(same.reason if same else reason) or None,
            may_name=(post.may_name or (same is not None and same.may_name))
            and found.secrecy == Secrecy.NAMED,
            sequence=post.sequence if post.sequence is not None else (stored.sequence if stored else 0) + 1,
        )
        self._stored[place] = self._changed[place] = fresh
        if post.request_id:
            self._requests[(*place, post.request_id)] = post.choice
            self._new_requests[(*place, post.request_id)] = post.choice
        return _answer(post, fresh)

    def _chosen(self, round_id: int, key: str) -> dict[int, str]:
        """Return what a voter has chosen on every item of a round so far."""
        return {
            item_id: stored.choice
            for (item_id, voter), stored in self._stored.items()
            if voter == key and self._items.get(item_id) == round_id
        }

    def _note_source(self, post: ParticipantBallot, person: Any) -> None:
        """Let a latecomer vote, and remember by what a voter votes: in the count that is how the last vote came."""
        voter = (post.round_id, post.participant_id)
        if voter not in self._sources:
            session = self._transaction.session
            place_latecomer(session, session.get_one(Participant, post.participant_id))
            self._sources[voter] = person.source
        if post.source is not None and post.source != self._sources[voter]:
            self._sources[voter] = self._other_sources[voter] = post.source

    def store(self) -> None:
        if not self._changed:
            return
        for voter, source in self._other_sources.items():
            session = self._transaction.session
            if (voting := session.get(RoundParticipant, voter)) is not None:
                voting.source = source
                session.add(voting)
        self._transaction.flush()
        _STORE_BALLOTS.store(
            self._connection,
            [
                {
                    "round_item_id": item_id,
                    "voter_key": key,
                    "choice": ballot.choice,
                    "reason": ballot.reason,
                    "may_name": ballot.may_name,
                    "sequence": ballot.sequence,
                }
                for (item_id, key), ballot in self._changed.items()
            ],
        )
        if self._new_requests:
            _STORE_REQUESTS.store(
                self._connection,
                [
                    {"round_item_id": item_id, "voter_key": key, "request_id": request_id, "choice": choice}
                    for (item_id, key, request_id), choice in self._new_requests.items()
                ],
            )
        for workshop_id in {found.workshop_id for found in self._rounds.values()}:
            counts_changed(self._transaction, workshop_id)


def _answer(post: ParticipantBallot, stored: StoredBallot) -> BallotStored:
    return BallotStored(post.round_id, post.item_id, stored.choice, stored.sequence, stored.reason)
