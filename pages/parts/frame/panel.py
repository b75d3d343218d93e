"""A button that opens a form below itself. The form stays open, and keeps what is typed, while news comes in.

Streamlit's popovers leave too little room near the foot of a small screen, and dialogs close at the next news.
"""

from typing import Literal

import streamlit as st


def opens_panel(
    label: str,
    *,
    key: str,
    icon: str = "",
    type: Literal["primary", "secondary", "tertiary"] = "secondary",
    width: Literal["content", "stretch"] = "content",
) -> bool:
    """Draw the button and return whether its panel is open; the caller draws the panel where there is room."""
    is_open = panel_is_open(key)
    st.button(
        label,
        key=f"{key}_button",
        icon=":material/expand_less:" if is_open else icon or None,
        type=type,
        width=width,
        on_click=_turn,
        args=(key,),
    )
    return is_open


def panel_is_open(key: str) -> bool:
    """Return whether the panel of the button with this key is open."""
    return bool(st.session_state.get(key))


def close_panel(key: str) -> None:
    """Close a panel. For callbacks, after what it was for is stored."""
    st.session_state[key] = False


def _turn(key: str) -> None:
    st.session_state[key] = not panel_is_open(key)
