"""Each script runs in its own direction and says its own language; what is ours around it stays as it is."""

import re
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from exports.agenda.build import build_agenda
from exports.word.paper import Paper
from exports.word.text import Run, run_xml
from models.basics.words import Copy
from tests.exports.make_agenda import make_agenda, make_content, make_signatures

ARABIC, HEBREW, PERSIAN = "نريد أن نلتقي بجيراننا", "אנחנו רוצים להיפגש", "می‌خواهیم همسایه‌هایمان را ببینیم"
RESERVED = "نوقع بعد موافقة المجلس"


def runs(text: str, *, starts_at_right: bool = False) -> list[tuple[str, bool, str]]:
    """Return each run of a text: what it says, whether it runs from the right, and its language."""
    return [
        (
            "".join(re.findall(r"<w:t [^>]*>([^<]*)</w:t>", run)),
            "<w:rtl/>" in run,
            "".join(re.findall(r'<w:lang w:bidi="([^"]+)"', run)),
        )
        for run in re.findall(r"<w:r>.*?</w:r>", run_xml(Run(text), starts_at_right=starts_at_right))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Voorbehoud: ja.", [("Voorbehoud: ja.", False, "")]),
        (f"Voorbehoud: {ARABIC}.", [("Voorbehoud: ", False, ""), (f"{ARABIC}.", True, "ar-SA")]),
        (f"Voorbehoud: {HEBREW}", [("Voorbehoud: ", False, ""), (HEBREW, True, "he-IL")]),
        (f"“{PERSIAN}” (Zoë)", [("“", False, ""), (PERSIAN, True, "fa-IR"), ("” (Zoë)", False, "")]),
    ],
)
def test_a_label_of_ours_stays_apart_from_words_that_run_from_the_right(
    text: str, expected: list[tuple[str, bool, str]]
) -> None:
    assert runs(text) == expected


def test_a_latin_name_in_a_text_from_the_right_keeps_its_direction() -> None:
    found = runs(f"{ARABIC} Poolse School 12، {ARABIC}", starts_at_right=True)

    assert [(said, is_right) for said, is_right, _language in found] == [
        (f"{ARABIC} ", True),
        ("Poolse School 12", False),
        (f"، {ARABIC}", True),
    ]


@pytest.mark.parametrize("style", ["Words", "Quote"])
@pytest.mark.parametrize(("text", "side"), [("Praat met ons.", None), (HEBREW, "right")])
def test_the_bar_stands_where_the_text_begins(style: str, text: str, side: str | None) -> None:
    paper = Paper("nl", "Europe/Amsterdam")
    paper.paragraph(text, style=style)

    [paragraph] = docx.Document(BytesIO(paper.bytes())).paragraphs
    borders = paragraph._p.xpath("./w:pPr/w:pBdr/*")

    if side is None:
        # The bar of the style, at the left.
        assert borders == [] and paragraph._p.xpath("./w:pPr/w:bidi") == []
        return
    left, right = borders
    assert (left.tag, left.get(qn("w:val"))) == (qn("w:left"), "nil")
    assert (right.tag, right.get(qn("w:val")), int(right.get(qn("w:sz"))) > 0) == (
        qn(f"w:{side}"),
        "single",
        True,
    )
    assert len(paragraph._p.xpath("./w:pPr/w:bidi")) == 1


def test_a_reservation_from_the_right_stands_in_the_agenda_beside_its_dutch_label() -> None:
    first, *others = make_signatures(with_drawings=False)
    content = make_content()
    content["principles"][0]["rounds"][0]["reasons"] = [{"choice": "concern", "text": HEBREW, "answer": None}]
    reserved = [type(first)(**{**first.__dict__, "reservation": RESERVED}), *others]

    document = docx.Document(
        BytesIO(build_agenda(make_agenda(content=content, signatures=reserved), Copy.PARTNERS))
    )

    [concern] = [each for each in document.paragraphs if each.text == HEBREW]
    assert concern._p.xpath(".//w:lang/@w:bidi") == ["he-IL"]
    said = [each for each in document.element.body.iter(qn("w:p")) if RESERVED in "".join(each.itertext())]
    assert len(said) >= 2
    for paragraph in said:
        assert paragraph.xpath("./w:pPr/w:bidi") == []
        assert [bool(run.xpath("./w:rPr/w:rtl")) for run in paragraph.xpath("./w:r")][:2] == [False, True]
