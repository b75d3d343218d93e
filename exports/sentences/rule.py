"""What is fixed before a round opens: method, secrecy, rule, and who is there."""

from collections.abc import Callable
from dataclasses import dataclass

from exports.language import translations
from exports.sentences.choices import label_of
from exports.sentences.methods import asked, frozen_told, told
from exports.sentences.methods.words import Told
from models.basics.words import RuleKind, Secrecy
from models.voting.decision import Rule
from models.voting.methods import description
from models.voting.methods.method import FrozenMethod, Look


def method_name(method: str, language: str) -> str:
    """Return the name of a voting method, as people choose it."""
    return told(method, language).name


def method_explained(method: str, language: str) -> str:
    """Return in one sentence what a method is for."""
    return asked(method, language).explained


def rule_name(rule: str, language: str) -> str:
    """Return a rule in a few words, to choose it from a list."""
    _ = translations(language).gettext
    return {
        RuleKind.NO_OPEN_OBJECTIONS: _("No objection is left"),
        RuleKind.WITHOUT_OBJECTION: _("A share has no objection"),
        RuleKind.SHARE_OF_VOTES: _("A share is in favour"),
        RuleKind.LEVEL: _("Nobody goes beyond a limit"),
        RuleKind.EVERY_GROUP: _("Every group carries it"),
        RuleKind.TOP: _("The texts with most dots"),
        RuleKind.DECIDES_NOTHING: _("Nothing is decided: the answers count"),
    }[RuleKind(rule)]


def secrecy_sentence(secrecy: str, language: str) -> str:
    """Return who sees what one chooses, as the phone says it before the first tap."""
    _ = translations(language).gettext
    return {
        Secrecy.ANONYMOUS: _("Anonymous. Nobody sees what you choose."),
        Secrecy.NAMED: _(
            "With your name. Until 30 days after the meeting the facilitator sees who chose what."
        ),
    }[Secrecy(secrecy)]


def rule_sentence(method: str, rule: Rule, language: str, frozen: FrozenMethod | None = None) -> str:
    """Return the rule of a round in whole sentences, with its quorum where it has one.

    `frozen` is its method as an agenda was frozen with it. Empty for the rule of a frozen round that this version does
    not know.
    """
    _ = translations(language).gettext
    says = _SAID.get(rule.kind)
    carried = ""
    if says is not None:
        look = description(method).look if frozen is None else frozen.look
        words = told(method, language) if frozen is None else frozen_told(frozen, language)
        carried = says(rule, _MethodSaid(look, words), language)
    if not rule.quorum:
        return carried
    quorum = _("At least {quorum} percent of those present must vote.").format(quorum=rule.quorum)
    return f"{carried} {quorum}".strip()


@dataclass(frozen=True)
class _MethodSaid:
    look: Look
    words: Told


def _no_open_objections(_rule: Rule, _by: _MethodSaid, language: str) -> str:
    return translations(language).gettext("Rule: adopted when there is no objection left.")


def _without_objection(rule: Rule, _by: _MethodSaid, language: str) -> str:
    _ = translations(language).gettext
    return _(
        "Rule: adopted when at least {share} percent has no objection. Objections are written down."
    ).format(share=rule.share)


def _share_of_votes(rule: Rule, by: _MethodSaid, language: str) -> str:
    _ = translations(language).gettext
    said = _("Rule: adopted when at least {share} percent of the votes is in favour.").format(
        share=rule.share
    )
    return f"{said} {by.words.in_favour}".strip()


def _level(rule: Rule, by: _MethodSaid, language: str) -> str:
    translated = translations(language)
    limit = label_of(by.words, rule.level or "", language)
    if not rule.tolerated:
        return translated.gettext("Rule: adopted when nobody goes beyond “{level}”.").format(level=limit)
    return translated.ngettext(
        "Rule: adopted when at most {count} person goes beyond “{level}”.",
        "Rule: adopted when at most {count} people go beyond “{level}”.",
        rule.tolerated,
    ).format(count=rule.tolerated, level=limit)


def _every_group(rule: Rule, by: _MethodSaid, language: str) -> str:
    _ = translations(language).gettext
    if by.look.says_without_objection:
        said = _("Rule: adopted when in every group at least {share} percent has no objection.")
    else:
        said = _("Rule: adopted when in every group at least {share} percent is in favour.")
    return f"{said.format(share=rule.share)} {by.words.in_favour}".strip()


def _top(rule: Rule, _by: _MethodSaid, language: str) -> str:
    if rule.top is None:
        return translations(language).gettext(
            "Rule: the dots put the texts in order. Nothing is adopted or turned down by them."
        )
    return (
        translations(language)
        .ngettext(
            "Rule: the text with most dots is adopted. When texts end equal, we vote on them again.",
            "Rule: the {count} texts with most dots are adopted. When texts end equal, we vote on them again.",
            rule.top,
        )
        .format(count=rule.top)
    )


def _decides_nothing(_rule: Rule, _by: _MethodSaid, language: str) -> str:
    return translations(language).gettext("Rule: we decide nothing. The answers show what the room thinks.")


_SAID: dict[str, Callable[[Rule, _MethodSaid, str], str]] = {
    RuleKind.NO_OPEN_OBJECTIONS: _no_open_objections,
    RuleKind.WITHOUT_OBJECTION: _without_objection,
    RuleKind.SHARE_OF_VOTES: _share_of_votes,
    RuleKind.LEVEL: _level,
    RuleKind.EVERY_GROUP: _every_group,
    RuleKind.TOP: _top,
    RuleKind.DECIDES_NOTHING: _decides_nothing,
}


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
