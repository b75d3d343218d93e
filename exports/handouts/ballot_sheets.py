"""Paper ballot sheets with a personal code each: two or four on an A4 to cut, or a page for each where it is long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docx.shared import Mm

from exports.drawings import choice_symbol
from exports.handouts.badges import Meeting
from exports.pages import page_starts
from exports.sentences import choice_label
from exports.sentences.methods import asked
from exports.word.cards import (
    A4_HEIGHT,
    A4_WIDTH,
    CARD_STYLES,
    NAME_STYLES,
    PADDING,
    add_cards,
    fitted,
    grouped,
    height_of_lines,
)
from exports.word.paper import Paper
from exports.word.pictures import Picture, png_of
from exports.word.tables import Cell, Edge, Line
from models.voting.methods import description
from models.voting.methods.method import Choice, DotBudget, Look, Numbering, Shape
from models.voting.paper_keys import paper_keys

BOX = "☐"
# A sheet without texts leaves room for this many.
MOST_TEXTS = 12
_WIDTHS = {4: 97.0, 2: 194.0}
_HEIGHT = 138.0
# A sheet of several pages: its margins, and what is left free at the foot, for a program with other letters.
_MARGIN, _SPARE = 16.0, 12.0
_NAME_HEIGHT, _SHEET_NAME_HEIGHT = 10.0, 13.0
# A symbol is a little higher than the line beside it.
_SYMBOL, _SYMBOL_MORE = 5.0, 1.2
_NO_LINES: Mapping[str, Edge | None] = {side: None for side in ("top", "left", "bottom", "right")}


@dataclass(frozen=True)
class Question:
    """What is voted on, and how. A text is None where it is written on the wall: then its number stands there."""

    texts: Sequence[str | None]
    method: str
    choices: Sequence[Choice]
    budget: DotBudget | None = None

    @property
    def look(self) -> Look:
        """How its method looks."""
        return description(self.method).look


@dataclass(frozen=True)
class Sheet:
    """Whose sheet it is."""

    personal_code: str
    number: int
    group: str | None


@dataclass(frozen=True)
class Layout:
    """How many sheets stand on one A4, and whether each choice has a line of its own."""

    on_a_page: int
    has_lines: bool


def layout_of(meeting: Meeting, question: Question, sheets: Sequence[Sheet]) -> Layout:
    """Return how the sheets are laid out: four, two or one on an A4, as long as everything on them fits."""
    paper = _paper(meeting)
    for layout in (Layout(4, True), Layout(2, True), Layout(2, False)):
        width = _WIDTHS[layout.on_a_page] - 2 * PADDING
        if all(
            _height(_card(paper, meeting, question, sheet, layout), width) <= _HEIGHT - 2 * PADDING
            for sheet in _longest(sheets)
        ):
            return layout
    return Layout(1, True)


def build_ballot_sheets(meeting: Meeting, question: Question, sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as a .docx, in the language of the meeting."""
    paper = _paper(meeting)
    layout = layout_of(meeting, question, sheets)
    if layout.on_a_page == 1:
        _write_pages(paper, meeting, question, sheets)
        return paper.bytes()
    add_cards(
        paper,
        paper.gettext("Ballot sheets"),
        [(Cell(_card(paper, meeting, question, sheet, layout)),) for sheet in sheets],
        columns=(_WIDTHS[layout.on_a_page],),
        across=layout.on_a_page // 2,
        height=_HEIGHT,
    )
    return paper.bytes()


def _paper(meeting: Meeting) -> Paper:
    paper = Paper(meeting.language, meeting.time_zone, CARD_STYLES)
    _ = paper.gettext
    paper.properties(
        title=_("Ballot sheets {alliance}").format(alliance=meeting.alliance),
        subject=_("To vote on paper: to cut and hand out"),
        author=meeting.alliance,
        made_at=meeting.made_at,
    )
    return paper


def _longest(sheets: Sequence[Sheet]) -> Sequence[Sheet]:
    """Return a sheet of each group, the one with the longest number: the others take no more room."""
    found: dict[str | None, Sheet] = {}
    for sheet in sheets:
        if sheet.group not in found or sheet.number > found[sheet.group].number:
            found[sheet.group] = sheet
    return list(found.values())


def _card(paper: Paper, meeting: Meeting, question: Question, sheet: Sheet, layout: Layout) -> list[Line]:
    """Return what stands on a sheet that is cut out."""
    width = _WIDTHS[layout.on_a_page] - 2 * PADDING
    return [
        fitted(meeting.alliance, NAME_STYLES, width=width, height=_NAME_HEIGHT),
        Line(_whose(paper, sheet), "Card Small"),
        Line(grouped(sheet.personal_code), "Card Code"),
        Line(_how_to_fill_in(paper, question), "Card Small"),
        *(line for text in _texts(paper, question, has_lines=layout.has_lines) for line in text),
        Line(_how_to_hand_in(paper), "Card Small"),
    ]


def _texts(paper: Paper, question: Question, *, has_lines: bool) -> list[list[Line]]:
    """Return each text with its choices, and with room for words where they are asked."""
    found = []
    for place, text in enumerate(question.texts, start=1):
        lines = [Line(_text(paper, place, text), "Card Statement")]
        lines.extend(_answers(paper, question, has_lines=has_lines))
        if question.look.paper_asks_why:
            lines.append(Line(asked(question.method, paper.language).paper_asks_why, "Card Line"))
        found.append(lines)
    return found


