"""Paper: how long ballot sheets, badges and an agenda take to make, and whether twice as many take twice as long."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from exports.agenda.build import build_agenda
from exports.handouts.badges import Badge, Meeting, build_badges
from exports.handouts.ballot_sheets import MOST_TEXTS, Question, Sheet, build_ballot_sheets
from models.basics.words import Copy
from models.voting.methods import USUAL
from tests.exports.make_agenda import make_agenda, make_content

SMALL, TIMES = 15, 4
TEXT = "Wij nemen geen besluit over een groep zonder die groep aan tafel."
_MEETING = Meeting(
    "Alliantie Merenveld",
    "N6W9H",
    "nl",
    "Europe/Amsterdam",
    "merenveld.example",
    datetime(2027, 3, 14, tzinfo=UTC),
)


@dataclass(frozen=True)
class Grown:
    """How long (ms of processor time) one file took that is small, and one that is `TIMES` as much."""

    what: str
    small: float
    large: float

    @property
    def ratio(self) -> float:
        return self.large / self.small


def sheets(count: int) -> bytes:
    """Return so many ballot sheets of twelve texts each, of several pages."""
    question = Question([TEXT] * MOST_TEXTS, USUAL.name, USUAL.choices)
    return build_ballot_sheets(
        _MEETING, question, [Sheet(f"{place:08d}", place, "Bewoners") for place in range(count)]
    )


def badges(count: int) -> bytes:
    """Return so many badges, each with a QR code of its own."""
    return build_badges(
        _MEETING,
        [
            Badge(f"{place:08d}", "Bewoners", f"https://merenveld.example/j/N6W9H/{place:08d}")
            for place in range(count)
        ],
    )


def agenda(count: int) -> bytes:
    """Return an agenda of so many principles with their votes, and nearly twice as many agreements."""
    content = make_content()
    principles, agreements = content["principles"], content["agreements"]
    content["principles"] = [
        principles[place % len(principles)] | {"number": place + 1} for place in range(count)
    ]
    content["agreements"] = [
        agreements[place % len(agreements)] | {"number": place + 1, "principles": [place // 2 + 1]}
        for place in range(2 * count)
    ]
    return build_agenda(make_agenda(content=content), Copy.PARTNERS)


MADE: Sequence[tuple[str, Callable[[int], bytes], int]] = (
    (f"ballot sheets of {MOST_TEXTS} texts", sheets, SMALL),
    ("badges with a QR code", badges, 10 * SMALL),
    ("principles with their votes in an agenda", agenda, SMALL),
)


def measure() -> list[Grown]:
    """Return for each kind of file how it grows; processor time, so that a busy machine counts for less."""
    found = []
    for what, make, small in MADE:
        make(1)
        taken = []
        for count in (small, small * TIMES):
            began = time.process_time()
            make(count)
            taken.append(1000 * (time.process_time() - began))
        found.append(Grown(f"{small * TIMES} {what}", *taken))
    return found
