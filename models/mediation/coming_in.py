"""Coming in: six words are drawn, kept under a pair of keys, and typed to open it. Slow; never inside an action."""

from dataclasses import dataclass, field

from models.basics.errors import NotFound, WordsDiffer
from models.mediation.opened import Opened, open_keys
from models.mediation.people import SealedPair, enrol, person_of, renew_words
from models.mediation.sealing import (
    DoesNotOpen,
    SealedPrivate,
    Whose,
    new_pair,
    new_words,
    open_private,
    public_of,
    seal_private,
    typed_words,
)
from models.mediation.texts import load_keys
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Mediation


@dataclass(frozen=True)
class Drawn:
    """Words that were drawn for somebody and are shown once. `spare` is empty for who is no mediator."""

    words: str = field(repr=False)
    spare: str = field(repr=False)


def draw_words(token: str, language: str) -> Drawn:
    """Draw the words of who comes in by this link, and of a mediator those of the spare sheet. Raises `NotFound`."""
    with reading() as session:
        person = person_of(session, token)
    if person is None or person.public_key is not None:
        raise NotFound("link")
    return Drawn(new_words(language), new_words(language) if person.party_id is None else "")


def draw_words_again(language: str, *, is_mediator: bool) -> Drawn:
    """Draw other words for somebody who has it open, instead of those that were lost or used up."""
    return Drawn(new_words(language), new_words(language) if is_mediator else "")


def come_in(token: str, drawn: Drawn, typed: str) -> str:
    """Enrol with the words that were drawn, typed back; return the id of a new session in which all is open.

    Raises `WordsDiffer` before anything slow, `AlreadyEnrolled`, `MediationEnded` and `NotFound`.
    """
    if typed_words(typed) != typed_words(drawn.words):
        raise WordsDiffer
    with reading() as session:
        person = person_of(session, token)
        if person is None:
            raise NotFound("link")
        uid = session.get_one(Mediation, person.mediation_id).uid
    pair, made = person.pair + 1, new_pair()
    whose = Whose(uid, person.id, pair)
    sealed = seal_private(made.private, drawn.words, whose)
    spare = seal_private(made.private, drawn.spare, whose) if drawn.spare else None
    person_id = write(enrol, token=token, pair=pair, made=SealedPair(made.public, sealed, spare))
    return _open(Opened(person_id, pair, bytearray(made.private)))


def unlock(token: str, words: str, *, is_spare: bool = False) -> str | None:
    """Return the id of a new session for who has the right words, or None; wrong ones take as long as right ones."""
    with reading() as session:
        person = person_of(session, token)
        uid = session.get_one(Mediation, person.mediation_id).uid if person else ""
    if person is None:
        return None
    salt, sealed = (
        (person.spare_salt, person.spare_sealed) if is_spare else (person.salt, person.sealed_private)
    )
    if salt is None or sealed is None:
        return None
    stored = SealedPrivate(salt, sealed)
    try:
        private = open_private(stored, words, Whose(uid, person.id, person.pair))
    except DoesNotOpen:
        return None
    return _open(Opened(person.id, person.pair, bytearray(private)))


def has_words(token: str) -> bool:
    """Return whether somebody enrolled by this link: else there is nothing slow to do."""
    with reading() as session:
        person = person_of(session, token)
    return person is not None and person.public_key is not None


def choose_new_words(opened: Opened, drawn: Drawn, typed: str) -> None:
    """Seal the same pair under other words, after the spare sheet was used. Raises `WordsDiffer`."""
    if typed_words(typed) != typed_words(drawn.words):
        raise WordsDiffer
    with reading() as session:
        mediation = load_keys(session, opened)
        uid = mediation.uid
    private = bytes(opened.private)
    whose = Whose(uid, opened.person_id, opened.pair)
    made = SealedPair(
        public_of(private),
        seal_private(private, drawn.words, whose),
        seal_private(private, drawn.spare, whose) if drawn.spare else None,
    )
    write(renew_words, person_id=opened.person_id, pair=opened.pair, made=made)


def _open(opened: Opened) -> str:
    with reading() as session:
        load_keys(session, opened)
    return open_keys.open(opened)
