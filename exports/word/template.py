"""The empty document that everything is written into: a few small parts, or what an organisation laid ready.

Ours also lies beside this file as `agenda.docx`, for who wants to change it in Word: see `docs/operating.md`.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document
from docx.oxml import parse_xml
from lxml.etree import QName

from exports.word.package import same_bytes
from exports.word.styles import (
    BULLETS,
    WORD,
    Colours,
    Looks,
    TextStyle,
    colours_of,
    style_elements,
    styles_part,
)
from exports.word.theme import FONT_TABLE, theme_part

SETTING = "HANDSLAG_TEMPLATE"
OURS = Path(__file__).with_name("agenda.docx")

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_KIND}.settings+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_KIND}.numbering+xml"/>'
    f'<Override PartName="/word/fontTable.xml" ContentType="{_KIND}.fontTable+xml"/>'
    '<Override PartName="/word/theme/theme1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
    "</Types>"
)
_RELATIONSHIPS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_DOCUMENT_RELATIONSHIPS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/relationships/settings" Target="settings.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/relationships/numbering" Target="numbering.xml"/>'
    f'<Relationship Id="rId4" Type="{_OFFICE}/relationships/fontTable" Target="fontTable.xml"/>'
    f'<Relationship Id="rId5" Type="{_OFFICE}/relationships/theme" Target="theme/theme1.xml"/>'
    "</Relationships>"
)
# A4 with 25 mm at the left for the binding, and about 22 mm elsewhere.
_DOCUMENT = (
    f'{_HEAD}<w:document xmlns:w="{WORD}" xmlns:r="{_OFFICE}/relationships"><w:body><w:sectPr>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1191" w:right="1247" w:bottom="1247" w:left="1418" '
    'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>'
)
# The schema gives these elements one order.
_SETTINGS = (
    f'{_HEAD}<w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>'
    '<w:autoHyphenation/><w:consecutiveHyphenLimit w:val="2"/><w:characterSpacingControl '
    'w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="nl-NL"/>'
    '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
    'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" '
    'w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/><w:doNotAutoCompressPictures/></w:settings>'
)
_NUMBERING = (
    f'{_HEAD}<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType '
    'w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="284" w:hanging="284"/></w:pPr>'
    '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


# What stands in the settings after the one by which Word leaves pictures as they are when it saves a file.
_AFTER_PICTURES = (
    "forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "schemaLibrary", "shapeDefaults",
    "doNotEmbedSmartTags", "decimalSymbol", "listSeparator",
)  # fmt: skip
_MAIN = f"{_KIND}.document.main+xml"
_TEMPLATE_MAIN = f"{_KIND}.template.main+xml"


class UnusableTemplate(ValueError):
    """The file that should be the organisation's own template is none; `file` is its path, where it is known."""

    def __init__(self, file: str = "") -> None:
        super().__init__(f"{SETTING}: {file}")
        self.file = file


@lru_cache
def empty_document(language: str, more: tuple[TextStyle, ...] = (), colours: Colours | None = None) -> bytes:
    """Return a .docx without content, with our styles and `more`, for a text in `language` (`nl` or `en`)."""
    own = colours or colours_of(None)
    stream = BytesIO()
    with ZipFile(stream, "w") as package:
        package.writestr("[Content_Types].xml", _CONTENT_TYPES)
        package.writestr("_rels/.rels", _RELATIONSHIPS)
        package.writestr("word/document.xml", _DOCUMENT)
        package.writestr("word/_rels/document.xml.rels", _DOCUMENT_RELATIONSHIPS)
        package.writestr("word/styles.xml", styles_part(language, more, own))
        package.writestr("word/settings.xml", _SETTINGS)
        package.writestr("word/numbering.xml", _NUMBERING)
        package.writestr("word/fontTable.xml", FONT_TABLE)
        package.writestr("word/theme/theme1.xml", theme_part(own))
    return same_bytes(stream.getvalue())


