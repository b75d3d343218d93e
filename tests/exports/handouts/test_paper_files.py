"""Badges and ballot sheets: A4 to cut, a code each, in both languages, whatever people typed."""

import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.shared import Mm

from exports.handouts.badges import Badge, Meeting, build_badges
from exports.handouts.ballot_sheets import Question, Sheet, build_ballot_sheets, layout_of
from exports.sealing.office import converted
from models.voting.methods import METHODS
from models.voting.methods.method import DotBudget

TEXT = "Wij nemen geen besluit over een groep zonder die groep aan tafel."
LONG = "Wij spreken elkaar aan op uitsluiting en discriminatie, ook als dat ongemakkelijk is. " * 4
MADE_AT = datetime(2027, 3, 14, tzinfo=UTC)
CODES = ["ACDE3467", "FGHJ7649", "KMNP3333", "QRTW4444", "XYAC7777"]


def _meeting(language: str = "nl", address: str | None = "merenveld.example") -> Meeting:
    name = "Alliantie Merenveld" if language == "nl" else "Merenveld Alliance"
    return Meeting(name, "N6W9H", language, "Europe/Amsterdam", address, MADE_AT)


def _badges(language: str = "nl", *, has_qr: bool = True, count: int = 5) -> bytes:
    return build_badges(
        _meeting(language, "merenveld.example" if has_qr else None),
        [
            Badge(code, "Bewoners", f"https://merenveld.example/j/N6W9H/{code}" if has_qr else None)
            for code in (CODES * 5)[:count]
        ],
    )


def _question(*texts: str | None, method: str = "consent", budget: DotBudget | None = None) -> Question:
    return Question(list(texts), method, METHODS[method].choices, budget)


def _sheets(question: Question, language: str = "nl") -> bytes:
    return build_ballot_sheets(
        _meeting(language),
        question,
        [Sheet(code, number, "Bewoners") for number, code in enumerate(CODES, start=17)],
    )


