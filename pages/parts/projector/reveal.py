"""Step 2, after the reveal: the outcome as a sentence, then every vote as a mark; several items as cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from exports.drawings import CHOICES, MARKS_UP_TO, choice_symbol, consent_lane
from exports.language import number
from exports.sentences import choice_label, decision_word, outcome_sentence
from models.words import Decision
from pages.parts.projector.groups import group_pages, groups_screen
from pages.parts.projector.reasons import ShownReason, reason_pages, reasons_screen
from pages.parts.projector.screen import Room, Screen, drawing, lines_of, page_of, render, typed
from pages.parts.projector.voting import grid_for

VERDICT_ICONS = {
    Decision.ADOPTED: "check_circle",
    Decision.NOT_ADOPTED: "forum",
    Decision.NO_QUORUM: "group",
    Decision.NO_VOTES: "info",
}
MARKS_IN_A_ROW = 20
LARGEST_MARK = 58
TALLEST_LANE, SHORTEST_LANE, LANE_GAP = 108, 72, 10
# What the statement and the lanes may share: the height without band, foot, margins, verdict and gaps.
LANES_AND_STATEMENT = 600


@dataclass(frozen=True)
class Outcome:
    """One item after the reveal. `result` is a `models.round.Result`, `reasons` those that the facilitator shows."""

    text: str
    result: Any
    reasons: Sequence[ShownReason] = ()


def revealed_screen(room: Room, outcomes: Sequence[Outcome]) -> Screen:
    """Return the page of the outcome that the facilitator turned to.

    Reasons come first, because they are what was shown last; then the outcome; then, for a single item, the
    groups.
    """
    reasons = [reason_page for outcome in outcomes for reason_page in reason_pages(outcome)]
    only = outcomes[0] if len(outcomes) == 1 else None
    walls = _walls(outcomes) if only is None else 1
    groups = group_pages(only.result) if only is not None else []
    pages = len(reasons) + walls + len(groups)
    page = min(max(room.page, 0), pages - 1)
    if page < len(reasons):
        outcome, shown = reasons[page]
        return reasons_screen(room, outcome, shown, VERDICT_ICONS, page=page, pages=pages)
    if only is None:
        return _several(room, outcomes, wall=page - len(reasons), page=page, pages=pages)
    if page == len(reasons):
        return _single(room, only, page=page, pages=pages)
    return groups_screen(room, text=only.text, rows=groups[page - len(reasons) - 1], page=page, pages=pages)


def reveal_size(text: str) -> int:
    """Return the size of the statement above an outcome: smaller than on the vote, since it has been read."""
    if len(text) <= 100:
        return 56
    return 48 if len(text) <= 200 else 42


def _single(room: Room, outcome: Outcome, *, page: int, pages: int) -> Screen:
    headline, follow_on = outcome_sentence(outcome.result, room.language)
    size = reveal_size(outcome.text)
    numbers = outcome.result.numbers
    lanes: list[dict[str, object]] = []
    height = LANES_AND_STATEMENT - round(lines_of(outcome.text, size) * size * 1.16)
    is_dense = height < 3 * (TALLEST_LANE + LANE_GAP)
    mark = LARGEST_MARK
    if numbers is not None:
        total = sum(numbers.counts.values())
        mark = _mark_size(numbers.counts, height, SHORTEST_LANE if is_dense else TALLEST_LANE)
        lanes = [
            {
                "count": number(numbers.counts.get(choice, 0), room.language),
                "label": choice_label("consent", choice, room.language),
                "marks": drawing(consent_lane(choice, numbers.counts.get(choice, 0), total=total, mark=mark)),
            }
            for choice in CHOICES
        ]
    return render(
        "reveal.html",
        room,
        announce=f"{headline} {follow_on}",
        page=page,
        pages=pages,
        text=typed(outcome.text),
        size=size,
        headline=headline,
        follow_on=follow_on,
        verdict_icon=VERDICT_ICONS[Decision(outcome.result.decision)],
        lanes=lanes,
        lanes_width=MARKS_IN_A_ROW * mark,
        density="dense" if is_dense else "",
        few=room.gettext("hidden, fewer than 5 votes"),
    )


def _mark_size(counts: dict[str, int], height: int, shortest_lane: int) -> int:
    """Return the largest mark with which the lanes fit in `height`, none below `shortest_lane`."""
    if sum(counts.values()) > MARKS_UP_TO:
        return LARGEST_MARK
    rows = [max(1, -(-counts.get(choice, 0) // MARKS_IN_A_ROW)) for choice in CHOICES]
    mark = LARGEST_MARK
    while mark > 20 and sum(max(shortest_lane, row * mark) + LANE_GAP for row in rows) > height:
        mark -= 1
    return mark


def _walls(outcomes: Sequence[Outcome]) -> int:
    _, size = grid_for([outcome.text for outcome in outcomes])
    return page_of(outcomes, size, 0)[2]


def _several(room: Room, outcomes: Sequence[Outcome], *, wall: int, page: int, pages: int) -> Screen:
    grid, size = grid_for([outcome.text for outcome in outcomes])
    numbered = list(enumerate(outcomes, start=1))
    adopted = sum(outcome.result.decision == Decision.ADOPTED for outcome in outcomes)
    tally = room.gettext("{adopted} of {total} adopted").format(adopted=adopted, total=len(outcomes))
    title = room.gettext("The outcome")
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
                "decision": decision_word(outcome.result.decision, room.language),
                "counts": _counts(outcome.result, room.language),
            }
            for place, outcome in page_of(numbered, size, wall)[0]
        ],
    )


def _counts(result: Any, language: str) -> list[tuple[Any, int]]:
    if result.numbers is None:
        return []
    return [
        (
            drawing(choice_symbol(choice, 40, label=choice_label("consent", choice, language))),
            result.numbers.counts.get(choice, 0),
        )
        for choice in CHOICES
    ]
