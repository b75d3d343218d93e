"""What an evening at mixed tables did: closed by one button, then told with numbers, and with what nobody knows."""

import streamlit as st

from exports.sentences.evening import answered_told, place_told
from models.basics.words import Source, Step, WorkshopState
from models.encounters.answers import asks_after, close_answers
from models.encounters.what_it_did import EveningDid, read_what_it_did
from models.storage.database import reading
from models.workshop.people import list_participants
from models.workshop.presence import is_here
from pages.parts.encounters.did import (
    chance_card,
    classes_card,
    conditions_card,
    did_style,
    numbers_card,
    pairs_card,
    unknown_card,
)
from pages.parts.encounters.spoken import spoken_numbers
from pages.parts.frame.acting import act_on_click, facilitator
from pages.parts.frame.download import download
from pages.parts.frame.live import live
from pages.parts.frame.room_now import RoomNow, room_now
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small
from pages.parts.leading.ending import confirm_end
from pages.parts.leading.page_head import big_sentence, only_where_it_is_a_step, page_foot
from pages.parts.leading.steps_style import steps_style

DID = "what_the_evening_did"


@st.fragment(key=DID)
def what_it_did(room: RoomNow) -> None:
    """Draw what the evening did so far, or in the end."""
    facilitator()
    with reading() as session:
        did = read_what_it_did(session, room.workshop_id)
    above = " · ".join(part for part in (place_told(did, language()), did.theme) if part)
    big_sentence(_("What this evening did"), above=above)
    if did.is_erased:
        st.markdown(
            _("What this evening did is erased. The report in Word keeps it, where somebody downloaded it.")
        )
        return
    _tools(room, did)
    if not did.answers.is_closed and room.workshop.state == WorkshopState.OPEN:
        with reading() as session:
            people = list_participants(session, room.workshop_id)
        spoken_numbers([one for one in people if is_here(one) and one.source != Source.PHONE])
    if did.numbers is not None and did.numbers.classes:
        left, right = st.columns([5, 6])
        with left:
            numbers_card(did)
        with right:
            classes_card(did.numbers)
    else:
        numbers_card(did)
    if did.met is None:
        st.markdown(_("Nobody sat at a table yet. Divide the tables first."))
        return
    pairs_card(did)
    if did.met.by_group is None or did.met.by_group.index is None:
        unknown_card(did)
        conditions_card(did)
        return
    left, right = st.columns([6, 5])
    with left:
        chance_card(did)
        conditions_card(did)
    with right:
        unknown_card(did)


def _tools(room: RoomNow, did: EveningDid) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="evening_tools"):
        st.badge(answered_told(did, language()), icon=":material/group:", color="gray")
        if did.answers.is_closed:
            download(_("Report"), f"{room.workshop.code}/evening.docx", {}, key="report_of_evening")
        if not did.answers.is_closed and not asks_after(room.workshop):
            # What cannot be undone is not offered before that.
            small(
                _("Both questions can be closed from the harvest on: only then do phones ask the second one.")
            )
        elif not did.answers.is_closed:
            st.button(
                _("Close both questions and show the figures"),
                key="close_answers",
                icon=":material/lock:",
                type="primary" if room.workshop.step == Step.END else "secondary",
                help=_("After this nobody can change a number. That cannot be undone."),
                on_click=act_on_click,
                args=(close_answers,),
                kwargs={"workshop_id": room.workshop_id},
            )
        elif room.workshop.state == WorkshopState.OPEN and did.chosen is None:
            st.markdown(_("The projector shows it too, in the step The end."))
            if st.button(_("End the meeting"), key="end", icon=":material/stop:"):
                confirm_end(room.workshop)


room = room_now()
steps_style()
did_style()
only_where_it_is_a_step(room, Step.HARVEST)
what_it_did(room)
page_foot(room)
live(room.workshop.code, DID)
