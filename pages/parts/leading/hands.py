"""Raised hands in full, longest first, each lowered once somebody was heard. The live bar has them on every page."""

from collections.abc import Sequence

import streamlit as st

from exports.language import clock_time
from exports.live_bar import participant_name
from models.workshop.participant import lower_hand
from models.workshop.people import ParticipantRow
from pages.parts.frame.acting import act_on_click
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain


def name_of(person: ParticipantRow) -> str:
    """Return the name somebody gave, else "participant 17"."""
    return participant_name(person, language())


# Of a longer name one reads the beginning; the whole of it stands in the list of hands.
LONGEST_ON_A_BUTTON = 24


def give_the_floor(hands: Sequence[ParticipantRow]) -> None:
    """Draw the button that hears whoever waits longest; nothing while nobody waits."""
    if not hands:
        return
    name = name_of(hands[0])
    shown = name if len(name) <= LONGEST_ON_A_BUTTON else f"{name[:LONGEST_ON_A_BUTTON].rstrip()} …"
    st.button(
        _("Give {name} the floor").format(name=plain(shown)),
        key="give_the_floor",
        icon=":material/front_hand:",
        on_click=act_on_click,
        args=(lower_hand,),
        kwargs={"participant_id": hands[0].id},
    )


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
