"""A group as a party: who speaks for it asks its people before it approves or releases.

What is asked and answered is sealed with a key that the group's people have and the mediator does not. The numbers go
to the mediator only when who speaks for the group writes them there.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from models.basics.clock import now
from models.basics.errors import ChangedMeanwhile, InvalidValue, NotFound, NotYours
from models.basics.text import STATEMENT_LIMIT, one_line
from models.basics.words import AudienceKind, MediationText
from models.mediation import people
from models.mediation.acting import content_of, keep_text, look_to_act, name_of
from models.mediation.opened import Opened
from models.mediation.own_texts import write_text
from models.mediation.texts import Text, load_keys
from models.mediation.views import GroupRound, Inside
from models.storage.database import reading
from models.storage.finding import existing
from models.storage.writing import write
from models.tables import MediationAudience

ROUND_DAYS = (3, 7, 14)
FEEDBACK = ("yes", "asks", "no")
MOST_SPOKEN = 9_999


def ask_group(opened: Opened, *, item: str, version: int, days: int, release: bool) -> None:
    """Ask one's group about a working agreement, as it reads now, until a day; with `release` also to let it out.

    While it is being asked this shows it to who came in since.
    """
    seen, agreement = _for_group(opened, item)
    if version != agreement.version:
        raise ChangedMeanwhile
    if days not in ROUND_DAYS:
        raise InvalidValue("days", days)
    running = seen.round_about(agreement)
    _gather(opened, seen)
    if running is not None and not running.is_over:
        return
    _begin(opened, agreement, release=release, ends_on=(now() + timedelta(days=days)).date().isoformat())


def asked_otherwise(opened: Opened, *, item: str, version: int, how: str, release: bool) -> None:
    """Say in one line how one's group was asked otherwise than here, such as at its own evening."""
    seen, agreement = _for_group(opened, item)
    if version != agreement.version:
        raise ChangedMeanwhile
    said = one_line(how, field="how", limit=STATEMENT_LIMIT)
    _gather(opened, seen)
    today = now().date().isoformat()
    _begin(opened, agreement, release=release, ends_on=today, ended_at=now().isoformat(), otherwise=said)


def answer_group(opened: Opened, *, item: str, answer: str, line: str) -> None:
    """Answer one's own group: agreed, a question, or no, with one line if one likes. Changed until it is over."""
    seen = look_to_act(opened)
    agreement = seen.text(item)
    running = seen.round_about(agreement)
    if running is None or seen.me.speaks or not seen.me.has_accepted:
        raise NotFound("mediation text")
    if running.is_over:
        raise ChangedMeanwhile
    if answer not in FEEDBACK:
        raise InvalidValue("answer", answer)
    typed = one_line(line, field="line", limit=STATEMENT_LIMIT, is_required=False)
    said = replace(content_of(seen, MediationText.FEEDBACK, typed, answer=answer), about=running.text.item)
    name = name_of(opened, seen, "feedback", running.text.item, str(seen.me.id))
    keep_text(opened, seen, AudienceKind.GROUP, said, running.mine, party_id=seen.me.party_id, item=name)


def record_spoken(opened: Opened, *, item: str, counts: Mapping[str, int]) -> None:
    """Record how many people without a phone said what, aloud or on paper; typed again it stands instead."""
    seen, agreement = _for_group(opened, item)
    running = _running(seen, agreement)
    if any(not 0 <= counts.get(answer, 0) <= MOST_SPOKEN for answer in FEEDBACK):
        raise InvalidValue("spoken", dict(counts))
    _change(opened, seen, running, spoken={answer: counts.get(answer, 0) for answer in FEEDBACK})


def end_round(opened: Opened, *, item: str) -> None:
    """End a round before its day."""
    seen, agreement = _for_group(opened, item)
    _change(opened, seen, _running(seen, agreement), ended_at=now().isoformat())


def tell_mediator(opened: Opened, *, item: str, in_words: Callable[[Text, GroupRound], str]) -> None:
    """Write to the mediator what came out of a round that is over, as a text of who speaks for the group.

    It is erased, and released to all, as any other.
    """
    seen, agreement = _for_group(opened, item)
    asked = seen.round_about(agreement)
    if asked is None or not asked.is_over:
        raise ChangedMeanwhile
    write_text(opened, kind=MediationText.STORY, text=in_words(agreement, asked))


def _for_group(opened: Opened, item: str) -> tuple[Inside, Text]:
    """Return a working agreement, for who speaks for a group. Raises `NotYours`, `NotFound`."""
    seen = look_to_act(opened)
    if seen.is_mediator or not seen.me.speaks or not seen.asks_group or not seen.me.has_accepted:
        raise NotYours
    agreement = seen.text(item)
    if agreement.kind != MediationText.AGREEMENT:
        raise NotFound("mediation text")
    return seen, agreement


def _running(seen: Inside, agreement: Text) -> GroupRound:
    running = seen.round_about(agreement)
    if running is None or running.is_over:
        raise ChangedMeanwhile
    return running


def _gather(opened: Opened, seen: Inside) -> None:
    with reading() as session:
        keys = {
            audience_id: bytes(key)
            for audience_id, key in opened.keys.items()
            if existing(session, MediationAudience, audience_id).kind == AudienceKind.GROUP
        }
    write(people.gather_group, person_id=seen.me.id, keys=keys)
    with reading() as session:
        load_keys(session, opened)


def _begin(opened: Opened, agreement: Text, **more: Any) -> None:
    seen = look_to_act(opened)
    asked = {"spoken": {}, "ended_at": "", "otherwise": "", "about_version": agreement.version, **more}
    content = replace(content_of(seen, MediationText.ROUND, agreement.text, **asked), about=agreement.item)
    keep_text(opened, seen, AudienceKind.GROUP, content, None, party_id=seen.me.party_id)


def _change(opened: Opened, seen: Inside, running: GroupRound, **more: Any) -> None:
    before = running.text
    content = replace(before.content, more={**before.content.more, **more})
    keep_text(opened, seen, AudienceKind.GROUP, content, before, party_id=seen.me.party_id)
