"""One row by its id, or a refusal that names what is missing."""

import ast
from pathlib import Path

import pytest

from models.basics.errors import NotFound
from models.storage.database import reading
from models.storage.finding import existing
from models.tables import Group, RoundItem, Workshop
from tests.builders import make_workshop

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("lock", [False, True])
def test_the_row_with_an_id_is_found(database: str, lock: bool) -> None:
    room = make_workshop()

    with reading() as session:
        found = existing(session, Workshop, room.workshop_id, lock=lock)

    assert (found.id, found.code) == (room.workshop_id, room.code)


@pytest.mark.parametrize(("table", "said"), [(Group, "stakeholder group"), (RoundItem, "round item")])
@pytest.mark.parametrize("lock", [False, True])
def test_a_row_that_is_not_there_is_refused_by_the_name_of_its_table(
    sqlite: str, table: type[Group] | type[RoundItem], said: str, lock: bool
) -> None:
    with reading() as session, pytest.raises(NotFound) as refused:
        existing(session, table, 4711, lock=lock)

    assert refused.value.what == said


def test_no_id_is_made_up_where_one_is_missing() -> None:
    """`id or 0` stores the number of nobody, and hides that the row was not written yet."""
    made_up = [
        f"{path.relative_to(ROOT)}, line {node.lineno}"
        for room in ("models", "exports", "phone", "pages")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.BoolOp)
        and isinstance(node.op, ast.Or)
        and isinstance(node.values[0], ast.Attribute)
        and node.values[0].attr == "id"
    ]

    assert not made_up, "\n".join(made_up)
