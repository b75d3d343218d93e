"""Paper: how long ballot sheets, badges and an agenda take to make, and whether twice as many take twice as long.

A whole agenda is measured besides: of 60 partners who all drew a signature, 20 principles and 40 agreements, and of ten
times as many of each, in a process of its own, so that its memory is its own too.
"""

import subprocess
import sys
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
from tests.serving import ROOT

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


@dataclass(frozen=True)
class Whole:
    """How long (ms of processor time) a whole agenda took to make, and the most memory that its process had (MB)."""

    times: int
    milliseconds: float
    megabytes: float


def measure_whole() -> list[Whole]:
    """Return what a whole agenda takes, of the usual largest size and of ten times that."""
    return [_whole(times) for times in (1, 10)]


def _whole(times: int) -> Whole:
    """Make a whole agenda twice in a process of its own: once to read what is read once, once for the time."""
    code = (
        "import re, time\n"
        "from exports.agenda.build import build_agenda\n"
        "from models.basics.words import Copy\n"
        "from tests.exports.make_agenda import make_large_agenda\n"
        f"document = make_large_agenda({times})\n"
        "build_agenda(document, Copy.PARTNERS)\n"
        "began = time.process_time()\n"
        "build_agenda(document, Copy.PARTNERS)\n"
        "took = time.process_time() - began\n"
        # What getrusage tells is that of the process that began this one, where that was larger.
        "most = re.search('VmHWM:\\\\s+(\\\\d+)', open('/proc/self/status').read())\n"
        "print(1000 * took, int(most[1]) * 1024 / 1_000_000)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    milliseconds, megabytes = (float(word) for word in done.stdout.split())
    return Whole(times, milliseconds, megabytes)


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
