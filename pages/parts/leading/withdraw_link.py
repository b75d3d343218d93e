"""Withdrawing a link: it asks first, and says what happened."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.parts.frame.acting import act_then
from pages.parts.frame.panel import close_panel, opens_panel
from pages.parts.frame.words import gettext as _


def withdraw_link(
    action: Callable[..., Any], *, key: str, loses: str, done: str, label: str = "", **arguments: Any
) -> None:
    """Draw the button that withdraws a link by `action`. `loses` says beforehand what stops, `done` what happened.

    `label` is what the button says where no new link comes in its place.
    """
    if st.session_state.get(said_withdrawn(key)):
        st.success(done, icon=":material/check_circle:")
    asks = f"{key}_asks"
    if not opens_panel(
        label or _("Withdraw this link and make a new one"), key=asks, icon=":material/history:"
    ):
        return
    st.warning(loses, icon=":material/info:")
    with st.container(horizontal=True):
        st.button(
            _("Withdraw the link"),
            key=key,
            icon=":material/history:",
            on_click=_withdraw,
            args=(action, key, arguments),
        )
        st.button(_("Keep the link"), key=f"{key}_keep", on_click=close_panel, args=(asks,))


def said_withdrawn(key: str) -> str:
    """Return under which key the session's state holds whether the link of `key` was just withdrawn here."""
    return f"{key}_is_done"


def _withdraw(action: Callable[..., Any], key: str, arguments: dict[str, Any]) -> None:
    act_then(action, then={f"{key}_asks": False, said_withdrawn(key): True}, **arguments)
