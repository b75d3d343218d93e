"""A ballot as it comes from a phone: whose it is gets asked in the transaction that stores it, for many at once.

Asked beforehand for each by itself, that question cost more than the ballot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.basics.codes import join_code
from models.basics.errors import AnotherPerson, DomainError, NotAdmitted, NotYours
from models.basics.keys import token_hash
from models.basics.words import Source
from models.storage.prepared import Question, one_of_list
from models.storage.transaction import Transaction
from models.storage.writing import in_one_go
from models.tables import Participant, Phone, PhoneParticipant, RoundParticipant, Workshop
from models.voting.ballot import MAY_VOTE, VOTER, BallotStored, ParticipantBallot, SentBallot, cast_ballots


@dataclass(frozen=True, kw_only=True)
class PhoneBallot(SentBallot):
    """A ballot as a phone with a token sends it, in the workshop with `code`.

    `voice` is the number of the participant who speaks through this phone; None stands for the phone's own one. `me` is
    the number of whose page the vote was cast on, None where that is not told.
    """

    code: str
    phone_token: str
    voice: int | None = None
    me: int | None = None


@dataclass(frozen=True)
class _Speaker:
    participant_id: int
    host_id: int | None
    number: int
    is_own: bool
    is_here: bool


# A phone, by its workshop's code and the hash of its token.
_Place = tuple[str, str]

_SPEAKERS = Question(
    sa.select(
        col(Phone.token_hash),
        col(Workshop.code),
        col(Participant.number),
        col(PhoneParticipant.is_own),
        col(PhoneParticipant.host_id),
        *VOTER,
    )
    .join(Workshop, col(Workshop.id) == Phone.workshop_id)
    .join(PhoneParticipant, col(PhoneParticipant.phone_id) == Phone.id)
    .join(Participant, col(Participant.id) == PhoneParticipant.participant_id)
    .join(RoundParticipant, MAY_VOTE, isouter=True)
    .where(one_of_list(Phone.token_hash, "hashes")),
    in_one_piece=True,
)


@dataclass(frozen=True)
class PhonePlace:
    """In which workshop a phone is, whose it is, and whether that person is let in and here."""

    workshop_id: int
    participant_id: int
    is_here: bool


def place_of_phone(session: Session, code: str, phone_token: str | None) -> PhonePlace | None:
    """Return where a phone is that has a participant of its own in the workshop with this code."""
    if not phone_token:
        return None
    wanted = join_code(code)
    for found in _SPEAKERS.ask(session.connection(), hashes=[token_hash(phone_token)], rounds=[]):
        if found.is_own and found.code == wanted:
            return PhonePlace(int(found.workshop_id), int(found.id), bool(found.is_here))
    return None


def vote_by_phones(
    transaction: Transaction, posts: Sequence[dict[str, Any]]
) -> list[BallotStored | DomainError]:
    """Store many ballots of phones; return for each what is stored, or what was wrong with it."""
    sent: list[PhoneBallot] = [post["ballot"] for post in posts]
    hashes = [token_hash(one.phone_token) for one in sent]
    own: dict[_Place, _Speaker] = {}
    voices: dict[tuple[_Place, int], _Speaker] = {}
    rounds = list({one.round_id for one in sent})
    speakers = _SPEAKERS.ask(transaction.connection, hashes=list(set(hashes)), rounds=rounds)
    for found in speakers:
        place = (found.code, found.token_hash)
        speaker = _Speaker(found.id, found.host_id, found.number, found.is_own, found.is_here)
        if speaker.is_own:
            own[place] = speaker
        voices[(place, found.number)] = speaker
    answers: list[BallotStored | DomainError | None] = []
    ballots = []
    for one, hashed in zip(sent, hashes, strict=True):
        place = (join_code(one.code), hashed)
        try:
            ballots.append(_ballot(one, _speaker_of(one, own.get(place), voices, place)))
            answers.append(None)
        except DomainError as error:
            answers.append(error)
    posted = [{"ballot": ballot} for ballot in ballots]
    stored = iter(cast_ballots(transaction, posted, speakers) if ballots else [])
    return [next(stored) if answer is None else answer for answer in answers]


@in_one_go(vote_by_phones)
def vote_by_phone(session: Session, *, ballot: PhoneBallot) -> BallotStored:
    """Store one ballot of a phone.

    Raises `NotAdmitted` for a phone that takes no part, `AnotherPerson` for a page of who used this phone before,
    `NotYours` for a voice of another phone, and what `cast_ballot` raises.
    """
    answer = vote_by_phones(Transaction.of(session), [{"ballot": ballot}])[0]
    if isinstance(answer, DomainError):
        raise answer
    return answer


def _speaker_of(
    sent: PhoneBallot, own: _Speaker | None, voices: dict[tuple[_Place, int], _Speaker], place: _Place
) -> _Speaker:
    if own is None:
        raise NotAdmitted
    if sent.me is not None and sent.me != own.number:
        raise AnotherPerson
    if sent.voice is None:
        return own
    if not own.is_here:
        raise NotAdmitted
    spoken = voices.get((place, sent.voice))
    if spoken is None or spoken.host_id != own.participant_id:
        raise NotYours
    return spoken


def _ballot(sent: PhoneBallot, speaker: _Speaker) -> ParticipantBallot:
    return ParticipantBallot(
        participant_id=speaker.participant_id,
        round_id=sent.round_id,
        item_id=sent.item_id,
        choice=sent.choice,
        reason=sent.reason,
        may_name=sent.may_name,
        request_id=sent.request_id,
        sequence=sent.sequence,
        source=Source.PHONE if speaker.is_own else Source.SHARED,
    )
