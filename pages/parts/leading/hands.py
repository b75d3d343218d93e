"""Raised hands: seen on every page of who leads, longest first, and lowered once somebody was heard."""

from collections.abc import Sequence

import streamlit as st

from exports.language import clock_time
from models.storage.database import reading
from models.workshop.participant import lower_hand
from models.workshop.people import ParticipantRow, raised_hands
from models.workshop.workshop import read_workshop
from pages.parts.frame.acting import act_on_click, facilitator
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain

HANDS = "hands"


def name_of(person: ParticipantRow) -> str:
    """Return the name somebody gave, else "participant 17"."""
    return person.name or person.partner or _("participant {number}").format(number=person.number)


def hands_in_the_bar(hands: Sequence[ParticipantRow], time_zone: str) -> None:
    """Draw how many hands are up and the first of them; a click opens them all. Nothing where none is up."""
    if not hands:
        return
    count = len(hands)
    label = ngettext("{count} hand: {name}", "{count} hands: {name} + {others}", count).format(
        count=count, name=plain(name_of(hands[0])), others=count - 1
    )
    with st.popover(label, key="raised_hands", icon=":material/front_hand:"):
        hand_rows(hands, time_zone, key="bar")


def hand_rows(hands: Sequence[ParticipantRow], time_zone: str, *, key: str) -> None:
    """Draw whose hand is up, who waits longest first, each with the button that lowers it."""
    for person in hands:
        if person.hand_raised_at is None:
            continue
        with st.container(horizontal=True, vertical_alignment="center", key=f"hand_{key}_{person.id}"):
            told = _("{name} raised a hand at {time}.").format(
                name=plain(name_of(person)), time=clock_time(person.hand_raised_at, language(), time_zone)
            )
            st.markdown(f":material/front_hand: {told}")
            st.button(
                _("Heard"),
                key=f"lower_{key}_{person.id}",
                icon=":material/check:",
                help=_("Lower the hand of {name}").format(name=plain(name_of(person))),
                on_click=act_on_click,
                args=(lower_hand,),
                kwargs={"participant_id": person.id},
            )


@st.fragment(key=HANDS)
def hands_of(workshop_id: int, time_zone: str) -> None:
    """Draw the hands of a meeting that is on, for a page that has no bar of steps. A live part (key `hands`)."""
    facilitator()
    with reading() as session:
        hands = raised_hands(session, workshop_id)
        code = read_workshop(session, workshop_id).code
    if not hands:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="hands_elsewhere"):
        hands_in_the_bar(hands, time_zone)
        st.page_link(
            "room.py", label=_("To the room"), icon=":material/play_arrow:", query_params={"workshop": code}
        )
