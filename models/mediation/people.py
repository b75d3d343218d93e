"""Who is in a mediation: invited by a link and a spoken code, enrolled with six words, admitted by the mediator.

What is slow or secret happens before these actions: they get what is sealed already, and store all of it or nothing.
"""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, or_, select

from models.basics.clock import now
from models.basics.errors import AlreadyEnrolled, ChangedMeanwhile, InvalidValue, MediationEnded, NotFound
from models.basics.keys import keyed, new_personal_code, new_token, token_hash
from models.basics.words import AudienceKind, Erased
from models.mediation.sealing import SealedPrivate, Whose, new_key, seal_key, spoken_number
from models.storage.finding import existing
from models.storage.writing import after_commit_forget
from models.tables import (
    Mediation,
    MediationAudience,
    MediationItem,
    MediationKey,
    MediationParty,
    MediationPerson,
    MediationRequest,
)

# After so many wrong codes the invitation is dead; whoever guesses only makes the mediator say another one.
MOST_CODE_TRIES = 10
LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Invitation:
    """What is shown once: the link's token and the code that is said aloud. Neither can be shown again."""

    person_id: int
    token: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True)
class SealedPair:
    """A new person's pair as it is stored; `spare` is the mediator's, under the words of the printed sheet."""

    public: bytes
    sealed: SealedPrivate
    spare: SealedPrivate | None = None


def something_happened(session: Session, mediation: Mediation) -> None:
    """Keep that something was done in a mediation: on which day, and no more than that."""
    mediation.quiet_since = now().date()
    session.add(mediation)


def new_secrets() -> tuple[str, str]:
    """Return a random token for a link, and a random code to say aloud."""
    return new_token(), new_personal_code()


def invite(
    session: Session, mediation_id: int, party_id: int | None, token: str = "", code: str = ""
) -> Invitation:
    """Add a person to a mediation, who can come in with this link and this code; random ones unless they are given."""
    if not token or not code:
        token, code = new_secrets()
    person = MediationPerson(
        mediation_id=mediation_id,
        party_id=party_id,
        link_hash=token_hash(token),
        code_hash=_code_hash(code, token_hash(token)),
        invited_at=now(),
    )
    session.add(person)
    session.flush()
    return Invitation(person.id, token, code)


def person_of(session: Session, token: str) -> MediationPerson | None:
    """Return the person of a link, or None: nobody, or somebody who left."""
    return session.exec(
        select(MediationPerson).where(
            MediationPerson.link_hash == token_hash(token), col(MediationPerson.left_at).is_(None)
        )
    ).first()


def code_fits(session: Session, *, token: str, code: str) -> bool:
    """Return whether a code belongs to a link that nobody enrolled with yet; a wrong one is counted."""
    person = person_of(session, token)
    if person is None or person.public_key is not None or person.code_tries >= MOST_CODE_TRIES:
        return False
    if _is_gone(session.get_one(Mediation, person.mediation_id)):
        return False
    if hmac.compare_digest(person.code_hash, _code_hash(code, person.link_hash)):
        return True
    person.code_tries += 1
    session.add(person)
    return False


def enrol(session: Session, *, token: str, pair: int, made: SealedPair) -> int:
    """Store a person's first pair, and what a newcomer can read: the own drafts, of a mediator also everything new.

    Raises `AlreadyEnrolled` where somebody did so in the meantime, and `NotFound`.
    """
    person = person_of(session, token)
    if person is None:
        raise NotFound("link")
    mediation = existing(session, Mediation, person.mediation_id, lock=True)
    session.refresh(person)
    if person.public_key is not None or pair != person.pair + 1:
        raise AlreadyEnrolled
    if _is_gone(mediation):
        raise MediationEnded
    _store_pair(person, pair, made)
    something_happened(session, mediation)
    person.enrolled_at = now()
    person.code_hash = ""
    session.add(person)
    session.flush()
    _new_audience(session, mediation, AudienceKind.OWN, person=person, readers=[person])
    if person.party_id is None:
        person.admitted_at = person.enrolled_at
        session.add(person)
        session.flush()
        _take_over(session, mediation, person)
        for asked in session.exec(
            select(MediationRequest).where(MediationRequest.mediation_id == mediation.id)
        ).all():
            session.delete(asked)
    return person.id


