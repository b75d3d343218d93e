"""What people in a mediation do, with the keys they have open: read, decide whether it may be, seal, store.

Texts are sealed before they are given to the writer, so that nothing that was typed stands in its queue or in an error.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.errors import (
    AcceptedAlready,
    ChangedMeanwhile,
    GroupNotAsked,
    InvalidValue,
    InvitedAlready,
    NotConfirmed,
    NotFound,
    NothingAcceptedYet,
    NotYours,
    SeenAlready,
    SignedWhen,
    StepNotReached,
    TooFewParties,
)
from models.basics.text import NAME_LIMIT, STATEMENT_LIMIT, one_line, optional_text, required_text
from models.basics.words import AudienceKind, Direction, HowItHolds, MediationStep, MediationText
from models.mediation import outcomes, people
from models.mediation.mediation import end_stopped, keep_going, leavers, stop_mediation, take_back_stop
from models.mediation.opened import Opened
from models.mediation.people import Invitation, new_item_name
from models.mediation.texts import (
    TEXT_LIMIT,
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
from models.tables import Alliance, MediationAudience, MediationItem, MediationParty, MediationPerson

STEPS = tuple(MediationStep)
PARTY_KINDS = ("person", "group", "municipality")
MANDATES = ("self", "group", "other")
ANSWERS = ("yes", "asks", "no")
LOOK_AGAIN = (42, 91)


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


def set_up(opened: Opened, *, direction: str, name: str, declaration: str) -> None:
    """Say between whom it is, who mediates, and that one belongs to no party. Parties accept exactly these words."""
    seen = _as_mediator(opened)
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
    seen = _as_mediator(opened)
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


def add_person(opened: Opened, *, party_id: int, person: str) -> Invitation:
    """Invite another person of a party, who reads along and does not approve for it."""
    seen = _as_mediator(opened)
    who = one_line(person, field="person", limit=NAME_LIMIT)
    if party_id not in {party.id for party in seen.parties}:
        raise NotFound("mediation party")
    _check_new(seen, who)
    return _invited(opened, seen, party_id, who, {})


def invite_again(opened: Opened, *, person_id: int) -> Invitation:
    """Give somebody another link and code: the words are lost, or the code was guessed at too often.

    Who had no phone has one from now on, and accepts on it once more.
    """
    seen = _as_mediator(opened)
    if seen.person(person_id).is_on_paper:
        named = next(one for one in seen.of_kind(MediationText.PERSON) if one.content.more["of"] == person_id)
        content = replace(named.content, more={**named.content.more, "on_paper": False})
        keep_text(opened, seen, AudienceKind.ALL, content, named)
    invitation: Invitation = write(people.invite_again, person_id=person_id)
    return invitation


def admit(opened: Opened, *, person_id: int) -> None:
    """Let somebody in who has enrolled: give them the keys of all and of their party."""
    seen = _as_mediator(opened)
    person = seen.person(person_id)
    write(people.admit, person_id=person_id, keys=_keys_for(opened, person.party_id))


def remove(opened: Opened, *, person_id: int) -> None:
    """Let a person of a party go, by the mediator."""
    seen = _as_mediator(opened)
    seen.person(person_id)
    write(people.let_go, person_id=person_id)


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
    seen = _acting(opened, paper)
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
        **_signed(seen, paper, seen.setup),
    )
    sealed = _sealed(opened, seen, AudienceKind.ALL, content)
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
        keys=_keys_for(opened, seen.me.party_id),
    )


def decline(opened: Opened) -> None:
    """Rather not take part, before anything was accepted: this person leaves."""
    seen = look_to_act(opened)
    if seen.is_mediator or seen.me.has_accepted:
        raise NotYours
    write(people.let_go, person_id=opened.person_id)


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
    seen = _acting(opened, paper)
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
    seen = _acting(opened, paper)
    text = _own(seen, item)
    if text.audience != AudienceKind.PARTY:
        raise NotFound("mediation text")
    if version != text.version:
        raise ChangedMeanwhile
    content = replace(text.content, more={**text.content.more, **_signed(seen, paper, text)})
    keep_text(opened, seen, AudienceKind.PARTY, content, text, party_id=paper.party_id)


def delete_text(opened: Opened, *, item: str, paper: OnPaper | None = None) -> None:
    """Delete one's own text, where nobody else has it but who it was written for."""
    seen = _acting(opened, paper)
    text = _own(seen, item)
    if seen.shared_copy(item) is not None or text.audience == AudienceKind.ALL:
        raise SeenAlready
    _store(opened, text.kind, [], deleted=[item])


