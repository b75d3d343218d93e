"""Several texts with dots, as they ended: every dot a circle, the total in words, what is adopted."""

from collections.abc import Sequence
from math import ceil

from exports.drawings import DOTS_IN_A_ROW, DOTS_UP_TO, dots_lane
from exports.results.shown import dots_label
from exports.sentences import decision_word
from models.basics.words import Decision
from pages.parts.projector.outcome import VERDICT_ICONS, Outcome
from pages.parts.projector.screen import Room, Screen, drawing, lines_of, render, typed

LETTERS, TEXT_WIDTH, MARK = 42, 1180, 26
HEIGHT, ROW_AROUND = 712, 36


def ranking_pages(outcomes: Sequence[Outcome]) -> list[list[tuple[int, Outcome]]]:
    """Return outcomes with their place on the list of votes, most dots first, page by page as many as fit."""
    most = most_dots(outcomes)
    pages: list[list[tuple[int, Outcome]]] = []
    left = 0
    ordered = sorted(enumerate(outcomes, start=1), key=lambda placed: -_dots(placed[1]))
    for place, outcome in ordered:
        height = _height(outcome, most)
        if not pages or height > left:
            pages.append([])
            left = HEIGHT
        pages[-1].append((place, outcome))
        left -= height
    return pages


def most_dots(outcomes: Sequence[Outcome]) -> int:
    """Return the most dots that one text got: the scale of all."""
    return max((_dots(outcome) for outcome in outcomes), default=0)


def ranking_screen(
    room: Room, shown: Sequence[tuple[int, Outcome]], *, most: int, tally: str, page: int, pages: int
) -> Screen:
    """Return a page of the ranking."""
    title = room.gettext("The outcome")
    return render(
        "ranking.html",
        room,
        announce=f"{title}. {tally}",
        is_sheet=True,
        page=page,
        pages=pages,
        title=title,
        tally=tally,
        width=DOTS_IN_A_ROW * MARK,
        items=[
            {
                "place": place,
                "text": typed(outcome.text),
                "total": dots_label(outcome.result, _dots(outcome), room.language)
                if outcome.result.numbers
                else room.gettext("hidden, fewer than 5 votes"),
                "lane": drawing(dots_lane(_dots(outcome), most=most, mark=MARK)),
                "icon": VERDICT_ICONS[Decision(outcome.result.decision)],
                "decision": decision_word(outcome.result.decision, room.language, is_just_revealed=True),
            }
            for place, outcome in shown
        ],
    )


def _dots(outcome: Outcome) -> int:
    numbers = outcome.result.numbers
    return (numbers.dots or 0) if numbers else 0


def _height(outcome: Outcome, most: int) -> int:
    lines = max(2, lines_of(outcome.text, LETTERS, TEXT_WIDTH))
    rows = 1 if most > DOTS_UP_TO else max(1, ceil(_dots(outcome) / DOTS_IN_A_ROW))
    return round(lines * LETTERS * 1.14) + rows * MARK + ROW_AROUND
