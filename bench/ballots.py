"""Count the database afterwards, by plain SQL: what was confirmed must stand there, once."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.serving import Server

STORED = """SELECT round_item_id, choice, COUNT(*) FROM ballot
    WHERE round_item_id IN (SELECT id FROM round_item WHERE round_id = ?) GROUP BY round_item_id, choice"""


@dataclass(frozen=True)
class Kept:
    """Ballots in the database against votes that were confirmed to a phone."""

    stored: int
    lost: int
    doubled: int


def database_of(server: Server) -> Path:
    return server.folder / "data" / "handslag.db"


def count_kept(server: Server, round_id: int, confirmed: Mapping[tuple[int, str], int]) -> Kept:
    """Return how many ballots of a round are stored, and how many of `confirmed` are missing or there too often."""
    with closing(sqlite3.connect(f"file:{database_of(server)}?mode=ro", uri=True)) as database:
        found = {
            (item, choice): count for item, choice, count in database.execute(STORED, (round_id,)).fetchall()
        }
    stored, wanted = Counter(found), Counter(confirmed)
    return Kept(stored.total(), (wanted - stored).total(), (stored - wanted).total())
