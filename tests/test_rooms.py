"""Which room may use which: `app → pages, phone → models`, `pages, phone → exports → models`; and the same for the
subjects within a room."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_USE = {
    "models": set[str](),
    "exports": {"models"},
    "pages": {"models", "exports"},
    "phone": {"models", "exports"},
}
# A room's subjects, floor by floor. A subject uses only what stands on the floors beneath it, never beside it.
FLOORS = {
    "models": (
        "basics",
        "tables",
        "storage",
        "installation workshop",
        "alliance drafting",
        "baseline encounters voting",
        "agreeing joining photo room_state who_may_see",
        "needs_of_alliance picture progress signing threads",
        "planning",
        "mediation reports undoing",
        "example next_deed next_step own_data server_key upkeep",
        "press",
    ),
    "exports": (
        "accent apart content follower hyphenation icons language pages",
        "drawings letters logo sentences",
        "results word",
        "workbook",
        "agenda charts handouts live_bar",
        "baseline evening plan",
        "genuine sealing",
        "formats",
    ),
    "phone": (
        "serving",
        "field files mediation room",
        "partner",
        "public",
        "ahead",
        "routes",
    ),
    "pages/parts": (
        "frame",
        "home paper projector",
        "drafting leading plan",
        "baseline",
        "agreeing encounters hosting mediation prepare progress signing voting",
        "photo",
        "steering",
    ),
}
ROOMS = {*MAY_USE, "app", "manage", "setup", "migrations", "tests"}


@cache
def _trees() -> dict[str, ast.Module]:
    """Return every file of ours as it is read, by its path. Read when asked for: each worker of a run collects this."""
    paths = [
        *(path for room in MAY_USE for path in sorted((ROOT / room).rglob("*.py"))),
        ROOT / "app.py",
        ROOT / "manage.py",
        *sorted((ROOT / "migrations").rglob("*.py")),
    ]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def _imports(path: str) -> Iterator[str]:
    """Return what a file imports: `models/voting/round.py`, or a package's name that is not ours."""
    for node in ast.walk(_trees()[path]):
        if isinstance(node, ast.Import):
            yield from (_file(alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}, line {node.lineno}: say the whole name"
            for alias in node.names:
                whole = _file(f"{node.module}.{alias.name}")
                yield whole if whole in _trees() else _file(node.module or "")


def _file(module: str) -> str:
    path = module.replace(".", "/")
    return next(
        (file for file in (f"{path}.py", f"{path}/__init__.py") if file in _trees()), module.split(".")[0]
    )


def _top(path: str) -> str:
    return path.split("/")[0].removesuffix(".py")


def test_a_room_uses_only_the_rooms_beneath_it() -> None:
    broken = [
        f"{path} → {used}"
        for path in _trees()
        if (room := _top(path)) in MAY_USE
        for used in sorted(set(_imports(path)))
        if _top(used) in ROOMS - MAY_USE[room] - {room}
    ]

    assert not broken, "\n".join(broken)


def test_a_subject_uses_only_the_subjects_beneath_it() -> None:
    """Who needs what stands beside or above it is in the wrong place, or holds two things."""
    broken = []
    for room, floors in FLOORS.items():
        floor_of = {subject: number for number, floor in enumerate(floors) for subject in floor.split()}
        for path in _trees():
            if not _is_in(path, room):
                continue
            subject = _subject(path, room)
            if subject not in floor_of:
                broken.append(f"{path}: {subject} has no floor yet")
                continue
            for used in sorted(set(_imports(path))):
                of = _subject(used, room) if _is_in(used, room) else subject
                if of != subject and floor_of.get(of, 0) >= floor_of[subject]:
                    broken.append(f"{path} → {used}: {subject} stands beneath or beside {of}")

    assert not broken, "\n".join(broken)


def _is_in(path: str, room: str) -> bool:
    return path.startswith(f"{room}/") and path != f"{room}/__init__.py"


def _subject(path: str, room: str) -> str:
    return path.removeprefix(f"{room}/").split("/")[0].removesuffix(".py")


def test_no_file_needs_itself_by_way_of_others() -> None:
    ours = {path: {used for used in _imports(path) if used in _trees() and used != path} for path in _trees()}

    try:
        list(TopologicalSorter(ours).static_order())
    except CycleError as error:
        pytest.fail(" → ".join(reversed(error.args[1])))


def test_nothing_is_imported_halfway() -> None:
    """An import inside a function says that the function is in the wrong room."""
    inline = [
        f"{path}, line {node.lineno}"
        for path, tree in _trees().items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert not inline, "\n".join(inline)


def test_the_domain_and_the_documents_know_no_screen() -> None:
    screens = {"streamlit", "starlette", "jinja2", "uvicorn"}

    known = [
        f"{path} → {used}"
        for path in _trees()
        if _top(path) in ("models", "exports")
        for used in sorted(screens.intersection(_imports(path)))
    ]

    assert not known, "\n".join(known)


def test_every_package_that_is_imported_is_in_the_requirements() -> None:
    listed = {
        _normal(re.split(r"[\[<>=~! ]", line, maxsplit=1)[0])
        for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    }
    distributions = packages_distributions()

    used = {_top(used) for path in _trees() for used in _imports(path)}
    needed = {_normal(distributions.get(name, [name])[0]) for name in used - ROOMS - sys.stdlib_module_names}

    assert needed - listed == set()


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
