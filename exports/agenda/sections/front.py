"""Page 2, as it stands on paper: one flat table of who does what by when, who signed, and the control words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exports.agenda.front_page import AgreementRow, FrontPage, told_signers
from exports.agenda.sections.agreements import agreement_anchor
from exports.agenda.short import short_text
from exports.word.measure import height_of
from exports.word.paper import Paper, line_of, strong
from exports.word.styles import CELL_SIDE, STYLES
from exports.word.tables import TEXT_WIDTH, Cell, Line, head_cell
from exports.word.text import Run

_STYLES = {style.name: style for style in STYLES}
_NUMBER, _OWNER, _DUE = 11.0, 43.0, 28.0
_WHAT = TEXT_WIDTH - _NUMBER - _OWNER - _DUE
_ANSWER = 42.0
# What a page holds of what is measured on the safe side, and what a program may need besides.
_SPARE = 4.0


@dataclass(frozen=True)
class _Fit:
    """How the rows are set: their style, the room above and below each text (mm), and how many letters stand there."""

    style: str
    tight: float
    what: int
    names: int


# From roomy to close; the last one holds as many agreements as it can.
_ON_ONE_PAGE = (
    _Fit("Table Text", 1.0, 400, 120),
    _Fit("Table Text", 0.6, 400, 120),
    _Fit("Table Compact", 0.5, 400, 120),
    _Fit("Table Compact", 0.5, 130, 60),
)
_ON_TWO_PAGES = (
    *_ON_ONE_PAGE,
    _Fit("Table Compact", 0.4, 100, 50),
    _Fit("Table Compact", 0.3, 58, 40),
)


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
        return [Cell((Line(who),), is_head=True), Cell((number,)), Cell((Line(what, fit.style),)), due]
    owner = line_of(strong(who), style=fit.style)
    return [Cell((number,), is_head=True), Cell((Line(what, fit.style),)), Cell((owner,)), due]


def _texts(paper: Paper, row: AgreementRow, fit: _Fit) -> tuple[str, str]:
    """Return what is done and who carries it, as they fit."""
    _ = paper.gettext
    if not row.owner:
        who = _("looks for an owner")
    else:
        who = short_text(row.owner, fit.names)
        if not row.is_accepted:
            who = _("{owner} (asked)").format(owner=who)
    return short_text(row.what, fit.what), who


def _signers(paper: Paper, page: FrontPage, fit: _Fit) -> list[tuple[str, str]]:
    """Return each answer with how many gave it, and their names, as they fit."""
    names = [told_signers(row, paper.language, letters=fit.names) for row in page.answers]
    return [(f"{row.word}: {len(row.signers)}", said) for row, said in zip(page.answers, names, strict=True)]


def _write_control_words(paper: Paper, words: Sequence[str]) -> None:
    """Write the six words that the room saw, and what they are worth: only a check tells that they belong to a text."""
    _ = paper.gettext
    paper.paragraph(strong(_("Six control words.")), " " + _said_of_words(paper), style="State", keeps=True)
    paper.told_table(
        _("The six control words, in this order"),
        (TEXT_WIDTH / len(words),) * len(words),
        [[Cell((Line(word, "Control Word"),)) for word in words]],
        head=[Cell((str(place),)) for place, _word in enumerate(words, start=1)],
        is_whole=True,
        tight=0.8,
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
    height += height_of(_STYLES["Lead"], page.sentence, TEXT_WIDTH)
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
        height += height_of(_STYLES["State"], _("Six control words.") + _said_of_words(paper), TEXT_WIDTH - 8)
        height += height_of(_STYLES["caption"], "x", TEXT_WIDTH) + 14
    return height


def _row_height(texts: Sequence[str], widths: Sequence[float], style: str, fit: _Fit) -> float:
    return 2 * fit.tight + max(
        height_of(_STYLES[style], text, width - 2 * CELL_SIDE)
        for text, width in zip(texts, widths, strict=True)
    )
