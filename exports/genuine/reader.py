"""Reads a file that anybody may have made, in a process of its own: `python -m exports.genuine.reader < FILE`.

It prints one JSON object: what kind of file this is, the frozen text that a Word file carries and what one sees in
it, or the seal of a PDF. It opens nothing, asks nobody, and knows nothing of a database. It takes little: XML is
read as it streams by, of a PDF only the seal, and limits, here and where texts are read, end whatever takes more.
"""

import binascii
import json
import re
import sys
from base64 import b64decode
from dataclasses import asdict
from hashlib import sha256
from io import BytesIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from exports.apart import bound_this_process
from exports.genuine.pdf_seal import seal_of
from exports.genuine.reading import NotReadable, Problem, Reading
from exports.genuine.shown_text import HidingStyles, LettersRead, ShownTexts
from exports.genuine.strict_xml import StrictXml

SECONDS = 2
MORE_MEMORY = 48 * 1024 * 1024
LARGEST_FILE = 20 * 1024 * 1024
# What an agenda of hundreds of agreements is, several times over.
LARGEST_PART = 24 * 1024 * 1024
LARGEST_PACKAGE = 48 * 1024 * 1024
MOST_PARTS = 2_000

NAMESPACE = "urn:handslag:agenda:1"
_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_READ = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")


def read(content: bytes) -> Reading:
    """Return what stands in a file, whatever it is. `problem` says why where it was not read to the end."""
    reading = Reading()
    try:
        if len(content) > LARGEST_FILE:
            raise NotReadable(Problem.TOO_LARGE)
        if content[:1024].lstrip().startswith(b"%PDF-"):
            reading.kind = "pdf"
            reading.seal = seal_of(content)
        elif content.startswith(b"PK"):
            reading.kind = "docx"
            _read_package(content, reading)
        else:
            raise NotReadable(Problem.NO_DOCUMENT)
    except NotReadable as error:
        reading = Reading(kind=reading.kind, problem=str(error))
    except MemoryError:
        reading = Reading(kind=reading.kind, problem=Problem.TOO_LARGE)
    except (BadZipFile, expat.ExpatError, ValueError, KeyError, EOFError, OSError, NotImplementedError):
        reading = Reading(kind=reading.kind, problem=Problem.BROKEN)
    except Exception:
        # A zip may name any way of packing, and break it; whatever it does, it is no file of ours.
        reading = Reading(kind=reading.kind, problem=Problem.BROKEN)
    return reading


def _read_package(content: bytes, reading: Reading) -> None:
    with ZipFile(BytesIO(content)) as package:
        entries = package.infolist()
        names = [entry.filename for entry in entries]
        if len(names) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_PACKAGE:
            raise NotReadable(Problem.TOO_LARGE)
        if len(names) != len(set(names)) or "word/document.xml" not in names:
            raise NotReadable(Problem.NO_DOCUMENT)
        if any("vbaproject" in name.lower() or name.lower().endswith(".bin") for name in names):
            raise NotReadable(Problem.MACROS)
        types = _part(package, package.getinfo("[Content_Types].xml"))
        if b"macroEnabled" in types:
            raise NotReadable(Problem.MACROS)
        hidden = _hiding_styles(package)
        letters = LettersRead()
        for entry in sorted(entries, key=lambda each: (each.filename != "word/document.xml", each.filename)):
            name = entry.filename
            if found := _READ.fullmatch(name):
                place = "" if found[1] == "document" else re.sub(r"\d", "", found[1])
                ShownTexts(place, hidden, letters, reading.texts).read(_part(package, entry))
            elif re.fullmatch(r"customXml/item\d+\.xml", name):
                _read_frozen(_part(package, entry), reading)
            elif name.startswith("word/media/"):
                reading.pictures.append(sha256(_part(package, entry)).hexdigest())
            elif re.fullmatch(r"word/_rels/[^/]+\.rels", name):
                reading.links += _links(_part(package, entry))
    reading.pictures = sorted(set(reading.pictures))
    reading.links = sorted(set(reading.links))
    # Which header stands on which page is a matter of layout.
    reading.texts = _once(reading.texts)


def _hiding_styles(package: ZipFile) -> frozenset[str]:
    try:
        entry = package.getinfo("word/styles.xml")
    except KeyError:
        return frozenset()
    return HidingStyles.of(_part(package, entry))


def _once(texts: list[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    around = sorted({text for text in texts if text[0] in ("header", "footer")})
    return [text for text in texts if text[0] not in ("header", "footer")] + around


def _part(package: ZipFile, entry: ZipInfo) -> bytes:
    """Return a part of the package, no larger than it says, and no larger than we take."""
    if entry.file_size > LARGEST_PART:
        raise NotReadable(Problem.TOO_LARGE)
    with package.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise NotReadable(Problem.BROKEN)
    return content


class _Frozen(StrictXml):
    def __init__(self) -> None:
        super().__init__()
        self.facts: dict[str, str] = {}
        self.is_ours = False
        self._is_frozen = False
        self._letters: list[str] = []

    @property
    def frozen(self) -> str:
        return "".join("".join(self._letters).split())

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{NAMESPACE} agenda" and self.depth == 1:
            self.is_ours = True
            self.facts = {key[:20]: value[:100] for key, value in list(attributes.items())[:20]}
        self._is_frozen = name == f"{NAMESPACE} frozen"

    def end(self, name: str) -> None:
        self._is_frozen = False

    def letters(self, text: str) -> None:
        if self._is_frozen:
            self._letters.append(text)


def _read_frozen(content: bytes, reading: Reading) -> None:
    found = _Frozen()
    found.read(content)
    if not found.is_ours:
        return
    if reading.frozen:
        # Two texts in one file: which of them would one believe?
        raise NotReadable(Problem.STRANGE_XML)
    reading.facts = found.facts
    try:
        b64decode(found.frozen, validate=True)
        reading.frozen = found.frozen
    except binascii.Error:
        reading.frozen = ""


def carried_facts(content: bytes) -> dict[str, str]:
    """Return what a Word file of ours says of itself, without reading the rest of it."""
    reading = Reading()
    try:
        with ZipFile(BytesIO(content)) as package:
            for entry in package.infolist():
                if re.fullmatch(r"customXml/item\d+\.xml", entry.filename):
                    _read_frozen(_part(package, entry), reading)
    except BadZipFile:
        return {}
    return reading.facts


class _Links(StrictXml):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _RELATIONSHIP and attributes.get("TargetMode") == "External":
            self.found.append(attributes.get("Target", "")[:300])


def _links(content: bytes) -> list[str]:
    links = _Links()
    links.read(content)
    return links.found[:MOST_PARTS]


def _limit() -> None:
    bound_this_process(more_memory=MORE_MEMORY, seconds=SECONDS)


def main() -> None:
    """Read a file from standard input, and print what stands in it."""
    _limit()
    content = sys.stdin.buffer.read(LARGEST_FILE + 1)
    sys.stdout.write(json.dumps(asdict(read(content))))


if __name__ == "__main__":
    main()
