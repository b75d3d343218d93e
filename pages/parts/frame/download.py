"""A Word file to download: a link that looks like a button, and stays good however often the page is drawn."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

import streamlit as st


def download(
    label: str,
    path: str,
    query: Mapping[str, str | int],
    *,
    key: str,
    is_primary: bool = False,
    icon: str = "download",
) -> None:
    """Draw the link to a file of `phone/files/lead_files.py`: `path` is below `/files/`, `query` says which one."""
    address = f"/files/{path}" + (f"?{urlencode(query)}" if query else "")
    kind = "button primary" if is_primary else "button"
    with st.container(key=key, width="content"):
        st.html(
            f'<a class="{kind} download" href="{escape(address)}" target="_self">'
            f'<span class="symbol" aria-hidden="true" translate="no">{icon}</span>{escape(label)}</a>'
        )