def renew_words(session: Session, *, person_id: int, pair: int, made: SealedPair) -> None:
    """Seal the same pair under other words. Raises `ChangedMeanwhile` where there is another pair by now."""
    person = existing(session, MediationPerson, person_id, lock=True)
    if person.pair != pair or person.public_key != made.public:
        raise ChangedMeanwhile
    _store_pair(person, pair, made)
    session.add(person)


def add_party(session: Session, mediation_id: int) -> MediationParty:
    """Add a party with the next free letter. Raises `InvalidValue` where there are as many as there may be."""
    mediation = existing(session, Mediation, mediation_id, lock=True)
    taken = session.exec(select(MediationParty).where(MediationParty.mediation_id == mediation_id)).all()
    if len(taken) >= len(LETTERS):
        raise InvalidValue("party", len(taken))
    party = MediationParty(mediation_id=mediation_id, letter=LETTERS[len(taken)])
    session.add(party)
    session.flush()
    _new_audience(
        session, mediation, AudienceKind.PARTY, party=party, readers=_mediators(session, mediation_id)
    )
    return party


def invite_again(session: Session, person_id: int) -> Invitation:
    """Give a person another link and code; what they could open, they cannot any more until they are admitted again."""
    person = existing(session, MediationPerson, person_id, lock=True)
    token, code = new_secrets()
    something_happened(session, session.get_one(Mediation, person.mediation_id))
    _forget_keys(session, person)
    person.link_hash, person.code_hash = token_hash(token), _code_hash(code, token_hash(token))
    person.code_tries = 0
    person.invited_at = now()
    session.add(person)
    return Invitation(person.id, token, code)


def number_of(mediation: Mediation, person: MediationPerson) -> str:
    """Return the number of somebody's key as it stands in the database; empty where there is none."""
    if person.public_key is None:
        return ""
    return spoken_number(bytes(person.public_key), Whose(mediation.uid, person.id, person.pair))


def check_number(session: Session, *, person_id: int, number: str) -> None:
    """Raise `ChangedMeanwhile` where somebody's key is another one than that whose number was shown."""
    person = existing(session, MediationPerson, person_id, lock=True)
    if number_of(session.get_one(Mediation, person.mediation_id), person) != number:
        raise ChangedMeanwhile


def share_keys(session: Session, *, with_person_id: int, keys: dict[int, bytes]) -> None:
    """Seal these audiences' keys to somebody. Those the person has already, stay."""
    person = existing(session, MediationPerson, with_person_id, lock=True)
    if person.public_key is None or person.left_at is not None:
        raise NotFound("mediation person")
    mediation = session.get_one(Mediation, person.mediation_id)
    something_happened(session, mediation)
    for audience_id, key in keys.items():
        if session.get(MediationKey, (audience_id, person.id)) is None:
            session.add(_sealed_key(mediation, audience_id, person, key))


def admit(session: Session, *, person_id: int, keys: dict[int, bytes]) -> None:
    """Let a person of a party in, with the keys that the mediator has of all and of that party."""
    share_keys(session, with_person_id=person_id, keys=keys)
    person = existing(session, MediationPerson, person_id)
    person.admitted_at = person.admitted_at or now()
    session.add(person)


def let_go(session: Session, person_id: int) -> None:
    """Let a person leave: their keys go, and what is written from now on they could not open with a copy either."""
    person = existing(session, MediationPerson, person_id, lock=True)
    if person.left_at is not None:
        return
    mediation = existing(session, Mediation, person.mediation_id, lock=True)
    something_happened(session, mediation)
    _forget_keys(session, person)
    person.left_at = now()
    session.add(person)
    session.flush()
    if person.party_id is not None and not _people(session, mediation.id, person.party_id):
        _party_left(session, session.get_one(MediationParty, person.party_id), person.left_at)
    _rotate(session, mediation, party_ids=[person.party_id] if person.party_id else None)


def party_leaves(session: Session, party: MediationParty, left_at: datetime) -> None:
    """Let everybody of a party leave: their keys go, what it did not release goes, and the others get new keys."""
    mediation = session.get_one(Mediation, party.mediation_id)
    for person in _people(session, mediation.id, party.id):
        _forget_keys(session, person)
        person.left_at = left_at
        session.add(person)
    session.flush()
    _party_left(session, party, left_at)
    _rotate(session, mediation, party_ids=[party.id])


