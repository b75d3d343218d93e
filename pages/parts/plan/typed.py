"""A field that stores itself when one leaves it, and loses nothing where two facilitators type in it at once.

What this window knows of the stored text stands beside it. Where somebody else changed that meanwhile, and one has
typed oneself, both texts are shown, and one chooses.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from models.basics.text import cleaned
from pages.parts.frame.acting import act_then
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain


def typed_field(
    label: str,
    *,
    key: str,
    stored: str,
    limit: int,
    action: Callable[..., Any],
    arguments: Mapping[str, Any],
    height: int = 0,
    placeholder: str = "",
) -> None:
    """Draw the field; `action` stores it, with `arguments`, its `text` and what was `seen`. An area with `height`."""
    bring_in(key, stored)
    when_left: dict[str, Any] = {
        "key": key,
        "max_chars": limit,
        "placeholder": placeholder,
        "on_change": _store,
        "args": (key, action, arguments),
    }
    if height:
        st.text_area(label, height=height, **when_left)
    else:
        st.text_input(label, **when_left)
    if st.session_state[seen_key(key)] != stored:
        _two_texts(key, stored, action, arguments)


def bring_in(key: str, stored: Any) -> None:
    """Let a field show what is stored, unless one has typed something else in this window that is not stored yet."""
    state, known = st.session_state, seen_key(key)
    if key in state and known in state and state[known] != stored:
        typed = state[key]
        if isinstance(typed, str) and isinstance(stored, str) and cleaned(typed) != state[known]:
            return
    if key not in state or state.get(known) != stored:
        state[key] = stored
    state[known] = stored


def seen_key(key: str) -> str:
    """Return where this window keeps what it knows to be stored of a field."""
    return f"{key}_seen"


def _store(key: str, action: Callable[..., Any], arguments: Mapping[str, Any]) -> None:
    text, seen = str(st.session_state[key] or ""), st.session_state[seen_key(key)]
    act_then(action, then={seen_key(key): cleaned(text)}, text=text, seen=seen, **arguments)


def _two_texts(key: str, stored: str, action: Callable[..., Any], arguments: Mapping[str, Any]) -> None:
    with st.container(key=f"card_two_{key}"):
        st.warning(
            _(
                "Somebody else changed this meanwhile. There stands now: “{text}”. Yours is still in the field."
            ).format(text=plain(stored)),
            icon=":material/group:",
        )
        with st.container(horizontal=True):
            st.button(
                _("Store mine"),
                key=f"mine_{key}",
                on_click=_keep_mine,
                args=(key, stored, action, arguments),
            )
            st.button(_("Take theirs"), key=f"theirs_{key}", on_click=_take_theirs, args=(key, stored))


def _keep_mine(key: str, stored: str, action: Callable[..., Any], arguments: Mapping[str, Any]) -> None:
    st.session_state[seen_key(key)] = stored
    _store(key, action, arguments)


def _take_theirs(key: str, stored: str) -> None:
    st.session_state[key] = st.session_state[seen_key(key)] = stored
