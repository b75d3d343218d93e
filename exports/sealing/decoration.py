"""Says of the lines and grounds of a PDF that they are decoration, where LibreOffice says nothing of them.

LibreOffice 7.4 draws what stands around a paragraph at the end of a page, behind all that has a tag: a reader that
follows the tags cannot tell what those lines mean (ISO 14289-1, 7.1). A line without a tag means nothing here. A text
or a picture without one would be a mistake of its own, so it is never called decoration: nobody would hear it.
"""

import re
from collections.abc import Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.writer import PdfFileWriter

# ISO 32000-1, 7.2 and 7.8.2: what a page is drawn by. A text in brackets may hold others: its end is found apart.
_TOKEN = re.compile(
    rb"(?P<blank>[\0\t\n\f\r ]+|%[^\r\n]*)"
    rb"|(?P<operand><<|>>|<[0-9A-Fa-f\0\t\n\f\r ]*>|[\[\]]|/[^\0\t\n\f\r ()<>\[\]{}/%]*"
    rb"|[-+.0-9][^\0\t\n\f\r ()<>\[\]{}/%]*|(?:true|false|null)(?![^\0\t\n\f\r ()<>\[\]{}/%]))"
    rb"|(?P<operator>[A-Za-z'\"][A-Za-z0-9*]*)"
    rb"|(?P<text>\()"
)
_BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)
_BEGINS_PATH = {b"m", b"re"}
_PAINTS_PATH = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
_BEGIN, _END = b"/Artifact BMC\n", b"\nEMC"


class _Unread(Exception):
    """It holds what we do not read, such as a picture between its lines."""


def mark_decoration(writer: PdfFileWriter) -> None:
    """Mark on every page of `writer` what is drawn without a tag. Nothing that one sees changes."""
    marked: set[tuple[int, int]] = set()
    for page in _pages(writer.root["/Pages"]):
        place = page.raw_get("/Contents") if "/Contents" in page else None
        # Pages may share what they draw. Several pieces to a page are cut anywhere; LibreOffice makes one.
        if not isinstance(place, generic.IndirectObject) or (place.idnum, place.generation) in marked:
            continue
        drawn = page["/Contents"]
        if not isinstance(drawn, generic.StreamObject):
            continue
        marked.add((place.idnum, place.generation))
        new = with_marked_decoration(drawn.data)
        if new != drawn.data:
            stream = generic.StreamObject(stream_data=new)
            stream.compress()  # type: ignore[no-untyped-call]
            writer.objects[place.generation, place.idnum] = stream


def with_marked_decoration(drawn: bytes) -> bytes:
    """Return what a page is drawn by, with each line and ground that stands outside all marks in one of its own.

    Where it holds what we do not read, or marks that stand crosswise, it is returned as it was.
    """
    parts, copied, depth, path = [], 0, 0, -1
    try:
        for operator, start, end in _operators(drawn):
            if operator in (b"BDC", b"BMC", b"EMC"):
                depth += -1 if operator == b"EMC" else 1
                if depth < 0 or path >= 0:
                    return drawn
            elif operator in _BEGINS_PATH:
                # Nothing may stand between the pieces of a line, so the mark begins before the first.
                path = start if path < 0 else path
            elif operator == b"n":
                path = -1
            elif operator in _PAINTS_PATH or operator == b"sh":
                begin = start if operator == b"sh" else path
                if depth == 0 and begin >= 0:
                    parts += [drawn[copied:begin], _BEGIN, drawn[begin:end], _END]
                    copied = end
                path = -1
    except _Unread:
        return drawn
    return b"".join([*parts, drawn[copied:]]) if depth == 0 else drawn


def _operators(drawn: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Return each operator, where its first operand begins, and where it ends itself."""
    place, start = 0, -1
    while place < len(drawn):
        token = _TOKEN.match(drawn, place)
        if token is None:
            raise _Unread
        begin, place = token.span()
        if token.lastgroup == "blank":
            continue
        start = begin if start < 0 else start
        if token.lastgroup == "text":
            place = _end_of_text(drawn, place)
        elif token.lastgroup == "operator":
            operator = token.group()
            # Behind it come the bytes of a picture.
            if operator == b"BI":
                raise _Unread
            yield operator, start, place
            start = -1


def _end_of_text(drawn: bytes, place: int) -> int:
    depth = 1
    for bracket in _BRACKET.finditer(drawn, place):
        depth += {b"(": 1, b")": -1}.get(bracket.group(), 0)
        if depth == 0:
            return bracket.end()
    raise _Unread


def _pages(node: generic.DictionaryObject) -> Iterator[generic.DictionaryObject]:
    kids = node["/Kids"]
    for number in range(len(kids)):
        # Asked for by its number, it is the page itself and not where it stands.
        kid = kids[number]
        if "/Kids" in kid:
            yield from _pages(kid)
        else:
            yield kid