def taking_part(session: Session, mediation_id: int) -> list[MediationParty]:
    """Return the parties that accepted and have not left; who is leaving counts until then."""
    return list(
        session.exec(
            select(MediationParty).where(
                MediationParty.mediation_id == mediation_id,
                col(MediationParty.accepted_at).is_not(None),
                col(MediationParty.left_at).is_(None),
            )
        ).all()
    )


def mediator_of(session: Session, mediation_id: int) -> MediationPerson | None:
    """Return the mediator who came in last and is there still; None before one did."""
    return next(iter(_mediators(session, mediation_id)), None)


def every_party(session: Session, mediation_id: int) -> list[MediationParty]:
    """Return the parties that are or were in it, by letter."""
    return list(
        session.exec(
            select(MediationParty)
            .where(MediationParty.mediation_id == mediation_id)
            .order_by(col(MediationParty.letter))
        ).all()
    )


def people_of(session: Session, mediation_id: int) -> list[MediationPerson]:
    """Return everybody who is in it and did not leave, in the order of their invitation."""
    return list(
        session.exec(
            select(MediationPerson)
            .where(MediationPerson.mediation_id == mediation_id, col(MediationPerson.left_at).is_(None))
            .order_by(col(MediationPerson.id))
        ).all()
    )


def gather_group(session: Session, *, person_id: int, keys: dict[int, bytes]) -> None:
    """Let the people of a party read together what its mediator does not: with a new key, or with that of `keys`.

    Who came in since the last time gets it too. Where the key was lost with somebody's words, there is a new one.
    """
    person = existing(session, MediationPerson, person_id)
    mediation = existing(session, Mediation, person.mediation_id, lock=True)
    theirs = [
        one
        for one in people_of(session, mediation.id)
        if one.party_id == person.party_id and one.admitted_at is not None
    ]
    standing = session.exec(
        select(MediationAudience).where(
            MediationAudience.party_id == person.party_id,
            MediationAudience.kind == AudienceKind.GROUP,
            col(MediationAudience.retired_at).is_(None),
        )
    ).first()
    if standing is not None and standing.id in keys:
        for one in theirs:
            share_keys(session, with_person_id=one.id, keys={standing.id: keys[standing.id]})
        return
    if standing is not None:
        standing.retired_at = now()
        session.add(standing)
        session.flush()
    _new_audience(
        session,
        mediation,
        AudienceKind.GROUP,
        party=session.get_one(MediationParty, person.party_id),
        readers=theirs,
        generation=standing.generation + 1 if standing else 1,
    )


def _party_left(session: Session, party: MediationParty, left_at: datetime) -> None:
    """Keep that a party left, and destroy what it told its mediator: nobody has the keys of that any more."""
    party.left_at = left_at
    session.add(party)
    audiences = select(MediationAudience.id).where(MediationAudience.party_id == party.id)
    connection = session.connection()
    for table in (MediationKey, MediationItem):
        connection.execute(delete(table).where(col(table.audience_id).in_(audiences)))
    session.flush()
    after_commit_forget(session, Erased.MEDIATIONS)


def _take_over(session: Session, mediation: Mediation, mediator: MediationPerson) -> None:
    """Let earlier mediators go, and make new keys that the new one has: of what was written before the parties share
    theirs when they accept the newcomer.
    """
    for other in _mediators(session, mediation.id):
        if other.id != mediator.id:
            _forget_keys(session, other)
            other.left_at = now()
            session.add(other)
    for person in people_of(session, mediation.id):
        if person.id != mediator.id and person.accepted_at is not None:
            # They accepted somebody else.
            person.accepted_at = None
            session.add(person)
    session.flush()
    _rotate(session, mediation, party_ids=None)


