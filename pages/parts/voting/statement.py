"""The text that is voted on."""

import streamlit as st
from markupsafe import escape

from models.round_views import ItemView, RoundView
from pages.parts.small_print import small
from pages.parts.words import gettext as _


def statement(item: ItemView, round_: RoundView, *, is_alone: bool) -> None:
    """Draw the text with the numbers it has; large where it stands alone."""
    size = "statement" if is_alone else "statement one-of-several"
    with st.container(gap="xxsmall"):
        small(_caption(item, round_))
        st.html(f'<h2 class="{size}" dir="auto">{escape(item.text)}</h2>')


def _caption(item: ItemView, round_: RoundView) -> str:
    if len(round_.items) > 1:
        return _("Principle {number}, version {version} · {position} of {items} · round {round}").format(
            number=item.principle_number,
            version=item.version,
            position=item.position,
            items=len(round_.items),
            round=round_.number,
        )
    return _("Principle {number}, version {version} · round {round}").format(
        number=item.principle_number, version=item.version, round=round_.number
    )
