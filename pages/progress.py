"""Step 6: what became of the agreements: who is late, who is silent, whom to call, and what was said."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from exports.language import day, day_this_year
from exports.sentences import progress_headline, step_name
from models.basics.clock import today
from models.basics.words import Step
from models.installation.address import public_address
from models.progress.following import Followed, read_followed, read_log
from models.signing.agenda import is_frozen
from models.storage.database import reading
from models.tables import Partner, Workshop
from models.workshop.workshop import read_workshop
from pages.parts.frame.acting import facilitator
from pages.parts.frame.live import live
from pages.parts.frame.room_now import RoomNow, room_now
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small
from pages.parts.leading.next_meeting import next_meeting
from pages.parts.leading.page_head import page_head
from pages.parts.leading.steps_style import steps_style
from pages.parts.progress.call import call_card
from pages.parts.progress.in_the_room import round_in_the_room
from pages.parts.progress.order import as_opened, at_hand
from pages.parts.progress.rows import agreement_table

PROGRESS = "progress"


@st.fragment(key=PROGRESS)
def following(room: RoomNow) -> None:
    """Draw every agreement with the last word about it, and the card of the one at hand. A live part (`progress`)."""
    facilitator()
    now = today(room.alliance.time_zone)
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
        followed = read_followed(session, room.alliance_id, now)
        frozen = is_frozen(session, room.alliance_id)
    if not followed:
        _no_agreements(room)
        return
    agreements = as_opened(room.alliance_id, followed)
    chosen = at_hand(agreements)
    with reading() as session:
        log = read_log(session, chosen.id)
        partner = session.get(Partner, chosen.carrier.partner_id) if chosen.carrier else None
        address = public_address(session)
    left, right = st.columns([2.5, 1], gap="medium")
    with left, st.container(border=True, key="card_followed"):
        _head(workshop, followed, now)
        if not frozen:
            _not_frozen(room)
        round_in_the_room(workshop, followed, chosen)
        agreement_table(agreements, chosen, now, room.alliance.time_zone)
        next_meeting(workshop)
    with right:
        call_card(room, chosen, partner, log, address, now)


def _head(workshop: Workshop, followed: Sequence[Followed], now: date) -> None:
    next_on = workshop.next_meeting_on
    told = (
        _("Progress on {day} · back in the room on {next_day}").format(
            day=day(now, language()), next_day=day_this_year(next_on, now, language())
        )
        if next_on is not None and next_on >= now
        else _("Progress on {day}").format(day=day(now, language()))
    )
    small(told)
    st.header(progress_headline(followed, language()), anchor=False)


def _no_agreements(room: RoomNow) -> None:
    with st.container(border=True, key="card_no_agreements"):
        st.header(_("There are no agreements yet."), anchor=False)
        st.markdown(_("Here you will see who is late, who is silent, and whom to call."))
        st.page_link(
            "agree.py", label=_("Make agreements"), icon=":material/handshake:", query_params=room.link
        )


def _not_frozen(room: RoomNow) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="not_frozen"):
        st.markdown(_("The text is not frozen yet: agreements may still change."), width="content")
        st.page_link("sign.py", label=_("To signing"), icon=":material/draw:", query_params=room.link)


room = room_now()
steps_style()
page_head(room, step_name(room.workshop.block, Step.PROGRESS, language()), here=Step.PROGRESS)
following(room)
live(room.workshop.code, PROGRESS)
