"""Withdrawing a link: it asks first, says what happened, and can be undone: then the very same link works again."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.parts.frame.acting import act_then
from pages.parts.frame.panel import close_panel, opens_panel
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _


def withdraw_link(
    action: Callable[..., Any],
    *,
    key: str,
    loses: str,
    done: str,
    undone: str = "",
    label: str = "",
    **arguments: Any,
) -> None:
    """Draw the button that withdraws a link by `action`. `loses` says beforehand what stops, `done` what happened.

    `undone` is what is told when that was undone, and `label` what the button says, where no new link comes in its
    place.
    """
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
            args=(action, key, done, undone, arguments),
        )
        st.button(_("Keep the link"), key=f"{key}_keep", on_click=close_panel, args=(asks,))


def _withdraw(
    action: Callable[..., Any], key: str, done: str, undone: str, arguments: dict[str, Any]
) -> None:
    withdrawn = act_then(action, then={f"{key}_asks": False}, **arguments)
    if withdrawn:
        tell(
            done,
            withdrawn.undo,
            undone=undone or _("The old link works again. The one that was made since opens nothing."),
        )
