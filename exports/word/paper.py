"""A document that is being written: what a section asks for, in the words of what one sees on paper.

The body is written as text, which is a hundred times faster than building its elements one by one; python-docx keeps
what is around it: the template's parts, heads and feet, pictures, properties.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from itertools import count
from typing import cast

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.parts.image import ImagePart
from docx.parts.story import StoryPart
from lxml import etree

from exports.language import day, day_and_time, translations
from exports.word.package import same_bytes
from exports.word.paragraphs import Inline, paragraph_xml
from exports.word.pictures import Picture, Pictures
from exports.word.styles import WORD, Colours, Looks, TextStyle
from exports.word.tables import TEXT_WIDTH, Cell, Line, Table, table_xml
from exports.word.template import Template, empty_document
from exports.word.text import Run, printable

_SPACES = (
    f'xmlns:w="{WORD}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BODY = "word/document.xml"
_MM = 36_000
# Styles that have no room above them, and how much they get below a table, in twentieths of a point.
_WITHOUT_ROOM, _BELOW_A_TABLE = ("Normal", "List Bullet", "Words", "State"), 160


class Paper:
    """Writes from top to bottom, in one language and one time zone. `bytes()` ends it.

    `more` are paragraph styles that only this kind of document has; `template` is an organisation's own.
    """

    def __init__(
        self,
        language: str,
        time_zone: str,
        more: tuple[TextStyle, ...] = (),
        *,
        colours: Colours | None = None,
        template: Template | None = None,
    ) -> None:
        self.language = language
        self.time_zone = time_zone
        if template is None:
            self.document: Document = docx.Document(BytesIO(empty_document(language, more, colours)))
            self.looks = Looks(more, colours=colours)
        else:
            self.document, self.looks = template.opened(more, colours)
        self.has_own_template = template is not None
        section = self.document.sections[0]
        across = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
        down = (section.page_height or 0) - (section.top_margin or 0) - (section.bottom_margin or 0)
        self.width, self.height = across / _MM, down / _MM
        self._body: list[str] = []
        self._marks = count(1)
        self._numbers = count(1)
        self._kept: dict[bytes, ImagePart] = {}
        self.pictures = Pictures(self.document.part, self._numbers, self._kept)
        self._last_said, self._is_below_a_table = "", False

    @property
    def gettext(self) -> Callable[[str], str]:
        return translations(self.language).gettext

    @property
    def ngettext(self) -> Callable[[str, str, int], str]:
        return translations(self.language).ngettext

    def paragraph(
        self,
        *inlines: Inline,
        style: str = "Normal",
        keeps: bool = False,
        starts_a_page: bool = False,
        anchor: str = "",
    ) -> None:
        """Add a paragraph in the style of that name; one that `keeps` is on one page with what follows.

        `anchor` is the name by which a link finds it.
        """
        self._body.append(
            paragraph_xml(
                inlines,
                style,
                self.looks,
                self.pictures,
                keeps=keeps,
                starts_a_page=starts_a_page,
                mark=anchor,
                number=next(self._marks) if anchor else 0,
                before=_BELOW_A_TABLE if self._is_below_a_table and style in _WITHOUT_ROOM else 0,
            )
        )
        self._is_below_a_table = False
        self._last_said = "".join(each for each in inlines if isinstance(each, str))

    def heading(self, level: int, text: str, *, anchor: str = "", starts_a_page: bool = False) -> None:
        """Add a heading of level 1 to 3; `anchor` is the name by which a link finds it."""
        self.paragraph(text, style=f"heading {level}", anchor=anchor, starts_a_page=starts_a_page)

    def words(self, texts: Sequence[str]) -> None:
        """Add what people said, each with a thin bar at its side."""
        for text in texts:
            self.paragraph(text, style="Words")

    def bullets(self, texts: Sequence[str], *, keeps: int = 0) -> None:
        """Add a list, of which the last lines, as many as `keeps`, are on one page with what follows."""
        for left, text in zip(range(len(texts), 0, -1), texts, strict=True):
            self.paragraph(self.looks.bullet + text, style="List Bullet", keeps=left <= keeps)

    def table(
        self,
        name: str,
        widths: Sequence[float],
        rows: Sequence[Sequence[Cell | str]],
        head: Sequence[str | Cell] | Sequence[Sequence[str | Cell]] = (),
        *,
        style: str = "Lined",
        is_whole: bool = False,
        row_height: float = 0,
        padding: float | None = None,
    ) -> None:
        """Add a table whose name only a screen reader says; see `Table`.

        Something else has to follow it: Word joins two tables that touch. Plain strings become cells of one line;
        `head` is one row or several.
        """
        self._body.append(
            table_xml(
                Table(
                    name, widths, rows, _rows(head), style, is_whole, row_height=row_height, padding=padding
                ),
                self.looks,
                self.pictures,
                self._marks,
            )
        )
        self._last_said, self._is_below_a_table = "", True

    def told_table(
        self,
        name: str,
        widths: Sequence[float],
        rows: Sequence[Sequence[Cell | str]],
        head: Sequence[str | Cell] | Sequence[Sequence[str | Cell]] = (),
        *,
        style: str = "Lined",
        is_whole: bool = False,
        tight: float | None = None,
        splits_rows: bool = False,
        keeps: bool = False,
        note: str = "",
    ) -> None:
        """Add a table with its name above it, unless what stands above says it already, and its `note` below it.

        One that `keeps` is on a page with what follows it. The name that only a screen reader says is lost where a
        program saves the file again; a paragraph is not. `widths` are those of our page: on another one the columns
        share what there is.
        """
        if self._last_said != name:
            self.paragraph(name, style="caption")
        self._body.append(
            table_xml(
                Table(
                    name,
                    widths,
                    rows,
                    _rows(head),
                    style,
                    is_whole,
                    has_note=keeps or bool(note),
                    tight=tight,
                    splits_rows=splits_rows,
                ),
                self.looks,
                self.pictures,
                self._marks,
                self.width / TEXT_WIDTH if self.has_own_template else 1,
            )
        )
        self._last_said, self._is_below_a_table = "", True
        if note:
            self.paragraph(note, style="Small")

    def foot(self, name: str, page_of_pages: str) -> None:
        """Write the foot of every page. `page_of_pages` holds `{page}` and `{pages}`."""
        before, _, rest = page_of_pages.partition("{page}")
        between, _, after = rest.partition("{pages}")
        section = self.document.sections[0]
        fields = _words(before) + _field("PAGE") + _words(between) + _field("NUMPAGES") + _words(after)
        own = paragraph_xml((name,), "footer", self.looks, self.pictures)
        written = f"{own[: -len('</w:p>')]}<w:r><w:tab/></w:r>{fields}</w:p>"
        for foot in (section.footer, *([section.first_page_footer] if self._has_first_page else [])):
            self._write_story(foot.part, written)

    def head(self, text: str) -> None:
        """Write the head of every page."""
        section = self.document.sections[0]
        written = paragraph_xml((text,), "header", self.looks, self.pictures)
        for head in (section.header, *([section.first_page_header] if self._has_first_page else [])):
            self._write_story(head.part, written)

    def first_head(self, picture: Picture) -> None:
        """Lay a picture over the head of the first page: what stands in a head is decoration to who reads aloud."""
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        head = section.first_page_header.part
        pictures = Pictures(head, self._numbers, self._kept)
        self._write_story(head, paragraph_xml((picture,), "Band", self.looks, pictures))

    @property
    def _has_first_page(self) -> bool:
        return bool(self.document.sections[0].different_first_page_header_footer)

    def _write_story(self, part: StoryPart, paragraph: str) -> None:
        """Write a paragraph into a head or foot, after what a template has there; an empty one goes."""
        story = part.element
        for empty in story.xpath("./w:p[not(.//w:t) and not(.//w:drawing) and not(.//w:pict)]"):
            story.remove(empty)
        story.append(parse_xml(paragraph.replace("<w:p>", f"<w:p {_SPACES}>", 1)))

    def properties(self, *, title: str, subject: str, author: str, made_at: datetime) -> None:
        """Fill in what the file says about itself; `made_at` stands in for every time in it."""
        found = self.document.core_properties
        found.title, found.subject = printable(title)[:255], printable(subject)[:255]
        found.author = found.last_modified_by = printable(author)[:255]
        found.created = found.modified = made_at
        found.language = self.language
        found.revision = 1

    def day(self, text: str, *, style: str = "full") -> str:
        """Return an ISO date in words."""
        return day(date.fromisoformat(text), self.language, style=style)

    def moment(self, moment: datetime) -> str:
        """Return a moment in words, in the alliance's time zone."""
        return day_and_time(moment, self.language, self.time_zone)

    def bytes(self) -> bytes:
        """Return the finished .docx: the same content gives the same bytes."""
        section = etree.tostring(self.document.element.body.sectPr, encoding="unicode")
        body = f"{_HEAD}<w:document {_SPACES}><w:body>{''.join(self._body)}{section}</w:body></w:document>"
        stream = BytesIO()
        self.document.save(stream)
        return same_bytes(stream.getvalue(), {_BODY: body.encode()})


def strong(text: str) -> Run:
    """Return a stretch of text that stands out."""
    return Run(text, look="Strong")


def line_of(*parts: Inline, style: str = "Table Text", mark: str = "") -> Line:
    """Return a line of a cell that holds more than text in one look."""
    return Line(style=style, parts=parts, mark=mark)


def _words(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _rows(head: Sequence[str | Cell] | Sequence[Sequence[str | Cell]]) -> list[Sequence[str | Cell]]:
    if not head:
        return []
    if isinstance(head[0], str | Cell):
        return [cast("Sequence[str | Cell]", head)]
    return list(cast("Sequence[Sequence[str | Cell]]", head))
