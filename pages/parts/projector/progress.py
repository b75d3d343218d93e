"""Step 6: what became of the agreements: all of them with how far they are, or one with what its owner said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from exports.language import day
from exports.sentences import step_question
from models.basics.words import BuildingBlock, ProgressState, Step
from pages.parts.projector.agreement import (
    ShownAgreement,
    agreement_pages,
    facts_height,
    progress_of,
    row_of,
    rows_of,
    told_progress,
)
from pages.parts.projector.inbox import inbox_of
from pages.parts.projector.screen import Room, Screen, render, turned, typed
from pages.parts.projector.whole import HEIGHT, height_of

# The words of the owner stand beneath the agreement, a size smaller, with a line of the wall before them.
_SIZES = ((80, 64), (72, 60), (64, 56), (60, 52), (56, 48), (52, 46), (48, 44), (46, 42), (42, 42))
_WIDTH = 1590
_AROUND, _BETWEEN = 60, 64


@dataclass(frozen=True)
class OwnWord:
    """What the owner of an agreement sent in about it; the room reads it when who leads lets the agreement through."""

    sentence: str
    said_on: date


def progress_screen(room: Room, agreements: Sequence[ShownAgreement]) -> Screen:
    """Return a page of agreements with their owner and how far they are."""
    pages = agreement_pages(agreements, [progress_of(room, agreement) for agreement in agreements])
    page = min(max(room.page, 0), len(pages) - 1)
    done = sum(agreement.state == ProgressState.DONE for agreement in agreements)
    title = step_question(BuildingBlock.ALLIANCE, Step.PROGRESS, room.language)
    tally = room.gettext("{done} of {total} done").format(done=done, total=len(agreements))
    return turned(
        len(pages),
        lambda: render(
            "agreements.html",
            room,
            announce=f"{title} {tally}",
            is_sheet=True,
            page=page,
            pages=len(pages),
            title=title,
            tally=tally if agreements else "",
            empty=room.gettext("There are no agreements yet."),
            inbox=inbox_of(room, 0),
            size=pages[page].size,
            rows=rows_of(pages[page]),
        ),
    )


def one_agreement_screen(
    room: Room, agreement: ShownAgreement, word: OwnWord | None, *, total: int
) -> Screen:
    """Return one agreement alone, as large as fits: who carries it, how far it is, and what its owner said, whole.

    Where the agreement and the words do not fit together, the words have a page of their own.
    """
    facts = told_progress(room, agreement)
    sentence = word.sentence if word else ""
    size, word_size, fits = _sizes(agreement.what, sentence, facts_height(facts))
    pages = 1 if fits else 2
    page = min(max(room.page, 0), pages - 1)
    tally = room.gettext("agreement {number} of {total}").format(number=agreement.number, total=total)
    title = step_question(BuildingBlock.ALLIANCE, Step.PROGRESS, room.language)
    return turned(
        pages,
        lambda: render(
            "agreement_alone.html",
            room,
            announce=f"{title} {tally}",
            is_sheet=True,
            page=page,
            pages=pages,
            title=title,
            tally=tally if agreement.number <= total else "",
            row=row_of(agreement, facts) if fits or page == 0 else None,
            size=size,
            sentence=typed(room.gettext("“{text}”").format(text=sentence))
            if sentence and (fits or page == 1)
            else "",
            word_size=word_size,
            said_on=room.gettext("said on {day}").format(day=day(word.said_on, room.language, style="long"))
            if word
            else "",
        ),
    )


def _sizes(what: str, sentence: str, facts: float) -> tuple[int, int, bool]:
    """Return the sizes of an agreement and of the words about it, and whether both fit on one page."""
    left = HEIGHT - facts - _AROUND - (_BETWEEN + 48 if sentence else 0)
    for size, word_size in _SIZES:
        words = height_of(sentence, word_size, _WIDTH) if sentence else 0
        if height_of(what, size, _WIDTH) + words <= left:
            return size, word_size, True
    alone = next(
        (size for size, _ in _SIZES if height_of(what, size, _WIDTH) <= HEIGHT - facts - _AROUND), 42
    )
    words_alone = next((size for _, size in _SIZES if height_of(sentence, size, _WIDTH) <= HEIGHT - 108), 42)
    return alone, words_alone, False
