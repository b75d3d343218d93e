"""The agenda as it falls on pages: how many there are, how full they are, and that nothing stands alone.

LibreOffice lays it out. What stands where is read from the PDF: lines of text, with the height at which they stand.
"""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import docx
import pdfua
import pytest
from docx.document import Document
from docx.text.paragraph import Paragraph

from exports.agenda.build import build_agenda
from exports.sealing.office import converted
from models.basics.words import Copy
from tests.exports.make_agenda import (
    WORDS,
    make_agenda,
    make_content,
    make_large_agenda,
    make_partner,
    make_signatures,
)
from tests.exports.pictures import drawn, saved

pytestmark = pytest.mark.slow

# The text stands between these heights on an A4, in points.
TOP, BOTTOM = 22 / 25.4 * 72, (297 - 24) / 25.4 * 72
_XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Page:
    """The lines of text on a page from top to bottom, without its head and foot, and where the last one ends."""

    lines: list[str]
    ends: float

    @property
    def blank(self) -> float:
        """Which share of the page is empty below the last line."""
        return max(0.0, (BOTTOM - self.ends) / (BOTTOM - TOP))


@dataclass(frozen=True)
class Printed:
    document: Document
    pages: list[Page]
    pdf: Path

    @property
    def headings(self) -> list[str]:
        return [
            each.text
            for each in self.document.paragraphs
            if each.style is not None and str(each.style.name).startswith(("Heading", "Caption"))
        ]


def pages_of(pdf: Path) -> Iterator[Page]:
    subprocess.run(["pdftotext", "-bbox-layout", str(pdf), str(pdf.with_suffix(".html"))], check=True)
    for page in ElementTree.parse(pdf.with_suffix(".html")).iter(f"{_XHTML}page"):
        at_heights: dict[int, list[tuple[float, str]]] = {}
        for line in page.iter(f"{_XHTML}line"):
            if TOP - 2 < float(line.get("yMin", 0)) < BOTTOM:
                said = " ".join(str(word.text) for word in line.iter(f"{_XHTML}word"))
                found = at_heights.setdefault(round(float(line.get("yMax", 0))), [])
                found.append((float(line.get("xMin", 0)), said))
        lines = [" ".join(said for _x, said in sorted(at_heights[height])) for height in sorted(at_heights)]
        yield Page(lines, max(at_heights, default=TOP))


def agenda_with_the_longest_names() -> bytes:
    """Return an agenda of 60 partners with names of 120 letters, of an alliance with such a name."""
    content = make_content() | {"format": 3}
    long = "Samenwerkende Vereniging voor Ontmoeting, Taal en Buurtwerk in Merenveld, Overwater en de Zuiderpolder te "
    content["partners"] = [
        make_partner(place) | {"name": f"{long}{place:03d}".ljust(120, "x")} for place in range(60)
    ]
    content["alliance"]["name"] = f"Alliantie {long}".ljust(120, "e")[:120]
    content["alliance"]["purpose"] = (content["alliance"]["purpose"] + " ") * 2
    content["alliance"]["purpose"] = content["alliance"]["purpose"][:400]
    signatures = [
        replace(make_signatures(with_drawings=False)[0], partner_name=partner["name"])
        for partner in content["partners"]
    ]
    return build_agenda(
        make_agenda(
            content=content, signatures=signatures, control_words=WORDS, logo=saved(drawn(size=(744, 288)))
        ),
        Copy.PARTNERS,
    )


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    """Return each kind of agenda on pages; LibreOffice starts once for all."""
    folder = tmp_path_factory.mktemp("printed")
    made = {
        "nl": build_agenda(make_agenda(control_words=WORDS), Copy.PARTNERS),
        "en": build_agenda(make_agenda("en", control_words=WORDS), Copy.PARTNERS),
        "logo": build_agenda(
            make_agenda(control_words=WORDS, logo=saved(drawn(size=(700, 280)))), Copy.PARTNERS
        ),
        "public": build_agenda(make_agenda(control_words=WORDS), Copy.PUBLIC),
        "large": build_agenda(make_large_agenda(), Copy.PARTNERS),
        "long": agenda_with_the_longest_names(),
    }
    pdfs = dict(zip(made, converted(list(made.values()), "pdf"), strict=True))
    for name, content in pdfs.items():
        (folder / f"{name}.pdf").write_bytes(content)
    return {
        name: Printed(
            docx.Document(BytesIO(content)), list(pages_of(folder / f"{name}.pdf")), folder / f"{name}.pdf"
        )
        for name, content in made.items()
    }


