"""People brought as a table: who there is, of which group, and with whom they must or must not sit."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO

from models.basics.errors import FileTooLarge, FileUnreadable, RowInvalid
from models.basics.text import NAME_LIMIT, cleaned
from models.basics.text_file import text_in
from models.basics.words import WishStrength
from models.encounters.seating.tables import tables_for
from models.encounters.seating.wanted import Wanted, Wish

FILE_LIMIT = 2_000_000
MOST_PEOPLE = 1_000
# How the columns may be called: in a file's heading, in small letters.
COLUMNS = {
    "name": ("name", "naam"),
    "group": ("group", "groep"),
    "together": ("together", "samen", "bij elkaar"),
    "apart": ("apart", "uit elkaar"),
}


class Remark(StrEnum):
    """What was read otherwise than it stands there."""

    NAME_TWICE = "name_twice"
    NOBODY_CALLED = "nobody_called"
    SEVERAL_CALLED = "several_called"


@dataclass(frozen=True)
class Remarked:
    """A remark about `name`; `rows` are those of a spreadsheet, the heading being row 1."""

    remark: Remark
    name: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class People:
    """Who is to be seated. A person's number is their place in `names`; every name is there once."""

    names: tuple[str, ...]
    groups: tuple[str, ...]
    wishes: tuple[Wish, ...]
    remarks: tuple[Remarked, ...]

    @property
    def group_numbers(self) -> tuple[int | None, ...]:
        """Each person's group as a number; None without a group."""
        known = {
            group: number for number, group in enumerate(sorted({group for group in self.groups if group}))
        }
        return tuple(known.get(group) for group in self.groups)


def people_of_file(content: bytes) -> People:
    """Return the people of a CSV with commas, semicolons or tabs. Wishes name people, separated by semicolons.

    Two rows with one name are two people, and who wishes to sit with that name is not understood; both are remarked.

    Raises `FileTooLarge`, `FileUnreadable` without a column of names, and `RowInvalid`.
    """
    if len(content) > FILE_LIMIT:
        raise FileTooLarge(FILE_LIMIT)
    rows = _rows(text_in(content))
    counts = Counter(cells["name"].casefold() for _, cells in rows)
    names = _names_of_their_own([cells["name"] for _, cells in rows], counts)
    remarks = [
        Remarked(
            Remark.NAME_TWICE,
            next(cells["name"] for _, cells in rows if cells["name"].casefold() == name),
            tuple(number for number, cells in rows if cells["name"].casefold() == name),
        )
        for name, count in counts.items()
        if count > 1
    ]
    places = {cells["name"].casefold(): place for place, (_, cells) in enumerate(rows)}
    wishes: dict[tuple[tuple[int, int], WishStrength], Wish] = {}
    for place, (number, cells) in enumerate(rows):
        for column, strength in (("together", WishStrength.MUST), ("apart", WishStrength.MUST_NOT)):
            for name in _listed(cells[column]):
                count = counts[name.casefold()]
                if count == 1:
                    wish = Wish(place, places[name.casefold()], strength)
                    wishes.setdefault((wish.pair, strength), wish)
                else:
                    remark = Remark.SEVERAL_CALLED if count else Remark.NOBODY_CALLED
                    remarks.append(Remarked(remark, name, (number,)))
    groups = tuple(cells["group"] for _, cells in rows)
    return People(tuple(names), groups, tuple(wishes.values()), tuple(remarks))


def wanted_of(people: People, *, size: int, rounds: int, tables: int | None = None) -> Wanted:
    """Return the seating that is asked for; of `tables` as many as leave nobody alone, else by `size`."""
    count = len(people.names)
    if tables is not None:
        size = -(-count // max(tables, 1))
    return Wanted(
        people=count,
        tables=tables_for(count, size, standing=tables),
        rounds=rounds,
        groups=people.group_numbers,
        wishes=people.wishes,
    )


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    heading = text.lstrip("\ufeff\r\n").splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=heading.count)
    try:
        table = list(csv.reader(StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter))
    except csv.Error:
        raise FileUnreadable("people") from None
    names = [cell.strip().casefold() for cell in table[0]] if table else []
    places = {
        column: next((names.index(name) for name in called if name in names), None)
        for column, called in COLUMNS.items()
    }
    if places["name"] is None:
        raise FileUnreadable("people")
    rows = [
        (number, {column: _cell(cells, place) for column, place in places.items()})
        for number, cells in enumerate(table[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    for number, cells in rows:
        for column in ("name", "group"):
            if len(cells[column]) > NAME_LIMIT:
                raise RowInvalid(number, column, cells[column][:40])
        if not cells["name"]:
            raise RowInvalid(number, "name")
    if len(rows) > MOST_PEOPLE:
        raise RowInvalid(MOST_PEOPLE + 2, "name")
    return rows


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cleaned(cells[place][:FILE_LIMIT]) if place is not None and place < len(cells) else ""


def _listed(names: str) -> Iterable[str]:
    return dict.fromkeys(" ".join(name.split()) for name in names.split(";") if name.strip())


def _names_of_their_own(names: Sequence[str], counts: Counter[str]) -> list[str]:
    """Return each name once: the second Jan is Jan (2)."""
    taken = {name.casefold() for name in names}
    used: Counter[str] = Counter()
    own = []
    for name in names:
        key = name.casefold()
        used[key] += 1
        called = name
        number = used[key]
        while counts[key] > 1 and number > 1 and called.casefold() in taken:
            called = f"{name} ({number})"
            number += 1
        taken.add(called.casefold())
        own.append(called)
    return own
