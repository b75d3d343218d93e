"""The style sheet of the page of voting."""

from pathlib import Path

import streamlit as st


def voting_style() -> None:
    """Lay the page's own rules over those of the steps."""
    st.html(Path(__file__).resolve().parent / "voting.css")