def share(opened: Opened, *, item: str, version: int, paper: OnPaper | None = None) -> None:
    """Release one text of one's own to all: exactly this version of it. Only its author can.

    Of a party without a phone the text was signed before, and the release is signed too. Raises `NotConfirmed`.
    """
    seen = _acting(opened, paper)
    text = _own(seen, item)
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
    signed = _signed(seen, paper, text)
    copy = replace(text.content, about=item, at=now().isoformat(), more={**text.content.more, **signed})
    name = name_of(opened, seen, "shared", item, str(version))
    _store(opened, text.kind, [_sealed(opened, seen, AudienceKind.ALL, copy, item=name)])


def take_back(opened: Opened, *, item: str, paper: OnPaper | None = None) -> None:
    """Take a released text back, until somebody of another party has opened it. Raises `SeenAlready`."""
    seen = _acting(opened, paper)
    _own(seen, item)
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
    seen = _acting(opened, paper)
    if seen.is_mediator:
        return
    made = []
    for text in seen.unopened:
        content = replace(content_of(seen, MediationText.SEEN, ""), about=text.item)
        name = name_of(opened, seen, "seen", text.item, str(seen.me.id))
        made.append(_sealed(opened, seen, AudienceKind.ALL, content, item=name))
    if made:
        _store(opened, MediationText.SEEN, made)


def mark(opened: Opened, *, item: str, is_on: bool, paper: OnPaper | None = None) -> None:
    """Mark a principle of another party as shared: we find this too; or not any more."""
    seen = _acting(opened, paper)
    principle = seen.text(item)
    if (
        seen.is_mediator
        or principle.kind != MediationText.PRINCIPLE
        or principle.audience != AudienceKind.ALL
    ):
        raise NotFound("mediation text")
    if principle.content.party_id == seen.me.party_id:
        raise NotYours
    standing = [
        one for one in seen.marks if one.content.about == item and one.content.party_id == seen.me.party_id
    ]
    if not is_on:
        _store(opened, MediationText.MARK, [], deleted=[one.item for one in standing])
    elif not standing:
        signed = _signed(seen, paper, principle)
        content = replace(content_of(seen, MediationText.MARK, "", **signed), about=item)
        name = name_of(opened, seen, "mark", item, str(seen.me.party_id))
        _store(opened, MediationText.MARK, [_sealed(opened, seen, AudienceKind.ALL, content, item=name)])


def answer_agreement(
    opened: Opened,
    *,
    item: str,
    version: int,
    answer: str,
    paper: OnPaper | None = None,
    group_asked: str = "",
) -> None:
    """Approve a working agreement for one's party as it reads now, say that the group is asked first, or no.

    Only who speaks for the party can. A changed agreement asks anew. A group is asked before: see `group.ask_group`;
    of one without a phone it is said in one line how (`group_asked`). Raises `GroupNotAsked`.
    """
    seen = _acting(opened, paper)
    agreement = seen.text(item)
    if agreement.kind != MediationText.AGREEMENT or seen.is_mediator:
        raise NotFound("mediation text")
    if not seen.me.speaks:
        raise NotYours
    if answer not in ANSWERS:
        raise InvalidValue("answer", answer)
    if version != agreement.version:
        raise ChangedMeanwhile
    said = {"version": version, "answer": answer, **_signed(seen, paper, agreement)}
    if answer == "yes":
        said |= _group_was_asked(seen, agreement, paper, group_asked)
    content = replace(content_of(seen, MediationText.APPROVAL, "", **said), about=item)
    before = next(
        (
            one
            for one in seen.approvals
            if one.content.about == item and one.content.party_id == seen.me.party_id
        ),
        None,
    )
    keep_text(opened, seen, AudienceKind.ALL, content, before)