class Template:
    """An organisation's own .docx or .dotx: its page, heads, feet, styles, fonts and theme, without its text.

    Raises `UnusableTemplate` for what is no Word file without macros.
    """

    def __init__(self, content: bytes) -> None:
        self._content = _as_document(content)
        self.opened((), None)

    def opened(self, more: tuple[TextStyle, ...], colours: Colours | None) -> tuple[Document, Looks]:
        """Return a fresh document without text, and the styles in it; those of ours that it lacks are added."""
        try:
            document = docx.Document(BytesIO(self._content))
            body = document.element.body
            for block in list(body):
                if block is not body.sectPr:
                    body.remove(block)
            document.sections[0].page_width  # noqa: B018  # A document without a section has no page.
            # A copy of the styles for Word 2010, which would not have ours.
            for name, relation in list(document.part.rels.items()):
                if relation.reltype.endswith("/stylesWithEffects"):
                    del document.part.rels[name]
        except (BadZipFile, KeyError, ValueError, IndexError, AttributeError, OSError) as error:
            raise UnusableTemplate from error
        _keep_pictures(document)
        own = colours or colours_of(None)
        has_bullets = any(style.name == "List Bullet" for style in document.styles)
        ids = _with_our_styles(document, more, own)
        return document, Looks(more, ids=ids, colours=own, bullet="" if has_bullets else "•\u00a0")


@lru_cache
def _read(path: str) -> Template:
    try:
        return Template(Path(path).read_bytes())
    except (OSError, UnusableTemplate) as error:
        raise UnusableTemplate(path) from error


def own_template() -> Template | None:
    """Return the organisation's own template, read once, or None where the setting names none.

    Raises `UnusableTemplate` with the name of the file.
    """
    path = os.environ.get(SETTING, "").strip()
    return _read(path) if path else None


def _as_document(content: bytes) -> bytes:
    """Return a .dotx as the .docx that it is a template of. Raises `UnusableTemplate` for anything but the two."""
    try:
        with ZipFile(BytesIO(content)) as package:
            types = package.read("[Content_Types].xml").decode()
            if "macroEnabled" in types or (_MAIN not in types and _TEMPLATE_MAIN not in types):
                raise UnusableTemplate
    except (BadZipFile, KeyError, UnicodeDecodeError) as error:
        raise UnusableTemplate from error
    return same_bytes(content, {"[Content_Types].xml": types.replace(_TEMPLATE_MAIN, _MAIN).encode()})


def _keep_pictures(document: Document) -> None:
    """Let Word keep each picture as it is: a file that is saved again still has ours, and can be recognised."""
    settings = document.settings.element
    if settings.xpath("./w:doNotAutoCompressPictures"):
        return
    kept = parse_xml(f'<w:doNotAutoCompressPictures xmlns:w="{WORD}"/>')
    after = next((each for each in settings if QName(each).localname in _AFTER_PICTURES), None)
    if after is None:
        settings.append(kept)
    else:
        after.addprevious(kept)


def _with_our_styles(document: Document, more: tuple[TextStyle, ...], colours: Colours) -> dict[str, str]:
    """Add our styles that a template has none of, by their names, and return the id of each."""
    styles = document.styles.element
    theirs = {
        str(name).casefold(): str(style.get(f"{{{WORD}}}styleId"))
        for style in styles.xpath("./w:style")
        for name in style.xpath("./w:name/@w:val")
    }
    ours = style_elements(more, colours)
    taken = set(theirs.values())
    ids = {}
    for name, xml in ours.items():
        own_id = _id_in(xml)
        ids[name] = theirs.get(name.casefold()) or (f"{own_id}Handslag" if own_id in taken else own_id)
    by_own_id = {_id_in(xml): ids[name] for name, xml in ours.items()}
    for name, xml in ours.items():
        if name.casefold() in theirs:
            continue
        named = xml.replace(f'w:styleId="{_id_in(xml)}"', f'w:styleId="{ids[name]}"', 1)
        adapted = re.sub(
            r'<w:(basedOn|next) w:val="([^"]+)"/>',
            lambda link: f'<w:{link[1]} w:val="{by_own_id.get(link[2], link[2])}"/>',
            named.replace(' w:default="1"', "", 1).replace(BULLETS, ""),
        )
        styles.append(parse_xml(adapted.replace("<w:style ", f'<w:style xmlns:w="{WORD}" ', 1)))
    return ids


def _id_in(style: str) -> str:
    return style.partition('w:styleId="')[2].partition('"')[0]
