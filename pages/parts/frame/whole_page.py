"""Whether a window's page stands as a whole, and what it has to tell at its next drawing.

News of the room comes in between: Streamlit folds it into the run that was asked for, and what was asked for is then
narrowed to the live parts. So news may only narrow a run while the page stands.
"""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NoReturn

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.scriptrunner import get_script_run_ctx

_standing: set[str] = set()
_drawn_of: dict[str, int] = {}
_messages: dict[str, str] = {}
_put_off: Counter[str] = Counter()
# What `pages.parts.frame.told` draws at the foot of each window's page; emptied when something else is stored.
told_at_the_foot: dict[str, Any] = {}


def window() -> str:
    """Return what tells this window from all others."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else ""


def page_changes() -> None:
    """Note that the whole page has to be drawn: a run begins, or something is stored."""
    _standing.discard(window())


def page_stands() -> None:
    """Note that the whole page was drawn, to its end."""
    _standing.add(window())


def page_is_of(revision: int) -> None:
    """Note of which revision of the room the page is drawn. Call it before what is drawn is read."""
    _drawn_of[window()] = revision


def drawn_of() -> int | None:
    """Return of which revision of the room this window's page was drawn, None where no bar stands above it."""
    return _drawn_of.get(window())


def is_standing() -> bool:
    """Return whether the whole page was drawn since it last had to be."""
    return window() in _standing


def fragments_asked_for() -> Sequence[str]:
    """Return which fragments this run draws; none where it draws the whole page."""
    context = get_script_run_ctx(suppress_warning=True)
    return (context.fragment_ids_this_run or []) if context else []


def put_news_off() -> None:
    """Note that this window's news has to be told once more: it came with a tap, which went first."""
    _put_off[window()] += 1


def news_put_off() -> int:
    """Return how often this window's news was put off."""
    return _put_off[window()]


def draw_parts_again(fragments: Sequence[str]) -> NoReturn:
    """Draw the fragments with these keys again, from a callback; the whole page where one of them is gone.

    The fragment of the callback's own widget belongs to them: what the run before drew of it and had not sent yet is
    thrown away when its turn begins, and without a new drawing Streamlit takes it off the page.
    """
    # A fragment is gone when its page was left in the same moment.
    with suppress(StreamlitAPIException):
        st.rerun(fragments)
    st.rerun()


def keep_message(message: str) -> None:
    """Keep a message (Markdown) for the next drawing of the whole page of this window."""
    _messages[window()] = message


def take_message() -> str | None:
    """Return the message that was kept, once."""
    return _messages.pop(window(), None)
