"""`manage.py seating`, as a script uses it; a checker of its own recounts what it prints."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import manage
from tests.models.encounters.recount import outside_fair_share, recount

runner = CliRunner()
GROUPS = [group for group, count in enumerate((20, 14, 10, 8, 5, 3)) for _ in range(count)]


def _seated(folder: Path, lines: list[str], *options: str) -> dict:
    file = folder / "people.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    done = runner.invoke(manage.app, ["seating", str(file), "--json", *options], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    found: dict = json.loads(done.stdout)
    return found


def _recounted(found: dict, names: list[str]) -> int:
    number = {name: place for place, name in enumerate(names)}
    assert [table["table"] for table in found["rounds"][0]] == list(range(1, len(found["rounds"][0]) + 1))
    rounds = [[[number[name] for name in table["people"]] for table in one] for one in found["rounds"]]
    return recount(rounds, len(names))


def test_sixty_people_of_six_groups_meet_somebody_new_at_every_seat(tmp_path: Path) -> None:
    names = [f"Persoon {number}" for number in range(60)]

    found = _seated(
        tmp_path,
        ["name,group", *(f"{name},Groep {group}" for name, group in zip(names, GROUPS, strict=True))],
        "--size",
        "6",
        "--rounds",
        "4",
    )

    assert _recounted(found, names) == found["new_encounters"] == found["bound"] == 600
    seated = [[[names.index(name) for name in table["people"]] for table in one] for one in found["rounds"]]
    assert outside_fair_share(seated, GROUPS) == 0
    assert found["not_kept"] == []
    assert list(found)[:4] == ["rounds", "new_encounters", "bound", "bound_because"]


@pytest.mark.parametrize(
    ("lines", "options", "bound", "because", "not_kept"),
    [
        (["Jan,A"], (), 0, "There is nobody left to meet.", ["One person alone meets nobody."]),
        (
            ["Jan,A", "Bea,B"],
            (),
            1,
            "There are no more pairs of people who have not met.",
            ["Everybody fits at one table: after the first round nobody is new."],
        ),
        (
            [f"P{number},A" for number in range(7)],
            (),
            21,
            "There are no more pairs of people who have not met.",
            ["Everybody is of one group, so no table can be mixed."],
        ),
        (
            [f"P{number}," for number in range(10)],
            ("--tables", "12", "--rounds", "1"),
            5,
            "In one round there are no more seats beside each other.",
            ["12 tables are too many for 10 people: there are 5 tables, so that nobody sits alone."],
        ),
        ([], (), 0, "There is nobody left to meet.", []),
    ],
    ids=["one", "two", "seven of one group", "twelve tables for ten", "nobody"],
)
def test_an_odd_room_gets_the_best_there_is_with_a_sentence(
    lines: list[str], options: tuple[str, ...], bound: int, because: str, not_kept: list[str], tmp_path: Path
) -> None:
    found = _seated(tmp_path, ["name,group", *lines], *options)

    assert _recounted(found, [line.split(",")[0] for line in lines] if lines else []) == bound
    assert (found["new_encounters"], found["bound"]) == (bound, bound)
    assert (found["bound_because"], found["not_kept"]) == (because, not_kept)


def test_wishes_that_cannot_be_are_refused_with_the_sentence(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,together,apart\nAnna,Bea,\nBea,,Anna\nCor,,\n", encoding="utf-8")

    with pytest.raises(manage.Refused) as refused:
        runner.invoke(manage.app, ["seating", str(file)], catch_exceptions=False)

    assert str(refused.value) == (
        "Anna and Bea cannot sit both together and apart: Anna must sit with Bea. Bea must not sit with Anna."
    )


def test_without_json_it_prints_tables_for_people(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,group\nAnna,A\nAnna,B\nCor,A\nDirk,B\n", encoding="utf-8")

    done = runner.invoke(manage.app, ["seating", str(file), "--size", "2", "--rounds", "1"])

    lines = done.stdout.splitlines()
    assert lines[0] == "Round 1"
    assert (
        lines[3]
        == "2 new meetings. More is not possible. In one round there are no more seats beside each other."
    )
    assert (
        lines[4]
        == "The name Anna stands more than once, on rows 2 and 3: they are seated as different people."
    )
