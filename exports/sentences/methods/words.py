"""The shape of a method's words: what is asked before a vote, and what is told after it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from exports.language import plural_form

Gettext = Callable[[str], str]
Forms = Callable[[str, str], tuple[str, ...]]
"""Returns a counted sentence in every form that a language has for numbers: `forms("{count} dot", "{count} dots")`."""


@dataclass(frozen=True)
class Counted:
    """Words with a `{count}`, in each form of the language; `none` where there is nothing to count."""

    forms: tuple[str, ...]
    none: str = ""

    def said(self, count: int, language: str, shown: str = "") -> str:
        """Return the words with the count in them, written as `shown` where that differs from its digits."""
        if not count and self.none:
            return self.none
        return self.forms[plural_form(count, language)].format(count=shown or count)


@dataclass(frozen=True)
class Asked:
    """What is said of a method before and while people vote.

    `means` is what stands under the word of a choice. `asks_why` is asked after a choice that asks for a reason, and
    `sends_why` stands on the button below it, where choices differ in that; else `exports.sentences.choices` says it.
    """

    explained: str
    question: str
    means: Mapping[str, str] = field(default_factory=dict)
    asks_why: Mapping[str, str] = field(default_factory=dict)
    sends_why: Mapping[str, str] = field(default_factory=dict)
    paper_asks_why: str = ""


@dataclass(frozen=True)
class Told:
    """What is said of a method and its results. An agenda is frozen with it, in every language.

    `labels` are the words on the buttons; choices without one of their own are told by `pattern` with a `{choice}`, or
    with `dots` as a number of those. `columns` stand above narrow columns, where a label is too long. `parts` are the
    words of neighbours that are drawn alike, by mark. `counted` and `sentence` tell a whole result, in a line and as a
    sentence with each choice's `{value}`.
    """

    name: str
    labels: Mapping[str, str] = field(default_factory=dict)
    pattern: str = ""
    dots: Counted | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    in_favour: str = ""
    counted: Mapping[str, Counted] = field(default_factory=dict)
    sentence: str = ""


@dataclass(frozen=True)
class Words:
    """All words of a method in one language."""

    asked: Asked
    told: Told
