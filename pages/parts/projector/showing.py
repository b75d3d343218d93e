"""Puts a finished screen on the page, drawings included: `st.html` takes every svg element out."""

import streamlit as st

_SCRIPT = """export default function ({ data, parentElement }) {
  if (parentElement.drawn !== data.html) {
    parentElement.drawn = data.html;
    parentElement.innerHTML = data.html;
  }
}"""
_component = st.components.v2.component("handslag_screen", js=_SCRIPT, isolate_styles=False)


def show(html: str) -> None:
    """Draw `html`, in which everything that people typed is escaped. For one place on a page."""
    _component(key="projector_screen", data={"html": html})
