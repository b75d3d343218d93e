"""Step 2, after the reveal: the objections and concerns that the facilitator chose to show."""

from collections.abc import Sequence

from exports.drawings import choice_symbol
from exports.sentences import choice_label
from pages.parts.projector.outcome import Outcome, ShownReason, answered, is_answered, verdict_of
from pages.parts.projector.screen import Room, Screen, drawing, letters_in, lines_of, render, typed

LETTERS = 42
LETTERS_WIDTH = 1600
LINES_ON_A_PAGE = 9
LINES_OF_A_STATEMENT = 2
LINES_IN_LARGE = 4


def reason_pages(outcome: Outcome) -> list[tuple[Outcome, list[ShownReason]]]:
    """Return an item's shown reasons page by page, strongest objection first, as many as fit without being cut."""
    values = [choice.value for choice in outcome.result.choices]
    ordered = sorted(outcome.reasons, key=lambda reason: -values.index(reason.choice))
    room = LINES_ON_A_PAGE - max(0, lines_of(outcome.text, LETTERS) - LINES_OF_A_STATEMENT)
    pages: list[tuple[Outcome, list[ShownReason]]] = []
    left = 0
    for reason in ordered:
        lines = lines_of(reason.text, LETTERS, LETTERS_WIDTH) + bool(reason.name)
        if not pages or lines > left:
            pages.append((outcome, []))
            left = room
        pages[-1][1].append(reason)
        left -= lines + 1
    return pages


def reasons_screen(
    room: Room,
    outcome: Outcome,
    shown: Sequence[ShownReason],
    *,
    page: int,
    pages: int,
) -> Screen:
    """Return the statement, its outcome and a page of reasons, each with the shape of its kind."""
    around, verdict = None, None
    if is_answered(outcome.result):
        around = answered(room, outcome.result)
        said = around.kick
    else:
        verdict = verdict_of(room, outcome.result)
        said = verdict.headline
    told = room.gettext("Reasons are shown.")
    marks = {choice.value: choice.mark for choice in outcome.result.choices}
    return render(
        "reasons.html",
        room,
        announce=f"{said} {told}",
        page=page,
        pages=pages,
        text=typed(outcome.text),
        size=48 if letters_in(outcome.text) <= 100 else 42,
        verdict=verdict,
        around=around,
        amount="few"
        if sum(lines_of(reason.text, 48, LETTERS_WIDTH) for reason in shown) <= LINES_IN_LARGE
        else "many",
        reasons=[
            {
                "symbol": drawing(
                    choice_symbol(
                        marks[reason.choice],
                        52,
                        label=choice_label(outcome.result.method, reason.choice, room.language),
                    )
                ),
                "text": typed(reason.text),
                "name": reason.name,
            }
            for reason in shown
        ],
    )
