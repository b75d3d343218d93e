"""Texts of one's own: written, changed, signed on paper, deleted, and kept while they are being typed."""

from dataclasses import replace

from models.basics.errors import (
    ChangedMeanwhile,
    InvalidValue,
    NotFound,
    NothingAcceptedYet,
    NotYours,
    SeenAlready,
    StepNotReached,
)
from models.basics.text import optional_text, required_text
from models.basics.words import AudienceKind, MediationStep, MediationText
from models.mediation.acting import (
    OnPaper,
    content_of,
    keep_sealed,
    keep_text,
    look,
    look_as,
    look_to_act,
    name_of,
    own_text,
    signed_on_paper,
)
from models.mediation.opened import Opened
from models.mediation.texts import TEXT_LIMIT
from models.mediation.views import Inside

LOOK_AGAIN = (42, 91)


def write_text(
    opened: Opened,
    *,
    kind: str,
    text: str,
    party_id: int | None = None,
    item: str = "",
    version: int = 0,
    look_again: int = 0,
    paper: OnPaper | None = None,
) -> None:
    """Write a text, or with `item` and its `version` change one's own.

    By its kind it is a mediator's own note, a text between a party and the mediator, an option without an owner, or a
    working agreement; the last two are read by all at once. A message of the mediator without `party_id` is for all.
    What is typed for a party without a phone counts for nothing before that party has signed it: see `confirm_text`.
    """
    seen = look_as(opened, paper)
    audience, of = _audience_for(seen, kind, party_id)
    if paper is not None and audience != AudienceKind.PARTY:
        raise InvalidValue("kind", kind)
    typed = required_text(text, field="text", limit=TEXT_LIMIT)
    before = None
    if item:
        before = seen.text(item)
        if before.content.person_id != seen.me.id or before.kind != kind:
            raise NotYours
        if paper is not None and seen.shared_copy(item) is not None:
            raise ChangedMeanwhile
        if version and version != before.version:
            before = replace(before, version=version)
    more = {"look_again": look_again if look_again in LOOK_AGAIN else LOOK_AGAIN[0]}
    content = content_of(seen, kind, typed, **(more if kind == MediationText.AGREEMENT else {}))
    if paper is not None:
        content = replace(content, more={**content.more, "signed_on": ""})
    if kind == MediationText.OPTION:
        # Nobody owns an idea, and the seal does not know whose it is either.
        content = replace(content, person_id=0, party_id=0)
    # What was being typed in this field goes with it. A text that is changed has a field of its own.
    typed_in = MediationText.STORY if kind == MediationText.PRINCIPLE else kind
    mine = look(opened) if paper else seen
    deleted = [] if item else [draft_name(opened, mine, place_of(audience, of, typed_in))]
    keep_text(opened, seen, audience, content, before, party_id=of, deleted=deleted)


def confirm_text(opened: Opened, *, item: str, version: int, paper: OnPaper) -> None:
    """Record that a party without a phone signed exactly this version of what was typed for it and read back."""
    seen = look_as(opened, paper)
    text = own_text(seen, item)
    if text.audience != AudienceKind.PARTY:
        raise NotFound("mediation text")
    if version != text.version:
        raise ChangedMeanwhile
    content = replace(text.content, more={**text.content.more, **signed_on_paper(seen, paper, text)})
    keep_text(opened, seen, AudienceKind.PARTY, content, text, party_id=paper.party_id)


def delete_text(opened: Opened, *, item: str, paper: OnPaper | None = None) -> None:
    """Delete one's own text, where nobody else has it but who it was written for."""
    seen = look_as(opened, paper)
    text = own_text(seen, item)
    if seen.shared_copy(item) is not None or text.audience == AudienceKind.ALL:
        raise SeenAlready
    keep_sealed(opened, text.kind, [], deleted=[item])


def keep_draft(opened: Opened, *, place: str, text: str) -> None:
    """Keep what somebody is typing, sealed for themselves; an empty one is forgotten."""
    seen = look_to_act(opened)
    typed = optional_text(text, field="text", limit=TEXT_LIMIT)
    before = seen.drafts.get(place)
    name = before.item if before else draft_name(opened, seen, place)
    if not typed:
        if before is not None:
            keep_sealed(opened, MediationText.DRAFT, [], deleted=[name])
        return
    if before is not None and before.text == typed:
        return
    # What is being typed keeps its spaces at the end: the cleaned text is what is stored, as everywhere.
    content = replace(content_of(seen, MediationText.DRAFT, typed), about=place)
    keep_text(opened, seen, AudienceKind.OWN, content, before, item=name)


def place_of(audience: str, party_id: int | None, kind: str) -> str:
    """Return the name of a field in which somebody types, for its draft."""
    return f"{audience} {party_id or 0} {kind}"


def draft_name(opened: Opened, seen: Inside, place: str) -> str:
    """Return the name of the draft of a field: of the one that stands, else of a new one."""
    before = seen.drafts.get(place)
    return before.item if before else name_of(opened, seen, "draft", place, str(opened.person_id))


def _audience_for(seen: Inside, kind: str, party_id: int | None) -> tuple[str, int | None]:
    """Return who reads a text of this kind, or raise where who asks may not write it now."""
    if kind == MediationText.NOTE and seen.is_mediator:
        return AudienceKind.OWN, None
    if not seen.is_mediator and not seen.me.has_accepted:
        raise NothingAcceptedYet
    if kind == MediationText.OPTION:
        if not seen.is_at_least(MediationStep.OPTIONS):
            raise StepNotReached
        return AudienceKind.ALL, None
    if kind == MediationText.AGREEMENT:
        if not seen.is_at_least(MediationStep.AGREEMENTS):
            raise StepNotReached
        return AudienceKind.ALL, None
    if seen.is_mediator and kind == MediationText.MESSAGE:
        if party_id is None:
            return AudienceKind.ALL, None
        if not next((one.has_accepted for one in seen.parties if one.id == party_id), False):
            raise NothingAcceptedYet
        return AudienceKind.PARTY, party_id
    if not seen.is_mediator and kind in (MediationText.STORY, MediationText.PRINCIPLE):
        return AudienceKind.PARTY, seen.me.party_id
    raise InvalidValue("kind", kind)
