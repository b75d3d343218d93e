"""A document that is being written: what a section asks for, in the words of what one sees on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import cast

import docx
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from exports.language import day, day_and_time, translations
from exports.word.package import same_bytes
from exports.word.pictures import Picture, Pictures
from exports.word.styles import WORD, TextStyle
from exports.word.tables import Cell, set_style, table_of, text_cell
from exports.word.template import empty_document
from exports.word.text import printable, write_text

_FIELD = f'<w:fldSimple xmlns:w="{WORD}" w:instr="{{field}}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


class Paper:
    """Writes from top to bottom, in one language and one time zone. `bytes()` ends it.

    `more` are paragraph styles that only this kind of document has.
    """

    def __init__(self, language: str, time_zone: str, more: tuple[TextStyle, ...] = ()) -> None:
        self.language = language
        self.time_zone = time_zone
        self.document: Document = docx.Document(BytesIO(empty_document(language, more)))
        self.pictures = Pictures(self.document.part)
        # What is written stands before the last section: to look for it each time takes longer and longer.
        self._end = self.document.element.body.sectPr
        self._bookmarks = 0

    @property
    def gettext(self) -> Callable[[str], str]:
        return translations(self.language).gettext

    @property
    def ngettext(self) -> Callable[[str, str, int], str]:
        return translations(self.language).ngettext

    def paragraph(self, text: str = "", style: str = "Normal") -> Paragraph:
        """Add a paragraph with `text` in the style of that name."""
        element = OxmlElement("w:p")
        self._end.addprevious(element)
        paragraph = Paragraph(element, self.document._body)
        if style != "Normal":
            set_style(paragraph, style)
        if text:
            write_text(paragraph, text)
        return paragraph

    def heading(self, level: int, text: str, *, anchor: str | None = None) -> Paragraph:
        """Add a heading of level 1 to 3; `anchor` is the name by which a link finds it."""
        paragraph = self.paragraph(text, f"heading {level}")
        if anchor is not None:
            self._bookmarks += 1
            start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
            for mark in (start, end):
                mark.set(qn("w:id"), str(self._bookmarks))
            start.set(qn("w:name"), anchor)
            paragraph.runs[0]._r.addprevious(start)
            paragraph._p.append(end)
        return paragraph

    def quote(self, text: str, *, stays: bool = False) -> None:
        """Add the text of a principle, large, with a bar at its left; one that stays is on a page with what follows."""
        self.paragraph(text, "Quote").paragraph_format.keep_with_next = stays

    def words(self, texts: Sequence[str]) -> None:
        """Add what people said, each with a thin bar at its left."""
        for text in texts:
            self.paragraph(text, "Words")

    def bullets(self, texts: Sequence[str]) -> None:
        for text in texts:
            self.paragraph(text, "List Bullet")

    def link(self, paragraph: Paragraph, text: str, anchor: str) -> None:
        """Add `text` to `paragraph` as a link to the heading with that anchor."""
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), anchor)
        run = write_text(paragraph, text, look="Hyperlink")
        paragraph._p.append(link)
        link.append(run._r)

    def picture(self, picture: Picture) -> Paragraph:
        """Add a picture in a paragraph of its own."""
        paragraph = self.paragraph()
        self.pictures.place(paragraph, picture)
        return paragraph

    def table(
        self,
        caption: str,
        widths: Sequence[float],
        rows: Sequence[Sequence[Cell | str]],
        head: Sequence[str | Cell] | Sequence[Sequence[str | Cell]] = (),
        style: str = "Lined",
        is_whole: bool = False,
    ) -> Table:
        """Add a table; `widths` in mm. Something else has to follow it: Word joins two tables that touch.

        Plain strings become cells of one line; `head` is one row or several.
        """
        table = table_of(
            self.document,
            self.pictures,
            caption=caption,
            widths=widths,
            rows=[[_cell(each) for each in row] for row in rows],
            head=[[_cell(each) for each in row] for row in _rows(head)],
            style=style,
            is_whole=is_whole,
        )
        self._end.addprevious(table._tbl)
        return table

    def foot(self, name: str, page_of_pages: str) -> None:
        """Write the foot of every page. `page_of_pages` holds `{page}` and `{pages}`."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        write_text(paragraph, name)
        paragraph.add_run("\t")
        before, _, rest = page_of_pages.partition("{page}")
        between, _, after = rest.partition("{pages}")
        for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, None)):
            if text:
                paragraph.add_run(text)
            if field is not None:
                paragraph._p.append(parse_xml(_FIELD.format(field=field)))

    def head(self, text: str) -> None:
        """Write the head of every page."""
        write_text(self.document.sections[0].header.paragraphs[0], text)

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
        stream = BytesIO()
        self.document.save(stream)
        return same_bytes(stream.getvalue())


def _cell(content: Cell | str) -> Cell:
    return content if isinstance(content, Cell) else text_cell(content)


def _rows(head: Sequence[str | Cell] | Sequence[Sequence[str | Cell]]) -> list[Sequence[str | Cell]]:
    if not head:
        return []
    if isinstance(head[0], str | Cell):
        return [cast("Sequence[str | Cell]", head)]
    return list(cast("Sequence[Sequence[str | Cell]]", head))
