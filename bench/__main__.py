"""`make bench`: measure, print tables, write data/bench.json. `python -m bench growth projector` measures parts.

Within ten minutes, on a machine that does nothing else: the load average at the start is printed with the figures. One
vote's way to the projector is measured only where it is named: of a whole room `phones` measures it as well. So are
`processes`, many rooms on several processes with one PostgreSQL, `soak`, half an hour of rooms and strangers, and
`left-behind`, what a mediation leaves in the server's memory, which only root reads.
"""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import (
    growth,
    left_behind,
    mediation,
    page_weight,
    paper,
    phones,
    processes,
    seating,
    seating_beside,
    sections,
    side_by_side,
    soak,
    statements,
    steps,
    vote_to_projector,
)
from bench.crowd import allow_many_files
from bench.report import Section, as_json, markdown
from tests.serving import ROOT

RESULT = ROOT / "data" / "bench.json"
BUSY = 0.5


def _phones(folder: Path) -> list[Section]:
    voted, event = phones.measure(folder)
    slow = phones.measure_on_slow_disk(folder)
    found = [sections.phones(voted, slow)]
    if event is not None:
        found.append(sections.event(event))
    return [*found, sections.floor(voted)]


def _side_by_side(folder: Path) -> list[Section]:
    return [sections.side_by_side(side_by_side.measure(folder))]


def _growth(folder: Path) -> list[Section]:
    return [sections.growth(growth.measure(folder))]


def _steps(folder: Path) -> list[Section]:
    return [sections.steps(steps.measure(folder))]


def _page_weight(folder: Path) -> list[Section]:
    return [sections.page_weight(page_weight.measure(folder))]


def _statements(folder: Path) -> list[Section]:
    return [sections.statements(statements.measure(folder))]


def _mediation(folder: Path) -> list[Section]:
    return [sections.mediation(mediation.measure(folder))]


def _left_behind(folder: Path) -> list[Section]:
    return [sections.left_behind(left_behind.measure(folder))]


def _projector(folder: Path) -> list[Section]:
    return [sections.projector(vote_to_projector.measure(folder))]


def _paper(folder: Path) -> list[Section]:
    return [sections.paper(paper.measure(), paper.measure_whole())]


def _seating(folder: Path) -> list[Section]:
    return [
        sections.seating(seating.measure(), seating.measure_sweep()),
        sections.seating_beside(seating_beside.measure(folder)),
    ]


def _processes(folder: Path) -> list[Section]:
    return [sections.processes(processes.measure(folder))]


def _soak(folder: Path) -> list[Section]:
    return [sections.soak(soak.measure(folder))]


PARTS: dict[str, Callable[[Path], list[Section]]] = {
    "phones": _phones,
    "statements": _statements,
    "mediation": _mediation,
    "steps": _steps,
    "growth": _growth,
    "side-by-side": _side_by_side,
    "page-weight": _page_weight,
    "paper": _paper,
    "seating": _seating,
    "projector": _projector,
    "processes": _processes,
    "soak": _soak,
    "left-behind": _left_behind,
}


NAMED_ONLY = {"projector", "processes", "soak", "left-behind"}


def main() -> None:
    chosen = sys.argv[1:] or [name for name in PARTS if name not in NAMED_ONLY]
    if unknown := set(chosen) - set(PARTS):
        raise SystemExit(f"unknown: {', '.join(sorted(unknown))}; there is: {', '.join(PARTS)}")
    allow_many_files()
    load = os.getloadavg()[0]
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "load_at_start": round(load, 2)}
    print(f"{machine['cores']} cores, Python {machine['python']}, load average {load:.2f}", flush=True)
    if load > BUSY:
        print("This machine is busy: what follows is slower than it would be by itself.", flush=True)
    began = time.monotonic()
    found: list[Section] = []
    for name in chosen:
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="handslag-bench-") as folder:
            found += PARTS[name](Path(folder))
        print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    machine["seconds"] = round(time.monotonic() - began)
    print(f"\n{markdown(found)}\n")
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(as_json(found, machine) + "\n", encoding="utf-8")
    print(f"{machine['seconds']} s; the same as JSON: {RESULT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