EXAMPLES = ("nl", "en", "public", "logo")


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_fits_in_twelve_pages_without_holes(printed: dict[str, Printed], name: str) -> None:
    pages = printed[name].pages

    blank = [page.blank for page in pages]

    assert len(pages) <= 12
    assert sum(blank) / len(blank) <= 1 / 6, [round(share, 2) for share in blank]
    assert max(blank[:-1]) <= 1 / 2, [round(share, 2) for share in blank]


def test_sixty_partners_twenty_principles_and_forty_agreements_fit_in_forty_pages(
    printed: dict[str, Printed],
) -> None:
    pages = printed["large"].pages

    assert len(pages) <= 40
    assert max(page.blank for page in pages[:-1]) <= 1 / 2
    assert sum(page.blank for page in pages) / len(pages) <= 1 / 6


@pytest.mark.parametrize("name", [*EXAMPLES, "large"])
def test_no_heading_and_no_name_of_a_table_stands_alone_at_a_foot(
    printed: dict[str, Printed], name: str
) -> None:
    found = printed[name]

    alone = [
        heading
        for page in found.pages[1:-1]
        for heading in found.headings
        if page.lines and len(page.lines[-1]) > 3 and heading.endswith(page.lines[-1])
    ]

    assert alone == []


@pytest.mark.parametrize("name", [*EXAMPLES, "large"])
def test_no_page_holds_one_sentence(printed: dict[str, Printed], name: str) -> None:
    short = [page.lines for page in printed[name].pages if len(page.lines) < 6]

    assert short == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_page_2_stands_alone(printed: dict[str, Printed], name: str) -> None:
    second, third = (" ".join(page.lines) for page in printed[name].pages[1:3])

    for agreement in printed[name].document.tables[1].rows:
        for word in agreement.cells[1].text.split()[:4]:
            assert word in second
    assert all(word in second for word in WORDS)
    assert ("Onze uitgangspunten" in third) or ("Our principles" in third)


def test_forty_agreements_stand_on_two_pages_with_who_signed_and_the_words(
    printed: dict[str, Printed],
) -> None:
    first_two = " ".join(line for page in printed["large"].pages[1:3] for line in page.lines)

    table = printed["large"].document.tables[1]
    assert len(table.rows) == 41
    assert [
        row.cells[1].text for row in table.rows[1:] if row.cells[0].text.split()[-1] not in first_two
    ] == []
    assert "Wie tekende: 55 ja, 5 met voorbehoud" in first_two
    assert all(word in first_two for word in WORDS)


@pytest.mark.parametrize("name", ["large", "long"])
def test_the_title_page_holds_whatever_the_names(printed: dict[str, Printed], name: str) -> None:
    first, second = (" ".join(page.lines) for page in printed[name].pages[:2])

    assert "In dit document" in first and "Is dit document echt?" in first
    assert "60: 30 organisaties, 20 gemeenschappen en 10 bewoners" in first
    assert "Wie doet wat, en wanneer" in second


def test_the_pages_of_the_parts_stand_on_the_title_page(printed: dict[str, Printed]) -> None:
    pages = printed["nl"].pages
    told = " ".join(pages[0].lines)

    for number, page in enumerate(pages[1:], start=2):
        for part in (
            "Onze uitgangspunten",
            "Onze afspraken",
            "Hoe deze agenda ontstond",
            "Is dit document echt?",
        ):
            if part in page.lines:
                assert re.search(rf"{re.escape(part)} {number}\b", told), (part, number)


@pytest.mark.parametrize("name", [*EXAMPLES, "large"])
def test_who_listens_to_the_pdf_hears_all_of_it(printed: dict[str, Printed], name: str) -> None:
    report = pdfua.validate(str(printed[name].pdf))

    assert [f"{found.rule_id}: {found.message}" for found in report.findings] == []


def test_the_names_of_tables_stand_above_them_after_libreoffice_saved_the_file() -> None:
    content = build_agenda(make_agenda(control_words=WORDS), Copy.PARTNERS)

    before, after = (_above_tables(each) for each in (content, converted([content], "docx")[0]))

    assert len(before) > 15
    assert after == before


def _above_tables(content: bytes) -> list[str]:
    """Return the paragraph above each table."""
    above, found = "", []
    for block in docx.Document(BytesIO(content)).iter_inner_content():
        if isinstance(block, Paragraph):
            above = block.text
        else:
            found.append(above)
    return found
