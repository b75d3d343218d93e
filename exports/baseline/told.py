"""Frozen findings and conclusions in words."""

from exports.language import translations
from exports.sentences.baseline import source_name
from models.baseline.evidence import Lacking, Standing
from models.basics.words import Side, SourceKind
from models.reports.content import ConclusionContent, FindingContent


def attribution(one: FindingContent, language: str) -> str:
    """Return who said it or where it stands, as far as it may be told."""
    _ = translations(language).gettext
    if one["kind"] != SourceKind.INTERVIEW:
        return ", ".join(part for part in (one["title"], one["reference"]) if part)
    if one["alias"] is None:
        return _("without origin")
    alias = source_name(one["side"], one["alias"], "", one["role"], language)
    return f"{one['name']} ({alias})" if one["name"] else alias


def evidence_told(one: FindingContent, language: str) -> str:
    """Return a finding on one line: its words, and who said them."""
    _ = translations(language).gettext
    words = _("“{text}”").format(text=one["text"]) if one["is_quote"] else one["text"]
    return f"{words} ({one['number']}, {attribution(one, language)})"


def standing_of(one: ConclusionContent) -> Standing:
    """Return what was counted of a conclusion when it was frozen."""
    return Standing(
        findings=one["findings"],
        kinds=one["kinds"],
        # A frozen text has its keys in the order of the alphabet.
        heard=tuple((side, one["heard"][side]) for side in Side),
        against=one["against"],
        statements=len(one["statements"]),
        lacks=tuple(Lacking(lack) for lack in one["lacks"]),
    )