def release_to_alliance(
    opened: Opened, *, item: str, version: int, paper: OnPaper | None = None, group_asked: str = ""
) -> None:
    """Release an approved working agreement to the alliance, for one's party. Once all have, it can be read there."""
    seen, agreement = _approved(opened, item, paper)
    if version != agreement.version:
        raise ChangedMeanwhile
    released = seen.released_by(agreement)
    # Where the last that had not released it left, one of the others lets the alliance read it.
    if seen.me.party_id in released and (seen.is_told(agreement) or not seen.all_released(agreement)):
        return
    text = one_line(agreement.text, field="text", limit=STATEMENT_LIMIT)
    said = {"version": version, **_signed(seen, paper, agreement)}
    said |= _group_was_asked(seen, agreement, paper, group_asked, releases=True)
    content = replace(content_of(seen, MediationText.LEAVES, "", **said), about=item)
    is_last = {party.id for party in seen.parties} <= released | {seen.me.party_id}
    write(
        outcomes.release,
        person_id=opened.person_id,
        pair=opened.pair,
        sealed=_sealed(opened, seen, AudienceKind.ALL, content),
        item=item,
        text=text if is_last else "",
    )


def take_back_from_alliance(opened: Opened, *, item: str, instead: str, paper: OnPaper | None = None) -> None:
    """Take back what one's party released, until the agenda is frozen. `instead` stands in an agreement made of it."""
    seen, _agreement = _approved(opened, item, paper)
    marks = [
        one.item
        for one in seen.of_kind(MediationText.LEAVES)
        if one.content.about == item and one.content.party_id == seen.me.party_id
    ]
    write(
        outcomes.take_back,
        person_id=opened.person_id,
        pair=opened.pair,
        marks=marks,
        item=item,
        instead=instead,
    )


def say_how_it_holds(opened: Opened, *, answer: str, paper: OnPaper | None = None) -> None:
    """Say how the working relation goes, six weeks or three months after the end. The mediator reads it."""
    seen = _acting(opened, paper)
    if answer not in set(HowItHolds):
        raise InvalidValue("answer", answer)
    if not seen.asked_after:
        raise StepNotReached
    content = content_of(seen, MediationText.HOLDS, "", after_days=seen.asked_after, answer=answer)
    write(
        outcomes.count_aftercare,
        person_id=opened.person_id,
        pair=opened.pair,
        sealed=_sealed(
            opened,
            seen,
            AudienceKind.PARTY,
            content,
            # Of two of a party who answer at once, one counts.
            item=name_of(opened, seen, "holds", str(seen.me.party_id), str(seen.asked_after)),
            party_id=seen.me.party_id,
        ),
        after_days=seen.asked_after,
        answer=answer,
    )


def still_needed(opened: Opened) -> None:
    """Say that a mediation in which nobody did anything for long is still needed."""
    write(keep_going, person_id=look_to_act(opened).me.id)


def stop(opened: Opened, *, paper: OnPaper | None = None) -> None:
    """Stop, without a reason. Of a party without a phone the spoken word counts: it waits for no paper."""
    write(stop_mediation, person_id=_acting(opened, paper).me.id)


def go_on(opened: Opened, *, paper: OnPaper | None = None) -> None:
    """Take one's own stop back, within ten minutes. Raises `MediationEnded`."""
    write(take_back_stop, person_id=_acting(opened, paper).me.id)


def _add_party(opened: Opened, name: str, kind: str, person: str, *, is_on_paper: bool) -> Invitation:
    seen = _as_mediator(opened)
    if kind not in PARTY_KINDS:
        raise InvalidValue("kind", kind)
    named = one_line(name, field="party", limit=NAME_LIMIT)
    who = one_line(person, field="person", limit=NAME_LIMIT)
    if not seen.is_set_up:
        raise NothingAcceptedYet
    if _same(named, [party.name for party in seen.parties]):
        raise InvitedAlready
    _check_new(seen, who)
    return _invited(opened, seen, None, who, {"party": named, "kind": kind}, is_on_paper=is_on_paper)


def _approved(opened: Opened, item: str, paper: OnPaper | None) -> tuple[Inside, Text]:
    """Return a working agreement that every party approved, for who speaks for one."""
    seen = _acting(opened, paper)
    if seen.is_mediator or not seen.me.speaks:
        raise NotYours
    found = next((one for one in seen.agreements if one.text.item == item), None)
    if found is None or not found.is_approved:
        raise NotFound("mediation text")
    return seen, found.text


def keep_draft(opened: Opened, *, place: str, text: str) -> None:
    """Keep what somebody is typing, sealed for themselves; an empty one is forgotten."""
    seen = look_to_act(opened)
    typed = optional_text(text, field="text", limit=TEXT_LIMIT)
    before = seen.drafts.get(place)
    name = before.item if before else draft_name(opened, seen, place)
    if not typed:
        if before is not None:
            _store(opened, MediationText.DRAFT, [], deleted=[name])
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


