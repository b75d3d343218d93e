"""A file that is brought from this computer: by the page's own field, which speaks the page's language.

It goes to a route of ours: a page takes no more than a megabyte from a window at once, and Streamlit's own field speaks
English.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from pages.parts.frame.component import component
from pages.parts.frame.words import gettext as _

Told = Mapping[str, Any]

_component = component(
    "handslag_file_brought",
    __file__,
    html='<label class="file"><b></b><input type="file"></label><p role="status"></p><p role="alert"></p>',
)


def file_sent(label: str, *, accepts: str, key: str, address: str, then: Callable[[Told], None]) -> None:
    """Draw a field for one file that a route of ours takes in, by a post to `address`.

    `accepts` are the endings, apart by commas. `then` gets what the route answered, in a callback. What the route
    refuses stands beside the field at once.
    """

    def taken() -> None:
        told = getattr(st.session_state[key], "sent", None)
        if told:
            then(told)

    data = {
        "label": label,
        "accepts": accepts,
        "address": address,
        "busy": _("One moment: we look at the file."),
        "failed": _("The file did not arrive. Is there a connection? Try again."),
    }
    _component(key=key, data=data, on_sent_change=taken)
