"""The outcome of a vote in words: the sentence that explains it with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.language import listed, number, translations
from exports.sentences.shares import share_in_favour
from models.basics.words import Decision, RuleKind
from models.voting.methods.method import Mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.voting.decision import Numbers, Result


def row_label(key: str, name: str | None, language: str) -> str:
    """Return the name of a row of a result: a group's own, or words for the two rows that have none."""
    _ = translations(language).gettext
    if key == "none":
        return _("without a group")
    if key == "other":
        return _("other groups")
    return name or key


def outcome_sentence(result: Result, language: str) -> tuple[str, str]:
    """Return the outcome of an item as it is revealed: a headline, and what follows from it.

    The headline carries its numbers, unless fewer than five people voted (`result.numbers` is None).
    """
    _ = translations(language).gettext
    decision = Decision(result.decision)
    if result.rule.kind == RuleKind.DECIDES_NOTHING:
        return _answered(result, decision, language)
    if decision is Decision.NO_VOTES:
        return _("No votes came in."), _("The text stays a draft. We can vote again.")
    if decision is Decision.NO_QUORUM:
        return _no_quorum(result, language)
    if decision is Decision.TOO_FEW:
        return (
            _("Not decided: fewer than five people voted."),
            _("The outcome would tell what they chose. So there is none. We can vote again, with names."),
        )
    if decision is Decision.RANKED:
        return _ranked(result, language)
    if result.numbers is None:
        plain = _("Adopted.") if decision is Decision.ADOPTED else _("Not adopted yet.")
        return plain, _("Fewer than five people voted. That is why we show no numbers.")
    says = _ADOPTED if decision is Decision.ADOPTED else _NOT_ADOPTED
    return says[RuleKind(result.rule.kind)](result, result.numbers, language)


