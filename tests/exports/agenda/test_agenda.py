"""The Word document: what it says and leaves out, that it is the same every time, that an office program opens it."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.agenda.build import build_agenda, build_files
from exports.sentences.record import carried_sentences
from exports.word.text import printable, runs_right_to_left
from models.basics.words import Copy
from models.example import merenveld as example
from tests.exports.make_agenda import (
    CLOSED_AT,
    CONSENT,
    DECLINED_BECAUSE,
    FROZEN_AT,
    PEN,
    RESERVATION,
    WITNESS,
    make_agenda,
    make_content,
    make_numbers,
    make_round,
    make_signatures,
)

HOSTILE = (
    "<script>alert('1')</script> & \"quotes\" {name} %s \x00\x08\x1b[31m\u202edrowkcab\u202c 👩‍👩‍👦‍👦🫶🏽 "
    "نريد أن نلتقي بجيراننا ሰላም\u2028next \ufffe end"
)


def opened(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def blocks(document: Document) -> Iterator[str]:
    """Yield every text of the body from top to bottom: paragraphs, and cells row by row."""
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in block._tbl.tr_lst:
                for cell in row.tc_lst:
                    for paragraph in cell.p_lst:
                        yield paragraph.text


def text_of(content: bytes) -> str:
    return "\n".join(blocks(opened(content)))


def parts_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def xml_of(content: bytes) -> str:
    return parts_of(content)["word/document.xml"].decode()


@pytest.fixture(scope="module")
def partners_copy() -> bytes:
    return build_agenda(make_agenda(), Copy.PARTNERS)


@pytest.fixture(scope="module")
def public_copy() -> bytes:
    return build_agenda(make_agenda(), Copy.PUBLIC)


def test_every_principle_agreement_and_partner_is_in_the_document(partners_copy: bytes) -> None:
    content, text = make_content(), text_of(partners_copy)

    expected = [principle["text"] for principle in content["principles"] + content["not_adopted"]]
    expected += [agreement["what"] for agreement in content["agreements"]]
    expected += [partner["name"] for partner in content["partners"]]

    assert [each for each in expected if each not in text] == []


def test_the_parts_stand_in_the_order_in_which_they_are_read(partners_copy: bytes) -> None:
    headings = [
        each.text
        for each in opened(partners_copy).paragraphs
        if each.style and each.style.name == "Heading 1"
    ]

    assert headings == [
        "Wie doet wat, en wanneer",
        "Onze uitgangspunten",
        "Onze afspraken",
        "Hoe alles samenhangt",
        "Wat niet is aangenomen, en waarom",
        "Hoe deze agenda ontstond",
        "Handtekeningen: 5 ja, 1 met voorbehoud, 1 nee, 1 nog open",
        "Is dit document echt?",
    ]


def test_the_title_page_links_to_every_part(partners_copy: bytes) -> None:
    xml = xml_of(partners_copy)

    linked = re.findall(r'<w:hyperlink w:anchor="(\w+)"', xml)
    marked = set(re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(\w+)"', xml))

    assert linked[:8] == [
        "front", "principles", "agreements", "coherence", "minority", "history", "signatures", "genuine",
    ]  # fmt: skip
    assert set(linked) <= marked
    assert len(re.findall(r"PAGEREF", xml)) == 8


def test_a_heading_says_what_a_principle_is_about_and_a_long_text_stands_whole_below_it() -> None:
    content = make_content()
    long = "In elke wijk is een plek waar u zonder afspraak naar binnen kunt. " * 6
    content["principles"][0]["text"] = long.strip()

    paragraphs = opened(build_agenda(make_agenda(content=content), Copy.PARTNERS)).paragraphs
    said = [each.text for each in paragraphs if each.style and each.style.name == "Heading 2"]

    assert said[1].startswith("1 In elke wijk is een plek waar u zonder afspraak") and said[1].endswith(" …")
    assert said[2] == f"2 {content['principles'][1]['text']}"
    assert [each.text for each in paragraphs if each.style and each.style.name == "Quote"] == [long.strip()]


def test_a_principle_says_how_it_was_carried(partners_copy: bytes) -> None:
    text = text_of(partners_copy)

    assert (
        "Aangenomen in ronde 7. Er was geen bezwaar meer. 60 mensen hebben gestemd. "
        "In de zaal zijn 61 mensen geteld. De stemming was anoniem."
    ) in text
    assert "57 akkoord, 1 met een zorg, 2 bezwaren. Besluit: niet aangenomen." in text
    assert "Aangenomen in ronde 4. 98 procent had geen bezwaar, 90 procent was nodig." in text
    assert "Niet aangenomen in ronde 6. Er waren 15 bezwaren." in text


def test_a_result_is_a_native_table_whose_shaded_width_follows_the_share(partners_copy: bytes) -> None:
    document = opened(partners_copy)
    table = next(each for each in document.tables if "Zo is gestemd in ronde 6" in each._tbl.xml)
    [column] = {int(width) for width in re.findall(r'gridCol w:w="(\d+)"', table._tbl.xml)[3:]}
    bars = [
        (row.tc_lst[-1].xpath(".//w:shd/@w:fill")[0], int(row.tc_lst[-1].xpath(".//w:ind/@w:right")[0]))
        for row in table._tbl.tr_lst[1:]
    ]
    within = column - 2 * 108

    assert [ground for ground, _rest in bars] == ["2F7BC2", "F2BE3C", "7D1A1E"]
    assert [round(100 * (within - rest) / within) for _ground, rest in bars] == [73, 2, 25]
    assert [[cell.p_lst[0].text for cell in row.tc_lst[1:3]] for row in table._tbl.tr_lst[1:]] == [
        ["44", "73%"],
        ["1", "2%"],
        ["15", "25%"],
    ]


def test_a_table_has_few_columns_and_every_bar_an_edge(partners_copy: bytes) -> None:
    document = opened(partners_copy)

    assert max(len(table.columns) for table in document.tables) <= 7
    bars = document.element.body.xpath(".//w:tc//w:p[w:pPr/w:shd]")
    assert len(bars) > 10
    for bar in bars:
        assert bar.xpath("./w:pPr/w:pBdr/*/@w:color") == ["12241D"] * 4


@pytest.mark.parametrize(
    ("votes", "needed", "decision", "sentence", "bars"),
    [
        ((52, 1, 8), 80, "adopted", "87 procent had geen bezwaar, 80 procent was nodig.", [85, 2, 13]),
        ((20, 20, 20), 67, "not adopted", "66 procent had geen bezwaar, 67 procent was nodig.", [33, 33, 34]),
    ],
)
def test_the_sentence_and_the_bars_say_the_same_percentages(
    votes: tuple[int, int, int], needed: int, decision: str, sentence: str, bars: list[int]
) -> None:
    content = make_content()
    content["principles"] = content["principles"][:1]
    content["not_adopted"] = []
    content["principles"][0]["rounds"] = [
        make_round(1, agree=votes[0], concern=votes[1], objection=votes[2])
        | {"rule": "without objection", "share": needed, "decision": decision, "rows": []}
    ]

    document = build_agenda(make_agenda(content=content), Copy.PARTNERS)

    assert sentence in text_of(document)
    assert [f"{share}%" for share in bars] == [text for text in blocks(opened(document)) if "%" in text]


def test_a_vote_of_fewer_than_five_shows_no_number_and_no_bar() -> None:
    content = make_content()
    content["principles"] = content["principles"][:1]
    content["not_adopted"] = []
    content["principles"][0]["rounds"][0] |= {"numbers": None, "rows": [], "reasons": []}
    shown = text_of(build_agenda(make_agenda(), Copy.PARTNERS))

    text = text_of(build_agenda(make_agenda(content=content), Copy.PARTNERS))

    assert "Deel van de stemmen" in shown
    assert "Deel van de stemmen" not in text
    assert "Minder dan vijf mensen hebben gestemd. Daarom staan hier geen aantallen." in text


def test_an_open_agenda_says_on_every_page_that_it_is_not_closed() -> None:
    document = opened(build_agenda(make_agenda(closed_at=None), Copy.PARTNERS))

    assert (
        "Versie 1. Nog niet afgesloten. 7 van de 8 partners hebben geantwoord. "
        "De antwoorden: 5 ja, 1 met voorbehoud, 1 nee, 1 nog open."
    ) in [paragraph.text for paragraph in document.paragraphs]
    section = document.sections[0]
    for head in (section.header, section.first_page_header):
        assert head.paragraphs[-1].text == "Nog niet afgesloten"


def test_a_later_edition_is_named_in_the_foot() -> None:
    document = opened(build_agenda(make_agenda(edition=2), Copy.PARTNERS))

    for footer in (document.sections[0].footer, document.sections[0].first_page_footer):
        [foot] = footer.paragraphs
        assert foot.text.startswith("Alliantieagenda Samen Merenveld · versie 1.2\tbladzijde")
        assert [field.get(qn("w:instr")) for field in foot._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_the_partners_copy_has_signatures_roles_reservations_consent_and_witness(
    partners_copy: bytes,
) -> None:
    text = text_of(partners_copy)

    assert f"Voorbehoud: {RESERVATION}" in text
    assert f"Toelichting: {DECLINED_BECAUSE}" in text
    assert f"In aanwezigheid van {WITNESS}." in text
    assert text.count(CONSENT) == 1
    assert "Poolse School Jaskółka\n\nMałgorzata Wiśniewska\nvoorzitter\n12 nov 2026, 21:16" in text
    assert "Raad van Kerken Merenveld\nnog geen antwoord\n\n" in text
    assert "Getekende handtekening van Annelies Dijkgraaf" in xml_of(partners_copy)


def test_the_public_copy_has_no_drawn_signature_and_no_representatives(
    partners_copy: bytes, public_copy: bytes
) -> None:
    content = make_content()
    content["alliance"]["contact"] = ""
    for agreement in content["agreements"]:
        agreement["first_step"] = ""
    representatives = [each.representative for each in example.PARTNERS]
    of_partners = xml_of(build_agenda(make_agenda(content=content), Copy.PARTNERS))

    of_public = xml_of(build_agenda(make_agenda(content=content), Copy.PUBLIC))

    assert [name for name in representatives if name not in of_partners] == []
    assert [name for name in [*representatives, "wethouder", "Joël"] if name in of_public] == []
    assert "handtekening van" in of_partners and "handtekening van" not in of_public
    assert f"Voorbehoud: {RESERVATION}" in of_public
    assert "Een bewoner" in of_public and "Bewoners staan in dit exemplaar zonder hun naam." in of_public


def test_where_to_check_is_told_only_with_an_address() -> None:
    content = make_content()
    content["address"] = None
    document = make_agenda(content=content, check_url=None, public_url=None)
    with_address = text_of(build_agenda(make_agenda(), Copy.PARTNERS))

    text = text_of(build_agenda(document, Copy.PARTNERS))

    assert f"Typ daar\n{make_agenda().sha256[:8]}" in with_address
    assert "merenveld.example/check" in with_address
    assert "/check" not in text and "Typ daar" not in text
    assert document.sha256[:8] in text


def test_the_same_content_gives_the_same_bytes_and_other_content_others(partners_copy: bytes) -> None:
    later = make_agenda(signatures=make_signatures(with_drawings=False))

    assert build_agenda(make_agenda(), Copy.PARTNERS) == partners_copy
    assert build_agenda(later, Copy.PARTNERS) != partners_copy
    with ZipFile(BytesIO(partners_copy)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_closing_makes_both_copies() -> None:
    files = build_files(make_agenda())

    assert [(each.copy_for, each.format) for each in files] == [
        (Copy.PARTNERS, "docx"),
        (Copy.PUBLIC, "docx"),
    ]
    assert files[0].content != files[1].content


def test_the_file_says_what_it_is_and_who_made_it(partners_copy: bytes) -> None:
    properties = opened(partners_copy).core_properties

    assert properties.title == "Alliantieagenda Samen Merenveld · versie 1"
    assert properties.author == "Alliantie Samen Merenveld"
    assert properties.created == FROZEN_AT
    assert properties.language == "nl"


@pytest.mark.parametrize(("language", "culture"), [("nl", "nl-NL"), ("en", "en-GB")])
def test_the_language_of_the_document_is_declared(language: str, culture: str) -> None:
    styles = parts_of(build_agenda(make_agenda(language), Copy.PARTNERS))["word/styles.xml"].decode()

    assert f'<w:lang w:val="{culture}"' in styles


def test_the_file_is_small(partners_copy: bytes) -> None:
    without_signatures = build_agenda(
        make_agenda(signatures=make_signatures(with_drawings=False)), Copy.PARTNERS
    )

    assert len(without_signatures) < 120_000
    assert len(parts_of(partners_copy)["word/styles.xml"]) < 20_000


def test_headings_go_down_one_level_at_a_time(partners_copy: bytes) -> None:
    names = [each.style.name for each in opened(partners_copy).paragraphs if each.style is not None]
    levels = [int(str(name)[-1]) for name in names if str(name).startswith("Heading ")]

    assert set(levels) == {1, 2, 3}
    assert [pair for pair in zip([1, *levels], levels, strict=False) if pair[1] > pair[0] + 1] == []


def test_every_picture_has_a_description_and_every_table_a_name(partners_copy: bytes) -> None:
    document = opened(partners_copy)
    pictures = list(document.element.body.iter(qn("wp:docPr")))

    assert len(pictures) > 20
    assert [each.get("name") for each in pictures if not each.get("descr")] == []
    assert [
        table for table in document.tables if not table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    ] == []


def test_the_name_of_every_table_is_a_paragraph_above_it(partners_copy: bytes) -> None:
    """What only a screen reader says is lost when LibreOffice saves the file."""
    above = ""
    told: list[str] = []
    unsaid: list[str] = []
    for block in opened(partners_copy).iter_inner_content():
        if isinstance(block, Paragraph):
            above = block.text
            continue
        name = block._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        (told if name == above else unsaid).append(name)

    assert len(told) > 15
    assert unsaid == []


def test_rows_have_heads_wherever_a_row_is_about_one_thing(partners_copy: bytes) -> None:
    without = []
    for table in opened(partners_copy).tables:
        name = table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        first = [row.tc_lst[0].p_lst[0].style for row in table._tbl.tr_lst]
        if "TableHeading" not in first[1:]:
            without.append(name)

    assert without == []


def test_what_says_nothing_is_marked_as_decoration_and_what_says_something_is_not(
    partners_copy: bytes,
) -> None:
    parts = parts_of(partners_copy)
    pictures = {
        found[1]: "adec:decorative" in found[2]
        for name in parts
        if name.startswith("word/") and name.endswith(".xml")
        for found in re.finditer(r'<wp:docPr [^>]*descr="([^"]*)">(.*?)</wp:docPr>', parts[name].decode())
    }

    assert [described for described, is_decoration in pictures.items() if not is_decoration] == [
        "Getekende handtekening van Annelies Dijkgraaf",
        "Getekende handtekening van Joël van der Meulen",
        "Getekende handtekening van Małgorzata Wiśniewska",
        "Getekende handtekening van Zoë Hermans",
        "QR-code: controleer dit document",
    ]
    assert {
        "cirkel",
        "driehoek",
        "ruit",
        "Een band met het patroon van geschilderde Nederlandse luiken",
    } <= set(pictures)


def test_a_partner_who_has_not_answered_has_room_for_a_pen(partners_copy: bytes) -> None:
    [row] = [
        row
        for table in opened(partners_copy).tables
        for row in table.rows
        if row.cells[1].text == "nog geen antwoord"
    ]

    assert row.height is not None and row.height.mm >= 15
    assert [cell.text for cell in row.cells] == ["Raad van Kerken Merenveld", "nog geen antwoord", "", ""]


def test_each_sentence_with_which_partners_agreed_stands_once() -> None:
    signatures = [
        replace(
            each,
            consent=f"{each.partner_name} gaat akkoord." if each.partner_kind != "resident" else "Ik teken.",
        )
        for each in make_signatures(with_drawings=False)
        if each.answer
    ]

    text = text_of(build_agenda(make_agenda(signatures=signatures), Copy.PARTNERS))

    assert text.count("1. … gaat akkoord.") == text.count("2. Ik teken.") == 1
    assert (text.count("\nzin 1"), text.count("\nzin 2")) == (5, 1)


def test_a_head_repeats_and_rows_stay_whole(partners_copy: bytes) -> None:
    lined = [
        each for each in opened(partners_copy).tables if each.style is not None and each.style.name == "Lined"
    ]

    heads = [bool(table._tbl.tr_lst[0].xpath("./w:trPr/w:tblHeader")) for table in lined]
    # The first row may split where a table runs on, see add_table.
    # Names behind one answer may fill more than a page.
    whole = [table for table in lined if "Wie tekende: " not in table._tbl.xml]
    split = [row for table in whole for row in table._tbl.tr_lst[3:] if not row.xpath("./w:trPr/w:cantSplit")]

    assert all(heads)
    assert split == []


def test_everything_that_may_be_missing_may_be_missing() -> None:
    content: dict[str, Any] = make_content() | {
        "next_meeting_on": None,
        "partners": [],
        "principles": [],
        "not_adopted": [],
        "agreements": [],
        "coherence": {"partners": [], "rows": [], "gaps": []},
    }
    content["participants"] = {
        "total": 0,
        "groups": [],
        "without_group": 0,
        "heads_counted": None,
        "sources": {},
    }
    content["alliance"] |= {"name": "Alliantie", "place": "", "purpose": "", "contact": ""}
    content["workshop"]["venue"] = ""

    text = text_of(build_agenda(make_agenda(content=content, signatures=[]), Copy.PARTNERS))

    assert "Alliantieagenda Alliantie" in text
    assert "Er is nog geen uitgangspunt aangenomen." in text
    assert "Er zijn nog geen afspraken gemaakt." in text
    assert "Geen afspraak hoeft op een andere te wachten." in text
    assert "Geen partner is gevraagd om te tekenen." in text


def test_each_principle_says_where_its_proposals_came_from() -> None:
    content = make_content()
    content["principles"][0]["came"] = [
        {"kind": "group", "name": "Bewoners", "proposals": 2},
        {"kind": "table", "name": "Tafel 4", "proposals": 1},
    ]

    text = text_of(build_agenda(make_agenda(content=content), Copy.PUBLIC))

    assert "Herkomst" in text
    assert "Het komt uit 3 voorstellen: 2 van Bewoners en 1 van Tafel 4." in text


def test_texts_without_a_round_and_texts_left_out_say_so() -> None:
    content = make_content()
    left_out, undecided = content["not_adopted"][0], make_content()["not_adopted"][0]
    left_out |= {"rounds": [], "status": "left out", "follow_up": None, "sources": [], "versions": []}
    undecided["follow_up"] = None
    undecided["rounds"][0] |= {
        "decision": "no quorum",
        "quorum": 60,
        "heads_counted": None,
        "numbers": make_numbers(20, 0, 0),
        "secrecy": "named",
    }
    content["not_adopted"] = [left_out, undecided]
    content["principles"][0]["sources"] = [{"text": f"voorstel {n}", "support": n} for n in range(12)]
    content["principles"][0]["practised_by"] = []
    content["principles"][1]["rounds"][0] |= {"heads_counted": 58}
    content["principles"][2]["rounds"][1] |= {"heads_counted": None, "present": None}
    content["agreements"][0] |= {"principles": [], "sources": [{"text": "samen eten", "support": 0}]}

    del content["principles"][1]["came"]

    text = text_of(build_agenda(make_agenda(content=content), Copy.PARTNERS))

    assert "Over deze tekst is niet gestemd." in text
    assert "De zaal heeft deze tekst weggelaten." in text
    assert "Niet besloten in ronde 6. Minstens 60 procent van de aanwezigen moest stemmen." in text
    assert "De stemming was op naam. De namen staan niet in dit document." in text
    assert "En nog 4 voorstellen." in text
    assert "Dat zijn 2 stemmen meer dan er mensen zijn geteld." in text
    assert "Los van de uitgangspunten" in text


def test_a_round_without_votes_is_told_without_a_table() -> None:
    content = make_content()
    content["principles"] = []
    content["not_adopted"][0]["rounds"][0] |= {"decision": "no votes", "numbers": None, "rows": []}

    text = text_of(build_agenda(make_agenda(content=content), Copy.PARTNERS))

    assert "In ronde 6 kwamen geen stemmen binnen." in text
    assert "Deel van de stemmen" not in text


def test_more_principles_than_a_grid_holds_become_a_list_of_what_is_filled() -> None:
    content = make_content()
    partners = len(content["coherence"]["partners"])
    content["coherence"]["rows"] = [
        {"principle": number, "cells": [[]] * partners} for number in range(1, 25)
    ]
    names = content["coherence"]["partners"]
    filled: list[list[int]] = [[] for _name in names]
    filled[names.index(example.GEMEENTE)], filled[names.index(example.EAST)] = [3, 7], [3]
    content["coherence"]["rows"][0]["cells"] = filled

    document = opened(build_agenda(make_agenda(content=content), Copy.PARTNERS))

    assert "Afspraken per partner en uitgangspunt" not in document.element.xml
    [listed] = [each for each in document.tables if "Partners en hun afspraken" in each._tbl.xml]
    assert (len(listed.columns), len(listed.rows)) == (2, 25)
    assert listed.cell(1, 1).text == f"{example.GEMEENTE} (3, 7), {example.EAST} (3)"
    assert listed.cell(2, 1).text == "nog niemand"


def test_hostile_text_comes_out_as_text() -> None:
    content = make_content()
    content["alliance"]["name"] = content["alliance"]["purpose"] = HOSTILE
    content["principles"][0]["text"] = HOSTILE
    content["agreements"][0]["what"] = HOSTILE
    content["participants"]["groups"][0]["name"] = HOSTILE

    made = build_agenda(make_agenda(content=content), Copy.PARTNERS)

    assert "<script>alert('1')</script> & \"quotes\" {name} %s [31mdrowkcab 👩‍👩‍👦‍👦🫶🏽" in text_of(made)
    assert "<script" not in xml_of(made)
    assert "\u202e" not in xml_of(made)


def test_arabic_runs_from_right_to_left_and_ethiopic_has_a_font(partners_copy: bytes) -> None:
    content = make_content()
    content["principles"][0]["text"] = "نريد أن نلتقي بجيراننا"
    content["principles"][1]["text"] = "ሰላም ለሁሉም"

    document = opened(build_agenda(make_agenda(content=content), Copy.PARTNERS))
    arabic, ethiopic, dutch = [
        each for each in document.paragraphs if each.style and each.style.name == "Heading 2"
    ][1:4]

    assert (arabic.runs[0].font.rtl, len(arabic._p.xpath("./w:pPr/w:bidi"))) == (True, 1)
    assert ethiopic.runs[1].font.name == "Ebrima"
    assert (dutch.runs[0].font.rtl, len(dutch._p.xpath("./w:pPr/w:bidi"))) == (None, 0)


@pytest.mark.parametrize(
    ("text", "is_right_to_left"),
    [
        ("Dag", False),
        ("نريد أن", True),
        ("Wij zeggen نعم", False),
        ("نريد أن نلتقي ok", True),
        ("12 … 👩", False),
    ],
)
def test_the_direction_is_that_of_most_letters(text: str, is_right_to_left: bool) -> None:
    assert runs_right_to_left(text) is is_right_to_left


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(alphabet=st.characters(exclude_categories=()), min_size=1, max_size=400))
def test_any_text_makes_a_document_that_reads_back(text: str) -> None:
    content = make_content() | {"not_adopted": [], "agreements": []}
    content["principles"] = [content["principles"][0] | {"text": text, "rounds": []}]
    content["alliance"]["name"] = content["alliance"]["purpose"] = text

    document = opened(build_agenda(make_agenda(content=content), Copy.PUBLIC))

    shown = " ".join(printable(text).split())
    quotes = [each.text for each in document.paragraphs if each.style and each.style.name == "Quote"]
    heading = [each.text for each in document.paragraphs if each.style and each.style.name == "Heading 2"][1]
    # A soft hyphen is an element of its own in Word.
    assert (quotes or [heading.removeprefix("1 ")])[0].replace("\n", " ").split() == shown.replace(
        "\xad", ""
    ).split()


@pytest.mark.parametrize(
    ("venue", "place", "said"),
    [
        ("Grote zaal, Merenveld", "Merenveld", "Grote zaal, Merenveld"),
        ("Het Wijkhuis", "Merenveld", "Het Wijkhuis, Merenveld"),
    ],
)
def test_the_town_is_said_once(venue: str, place: str, said: str) -> None:
    content = make_content()
    content["workshop"]["venue"], content["alliance"]["place"] = venue, place

    texts = list(blocks(opened(build_agenda(make_agenda(content=content), Copy.PUBLIC))))

    assert texts[texts.index("Plaats") + 1] == said


@pytest.mark.parametrize(
    ("drawn", "description"),
    [([], "Getypte handtekening"), (PEN, "Getekende handtekening van Annelies Dijkgraaf")],
)
def test_a_signature_is_drawn_or_typed(drawn: list[list[int]], description: str) -> None:
    first, *others = make_signatures(with_drawings=False)

    made = build_agenda(make_agenda(signatures=[replace(first, drawn=drawn), *others]), Copy.PARTNERS)

    assert description in xml_of(made)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "nl",
            [
                "Alliantieagenda Samen",
                "Aangenomen in ronde 7.",
                "Zonder afspraak 4 geen afspraak 5.",
                "Dit zijn elektronische handtekeningen",
                "Wij zien elkaar weer op donderdag 11 februari 2027.",
            ],
        ),
        (
            "en",
            [
                "Alliance agenda Samen",
                "Adopted in round 7.",
                "Without agreement 4, no agreement 5.",
                "These are electronic signatures",
                "article 3(10)",
            ],
        ),
    ],
)
def test_libreoffice_shows_every_sentence_and_loses_no_row(
    language: str, said: list[str], tmp_path: Path
) -> None:
    document = make_agenda(language)
    file = tmp_path / "agenda.docx"
    file.write_bytes(build_agenda(document, Copy.PARTNERS))

    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(file),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    shown = subprocess.run(
        ["pdftotext", str(tmp_path / "agenda.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    words = " ".join(shown.split())

    assert [sentence for sentence in said if sentence not in words] == []
    history = "Besluit:" if language == "nl" else "Decision:"
    assert words.count(history) == 7
    first_words = [" ".join(each["what"].split()[:3]) for each in document.content["agreements"]]
    assert [each for each in first_words if each not in words] == []
    assert str(CLOSED_AT.year) in words


def test_more_voices_than_heads_stand_in_the_record_of_the_round() -> None:
    content = make_content()
    content["principles"][0]["rounds"][-1]["acknowledged"] = [
        {"moment": "revealed", "voices": 238, "heads": 61}
    ]

    said = carried_sentences(content["principles"][0]["rounds"][-1], "nl")

    assert (
        "Bij het tonen van de uitslag: 238 deelnemers, 61 mensen geteld. De begeleider zag dit en ging door."
        in said
    )


def test_the_control_words_stand_where_one_reads_whether_a_document_is_genuine() -> None:
    words = ("appel", "rivier", "lantaarn", "winter", "kompas", "brood")

    for copy_for in Copy:
        built = build_agenda(make_agenda(control_words=words), copy_for)

        told = list(blocks(opened(built)))
        assert [told.index(word) - told.index(words[0]) for word in words] == list(range(6))
        assert built == build_agenda(make_agenda(control_words=words), copy_for)


def test_a_document_of_a_text_that_was_frozen_before_there_were_control_words_says_nothing_of_them() -> None:
    assert "controlewoorden" not in text_of(build_agenda(make_agenda(), Copy.PARTNERS)).lower()
