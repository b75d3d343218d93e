"""Everything that must be ready before people come in."""

import streamlit as st

from models.alliance.groups import read_groups
from models.alliance.partner import read_partners
from models.basics.words import BuildingBlock
from models.installation.address import public_address
from models.storage.database import reading
from pages.parts.encounters.evening import the_evening, the_questions
from pages.parts.encounters.mixing import who_sits_with_whom
from pages.parts.encounters.series import the_series
from pages.parts.frame.live import live
from pages.parts.frame.room_now import room_now
from pages.parts.frame.words import gettext as _
from pages.parts.leading.page_head import page_head
from pages.parts.paper.downloads import BADGES
from pages.parts.prepare.address import the_address
from pages.parts.prepare.alliance import the_accent, the_alliance
from pages.parts.prepare.codes import personal_codes
from pages.parts.prepare.groups import the_groups
from pages.parts.prepare.logo import the_logo
from pages.parts.prepare.meeting import the_workshop
from pages.parts.prepare.partners import the_partners
from pages.parts.prepare.still_to_do import still_to_do


def show() -> None:
    """Draw the page of the chosen workshop."""
    room = room_now()
    page_head(room, _("Prepare"))
    still_to_do(room)
    with reading() as session:
        address = public_address(session)
        groups = read_groups(session, room.alliance_id)
        partners = read_partners(session, room.alliance_id)
    if room.workshop.block == BuildingBlock.ENCOUNTERS:
        evening, questions = st.columns(2)
        with evening, st.container(border=True, key="card_evening"):
            the_evening(room)
        with questions, st.container(border=True, key="card_questions"):
            the_questions(room)
        with st.container(border=True, key="card_mixing"):
            who_sits_with_whom(room)
        with st.container(border=True, key="card_series"):
            the_series(room)
    left, right = st.columns(2)
    with left:
        with st.container(border=True, key="card_workshop"):
            the_workshop(room)
        with st.container(border=True, key="card_alliance"):
            the_alliance(room)
        with st.container(border=True, key="card_accent"):
            the_accent(room)
        with st.container(border=True, key="card_logo"):
            the_logo(room)
    with right:
        with st.container(border=True, key="card_address"):
            the_address(room, address)
        with st.container(border=True, key="card_groups"):
            the_groups(room, groups)
    with st.container(border=True, key="card_partners"):
        the_partners(room, partners, groups, address)
    with st.container(border=True, key="card_codes"):
        personal_codes(room, groups, address)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(_("To the room"), key="to_the_room", type="primary", icon=":material/play_arrow:"):
            st.switch_page("room.py", query_params=room.link)
        st.page_link("events.py", label=_("What happened"), icon=":material/history:", query_params=room.link)
    live(room.workshop.code, BADGES)


show()
