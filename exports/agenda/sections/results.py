"""A round as native tables: words, shapes and numbers, and cells whose shaded width is the share."""

from collections.abc import Sequence

from exports.drawings import choice_symbol
from exports.language import number
from exports.results.frozen_result import frozen_result
from exports.results.result_parts import beyond_limit, column_label, parts_of
from exports.results.shown import result_label
from exports.results.tables_of_results import PlainTable, result_rows_table, result_table
from exports.sentences.outcome import row_label
from exports.sentences.shares import choice_percentages
from exports.word.paper import Paper
from exports.word.pictures import Picture, png_of
from exports.word.styles import colour
from exports.word.tables import TEXT_WIDTH, Cell, Edge, Fill, Line, text_cell
from models.signing.shape import RoundContent
from models.voting.decision import Numbers, Result
from models.voting.methods.method import Mark, Shape

FILLS: dict[str, Fill] = {
    Mark.AGREE: Fill(colour("agree")),
    Mark.NEUTRAL: Fill(colour("neutral")),
    Mark.CONCERN: Fill(colour("concern")),
    Mark.OBJECTION: Fill(colour("object")),
}
_GAP = Edge(colour("paper"), 32)
# A bar is laid out in narrow columns of the grid; a full one leaves room for its percentage beside it.
_LABEL, _VOTES, _UNITS, _FULL = 50, 20, 40, 34
_WIDE_LABEL = 64
_GROUP, _GROUP_UNITS = 38, 40
# How wide the numbers of a group are: three or four.
_COUNTS = {3: (24.0, 35.0, 26.0), 4: (24.0, 24.0, 24.0, 24.0)}
# All numbers together, where a method of another version has more or fewer.
_MANY = 96.0


def write_result(paper: Paper, round_: RoundContent) -> None:
    """Write the votes of a round, in total and per row. Nothing where fewer than five people voted."""
    result = frozen_result(round_)
    if result.numbers is None or not result.numbers.cast:
        return
    if result.look.shape is Shape.DOTS:
        _write_plain(
            paper,
            paper.gettext("How many dots people gave in round {number}").format(number=round_["number"]),
            result_table(result, paper.language),
        )
    else:
        _write_total(paper, round_["number"], result, result.numbers)
    if len(result.rows) > 1:
        _write_rows(paper, round_["number"], result)


