"""What the alliance says of itself, and its colour."""

from typing import Any

import streamlit as st
from markupsafe import escape

from exports.accent import corrected
from models.alliance.alliance import change_alliance
from models.basics.text import LINE_LIMIT, NOTE_LIMIT, STATEMENT_LIMIT
from models.basics.words import Language
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.saving import note_stored, stored_line
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import small_print
from pages.parts.home.alliance_fields import TIME_ZONES, language_name
from pages.parts.prepare.typed_fields import act_on_fields

OUR_COLOUR = "#17513F"


def the_alliance(room: RoomNow) -> None:
    """Draw what the alliance says of itself."""
    alliance = room.alliance
    st.header(_("The alliance"), anchor=False)

    def key(field: str) -> str:
        return f"alliance_{field}_{alliance.id}"

    saves: dict[str, Any] = {"on_change": store_alliance, "args": (alliance.id, alliance.accent)}
    left, right = st.columns(2)
    left.text_input(
        _("Name of the alliance"), value=alliance.name, key=key("name"), max_chars=LINE_LIMIT, **saves
    )
    right.text_input(_("Place"), value=alliance.place, key=key("place"), max_chars=LINE_LIMIT, **saves)
    st.text_area(
        _("What is it for?"),
        value=alliance.purpose,
        key=key("purpose"),
        max_chars=STATEMENT_LIMIT,
        height=90,
        **saves,
    )
    st.text_input(
        _("Whom can participants call, write or app?"),
        value=alliance.contact,
        key=key("contact"),
        max_chars=NOTE_LIMIT,
        **saves,
    )
    small_print(_("This stands at the foot of every phone page."))
    left, right = st.columns(2)
    left.selectbox(
        _("Language of the document"),
        list(Language),
        index=list(Language).index(Language(alliance.language)),
        format_func=language_name,
        key=key("language"),
        **saves,
    )
    zones = TIME_ZONES if alliance.time_zone in TIME_ZONES else [alliance.time_zone, *TIME_ZONES]
    right.selectbox(
        _("Time zone"), zones, index=zones.index(alliance.time_zone), key=key("time_zone"), **saves
    )
    stored_line("alliance", alliance.time_zone)


def store_alliance(alliance_id: int, accent: str | None) -> None:
    """Store the fields of the alliance, with `accent` as its colour. For `on_change`."""
    fields = ("name", "place", "purpose", "contact", "language", "time_zone")
    typed: dict[str, Any] = {
        field: st.session_state[f"alliance_{field}_{alliance_id}"] or "" for field in fields
    }
    note_stored("alliance", act_on_fields(change_alliance, alliance_id=alliance_id, accent=accent, **typed))


def the_accent(room: RoomNow) -> None:
    """Draw the alliance's own colour, and what we make of it so that everyone can read it."""
    alliance = room.alliance
    st.header(_("Your colour · how we use it"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.color_picker(
            _("Your colour"),
            value=alliance.accent or OUR_COLOUR,
            key=f"accent_{alliance.id}",
            on_change=store_accent,
            args=(alliance.id,),
        )
        if alliance.accent:
            st.button(
                _("Use the colour of Handslag"),
                key="no_accent",
                icon=":material/undo:",
                on_click=forget_accent,
                args=(alliance.id,),
            )
    given = alliance.accent or OUR_COLOUR
    ours = corrected(given)
    st.html(
        '<div class="swatches">'
        + swatch(given, _("Your colour"))
        + swatch(ours.accent, _("Buttons and bars"))
        + swatch(ours.tint, _("Behind text"))
        + "</div>"
    )
    small_print(_("We make it darker until everyone can read it. The colours of votes stay as they are."))


def swatch(colour: str, label: str) -> str:
    """Return one colour with its name and number, as HTML."""
    return (
        f'<div class="swatch"><b style="background:{escape(colour)}"></b>'
        f"<span>{escape(label)}<br>{escape(colour)}</span></div>"
    )


def store_accent(alliance_id: int) -> None:
    """Store the colour. For `on_change`."""
    store_alliance(alliance_id, st.session_state[f"accent_{alliance_id}"])


def forget_accent(alliance_id: int) -> None:
    """Go back to our own colour. For `on_click`."""
    del st.session_state[f"accent_{alliance_id}"]
    store_alliance(alliance_id, None)
