"""Storing from a form's button: the form empties and closes, or stays as it was where something stood in the way."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from models.basics.errors import DomainError
from pages.parts.frame.acting import act, refuse


def store(action: Callable[..., Any], /, *, then: Mapping[str, Any], **arguments: Any) -> bool:
    """Do `action` with `arguments` from a callback, with the values `then` in the session's state afterwards.

    They are set before the write, since a second tap may end a callback at the next touch of the state; where the
    action is refused, what stood there is put back, and the page says why. Return whether it was stored.
    """
    before = {key: st.session_state[key] for key in then if key in st.session_state}
    st.session_state.update(then)
    acted = act(action, handled=(DomainError,), **arguments)
    if acted.error is None:
        return True
    for key in then:
        if key in before:
            st.session_state[key] = before[key]
        else:
            del st.session_state[key]
    refuse(acted.error)
    st.rerun()
    return False
