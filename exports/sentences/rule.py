"""What is fixed before a round opens: method, secrecy, rule, and who is there."""

from exports.language import translations
from models.words import Method, RuleKind, Secrecy


def method_name(method: str, language: str) -> str:
    """Return the name of a voting method."""
    _ = translations(language).gettext
    return {Method.CONSENT: _("Consent")}[Method(method)]


def secrecy_sentence(secrecy: str, language: str) -> str:
    """Return who sees what one chooses, as the phone says it before the first tap."""
    _ = translations(language).gettext
    return {
        Secrecy.ANONYMOUS: _("Anonymous. Nobody sees what you choose."),
        Secrecy.NAMED: _(
            "With your name. Until 30 days after the meeting the facilitator sees who chose what."
        ),
    }[Secrecy(secrecy)]


def rule_sentence(rule: str, share: int | None, quorum: int | None, language: str) -> str:
    """Return the rule of a round in whole sentences.

    `share` is the percentage without objection that is needed, `quorum` the percentage of those present
    that must vote; both are whole numbers, or None where the rule has none.
    """
    _ = translations(language).gettext
    if RuleKind(rule) is RuleKind.NO_OPEN_OBJECTIONS:
        carried = _("Rule: adopted when there is no objection left.")
    else:
        carried = _(
            "Rule: adopted when at least {share} percent has no objection. Objections are written down."
        ).format(share=share)
    if not quorum:
        return carried
    return carried + " " + _("At least {quorum} percent of those present must vote.").format(quorum=quorum)


def presence_sentence(heads: int | None, voices: int, language: str) -> str:
    """Return how many people are in the room beside how many voices there are, and the difference in words.

    `heads` is None while nobody has counted.
    """
    ngettext = translations(language).ngettext
    _ = translations(language).gettext
    spoken = ngettext("{count} voice", "{count} voices", voices).format(count=voices)
    if heads is None:
        return spoken
    both = _("{heads} in the room, {voices}.").format(heads=heads, voices=spoken)
    if voices > heads:
        more = voices - heads
        return (
            both
            + " "
            + ngettext(
                "That is {count} voice more than people.", "That is {count} voices more than people.", more
            ).format(count=more)
        )
    if voices < heads:
        fewer = heads - voices
        return (
            both
            + " "
            + ngettext("{count} person has not joined.", "{count} people have not joined.", fewer).format(
                count=fewer
            )
        )
    return both
