"""What one can choose in a round, in words: the labels are printed everywhere, since sources differ on numbers."""

from __future__ import annotations

from exports.language import number, translations
from models.basics.words import Method


def choice_label(method: str, choice: str, language: str) -> str:
    """Return the word on a vote button; for dots their number in words.

    What a frozen round knows and this version does not, is told as it was frozen.
    """
    translated = translations(language)
    _ = translated.gettext
    if method == Method.DOTS and choice.isdecimal():
        return translated.ngettext("{count} dot", "{count} dots", int(choice)).format(
            count=number(int(choice), language)
        )
    if method == Method.SCORE:
        return _("Mark {points}").format(points=choice)
    words: dict[str, dict[str, str]] = {
        Method.CONSENT: {
            "agree": _("Agree"),
            "concern": _("Agree, with a concern"),
            "objection": _("Objection"),
        },
        Method.GRADIENTS: {
            "1": _("Full support"),
            "2": _("Agree, but for a small point"),
            "3": _("Support, with reservations"),
            "4": _("I abstain"),
            "5": _("First talk more"),
            "6": _("Not my choice, but my support"),
            "7": _("Seriously disagree"),
            "8": _("I stop this"),
        },
        Method.FIST_OF_FIVE: {
            "5": _("Five fingers: all for it"),
            "4": _("Four fingers: good"),
            "3": _("Three fingers: good enough"),
            "2": _("Two fingers: not yet"),
            "1": _("One finger: rather not"),
            "0": _("Fist: no"),
        },
        Method.STATEMENT: {
            "strongly agree": _("Strongly agree"),
            "agree": _("I agree"),
            "neutral": _("Neither agree nor disagree"),
            "disagree": _("I disagree"),
            "strongly disagree": _("Strongly disagree"),
        },
    }
    return words.get(method, {}).get(choice, choice)


def choice_number(method: str, choice: str) -> str:
    """Return the number or the fingers that stand before a choice's word, or nothing where it has none."""
    return choice if method in (Method.GRADIENTS, Method.FIST_OF_FIVE) else ""


def choice_explained(method: str, choice: str, language: str) -> str:
    """Return what a choice means, as it stands under its word; empty where the word says it all."""
    _ = translations(language).gettext
    explained = {
        Method.CONSENT: {
            "agree": _("I can live with this."),
            "concern": _("I join in. But I want to say something."),
            "objection": _("This does harm or can be better. I explain why."),
        },
        Method.GRADIENTS: {
            "1": _("I am all for it."),
            "2": _("I agree. One small thing bothers me."),
            "3": _("I go along. I have my doubts."),
            "4": _("I do not choose. I do not count in the share."),
            "5": _("I cannot decide yet."),
            "6": _("I would choose otherwise. I will help all the same."),
            "7": _("I do not want this. I do not help."),
            "8": _("This must not happen."),
        },
        Method.FIST_OF_FIVE: {
            "5": _("I want to help carry it."),
            "4": _("I am for it."),
            "3": _("I can live with this."),
            "2": _("Something has to change first."),
            "1": _("I am against it as it is."),
            "0": _("This must not happen."),
        },
        Method.SCORE: {
            "10": _("It cannot be better."),
            "6": _("Just good enough."),
            "5": _("Just not good enough."),
            "1": _("It cannot be worse."),
        },
    }
    return explained.get(Method(method), {}).get(choice, "")


def reason_question(method: str, choice: str, language: str) -> str:
    """Return what the phone asks after a choice that asks for a reason."""
    _ = translations(language).gettext
    if Method(method) is Method.CONSENT and choice == "concern":
        return _("What is your concern?")
    if Method(method) is Method.CONSENT:
        return _("What is your objection? Say what goes wrong, or what could be better.")
    return _("Why do you choose this? Say what goes wrong, or what could be better.")


def vote_question(method: str, language: str) -> str:
    """Return what phones and projector ask above the texts that are voted on."""
    _ = translations(language).gettext
    return {
        Method.CONSENT: _("Can you live with this?"),
        Method.GRADIENTS: _("How much do you support this?"),
        Method.FIST_OF_FIVE: _("How many fingers do you give this?"),
        Method.DOTS: _("Where do we begin?"),
        Method.SCORE: _("Which mark do you give this?"),
        Method.STATEMENT: _("Do you agree with this?"),
    }[Method(method)]
