"""Approving a working agreement for one's party, and releasing it to the alliance."""

from dataclasses import replace

from models.basics.errors import ChangedMeanwhile, GroupNotAsked, InvalidValue, NotFound, NotYours
from models.basics.text import STATEMENT_LIMIT, one_line
from models.basics.words import AudienceKind, MediationText
from models.mediation import outcomes
from models.mediation.acting import OnPaper, content_of, keep_text, look_as, sealed_text, signed_on_paper
from models.mediation.opened import Opened
from models.mediation.texts import Text
from models.mediation.views import Inside
from models.storage.writing import write

ANSWERS = ("yes", "asks", "no")


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
    seen = look_as(opened, paper)
    agreement = seen.text(item)
    if agreement.kind != MediationText.AGREEMENT or seen.is_mediator:
        raise NotFound("mediation text")
    if not seen.me.speaks:
        raise NotYours
    if answer not in ANSWERS:
        raise InvalidValue("answer", answer)
    if version != agreement.version:
        raise ChangedMeanwhile
    said = {"version": version, "answer": answer, **signed_on_paper(seen, paper, agreement)}
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
    said = {"version": version, **signed_on_paper(seen, paper, agreement)}
    said |= _group_was_asked(seen, agreement, paper, group_asked, releases=True)
    content = replace(content_of(seen, MediationText.LEAVES, "", **said), about=item)
    is_last = {party.id for party in seen.parties} <= released | {seen.me.party_id}
    # What all said, as it was read: who takes a word back in this very moment is heard.
    said_by_all = [
        one
        for one in (agreement, *seen.approvals, *seen.of_kind(MediationText.LEAVES))
        if item in (one.item, one.content.about)
    ]
    write(
        outcomes.release,
        person_id=opened.person_id,
        pair=opened.pair,
        sealed=sealed_text(opened, seen, AudienceKind.ALL, content),
        item=item,
        text=text if is_last else "",
        said_by_all={one.item: one.version for one in said_by_all},
    )


def take_back_from_alliance(opened: Opened, *, item: str, instead: str, paper: OnPaper | None = None) -> None:
    """Take back what one's party released, until the agenda is frozen. `instead` stands in an agreement made of it.

    Also where the agreement has changed since: whoever changes it takes nobody's say over what the alliance reads.
    """
    seen = _speaking(opened, paper)
    if seen.text(item).kind != MediationText.AGREEMENT:
        raise NotFound("mediation text")
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


def _approved(opened: Opened, item: str, paper: OnPaper | None) -> tuple[Inside, Text]:
    """Return a working agreement that every party approved, for who speaks for one."""
    seen = _speaking(opened, paper)
    found = next((one for one in seen.agreements if one.text.item == item), None)
    if found is None or not found.is_approved:
        raise NotFound("mediation text")
    return seen, found.text


def _speaking(opened: Opened, paper: OnPaper | None) -> Inside:
    """Return what who speaks for a party reads. Raises `NotYours`."""
    seen = look_as(opened, paper)
    if seen.is_mediator or not seen.me.speaks:
        raise NotYours
    return seen


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