def _rotate(session: Session, mediation: Mediation, *, party_ids: Iterable[int] | None) -> None:
    """Make new keys of what all read, and of these parties (None: of every one), for who is there now."""
    wanted = (
        None
        if party_ids is None
        else or_(
            col(MediationAudience.party_id).in_(list(party_ids)),
            col(MediationAudience.kind) == AudienceKind.ALL,
        )
    )
    standing = select(MediationAudience).where(
        MediationAudience.mediation_id == mediation.id,
        MediationAudience.kind != AudienceKind.OWN,
        col(MediationAudience.retired_at).is_(None),
    )
    # Another mediator changes nothing for what a group reads without one.
    every = standing.where(MediationAudience.kind != AudienceKind.GROUP)
    found = session.exec(every if wanted is None else standing.where(wanted)).all()
    for audience in found:
        audience.retired_at = now()
        session.add(audience)
    session.flush()
    mediators = _mediators(session, mediation.id)
    generations = [one.generation for one in found if one.kind == AudienceKind.ALL]
    inside = [one for one in people_of(session, mediation.id) if one.admitted_at is not None]
    _new_audience(
        session, mediation, AudienceKind.ALL, readers=inside, generation=max(generations, default=0) + 1
    )
    for audience in found:
        if audience.party_id is None:
            continue
        party = session.get_one(MediationParty, audience.party_id)
        if party.left_at is not None:
            continue
        theirs = [one for one in inside if one.party_id == party.id]
        if audience.kind == AudienceKind.GROUP:
            theirs = [one for one in theirs if session.get(MediationKey, (audience.id, one.id)) is not None]
        _new_audience(
            session,
            mediation,
            AudienceKind(audience.kind),
            party=party,
            readers=theirs if audience.kind == AudienceKind.GROUP else [*mediators, *theirs],
            generation=audience.generation + 1,
        )


def _new_audience(
    session: Session,
    mediation: Mediation,
    kind: AudienceKind,
    *,
    readers: Iterable[MediationPerson],
    party: MediationParty | None = None,
    person: MediationPerson | None = None,
    generation: int = 0,
) -> None:
    if kind == AudienceKind.OWN and person is not None:
        generation = person.pair
    audience = MediationAudience(
        mediation_id=mediation.id,
        kind=kind,
        party_id=party.id if party else None,
        person_id=person.id if person else None,
        generation=generation or 1,
    )
    session.add(audience)
    session.flush()
    key = new_key()
    for reader in readers:
        session.add(_sealed_key(mediation, audience.id, reader, key))
    session.flush()


def _sealed_key(mediation: Mediation, audience_id: int, person: MediationPerson, key: bytes) -> MediationKey:
    assert person.public_key is not None
    sealed = seal_key(key, person.public_key, uid=mediation.uid, audience_id=audience_id, person_id=person.id)
    return MediationKey(audience_id=audience_id, person_id=person.id, sealed=sealed)


def _store_pair(person: MediationPerson, pair: int, made: SealedPair) -> None:
    person.pair = pair
    person.public_key = made.public
    person.salt, person.sealed_private = made.sealed.salt, made.sealed.sealed
    if made.spare is not None:
        person.spare_salt, person.spare_sealed = made.spare.salt, made.spare.sealed


def _forget_keys(session: Session, person: MediationPerson) -> None:
    session.connection().execute(delete(MediationKey).where(col(MediationKey.person_id) == person.id))
    person.public_key = person.salt = person.sealed_private = None
    person.spare_salt = person.spare_sealed = None
    person.enrolled_at = person.admitted_at = person.accepted_at = None


def _mediators(session: Session, mediation_id: int) -> list[MediationPerson]:
    """Return who has the keys of a mediator, the newest first."""
    found = session.exec(
        select(MediationPerson)
        .where(
            MediationPerson.mediation_id == mediation_id,
            col(MediationPerson.party_id).is_(None),
            col(MediationPerson.left_at).is_(None),
            col(MediationPerson.public_key).is_not(None),
        )
        .order_by(col(MediationPerson.id).desc())
    ).all()
    return list(found)


def _people(session: Session, mediation_id: int, party_id: int) -> list[MediationPerson]:
    return [one for one in people_of(session, mediation_id) if one.party_id == party_id]


def _is_gone(mediation: Mediation) -> bool:
    return mediation.ended_at is not None or mediation.destroyed_at is not None


def _code_hash(code: str, link_hash: str) -> str:
    return keyed("mediation code", link_hash, code.strip().upper().replace("-", "").replace(" ", "")).hex()


def new_item_name() -> str:
    """Return a random name for a text."""
    return secrets.token_hex(16)
