"""Text as it may stand in a Word document: printable, each script in its own direction, with its own language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from exports.hyphenation import SOFT_HYPHEN

# What XML cannot hold, and the invisible marks that would turn the direction of everything after them.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_IS_RIGHT = re.compile(f"[{_RIGHT}]")
_FIRST_LETTER = re.compile(r"[^\W\d_]")
# From one letter of a script that runs from the right to the last one before a letter that does not, with the signs
# that end its sentence.
_RIGHT_STRETCH = re.compile(rf"[{_RIGHT}](?:[\W\d_]*[{_RIGHT}])*[.!?…]*")
# The same the other way round, for a paragraph that starts at the right.
_LEFT_STRETCH = re.compile(rf"[^\W\d_{_RIGHT}](?:[^{_RIGHT}]*[^\W_{_RIGHT}])?")
_ETHIOPIC = re.compile(
    "[\u1200-\u139f\u2d80-\u2ddf\uab00-\uab2f](?:[\\W\\d]*[\u1200-\u139f\u2d80-\u2ddf\uab00-\uab2f])*"
)
_ETHIOPIC_FONT = '<w:rFonts w:ascii="Ebrima" w:hAnsi="Ebrima"/>'
# The language of a script: what only one of its languages writes first, then the most likely one.
_LANGUAGES = (
    (re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]"), "he-IL"),
    (re.compile("[\u0679\u0688\u0691\u06ba\u06d2]"), "ur-PK"),
    (re.compile("[\u067e\u0686\u0698\u06af\u06cc\u06a9]"), "fa-IR"),
    (re.compile("[\u0700-\u074f]"), "syr-SY"),
    (re.compile("[\u0780-\u07bf]"), "dv-MV"),
    (re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"), "ar-SA"),
)


@dataclass(frozen=True)
class Run:
    """A stretch of text in one look, the id of a character style; a link where `anchor` is set.

    `page_of` is the name of a place: then the run is a tab and the number of its page, which a program fills in. One
    that `is_tab` goes to the next stop of its paragraph's style.
    """

    text: str
    look: str = ""
    anchor: str = ""
    page_of: str = ""
    is_tab: bool = False


def printable(text: str) -> str:
    """Return `text` as a document can hold it: no control characters, line ends as `\\n`, tabs as spaces."""
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))


def runs_right_to_left(text: str) -> bool:
    """Return whether `text` starts at the right: whether its first letter does (Unicode Annex 9, rules P2 and P3)."""
    if _IS_RIGHT.search(text) is None:
        return False
    first = _FIRST_LETTER.search(text)
    return first is not None and _IS_RIGHT.match(first.group()) is not None


def run_xml(run: Run, *, starts_at_right: bool = False) -> str:
    """Return a run as XML, cut where its direction, its language or its font changes."""
    if run.is_tab:
        return "<w:r><w:tab/></w:r>"
    if run.page_of:
        page = f'<w:fldSimple w:instr=" PAGEREF {run.page_of} \\h "><w:r><w:t></w:t></w:r></w:fldSimple>'
        return f"<w:r><w:tab/></w:r>{page}"
    style = f'<w:rStyle w:val="{run.look}"/>' if run.look else ""
    shown = "".join(
        _one_run(part, style, is_right) for part, is_right in _stretches(printable(run.text), starts_at_right)
    )
    if run.anchor:
        return f'<w:hyperlink w:anchor="{run.anchor}" w:history="1">{shown}</w:hyperlink>'
    return shown


def _stretches(text: str, starts_at_right: bool) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text that run in one direction, and whether that is from the right."""
    if _IS_RIGHT.search(text) is None:
        if text:
            yield text, False
        return
    pattern = _LEFT_STRETCH if starts_at_right else _RIGHT_STRETCH
    end = 0
    for found in pattern.finditer(text):
        if found.start() > end:
            yield text[end : found.start()], starts_at_right
        yield found.group(), not starts_at_right
        end = found.end()
    if end < len(text):
        yield text[end:], starts_at_right


def _one_run(text: str, style: str, is_right: bool) -> str:
    if is_right:
        language = next((code for script, code in _LANGUAGES if script.search(text)), None)
        spoken = f'<w:lang w:bidi="{language}"/>' if language else ""
        return f"<w:r><w:rPr>{style}<w:rtl/>{spoken}</w:rPr>{_text(text)}</w:r>"
    if _ETHIOPIC.search(text) is None:
        properties = f"<w:rPr>{style}</w:rPr>" if style else ""
        return f"<w:r>{properties}{_text(text)}</w:r>"
    shown, end = "", 0
    for found in _ETHIOPIC.finditer(text):
        shown += _one_run(text[end : found.start()], style, False) if found.start() > end else ""
        shown += f"<w:r><w:rPr>{style}{_ETHIOPIC_FONT}</w:rPr>{_text(found.group())}</w:r>"
        end = found.end()
    return shown + (_one_run(text[end:], style, False) if end < len(text) else "")


def _text(text: str) -> str:
    """Return text as the elements of a run; a soft hyphen is one of its own in Word, which shows the sign as a dash."""
    return "<w:softHyphen/>".join(
        "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' if line else ""
            for line in part.split("\n")
        )
        for part in text.split(SOFT_HYPHEN)
    )
