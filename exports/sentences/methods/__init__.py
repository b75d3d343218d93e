"""The words of the voting methods, a small module for each; the methods themselves stand in `models.voting.methods`."""

from collections.abc import Callable
from dataclasses import asdict, fields
from functools import lru_cache
from typing import Any

from exports.language import DEFAULT_LANGUAGE, LANGUAGES, counts_by_form, translations
from exports.sentences.methods.consent import consent
from exports.sentences.methods.dots import dots
from exports.sentences.methods.fist_of_five import fist_of_five
from exports.sentences.methods.gradients import gradients
from exports.sentences.methods.score import score
from exports.sentences.methods.statement import statement
from exports.sentences.methods.words import Asked, Counted, Forms, Gettext, Told, Words
from models.voting.methods.method import FrozenMethod

Says = Callable[[Gettext, Forms], Words]

WORDS: dict[str, Says] = {
    "consent": consent,
    "gradients": gradients,
    "fist of five": fist_of_five,
    "dots": dots,
    "score": score,
    "statement": statement,
}


def asked(method: str, language: str) -> Asked:
    """Return what is said of a method before and while people vote."""
    return _said(WORDS[method], language).asked


def told(method: str, language: str) -> Told:
    """Return what is said of a method and its results. For one that is frozen see `frozen_told`."""
    return _said(WORDS[method], language).told


def words_to_freeze() -> dict[str, dict[str, dict[str, Any]]]:
    """Return what an agenda is frozen with: what is told of each method, by its name and by language."""
    return {method: {language: asdict(told(method, language)) for language in LANGUAGES} for method in WORDS}


def frozen_told(frozen: FrozenMethod, language: str) -> Told:
    """Return the words that a method was frozen with; none for one that was frozen without."""
    written = frozen.words.get(language) or frozen.words.get(DEFAULT_LANGUAGE) or {}
    known = {one.name for one in fields(Told)} & written.keys()
    dots = written.get("dots")
    read: dict[str, Any] = {
        "name": "",
        **{name: written[name] for name in known},
        "dots": _counted(dots) if dots else None,
        "counted": {choice: _counted(one) for choice, one in written.get("counted", {}).items()},
    }
    return Told(**read)


@lru_cache
def _said(says: Says, language: str) -> Words:
    translated = translations(language)
    counts = counts_by_form(language)
    return says(
        translated.gettext,
        lambda one, many: tuple(translated.ngettext(one, many, count) for count in counts),
    )


def _counted(written: dict[str, Any]) -> Counted:
    return Counted(tuple(written["forms"]), written.get("none", ""))
