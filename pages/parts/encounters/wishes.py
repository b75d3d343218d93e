"""Wishes about who sits with whom, in four strengths; which of them clash is named before anything is computed."""

from collections.abc import Sequence

import streamlit as st

from exports.sentences.seating import contradiction_told, wish_told
from models.basics.words import WishStrength
from models.encounters.evening import drop_wish, set_wish
from models.encounters.plan import Asked
from models.encounters.seating.wanted import Wish
from models.encounters.seating.wishes import contradictions
from models.tables import Participant
from models.workshop.people import ParticipantRow
from pages.parts.frame.acting import act, act_on_click
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.whole_page import keep_message
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain, small

ONE, OTHER, STRENGTH = "wish_one", "wish_other", "wish_strength"


def called(person: Participant | ParticipantRow) -> str:
    """Return how a participant is called here: the number on the badge, and the name where one was given."""
    badge = _("badge {number}").format(number=person.number)
    return f"{person.name} ({badge})" if person.name else badge


def wishes(room: RoomNow, asked: Asked, people: Sequence[Participant]) -> None:
    """Draw the wishes and a form for one more; those that cannot be kept together are named."""
    names = [called(person) for person in people]
    clashes = contradictions(asked.wanted)
    clashing = {wish for clash in clashes for wish in clash.wishes}
    for number, clash in enumerate(clashes):
        with st.container(border=True, key=f"clash_{number}"):
            st.error(plain(contradiction_told(clash, names, language())), icon=":material/error:")
            st.markdown(_("Which wish may fall?"))
            for place, wish in enumerate(clash.wishes):
                _falls(
                    room,
                    asked,
                    wish,
                    label=plain(wish_told(wish, names, language())),
                    key=f"fall_{number}_{place}",
                )
    for wish in asked.wanted.wishes:
        pair = f"{asked.people[wish.one]}_{asked.people[wish.other]}"
        with st.container(horizontal=True, vertical_alignment="center", key=f"wish_{pair}"):
            st.markdown(plain(wish_told(wish, names, language())))
            if wish in clashing:
                st.badge(_("clashes"), icon=":material/error:", color="orange")
            _falls(room, asked, wish, label=_("Drop this wish"), key=f"drop_wish_{pair}")
    _one_more(room, people)


def _falls(room: RoomNow, asked: Asked, wish: Wish, *, label: str, key: str) -> None:
    st.button(
        label,
        key=key,
        on_click=act_on_click,
        args=(drop_wish,),
        kwargs={
            "workshop_id": room.workshop_id,
            "one_id": asked.people[wish.one],
            "other_id": asked.people[wish.other],
        },
    )


def _one_more(room: RoomNow, people: Sequence[Participant]) -> None:
    by_id = {person.id: called(person) for person in people}
    with st.expander(_("Add a wish about two people")):
        small(_("Must and must not are kept in every round. Rather: at one table at least once."))
        one, strength, other = st.columns(3)
        one.selectbox(_("Who"), list(by_id), format_func=by_id.__getitem__, key=ONE, index=None)
        strength.selectbox(_("How strong"), list(WishStrength), format_func=_strength, key=STRENGTH)
        other.selectbox(_("With whom"), list(by_id), format_func=by_id.__getitem__, key=OTHER, index=None)
        st.button(_("Add the wish"), key="add_wish", icon=":material/add:", on_click=_add, args=(room,))


def _strength(strength: str) -> str:
    return {
        WishStrength.MUST: _("must sit together"),
        WishStrength.RATHER: _("would rather sit together"),
        WishStrength.RATHER_NOT: _("would rather not sit together"),
        WishStrength.MUST_NOT: _("must not sit together"),
    }[WishStrength(strength)]


def _add(room: RoomNow) -> None:
    one, other = st.session_state[ONE], st.session_state[OTHER]
    if one is None or other is None or one == other:
        keep_message(_("A wish needs two people. Choose both, and add it then."))
    else:
        act(
            set_wish,
            workshop_id=room.workshop_id,
            one_id=one,
            other_id=other,
            strength=st.session_state[STRENGTH],
        )
