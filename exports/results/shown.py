"""How the method of a result looks and what it says: as it is today, or as it was when an agenda was frozen with it."""

from exports.sentences.choices import dots_of, label_of
from exports.sentences.methods import frozen_told, told
from exports.sentences.methods.words import Told
from models.voting.decision import Result
from models.voting.methods import description
from models.voting.methods.method import Look, Numbering


def told_of(result: Result, language: str) -> Told:
    """Return the words of a result's method."""
    return told(result.method, language) if result.frozen is None else frozen_told(result.frozen, language)


def result_label(result: Result, choice: str, language: str) -> str:
    """Return the word of a choice in a result, after its number where it has one that the word does not say."""
    return _numbered(result.look, told_of(result, language), choice, language)


def numbered_label(method: str, choice: str, language: str) -> str:
    """Return the same for a method of which no result stands yet."""
    return _numbered(description(method).look, told(method, language), choice, language)


def short_label(result: Result, choice: str, language: str) -> str:
    """Return what stands above a narrow column: a number where choices have one, else the word."""
    if result.look.numbering is not Numbering.NONE:
        return choice
    return label_of(told_of(result, language), choice, language)


def dots_label(result: Result, dots: int, language: str) -> str:
    """Return a number of dots in the words of a result's method."""
    return dots_of(told_of(result, language), dots, language)


def _numbered(look: Look, words: Told, choice: str, language: str) -> str:
    label = label_of(words, choice, language)
    return f"{choice}. {label}" if look.numbering is Numbering.BEFORE else label
