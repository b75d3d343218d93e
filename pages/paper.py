"""Paper votes: print sheets, and type in what was handed in."""

import streamlit as st

from models.alliance.groups import read_groups
from models.basics.words import Phase
from models.storage.database import reading
from models.voting.paper import sheets_of
from models.voting.principles import list_principles
from models.voting.questions import VOTABLE
from models.voting.round_views import last_round
from models.who_may_see import Role
from pages.parts.frame.acting import visitor
from pages.parts.frame.live import live
from pages.parts.frame.room_now import Room, RoomNow, room_of
from pages.parts.frame.words import gettext as _
from pages.parts.hosting.head import head
from pages.parts.leading.page_head import page_head
from pages.parts.paper.downloads import print_sheets
from pages.parts.paper.entry import type_sheet
from pages.parts.paper.sheets import sheets_typed

PAPER = "paper"


@st.fragment(key=PAPER)
def paper(room: Room) -> None:
    """Draw the form for sheets of the open round, those typed in, and for who leads what there is to print.

    A live part. A table host sees nobody's code.
    """
    leads = visitor("paper").role is Role.FACILITATOR
    with reading() as session:
        latest = last_round(session, room.workshop_id)
        is_open = latest is not None and latest.phase == Phase.OPEN
        sheets = sheets_of(session, latest.id) if latest is not None and is_open else []
        groups = read_groups(session, room.alliance_id)
        texts = [
            principle.text
            for principle in list_principles(session, room.alliance_id)
            if principle.status in VOTABLE
        ]
    if latest is not None and is_open:
        type_sheet(latest, groups, sheets[0] if sheets else None, shows_codes=leads)
        sheets_typed(latest, sheets, room.alliance.time_zone, shows_codes=leads)
    else:
        with st.container(border=True, key="card_no_round"):
            st.header(_("No voting round is open"), anchor=False)
            if leads:
                st.markdown(_("Sheets are typed in while a round is open. Open it on the page Vote."))
                st.page_link(
                    "vote.py", label=_("To the vote"), icon=":material/how_to_vote:", query_params=room.link
                )
            else:
                st.markdown(_("Sheets are typed in while a round is open. This page then shows the form."))
    if leads:
        print_sheets(room, latest if is_open else None, texts)


room = room_of(visitor("paper"))
if isinstance(room, RoomNow):
    page_head(room, _("Paper votes"))
else:
    head(room, _("Paper votes"))
paper(room)
live(room.workshop.code, PAPER, has_bar=isinstance(room, RoomNow), is_gentle=not isinstance(room, RoomNow))
