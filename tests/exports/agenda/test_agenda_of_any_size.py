"""Nothing and far too much: no agreements or five hundred, a hundred partners, words without an end."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from exports.agenda.build import build_agenda
from exports.agenda.short import short_text
from models.basics.words import Copy
from models.signing.files import AgendaDocument
from tests.exports.make_agenda import WORDS, make_agenda, make_content, make_large_agenda

ENDLESS = "Wij" + "spreken" * 2857
MARKS = "Zo\u0308e\u0308" * 60 + "a" + "\u0301" * 300
NASTY = f"\x00\x1b[31m{ENDLESS} 👩‍👩‍👦‍👦🫶🏽 שלום نريد \u202e{MARKS}\ud800"


def without_agreements() -> AgendaDocument:
    content = make_content() | {"format": 4, "agreements": [], "look": {"accent": None}}
    return make_agenda(content=content, control_words=WORDS)


def filled_with(text: str) -> AgendaDocument:
    """Return an agenda in which everything that people type is this text."""
    content: dict[str, Any] = make_content() | {"format": 4, "look": {"accent": "#C2185B"}}
    content["alliance"] |= {"name": text, "purpose": text, "contact": text}
    for principle in content["principles"]:
        principle["text"] = text
        for round_ in principle["rounds"]:
            round_["reasons"] = [{"choice": "concern", "text": text, "answer": None}]
    for agreement in content["agreements"]:
        agreement |= {"what": text, "first_step": text, "measure": text, "owner": text, "supporters": [text]}
    for partner in content["partners"]:
        partner["name"] = text
    return make_agenda(content=content, control_words=WORDS)


SIZES: dict[str, Callable[[], AgendaDocument]] = {
    "no agreement": without_agreements,
    "a hundred partners": lambda: make_large_agenda(partners=100, principles=1, agreements=12),
    "a word without an end": lambda: filled_with(ENDLESS),
    "all that is nasty": lambda: filled_with(NASTY),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("copy_for", list(Copy))
def test_any_agenda_is_a_good_document(size: str, copy_for: Copy, tmp_path: Any) -> None:
    document = SIZES[size]()
    file = tmp_path / "agenda.docx"
    file.write_bytes(build_agenda(document, copy_for))

    found = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(file).errors

    assert [f"{error.part_uri} {error.path}: {error.description}" for error in found] == []
    text = "\n".join(docx.Document(BytesIO(file.read_bytes())).element.body.itertext())
    assert "Wie doet wat, en wanneer" in text and "Is dit document echt?" in text
    assert all(word in text for word in WORDS)


def test_five_hundred_agreements_all_stand_on_the_pages_that_stand_alone() -> None:
    built = build_agenda(make_large_agenda(partners=60, principles=20, agreements=500), Copy.PARTNERS)

    table = docx.Document(BytesIO(built)).tables[1]

    assert sorted(int(row.tc_lst[1].xpath("string(.)")) for row in table._tbl.tr_lst[1:]) == list(
        range(1, 501)
    )


@pytest.mark.parametrize(
    ("text", "letters", "short"),
    [
        ("Praat met ons.", 20, "Praat met ons."),
        ("Praat met ons en niet over ons.", 20, "Praat met ons en …"),
        ("Praat\nmet ons.", 20, "Praat met ons."),
        ("Praatmetonsennietoverons", 12, "Praatmeton …"),
    ],
)
def test_a_text_that_has_to_fit_is_cut_after_a_word(text: str, letters: int, short: str) -> None:
    assert short_text(text, letters) == short
