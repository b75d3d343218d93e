"""What an evening did, on the wall: before and now, and the groups with a line for the pairs between each two."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from textwrap import wrap
from typing import Any

from exports.hyphenation import in_little_room
from exports.language import listed
from exports.sentences.evening import (
    means,
    meetings_told,
    no_numbers_told,
    place_told,
    row_names,
    series_told,
)
from models.encounters.group_pairs import Cell, GroupPairs
from models.encounters.what_it_did import EveningDid
from models.workshop.rows import SMALLEST_SHOWN
from pages.parts.projector.screen import Room, Screen, render, turned, typed

# More groups than this make a knot of lines: then the pairs stand in a table.
MOST_CIRCLES = 6
ROWS_ON_A_PAGE = 9
_WIDTH, _HEIGHT = 1050, 590
# What stands beside the circles: how high that may be, and how many signs a line of it holds.
_COLUMN, _SIGNS_OF_LEAD, _SIGNS = 740, 27, 33
_PLATE, _SMALL_PLATE = (93, 67), (78, 56)
_THINNEST, _THICKEST = 12, 46
_SHADES = (0.15, 0.25, 0.35)
# Where on its line a number may stand, the middle first.
_PLACES = sorted((part / 100 for part in range(16, 85)), key=lambda part: abs(part - 0.5))


@dataclass(frozen=True)
class Line:
    """The line between two circles, and where its number stands."""

    one: int
    other: int
    count: int
    ends: tuple[float, float, float, float]
    plate: tuple[float, float]
    width: int


def linked_screen(room: Room, did: EveningDid, *, next_meeting: str) -> Screen:
    """Return what the evening did. With more than six groups their pairs stand in a table on pages of their own."""
    _ = room.gettext
    pairs = _drawn_pairs(did)
    names = row_names(did.rows, room.language)
    if pairs is None or len(names) <= MOST_CIRCLES:
        return turned(1, lambda: _circles(room, did, pairs, names, next_meeting))
    pages = 1 + -(-len(names) // ROWS_ON_A_PAGE)
    page = min(max(room.page, 0), pages - 1)
    if page == 0:
        return turned(pages, lambda: _circles(room, did, None, names, next_meeting))
    return turned(pages, lambda: _table(room, did, pairs, names, page, pages))


def _drawn_pairs(did: EveningDid) -> GroupPairs | None:
    """Return the pairs that chose each other, where there is a line to draw of them, else those that met."""
    met = did.met.by_group if did.met else None
    chosen = did.chosen
    if chosen is not None and any(one != other for one, other in chosen.pairs):
        return chosen
    return met


def _circles(
    room: Room, did: EveningDid, pairs: GroupPairs | None, names: Sequence[str], next_meeting: str
) -> Screen:
    _ = room.gettext
    before, after = means(did.numbers, room.language) if did.numbers else ("", "")
    words = _words(room, did, before, after)
    if next_meeting:
        words.append(next_meeting)
    shown = with_room(words, has_means=bool(before), kept=words[:1] + words[-1:]) if pairs else words
    title = _("Thank you for this evening") if room.is_over else _("Our bubbles touch each other")
    lines = lines_between(pairs) if pairs else []
    radius = _radius(len(names))
    return render(
        "linked.html",
        room,
        announce=" ".join([title, *words]),
        title=title,
        kick=place_told(did, room.language),
        before=before,
        after=after,
        words=shown,
        over=_over(room, did),
        label=listed(
            [
                _("{one} and {other}: {count} pairs").format(
                    one=names[line.one], other=names[line.other], count=line.count
                )
                for line in lines
            ],
            room.language,
        )
        or _("no lines"),
        foot=_("No line: fewer than {count} pairs.").format(count=SMALLEST_SHOWN),
        nodes=[
            {"x": round(x), "y": round(y), "r": radius, "name": in_little_room(name), "people": people}
            for (x, y), name, people in zip(
                circles(len(names)), names, pairs.groups.people if pairs else (), strict=False
            )
        ]
        if pairs
        else [],
        lines=[_drawn(line) for line in lines],
        is_small=len(names) > 4,
    )


def with_room(words: Sequence[str], *, has_means: bool, kept: Sequence[str]) -> list[str]:
    """Return the sentences that stand beside the circles: what is too much goes, the last first, but for `kept`.

    The facilitator's page and the report have them all.
    """
    shown = list(words)
    while _height(shown, has_means=has_means) > _COLUMN:
        spare = [sentence for sentence in shown if sentence not in kept]
        if not spare:
            break
        shown.remove(spare[-1])
    return shown


def _height(words: Sequence[str], *, has_means: bool) -> int:
    """Return how high sentences stand under each other, in the projector's unit, as `.before-now` sets them."""
    lines = [
        len(wrap(sentence, _SIGNS if place else _SIGNS_OF_LEAD)) * (49 if place else 55)
        for place, sentence in enumerate(words)
    ]
    return sum(lines) + 20 * len(words) + (171 if has_means else 0)


def _drawn(line: Line) -> dict[str, Any]:
    x1, y1, x2, y2 = (round(end) for end in line.ends)
    x, y = line.plate
    return {
        "x1": x1,
        "y1": y1,
        "x2": x2,
        "y2": y2,
        "width": line.width,
        "count": line.count,
        "px": round(x),
        "py": round(y),
    }


