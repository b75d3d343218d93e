"""The style sheet of the pages of the steps."""

from pathlib import Path

import streamlit as st


def steps_style() -> None:
    """Lay the steps' own rules over the facilitators' style sheet."""
    st.html(Path(__file__).resolve().parent / "steps.css")
