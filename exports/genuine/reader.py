"""Reads a file that anybody may have made, in a process of its own: `python -m exports.genuine.reader < FILE`.

It prints one JSON object: what kind of file this is, the frozen text that a Word file carries and what one sees in
it, or the seal of a PDF. It opens nothing, asks nobody, and knows nothing of a database. It takes little: XML is
read as it streams by, of a PDF only the seal, and the limits below end whatever takes more.
"""

import binascii
import json
import re
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Any
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from exports.apart import bound_this_process
from exports.genuine.signature import intact_signature

SECONDS = 2
MORE_MEMORY = 48 * 1024 * 1024
LARGEST_FILE = 20 * 1024 * 1024
# What an agenda of hundreds of agreements is, several times over.
LARGEST_PART = 24 * 1024 * 1024
LARGEST_PACKAGE = 48 * 1024 * 1024
MOST_PARTS = 2_000
MOST_TEXTS = 20_000
MOST_LETTERS = 4_000_000
DEEPEST = 400

NAMESPACE = "urn:handslag:agenda:1"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_SAME_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main "
_CHOICE = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
# Numbers that a program fills in by itself when it lays the pages out.
_OF_THE_LAYOUT = ("PAGE", "NUMPAGES", "PAGEREF", "SECTIONPAGES", "SECTION")
_BLANK_FIRST = re.compile(r"[\s\u00a0\u2007\u202f]+")
# In half points: nobody reads less than four points.
_TINY = 8
_OF_THE_PAPER = "FFFFFF"
_READ = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s*\]")
_REASON = re.compile(rb"Handslag ([0-9a-f]{64})")


class NotReadable(Exception):
    """Why a file is not read further: one of the words of `Problem`."""


class Problem:
    """`macros` and `strange xml` are in no file of ours; `too large` is one that takes more than we give."""

    NO_DOCUMENT = "no document"
    TOO_LARGE = "too large"
    MACROS = "macros"
    STRANGE_XML = "strange xml"
    BROKEN = "broken"


@dataclass
class Seal:
    """The seal of a PDF. `covers_all` when nothing stands outside it; `is_intact` when nothing inside was changed.

    `certificates` are DER in base64, that of who sealed first. `claimed` is which text it says to be of.
    """

    covers_all: bool = False
    is_intact: bool = False
    certificates: list[str] = field(default_factory=list)
    claimed: str = ""
    sealed_part: str = ""


