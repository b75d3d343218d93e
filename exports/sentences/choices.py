"""What one can choose in a round, in words: the labels are printed everywhere, since sources differ on numbers."""

from exports.language import number, translations
from exports.sentences.methods import asked, told
from exports.sentences.methods.words import Told


def choice_label(method: str, choice: str, language: str) -> str:
    """Return the word on a vote button; for dots their number in words."""
    return label_of(told(method, language), choice, language)


def label_of(words: Told, choice: str, language: str) -> str:
    """Return the word of a choice. One that these words do not know is told by its own name."""
    if words.dots is not None and choice.isdecimal():
        return dots_of(words, int(choice), language)
    if choice in words.labels or not words.pattern:
        return words.labels.get(choice, choice)
    return words.pattern.format(choice=choice)


def dots_of(words: Told, count: int, language: str) -> str:
    """Return a number of dots in words."""
    shown = number(count, language)
    return shown if words.dots is None else words.dots.said(count, language, shown)


def choice_explained(method: str, choice: str, language: str) -> str:
    """Return what a choice means, as it stands under its word; empty where the word says it all."""
    return asked(method, language).means.get(choice, "")


def reason_question(method: str, choice: str, language: str) -> str:
    """Return what the phone asks after a choice that asks for a reason."""
    _ = translations(language).gettext
    return asked(method, language).asks_why.get(choice) or _(
        "Why do you choose this? Say what goes wrong, or what could be better."
    )


def reason_button(method: str, choice: str, language: str) -> str:
    """Return what stands on the button that sends the answer to `reason_question`."""
    return asked(method, language).sends_why.get(choice) or translations(language).gettext("Send your words")


def vote_question(method: str, language: str) -> str:
    """Return what phones and projector ask above the texts that are voted on."""
    return asked(method, language).question
