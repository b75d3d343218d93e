"""Page 2, as it stands on paper: one flat table of who does what by when, who signed, and the control words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exports.agenda.front_page import AgreementRow, FrontPage, told_signers
from exports.agenda.sections.agreements import agreement_anchor
from exports.agenda.short import short_text
from exports.letters import lines_of
from exports.word.measure import POINT, height_of
from exports.word.paper import Paper, line_of, strong
from exports.word.styles import CELL_SIDE, STYLES
from exports.word.tables import TEXT_WIDTH, Cell, Line, head_cell
from exports.word.text import Run

_STYLES = {style.name: style for style in STYLES}
_NUMBER, _OWNER, _DUE = 11.0, 43.0, 28.0
_WHAT = TEXT_WIDTH - _NUMBER - _OWNER - _DUE
_ANSWER = 42.0
# How much more of regular letters stands on a line than of bold ones, by which lines are measured.
_REGULAR = 1.07
# What a page holds of what is measured on the safe side, and what a program may need besides.
_SPARE = 4.0
# How high the control words are, with their numbers, and a line between two rows.
_WORDS, _RULE = 15.0, 0.27


@dataclass(frozen=True)
class _Fit:
    """How the rows are set: in a close style or not, the room above and below each text (mm), and its most lines."""

    is_close: bool
    tight: float
    lines: int | None = None
    names: int = 120

    @property
    def style(self) -> str:
        return "Table Compact" if self.is_close else "Table Text"


# From roomy to close; the last one holds as many agreements as it can.
_ON_ONE_PAGE = (
    _Fit(False, 1.0),
    _Fit(False, 0.6),
    _Fit(False, 0.35),
    _Fit(True, 0.5),
    _Fit(True, 0.5, 2, 60),
)
_ON_TWO_PAGES = (*_ON_ONE_PAGE, _Fit(True, 0.3, 2, 50), _Fit(True, 0.3, 1, 40))


def write_front_page(paper: Paper, page: FrontPage, words: Sequence[str], anchor: str) -> bool:
    """Write page 2, and return whether it takes one page: what follows then starts on the next."""
    _ = paper.gettext
    fit, is_one = _fit(paper, page, words)
    paper.paragraph(page.above, style="Small", starts_a_page=True, keeps=True)
    paper.heading(1, _("Who does what, and by when"), anchor=anchor)
    paper.paragraph(page.sentence, style="Lead")
    if page.agreements:
        _write_agreements(paper, page, fit)
    if page.answers:
        paper.heading(2, _("Who signed: {counts}").format(counts=page.counts))
        paper.told_table(
            _("Who signed: {counts}").format(counts=page.counts),
            (_ANSWER, TEXT_WIDTH - _ANSWER),
            [
                [head_cell(label), Cell((Line(names, fit.style),))]
                for label, names in _signers(paper, page, fit)
            ],
            head=(_("Answer"), _("Partners")),
            tight=fit.tight,
            splits_rows=True,
        )
    if words:
        _write_control_words(paper, words)
    return is_one


def _write_agreements(paper: Paper, page: FrontPage, fit: _Fit) -> None:
    _ = paper.gettext
    owner, number, what = _("Who carries it"), _("No."), _("What")
    if page.is_by_owner:
        head, widths = (owner, number, what, page.due_head), (_OWNER, _NUMBER, _WHAT, _DUE)
    else:
        head, widths = (number, what, owner, page.due_head), (_NUMBER, _WHAT, _OWNER, _DUE)
    paper.told_table(
        _("The agreements, by owner") if page.is_by_owner else _("The agreements"),
        widths,
        [_row(paper, row, fit, is_by_owner=page.is_by_owner) for row in page.agreements],
        head=head,
        tight=fit.tight,
    )


def _row(paper: Paper, row: AgreementRow, fit: _Fit, *, is_by_owner: bool) -> list[Cell | str]:
    what, who = _texts(paper, row, fit)
    number = line_of(
        Run(str(row.number), look="Hyperlink", anchor=agreement_anchor(row.number)), style=fit.style
    )
    due = Cell((Line(row.due or "–", fit.style),))
    if is_by_owner:
        return [_head(who, fit), Cell((number,)), Cell((Line(what, fit.style),)), due]
    owner = line_of(strong(who), style=fit.style)
    return [Cell((number,), is_head=True), Cell((Line(what, fit.style),)), Cell((owner,)), due]


def _head(text: str, fit: _Fit) -> Cell:
    """Return the cell that a row begins with, in letters as close as the rest of the row."""
    return Cell((line_of(Run(text, look="Compact")),), is_head=True) if fit.is_close else head_cell(text)


def _texts(paper: Paper, row: AgreementRow, fit: _Fit) -> tuple[str, str]:
    """Return what is done and who carries it, as they fit."""
    _ = paper.gettext
    if not row.owner:
        who = _("looks for an owner")
    else:
        who = short_text(row.owner, fit.names)
        if not row.is_accepted:
            who = _("{owner} (asked)").format(owner=who)
    return _on_lines(row.what, fit), who


def _on_lines(what: str, fit: _Fit) -> str:
    """Return what is done on as many lines as it may take."""
    line = short_text(what, len(what))
    if fit.lines is None or _lines(line, fit) <= fit.lines:
        return line
    least, most = 10, len(line)
    while least < most:
        middle = (least + most + 1) // 2
        if _lines(short_text(line, middle), fit) <= fit.lines:
            least = middle
        else:
            most = middle - 1
    return short_text(line, least)


def _lines(text: str, fit: _Fit) -> int:
    """Return how many lines a text takes in the column of what is done; letters are narrower than bold ones."""
    size = _STYLES[fit.style].size or 11
    return lines_of(text, _REGULAR * (_WHAT - 2 * CELL_SIDE) / (size * POINT))


def _signers(paper: Paper, page: FrontPage, fit: _Fit) -> list[tuple[str, str]]:
    """Return each answer with how many gave it, and their names, as they fit."""
    names = [told_signers(row, paper.language, letters=fit.names) for row in page.answers]
    return [(f"{row.word}: {len(row.signers)}", said) for row, said in zip(page.answers, names, strict=True)]


def _write_control_words(paper: Paper, words: Sequence[str]) -> None:
    """Write the six words that the room saw, and what they are worth: only a check tells that they belong to a text."""
    _ = paper.gettext
    paper.told_table(
        _("The six control words, in this order"),
        (TEXT_WIDTH / len(words),) * len(words),
        [[Cell((Line(word, "Control Word"),)) for word in words]],
        head=[Cell((str(place),)) for place, _word in enumerate(words, start=1)],
        is_whole=True,
        tight=0.8,
        note=_said_of_words(paper),
    )


def _said_of_words(paper: Paper) -> str:
    return paper.gettext(
        "Who was there when this text was frozen saw the same six. Does a check of this document give other words? "
        "Then its text is not the one of that day."
    )


def _fit(paper: Paper, page: FrontPage, words: Sequence[str]) -> tuple[_Fit, bool]:
    """Return how the rows are set, and whether all of it then fits on one page."""
    room = paper.height - _SPARE
    for fit in _ON_ONE_PAGE:
        if _height(paper, page, words, fit) <= room:
            return fit, True
    for fit in _ON_TWO_PAGES:
        if _height(paper, page, words, fit) <= 2 * room - _SPARE:
            return fit, False
    return _ON_TWO_PAGES[-1], False


def _height(paper: Paper, page: FrontPage, words: Sequence[str], fit: _Fit) -> float:
    """Return how high page 2 is in mm, on the safe side."""
    _ = paper.gettext
    height = height_of(_STYLES["Small"], page.above, TEXT_WIDTH)
    height += height_of(_STYLES["heading 1"], _("Who does what, and by when"), TEXT_WIDTH)
    height += height_of(_STYLES["Lead"], page.sentence, _REGULAR * TEXT_WIDTH)
    if page.agreements:
        height += height_of(_STYLES["caption"], "x", TEXT_WIDTH) + _row_height(
            ("x",), (_WHAT,), "Table Heading", fit
        )
        for row in page.agreements:
            what, who = _texts(paper, row, fit)
            # Who carries it is set in letters of a head where it begins the row.
            style = "Table Heading" if page.is_by_owner else fit.style
            height += max(
                _row_height((what, row.due), (_WHAT, _DUE), fit.style, fit),
                _row_height((who,), (_OWNER,), style, fit),
            )
    if page.answers:
        height += height_of(_STYLES["heading 2"], page.counts + _("Who signed: {counts}"), TEXT_WIDTH)
        height += _row_height(("x",), (_ANSWER,), "Table Heading", fit)
        height += sum(
            max(
                _row_height((names,), (TEXT_WIDTH - _ANSWER,), fit.style, fit),
                _row_height((label,), (_ANSWER,), "Table Heading", fit),
            )
            for label, names in _signers(paper, page, fit)
        )
    if words:
        height += height_of(_STYLES["caption"], "x", TEXT_WIDTH) + _WORDS
        height += height_of(_STYLES["Small"], _said_of_words(paper), _REGULAR * TEXT_WIDTH)
    return height


def _row_height(texts: Sequence[str], widths: Sequence[float], style: str, fit: _Fit) -> float:
    wider = 1.0 if style == "Table Heading" else _REGULAR
    set_in = "Table Compact" if fit.is_close else style
    return (
        _RULE
        + 2 * fit.tight
        + max(
            height_of(_STYLES[set_in], text, wider * (width - 2 * CELL_SIDE))
            for text, width in zip(texts, widths, strict=True)
        )
    )
