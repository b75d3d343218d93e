"""How agreements hang together, and what is still missing in them, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from exports.language import listed, month, translations
from models.agreeing.coherence import Gap
from models.signing.shape import GapContent

GAP_KINDS = (
    "principle nobody practises",
    "partner without agreement",
    "too much in one month",
    "due before what it depends on",
    "no owner",
)
_IDLE, _MOST_IDLE = "partner without agreement", 3


def gap_sentence(gap: Gap, language: str) -> str:
    """Return one gap in the coherence of the agreements as a sentence."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    if gap.kind == "principle nobody practises":
        return _("No agreement puts principle {number} into practice yet.").format(
            number=gap.principle_number
        )
    if gap.kind == "partner without agreement":
        return _("{partner} has no agreement yet.").format(partner=gap.partner)
    if gap.kind == "too much in one month":
        count = gap.count or 0
        when = month(gap.month, language) if gap.month else ""
        return ngettext(
            "{partner} must finish {count} agreement in {month}.",
            "{partner} must finish {count} agreements in {month}. That is a lot.",
            count,
        ).format(partner=gap.partner, count=count, month=when)
    if gap.kind == "due before what it depends on":
        return _("Agreement {number} is due before agreement {other}, but cannot do without it.").format(
            number=gap.agreement_number, other=gap.other_agreement_number
        )
    if gap.kind == "no owner":
        return _("Agreement {number} has no owner yet.").format(number=gap.agreement_number)
    raise ValueError(f"unknown kind of gap: {gap.kind!r}")


def frozen_gap_sentences(gaps: Sequence[GapContent], language: str) -> list[str]:
    """Return the gaps of a frozen agenda as sentences; a kind that this version has no words for stays unsaid.

    Many partners without an agreement stand in one sentence.
    """
    known = [gap for gap in gaps if gap["kind"] in GAP_KINDS]
    idle = [gap.get("partner") or "" for gap in known if gap["kind"] == _IDLE]
    if len(idle) <= _MOST_IDLE:
        return [gap_sentence(_gap(gap), language) for gap in known]
    said = translations(language).gettext("These partners have no agreement yet: {partners}.")
    others = [gap_sentence(_gap(gap), language) for gap in known if gap["kind"] != _IDLE]
    return [*others, said.format(partners=listed(idle, language))]


def _gap(gap: GapContent) -> Gap:
    falls_in = gap.get("month")
    return Gap(
        kind=gap["kind"],
        principle_number=gap.get("principle_number"),
        partner=gap.get("partner"),
        agreement_number=gap.get("agreement_number"),
        other_agreement_number=gap.get("other_agreement_number"),
        count=gap.get("count"),
        month=date.fromisoformat(f"{falls_in}-01") if falls_in else None,
    )


def dependency_sentence(number: int, depends_on: int, language: str) -> str:
    """Return that agreement `number` cannot do without agreement `depends_on`."""
    _ = translations(language).gettext
    return _("Without agreement {needed}, no agreement {number}.").format(needed=depends_on, number=number)


def vague_sentence(point: str, language: str) -> str:
    """Return what makes an agreement vague, and what would help. `point` is one of `vague_points`."""
    _ = translations(language).gettext
    return {
        "no date": _("There is no date yet. When is it done?"),
        "no owner": _("There is no owner yet. Who carries it?"),
        "no first step": _("There is no first step yet. What happens first?"),
        "no measure": _("Nobody can see yet that it worked. How will we see it?"),
        "someone": _("“Someone” is nobody. Who does it?"),
        "we will look into it": _("Looking into it is not an action yet. What will happen?"),
    }[point]
