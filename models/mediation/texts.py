"""Sealed texts: opened with the keys that somebody has open, and sealed for the audience that it was typed for."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from models.basics.errors import (
    ChangedMeanwhile,
    MediationEnded,
    MediationLocked,
    NotFound,
    NothingAcceptedYet,
)
from models.basics.words import AudienceKind, MediationText
from models.mediation.opened import Opened
from models.mediation.people import something_happened
from models.mediation.sealing import DoesNotOpen, open_key, open_text, seal_text
from models.mediation.stopping import has_ended, has_left, leavers
from models.storage.finding import existing
from models.tables import (
    Mediation,
    MediationAudience,
    MediationItem,
    MediationKey,
    MediationParty,
    MediationPerson,
)

TEXT_LIMIT = 20_000
# After the end the parties still say how it goes, and what was said can still be read.
AFTER_THE_END = {
    MediationText.HOLDS,
    MediationText.SEEN,
    MediationText.LEAVES,
    # A group is asked before it lets a sentence out.
    MediationText.ROUND,
    MediationText.FEEDBACK,
    # Who lost the words is let in again.
    MediationText.KEY,
}
# What comes before the first word.
BEFORE_ACCEPTING = {MediationText.ACCEPTED}


@dataclass(frozen=True)
class Content:
    """What stands in a seal: what it is, who wrote it and when (ISO), and about which other text."""

    kind: str
    text: str = field(default="", repr=False)
    person_id: int = 0
    party_id: int = 0
    at: str = ""
    about: str = ""
    more: dict[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Text:
    """A text that was opened. `audience` is own, party or all, and `audience_party_id` the party of the second."""

    item: str
    version: int
    audience_id: int
    audience: str
    audience_party_id: int | None
    content: Content

    @property
    def kind(self) -> str:
        """What it is."""
        return self.content.kind

    @property
    def text(self) -> str:
        """Its words."""
        return self.content.text


@dataclass(frozen=True)
class Sealed:
    """A text as it is stored."""

    item: str
    version: int
    audience_id: int
    sealed: bytes


def load_keys(session: Session, opened: Opened) -> Mediation:
    """Open what was sealed to somebody since the last look; return their mediation.

    Raises `MediationLocked` where their pair is not that of now: they have other words, or left.
    """
    person = session.get(MediationPerson, opened.person_id)
    if (
        person is None
        or person.pair != opened.pair
        or person.public_key is None
        or person.left_at is not None
    ):
        raise MediationLocked
    mediation = existing(session, Mediation, person.mediation_id)
    party = session.get(MediationParty, person.party_id) if person.party_id else None
    if has_left(party) and not has_ended(mediation):
        raise MediationLocked
    sealed = session.exec(select(MediationKey).where(MediationKey.person_id == person.id)).all()
    for one in sealed:
        if one.audience_id in opened.keys:
            continue
        try:
            key = open_key(
                one.sealed,
                bytes(opened.private),
                uid=mediation.uid,
                audience_id=one.audience_id,
                person_id=person.id,
            )
        except DoesNotOpen:
            continue
        opened.keys[one.audience_id] = bytearray(key)
    for audience_id in set(opened.keys) - {one.audience_id for one in sealed}:
        opened.keys.pop(audience_id)[:] = bytes(32)
    return mediation


def read_texts(session: Session, opened: Opened, mediation: Mediation) -> list[Text]:
    """Return every text that these keys open, in the order in which each was written first."""
    audiences = {
        one.id: one
        for one in session.exec(
            select(MediationAudience).where(MediationAudience.mediation_id == mediation.id)
        ).all()
    }
    found = session.exec(
        select(MediationItem)
        .where(
            MediationItem.mediation_id == mediation.id,
            col(MediationItem.audience_id).in_(list(opened.keys)),
        )
        .order_by(col(MediationItem.id))
    ).all()
    return [
        text
        for one in found
        if (text := _opened(one, audiences[one.audience_id], opened, mediation.uid)) is not None
    ]


def standing_audience(
    session: Session, opened: Opened, mediation_id: int, kind: str, party_id: int | None = None
) -> MediationAudience:
    """Return the audience of a kind under which is written now. Raises `NotFound` where one has not got its key."""
    found = session.exec(
        select(MediationAudience)
        .where(
            MediationAudience.mediation_id == mediation_id,
            MediationAudience.kind == kind,
            MediationAudience.party_id == party_id,
            MediationAudience.person_id == (opened.person_id if kind == AudienceKind.OWN else None),
            col(MediationAudience.retired_at).is_(None),
        )
        .order_by(col(MediationAudience.generation).desc())
    ).first()
    if found is None or found.id not in opened.keys:
        raise NotFound("mediation audience")
    return found


def sealed_for(
    opened: Opened, mediation: Mediation, audience_id: int, *, item: str, version: int, content: Content
) -> Sealed:
    """Seal a text for an audience of which one has the key. Raises `NotFound`."""
    key = opened.keys.get(audience_id)
    if key is None:
        raise NotFound("mediation audience")
    written = json.dumps(asdict(content), ensure_ascii=False, separators=(",", ":")).encode()
    sealed = seal_text(
        written, bytes(key), uid=mediation.uid, item=item, version=version, audience_id=audience_id
    )
    return Sealed(item, version, audience_id, sealed)


def store_texts(
    session: Session,
    *,
    person_id: int,
    pair: int,
    texts: list[Sealed],
    kind: str,
    deleted: list[str] | None = None,
) -> None:
    """Store sealed texts, each the next version of its item, and delete others, all or nothing.

    `kind` is what they are, which only who has the keys knows: by it one may write before accepting, or after the end.
    Raises `MediationLocked`, `NothingAcceptedYet`, `MediationEnded`, `NotFound`, and `ChangedMeanwhile` where another
    version stands there by now.
    """
    person = existing(session, MediationPerson, person_id)
    if person.pair != pair or person.public_key is None or person.left_at is not None:
        raise MediationLocked
    mediation = existing(session, Mediation, person.mediation_id, lock=True)
    if mediation.destroyed_at is not None or (has_ended(mediation) and kind not in AFTER_THE_END):
        raise MediationEnded
    if not has_ended(mediation) and leavers(session, person.mediation_id):
        # What is written now would be sealed with keys that a party took along.
        raise ChangedMeanwhile
    if person.admitted_at is None or (
        person.party_id is not None and person.accepted_at is None and kind not in BEFORE_ACCEPTING
    ):
        raise NothingAcceptedYet
    something_happened(session, mediation)
    for text in texts:
        _store(session, person, text)
    for item in deleted or []:
        found = session.exec(select(MediationItem).where(MediationItem.item == item)).first()
        if found is not None and session.get(MediationKey, (found.audience_id, person.id)) is not None:
            session.delete(found)
    session.flush()


def _store(session: Session, person: MediationPerson, text: Sealed) -> None:
    audience = existing(session, MediationAudience, text.audience_id)
    has_key = session.get(MediationKey, (audience.id, person.id)) is not None
    if audience.mediation_id != person.mediation_id or audience.retired_at is not None or not has_key:
        raise NotFound("mediation audience")
    found = session.exec(select(MediationItem).where(MediationItem.item == text.item)).first()
    if found is None:
        if text.version != 1:
            raise ChangedMeanwhile
        found = MediationItem(
            mediation_id=person.mediation_id, audience_id=audience.id, item=text.item, sealed=b""
        )
    elif found.mediation_id != person.mediation_id or text.version != found.version + 1:
        raise ChangedMeanwhile
    found.audience_id, found.version, found.sealed = audience.id, text.version, text.sealed
    session.add(found)


def _opened(found: MediationItem, audience: MediationAudience, opened: Opened, uid: str) -> Text | None:
    try:
        written = open_text(
            found.sealed,
            bytes(opened.keys[found.audience_id]),
            uid=uid,
            item=found.item,
            version=found.version,
            audience_id=found.audience_id,
        )
    except DoesNotOpen:
        return None
    return Text(
        found.item,
        found.version,
        found.audience_id,
        audience.kind,
        audience.party_id,
        Content(**json.loads(written)),
    )
