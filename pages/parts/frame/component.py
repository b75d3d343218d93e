"""A component of a page: its script, and its style where it has one, stand in files beside its module."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from exports.follower import FOLLOWER


def component(
    name: str, module: str, *, html: str | None = None, follows: bool = False, isolates_styles: bool = True
) -> Callable[..., Any]:
    """Return the component `name` of a module: `component("handslag_keys", __file__)` reads `keys.js` beside it.

    Files `keys.html` and `keys.css` there are its markup and its style.
    One that `follows` the news of a room has `followRoom` in front of its script.
    """
    script, style, markup = (Path(module).with_suffix(kind) for kind in (".js", ".css", ".html"))
    return st.components.v2.component(
        name,
        html=markup.read_text(encoding="utf-8") if markup.is_file() else html,
        css=style.read_text(encoding="utf-8") if style.is_file() else None,
        js=(FOLLOWER if follows else "") + script.read_text(encoding="utf-8"),
        isolate_styles=isolates_styles,
    )