def _no_quorum(result: Result, language: str) -> tuple[str, str]:
    _ = translations(language).gettext
    follow_on = _("The text stays a draft. We can vote again.")
    if result.numbers is None or not result.rule.quorum or result.present is None:
        return _("Not decided: too few people voted."), follow_on
    needed = -(-result.rule.quorum * result.present // 100)
    headline = translations(language).ngettext(
        "Not decided: {cast} of {present} person voted, {needed} is needed.",
        "Not decided: {cast} of {present} people voted, {needed} are needed.",
        result.present,
    )
    return headline.format(cast=result.numbers.cast, present=result.present, needed=needed), follow_on


def _ranked(result: Result, language: str) -> tuple[str, str]:
    translated = translations(language)
    numbers = result.numbers
    if numbers is None:
        few = translated.gettext("Fewer than five people voted. That is why we show no numbers.")
        return translated.gettext("The room put the texts in order."), few
    headline = translated.ngettext(
        "Place {place}, with {count} dot.", "Place {place}, with {count} dots.", numbers.dots or 0
    ).format(place=result.place, count=number(numbers.dots or 0, language))
    return headline, _who_voted(numbers, language)


def _answered(result: Result, decision: Decision, language: str) -> tuple[str, str]:
    """Return what a round came to that decides nothing: the answers themselves, as far as they may be shown."""
    _ = translations(language).gettext
    if decision is Decision.NO_VOTES:
        return _("No answers came in."), _("We can ask it again.")
    if decision is Decision.TOO_FEW:
        return (
            _("Fewer than five people answered."),
            _("The numbers would tell what they chose. So we show none. We can ask it again, with names."),
        )
    if result.numbers is None:
        few = _("Fewer than five people voted. That is why we show no numbers.")
        return _("The room has answered."), few
    return _("This is how the room answered."), answered_sentence(result.numbers, language)


def answered_sentence(numbers: Numbers, language: str) -> str:
    """Return how many people answered, and how many of them abstained."""
    ngettext = translations(language).ngettext
    said = ngettext("{count} person answered.", "{count} people answered.", numbers.cast).format(
        count=number(numbers.cast, language)
    )
    abstained = numbers.cast - numbers.counted
    if not abstained:
        return said
    return f"{said} " + ngettext("{count} abstained.", "{count} abstained.", abstained).format(
        count=abstained
    )


def _no_objection_left(result: Result, numbers: Numbers, language: str) -> tuple[str, str]:
    _ = translations(language).gettext
    return _("Adopted. No objection is left."), _taken_along(result, numbers, language)


def _objections_left(result: Result, _numbers: Numbers, language: str) -> tuple[str, str]:
    ngettext = translations(language).ngettext
    objections = result.marked(Mark.OBJECTION)
    headline = ngettext(
        "Not adopted yet: there is {count} objection.",
        "Not adopted yet: there are {count} objections.",
        objections,
    ).format(count=objections)
    follow_on = ngettext(
        "We discuss it now. Then we vote again.",
        "We discuss them now. Then we vote again.",
        objections,
    )
    return headline, follow_on


def _enough_without_objection(result: Result, numbers: Numbers, language: str) -> tuple[str, str]:
    _ = translations(language).gettext
    headline = _("Adopted: {reached} percent has no objection, {needed} was needed.")
    return _with_share(headline, result, numbers), _taken_along(result, numbers, language)


def _too_few_without_objection(result: Result, numbers: Numbers, language: str) -> tuple[str, str]:
    _ = translations(language).gettext
    headline = _("Not adopted yet: {reached} percent has no objection, {needed} is needed.")
    return (
        _with_share(headline, result, numbers),
        _("We discuss the objections now. Then we vote again."),
    )


def _enough_in_favour(result: Result, numbers: Numbers, language: str) -> tuple[str, str]:
    _ = translations(language).gettext
    headline = _("Adopted: {reached} percent is in favour, {needed} was needed.")
    return _with_share(headline, result, numbers), _who_voted(numbers, language)


def _too_few_in_favour(result: Result, numbers: Numbers, language: str) -> tuple[str, str]:
    _ = translations(language).gettext
    if numbers.counted == 0:
        return _("Not adopted yet: everyone abstained."), _("We talk about it first. Then we can vote again.")
    headline = _("Not adopted yet: {reached} percent is in favour, {needed} is needed.")
    return _with_share(headline, result, numbers), _("We talk about it first. Then we can vote again.")


def _within_the_limit(result: Result, numbers: Numbers, language: str) -> tuple[str, str]:
    translated = translations(language)
    if not numbers.beyond:
        headline = translated.gettext("Adopted: nobody goes beyond the limit we agreed.")
    else:
        headline = translated.ngettext(
            "Adopted: {count} vote goes beyond the limit, at most {tolerated} may.",
            "Adopted: {count} votes go beyond the limit, at most {tolerated} may.",
            numbers.beyond,
        ).format(count=numbers.beyond, tolerated=result.rule.tolerated)
    return headline, _who_voted(numbers, language)


def _beyond_the_limit(result: Result, numbers: Numbers, language: str) -> tuple[str, str]:
    translated = translations(language)
    headline = translated.ngettext(
        "Not adopted yet: {count} vote goes beyond the limit, at most {tolerated} may.",
        "Not adopted yet: {count} votes go beyond the limit, at most {tolerated} may.",
        numbers.beyond or 0,
    ).format(count=numbers.beyond, tolerated=result.rule.tolerated)
    return headline, translated.gettext("We talk about it first. Then we can vote again.")


def _every_group_carries(result: Result, numbers: Numbers, language: str) -> tuple[str, str]:
    _ = translations(language).gettext
    if len(result.rows) < 2:
        headline = _("Adopted: {reached} percent is in favour, {needed} was needed.")
        return (
            _with_share(headline, result, numbers),
            _("The groups were too small to count by themselves."),
        )
    return (
        _("Adopted: every group carries it."),
        _("In every group at least {share} percent is in favour.").format(share=result.rule.share),
    )


def _not_every_group(result: Result, numbers: Numbers, language: str) -> tuple[str, str]:
    _ = translations(language).gettext
    against = [row_label(row.key, row.name, language) for row in result.rows if not row.carried]
    if not against:
        headline = _("Not adopted yet: {reached} percent is in favour, {needed} is needed.")
        return _with_share(headline, result, numbers), _("We talk about it first. Then we can vote again.")
    headline = _("Not adopted yet: it is not carried by {groups}.").format(groups=listed(against, language))
    return headline, _("In every group at least {share} percent must be in favour.").format(
        share=result.rule.share
    )


def _among_the_top(result: Result, numbers: Numbers, language: str) -> tuple[str, str]:
    translated = translations(language)
    headline = translated.ngettext(
        "Adopted: place {place}, with {count} dot.",
        "Adopted: place {place}, with {count} dots.",
        numbers.dots or 0,
    ).format(place=result.place, count=number(numbers.dots or 0, language))
    return headline, _who_voted(numbers, language)


def _below_the_top(result: Result, numbers: Numbers, language: str) -> tuple[str, str]:
    translated = translations(language)
    _ = translated.gettext
    if not numbers.dots:
        return _("Not chosen: it got no dots."), _who_voted(numbers, language)
    if result.is_tied:
        headline = translated.ngettext(
            "Not chosen yet: it shares place {place}, with {count} dot.",
            "Not chosen yet: it shares place {place}, with {count} dots.",
            numbers.dots,
        )
        follow_on = _("More texts ended equal than there is room for. We vote on them again.")
    else:
        headline = translated.ngettext(
            "Not chosen: place {place}, with {count} dot.",
            "Not chosen: place {place}, with {count} dots.",
            numbers.dots,
        )
        follow_on = _who_voted(numbers, language)
    return headline.format(place=result.place, count=number(numbers.dots, language)), follow_on


def _with_share(headline: str, result: Result, numbers: Numbers) -> str:
    reached = share_in_favour(numbers.in_favour, numbers.counted, result.rule.share)
    return headline.format(reached=reached, needed=result.rule.share)


def _who_voted(numbers: Numbers, language: str) -> str:
    ngettext = translations(language).ngettext
    said = ngettext("{count} person voted.", "{count} people voted.", numbers.cast).format(count=numbers.cast)
    abstained = numbers.cast - numbers.counted
    if not abstained:
        return said
    return f"{said} " + ngettext("{count} abstained.", "{count} abstained.", abstained).format(
        count=abstained
    )


def _taken_along(result: Result, numbers: Numbers, language: str) -> str:
    ngettext = translations(language).ngettext
    sentences = []
    objections, concerns = result.marked(Mark.OBJECTION), result.marked(Mark.CONCERN)
    if objections:
        sentences.append(
            ngettext(
                "We write down {count} objection.", "We write down {count} objections.", objections
            ).format(count=objections)
        )
    if concerns:
        sentences.append(
            ngettext(
                "We take {count} concern with us.", "We take {count} concerns with us.", concerns
            ).format(count=concerns)
        )
    return " ".join(sentences) or _who_voted(numbers, language)


_Says = dict[RuleKind, "Callable[[Result, Numbers, str], tuple[str, str]]"]

_ADOPTED: _Says = {
    RuleKind.NO_OPEN_OBJECTIONS: _no_objection_left,
    RuleKind.WITHOUT_OBJECTION: _enough_without_objection,
    RuleKind.SHARE_OF_VOTES: _enough_in_favour,
    RuleKind.LEVEL: _within_the_limit,
    RuleKind.EVERY_GROUP: _every_group_carries,
    RuleKind.TOP: _among_the_top,
}
_NOT_ADOPTED: _Says = {
    RuleKind.NO_OPEN_OBJECTIONS: _objections_left,
    RuleKind.WITHOUT_OBJECTION: _too_few_without_objection,
    RuleKind.SHARE_OF_VOTES: _too_few_in_favour,
    RuleKind.LEVEL: _beyond_the_limit,
    RuleKind.EVERY_GROUP: _not_every_group,
    RuleKind.TOP: _below_the_top,
}
