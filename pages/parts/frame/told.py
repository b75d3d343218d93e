"""What was just done, told at the foot of the page, with the way to undo it where that can truly be done.

    acted = act(hide_proposal, proposal_id=7)
    tell(_("Hidden everywhere."), undo=bring_back_proposal, proposal_id=7)

It stands for ten seconds, and until something else is stored: it tells of the last thing done.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import streamlit as st

from pages.parts.frame.acting import act
from pages.parts.frame.component import component
from pages.parts.frame.whole_page import told_at_the_foot, window
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain

_announces = component("handslag_told", __file__, html='<p role="status"></p>')


@dataclass(frozen=True)
class Told:
    """One message. `number` tells it from the one before; `undo` takes back what it tells of."""

    number: int
    words: str
    undo: Callable[..., Any] | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    about: frozenset[int] = frozenset()


_numbers = count(1)


def tell(
    words: str,
    undo: Callable[..., Any] | None = None,
    *,
    about: frozenset[int] = frozenset(),
    **arguments: Any,
) -> None:
    """Tell at the foot of this window's page what was done; `undo` is the action that takes it back.

    `about` holds the ids of the rows that it tells of: see `told_about`. For callbacks, after `act`; draws the whole
    page anew.
    """
    told_at_the_foot[window()] = Told(next(_numbers), words, undo, arguments, about)
    st.rerun()


def told_about() -> frozenset[int]:
    """Return the rows that the message at the foot tells of: they stay where they were, whatever the filter."""
    told = told_at_the_foot.get(window())
    return told.about if told else frozenset()


def show_told() -> None:
    """Draw the message at the foot of the page. Call it once on every page, before the page itself."""
    told = told_at_the_foot.get(window())
    with st.container(key="foot"):
        _announces(
            key="told", data={"number": told.number if told else 0, "said": told.words if told else ""}
        )
        if told is None:
            return
        with st.container(
            key=f"told_{told.number}", horizontal=True, vertical_alignment="center", width="content"
        ):
            st.markdown(plain(told.words), width="content")
            if told.undo is not None:
                st.button(
                    _("Undo"),
                    key=f"undo_{told.number}",
                    icon=":material/undo:",
                    on_click=_undo,
                    args=(told,),
                )


def _undo(told: Told) -> None:
    if told.undo is not None and act(told.undo, **told.arguments):
        tell(_("Undone."))
