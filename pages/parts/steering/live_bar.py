"""The live bar: drawn once for all pages of who leads, in front of the page, so that it stays when the page changes."""

import json
from typing import Any

import streamlit as st

from exports.live_bar import live_bar as words_of_bar
from models.installation.installation import SignedIn
from models.storage.database import reading
from models.tables import Workshop
from pages.parts.frame.component import component
from pages.parts.frame.room_now import WORKSHOP, workshop_at_hand
from pages.parts.frame.whole_page import page_is_of
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext
from pages.parts.leading.ending import confirm_end
from pages.parts.leading.lead_step import LEAD
from pages.parts.leading.lead_steps import LOOKS_AT, page_of_step, step_seen
from pages.parts.steering.deeds import (
    ASKS_TO_END,
    BAR,
    GOES_TO,
    admit_one,
    blank,
    go,
    look_at,
    lower,
    turn_page,
    turned,
)

# The pages of a startfoto that stand in no menu, by their addresses.
OF_A_STARTFOTO = frozenset({"statements", "picture", "conclusions", "second_photo"})

_component = component("handslag_live_bar", __file__, follows=True)


def frame(leader: SignedIn, path: str) -> None:
    """Draw the live bar above the page at `path`. Call it before the page, with nothing of varying number before it.

    Where a press on it leads to another page, go there.
    """
    workshop = workshop_at_hand(leader)
    with st.container(key="frame", gap=None):
        _bar(leader, workshop, path)
        is_led = workshop is not None and step_seen(workshop.block, path) is not None
        # The pages of the steps stand in no menu: "Lead" does, and leads to the one where the room is. Outside a
        # meeting those of a startfoto belong to the startfoto.
        lit = "room" if is_led else "startfoto" if path in OF_A_STARTFOTO else ""
        rule = (
            f'[data-testid="stTopNavLink"][href$="/{lit}"] {{ background: var(--tint); font-weight: 650; }}'
        )
        st.html(f"<style>{rule if lit else ''}/* */</style>")
        st.html('<div class="shutter" aria-hidden="true"></div>')
    if workshop is None:
        return
    if st.session_state.pop(ASKS_TO_END, None) == workshop.id:
        confirm_end(workshop)
    goes = st.session_state.pop(GOES_TO, None)
    if goes is not None:
        page = page_of_step(workshop.block, goes)
        query = {WORKSHOP: workshop.code} | ({LOOKS_AT: goes} if page == LEAD else {})
        st.switch_page(page, query_params=query)


def _bar(leader: SignedIn, workshop: Workshop | None, path: str) -> None:
    now: dict[str, Any] | None = None
    if workshop is not None:
        with reading() as session:
            now = words_of_bar(session, workshop.id, language())
        page_is_of(now["revision"])
    workshop_id = workshop.id if workshop else 0
    code = workshop.code if workshop else ""
    _component(
        key=BAR,
        data={
            "now": json.dumps(now),
            "words": json.dumps(_words()),
            "code": code,
            "here": step_seen(workshop.block, path) if workshop else None,
            "me": leader.name,
            "turned": turned(),
            "url": f"/p/{code}/live?as=page",
            "bar": f"/p/{code}/bar?language={language()}",
        },
        on_go_change=lambda: go(workshop_id),
        on_blank_change=lambda: blank(workshop_id),
        on_step_change=look_at,
        on_lower_change=lower,
        on_admit_change=admit_one,
        on_page_change=lambda: turn_page(workshop_id),
        # The page is drawn whole again by it: see live_bar.js.
        on_lost_change=lambda: None,
    )


def forms(one: str, many: str) -> list[str]:
    """Return both forms of a message, for the script to choose from."""
    return [ngettext(one, many, 1), ngettext(one, many, 2)]


def _words() -> dict[str, Any]:
    """Return what the bar says by itself: what goes with counts, and with what happens in this window."""
    return {
        "locale": language(),
        "label": _("The room now"),
        "steps": _("Steps"),
        "of": _("{number} of {count} · {step}"),
        "room": _("room"),
        "none": _("No meeting yet"),
        "heads": forms("{count} person", "{count} people"),
        "voices": forms("{count} voice", "{count} voices"),
        "voices_here": forms("{count} voice", "{count} voices"),
        "not_counted": _("not counted"),
        "door": forms("{count} at the door", "{count} at the door"),
        "hands": forms("{count} hand", "{count} hands"),
        "nobody": _("nobody waits"),
        "heard": _("Heard"),
        "let_in": _("Let in"),
        "at_the_door": _("waits at the door"),
        "blank": _("Make blank"),
        "show": _("Show again"),
        "key": _("key B"),
        "away": _("No connection"),
        "since": _("since {time}"),
        "again": _("Press N once more."),
        "keys_title": _("Keys"),
        "keys_on": _("Keys are on"),
        "keys": [
            ["B", _("make the projector blank, or show it again")],
            ["← →", _("turn the page of the projector")],
            ["N", _("the next action, after a second press")],
            ["?", _("this list")],
        ],
    }
