"""Counts that one can press: what this viewer looks at, kept in the address of the page."""

from collections.abc import Mapping

import streamlit as st


def filter_pills(label: str, options: Mapping[str, str], *, name: str, first: str | None = None) -> str:
    """Draw one pill per option and return the chosen one: `first`, or the first, until the address says `?{name}=…`.

    `options` maps a value to what its pill reads; the value stands in the address, so that counts may change.
    """
    key = f"filter_{name}"
    asked = st.query_params.get(name)
    first = first or next(iter(options))

    def remember() -> None:
        chosen = st.session_state[key]
        if chosen == first:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = chosen

    chosen = st.pills(
        label,
        list(options),
        format_func=lambda value: options[value],
        default=asked if asked in options else first,
        required=True,
        key=key,
        on_change=remember,
        label_visibility="collapsed",
    )
    return chosen or first
