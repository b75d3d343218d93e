"""What the mediator arranges: between whom it is, at which step it is, and who takes part."""

from dataclasses import replace
from typing import Any

from sqlmodel import Session

from models.basics.errors import (
    AcceptedAlready,
    ChangedMeanwhile,
    InvalidValue,
    InvitedAlready,
    NotFound,
    NothingAcceptedYet,
    TooFewParties,
)
from models.basics.text import NAME_LIMIT, STATEMENT_LIMIT, one_line, required_text
from models.basics.words import AudienceKind, Direction, MediationStep, MediationText
from models.mediation import people
from models.mediation.acting import (
    content_of,
    keep_sealed,
    keep_text,
    keys_for,
    look_as_mediator,
    sealed_text,
)
from models.mediation.opened import Opened
from models.mediation.people import Invitation, new_item_name
from models.mediation.texts import Content, Sealed, load_keys, sealed_for, standing_audience, store_texts
from models.mediation.views import STEPS, Inside
from models.storage.database import reading
from models.storage.writing import write

PARTY_KINDS = ("person", "group", "municipality")


def set_up(opened: Opened, *, direction: str, name: str, declaration: str) -> None:
    """Say between whom it is, who mediates, and that one belongs to no party. Parties accept exactly these words."""
    seen = look_as_mediator(opened)
    if seen.is_set_up and any(one.has_accepted for party in seen.parties for one in party.people):
        raise AcceptedAlready
    if direction not in set(Direction):
        raise InvalidValue("direction", direction)
    content = content_of(
        seen,
        MediationText.SETUP,
        required_text(declaration, field="declaration", limit=STATEMENT_LIMIT),
        direction=direction,
        mediator=one_line(name, field="name", limit=NAME_LIMIT),
        step=seen.step if seen.is_set_up else MediationStep.REGISTRATION,
    )
    keep_text(opened, seen, AudienceKind.ALL, content, seen.setup)


def move_to(opened: Opened, *, step: str) -> None:
    """Bring everyone to a step. Raises `TooFewParties` where two parties have not accepted yet."""
    seen = look_as_mediator(opened)
    if step not in set(MediationStep) or seen.setup is None:
        raise InvalidValue("step", step)
    is_together = STEPS.index(MediationStep(step)) >= STEPS.index(MediationStep.TOGETHER)
    if is_together and sum(party.has_accepted for party in seen.parties) < 2:
        raise TooFewParties
    before = seen.setup.content
    keep_text(opened, seen, AudienceKind.ALL, replace(before, more={**before.more, "step": step}), seen.setup)


def add_party(opened: Opened, *, name: str, kind: str, person: str) -> Invitation:
    """Add a party with the first person who speaks for it, and return that person's invitation, shown once."""
    return _add_party(opened, name, kind, person, is_on_paper=False)


def add_party_on_paper(opened: Opened, *, name: str, kind: str, person: str) -> None:
    """Add a party whose speaker has no phone: nobody is invited, the mediator types, and the party signs on paper."""
    _add_party(opened, name, kind, person, is_on_paper=True)


def name_again(opened: Opened, *, party_id: int, name: str, kind: str, person: str) -> None:
    """Name a party without a phone again, for who took over where nobody but the mediator before had the key of names.

    What it told is gone with that key: it accepts anew. Raises `NotFound` where the name can be read, or will be.
    """
    seen = look_as_mediator(opened)
    party = next((one for one in seen.nameless if one.id == party_id), None)
    if party is None or not party.people:
        raise NotFound("mediation party")
    named, who = _checked(seen, name, kind, person)
    about = content_of(seen, MediationText.PERSON, who, speaks=True, on_paper=True, of=party.people[0].id)
    texts = [
        replace(about, kind=str(MediationText.PARTY), text=named, party_id=party_id, more={"kind": kind}),
        replace(about, party_id=party_id),
    ]
    keep_sealed(
        opened, MediationText.PERSON, [sealed_text(opened, seen, AudienceKind.ALL, one) for one in texts]
    )


def add_person(opened: Opened, *, party_id: int, person: str) -> Invitation:
    """Invite another person of a party, who reads along and does not approve for it."""
    seen = look_as_mediator(opened)
    who = one_line(person, field="person", limit=NAME_LIMIT)
    if party_id not in {party.id for party in seen.parties}:
        raise NotFound("mediation party")
    _check_new(seen, who)
    return _invited(opened, seen, party_id, who, {})


def invite_again(opened: Opened, *, person_id: int) -> Invitation:
    """Give somebody another link and code: the words are lost, or the code was guessed at too often.

    Who had no phone has one from now on, and accepts on it once more.
    """
    seen = look_as_mediator(opened)
    if seen.person(person_id).is_on_paper:
        named = next(one for one in seen.of_kind(MediationText.PERSON) if one.content.more["of"] == person_id)
        content = replace(named.content, more={**named.content.more, "on_paper": False})
        keep_text(opened, seen, AudienceKind.ALL, content, named)
    invitation: Invitation = write(people.invite_again, person_id=person_id)
    return invitation


