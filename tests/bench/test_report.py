"""The figures of the bench: percentiles, what was kept, and goals that were missed."""

import json
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from bench.ballots import Kept, count_kept, database_of
from bench.crowd import p95, percentile
from bench.report import Line, Section, as_json, markdown
from tests.serving import Server

CONFIRMED = Counter({(1, "agree"): 2, (1, "objection"): 1})


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (19, 19), (20, 19), (100, 95), (1_000, 950)])
def test_the_95th_percentile_is_by_nearest_rank(count: int, expected: int) -> None:
    assert p95([float(number) for number in range(count, 0, -1)]) == expected


def test_a_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError):
        percentile([], 50)


@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        (["agree", "agree", "objection"], Kept(3, 0, 0)),
        (["agree", "objection"], Kept(2, 1, 0)),
        (["agree", "agree", "agree", "objection"], Kept(4, 0, 1)),
        (["agree", "objection", "objection"], Kept(3, 1, 1)),
    ],
    ids=["all", "one lost", "one doubled", "one for another"],
)
def test_what_is_lost_or_doubled_is_counted_in_the_database(
    tmp_path: Path, stored: list[str], kept: Kept
) -> None:
    server = Server(tmp_path)
    database_of(server).parent.mkdir()
    with closing(sqlite3.connect(database_of(server), isolation_level=None)) as database:
        database.execute("CREATE TABLE round_item (id INTEGER, round_id INTEGER)")
        database.execute("CREATE TABLE ballot (round_item_id INTEGER, choice TEXT)")
        database.execute("INSERT INTO round_item VALUES (1, 7), (2, 8)")
        database.executemany("INSERT INTO ballot VALUES (1, ?)", [(choice,) for choice in stored])
        database.execute("INSERT INTO ballot VALUES (2, 'agree')")

    assert count_kept(server, 7, CONFIRMED) == kept


def test_a_missed_goal_is_told_in_the_table_and_at_its_end() -> None:
    section = Section(
        "Phones",
        "How.",
        [Line("vote", 9.96, "ms", 10), Line("lost", 1, "", 0), Line("median", 1234.5, "ms")],
    )

    told = markdown([section])

    assert "| vote | 10.0 ms | ≤ 10 ms | yes |" in told
    assert "| lost | 1 | ≤ 0 | **no** |" in told
    assert "| median | 1,234 ms |  |  |" in told
    assert told.endswith("Missed: lost.")


def test_the_same_stands_in_the_json() -> None:
    told = json.loads(as_json([Section("Phones", "How.", [Line("vote", 11.0, "ms", 10)])], {"cores": 2}))

    assert told["machine"] == {"cores": 2}
    assert told["sections"][0]["lines"] == [
        {"what": "vote", "measured": 11.0, "unit": "ms", "goal": 10, "met": False}
    ]
