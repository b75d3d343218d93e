"""What happened in an alliance: who did what, and when, what of it can still be undone, and whether it is whole."""

from collections.abc import Sequence

import streamlit as st

from exports.language import day_and_time
from exports.sentences import doer_name, event_sentence, what_undoing_costs
from models.storage.chain import chain_is_whole, count_events, list_events
from models.storage.database import reading
from models.undoing.undo import CanBeUndone, what_can_be_undone
from pages.parts.frame.acting import facilitator
from pages.parts.frame.live import live
from pages.parts.frame.room_now import RoomNow, room_now
from pages.parts.frame.table import table
from pages.parts.frame.told import undo_event
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small, small_print
from pages.parts.leading.page_head import page_head

EVENTS = "events"
AT_ONCE = 50
# Whoever looks for something to undo looks for what was just done.
UNDOABLE_AT_ONCE = 10
SHOWN = "events_shown"


@st.fragment(key=EVENTS)
def what_happened(room: RoomNow) -> None:
    """Draw the newest events, and whether the chain is whole. A live part with the key `events`."""
    facilitator()
    shown = int(st.session_state.get(SHOWN, AT_ONCE))
    with reading() as session:
        count = count_events(session, room.alliance_id)
        events = list_events(session, room.alliance_id, limit=shown)
        is_whole = chain_is_whole(session, room.alliance_id)
        undoable = what_can_be_undone(session, room.alliance_id, limit=UNDOABLE_AT_ONCE)
    st.markdown(
        _("Everything that facilitators and partners did stands here, for all meetings of this alliance.")
    )
    small_print(_("Votes do not stand here: nobody can find out who chose what."))
    if not events:
        st.markdown(_("Nothing has happened yet."))
        return
    still_undoable(room, undoable)
    whole(count, is_whole=is_whole)
    table(
        [_("When"), _("Who"), _("What")],
        [
            [
                day_and_time(event.happened_at, language(), room.alliance.time_zone),
                doer_name(event.who, language()),
                event_sentence(event.what, event.details, language()),
            ]
            for event in events
        ],
        caption=_("Newest first. Times in the time zone {zone}.").format(zone=room.alliance.time_zone),
        row_headers=False,
    )
    if count > len(events):
        st.button(_("Show older ones"), key="older_events", icon=":material/history:", on_click=show_more)


def still_undoable(room: RoomNow, acts: Sequence[CanBeUndone]) -> None:
    """Draw what can still be undone, newest first, each with its button. Nothing where nothing can."""
    if not acts:
        return
    with st.container(border=True, key="can_be_undone"):
        st.header(_("This can still be undone"), anchor=False)
        for act in acts:
            with st.container(key=f"row_undo_{act.event_id}", horizontal=True, vertical_alignment="center"):
                with st.container(width="stretch", gap=None):
                    _told_of(room, act)
                st.button(
                    _("Undo"),
                    key=f"event_{act.event_id}_undo",
                    icon=":material/undo:",
                    on_click=undo_event,
                    args=(act.event_id,),
                )


def _told_of(room: RoomNow, act: CanBeUndone) -> None:
    told = event_sentence(act.what, act.details, language())
    st.markdown(f"**{plain(told)}**")
    if act.names:
        st.markdown(plain(_("“{text}”").format(text=act.names)))
    moment = day_and_time(act.happened_at, language(), room.alliance.time_zone)
    small(f"{doer_name(act.who, language())} · {moment}")
    costs = what_undoing_costs(act.what, language())
    if costs:
        small(costs)


def whole(count: int, *, is_whole: bool) -> None:
    """Draw whether every line still fits the one before it."""
    if is_whole:
        st.success(
            ngettext(
                "We checked {count} line: it was not changed since it was written.",
                "We checked all {count} lines: none was changed, removed or added afterwards.",
                count,
            ).format(count=count),
            icon=":material/check_circle:",
        )
    else:
        st.error(
            _(
                "This record is not whole: a line was changed, removed or added afterwards. "
                "Make a copy of the database now, and ask who manages Handslag."
            ),
            icon=":material/error:",
        )


def show_more() -> None:
    """Show more of the older events. For `on_click`."""
    st.session_state[SHOWN] = int(st.session_state.get(SHOWN, AT_ONCE)) + AT_ONCE


room = room_now()
page_head(room, _("What happened"))
what_happened(room)
live(room.workshop.code, EVENTS)
