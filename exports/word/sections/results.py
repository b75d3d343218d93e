"""A round as native tables: words, shapes and numbers, and cells whose shaded width is the share."""

from collections.abc import Mapping, Sequence

from exports.content import RoundContent
from exports.drawings import CHOICES, choice_symbol
from exports.language import number
from exports.sentences.choices import choice_label
from exports.sentences.outcome import row_label
from exports.shares import consent_percentages
from exports.word.paper import Paper
from exports.word.pictures import Picture, png_of
from exports.word.styles import colour
from exports.word.tables import TEXT_WIDTH, Cell, Edge, Fill, Line, text_cell

FILLS = {
    "agree": Fill(colour("agree")),
    "concern": Fill(colour("concern")),
    "objection": Fill(colour("object")),
}
_GAP = Edge(colour("paper"), 32)
# A bar is laid out in narrow columns of the grid; a full one leaves room for its percentage beside it.
_LABEL, _VOTES, _UNITS, _FULL = 50, 20, 40, 34
_GROUP, _COUNT, _GROUP_UNITS = 38, (24, 35, 26), 40


def write_result(paper: Paper, round_: RoundContent) -> None:
    """Write the votes of a round, in total and per row. Nothing where fewer than five people voted."""
    numbers = round_["numbers"]
    if numbers is None or not numbers["cast"]:
        return
    _write_total(paper, round_, numbers["counts"])
    if len(round_["rows"]) > 1:
        _write_rows(paper, round_)


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


def _symbol(paper: Paper, choice: str) -> Picture:
    _ = paper.gettext
    described = {"agree": _("circle"), "concern": _("triangle"), "objection": _("diamond")}[choice]
    return Picture(png_of(choice_symbol(choice, 24), 96), 3.4, described)


def _write_total(paper: Paper, round_: RoundContent, counts: Mapping[str, int]) -> None:
    _ = paper.gettext
    shown = consent_percentages(counts, round_["share"])
    name = _("Round {number}").format(number=round_["number"])
    rows: list[list[Cell | str]] = []
    for choice in CHOICES:
        count = counts.get(choice, 0)
        label = Cell(
            (Line(choice_label(round_["method"], choice, paper.language), picture=_symbol(paper, choice)),)
        )
        votes = text_cell(number(count, paper.language), "Table Strong")
        bar = _bar(paper, choice, count, shown[choice], is_last=choice == CHOICES[-1])
        rows.append([label, votes, *bar])
    unit = (TEXT_WIDTH - _LABEL - _VOTES) / _UNITS
    paper.table(
        _("How people voted in round {number}").format(number=round_["number"]),
        (_LABEL, _VOTES, *([unit] * _UNITS)),
        rows,
        head=(name, _("Votes"), Cell((_("Share of the votes"),), span=_UNITS)),
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


def _bar(paper: Paper, choice: str, count: int, share: int, *, is_last: bool) -> list[Cell]:
    percentage = paper.gettext("{share}%").format(share=share)
    if not count:
        return [Cell((percentage,), span=_UNITS, edges=_lane(is_last))]
    width = max(1, round(_FULL * share / 100))
    return [
        Cell(span=width, fill=FILLS[choice], edges=_lane(is_last) | {"right": None}),
        Cell((percentage,), span=_UNITS - width, edges=_lane(is_last) | {"left": None}),
    ]


def _write_rows(paper: Paper, round_: RoundContent) -> None:
    _ = paper.gettext
    paper.heading(3, _("By group"))
    rows: list[list[Cell | str]] = []
    for place, row in enumerate(round_["rows"], start=1):
        edges = _lane(place == len(round_["rows"]))
        counts = [row["counts"].get(choice, 0) for choice in CHOICES]
        widths = shares(counts, _GROUP_UNITS)
        shown = [(choice, width) for choice, width in zip(CHOICES, widths, strict=True) if width]
        bar = [
            Cell(span=width, fill=FILLS[choice], edges=edges | _seams(position, len(shown)))
            for position, (choice, width) in enumerate(shown)
        ]
        label = text_cell(row_label(row["key"], row["name"], paper.language))
        spoken = [text_cell(number(count, paper.language)) for count in counts]
        rows.append([label, *spoken, *(bar or [Cell(span=_GROUP_UNITS, edges=edges)])])
    unit = (TEXT_WIDTH - _GROUP - sum(_COUNT)) / _GROUP_UNITS
    words = (_("Agree"), _("With a concern"), _("Objection"))
    heads = [
        Cell((Line(word, picture=_symbol(paper, choice)),))
        for choice, word in zip(CHOICES, words, strict=True)
    ]
    paper.table(
        _("How people voted in round {number}, by group").format(number=round_["number"]),
        (_GROUP, *_COUNT, *([unit] * _GROUP_UNITS)),
        rows,
        head=[text_cell(_("Group")), *heads, Cell((_("Share of the votes"),), span=_GROUP_UNITS)],
        is_whole=True,
    )
    if any(row["key"] == "other" for row in round_["rows"]):
        paper.paragraph(
            _("Small groups count together as “other groups”. This keeps every vote secret."), "Small"
        )
