"""What surrounds every facilitator's page: the style sheet, the wordmark, the language and the way out."""

from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from exports.language import LANGUAGES
from pages.parts.frame.acting import leave, show_refusal
from pages.parts.frame.told import show_told
from pages.parts.frame.toolkit_words import toolkit_words
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language

FOLDER = Path(__file__).resolve().parents[2]


def style() -> None:
    """Lay the facilitators' style sheet over Streamlit's."""
    st.html(FOLDER / "facilitator.css")
    connecting = _("No connection for a moment")
    st.html(f'<style>:root {{ --words-connecting: "{connecting}"; }}</style>')


def chrome(*, is_signed_in: bool) -> None:
    """Draw the wordmark, the language switch, and the sign-out button for who is signed in."""
    st.logo(str(FOLDER / "static" / "wordmark.svg"), size="large")
    with st.container(
        horizontal=True, key="page_tools", width="content", vertical_alignment="center", gap="small"
    ):
        if is_signed_in:
            keys = _("Keys")
            st.html(
                f'<button type="button" class="list-of-keys" data-handslag-keys aria-label="{keys}" '
                'aria-expanded="false">?</button>'
            )
        language_switch()
        if is_signed_in:
            st.button(_("Sign out"), key="sign_out", type="tertiary", on_click=leave)
        toolkit_words()
    if not is_signed_in:
        # Else it is the edge of the frame.
        st.html('<div class="shutter" aria-hidden="true"></div>')


def messages() -> None:
    """Draw what stood in the way, and what was just done: after the frame, since there may be none."""
    show_refusal()
    show_told()


def language_switch() -> None:
    """Draw a form that sets the language cookie and comes back to this page."""
    other = next(code for code in LANGUAGES if code != language())
    address = urlsplit(st.context.url or "/lead/")
    back = address.path + (f"?{address.query}" if address.query else "")
    st.html(
        '<form action="/language" method="post" class="language">'
        f'<input type="hidden" name="language" value="{other}">'
        f'<input type="hidden" name="back" value="{escape(back)}">'
        f'<button type="submit" lang="{other}" aria-label="{other.upper()}: {LANGUAGES[other]}">'
        f"{other.upper()}</button></form>"
    )