def admit(opened: Opened, *, person_id: int, number: str) -> None:
    """Let somebody in who has enrolled: give them the keys of all and of their party.

    `number` is that of their key, as the mediator saw it and they read it aloud. It is kept in a seal, so that a key
    that takes its place is seen. Raises `ChangedMeanwhile`.
    """
    seen = look_as_mediator(opened)
    person = seen.person(person_id)
    if number != person.number:
        raise ChangedMeanwhile
    content = content_of(seen, MediationText.KEY, "", of=person_id, number=number)
    write(
        _admit,
        by_person_id=opened.person_id,
        pair=opened.pair,
        text=sealed_text(opened, seen, AudienceKind.ALL, content),
        person_id=person_id,
        number=number,
        keys=keys_for(opened, person.party_id),
    )


def remove(opened: Opened, *, person_id: int) -> None:
    """Let a person of a party go, by the mediator."""
    seen = look_as_mediator(opened)
    seen.person(person_id)
    write(people.let_go, person_id=person_id)


def _admit(
    session: Session,
    *,
    by_person_id: int,
    pair: int,
    text: Sealed,
    person_id: int,
    number: str,
    keys: dict[int, bytes],
) -> None:
    people.check_number(session, person_id=person_id, number=number)
    store_texts(session, person_id=by_person_id, pair=pair, texts=[text], kind=MediationText.KEY)
    people.admit(session, person_id=person_id, keys=keys)


def _add_party(opened: Opened, name: str, kind: str, person: str, *, is_on_paper: bool) -> Invitation:
    seen = look_as_mediator(opened)
    named, who = _checked(seen, name, kind, person)
    return _invited(opened, seen, None, who, {"party": named, "kind": kind}, is_on_paper=is_on_paper)


def _checked(seen: Inside, name: str, kind: str, person: str) -> tuple[str, str]:
    """Return the names of a new party and of who speaks for it, as they are kept."""
    if kind not in PARTY_KINDS:
        raise InvalidValue("kind", kind)
    named = one_line(name, field="party", limit=NAME_LIMIT)
    who = one_line(person, field="person", limit=NAME_LIMIT)
    if not seen.is_set_up:
        raise NothingAcceptedYet
    if _same(named, [party.name for party in seen.parties]):
        raise InvitedAlready
    _check_new(seen, who)
    return named, who


def _check_new(seen: Inside, name: str) -> None:
    if _same(name, [person.name for party in seen.parties for person in party.people]):
        raise InvitedAlready


def _same(name: str, names: list[str]) -> bool:
    return name.casefold() in {one.casefold() for one in names}


def _invited(
    opened: Opened,
    seen: Inside,
    party_id: int | None,
    name: str,
    party: dict[str, str],
    *,
    is_on_paper: bool = False,
) -> Invitation:
    """Invite somebody, and write who that is where all read it, in one transaction."""
    with reading() as session:
        mediation = load_keys(session, opened)
        all_read = standing_audience(session, opened, mediation.id, AudienceKind.ALL)
    key = bytes(opened.keys[all_read.id])

    def seal(item: str, content: Content) -> Sealed:
        holder = Opened(opened.person_id, opened.pair, bytearray(), {all_read.id: bytearray(key)})
        return sealed_for(holder, mediation, all_read.id, item=item, version=1, content=content)

    invitation: Invitation = write(
        _invite,
        person_id=opened.person_id,
        pair=opened.pair,
        mediation_id=mediation.id,
        party_id=party_id,
        seal=seal,
        about=content_of(seen, MediationText.PERSON, name, speaks=bool(party), on_paper=is_on_paper),
        party=party,
    )
    return invitation


def _invite(
    session: Session,
    *,
    person_id: int,
    pair: int,
    mediation_id: int,
    party_id: int | None,
    seal: Any,
    about: Content,
    party: dict[str, str],
) -> Invitation:
    texts = []
    if party_id is None:
        party_id = people.add_party(session, mediation_id).id
        named = replace(
            about,
            kind=str(MediationText.PARTY),
            text=party["party"],
            party_id=party_id,
            more={"kind": party["kind"]},
        )
        texts.append(seal(new_item_name(), named))
    invitation = people.invite(session, mediation_id, party_id)
    of = replace(about, party_id=party_id, more={**about.more, "of": invitation.person_id})
    texts.append(seal(new_item_name(), of))
    store_texts(session, person_id=person_id, pair=pair, texts=texts, kind=MediationText.PERSON)
    return invitation