def _write_pages(paper: Paper, meeting: Meeting, question: Question, sheets: Sequence[Sheet]) -> None:
    """Write sheets of whole pages: each page says whose it is, and a text stays with its choices.

    A page is a table whose head is repeated. So even where a program needs more room than was measured, what falls on
    the next page carries the code.
    """
    section = paper.document.sections[0]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    section.header_distance = section.footer_distance = Mm(_MARGIN / 2)
    width = A4_WIDTH - 2 * _MARGIN
    texts = _texts(paper, question, has_lines=True)
    for sheet in sheets:
        head = _page_head(paper, meeting, question, sheet, 1, 1, width=width)
        foot = [Line(_how_to_hand_in(paper), "Sheet Foot")]
        room = A4_HEIGHT - 2 * _MARGIN - _SPARE - _height(head, width) - _height(foot, width)
        pages = _on_pages(texts, room, width)
        for page, shown in enumerate(pages, start=1):
            paper.paragraph(style="Sheet Start")
            last = foot if page == len(pages) else [Line(_goes_on(paper, page + 1, len(pages)), "Sheet Foot")]
            paper.table(
                paper.gettext("Ballot sheet of participant {number}").format(number=sheet.number),
                (width,),
                [[Cell(text, edges=_NO_LINES)] for text in [*shown, last]],
                head=[
                    Cell(
                        _page_head(paper, meeting, question, sheet, page, len(pages), width=width),
                        edges=_NO_LINES,
                    )
                ],
                style="Plain",
            )
    paper.paragraph(style="Card End")


def _page_head(
    paper: Paper, meeting: Meeting, question: Question, sheet: Sheet, page: int, pages: int, *, width: float
) -> list[Line]:
    told = paper.gettext("page {page} of {pages}").format(page=page, pages=pages)
    return [
        fitted(meeting.alliance, ("Sheet Name", *NAME_STYLES), width=width, height=_SHEET_NAME_HEIGHT),
        Line(f"{_whose(paper, sheet)} · {told}", "Card Small"),
        Line(grouped(sheet.personal_code), "Card Code"),
        Line(_how_to_fill_in(paper, question), "Card Small"),
    ]


def _on_pages(texts: Sequence[list[Line]], room: float, width: float) -> list[list[list[Line]]]:
    starts = page_starts([_height(text, width) for text in texts], room)
    return [list(texts[start:end]) for start, end in zip(starts, [*starts[1:], len(texts)], strict=True)]


def _height(lines: Sequence[Line], width: float) -> float:
    return height_of_lines(lines, width) + _SYMBOL_MORE * sum(line.picture is not None for line in lines)


def _goes_on(paper: Paper, page: int, pages: int) -> str:
    return paper.gettext("This sheet goes on: page {page} of {pages}. Hand in all pages.").format(
        page=page, pages=pages
    )


def _whose(paper: Paper, sheet: Sheet) -> str:
    _ = paper.gettext
    told = _("Ballot sheet of participant {number}").format(number=sheet.number)
    return f"{told} · {sheet.group}" if sheet.group else told


def _text(paper: Paper, place: int, text: str | None) -> str:
    if text is None:
        return paper.gettext("Text {number}, as it stands on the wall").format(number=place)
    return f"{place}. {text}"


def _how_to_fill_in(paper: Paper, question: Question) -> str:
    _, ngettext = paper.gettext, paper.ngettext
    if question.budget is not None:
        return ngettext(
            "Divide at most {count} dot over the texts.",
            "Divide at most {count} dots over the texts.",
            question.budget.dots,
        ).format(count=question.budget.dots)
    return _("Put one cross for each text. Who types this sheet in sees your choice.")


def _how_to_hand_in(paper: Paper) -> str:
    return paper.gettext(
        "Give this sheet to the facilitator or to the host of your table. On paper or by phone with this code: "
        "it is one vote."
    )


def _answers(paper: Paper, question: Question, *, has_lines: bool) -> list[Line]:
    """Return the boxes of one text: one below the other, or on one line where there is room or they are numbers."""
    if question.budget is not None:
        return [Line(paper.gettext("Number of dots: ______"), "Card Choice")]
    keys = paper_keys(question.choices)
    if not has_lines or _are_numbers(question):
        shown = []
        for choice in question.choices:
            words = [BOX, keys[choice.value]]
            if not _are_numbers(question):
                words.append(_label(question, choice, paper.language).replace(" ", "\u00a0"))
            shown.append("\u00a0".join(words))
        return [Line("    ".join(shown), "Card Choice")]
    return [
        Line(
            f"{BOX}  {keys[choice.value]}  {_label(question, choice, paper.language)}",
            "Card Choice",
            _symbol(question, choice, paper.language),
        )
        for choice in question.choices
    ]


def _symbol(question: Question, choice: Choice, language: str) -> Picture | None:
    if question.look.shape is not Shape.MARKS:
        return None
    return Picture(png_of(choice_symbol(choice.mark, 64), 64), _SYMBOL, _label(question, choice, language))


def _label(question: Question, choice: Choice, language: str) -> str:
    return choice_label(question.method, choice.value, language)


def _are_numbers(question: Question) -> bool:
    """Return whether the choices are marks, of which the number says it all."""
    return question.look.numbering is Numbering.ALONE
