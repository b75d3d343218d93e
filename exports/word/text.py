"""Text as it may stand in a Word document: printable, and running in its own direction."""

import re
import unicodedata

from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from exports.hyphenation import SOFT_HYPHEN

# What XML cannot hold, and the invisible marks that would turn the direction of everything after them.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_ETHIOPIC = re.compile("[\u1200-\u139f\u2d80-\u2ddf\uab00-\uab2f]")
_ETHIOPIC_FONT = "Ebrima"


def printable(text: str) -> str:
    """Return `text` as a document can hold it: no control characters, line ends as `\\n`, tabs as spaces."""
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))


def runs_right_to_left(text: str) -> bool:
    """Return whether most letters of `text` belong to a script that runs from right to left."""
    directions = [unicodedata.bidirectional(character) for character in text]
    return sum(each in ("R", "AL") for each in directions) > sum(each == "L" for each in directions)


def write_text(paragraph: Paragraph, text: str, *, look: str | None = None) -> Run:
    """Add `text` to `paragraph` as one run, in the direction of its script.

    `look` is the id of a character style. When the paragraph begins with this text, it takes its direction.
    """
    shown = printable(text)
    is_first = not paragraph.text
    run = paragraph.add_run()
    _write(run, shown)
    if look is not None:
        run._r.get_or_add_rPr().style = look
    if runs_right_to_left(shown):
        run.font.rtl = True
        if is_first:
            turn_right_to_left(paragraph)
    if _ETHIOPIC.search(shown):
        run.font.name = _ETHIOPIC_FONT
    return run


def _write(run: Run, text: str) -> None:
    """Write `text` into `run`; a soft hyphen is an element of its own in Word, which shows the character as a dash."""
    first, *others = text.split(SOFT_HYPHEN)
    run.text = first
    for part in others:
        run._r.append(OxmlElement("w:softHyphen"))
        if part:
            run.add_text(part)


def turn_right_to_left(paragraph: Paragraph) -> None:
    """Let `paragraph` start at the right."""
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        OxmlElement("w:bidi"),
        *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr"),
    )
