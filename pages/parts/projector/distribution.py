"""How one text was voted on: every vote as a mark, a bar per choice from most to least support, or every dot."""

from math import ceil
from typing import Any

from exports.drawings import DOTS_IN_A_ROW, DOTS_UP_TO, MARKS_UP_TO, consent_lane, dots_lane, mark_bar
from exports.language import number
from exports.results.result_parts import beyond_limit
from exports.results.tables_of_results import choices_in_words
from exports.sentences import choice_label
from models.voting.decision import Numbers, Result
from models.voting.methods.method import Numbering, Shape
from pages.parts.projector.screen import LETTER_WIDTH, Room, drawing

MARKS_IN_A_ROW = 20
LARGEST_MARK = 58
TALLEST_LANE, SHORTEST_LANE, LANE_GAP = 108, 72, 10
SHORTEST_LEVEL, TALLEST_LEVEL, LEVEL_WITH_ROOM = 41, 84, 56
WIDTH, SMALL_LETTERS, LARGE_LETTERS = 1776, 40, 46
ROOM_OF_A_NUMBER = 130


def room_needed(result: Result) -> int:
    """Return the height in pixels that the distribution takes at least."""
    if result.numbers is None or result.look.shape is Shape.DOTS:
        return 0
    if result.look.shape is Shape.MARKS:
        return len(result.choices) * (SHORTEST_LANE + LANE_GAP)
    return len(result.choices) * SHORTEST_LEVEL


def distribution(room: Room, result: Result, height: int) -> dict[str, Any]:
    """Return what the template of the reveal needs: `lanes`, `levels` or `dots`, which fit in `height` pixels."""
    shown: dict[str, Any] = {"lanes": None, "levels": None, "dots": None}
    if result.numbers is None:
        return shown
    if result.look.shape is Shape.MARKS:
        return shown | {"lanes": _lanes(room, result, result.numbers, height)}
    if result.look.shape is Shape.DOTS:
        return shown | {"dots": _dots(room, result, result.numbers, height)}
    return shown | {"levels": _levels(room, result, result.numbers, height)}


def _lanes(room: Room, result: Result, numbers: Numbers, height: int) -> dict[str, Any]:
    counts = [(choice, numbers.counts.get(choice.value, 0)) for choice in result.choices]
    is_dense = height < len(counts) * (TALLEST_LANE + LANE_GAP)
    mark = _mark_size([count for _, count in counts], height, SHORTEST_LANE if is_dense else TALLEST_LANE)
    return {
        "density": "dense" if is_dense else "",
        "width": MARKS_IN_A_ROW * mark,
        "rows": [
            {
                "count": number(count, room.language),
                "label": choice_label(result.method, choice.value, room.language),
                "marks": drawing(consent_lane(choice.mark, count, total=numbers.cast, mark=mark)),
            }
            for choice, count in counts
        ],
    }


def _mark_size(counts: list[int], height: int, shortest_lane: int) -> int:
    """Return the largest mark with which the lanes fit in `height`, none below `shortest_lane`."""
    if sum(counts) > MARKS_UP_TO:
        return LARGEST_MARK
    rows = [max(1, ceil(count / MARKS_IN_A_ROW)) for count in counts]
    mark = LARGEST_MARK
    while mark > 20 and sum(max(shortest_lane, row * mark) + LANE_GAP for row in rows) > height:
        mark -= 1
    return mark


def _levels(room: Room, result: Result, numbers: Numbers, height: int) -> dict[str, Any]:
    """Return a bar per choice on one scale; the first beyond the limit that was agreed carries its line and words."""
    step = min(TALLEST_LEVEL, height // len(result.choices))
    letters = LARGE_LETTERS if step >= LEVEL_WITH_ROOM else SMALL_LETTERS
    labels = {
        choice.value: (
            choice.value if result.look.numbering is Numbering.BEFORE else "",
            choice_label(result.method, choice.value, room.language),
        )
        for choice in result.choices
    }
    longest = max(len(digit) + 1 + len(words) for digit, words in labels.values())
    words_width = round(longest * letters * LETTER_WIDTH) + 40
    limit, first_beyond = room.gettext("limit, agreed before the vote"), beyond_limit(result)
    aside = round(len(limit) * SMALL_LETTERS * LETTER_WIDTH) + 40 if first_beyond else 0
    longest_bar = max(WIDTH - words_width - ROOM_OF_A_NUMBER - aside, 200)
    most = max([*numbers.counts.values(), 1])
    rows = []
    for choice in result.choices:
        count = numbers.counts.get(choice.value, 0)
        length = max(14, round(longest_bar * count / most)) if count else 0
        bar = step - 16
        rows.append(
            {
                "digit": labels[choice.value][0],
                "words": labels[choice.value][1],
                "count": number(count, room.language),
                "bar": drawing(mark_bar(choice.mark, count, total=count, width=length, height=bar))
                if count
                else "",
                "length": length,
                "is_beyond": choice.value == first_beyond,
            }
        )
    return {
        "rows": rows,
        "step": step,
        "bar": step - 16,
        "letters": letters,
        "words_width": words_width,
        "limit": limit,
    }


def _dots(room: Room, result: Result, numbers: Numbers, height: int) -> dict[str, Any]:
    dots = numbers.dots or 0
    most = max(dots, numbers.cast * max(int(choice.value) for choice in result.choices))
    rows = 1 if dots > DOTS_UP_TO else max(1, ceil(dots / DOTS_IN_A_ROW))
    mark = max(8, min(WIDTH // DOTS_IN_A_ROW, (height - 180) // rows))
    return {
        "words": choices_in_words(result, numbers.counts, numbers.cast, room.language),
        "lane": drawing(dots_lane(dots, most=most if dots > DOTS_UP_TO else dots, mark=mark)),
        "width": DOTS_IN_A_ROW * mark,
    }
