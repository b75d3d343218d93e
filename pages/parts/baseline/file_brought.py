"""A file that is brought from this computer: read by the page's own field, which speaks the page's language."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from models.baseline.note_file import FILE_LIMIT
from models.basics.errors import FileTooLarge
from pages.parts.frame.acting import refuse
from pages.parts.frame.component import component

_component = component(
    "handslag_file_brought", __file__, html='<label class="file"><b></b><input type="file"></label>'
)


@dataclass(frozen=True)
class Brought:
    name: str
    content: bytes


def file_brought(label: str, *, accepts: str, key: str, then: Callable[[Brought], None]) -> None:
    """Draw a field for one file; `then` gets it, in a callback. `accepts` are the endings, apart by commas."""

    def take() -> None:
        sent = getattr(st.session_state[key], "file", None)
        if not sent:
            return
        try:
            content = base64.b64decode(str(sent.get("content", "")), validate=True)
        except binascii.Error:
            return
        if sent.get("too_large") or len(content) > FILE_LIMIT:
            refuse(FileTooLarge(FILE_LIMIT))
            st.rerun()
        then(Brought(str(sent.get("name", ""))[:200], content))

    _component(key=key, data={"label": label, "accepts": accepts, "limit": FILE_LIMIT}, on_file_change=take)
