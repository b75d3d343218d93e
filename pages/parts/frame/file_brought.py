"""A file that is brought from this computer: read by the page's own field, which speaks the page's language."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from models.basics.errors import FileTooLarge
from pages.parts.frame.acting import refuse
from pages.parts.frame.component import component
from pages.parts.frame.words import gettext as _

_component = component(
    "handslag_file_brought",
    __file__,
    html='<label class="file"><b></b><input type="file"></label><p role="status"></p><p role="alert"></p>',
)


@dataclass(frozen=True)
class Brought:
    name: str
    content: bytes


def file_brought(label: str, *, accepts: str, key: str, limit: int, then: Callable[[Brought], None]) -> None:
    """Draw a field for one file of `limit` bytes at most; `then` gets it, in a callback.

    `accepts` are the endings, apart by commas.
    """

    def take() -> None:
        sent = getattr(st.session_state[key], "file", None)
        if not sent:
            return
        try:
            content = base64.b64decode(str(sent.get("content", "")), validate=True)
        except binascii.Error:
            return
        if sent.get("too_large") or len(content) > limit:
            refuse(FileTooLarge(limit))
            st.rerun()
        then(Brought(str(sent.get("name", ""))[:200], content))

    _component(key=key, data={"label": label, "accepts": accepts, "limit": limit}, on_file_change=take)


def file_sent(
    label: str, *, accepts: str, key: str, address: str, then: Callable[[int | None], None]
) -> None:
    """Draw a field for one file that a route of ours takes in, by a post to `address`.

    `then` gets the event of what came of it, None where that cannot be undone, in a callback. What the route refuses
    stands beside the field at once.
    """

    def taken() -> None:
        sent = getattr(st.session_state[key], "sent", None)
        if sent:
            event = sent.get("event")
            then(event if isinstance(event, int) else None)

    data = {
        "label": label,
        "accepts": accepts,
        "address": address,
        "busy": _("One moment: we look at the file."),
        "failed": _("The file did not arrive. Is there a connection? Try again."),
    }
    _component(key=key, data=data, on_sent_change=taken)
