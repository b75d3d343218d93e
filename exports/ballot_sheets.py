"""Paper ballot sheets with a personal code each: two or four on an A4 to cut, or a page for each where it is long."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from exports.badges import Meeting
from exports.drawings import choice_symbol
from exports.sentences import choice_label
from exports.word.cards import CARD_STYLES, add_cards, grouped, shortened
from exports.word.paper import Paper
from exports.word.pictures import Picture, png_of
from exports.word.tables import Cell, Line
from exports.word.text import write_text
from models.rules.methods.method import Choice, DotBudget
from models.rules.paper_keys import paper_keys
from models.words import Method

BOX = "☐"
# A sheet without texts leaves room for this many.
MOST_TEXTS = 12
_WIDTHS = {4: 97.0, 2: 194.0}
_HEIGHT = 138.0
# Room for texts and choices on a card, and what they take of it, in mm (Calibri 13 pt, about 2.4 mm a letter).
_ROOM = 92.0
_LINE, _CHOICE, _GAP, _LETTER = 5.6, 7.2, 4.3, 2.4
_WORDS_LINE = 10.0


@dataclass(frozen=True)
class Question:
    """What is voted on, and how. A text is None where it is written on the wall: then its number stands there."""

    texts: Sequence[str | None]
    method: str
    choices: Sequence[Choice]
    budget: DotBudget | None = None


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


def layout_of(question: Question, language: str) -> Layout:
    """Return how the sheets are laid out: four, two or one on an A4, as long as the texts fit."""
    for layout in (Layout(4, True), Layout(2, True), Layout(2, False)):
        width = _WIDTHS[layout.on_a_page] - 8
        if _height(question, width, language, has_lines=layout.has_lines) <= _ROOM:
            return layout
    return Layout(1, True)


def build_ballot_sheets(meeting: Meeting, question: Question, sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as a .docx, in the language of the meeting."""
    paper = Paper(meeting.language, meeting.time_zone, CARD_STYLES)
    _ = paper.gettext
    paper.properties(
        title=_("Ballot sheets {alliance}").format(alliance=meeting.alliance),
        subject=_("To vote on paper: to cut and hand out"),
        author=meeting.alliance,
        made_at=meeting.made_at,
    )
    layout = layout_of(question, meeting.language)
    if layout.on_a_page == 1:
        for sheet in sheets:
            _whole_page(paper, meeting, question, sheet)
        return paper.bytes()
    add_cards(
        paper,
        _("Ballot sheets"),
        [(Cell(_lines(paper, meeting, question, sheet, has_lines=layout.has_lines)),) for sheet in sheets],
        columns=(_WIDTHS[layout.on_a_page],),
        across=layout.on_a_page // 2,
        height=_HEIGHT,
    )
    return paper.bytes()


def _lines(
    paper: Paper, meeting: Meeting, question: Question, sheet: Sheet, *, has_lines: bool
) -> tuple[Line | Picture | str, ...]:
    _ = paper.gettext
    lines: list[Line | Picture | str] = [
        Line(shortened(meeting.alliance, 60), "Card Name"),
        Line(_whose(paper, sheet), "Card Small"),
        Line(grouped(sheet.personal_code), "Card Code"),
        Line(_how_to_fill_in(paper, question), "Card Small"),
    ]
    for place, text in enumerate(question.texts, start=1):
        lines.append(Line(_text(paper, place, text), "Card Statement"))
        lines.extend(_answers(paper, question, has_lines=has_lines))
        if _asks_words(question):
            lines.append(Line(_("What is your concern or objection? May stay empty."), "Card Line"))
    lines.append(Line(_how_to_hand_in(paper), "Card Small"))
    return tuple(lines)


def _whole_page(paper: Paper, meeting: Meeting, question: Question, sheet: Sheet) -> None:
    for line in _lines(paper, meeting, question, sheet, has_lines=True):
        assert isinstance(line, Line)
        style = "Sheet Name" if line.style == "Card Name" else line.style
        paragraph = paper.paragraph(style=style)
        if line.picture is not None:
            paper.pictures.place(paragraph, line.picture)
            paragraph.add_run("\u00a0\u00a0")
        write_text(paragraph, line.text)


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
    if Method(question.method) is not Method.CONSENT:
        return None
    return Picture(png_of(choice_symbol(choice.mark, 64), 64), 5, _label(question, choice, language))


def _label(question: Question, choice: Choice, language: str) -> str:
    return choice_label(question.method, choice.value, language)


def _are_numbers(question: Question) -> bool:
    """Return whether the choices are marks, of which the number says it all."""
    return Method(question.method) is Method.SCORE


def _asks_words(question: Question) -> bool:
    return Method(question.method) is Method.CONSENT


def _height(question: Question, width: float, language: str, *, has_lines: bool) -> float:
    letters = width / _LETTER
    height = 0.0
    for text in question.texts:
        height += _GAP + _LINE * ceil((len(text or "") + 3) / letters or 1)
        if question.budget is not None:
            height += _CHOICE
        elif has_lines and not _are_numbers(question):
            height += sum(
                _CHOICE * ceil((len(_label(question, choice, language)) + 10) / letters)
                for choice in question.choices
            )
        else:
            said = sum(
                10 if _are_numbers(question) else len(_label(question, choice, language)) + 10
                for choice in question.choices
            )
            height += _CHOICE * ceil(said / letters)
        if _asks_words(question):
            height += _WORDS_LINE + _LINE
    return height
