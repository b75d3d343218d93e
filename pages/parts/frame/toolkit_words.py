"""The words that Streamlit itself puts on a page, in the page's language: most are heard only by screen readers.

Streamlit has no setting for them. It also reads labels aloud as they were written, escapes included.
"""

import json

from pages.parts.frame.component import component
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language

_component = component("handslag_words", __file__)


def toolkit_words() -> None:
    """Say Streamlit's own words in the language of this page. Call it once on every page."""
    # As text: a dictionary makes Streamlit load pandas, to see whether it holds a table. That is 68 MB.
    _component(key=f"toolkit_words_{language()}", data={"words": json.dumps(_words())})


def _words() -> dict[str, str]:
    return {
        "App pages": _("Pages"),
        "Main menu": _("Menu"),
        "Navigate to home page": _("To all alliances"),
        "Open": _("Open the list"),
        "Dismiss": _("Close the list"),
        "Clear value": _("Make empty"),
        "Clear all": _("Make empty"),
        "Increment": _("One more"),
        "Decrement": _("One less"),
        "Choose date": _("Choose a day"),
        "Skip to main content": _("Go to the text"),
        "(opens in new tab)": _("(opens in a new window)"),
        "yyyy": _("yyyy"),
        "Close": _("Close"),
        "Connection error": _("No connection for a moment"),
        "Streamlit server is not responding. Are you connected to the internet?": _(
            "This page goes on by itself when the connection is back. What was stored is still there."
        ),
        "Page not found": _("This page does not exist"),
        "The page that you have requested does not seem to exist. Running the app's main page.": _(
            "The alliance stands here instead."
        ),
    }
