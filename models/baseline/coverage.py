"""Where somebody was heard, and where nobody was: themes by sides."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.basics.words import Side


@dataclass(frozen=True)
class Heard:
    """That a finding of a source on this side belongs to a theme."""

    theme_id: int
    side: str
    source_id: int
    finding_id: int


@dataclass(frozen=True)
class Cell:
    """How much was found about a theme on one side. `shade` is 0 to 3, by the number of sources."""

    theme_id: int
    side: Side
    findings: int
    sources: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found here."""
        return self.findings == 0

    @property
    def shade(self) -> int:
        """How dark it is drawn, from 0 (no source) to 3 (many)."""
        return 0 if self.sources == 0 else 1 if self.sources == 1 else 2 if self.sources < MANY else 3


@dataclass(frozen=True)
class Coverage:
    """The matrix, row by row. `findings` counts those with a side; under a few nothing is shaded."""

    rows: tuple[tuple[Cell, ...], ...]
    findings: int

    @property
    def places(self) -> int:
        """How many cells there are."""
        return sum(len(row) for row in self.rows)

    @property
    def empty(self) -> list[Cell]:
        """The cells in which nothing was found, row by row."""
        return [cell for row in self.rows for cell in row if cell.is_empty]

    @property
    def is_shaded(self) -> bool:
        """Whether there are enough findings to shade by how many."""
        return self.findings >= FEWEST_SHADED

    def emptiest_side(self) -> tuple[Side, int] | None:
        """Return the side that was heard about the fewest themes, and about how many it was not; None if none lacks.

        Where sides lack equally many there is no emptiest one.
        """
        lacking = {side: sum(cell.side == side for cell in self.empty) for side in Side}
        most = max(lacking.values())
        leading = [side for side, count in lacking.items() if count == most]
        return (leading[0], most) if most and len(leading) == 1 else None


MANY = 4
FEWEST_SHADED = 5


def coverage(theme_ids: Sequence[int], heard: Iterable[Heard]) -> Coverage:
    """Return how much was found per theme and side. A finding counts under each of its themes, once."""
    findings: dict[tuple[int, str], set[int]] = defaultdict(set)
    sources: dict[tuple[int, str], set[int]] = defaultdict(set)
    counted: set[int] = set()
    for one in heard:
        if one.side:
            findings[one.theme_id, one.side].add(one.finding_id)
            sources[one.theme_id, one.side].add(one.source_id)
            counted.add(one.finding_id)
    return Coverage(
        tuple(
            tuple(
                Cell(theme_id, side, len(findings[theme_id, side]), len(sources[theme_id, side]))
                for side in Side
            )
            for theme_id in theme_ids
        ),
        len(counted),
    )
