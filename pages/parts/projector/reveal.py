"""Step 2, after the reveal: the outcome as a sentence, then how everybody voted; several items as cards."""

from collections.abc import Sequence
from typing import Any

from exports.drawings import choice_symbol
from exports.language import number
from exports.results.result_parts import part_label, parts_of
from exports.sentences import decision_word
from models.basics.words import Decision
from models.voting.decision import Result
from models.voting.methods.method import Shape
from pages.parts.projector.distribution import distribution, room_needed
from pages.parts.projector.groups import group_pages, groups_screen
from pages.parts.projector.history import has_history, history_screen
from pages.parts.projector.outcome import (
    HEIGHT,
    VERDICT_ICONS,
    Answered,
    Outcome,
    Verdict,
    answered,
    is_answered,
    verdict_of,
    voices_line,
)
from pages.parts.projector.ranking import most_dots, ranking_pages, ranking_screen
from pages.parts.projector.reasons import reason_pages, reasons_screen
from pages.parts.projector.screen import (
    Room,
    Screen,
    drawing,
    letters_in,
    lines_of,
    page_of,
    render,
    turned,
    typed,
)
from pages.parts.projector.voting import grid_for

CUT_SIZE, CUT_LINES = 42, 2


def revealed_screen(room: Room, outcomes: Sequence[Outcome]) -> Screen:
    """Return the page of the outcome that the facilitator turned to.

    Reasons come first, because they are what was shown last; then the outcome; then, for a single item, the
    groups and its rounds.
    """
    reasons = [reason_page for outcome in outcomes for reason_page in reason_pages(outcome)]
    only = outcomes[0] if len(outcomes) == 1 else None
    walls = _walls(outcomes) if only is None else 1
    groups = group_pages(only.result) if only is not None else []
    before_history = len(reasons) + walls + len(groups)
    pages = before_history + (only is not None and has_history(only))
    page = min(max(room.page, 0), pages - 1)

    def draw() -> Screen:
        if page < len(reasons):
            outcome, shown = reasons[page]
            return reasons_screen(room, outcome, shown, page=page, pages=pages)
        if only is None:
            return _several(room, outcomes, wall=page - len(reasons), page=page, pages=pages)
        if page == len(reasons):
            return _single(room, only, page=page, pages=pages)
        if page == before_history:
            return history_screen(room, only, page=page, pages=pages)
        rows = groups[page - len(reasons) - 1]
        return groups_screen(room, only.result, text=only.text, rows=rows, page=page, pages=pages)

    return turned(pages, draw)


def reveal_size(text: str) -> int:
    """Return the size of the statement above an outcome: smaller than on the vote, since it has been read."""
    if letters_in(text) <= 100:
        return 56
    return 48 if letters_in(text) <= 200 else 42


def _single(room: Room, outcome: Outcome, *, page: int, pages: int) -> Screen:
    """Return one text with how everybody voted, under the outcome; where nothing was decided, none is said."""
    size = reveal_size(outcome.text)
    lines = lines_of(outcome.text, size)
    needed = room_needed(outcome.result)
    around: Answered | None = None
    verdict: Verdict | None = None
    above: Answered | Verdict
    if is_answered(outcome.result):
        above = around = answered(room, outcome.result, outcome.sources)
        announce = f"{around.kick} {around.said}"
    else:
        above = verdict = verdict_of(room, outcome.result, outcome.sources)
        if _left(verdict, lines, size) < needed:
            above = verdict = verdict_of(room, outcome.result)
        announce = f"{verdict.headline} {verdict.follow_on}"
    # Ten bars leave no room for the longest texts: those have been read when they were voted on.
    is_cut = lines > CUT_LINES and _left(above, lines, size) < needed
    if is_cut:
        size, lines = CUT_SIZE, CUT_LINES
    return render(
        "reveal.html",
        room,
        announce=announce,
        page=page,
        pages=pages,
        around=around,
        text=typed(outcome.text),
        size=size,
        is_cut=is_cut,
        verdict=verdict,
        few=room.gettext("hidden, fewer than 5 votes"),
        **distribution(room, outcome.result, _left(above, lines, size)),
    )


def _left(above: Verdict | Answered, lines: int, size: int) -> int:
    """Return how high the bars may be under a text of so many lines and what stands with it."""
    return HEIGHT - above.height - round(lines * size * 1.16)


def _is_ranking(outcomes: Sequence[Outcome]) -> bool:
    return outcomes[0].result.look.shape is Shape.DOTS


def _walls(outcomes: Sequence[Outcome]) -> int:
    if _is_ranking(outcomes):
        return len(ranking_pages(outcomes))
    _, size = grid_for([outcome.text for outcome in outcomes])
    return page_of(outcomes, size, 0)[2]


def _several(room: Room, outcomes: Sequence[Outcome], *, wall: int, page: int, pages: int) -> Screen:
    tally = " · ".join(filter(None, (_came_to(room, outcomes), voices_line(room, outcomes[0].result))))
    if _is_ranking(outcomes):
        shown = ranking_pages(outcomes)[wall]
        return ranking_screen(room, shown, most=most_dots(outcomes), tally=tally, page=page, pages=pages)
    grid, size = grid_for([outcome.text for outcome in outcomes])
    numbered = list(enumerate(outcomes, start=1))
    decides = outcomes[0].result.rule.decides
    title = room.gettext("The outcome") if decides else room.gettext("How the room answered")
    return render(
        "reveal_several.html",
        room,
        announce=f"{title}. {tally}",
        is_sheet=True,
        page=page,
        pages=pages,
        title=title,
        tally=tally,
        grid=grid,
        items=[
            {
                "place": place,
                "text": typed(outcome.text),
                "icon": VERDICT_ICONS[Decision(outcome.result.decision)],
                "decision": ""
                if is_answered(outcome.result)
                else decision_word(outcome.result.decision, room.language, is_just_revealed=True),
                "counts": _counts(outcome.result, room.language),
            }
            for place, outcome in page_of(numbered, size, wall)[0]
        ],
    )


def _came_to(room: Room, outcomes: Sequence[Outcome]) -> str:
    """Return what a round about several texts came to, in a few words."""
    if not outcomes[0].result.rule.decides:
        if _is_ranking(outcomes):
            return room.gettext("In the order of the room")
        people = sum(outcomes[0].sources.values())
        return room.ngettext("{count} person answered", "{count} people answered", people).format(
            count=number(people, room.language)
        )
    adopted = sum(outcome.result.decision == Decision.ADOPTED for outcome in outcomes)
    return room.gettext("{adopted} of {total} adopted").format(adopted=adopted, total=len(outcomes))


def _counts(result: Result, language: str) -> list[tuple[Any, int]]:
    if result.numbers is None:
        return []
    return [
        (
            drawing(choice_symbol(part.look, 40, label=part_label(result, part, language))),
            part.count(result.numbers.counts),
        )
        for part in parts_of(result.choices)
    ]
