"""Puts a finished screen on the page, drawings included: `st.html` takes every svg element out."""

from pages.parts.frame.component import component

_component = component("handslag_screen", __file__, isolates_styles=False)


def show(html: str) -> None:
    """Draw `html`, in which everything that people typed is escaped. For one place on a page."""
    _component(key="projector_screen", data={"html": html})
