"""The empty document that everything is written into: a few small parts, not a default template's 350 kB."""

from functools import lru_cache
from io import BytesIO
from zipfile import ZipFile

from exports.word.styles import WORD, TextStyle, styles_part
from exports.word.theme import FONT_TABLE, THEME

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
# A4 with 25 mm at the left for the binding and 22 mm elsewhere.
_DOCUMENT = (
    f'{_HEAD}<w:document xmlns:w="{WORD}" xmlns:r="{_OFFICE}/relationships"><w:body><w:sectPr>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1247" w:right="1247" w:bottom="1361" w:left="1418" '
    'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>'
)
# The schema gives these elements one order.
_SETTINGS = (
    f'{_HEAD}<w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>'
    '<w:autoHyphenation/><w:consecutiveHyphenLimit w:val="2"/><w:characterSpacingControl '
    'w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)
_NUMBERING = (
    f'{_HEAD}<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType '
    'w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="284" w:hanging="284"/></w:pPr>'
    '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


@lru_cache
def empty_document(language: str, more: tuple[TextStyle, ...] = ()) -> bytes:
    """Return a .docx without content, with our styles and `more`, for a text in `language` (`nl` or `en`)."""
    stream = BytesIO()
    with ZipFile(stream, "w") as package:
        package.writestr("[Content_Types].xml", _CONTENT_TYPES)
        package.writestr("_rels/.rels", _RELATIONSHIPS)
        package.writestr("word/document.xml", _DOCUMENT)
        package.writestr("word/_rels/document.xml.rels", _DOCUMENT_RELATIONSHIPS)
        package.writestr("word/styles.xml", styles_part(language, more))
        package.writestr("word/settings.xml", _SETTINGS)
        package.writestr("word/numbering.xml", _NUMBERING)
        package.writestr("word/fontTable.xml", FONT_TABLE)
        package.writestr("word/theme/theme1.xml", THEME)
    return stream.getvalue()