def _opened(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def _text(content: bytes) -> str:
    document = _opened(content)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


def _parts(content: bytes) -> list[str]:
    return ZipFile(BytesIO(content)).namelist()


def test_each_badge_carries_its_code_a_line_for_the_name_and_the_address() -> None:
    text = _text(_badges())

    for code in CODES:
        assert text.count(f"{code[:4]}\u00a0{code[4:]}") == 1
    assert text.count("merenveld.example, code N6W9H") == 5
    assert text.count("Naam") == 5
    assert "Bewoners" in text


def test_badges_are_85_by_54_millimetres_ten_on_an_a4() -> None:
    document = _opened(_badges(count=10))
    (table,) = document.tables
    section = document.sections[0]

    assert (section.page_width, section.page_height) == (Mm(210), Mm(297)) or (
        abs(section.page_width - Mm(210)) < Mm(0.1) and abs(section.page_height - Mm(297)) < Mm(0.1)
    )
    assert [round(row.height.mm) for row in table.rows] == [54] * 5
    widths = [int(width) for width in re.findall(r'gridCol w:w="(\d+)"', table._tbl.xml)]
    assert round(sum(widths[:2]) / 1440 * 25.4) == 85
    assert sum(row.height.mm for row in table.rows) <= 297 - section.top_margin.mm - section.bottom_margin.mm


def test_there_is_a_qr_code_with_a_description_only_where_the_address_is_given() -> None:
    with_qr, without = _badges(), _badges(has_qr=False)

    assert [name for name in _parts(with_qr) if name.endswith(".png")]
    assert not [name for name in _parts(without) if name.endswith(".png")]
    described = re.findall(r'descr="([^"]*)"', ZipFile(BytesIO(with_qr)).read("word/document.xml").decode())
    assert described[0] == f"QR-code die https://merenveld.example/j/N6W9H/{CODES[0]} opent"
    assert "merenveld.example" not in _text(without)
    assert "Code van de bijeenkomst: N6W9H" in _text(without)


def test_what_people_typed_stands_as_text_and_a_long_name_is_cut() -> None:
    meeting = Meeting(
        "<b>Samen</b> & verder " * 9,
        "N6W9H",
        "nl",
        "Europe/Amsterdam",
        None,
        datetime(2027, 3, 14, tzinfo=UTC),
    )
    text = _text(
        build_badges(
            meeting, [Badge(CODES[0], "Groep\x07 met een heel erg lange naam erbij en nog wat", None)]
        )
    )

    assert "<b>Samen</b> & verder <b>Samen</b> & verder <b>Samen</b> & verder …" in text
    assert "Groep met een heel erg lange naam erbij en nog wat" in text


def test_a_sheet_says_whose_it_is_what_is_asked_and_how_to_hand_it_in() -> None:
    text = _text(_sheets(_question(TEXT)))

    for number, code in enumerate(CODES, start=17):
        assert f"Stembriefje van deelnemer {number} · Bewoners" in text
        assert f"{code[:4]}\u00a0{code[4:]}" in text
    assert text.count(f"1. {TEXT}") == 5
    assert "☐  1  Akkoord\n" in text
    assert "☐  2  Akkoord, met een zorg" in text
    assert "☐  3  Bezwaar" in text
    assert "Wie dit briefje invoert, ziet uw keuze." in text
    assert "Geef dit briefje aan de begeleider" in text


def test_sheets_and_badges_are_in_the_language_of_the_meeting() -> None:
    sheet, badge = _text(_sheets(_question("Everybody belongs."), "en")), _text(_badges("en"))

    assert "Ballot sheet of participant 17" in sheet
    assert "Agree, with a concern" in sheet
    assert "Your personal code" in badge
    for word in ("Akkoord", "Stembriefje", "code van"):
        assert word not in sheet + badge


def test_styles_are_real_ones() -> None:
    for content in (_badges(), _sheets(_question(TEXT))):
        document = _opened(content)
        used = {
            paragraph.style.name
            for table in document.tables
            for row in table.rows
            for cell in row.cells
            for paragraph in cell.paragraphs
        }
        assert {"Card Name", "Card Code", "Card Small"} <= used
        assert "Normal" not in used


@pytest.mark.parametrize(
    ("question", "on_a_page"),
    [
        (_question(TEXT), 4),
        (_question(None), 4),
        (_question(TEXT, TEXT), 2),
        (_question(*[TEXT] * 5), 1),
        (_question(LONG), 4),
        (_question("\n".join(["Wij spreken elkaar aan."] * 12)), 2),
        (_question(LONG, LONG), 2),
        (_question(TEXT, method="gradients"), 4),
        (_question(TEXT, TEXT, TEXT, method="score"), 4),
        (_question(*[TEXT] * 4, method="dots", budget=DotBudget(5, can_stack=True)), 4),
    ],
)
def test_as_many_sheets_stand_on_a_page_as_there_is_room_for(question: Question, on_a_page: int) -> None:
    for language in ("nl", "en"):
        assert (
            layout_of(_meeting(language), question, [Sheet(CODES[0], 17, "Bewoners")]).on_a_page == on_a_page
        )


def test_a_sheet_for_dots_asks_a_number_and_says_how_many() -> None:
    text = _text(_sheets(_question(TEXT, TEXT, method="dots", budget=DotBudget(5, can_stack=True))))

    assert "Verdeel hoogstens 5 stippen over de teksten." in text
    assert text.count("Aantal stippen: ______") == 10


def test_a_text_that_is_not_known_yet_is_named_by_its_number() -> None:
    assert "Tekst 2, zoals die op de beamer staat" in _text(_sheets(_question(None, None)))


# Beside text that runs from right to left, where its number is read last.
ARABIC_NAME = "Latifa"
# What real texts do to a page: short and long ones, many lines, another script, letters that are wide, one long word.
HARD = [
    TEXT,
    LONG,
    f"{'نريد أن نلتقي بجيراننا ' * 6}({ARABIC_NAME})",
    "Kort.",
    "Wij\nspreken\nelkaar\naan 🫶🏽",
    "W" * 160,
] * 2


WHOLE: dict[str, tuple[Callable[[], bytes], int, str, int]] = {
    "badges": (lambda: _badges(count=11), 2, "N6W9H", 11),
    "quarters": (lambda: _sheets(_question(TEXT)), 2, "stem.", 5),
    "full quarters": (lambda: _sheets(_question(LONG)), 2, "stem.", 5),
    "halves": (lambda: _sheets(_question(LONG, TEXT)), 3, "stem.", 5),
}
OF_SEVERAL_PAGES: dict[str, tuple[list[str], str, str]] = {
    "twelve texts": ([TEXT] * 12, "consent", "nl"),
    "hard texts": (HARD, "consent", "en"),
    "eight choices": (HARD, "gradients", "nl"),
    "thirty texts": ([LONG] * 30, "score", "nl"),
}
LONG_NAMES = {
    "one word": "Gemeenschapsvoorzieningenoverlegstructuur",
    "eighty letters": "Samenwerkingsverband Gemeenschapsvoorzieningen Merenveld en Omstreken Oost-Zuid",
    "wide letters": "W" * 80,
    "Arabic": "مجلس الأحياء والجمعيات والسكان في مدينة ميرنفيلد وما حولها من القرى",
}
WHERE = "inclusie-en-ontmoeting.gemeente-merenveld.example"


def _asked(kind: str) -> Question:
    texts, method, _ = OF_SEVERAL_PAGES[kind]
    return _question(*texts, method=method)


def _long_badges(name: str, has_qr: bool) -> bytes:
    meeting = Meeting(name, "N6W9H", "nl", "Europe/Amsterdam", WHERE if has_qr else None, MADE_AT)
    link = f"https://{WHERE}/j/N6W9H/ACDE3467" if has_qr else None
    return build_badges(meeting, [Badge(code, name, link) for code in CODES * 2])


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The text of each page as LibreOffice lays it out, of every file: its start takes longest, so all at once."""
    folder = tmp_path_factory.mktemp("laid-out")
    files = {kind: make() for kind, (make, *_) in WHOLE.items()}
    files |= {kind: _sheets(_asked(kind), OF_SEVERAL_PAGES[kind][2]) for kind in OF_SEVERAL_PAGES}
    files |= {
        f"{kind} {qr}": _long_badges(LONG_NAMES[kind], qr) for kind in LONG_NAMES for qr in (True, False)
    }
    made = converted(list(files.values()), "pdf")
    return {kind: _pages(pdf, folder / "paper.pdf") for kind, pdf in zip(files, made, strict=True)}


def _pages(pdf: bytes, file: Path) -> list[str]:
    file.write_bytes(pdf)
    told = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True
    )
    return told.stdout.replace("\u00a0", " ").split("\f")[:-1]


@pytest.mark.slow
@pytest.mark.parametrize("kind", WHOLE)
def test_the_pages_come_out_as_meant_and_nothing_is_cut_off(
    kind: str, laid_out: dict[str, list[str]]
) -> None:
    _, pages, last, times = WHOLE[kind]

    shown = laid_out[kind]

    assert len(shown) == pages
    # What stands last on each card: LibreOffice leaves out what a fixed height cuts off.
    assert " ".join(shown).split().count(last) == times


@pytest.mark.slow
@pytest.mark.parametrize("kind", OF_SEVERAL_PAGES)
def test_on_every_page_of_a_sheet_stand_its_code_and_its_place_and_a_text_stays_with_its_choices(
    kind: str, laid_out: dict[str, list[str]]
) -> None:
    _, method, language = OF_SEVERAL_PAGES[kind]
    answers = 1 if method == "score" else len(_asked(kind).choices)

    pages = laid_out[kind]

    of_each = len(pages) // len(CODES)
    assert of_each > 1 and len(pages) == of_each * len(CODES)
    told = "bladzijde {} van {}" if language == "nl" else "page {} of {}"
    for place, page in enumerate(pages):
        code = CODES[place // of_each]
        assert f"{code[:4]} {code[4:]}" in page
        assert told.format(place % of_each + 1, of_each) in page
        assert "Merenveld" in page
        asked = len(re.findall(r"^ *\d+\.(?: |$)", page, re.MULTILINE)) + page.count(ARABIC_NAME)
        assert len(re.findall("^.*☐", page, re.MULTILINE)) == answers * asked > 0


def test_the_head_of_a_page_is_one_that_is_repeated_and_no_text_is_torn() -> None:
    for table in _opened(_sheets(_question(*HARD))).tables:
        head, *rows = table.rows
        code = next(code for code in CODES if f"{code[:4]}\u00a0{code[4:]}" in head.cells[0].text)
        assert head._tr.xpath("./w:trPr/w:tblHeader") and code
        # The first one stands right below the head: LibreOffice loses what follows when that may not be torn.
        assert [len(row._tr.xpath("./w:trPr/w:cantSplit")) for row in rows[1:]] == [1] * (len(rows) - 1)


@pytest.mark.slow
@pytest.mark.parametrize("has_qr", [True, False])
@pytest.mark.parametrize("kind", LONG_NAMES)
def test_a_long_name_leaves_a_badge_its_size_and_its_code(
    kind: str, has_qr: bool, laid_out: dict[str, list[str]]
) -> None:
    (page,) = laid_out[f"{kind} {has_qr}"]

    for code in CODES:
        assert page.count(f"{code[:4]} {code[4:]}") == 2
    assert page.count("N6W9H") == 10


def test_a_word_of_41_letters_stands_whole_on_a_badge_and_a_sheet() -> None:
    name = "Gemeenschapsvoorzieningenoverlegstructuur"
    meeting = Meeting(name, "N6W9H", "nl", "Europe/Amsterdam", None, MADE_AT)

    badge = _text(build_badges(meeting, [Badge(CODES[0], name, None)]))
    sheet = _text(build_ballot_sheets(meeting, _question(TEXT), [Sheet(CODES[0], 17, name)]))

    assert badge.count(name) == 2
    assert sheet.count(name) == 2
    assert "…" not in badge + sheet


def test_a_name_that_is_cut_is_cut_between_characters() -> None:
    meeting = Meeting("👩‍👩‍👦‍👦" * 60, "N6W9H", "nl", "Europe/Amsterdam", None, MADE_AT)

    text = _text(build_badges(meeting, [Badge(CODES[0], None, None)]))

    assert re.search("^(👩‍👩‍👦‍👦)+…$", text, re.MULTILINE)
