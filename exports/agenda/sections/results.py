"""A round as native tables: words, shapes and numbers, the share as text, and a bar beside it."""

from exports.drawings import choice_symbol
from exports.language import number
from exports.results.frozen_result import frozen_result
from exports.results.result_parts import beyond_limit, column_label, parts_of
from exports.results.shown import result_label
from exports.results.tables_of_results import PlainTable, result_rows_table, result_table
from exports.sentences.outcome import row_label
from exports.sentences.shares import choice_percentages, percentages
from exports.word.paper import Paper
from exports.word.paragraphs import Bar
from exports.word.pictures import Picture, png_of
from exports.word.styles import CELL_SIDE, colour
from exports.word.tables import TEXT_WIDTH, Cell, Line, text_cell
from models.signing.shape import RoundContent
from models.voting.decision import Numbers, Result
from models.voting.methods.method import Mark, Shape

GROUNDS: dict[str, str] = {
    Mark.AGREE: colour("agree"),
    Mark.NEUTRAL: colour("neutral"),
    Mark.CONCERN: colour("concern"),
    Mark.OBJECTION: colour("object"),
}
_VOTES, _SHARE = 20.0, 17.0
_LABEL, _WIDE_LABEL = 58.0, 68.0
# A group's name, the numbers of each part, and how many voted.
_GROUP, _CAST = 45.0, 20.0


def write_result(paper: Paper, round_: RoundContent) -> None:
    """Write the votes of a round in total. Nothing where fewer than five people voted."""
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


def write_result_by_group(paper: Paper, round_: RoundContent) -> None:
    """Write the votes of each group in a round. Nothing where there is one group, or numbers stay hidden."""
    result = frozen_result(round_)
    if result.numbers is None or not result.numbers.cast or len(result.rows) < 2:
        return
    _ = paper.gettext
    name = _("How people voted in round {number}, by group").format(number=round_["number"])
    if result.look.shape is Shape.DOTS:
        _write_plain(paper, name, result_rows_table(result, paper.language))
    else:
        _write_groups(paper, name, result)


def _symbol(paper: Paper, look: str) -> Picture:
    _ = paper.gettext
    described = {
        Mark.AGREE: _("circle"),
        Mark.NEUTRAL: _("square with dots"),
        Mark.CONCERN: _("triangle"),
        Mark.OBJECTION: _("diamond"),
    }[Mark(look)]
    return Picture(png_of(choice_symbol(look, 24), 96), 3.2, described, is_decoration=True)


def _write_total(paper: Paper, round_number: int, result: Result, numbers: Numbers) -> None:
    _ = paper.gettext
    shown = choice_percentages(result.choices, numbers.counts, result.rule.share)
    label_width = _LABEL if result.look.has_terms else _WIDE_LABEL
    room = TEXT_WIDTH - label_width - _VOTES - _SHARE
    rows: list[list[Cell | str]] = []
    for choice in result.choices:
        count, share = numbers.counts.get(choice.value, 0), shown[choice.value]
        if choice.value == beyond_limit(result):
            rows.append([Cell((Line(_("limit, agreed before the vote"), "Table Small"),), span=4)])
        label = result_label(result, choice.value, paper.language)
        rows.append(
            [
                Cell((Line(label, picture=_symbol(paper, choice.mark)),), is_head=True),
                number(count, paper.language),
                Cell((_("{share}%").format(share=share),), edges={"right": None}),
                Cell((_bar(choice.mark, share, room),) if count else ("",), edges={"left": None}),
            ]
        )
    paper.told_table(
        _("How people voted in round {number}").format(number=round_number),
        (label_width, _VOTES, _SHARE, room),
        rows,
        head=(_("Choice"), _("Votes"), Cell((_("Share of the votes"),), span=2)),
        is_whole=True,
    )


def _bar(look: str, share: int, room: float) -> Bar:
    """Return a bar after a share in percent; who has any is seen."""
    within = room - 2 * CELL_SIDE
    return Bar(max(1.5, within * share / 100), within, GROUNDS[look])


def _write_groups(paper: Paper, name: str, result: Result) -> None:
    """Write a row per group: for each part of the choices how many votes, and which share that is."""
    _ = paper.gettext
    parts = parts_of(result.choices)
    rows: list[list[Cell | str]] = []
    for row in result.rows:
        counts = [part.count(row.counts) for part in parts]
        said = [
            _("{count} ({share}%)").format(count=number(count, paper.language), share=share) if count else "0"
            for count, share in zip(counts, percentages(counts), strict=True)
        ]
        label = Cell((row_label(row.key, row.name, paper.language),), is_head=True)
        rows.append([label, *said, number(row.cast, paper.language)])
    heads = [
        Cell((Line(column_label(result, part, paper.language), picture=_symbol(paper, part.look)),))
        for part in parts
    ]
    width = (TEXT_WIDTH - _GROUP - _CAST) / len(parts)
    paper.told_table(
        name,
        (_GROUP, *([width] * len(parts)), _CAST),
        rows,
        head=[text_cell(_("Group")), *heads, text_cell(_("Votes"))],
        is_whole=True,
    )


def _write_plain(paper: Paper, name: str, table: PlainTable | None) -> None:
    """Write a table of words and numbers; the first column is the widest."""
    if table is None:
        return
    others = 24.0
    widths = (TEXT_WIDTH - others * (len(table.head) - 1), *([others] * (len(table.head) - 1)))
    rows: list[list[Cell | str]] = []
    for row in table.rows:
        first, *rest = [
            number(cell, paper.language) if isinstance(cell, int) else cell or "–" for cell in row
        ]
        rows.append([Cell((first,), is_head=True), *rest])
    paper.told_table(name, widths, rows, head=table.head, is_whole=True)
