"""A vote, its choices and its outcome in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.language import translations
from exports.shares import share_without_objection
from models.words import Decision, RuleKind

if TYPE_CHECKING:
    from models.rules.decision import Numbers, Result


def choice_label(choice: str, language: str) -> str:
    """Return the word on a vote button."""
    _ = translations(language).gettext
    return {
        "agree": _("Agree"),
        "concern": _("Agree, with a concern"),
        "objection": _("Objection"),
    }[choice]


def choice_explained(choice: str, language: str) -> str:
    """Return what a choice means, as it stands under its word."""
    _ = translations(language).gettext
    return {
        "agree": _("I can live with this."),
        "concern": _("I join in. But I want to say something."),
        "objection": _("This does harm or can be better. I explain why."),
    }[choice]


def reason_question(choice: str, language: str) -> str:
    """Return what the phone asks after a concern or an objection."""
    _ = translations(language).gettext
    return {
        "concern": _("What is your concern?"),
        "objection": _("What is your objection? Say what goes wrong, or what could be better."),
    }[choice]


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
    decision = Decision(result.decision)
    if decision is Decision.NO_VOTES:
        return _no_votes(language)
    if decision is Decision.NO_QUORUM:
        return _no_quorum(result, language)
    if decision is Decision.ADOPTED:
        return _adopted(result, language)
    return _not_adopted(result, language)


def _no_votes(language: str) -> tuple[str, str]:
    _ = translations(language).gettext
    return _("No votes came in."), _("The text stays a draft. We can vote again.")


def _no_quorum(result: Result, language: str) -> tuple[str, str]:
    _ = translations(language).gettext
    follow_on = _("The text stays a draft. We can vote again.")
    if result.numbers is None or not result.quorum or result.present is None:
        return _("Not decided: too few people voted."), follow_on
    needed = -(-result.quorum * result.present // 100)
    headline = _("Not decided: {cast} of {present} people voted, {needed} are needed.")
    return headline.format(cast=result.numbers.cast, present=result.present, needed=needed), follow_on


def _adopted(result: Result, language: str) -> tuple[str, str]:
    _ = translations(language).gettext
    numbers = result.numbers
    if numbers is None:
        return _("Adopted."), _few_votes(language)
    if RuleKind(result.rule) is RuleKind.NO_OPEN_OBJECTIONS:
        return _("Adopted. No objection is left."), _taken_along(numbers, language)
    headline = _("Adopted: {reached} percent has no objection, {needed} was needed.")
    reached = share_without_objection(numbers.counts, result.share)
    return headline.format(reached=reached, needed=result.share), _taken_along(numbers, language)


def _not_adopted(result: Result, language: str) -> tuple[str, str]:
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    numbers = result.numbers
    if numbers is None:
        return _("Not adopted yet."), _few_votes(language)
    if RuleKind(result.rule) is RuleKind.NO_OPEN_OBJECTIONS:
        headline = ngettext(
            "Not adopted yet: there is {count} objection.",
            "Not adopted yet: there are {count} objections.",
            numbers.objections,
        ).format(count=numbers.objections)
        follow_on = ngettext(
            "We discuss it now. Then we vote again.",
            "We discuss them now. Then we vote again.",
            numbers.objections,
        )
        return headline, follow_on
    headline = _("Not adopted yet: {reached} percent has no objection, {needed} is needed.")
    reached = share_without_objection(numbers.counts, result.share)
    return (
        headline.format(reached=reached, needed=result.share),
        _("We discuss the objections now. Then we vote again."),
    )


def _taken_along(numbers: Numbers, language: str) -> str:
    ngettext = translations(language).ngettext
    sentences = []
    if numbers.objections:
        sentences.append(
            ngettext(
                "We write down {count} objection.", "We write down {count} objections.", numbers.objections
            ).format(count=numbers.objections)
        )
    if numbers.concerns:
        sentences.append(
            ngettext(
                "We take {count} concern with us.", "We take {count} concerns with us.", numbers.concerns
            ).format(count=numbers.concerns)
        )
    if not sentences:
        sentences.append(
            ngettext("{count} person voted.", "{count} people voted.", numbers.cast).format(
                count=numbers.cast
            )
        )
    return " ".join(sentences)


def _few_votes(language: str) -> str:
    _ = translations(language).gettext
    return _("Fewer than five people voted. That is why we show no numbers.")
