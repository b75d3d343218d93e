"""Where one looks and types after a click: the top of a new page, or the form that was just opened.

Streamlit keeps a page's scroll when the page changes, and leaves the focus on a button that is gone.
"""

from pages.parts.frame.component import component

_component = component("handslag_in_sight", __file__)


def begin_at_the_top(place: str) -> None:
    """Show a page from its top, with the focus on its heading, when `place` differs from the one before."""
    _component(key="in_sight_page", data={"about": "page", "place": place, "field": "", "isPage": True})


def show_the_top(about: str, place: str) -> None:
    """Show the page from its top when `place`, of what is called `about`, differs from the one before."""
    data = {"about": about, "place": place, "field": "", "isPage": False}
    _component(key=f"in_sight_{about}", data=data)


def bring_into_sight(key: str, field: str, opening: str) -> None:
    """Bring the container `key` into sight, with the focus in its field or on its button with the key `field`, once an
    `opening`.
    """
    data = {"about": key, "field": field, "place": opening, "isPage": False}
    _component(key=f"in_sight_{key}", data=data)
