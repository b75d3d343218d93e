"""How anything is done in a mediation: who acts reads with the keys they have open, and seals what is stored.

Texts are sealed before they are given to the writer, so that nothing that was typed stands in its queue or in an error.
"""

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from models.basics.clock import now
from models.basics.errors import NotYours, SignedWhen
from models.basics.words import AudienceKind
from models.mediation.opened import Opened
from models.mediation.people import new_item_name
from models.mediation.stopping import end_stopped, leavers
from models.mediation.texts import (
    Content,
    Sealed,
    Text,
    load_keys,
    sealed_for,
    standing_audience,
    store_texts,
)
from models.mediation.views import Inside, inside
from models.storage.database import reading
from models.storage.finding import existing
from models.storage.writing import write
from models.tables import Alliance, MediationAudience


@dataclass(frozen=True)
class OnPaper:
    """What the mediator does for a party without a phone, and on which day that party signed it on paper.

    What only takes something back, or reads, needs no signature.
    """

    party_id: int
    signed_on: date | None = None


def look(opened: Opened) -> Inside:
    """Return everything that somebody can read now."""
    with reading() as session:
        return inside(session, opened)


def look_to_act(opened: Opened) -> Inside:
    """Return what somebody reads, once parties whose ten minutes are over have left: they get no new text."""
    seen = look(opened)
    with reading() as session:
        leaving = not seen.is_ended and bool(leavers(session, seen.mediation_id))
    if not leaving:
        return seen
    write(end_stopped)
    return look(opened)


def look_as(opened: Opened, paper: OnPaper | None) -> Inside:
    """Return what who acts reads: oneself, or as a mediator the party without a phone for which one types."""
    seen = look_to_act(opened)
    return seen if paper is None else seen.as_party(paper.party_id)


def look_as_mediator(opened: Opened) -> Inside:
    """Return what the mediator reads. Raises `NotYours` for anybody else."""
    seen = look_to_act(opened)
    if not seen.is_mediator:
        raise NotYours
    return seen


def own_text(seen: Inside, item: str) -> Text:
    """Return a text that who acts wrote. Raises `NotYours` for what somebody else wrote."""
    text = seen.text(item)
    if text.content.person_id != seen.me.id:
        raise NotYours
    return text


def signed_on_paper(seen: Inside, paper: OnPaper | None, about: Text | None) -> dict[str, str]:
    """Return on which day a party without a phone signed: on that of the text or later, and not in the future.

    Raises `SignedWhen`. Nothing where the party has a phone.
    """
    if paper is None:
        return {}
    with reading() as session:
        zone = ZoneInfo(existing(session, Alliance, seen.alliance_id).time_zone)
    written = datetime.fromisoformat(about.content.at).astimezone(zone).date() if about else None
    if (
        paper.signed_on is None
        or not (written or paper.signed_on) <= paper.signed_on <= now().astimezone(zone).date()
    ):
        raise SignedWhen
    return {"signed_on": paper.signed_on.isoformat()}


def content_of(seen: Inside, kind: str, text: str, **more: Any) -> Content:
    """Return what is written now, by who acts: the content of a text before it is sealed."""
    return Content(
        kind=str(kind),
        text=text,
        person_id=seen.me.id,
        party_id=seen.me.party_id or 0,
        at=now().isoformat(),
        more=more,
    )


def keep_text(
    opened: Opened,
    seen: Inside,
    audience: str,
    content: Content,
    before: Text | None,
    *,
    party_id: int | None = None,
    item: str = "",
    deleted: list[str] | None = None,
) -> None:
    """Store a text as new, or as the next version of the one before."""
    if before is not None:
        sealed = sealed_text(
            opened, seen, audience, content, item=before.item, version=before.version + 1, party_id=party_id
        )
    else:
        sealed = sealed_text(opened, seen, audience, content, item=item, party_id=party_id)
    keep_sealed(opened, content.kind, [sealed], deleted=deleted)


def sealed_text(
    opened: Opened,
    seen: Inside,
    audience: str,
    content: Content,
    *,
    item: str = "",
    version: int = 1,
    party_id: int | None = None,
) -> Sealed:
    """Return a text sealed for those who read it: everybody, a party with the mediator, or oneself."""
    with reading() as session:
        standing = standing_audience(session, opened, seen.mediation_id, audience, party_id)
        mediation = load_keys(session, opened)
        return sealed_for(
            opened, mediation, standing.id, item=item or new_item_name(), version=version, content=content
        )


def keep_sealed(opened: Opened, kind: str, texts: list[Sealed], deleted: list[str] | None = None) -> None:
    """Store what was sealed, and delete other texts by their names, in one transaction."""
    write(store_texts, person_id=opened.person_id, pair=opened.pair, texts=texts, kind=kind, deleted=deleted)


def name_of(opened: Opened, seen: Inside, *parts: str) -> str:
    """Return a name that comes out the same again, and tells nothing to who has no key: it is keyed with one."""
    with reading() as session:
        kind = AudienceKind.OWN if parts[0] == "draft" else AudienceKind.ALL
        audience = standing_audience(session, opened, seen.mediation_id, kind)
    return hmac.digest(bytes(opened.keys[audience.id]), "\x1f".join(parts).encode(), "sha256").hex()[:32]


def keys_for(opened: Opened, party_id: int | None) -> dict[int, bytes]:
    """Return the keys that somebody has of what all read and of what this party reads, earlier ones too."""
    with reading() as session:
        found = {}
        for audience_id, key in opened.keys.items():
            audience = existing(session, MediationAudience, audience_id)
            if audience.kind == AudienceKind.ALL or (
                audience.kind == AudienceKind.PARTY and audience.party_id == party_id
            ):
                found[audience_id] = bytes(key)
        return found
