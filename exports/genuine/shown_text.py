"""What one sees in the parts of a Word file, paragraph by paragraph, and what hides in it."""

import re
from dataclasses import dataclass, field

from exports.genuine.reading import NotReadable, Problem
from exports.genuine.strict_xml import StrictXml

MOST_TEXTS = 20_000
MOST_LETTERS = 4_000_000
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_SAME_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main "
_CHOICE = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
# Numbers that a program fills in by itself when it lays the pages out.
_OF_THE_LAYOUT = ("PAGE", "NUMPAGES", "PAGEREF", "SECTIONPAGES", "SECTION")
_BLANK_FIRST = re.compile(r"[\s\u00a0\u2007\u202f]+")
# In half points: nobody reads less than four points.
_TINY = 8
_OF_THE_PAPER = "FFFFFF"


@dataclass
class LettersRead:
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


class HidingStyles(StrictXml):
    """Which styles hide what is written in them."""

    def __init__(self) -> None:
        super().__init__()
        self._of: dict[str, set[bool]] = {}
        self._based_on: dict[str, str] = {}
        self._now = ""

    @classmethod
    def of(cls, content: bytes) -> frozenset[str]:
        """Return the names of those styles, of the part `word/styles.xml`."""
        styles = cls()
        styles.read(content)
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


class ShownTexts(StrictXml):
    """Collects what one sees, paragraph by paragraph, in the order in which paragraphs begin."""

    def __init__(
        self, place: str, hidden: frozenset[str], letters: LettersRead, into: list[tuple[str, str, bool]]
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
                text = _plain("".join(words))
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


def _plain(text: str) -> str:
    """Return words as they are compared: without the places where a line may break, with single spaces."""
    return _BLANK_FIRST.sub(" ", text.replace("\u00ad", "")).strip()
