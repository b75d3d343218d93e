"""The frozen text inside a Word file: a part that no program shows, by which everybody can check the file.

It lies in the custom XML of the package, where Word and LibreOffice leave it when they save a file again. The text
stands in it as base64 of the very bytes whose SHA-256 was signed: XML may change line ends, and cannot hold everything.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, cast
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from rfc8785 import CanonicalizationError
from rfc8785 import dumps as canonical_json

NAMESPACE = "urn:handslag:agenda:1"
_ITEM = "{3F0B6C52-6C0E-4E57-9D0A-5C6E1D6B7A11}"
_DATA_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def frozen_part(content: bytes, answers: bytes, *, text_sha256: str, facts: Mapping[str, str]) -> bytes:
    """Return the XML that carries `content`, the JSON of a file's text, and what partners answered to it.

    `text_sha256` is that of the whole text, which partners signed; the public copy carries less. `facts` are attributes
    beside it: for whom the file is, which edition, what it vouches for.
    """
    told = {"text": text_sha256, **facts}
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in told.items() if value)
    return (
        f'{_HEAD}<agenda xmlns="{NAMESPACE}"{attributes}>'
        f'<frozen sha256="{sha256(content).hexdigest()}">{b64encode(content).decode()}</frozen>'
        f"<answers>{b64encode(answers).decode()}</answers></agenda>"
    ).encode()


def canonical(content: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """Return JSON values as canonical JSON (RFC 8785).

    What comes through the door can always be written so; half a character, from elsewhere, is told by its number.
    """
    try:
        return canonical_json(cast(dict[str, Any], content))
    except (UnicodeEncodeError, CanonicalizationError):
        return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def carry(document: Document, part: bytes) -> None:
    """Put `part` into the package of `document`."""
    package = document.part.package
    assert package is not None, "a document that is being written has a package"
    item = Part(package.next_partname("/customXml/item%d.xml"), "application/xml", part, package)
    number = item.partname.idx
    properties = Part(
        PackURI(f"/customXml/itemProps{number}.xml"),
        _PROPERTIES,
        (
            f'{_HEAD}<ds:datastoreItem xmlns:ds="{_DATA_STORE}" ds:itemID="{_ITEM}">'
            f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
        ).encode(),
        package,
    )
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
