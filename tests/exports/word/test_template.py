"""The template lies beside the code, takes an alliance's colours, and an organisation may lay its own in its place."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.shared import Mm, Pt, RGBColor
from openxml_audit import FileFormat, OpenXmlValidator

from exports.accent import corrected
from exports.agenda.build import build_agenda
from exports.word.package import same_bytes
from exports.word.template import OURS, SETTING, Template, UnusableTemplate, empty_document, own_template
from models.basics.words import Copy
from phone.serving.start import refuse_an_unusable_template
from tests.exports.make_agenda import make_agenda, make_content


def parts_of(content: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(content)) as package:
        return {
            name: package.read(name).decode()
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }


def of_an_organisation() -> bytes:
    """Return a template as an organisation has one: its own heads, page, and names of styles as Dutch Word has them."""
    document = docx.Document()
    document.add_paragraph("Hier komt de tekst.")
    section = document.sections[0]
    section.page_width, section.page_height, section.left_margin = Mm(210), Mm(297), Mm(40)
    section.header.paragraphs[0].text = "Gemeente Merenveld · Postbus 1"
    heading = document.styles["heading 1"]
    heading.element.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId", "Kop1")
    heading.font.size, heading.font.color.rgb = Pt(30), RGBColor(0xC0, 0x10, 0x50)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[bytes]:
    """Lay an organisation's template ready, and return an agenda made with it."""
    file = tmp_path / "huisstijl.docx"
    file.write_bytes(of_an_organisation())
    monkeypatch.setenv(SETTING, str(file))
    yield build_agenda(make_agenda(), Copy.PARTNERS)


def test_the_template_beside_the_code_is_what_documents_are_made_of() -> None:
    assert same_bytes(OURS.read_bytes()) == empty_document("nl")


def test_fonts_and_colours_are_those_of_the_theme() -> None:
    styles = parts_of(build_agenda(make_agenda(), Copy.PARTNERS))["word/styles.xml"]

    assert 'w:asciiTheme="minorHAnsi"' in styles and 'w:asciiTheme="majorHAnsi"' in styles
    assert 'w:themeColor="accent1"' in styles and 'w:themeFill="accent1"' in styles
    assert 'w:ascii="Calibri"' not in styles


def test_the_alliance_has_its_own_colour_as_it_was_frozen() -> None:
    colour = corrected("#C2185B").accent.removeprefix("#")
    content = make_content() | {"look": {"accent": "#C2185B"}}

    ours = parts_of(build_agenda(make_agenda(), Copy.PARTNERS))
    theirs = parts_of(build_agenda(make_agenda(content=content), Copy.PARTNERS))

    for name in ("word/theme/theme1.xml", "word/styles.xml"):
        assert "17513F" in ours[name] and "17513F" not in theirs[name]
        assert colour in theirs[name]


def test_an_organisations_own_template_keeps_its_page_its_head_and_its_styles(own: bytes) -> None:
    document = docx.Document(BytesIO(own))
    xml = parts_of(own)["word/document.xml"]

    assert round((document.sections[0].left_margin or Mm(0)).mm) == 40
    assert document.sections[0].header.paragraphs[0].text == "Gemeente Merenveld · Postbus 1"
    assert document.styles["heading 1"].font.size == Pt(30)
    assert '<w:pStyle w:val="Kop1"/>' in xml and '<w:pStyle w:val="Heading1"/>' not in xml
    assert "Hier komt de tekst." not in xml
    assert document.sections[0].footer.paragraphs[-1].text.startswith("Alliantieagenda Samen Merenveld")
    widths = {sum(int(column.width) for column in table.columns) for table in document.tables[:3]}
    section = document.sections[0]
    room = int(section.page_width) - int(section.left_margin) - int(section.right_margin)  # type: ignore[arg-type]
    assert all(abs(width - room) < Mm(1) for width in widths)


def test_every_style_that_is_used_is_there_and_the_file_keeps_to_the_schema(
    own: bytes, tmp_path: Path
) -> None:
    document = docx.Document(BytesIO(own))
    used = set(document.element.body.xpath(".//w:pStyle/@w:val | .//w:tblStyle/@w:val | .//w:rStyle/@w:val"))
    there = set(document.styles.element.xpath("./w:style/@w:styleId"))
    file = tmp_path / "agenda.docx"
    file.write_bytes(own)

    template = tmp_path / "template.docx"
    template.write_bytes(of_an_organisation())
    faults, those_of_the_template = (
        {
            f"{error.part_uri} {error.path}: {error.description}"
            for error in OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
            .validate(each)
            .errors
        }
        for each in (file, template)
    )

    assert used - there == set()
    assert faults - those_of_the_template == set()


def test_a_template_of_word_becomes_a_document() -> None:
    as_template = {
        "[Content_Types].xml": parts_of(of_an_organisation())["[Content_Types].xml"]
        .replace("document.main+xml", "template.main+xml")
        .encode()
    }

    document, _looks = Template(same_bytes(of_an_organisation(), as_template)).opened((), None)

    assert document.paragraphs == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", "macros"])
def test_what_is_no_word_file_or_has_macros_is_refused_by_name(
    content: bytes | str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if isinstance(content, str):
        types = parts_of(of_an_organisation())["[Content_Types].xml"]
        with_macros = types.replace(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        )
        content = same_bytes(of_an_organisation(), {"[Content_Types].xml": with_macros.encode()})
    file = tmp_path / "huisstijl.docm"
    file.write_bytes(content)
    monkeypatch.setenv(SETTING, str(file))

    with pytest.raises(UnusableTemplate, match=rf"{SETTING}.*huisstijl\.docm"):
        own_template()


def test_a_server_does_not_start_with_a_template_that_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SETTING, str(tmp_path / "weg.docx"))

    with pytest.raises(SystemExit, match=r"HANDSLAG_TEMPLATE: Handslag start niet: .*weg\.docx"):
        refuse_an_unusable_template()
