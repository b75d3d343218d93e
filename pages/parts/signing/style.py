"""The style sheet of the page of signing."""

from pathlib import Path

import streamlit as st


def signing_style() -> None:
    """Lay the page's own rules over those of the steps."""
    st.html(Path(__file__).resolve().parent / "signing.css")
