"""No button takes a click that was meant for another one.

After a click the page changes, and the second click of a double click, or that of an impatient hand, lands on what
stands in that place by then: "Open the round" becomes "Close the round and show the result". So a button that came, or
got other words, under the place of the last click takes no click there for a second; likewise a button that the focus
was moved to, for Enter and space.
"""

from pages.parts.frame.component import component

_component = component("handslag_steady_places", __file__)


def steady_places() -> None:
    """Guard the clicks of this page. Call it once on every page."""
    _component(key="steady_places")
