"""The language of the page that is being drawn, and typed text made harmless."""

import re

import streamlit as st
from markupsafe import escape

from exports.language import chosen_language, translations

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=])")

# What Streamlit makes a link or another sign of: bare addresses, and arrows and dashes that stand by themselves.
_CHANGED = re.compile(r"(https?|www|@|(?<!\S)(?:<-|-|>|<|~)(?=[-=>]+(?!\S)))", re.IGNORECASE)


def language() -> str:
    """Return `nl` or `en`: the cookie's choice, else the browser's language."""
    return chosen_language(st.context.cookies.get("language"), st.context.locale)


def gettext(message: str) -> str:
    """Return `message` in the language of this page."""
    return translations(language()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of a message that fits `count`, in the language of this page."""
    return translations(language()).ngettext(singular, plural, count)


def small_print(text: str) -> None:
    """Draw a sentence of ours, small and quiet. Typed text in it must be `plain`."""
    st.markdown(f":small[:gray[{text}]]")


def small(text: str) -> None:
    """Draw one line of small print; `text` is shown as it is, whoever typed it."""
    small_print(plain(text))


def in_the_bar(sentence: str) -> None:
    """Draw where the button of the next action stands, at a place where one would look for it. `sentence` is ours."""
    st.html(
        f'<p class="in-the-bar"><span class="symbol" aria-hidden="true">lock</span>{escape(sentence)}</p>'
    )


def plain(text: str) -> str:
    """Return typed text for `st.markdown`, labels and messages: every sign stands for itself, on the line it has.

    An invisible word joiner keeps what would be changed as it was typed. A heading holds one line: see `typed_heading`.
    """
    lines = (" ".join(line.split()) for line in text.strip().split("\n"))
    # Two spaces break a line in Markdown; a no-break space keeps an empty line from beginning a new paragraph.
    return "  \n".join(_plain_line(line) or "\u00a0" for line in lines)


def typed_heading(text: str, *, anchor: str = "") -> None:
    """Draw typed text as a heading of the third level, with the lines that it has; `#anchor` leads to it."""
    named = f' id="{anchor}"' if anchor else ""
    st.html(f'<h3 class="typed" dir="auto"{named}>{escape(text)}</h3>')


def _plain_line(line: str) -> str:
    return _MARKDOWN.sub(r"\\\1", _CHANGED.sub("\\1\u2060", line))
