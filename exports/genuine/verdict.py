"""Is this file one of ours? The same bytes, or a whole seal; else what became of it, and where."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import IO

from sqlmodel import Session

from exports.agenda.build import build_agenda
from exports.baseline.report import build_report
from exports.genuine.apart import read_apart
from exports.genuine.reader import carried_facts, read
from exports.genuine.reading import Reading, Seal
from models.basics.words import Copy
from models.installation.seal_key import is_our_certificate
from models.reports.checking import check_any, documents_of_text
from models.reports.freezing import ReportDocument
from models.signing.files import (
    DocumentCheck,
    Original,
    agenda_document,
    check_document,
    history_holds,
    originals_of,
    text_in_print,
)
from models.storage.database import reading

MOST_DIFFERENCES = 12
MOST_MADE = 8
# Two lists of this many paragraphs are compared within a tenth of a second.
_MOST_COMPARED = 1_500


class Verdict(StrEnum):
    """What a file is. Only the first two are genuine."""

    GENUINE = "genuine"
    SEALED = "sealed"
    SAVED_AGAIN = "saved again"
    CHANGED = "changed"
    SEAL_BROKEN = "seal broken"
    ADDED_TO = "added to"
    NOT_SEALED = "not sealed"
    NOT_READABLE = "not readable"
    UNKNOWN = "unknown"

    @property
    def is_genuine(self) -> bool:
        """Whether it is what was given: by every byte, or by its seal."""
        return self in (Verdict.GENUINE, Verdict.SEALED)

    @property
    def has_the_text(self) -> bool:
        """Whether what one reads in the file is what was signed: only then its control words belong to it."""
        return self.is_genuine or self is Verdict.SAVED_AGAIN


class What(StrEnum):
    """In what a file differs."""

    TEXT = "text"
    HIDDEN = "hidden"
    CARRIED = "carried"
    PICTURE = "picture"
    LINK = "link"


@dataclass(frozen=True)
class Difference:
    """`place` is the heading above it; `before` and `now` are empty where something came or went."""

    what: What
    place: str = ""
    before: str = ""
    now: str = ""


@dataclass(frozen=True)
class Judged:
    """`found` is the document that this file is, or was made of; `problem` is a word of `exports.genuine.reading`.

    `more` says how many differences were left out.
    """

    verdict: Verdict
    found: DocumentCheck | None = None
    differences: list[Difference] = field(default_factory=list)
    more: int = 0
    problem: str = ""


def judge(offered: IO[bytes], sha256_of_bytes: str) -> Judged:
    """Return what an offered file is: a real file, at its beginning. A process of its own reads it."""
    with reading() as session:
        same = check_document(session, sha256_of_bytes=sha256_of_bytes)
        if same is not None:
            return Judged(Verdict.GENUINE, _with_history(session, same))
    found = read_apart(offered)
    if found.problem:
        return Judged(Verdict.NOT_READABLE, problem=found.problem)
    if found.kind == "pdf":
        return _judge_pdf(found.seal)
    return _judge_word(found, sha256_of_bytes)


def _with_history(session: Session, same: DocumentCheck) -> DocumentCheck:
    """Return what is known of a kept file, and whether what it vouches for is still here."""
    originals = originals_of(session, same.agenda_id)
    original = next(
        (each for each in originals if (each.edition, each.copy_for) == (same.edition, same.copy_for)), None
    )
    if original is None:
        return same
    facts = carried_facts(original.content)
    holds = history_holds(
        session,
        same.agenda_id,
        edition_before=facts.get("before", ""),
        chain_head=facts.get("events", ""),
    )
    return replace(same, history_holds=holds)


def _judge_pdf(seal: Seal | None) -> Judged:
    if seal is None:
        return Judged(Verdict.NOT_SEALED)
    is_ours = bool(seal.certificates) and is_our_certificate(seal.certificates[0])
    with reading() as session:
        claimed = check_document(session, code=seal.claimed) if seal.claimed else None
        kept = check_document(session, sha256_of_bytes=seal.sealed_part) if seal.sealed_part else None
    if not seal.covers_all and (kept is not None or (is_ours and seal.is_intact)):
        return Judged(Verdict.ADDED_TO, kept or claimed)
    if seal.covers_all and seal.is_intact and is_ours:
        return Judged(Verdict.SEALED, claimed)
    if claimed is not None and (is_ours or not seal.is_intact):
        return Judged(Verdict.SEAL_BROKEN, claimed)
    return Judged(Verdict.UNKNOWN)


def _judge_word(offered: Reading, sha256_of_bytes: str) -> Judged:
    """Compare a Word file with those that were made of the text that it says to be."""
    text = offered.facts.get("text") or text_in_print(text for _place, text, _hides in offered.texts)
    with reading() as session:
        found = check_any(session, code=text) if text else None
        if found is None:
            return Judged(Verdict.UNKNOWN)
        if found.report_of is not None:
            originals = [
                Original(report.content["edition"], "", _made_again(report))
                for report in documents_of_text(session, found.sha256)
            ]
        else:
            originals = originals_of(session, found.agenda_id)
        if not originals:
            document = agenda_document(session, found.agenda_id)
            originals = [
                Original(document.edition, copy_for, build_agenda(document, copy_for)) for copy_for in Copy
            ]
    copy_for = offered.facts.get("copy")
    originals.sort(key=lambda each: each.copy_for != copy_for)
    best: tuple[Original, list[Difference]] | None = None
    for original in originals:
        if sha256(original.content).hexdigest() == sha256_of_bytes:
            # Signing is still open, and this is the file of now.
            return Judged(Verdict.GENUINE, _as(found, original, sha256_of_bytes))
        kept = _read_ours(original.content)
        if kept.problem:
            continue
        differences = compare(kept, offered)
        if best is None or len(differences) < len(best[1]):
            best = original, differences
        if not differences:
            break
    if best is None:
        return Judged(Verdict.UNKNOWN)
    original, differences = best
    told = _as(found, original, sha256_of_bytes)
    if not differences:
        return Judged(Verdict.SAVED_AGAIN, told)
    shown = differences[:MOST_DIFFERENCES]
    return Judged(Verdict.CHANGED, told, shown, more=len(differences) - len(shown))


_made: dict[tuple[str, datetime, str], bytes] = {}


def _made_again(report: ReportDocument) -> bytes:
    """Return the file of an edition, which never changes: it is made here once, and not for everybody who asks."""
    which = (report.sha256, report.made_at, report.frozen_by)
    if which not in _made:
        if len(_made) >= MOST_MADE:
            _made.clear()
        _made[which] = build_report(report)
    return _made[which]


@lru_cache(maxsize=16)
def _read_ours(content: bytes) -> Reading:
    """Return what stands in a kept file, which never changes: it is read here once, and not by everybody who asks."""
    return read(content)


def _as(found: DocumentCheck, original: Original, sha256_of_bytes: str) -> DocumentCheck:
    return replace(found, edition=original.edition, copy_for=original.copy_for, sha256=sha256_of_bytes)


def compare(original: Reading, offered: Reading) -> list[Difference]:
    """Return in what an offered Word file differs from an original: what one sees in it, and the text that it carries.

    Where lines break, which fonts it has and on which page something stands is left out: programs change that.
    """
    differences = _texts_that_differ(original.texts, offered.texts)
    if offered.frozen and original.frozen and offered.frozen != original.frozen:
        differences.append(Difference(What.CARRIED))
    differences += [
        Difference(What.PICTURE, now=picture[:12])
        for picture in offered.pictures
        if picture not in original.pictures
    ]
    differences += [Difference(What.LINK, now=link) for link in offered.links if link not in original.links]
    return differences


Text = tuple[str, str, bool]


def _texts_that_differ(before: Sequence[Text], now: Sequence[Text]) -> list[Difference]:
    old, new = ([_compared(text) for text in texts] for texts in (before, now))
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    if not middle_old and not middle_new:
        return []
    if max(len(middle_old), len(middle_new)) > _MOST_COMPARED:
        # So much is another document.
        steps = [("replace", 0, len(middle_old), 0, len(middle_new))]
    else:
        steps = list(SequenceMatcher(None, middle_old, middle_new).get_opcodes())
    differences = []
    for kind, old_from, old_to, new_from, new_to in steps:
        if kind == "equal":
            continue
        for step in range(max(old_to - old_from, new_to - new_from)):
            old_place, new_place = start + old_from + step, start + new_from + step
            was = before[old_place] if step < old_to - old_from else None
            became = now[new_place] if step < new_to - new_from else None
            differences.append(
                Difference(
                    What.HIDDEN if became is not None and became[2] else What.TEXT,
                    _heading_above(before, min(old_place, start + old_to)),
                    was[1] if was else "",
                    became[1] if became else "",
                )
            )
    return differences


def _compared(text: Text) -> tuple[str, str, bool]:
    """A heading is one by its style, which another program may call otherwise."""
    place, words, hides = text
    return "" if place == "heading" else place, words, hides


def _heading_above(texts: Sequence[Text], place: int) -> str:
    return next((text[1] for text in reversed(texts[: place + 1]) if text[0] == "heading"), "")
