"""Twice as many people take twice as long to print, not four times, and what is drawn twice is kept once."""

import re
import time
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest

from bench.paper import agenda, badges, sheets
from exports.agenda.build import build_agenda
from models.basics.words import Copy
from tests.exports.make_agenda import make_large_agenda

TIMES = 8
# In a straight line it is 8 times as long, and with a square 64 times.
BETWEEN = 24


def _processor_time(make: Callable[[int], bytes], count: int) -> float:
    """Return the shorter of two, so that a busy machine counts for little."""
    found = []
    for _ in range(2):
        began = time.process_time()
        make(count)
        found.append(time.process_time() - began)
    return min(found)


@pytest.mark.parametrize(
    ("make", "count"), [(sheets, 5), (badges, 20), (agenda, 12)], ids=["ballot sheets", "badges", "agenda"]
)
def test_what_is_eight_times_as_much_takes_nowhere_near_sixty_four_times_as_long(
    make: Callable[[int], bytes], count: int
) -> None:
    make(1)

    small, large = _processor_time(make, count), _processor_time(make, count * TIMES)

    assert large / small < BETWEEN


def test_a_whole_agenda_with_every_signature_drawn_grows_in_a_straight_line() -> None:
    """Every partner by every principle was a cell: ten times as many of both took a hundred times as long."""
    small, large = (
        _processor_time(
            lambda times: build_agenda(make_large_agenda(times, partners=15, principles=5), Copy.PARTNERS),
            times,
        )
        for times in (1, TIMES)
    )

    assert large / small < BETWEEN


@pytest.mark.parametrize("make", [sheets, badges, agenda], ids=["ballot sheets", "badges", "agenda"])
def test_every_picture_has_a_number_of_its_own_and_one_drawing_is_kept_once(
    make: Callable[[int], bytes],
) -> None:
    with ZipFile(BytesIO(make(3))) as package:
        shown = re.findall(r'<wp:docPr id="(\d+)"', package.read("word/document.xml").decode())
        kept = [package.read(name) for name in package.namelist() if name.startswith("word/media/")]

    assert shown and max(Counter(shown).values()) == 1
    assert kept and max(Counter(kept).values()) == 1