@dataclass
class Reading:
    """What stands in a file. `texts` is every paragraph that one sees: where it stands, its words, whether they hide.

    `frozen` is the carried text in base64, `facts` what the file says of itself beside it. `pictures` are SHA-256,
    `links` where its links lead.
    """

    kind: str = ""
    problem: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    frozen: str = ""
    texts: list[tuple[str, str, bool]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    seal: Seal | None = None


def read(content: bytes) -> Reading:
    """Return what stands in a file, whatever it is. `problem` says why where it was not read to the end."""
    reading = Reading()
    try:
        if len(content) > LARGEST_FILE:
            raise NotReadable(Problem.TOO_LARGE)
        if content[:1024].lstrip().startswith(b"%PDF-"):
            reading.kind = "pdf"
            reading.seal = _seal_of(content)
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
        hidden = _Styles.of(package, names)
        letters = _Letters()
        for entry in sorted(entries, key=lambda each: (each.filename != "word/document.xml", each.filename)):
            name = entry.filename
            if found := _READ.fullmatch(name):
                place = "" if found[1] == "document" else re.sub(r"\d", "", found[1])
                _Texts(place, hidden, letters, reading.texts).read(_part(package, entry))
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


class _Xml:
    """Reads XML as it streams by, and no XML that declares anything: ours never does."""

    def __init__(self) -> None:
        self.depth = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._strange
        self._parser.EntityDeclHandler = self._strange
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self.letters

    def read(self, content: bytes) -> None:
        self._parser.Parse(content, True)

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def letters(self, text: str) -> None: ...

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotReadable(Problem.STRANGE_XML)
        self.start(name, attributes)

    def _end(self, name: str) -> None:
        self.end(name)
        self.depth -= 1

    def _strange(self, *_anything: Any) -> None:
        raise NotReadable(Problem.STRANGE_XML)


@dataclass
class _Letters:
    """How much of a file was read so far."""

    texts: int = 0
    letters: int = 0

    def more(self, text: str) -> None:
        self.texts += 1
        self.letters += len(text)
        if self.texts > MOST_TEXTS or self.letters > MOST_LETTERS:
            raise NotReadable(Problem.TOO_LARGE)


def _word(name: str) -> str:
    """Return the name of an element of Word's, or nothing."""
    for space in (_WORD, _SAME_WORD):
        if name.startswith(space):
            return name[len(space) :]
    return ""


def _value(attributes: dict[str, str], name: str = "val") -> str:
    return attributes.get(_WORD + name) or attributes.get(_SAME_WORD + name) or ""


def _hides(element: str, attributes: dict[str, str]) -> bool | None:
    """Return whether a property of letters hides them; None where it says nothing of that."""
    if element in ("vanish", "webHidden", "specVanish"):
        return _value(attributes) not in ("0", "false", "off")
    if element == "sz":
        size = _value(attributes)
        return True if size.isdigit() and int(size) < _TINY else None
    if element == "color":
        return True if _value(attributes).upper() == _OF_THE_PAPER else None
    return None


class _Styles(_Xml):
    """Which styles hide what is written in them."""

    def __init__(self) -> None:
        super().__init__()
        self._of: dict[str, set[bool]] = {}
        self._based_on: dict[str, str] = {}
        self._now = ""

    @classmethod
    def of(cls, package: ZipFile, names: list[str]) -> frozenset[str]:
        styles = cls()
        if "word/styles.xml" in names:
            styles.read(_part(package, package.getinfo("word/styles.xml")))
        return frozenset(name for name in styles._of if styles._is_hidden(name))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = _word(name)
        if element == "style":
            self._now = _value(attributes, "styleId")
            self._of[self._now] = set()
        elif element == "basedOn":
            self._based_on[self._now] = _value(attributes)
        elif self._now and (hides := _hides(element, attributes)) is not None:
            self._of[self._now].add(hides)

    def end(self, name: str) -> None:
        if _word(name) == "style":
            self._now = ""

    def _is_hidden(self, name: str) -> bool:
        for _step in range(12):
            if True in self._of.get(name, ()):
                return True
            name = self._based_on.get(name, "")
        return False


@dataclass
class _Paragraph:
    place: int
    words: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    is_hidden: bool = False
    is_heading: bool = False


class _Texts(_Xml):
    """Collects what one sees, paragraph by paragraph, in the order in which paragraphs begin."""

    def __init__(
        self, place: str, hidden: frozenset[str], letters: _Letters, into: list[tuple[str, str, bool]]
    ) -> None:
        super().__init__()
        self._place, self._hidden, self._count, self._into = place, hidden, letters, into
        self._open: list[_Paragraph] = []
        self._done: dict[int, _Paragraph] = {}
        self._begun = 0
        self._apart = 0
        self._is_text = False
        self._run_hides = False
        self._fields: list[list[str]] = []

    def read(self, content: bytes) -> None:
        super().read(content)
        for number in sorted(self._done):
            found = self._done[number]
            for words, is_hidden in ((found.words, False), (found.hidden, True)):
                text = plain("".join(words))
                if text:
                    self._count.more(text)
                    place = self._place or ("heading" if found.is_heading else "")
                    self._into.append((place, text, is_hidden))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = _word(name)
        if self._apart or name == _CHOICE or element in ("del", "moveFrom"):
            # The same again for older programs; and what was struck out.
            self._apart += 1
            return
        if element == "p":
            self._open.append(_Paragraph(self._begun))
            self._begun += 1
            self._count.more("")
        elif element == "pStyle" and self._open:
            style = _value(attributes)
            self._open[-1].is_hidden = style in self._hidden
            self._open[-1].is_heading = style.lower().startswith(("heading", "kop"))
        elif element == "r":
            self._run_hides = bool(self._open) and self._open[-1].is_hidden
        elif element == "rStyle":
            self._run_hides = self._run_hides or _value(attributes) in self._hidden
        elif (hides := _hides(element, attributes)) is not None:
            self._run_hides = hides
        elif element == "fldSimple":
            self._fields.append([_value(attributes, "instr")])
        elif element == "fldChar":
            self._field(_value(attributes, "fldCharType"))
        elif element in ("t", "instrText"):
            self._is_text = True
            if element == "instrText" and self._fields:
                self._fields[-1].append("")
        elif element in ("tab", "br", "cr", "ptab"):
            self._say(" ")
        elif element == "noBreakHyphen":
            self._say("-")
        elif element == "sym":
            self._say(_value(attributes, "char"))

    def end(self, name: str) -> None:
        if self._apart:
            self._apart -= 1
            return
        element = _word(name)
        if element in ("t", "instrText"):
            self._is_text = False
        elif element == "fldSimple" and self._fields:
            self._fields.pop()
        elif element == "p" and self._open:
            found = self._open.pop()
            self._done[found.place] = found

    def letters(self, text: str) -> None:
        if self._apart or not self._is_text:
            return
        if self._fields and len(self._fields[-1]) > 1:
            # The name of a field that is being read; its result comes after it.
            self._fields[-1][-1] += text
            return
        self._say(text)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append([""])
        elif kind == "separate" and self._fields:
            self._fields[-1] = ["".join(self._fields[-1])]
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _say(self, text: str) -> None:
        if not self._open:
            return
        if any(_is_of_the_layout(names) for names in self._fields):
            return
        (self._open[-1].hidden if self._run_hides else self._open[-1].words).append(text)


def _is_of_the_layout(names: list[str]) -> bool:
    name = names[0].split()
    return bool(name) and name[0].upper() in _OF_THE_LAYOUT


def plain(text: str) -> str:
    """Return words as they are compared: without the places where a line may break, with single spaces."""
    return _BLANK_FIRST.sub(" ", text.replace("\u00ad", "")).strip()


class _Frozen(_Xml):
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


class _Links(_Xml):
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


def _seal_of(content: bytes) -> Seal | None:
    """Return the seal of a PDF, None where there is none. Only what our own seal looks like counts as one.

    There is one signature, and it covers every byte but itself. So nothing else of a PDF has to be understood.
    """
    ranges = list(_ranges(content))
    if not ranges:
        return None
    first, length, second, rest = ranges[0]
    claimed = _REASON.search(content)
    seal = Seal(claimed=claimed[1].decode() if claimed else "")
    if first != 0 or second <= length or second + rest > len(content):
        return seal
    seal.sealed_part = sha256(content[: second + rest]).hexdigest()
    seal.covers_all = len(ranges) == 1 and second + rest == len(content)
    held = content[length:second]
    digest = sha256(content[:length] + content[second : second + rest]).digest()
    certificates = intact_signature(held, digest)
    seal.certificates = [b64encode(each).decode() for each in certificates]
    seal.is_intact = bool(certificates)
    return seal


def _ranges(content: bytes) -> Iterator[tuple[int, int, int, int]]:
    for found in _BYTE_RANGE.finditer(content):
        first, length, second, rest = (int(number) for number in found.groups())
        yield first, length, second, rest


def _limit() -> None:
    bound_this_process(more_memory=MORE_MEMORY, seconds=SECONDS)


def main() -> None:
    """Read a file from standard input, and print what stands in it."""
    _limit()
    content = sys.stdin.buffer.read(LARGEST_FILE + 1)
    sys.stdout.write(json.dumps(asdict(read(content))))


if __name__ == "__main__":
    main()
