"""Findings brought as a table: all of it is stored, or nothing, and the row that cannot be is named."""

import csv
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from sqlmodel import Session, select

from models.baseline.baseline import read_themes
from models.baseline.findings import add_own_words
from models.baseline.note_file import FILE_LIMIT
from models.baseline.releasing import settle
from models.baseline.sources import TITLE_LIMIT, add_source
from models.basics.errors import DomainError, FileTooLarge, FileUnreadable, RowInvalid
from models.basics.text import cleaned
from models.basics.text_file import text_in
from models.basics.words import Effect, Side, SourceKind
from models.storage.chain import record
from models.storage.finding import existing
from models.tables import Baseline, BaselineSource
from models.tables.finding import LONGEST_FINDING

MOST_ROWS = 2_000
# How the columns and their words may be called: in a file's heading, in small letters.
COLUMNS = {
    "kind": ("kind", "soort"),
    "side": ("side", "kant"),
    "source": ("source", "bron"),
    "reference": ("reference", "verwijzing"),
    "link": ("link",),
    "finding": ("finding", "bevinding"),
    "themes": ("themes", "thema’s", "thema's", "themas", "thema"),
    "effect": ("effect",),
}
_NEEDED = ("source", "finding")
_KINDS = {
    "literatuur": SourceKind.LITERATURE,
    "cijfers": SourceKind.FIGURES,
    "observatie": SourceKind.OBSERVATION,
    "": SourceKind.LITERATURE,
}
_SIDES = {
    "gemeente": Side.MUNICIPALITY,
    "gemeenschappen": Side.COMMUNITIES,
    "bewoners": Side.RESIDENTS,
    "organisaties": Side.ORGANISATIONS,
    "geen kant": "",
    "no side": "",
    "": "",
}
_EFFECTS = {"helpt": Effect.HELPS, "houdt tegen": Effect.HINDERS, "allebei": Effect.BOTH, "": ""}


@dataclass(frozen=True)
class FindingRow:
    """A row as it was typed, with words of the domain. `row` is its number as a spreadsheet counts."""

    row: int
    kind: str
    side: str
    source: str
    reference: str
    link: str
    finding: str
    themes: tuple[str, ...]
    effect: str


@dataclass(frozen=True)
class FindingsBrought:
    sources: int
    findings: int


def rows_of_file(content: bytes) -> list[FindingRow]:
    """Return the rows of a CSV, with commas, semicolons or tabs. What looks like a formula is text like any other.

    Interviews come one by one, with their note: they are no row here.

    Raises `FileTooLarge`, `FileUnreadable` without the columns that are needed, and `RowInvalid`.
    """
    if len(content) > FILE_LIMIT:
        raise FileTooLarge(FILE_LIMIT)
    text = text_in(content)
    heading = text.lstrip("\ufeff\r\n").splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=heading.count)
    try:
        table = list(csv.reader(StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter))
    except csv.Error:
        raise FileUnreadable("csv") from None
    names = [cell.strip().casefold() for cell in table[0]] if table else []
    places = {
        column: next((names.index(name) for name in called if name in names), None)
        for column, called in COLUMNS.items()
    }
    if any(places[column] is None for column in _NEEDED):
        raise FileUnreadable("csv")
    rows = [
        _row(number, {column: _cell(cells, place) for column, place in places.items()})
        for number, cells in enumerate(table[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    if len(rows) > MOST_ROWS:
        raise RowInvalid(MOST_ROWS + 2, "finding")
    return rows


def bring_findings(
    session: Session, *, who: str, baseline_id: int, rows: Sequence[FindingRow]
) -> FindingsBrought:
    """Store rows of a table as findings in own words, with a source for each that is not there yet.

    Raises `RowInvalid`, and then nothing is stored.
    """
    baseline = existing(session, Baseline, baseline_id, lock=True)
    themes = {theme.name.casefold(): theme.id for theme in read_themes(session, baseline.alliance_id)}
    sources = {
        (source.kind, source.side, source.title.casefold()): source.id
        for source in session.exec(
            select(BaselineSource).where(BaselineSource.baseline_id == baseline_id)
        ).all()
        if source.kind != SourceKind.INTERVIEW
    }
    before = len(sources)
    touched: set[int] = set()
    for row in rows:
        unknown = next((theme for theme in row.themes if theme.casefold() not in themes), None)
        if unknown is not None:
            raise RowInvalid(row.row, "themes", unknown)
        key = (row.kind, row.side, cleaned(row.source).casefold())
        try:
            if key not in sources:
                sources[key] = add_source(
                    session,
                    who=who,
                    baseline_id=baseline_id,
                    kind=row.kind,
                    side=row.side,
                    title=row.source,
                    reference=row.reference,
                    link=row.link,
                ).source_id
            add_own_words(
                session,
                who=who,
                source=existing(session, BaselineSource, sources[key]),
                text=row.finding,
                theme_ids=[themes[theme.casefold()] for theme in row.themes],
                effect=row.effect,
            )
        except RowInvalid:
            raise
        except DomainError as error:
            raise RowInvalid(row.row, getattr(error, "field", "finding")) from None
        touched.add(sources[key])
    for source_id in sorted(touched):
        settle(session, existing(session, BaselineSource, source_id))
    record(
        session,
        alliance_id=baseline.alliance_id,
        who=who,
        what="findings brought",
        number=baseline.number,
        count=len(rows),
    )
    return FindingsBrought(len(sources) - before, len(rows))


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cleaned(cells[place][: LONGEST_FINDING * 4]) if place is not None and place < len(cells) else ""


def _row(number: int, cells: dict[str, str]) -> FindingRow:
    kind, side = cells["kind"].casefold(), cells["side"].casefold()
    kind = _word(number, "kind", kind, _KINDS, set(SourceKind) - {SourceKind.INTERVIEW})
    side = _word(number, "side", side, _SIDES, set(Side))
    if (kind == SourceKind.LITERATURE) != (side == ""):
        raise RowInvalid(number, "side", cells["side"])
    for column, limit in (("source", TITLE_LIMIT), ("finding", LONGEST_FINDING)):
        if not 0 < len(cells[column]) <= limit:
            raise RowInvalid(number, column, cells[column][:40])
    return FindingRow(
        number,
        kind,
        side,
        cells["source"],
        cells["reference"],
        cells["link"],
        cells["finding"],
        tuple(dict.fromkeys(theme.strip() for theme in re.split("[;|]", cells["themes"]) if theme.strip())),
        _word(number, "effect", cells["effect"].casefold(), _EFFECTS, set(Effect)),
    )


def _word(row: int, column: str, typed: str, known: Mapping[str, str], words: Collection[str]) -> str:
    if typed in known:
        return str(known[typed])
    if typed in words:
        return typed
    raise RowInvalid(row, column, typed)
