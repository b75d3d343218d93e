"""Fields that store themselves while one types: after each pause, not only when one leaves them.

Streamlit stores a field when one leaves it, or presses Ctrl and Enter in it: the script presses those keys after a
pause of 400 ms, so that what was typed outlives a closed laptop. Without the script a field is stored as one leaves it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st
from markupsafe import escape

from exports.language import clock_time
from pages.parts.frame.component import component
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language

_component = component("handslag_typing", __file__)


def stored_while_typing(name: str, fields: Sequence[str], on_left: Callable[[], None]) -> None:
    """Store the fields with these keys after each pause in typing; `on_left` runs when one has left them after typing.

    `name` tells these fields from others on the page. What is stored is each field's `on_change`.
    """
    _component(key=f"typing_{name}", data={"fields": list(fields)}, on_left_change=on_left)


def typed_line(stored_at: datetime | None, time_zone: str) -> None:
    """Say, on a line kept free for it, that what one types is stored, or since when it is."""
    if stored_at is None:
        icon, told = "edit", _("We store it while you type.")
    else:
        icon, told = (
            "check",
            _("Stored at {time}, also when you leave.").format(
                time=clock_time(stored_at, language(), time_zone)
            ),
        )
    st.html(
        f'<p class="typed-line"><span class="symbol" aria-hidden="true" translate="no">{icon}</span>{escape(told)}</p>'
    )
