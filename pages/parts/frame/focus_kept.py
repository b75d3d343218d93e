"""The focus goes on from where it was, when what held it has left the page.

A button that opens or closes a round is gone with what it did, and Streamlit leaves the focus on the whole document:
the next Tab begins at the top, and a screen reader says nothing.
"""

from pages.parts.frame.component import component

_component = component("handslag_focus_kept", __file__)


def focus_kept() -> None:
    """Keep the focus on the page. Call it once on every page, where it is drawn at every run."""
    _component(key="focus_kept")
