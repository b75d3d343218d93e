"""Paths on a coarser grid: at the size of an icon nobody sees a tenth of a pixel, and each digit weighs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(r"[a-zA-Z]|-?\d*\.?\d+")
_ASKS = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "T": 2}
Point = tuple[float, float]
Cell = tuple[int, int]


@dataclass(frozen=True)
class _Segment:
    """A line to `end`, or a curve when it has a `control`, in absolute units of the path."""

    end: Point
    control: Point | None = None


@dataclass
class _Pen:
    """Writes relative commands between cells of the grid, so that what is rounded off never adds up."""

    at: Cell = (0, 0)
    control: Cell | None = None
    words: list[str] = field(default_factory=list)

    def write(self, command: str, *numbers: int) -> None:
        told = ""
        for place, number in enumerate(numbers):
            told += f" {number}" if place and number >= 0 else str(number)
        self.words.append(command + told)

    def move(self, to: Cell) -> None:
        self.write("m", to[0] - self.at[0], to[1] - self.at[1])
        self.at, self.control = to, None

    def draw(self, end: Cell, control: Cell | None) -> None:
        right, down = end[0] - self.at[0], end[1] - self.at[1]
        if control is None:
            if right or down:
                self._line(right, down)
            self.control = None
        elif self.control is not None and _is_near(control, _reflected(self.control, self.at)):
            control = _reflected(self.control, self.at)
            self.write("t", right, down)
            self.control = control
        else:
            self.write("q", control[0] - self.at[0], control[1] - self.at[1], right, down)
            self.control = control
        self.at = end

    def _line(self, right: int, down: int) -> None:
        if not down:
            self.write("h", right)
        elif not right:
            self.write("v", down)
        else:
            self.write("l", right, down)


def on_grid(path: str, cell: float) -> str:
    """Return path data with its points on a grid with cells of this many units, counted in cells.

    It knows lines and quadratic curves, as the icons have; ValueError for anything else. What encloses nothing is left
    out.
    """
    pen = _Pen()

    def cell_of(point: Point) -> Cell:
        return round(point[0] / cell), round(point[1] / cell)

    for start, segments in _outlines(path):
        corners = [cell_of(start), *(cell_of(segment.end) for segment in segments)]
        controls = [cell_of(segment.control) if segment.control else None for segment in segments]
        if _is_flat([*corners, *(control for control in controls if control)]):
            continue
        pen.move(corners[0])
        for end, control in zip(corners[1:], controls, strict=True):
            pen.draw(end, control)
        pen.words.append("z")
        pen.at = corners[0]
    return _joined(pen.words)


def _outlines(path: str) -> Iterator[tuple[Point, list[_Segment]]]:
    """Yield each closed outline: where it starts, and its segments."""
    tokens = _TOKEN.findall(path)
    place, command = 0, ""
    at = start = (0.0, 0.0)
    control: Point | None = None
    segments: list[_Segment] = []
    while place < len(tokens):
        if tokens[place].isalpha():
            command, place = tokens[place], place + 1
        kind = command.upper()
        if kind == "Z":
            yield start, segments
            at, control, segments = start, None, []
            continue
        if kind not in _ASKS:
            raise ValueError(f"not known in a path: {command!r}")
        numbers = [float(number) for number in tokens[place : place + _ASKS[kind]]]
        place += _ASKS[kind]
        base = at if command.islower() else (0.0, 0.0)
        if kind == "M":
            at = start = (base[0] + numbers[0], base[1] + numbers[1])
            command, control, segments = ("l" if command == "m" else "L"), None, []
            continue
        end, control = _reached(kind, numbers, base, at, control)
        segments.append(_Segment(end, control))
        at = end


def _reached(
    kind: str, numbers: list[float], base: Point, at: Point, control: Point | None
) -> tuple[Point, Point | None]:
    """Return where a segment ends, and what it bends towards."""
    if kind == "H":
        return (base[0] + numbers[0], at[1]), None
    if kind == "V":
        return (at[0], base[1] + numbers[0]), None
    end = (base[0] + numbers[-2], base[1] + numbers[-1])
    if kind == "Q":
        return end, (base[0] + numbers[0], base[1] + numbers[1])
    if kind == "T":
        return end, (2 * at[0] - control[0], 2 * at[1] - control[1]) if control else at
    return end, None


def _reflected(control: Cell, at: Cell) -> Cell:
    return 2 * at[0] - control[0], 2 * at[1] - control[1]


def _is_near(one: Cell, other: Cell) -> bool:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) <= 1


def _is_flat(cells: list[Cell]) -> bool:
    return len({across for across, _ in cells}) == 1 or len({down for _, down in cells}) == 1


def _joined(words: list[str]) -> str:
    """Return commands as one text; one that is the same as the one before needs no letter."""
    told, before = "", ""
    for word in words:
        letter, numbers = word[0], word[1:]
        if letter == before and letter not in "mz":
            told += numbers if numbers.startswith("-") else f" {numbers}"
        else:
            told += word
        before = letter
    return told
