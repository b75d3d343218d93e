"""What was measured against what is wanted: a Markdown table, and the same as JSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """One figure. `goal` is the most it may be, or None where it is only told."""

    what: str
    measured: float
    unit: str
    goal: float | None = None

    @property
    def is_met(self) -> bool | None:
        return None if self.goal is None else self.measured <= self.goal


@dataclass(frozen=True)
class Section:
    """What belongs together, with a sentence that says how it was measured."""

    title: str
    how: str
    lines: Sequence[Line]


def markdown(sections: Sequence[Section]) -> str:
    """Return a table per section, and at the end which goals were missed."""
    parts = []
    for section in sections:
        rows = [f"| {line.what} | {_figure(line)} | {_goal(line)} | {_met(line)} |" for line in section.lines]
        parts.append(
            "\n".join(
                [
                    f"## {section.title}",
                    "",
                    section.how,
                    "",
                    "| | measured | goal | met |",
                    "| --- | ---: | ---: | --- |",
                    *rows,
                ]
            )
        )
    missed = [line.what for section in sections for line in section.lines if line.is_met is False]
    parts.append("Missed: " + "; ".join(missed) + "." if missed else "Every goal is met.")
    return "\n\n".join(parts)


def as_json(sections: Sequence[Section], machine: dict[str, Any]) -> str:
    """Return everything as JSON."""
    told = {
        "machine": machine,
        "sections": [
            {
                "title": section.title,
                "how": section.how,
                "lines": [
                    {
                        "what": line.what,
                        "measured": round(line.measured, 3),
                        "unit": line.unit,
                        "goal": line.goal,
                        "met": line.is_met,
                    }
                    for line in section.lines
                ],
            }
            for section in sections
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _figure(line: Line) -> str:
    digits = 0 if line.measured >= 100 or line.unit == "" else 1
    return f"{line.measured:,.{digits}f} {line.unit}".strip()


def _goal(line: Line) -> str:
    return "" if line.goal is None else f"≤ {line.goal:,g} {line.unit}".strip()


def _met(line: Line) -> str:
    return {None: "", True: "yes", False: "**no**"}[line.is_met]