def _as_mediator(opened: Opened) -> Inside:
    seen = look_to_act(opened)
    if not seen.is_mediator:
        raise NotYours
    return seen


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


def look_to_act(opened: Opened) -> Inside:
    """Return what somebody reads, once parties whose ten minutes are over have left: they get no new text."""
    seen = look(opened)
    with reading() as session:
        leaving = not seen.is_ended and bool(leavers(session, seen.mediation_id))
    if not leaving:
        return seen
    write(end_stopped)
    return look(opened)


def _acting(opened: Opened, paper: OnPaper | None) -> Inside:
    """Return what who acts reads: oneself, or as a mediator the party without a phone for which one types."""
    seen = look_to_act(opened)
    return seen if paper is None else seen.as_party(paper.party_id)


def _signed(seen: Inside, paper: OnPaper | None, about: Text | None) -> dict[str, str]:
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


def _group_was_asked(
    seen: Inside, about: Text, paper: OnPaper | None, how: str, *, releases: bool = False
) -> dict[str, str]:
    """Return how a group without a phone was asked; nothing of one that was asked here. Raises `GroupNotAsked`."""
    if paper is not None and seen.asks_group:
        if not how.strip():
            raise GroupNotAsked
        return {"group_asked": one_line(how, field="group_asked", limit=STATEMENT_LIMIT)}
    if not seen.is_group_asked(about, releases=releases):
        raise GroupNotAsked
    return {}


def _own(seen: Inside, item: str) -> Text:
    text = seen.text(item)
    if text.content.person_id != seen.me.id:
        raise NotYours
    return text


def content_of(seen: Inside, kind: str, text: str, **more: Any) -> Content:
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
        sealed = _sealed(
            opened, seen, audience, content, item=before.item, version=before.version + 1, party_id=party_id
        )
    else:
        sealed = _sealed(opened, seen, audience, content, item=item, party_id=party_id)
    _store(opened, content.kind, [sealed], deleted=deleted)


def _sealed(
    opened: Opened,
    seen: Inside,
    audience: str,
    content: Content,
    *,
    item: str = "",
    version: int = 1,
    party_id: int | None = None,
) -> Sealed:
    with reading() as session:
        standing = standing_audience(session, opened, seen.mediation_id, audience, party_id)
        mediation = load_keys(session, opened)
        return sealed_for(
            opened, mediation, standing.id, item=item or new_item_name(), version=version, content=content
        )


def _store(opened: Opened, kind: str, texts: list[Sealed], deleted: list[str] | None = None) -> None:
    write(store_texts, person_id=opened.person_id, pair=opened.pair, texts=texts, kind=kind, deleted=deleted)


def name_of(opened: Opened, seen: Inside, *parts: str) -> str:
    """Return a name that comes out the same again, and tells nothing to who has no key: it is keyed with one."""
    with reading() as session:
        kind = AudienceKind.OWN if parts[0] == "draft" else AudienceKind.ALL
        audience = standing_audience(session, opened, seen.mediation_id, kind)
    return hmac.digest(bytes(opened.keys[audience.id]), "\x1f".join(parts).encode(), "sha256").hex()[:32]


def _keys_for(opened: Opened, party_id: int | None) -> dict[int, bytes]:
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


def _accept(
    session: Session,
    *,
    person_id: int,
    pair: int,
    text: Sealed,
    mediator_id: int,
    keys: dict[int, bytes],
) -> None:
    store_texts(session, person_id=person_id, pair=pair, texts=[text], kind=MediationText.ACCEPTED)
    person = existing(session, MediationPerson, person_id, lock=True)
    mediator = people.mediator_of(session, person.mediation_id)
    if mediator is None or mediator.id != mediator_id:
        raise NothingAcceptedYet
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


def _take_back(
    session: Session, *, person_id: int, pair: int, item: str, kind: str, unless: list[str]
) -> None:
    opened_by = session.exec(select(MediationItem.id).where(col(MediationItem.item).in_(unless))).first()
    if opened_by is not None:
        raise SeenAlready
    store_texts(session, person_id=person_id, pair=pair, texts=[], kind=kind, deleted=[item])
