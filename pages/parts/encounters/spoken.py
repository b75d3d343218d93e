"""The two numbers of somebody without a phone of their own, typed by who leads."""

from collections.abc import Sequence

import streamlit as st

from models.encounters.answers import note_numbers
from models.workshop.people import ParticipantRow
from pages.parts.encounters.wishes import called
from pages.parts.frame.acting import act
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import small

WHO, BEFORE, AFTER = "spoken_who", "spoken_before", "spoken_after"


def spoken_numbers(people: Sequence[ParticipantRow]) -> None:
    """Draw a form for the two numbers of who has no phone; nothing where everybody has one."""
    if not people:
        return
    by_id = {person.id: called(person) for person in people}
    with st.expander(_("For who has no phone of their own")):
        small(_("You read this person's numbers as you type them. Nobody sees them after that."))
        who, before, after, send = st.columns([2, 1, 1, 1], vertical_alignment="bottom")
        who.selectbox(_("Who"), list(by_id), format_func=by_id.__getitem__, key=WHO, index=None)
        before.number_input(_("Knew before"), min_value=0, max_value=999, value=None, key=BEFORE, format="%d")
        after.number_input(
            _("Would greet now"), min_value=0, max_value=999, value=None, key=AFTER, format="%d"
        )
        send.button(_("Keep"), key="keep_spoken", on_click=_keep)


def _keep() -> None:
    chosen = st.session_state.get(WHO)
    before, after = st.session_state.get(BEFORE), st.session_state.get(AFTER)
    if chosen is None or (before is None and after is None):
        return
    done = act(note_numbers, participant_id=chosen, before=before, after=after)
    if done.error is None:
        st.session_state[WHO] = st.session_state[BEFORE] = st.session_state[AFTER] = None
        tell(_("Kept. It counts as any other."))
