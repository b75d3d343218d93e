"""Accepting the mediator, secrecy and the rules, or rather not taking part."""

from collections.abc import Sequence

from sqlmodel import Session

from models.basics.clock import now
from models.basics.errors import InvalidValue, NothingAcceptedYet, NotYours
from models.basics.text import NAME_LIMIT, one_line
from models.basics.words import AudienceKind, MediationText
from models.mediation import people
from models.mediation.acting import (
    OnPaper,
    content_of,
    keys_for,
    look_as,
    look_to_act,
    sealed_text,
    signed_on_paper,
)
from models.mediation.opened import Opened
from models.mediation.texts import Sealed, store_texts
from models.storage.finding import existing
from models.storage.writing import write
from models.tables import MediationParty, MediationPerson

MANDATES = ("self", "group", "other")


def accept(
    opened: Opened,
    *,
    texts: Sequence[str],
    mandate: str,
    who_decides: str,
    paper: OnPaper | None = None,
) -> None:
    """Accept this mediator, secrecy and the rules. What was accepted is kept word for word, with its time.

    A mediator who took over gets the keys of what this party reads.
    """
    seen = look_as(opened, paper)
    if seen.is_mediator or not seen.is_set_up:
        raise NothingAcceptedYet
    if mandate not in MANDATES:
        raise InvalidValue("mandate", mandate)
    decides = one_line(who_decides, field="who_decides", limit=NAME_LIMIT, is_required=mandate == "other")
    content = content_of(
        seen,
        MediationText.ACCEPTED,
        "\n\n".join(texts),
        mandate=mandate,
        decides=decides,
        mediator=seen.mediator_id,
        mediator_number=seen.mediator_number,
        **signed_on_paper(seen, paper, seen.setup),
    )
    sealed = sealed_text(opened, seen, AudienceKind.ALL, content)
    if paper is not None:
        write(
            _accept_on_paper,
            person_id=opened.person_id,
            pair=opened.pair,
            text=sealed,
            party_id=paper.party_id,
        )
        return
    write(
        _accept,
        person_id=opened.person_id,
        pair=opened.pair,
        text=sealed,
        mediator_id=seen.mediator_id,
        mediator_number=seen.mediator_number,
        keys=keys_for(opened, seen.me.party_id),
    )


def decline(opened: Opened) -> None:
    """Rather not take part, before anything was accepted: this person leaves.

    Who accepted an earlier mediator told something already, which goes with them: they stop, which can be taken back.
    """
    seen = look_to_act(opened)
    if seen.is_mediator or seen.me.has_accepted or seen.has_accepted_another:
        raise NotYours
    write(people.let_go, person_id=opened.person_id)


def _accept(
    session: Session,
    *,
    person_id: int,
    pair: int,
    text: Sealed,
    mediator_id: int,
    mediator_number: str,
    keys: dict[int, bytes],
) -> None:
    store_texts(session, person_id=person_id, pair=pair, texts=[text], kind=MediationText.ACCEPTED)
    person = existing(session, MediationPerson, person_id, lock=True)
    mediator = people.mediator_of(session, person.mediation_id)
    if mediator is None or mediator.id != mediator_id:
        raise NothingAcceptedYet
    # Their keys go to the very one whose number they read.
    people.check_number(session, person_id=mediator_id, number=mediator_number)
    person.accepted_at = now()
    session.add(person)
    _party_accepted(session, person.party_id)
    people.share_keys(session, with_person_id=mediator_id, keys=keys)


def _accept_on_paper(session: Session, *, person_id: int, pair: int, text: Sealed, party_id: int) -> None:
    store_texts(session, person_id=person_id, pair=pair, texts=[text], kind=MediationText.ACCEPTED)
    _party_accepted(session, party_id)


def _party_accepted(session: Session, party_id: int | None) -> None:
    party = existing(session, MediationParty, party_id or 0, lock=True)
    party.accepted_at = party.accepted_at or now()
    session.add(party)
