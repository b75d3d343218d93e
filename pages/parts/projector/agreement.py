"""An agreement as the room reads it: whole, with who carries it and by when it is done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from exports.drawings.signs import PROGRESS_ICONS
from exports.language import day, listed
from exports.sentences import progress_word
from models.basics.words import ProgressState
from pages.parts.projector.screen import Room, typed
from pages.parts.projector.whole import Page, height_of, whole_pages, width_of

MOST_ON_A_PAGE = 5
_TEXT_WIDTH = 1590
_ABOUT_SIZE, _ABOUT_LINE = 40, 48
# An icon with the space around it, and the space between two facts.
_ICON, _BETWEEN = 60, 44
_AROUND = 44


@dataclass(frozen=True)
class ShownAgreement:
    """`owner` is a partner's name, or None; `is_accepted` tells whether that partner took it on.

    `state` is how far it is, one of `ProgressState`; `is_heard` tells whether there was a word about it.
    """

    number: int
    what: str
    owner: str | None
    is_accepted: bool
    due_on: date | None = None
    state: str = ProgressState.TO_DO
    is_heard: bool = True


@dataclass(frozen=True)
class Fact:
    """Something known about an agreement: an icon, and words beside it; `is_strong` for who carries it."""

    icon: str
    words: str
    is_strong: bool = False


def facts_of(room: Room, agreement: ShownAgreement) -> list[Fact]:
    """Return who carries an agreement, what that partner said, and by when it is done."""
    _ = room.gettext
    facts = _owner(room, agreement)
    if agreement.owner is not None and agreement.is_accepted:
        facts.append(Fact("check", _("said yes")))
    due_on = agreement.due_on
    due = (
        _("done on {day}").format(day=day(due_on, room.language, style="long"))
        if due_on
        else _("no date yet")
    )
    return [*facts, Fact("event", due)]


def progress_of(room: Room, agreement: ShownAgreement) -> list[Fact]:
    """Return who carries an agreement, and how far it is."""
    state = ProgressState(agreement.state)
    return [
        *_owner(room, agreement),
        Fact(PROGRESS_ICONS[state], progress_word(state, room.language), is_strong=True),
    ]


def told_progress(room: Room, agreement: ShownAgreement) -> list[Fact]:
    """Return who carries an agreement, how far it is, and by when it is done; for one that stands alone."""
    facts = progress_of(room, agreement)
    if not agreement.is_heard:
        facts[-1] = Fact("hourglass_top", room.gettext("nothing reported yet"), is_strong=True)
    # By when it is done tells nothing more of what is done.
    if agreement.due_on is None or agreement.state == ProgressState.DONE:
        return facts
    due = room.gettext("done on {day}").format(day=day(agreement.due_on, room.language, style="long"))
    return [*facts, Fact("event", due)]


def agreement_pages(
    agreements: Sequence[ShownAgreement], facts: Sequence[Sequence[Fact]]
) -> list[Page[tuple[ShownAgreement, Sequence[Fact]]]]:
    """Return the pages of agreements with their facts: every text and name whole."""
    return whole_pages(list(zip(agreements, facts, strict=True)), _height, most=MOST_ON_A_PAGE)


def rows_of(
    page: Page[tuple[ShownAgreement, Sequence[Fact]]], new_numbers: Collection[int] = ()
) -> list[dict[str, object]]:
    """Return the rows of a page as its template reads them."""
    return [
        {**row_of(agreement, facts), "is_new": agreement.number in new_numbers}
        for agreement, facts in page.items
    ]


def row_of(agreement: ShownAgreement, facts: Sequence[Fact]) -> dict[str, object]:
    """Return one agreement with its facts as a template reads them."""
    return {
        "number": agreement.number,
        "what": typed(agreement.what),
        "facts": [
            {"icon": fact.icon, "words": typed(fact.words), "is_strong": fact.is_strong} for fact in facts
        ],
    }


def which_of(room: Room, page: Page[tuple[ShownAgreement, Sequence[Fact]]], total: int) -> str:
    """Return which agreements a page holds of how many, or only how many where it holds them all."""
    numbers = [agreement.number for agreement, _ in page.items]
    if len(numbers) == total or max(numbers) > total:
        return room.ngettext("{count} agreement", "{count} agreements", total).format(count=total)
    named = listed([str(number) for number in numbers], room.language)
    return room.ngettext(
        "agreement {numbers} of {total}", "agreements {numbers} of {total}", len(numbers)
    ).format(numbers=named, total=total)


def _owner(room: Room, agreement: ShownAgreement) -> list[Fact]:
    if agreement.owner is None:
        return [Fact("front_hand", room.gettext("Who takes this on?"), is_strong=True)]
    facts = [Fact("person", agreement.owner, is_strong=True)]
    return (
        facts
        if agreement.is_accepted
        else [*facts, Fact("hourglass_top", room.gettext("asked, not accepted yet"))]
    )


def _height(row: tuple[ShownAgreement, Sequence[Fact]], size: int) -> float:
    agreement, facts = row
    return height_of(agreement.what, size, _TEXT_WIDTH) + facts_height(facts) + _AROUND


def facts_height(facts: Sequence[Fact]) -> float:
    """Return how high the facts about an agreement stand, in pixels of the design."""
    return _lines_of_facts(facts) * _ABOUT_LINE


def _lines_of_facts(facts: Sequence[Fact]) -> int:
    """Return how many lines the facts take beside each other; a name that no line holds has lines of its own."""
    lines, filled = 0, 0.0
    for fact in facts:
        wide = _ICON + width_of(fact.words, _ABOUT_SIZE)
        if not lines or filled + _BETWEEN + wide > _TEXT_WIDTH:
            lines, filled = lines + ceil(wide / _TEXT_WIDTH), 0.0
        filled = min(filled + _BETWEEN + wide, _TEXT_WIDTH)
    return lines
