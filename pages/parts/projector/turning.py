"""Turning the pages of the projector from the facilitator's laptop: a town hall's PC has no keys for it."""

import streamlit as st

from models.alliance.alliance import read_alliance
from models.storage.database import reading
from models.tables import Workshop
from models.workshop.workshop import turn_wall
from pages.parts.frame.acting import act_on_click
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import small
from pages.parts.projector.now import screen_now


def projector_pages(workshop: Workshop) -> None:
    """Draw which page the projector shows and two buttons to turn it; nothing where all fits on one."""
    with reading() as session:
        # In the language of the projector: longer sentences may take more pages. The address stands in the foot only.
        spoken = read_alliance(session, workshop.alliance_id).language
        pages = screen_now(session, workshop.id, own_address="", language=spoken).pages
    if pages == 1:
        return
    page = min(workshop.wall_page, pages - 1)
    with st.container(horizontal=True, vertical_alignment="center", width="content", key="projector_pages"):
        st.markdown(_("The projector shows page {page} of {pages}.").format(page=page + 1, pages=pages))
        _turn(workshop, _("Page back"), page - 1, icon="arrow_back", key="page_back", is_possible=page > 0)
        _turn(
            workshop,
            _("Next page"),
            page + 1,
            icon="arrow_forward",
            key="page_on",
            is_possible=page < pages - 1,
        )
        small(_("Or the keys ← and →"))


def _turn(workshop: Workshop, label: str, page: int, *, icon: str, key: str, is_possible: bool) -> None:
    st.button(
        label,
        key=key,
        icon=f":material/{icon}:",
        disabled=not is_possible,
        on_click=act_on_click,
        args=(turn_wall,),
        kwargs={"workshop_id": workshop.id, "page": page},
    )
