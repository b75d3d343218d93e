"""What was just done, told at the foot of the page, with the way to undo it where that can truly be done.

    acted = act(hide_proposal, proposal_id=7)
    if acted:
        tell(_("Hidden everywhere."), acted.undo)

It stands for ten seconds, and until something else is stored: it tells of the last thing done. After that one finds it
among the events (`pages/events.py`). What has no event to undo is undone by an action, from the message only:

    tell(_("Marked."), remove_finding, finding_id=7)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import streamlit as st

from models.basics.errors import CannotBeUndone
from models.undoing.undo import Undone, undo
from pages.parts.frame.acting import act, facilitator, refuse
from pages.parts.frame.component import component
from pages.parts.frame.whole_page import told_at_the_foot, window
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext, plain

_announces = component("handslag_told", __file__, html='<p role="status"></p>')


@dataclass(frozen=True)
class Told:
    """One message. `number` tells it from the one before; `undo` is the event that can be undone, or does it."""

    number: int
    words: str
    undo: int | Callable[..., Any] | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    undone: str = ""
    afterwards: Callable[[], None] | None = None


_numbers = count(1)


def tell(
    words: str,
    undo: int | Callable[..., Any] | None = None,
    *,
    undone: str = "",
    afterwards: Callable[[], None] | None = None,
    **arguments: Any,
) -> None:
    """Tell at the foot of this window's page what was done; `undo` is the event by which it is undone, if it can be.

    Where there is no such event `undo` is the action that takes it back, with `arguments`.

    `undone` is what is told once it was, where "Undone." says too little; `afterwards` is what this page does then, to
    stand as it stood. For callbacks, after `act`; draws the whole page anew.
    """
    told_at_the_foot[window()] = Told(next(_numbers), words, undo, arguments, undone, afterwards)
    st.rerun()


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
    if isinstance(told.undo, int):
        undo_event(told.undo, told.undone, told.afterwards)
    elif told.undo is not None and act(told.undo, **told.arguments):
        tell(told.undone or _("Undone."))


def undo_event(event_id: int, undone: str = "", afterwards: Callable[[], None] | None = None) -> None:
    """Undo what an event tells of, and tell at the foot what came of it. For `on_click`."""
    acted = act(undo, handled=(CannotBeUndone,), event_id=event_id)
    if acted.error is not None:
        told_at_the_foot.pop(window(), None)
        refuse(acted.error)
        st.rerun()
    if afterwards is not None:
        afterwards()
    tell(_what_came_of_it(acted.result, undone))


def _what_came_of_it(result: Undone, undone: str) -> str:
    if result.already_by not in (None, facilitator().name):
        return _("{name} had undone this already.").format(name=result.already_by)
    if result.left:
        stays = ngettext(
            "Undone. {count} stays: it was changed since.",
            "Undone. {count} stay: they were changed since.",
            result.left,
        )
        return stays.format(count=result.left)
    return undone or _("Undone.")
