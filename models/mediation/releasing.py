"""Releasing a text of one's own to all, opening what others released, and marking a principle as shared."""

from dataclasses import replace

from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.errors import (
    ChangedMeanwhile,
    NotConfirmed,
    NotFound,
    NotYours,
    SeenAlready,
    StepNotReached,
)
from models.basics.words import AudienceKind, MediationStep, MediationText
from models.mediation.acting import (
    OnPaper,
    content_of,
    keep_sealed,
    look_as,
    name_of,
    own_text,
    sealed_text,
    signed_on_paper,
)
from models.mediation.opened import Opened
from models.mediation.texts import store_texts
from models.storage.writing import write
from models.tables import MediationItem


def share(opened: Opened, *, item: str, version: int, paper: OnPaper | None = None) -> None:
    """Release one text of one's own to all: exactly this version of it. Only its author can.

    Of a party without a phone the text was signed before, and the release is signed too. Raises `NotConfirmed`.
    """
    seen = look_as(opened, paper)
    text = own_text(seen, item)
    if text.audience != AudienceKind.PARTY:
        raise NotFound("mediation text")
    if version != text.version:
        raise ChangedMeanwhile
    if not seen.is_at_least(MediationStep.TOGETHER):
        raise StepNotReached
    if seen.shared_copy(item) is not None:
        return
    if paper is not None and not text.content.more.get("signed_on"):
        raise NotConfirmed
    signed = signed_on_paper(seen, paper, text)
    copy = replace(text.content, about=item, at=now().isoformat(), more={**text.content.more, **signed})
    name = name_of(opened, seen, "shared", item, str(version))
    keep_sealed(opened, text.kind, [sealed_text(opened, seen, AudienceKind.ALL, copy, item=name)])


def take_back(opened: Opened, *, item: str, paper: OnPaper | None = None) -> None:
    """Take a released text back, until somebody of another party has opened it. Raises `SeenAlready`."""
    seen = look_as(opened, paper)
    own_text(seen, item)
    copy = seen.shared_copy(item)
    if copy is None:
        return
    if seen.opened_at(copy) is not None:
        raise SeenAlready
    others = [one.id for party in seen.parties for one in party.people if one.id != seen.me.id]
    seen_names = [name_of(opened, seen, "seen", copy.item, str(person_id)) for person_id in others]
    write(
        _take_back,
        person_id=opened.person_id,
        pair=opened.pair,
        item=copy.item,
        kind=copy.kind,
        unless=seen_names,
    )


def open_new(opened: Opened, *, paper: OnPaper | None = None) -> None:
    """Open what others released since the last time: from now on they cannot take it back.

    To a party without a phone the mediator read it, or gave it on paper.
    """
    seen = look_as(opened, paper)
    if seen.is_mediator:
        return
    made = []
    for text in seen.unopened:
        content = replace(content_of(seen, MediationText.SEEN, ""), about=text.item)
        name = name_of(opened, seen, "seen", text.item, str(seen.me.id))
        made.append(sealed_text(opened, seen, AudienceKind.ALL, content, item=name))
    if made:
        keep_sealed(opened, MediationText.SEEN, made)


def mark(opened: Opened, *, item: str, is_on: bool, paper: OnPaper | None = None) -> None:
    """Mark a principle of another party as shared, for one's party: we find this too; or not any more.

    Only who speaks for the party can.
    """
    seen = look_as(opened, paper)
    principle = seen.text(item)
    if (
        seen.is_mediator
        or principle.kind != MediationText.PRINCIPLE
        or principle.audience != AudienceKind.ALL
    ):
        raise NotFound("mediation text")
    if principle.content.party_id == seen.me.party_id or not seen.me.speaks:
        raise NotYours
    standing = [
        one for one in seen.marks if one.content.about == item and one.content.party_id == seen.me.party_id
    ]
    if not is_on:
        keep_sealed(opened, MediationText.MARK, [], deleted=[one.item for one in standing])
    elif not standing:
        signed = signed_on_paper(seen, paper, principle)
        content = replace(content_of(seen, MediationText.MARK, "", **signed), about=item)
        name = name_of(opened, seen, "mark", item, str(seen.me.party_id))
        keep_sealed(
            opened, MediationText.MARK, [sealed_text(opened, seen, AudienceKind.ALL, content, item=name)]
        )


def _take_back(
    session: Session, *, person_id: int, pair: int, item: str, kind: str, unless: list[str]
) -> None:
    opened_by = session.exec(select(MediationItem.id).where(col(MediationItem.item).in_(unless))).first()
    if opened_by is not None:
        raise SeenAlready
    store_texts(session, person_id=person_id, pair=pair, texts=[], kind=kind, deleted=[item])