def shares(counts: Sequence[int], units: int) -> list[int]:
    """Return `units` divided after `counts`; whoever has any gets at least one, and all are given out."""
    total = sum(counts)
    if not total:
        return [0 for _ in counts]
    given = [max(1, count * units // total) if count else 0 for count in counts]
    while sum(given) < units:
        short = max(range(len(counts)), key=lambda place: counts[place] * units - given[place] * total)
        given[short] += 1
    while sum(given) > units:
        given[given.index(max(given))] -= 1
    return given


def _symbol(paper: Paper, look: str) -> Picture:
    _ = paper.gettext
    described = {
        Mark.AGREE: _("circle"),
        Mark.NEUTRAL: _("square with dots"),
        Mark.CONCERN: _("triangle"),
        Mark.OBJECTION: _("diamond"),
    }[Mark(look)]
    return Picture(png_of(choice_symbol(look, 24), 96), 3.4, described)


def _write_total(paper: Paper, round_number: int, result: Result, numbers: Numbers) -> None:
    _ = paper.gettext
    shown = choice_percentages(result.choices, numbers.counts, result.rule.share)
    rows: list[list[Cell | str]] = []
    for choice in result.choices:
        count = numbers.counts.get(choice.value, 0)
        if choice.value == beyond_limit(result):
            rows.append([Cell((Line(_("limit, agreed before the vote"), "Table Small"),), span=_UNITS + 2)])
        label = result_label(result, choice.value, paper.language)
        bar = _bar(
            paper, choice.mark, count, shown[choice.value], is_last=choice.value == result.choices[-1].value
        )
        rows.append(
            [
                Cell((Line(label, picture=_symbol(paper, choice.mark)),)),
                text_cell(number(count, paper.language), "Table Strong"),
                *bar,
            ]
        )
    label_width = _LABEL if result.look.has_terms else _WIDE_LABEL
    unit = (TEXT_WIDTH - label_width - _VOTES) / _UNITS
    paper.table(
        _("How people voted in round {number}").format(number=round_number),
        (label_width, _VOTES, *([unit] * _UNITS)),
        rows,
        head=(
            _("Round {number}").format(number=round_number),
            _("Votes"),
            Cell((_("Share of the votes"),), span=_UNITS),
        ),
        is_whole=True,
    )


def _lane(is_last: bool) -> dict[str, Edge | None]:
    """Return edges that keep a bar apart from the one below it."""
    return {"top": _GAP} if is_last else {"top": _GAP, "bottom": _GAP}


def _seams(position: int, parts: int) -> dict[str, Edge | None]:
    """Return edges without a line between the parts of one bar."""
    seams: dict[str, Edge | None] = {}
    if position > 0:
        seams["left"] = None
    if position < parts - 1:
        seams["right"] = None
    return seams


def _bar(paper: Paper, look: str, count: int, share: int, *, is_last: bool) -> list[Cell]:
    percentage = paper.gettext("{share}%").format(share=share)
    if not count:
        return [Cell((percentage,), span=_UNITS, edges=_lane(is_last))]
    width = max(1, round(_FULL * share / 100))
    return [
        Cell(span=width, fill=FILLS[look], edges=_lane(is_last) | {"right": None}),
        Cell((percentage,), span=_UNITS - width, edges=_lane(is_last) | {"left": None}),
    ]


def _write_rows(paper: Paper, round_number: int, result: Result) -> None:
    _ = paper.gettext
    paper.heading(3, _("By group"))
    caption = _("How people voted in round {number}, by group").format(number=round_number)
    if result.look.shape is Shape.DOTS:
        _write_plain(paper, caption, result_rows_table(result, paper.language))
    else:
        _write_shares(paper, caption, result)
    if any(row.key == "other" for row in result.rows):
        paper.paragraph(
            _("Small groups count together as “other groups”. This keeps every vote secret."), "Small"
        )


def _write_shares(paper: Paper, caption: str, result: Result) -> None:
    """Write a row per group: a number for each part of the choices, and a bar of full length divided by them."""
    _ = paper.gettext
    parts = parts_of(result.choices)
    rows: list[list[Cell | str]] = []
    for place, row in enumerate(result.rows, start=1):
        edges = _lane(place == len(result.rows))
        counts = [part.count(row.counts) for part in parts]
        widths = shares(counts, _GROUP_UNITS)
        shown = [(part.look, width) for part, width in zip(parts, widths, strict=True) if width]
        bar = [
            Cell(span=width, fill=FILLS[look], edges=edges | _seams(position, len(shown)))
            for position, (look, width) in enumerate(shown)
        ]
        label = text_cell(row_label(row.key, row.name, paper.language))
        spoken = [text_cell(number(count, paper.language)) for count in counts]
        rows.append([label, *spoken, *(bar or [Cell(span=_GROUP_UNITS, edges=edges)])])
    words = [column_label(result, part, paper.language) for part in parts]
    heads = [
        Cell((Line(word, picture=_symbol(paper, part.look)),))
        for part, word in zip(parts, words, strict=True)
    ]
    counts_widths = _COUNTS.get(len(parts), (_MANY / len(parts),) * len(parts))
    unit = (TEXT_WIDTH - _GROUP - sum(counts_widths)) / _GROUP_UNITS
    paper.table(
        caption,
        (_GROUP, *counts_widths, *([unit] * _GROUP_UNITS)),
        rows,
        head=[text_cell(_("Group")), *heads, Cell((_("Share of the votes"),), span=_GROUP_UNITS)],
        is_whole=True,
    )


def _write_plain(paper: Paper, caption: str, table: PlainTable | None) -> None:
    """Write a table of words and numbers; the first column is the widest."""
    if table is None:
        return
    others = 24.0
    widths = (TEXT_WIDTH - others * (len(table.head) - 1), *([others] * (len(table.head) - 1)))
    rows: list[list[Cell | str]] = [
        [number(cell, paper.language) if isinstance(cell, int) else cell or "–" for cell in row]
        for row in table.rows
    ]
    paper.table(caption, widths, rows, head=table.head, is_whole=True)