def _words(room: Room, did: EveningDid, before: str, after: str) -> list[str]:
    _ = room.gettext
    # Whoever chose another reads on the own phone what came of it: nowhere else is told of whom.
    on_phones = [_("Did you choose each other? Your phone says so now.")] if room.is_over else []
    if did.numbers is not None:
        words = [
            _("We knew {before} here on average. Now we would greet {after}.").format(
                before=before, after=after
            ),
            _("{count} of {people} told this.").format(count=did.numbers.people, people=did.answers.people),
        ]
    elif room.is_over:
        words = []
    elif did.answers.is_closed:
        words = [no_numbers_told(did, room.language)]
    else:
        words = [_("How many people would you greet now? Say it on your phone.")]
    if did.met is not None:
        words.append(meetings_told(did.met, room.language))
    if did.series is not None:
        words.append(series_told(did.series, room.language))
    if did.numbers is not None or not words:
        return words + on_phones
    return on_phones + words


def _over(room: Room, did: EveningDid) -> str:
    _ = room.gettext
    if did.chosen is not None and _drawn_pairs(did) is did.chosen:
        return _("So many pairs want to speak each other again")
    return _("So many pairs sat together at a table")


def circles(count: int) -> list[tuple[float, float]]:
    """Return where the middle of each circle is: two beside each other, four in the corners, else around."""
    radius = _radius(count)
    left, right, top, bottom = radius + 4, _WIDTH - radius - 4, radius + 4, _HEIGHT - radius - 4
    if count == 2:
        return [(left + 60, _HEIGHT / 2), (right - 60, _HEIGHT / 2)]
    if count == 4:
        return [(left, top), (right, top), (left, bottom), (right, bottom)]
    return [
        (
            _WIDTH / 2 + (right - left) / 2 * sin(2 * pi * place / count),
            _HEIGHT / 2 - (bottom - top) / 2 * cos(2 * pi * place / count),
        )
        # Six would stand on each other at the sides, but for half a step.
        for place in (number + (0.5 if count == MOST_CIRCLES else 0) for number in range(count))
    ]


def lines_between(pairs: GroupPairs) -> list[Line]:
    """Return a line for each shown number of pairs of two groups; no number stands on a circle or on another one."""
    count = len(pairs.groups.rows)
    middles, radius = circles(count), _radius(count)
    between = {cell: pair for cell, pair in pairs.pairs.items() if cell[0] != cell[1]}
    most = max(between.values(), default=1)
    wide, high = _PLATE if count <= 4 else _SMALL_PLATE
    taken: list[tuple[float, float]] = []
    lines = []
    # The shortest first: they have the fewest places for their number.
    for (one, other), number in sorted(
        between.items(), key=lambda found: (hypot(*_apart(middles, found[0])), found[0])
    ):
        (x1, y1), (x2, y2) = middles[one], middles[other]
        spots = [(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part) for part in _PLACES]
        # Where two lines cross, in the middle of the picture, no number would say of which one it is.
        free = [
            spot
            for spot in spots
            if all(abs(spot[0] - x) > wide or abs(spot[1] - y) > high for x, y in taken)
            and all(hypot(spot[0] - x, spot[1] - y) > radius + 6 for x, y in middles)
            and (count < 4 or hypot(spot[0] - _WIDTH / 2, spot[1] - _HEIGHT / 2) > high)
        ]
        spot = free[0] if free else spots[0]
        taken.append(spot)
        width = _THINNEST + (_THICKEST - _THINNEST) * number // most
        lines.append(Line(one, other, number, (x1, y1, x2, y2), spot, width))
    return lines


def _apart(middles: Sequence[tuple[float, float]], cell: Cell) -> tuple[float, float]:
    (x1, y1), (x2, y2) = middles[cell[0]], middles[cell[1]]
    return x2 - x1, y2 - y1


def _radius(count: int) -> int:
    return 138 if count <= 4 else 108


def _table(
    room: Room, did: EveningDid, pairs: GroupPairs, names: Sequence[str], page: int, pages: int
) -> Screen:
    first = (page - 1) * ROWS_ON_A_PAGE
    shown = range(first, min(first + ROWS_ON_A_PAGE, len(names)))
    title = _over(room, did)

    def cell(one: int, other: int) -> dict[str, int] | str | None:
        if other > one:
            return None
        if (other, one) not in pairs.pairs:
            return ""
        count = pairs.pairs[other, one]
        share = count / pairs.possible[other, one]
        return {"count": count, "shade": 1 + sum(share >= limit for limit in _SHADES)}

    return render(
        "group_pairs.html",
        room,
        announce=title,
        page=page,
        pages=pages,
        title=title,
        places=list(range(1, len(names) + 1)),
        rows=[
            {
                "place": place + 1,
                "name": typed(names[place]),
                "cells": [cell(place, other) for other in range(len(names))],
            }
            for place in shown
        ],
        foot=room.gettext("–: hidden, fewer than {count} pairs.").format(count=SMALLEST_SHOWN),
    )
