"""Drawings of exports/drawings/ on a page. Streamlit takes SVG out of HTML, so they come as images."""

from base64 import b64encode

import streamlit as st
from markupsafe import Markup

from exports.drawings import on_paper


def picture(drawing: str, alternative: str, *, width: str = "100%") -> Markup:
    """Return an `<img>` with the drawing in the light colours.

    `alternative` says what one sees; empty hides it. `width` is a CSS length.
    """
    source = b64encode(on_paper(drawing).encode()).decode()
    return Markup(
        '<img src="data:image/svg+xml;base64,{}" alt="{}" style="width:{};height:auto;display:block">'
    ).format(source, alternative, width)


def show_picture(drawing: str, alternative: str, *, width: str = "100%") -> None:
    """Draw the drawing here."""
    st.html(str(picture(drawing, alternative, width=width)))
