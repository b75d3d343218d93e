"""The room's screen. It follows the step that the room is in, shows no controls, and writes only what its keys say.

Facilitators open it, and whoever holds the projector's link: a PC of the town hall, on which nobody is signed in.
"""

from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from exports.language import LANGUAGES, chosen_language, translations
from models.alliance.alliance import read_alliance
from models.storage.database import reading
from models.tables import Workshop
from models.who_may_see import Role
from models.workshop.workshop import (
    blank_projector,
    find_projector,
    find_projector_of_over,
    find_workshop,
    read_workshop,
    turn_wall,
)
from pages.parts.frame.acting import act, leader_or_none, tokens
from pages.parts.frame.keys import BLANK, KEYS, PAGE_BACK, PAGE_ON, page_keys
from pages.parts.frame.room_now import WORKSHOP, room_now
from pages.parts.projector.live import projector_live
from pages.parts.projector.now import screen_now
from pages.parts.projector.screen import Screen, ended
from pages.parts.projector.showing import show

SCREEN = "screen"
STYLE = Path(__file__).resolve().parent / "projector.css"


def linked_workshop() -> Workshop | None:
    """Return the workshop whose projector link this browser holds, asked from the database: a link can end."""
    token = tokens()[Role.PROJECTOR]
    if not token:
        return None
    with reading() as session:
        return find_projector(session, token)


def last_screen(language: str) -> str:
    """Return what a browser sees whose link does not stand any more: the end, where its meeting is over."""
    with reading() as session:
        over = find_projector_of_over(session, tokens()[Role.PROJECTOR])
    if over is None:
        return ended(language)
    with reading() as session:
        return screen_now(
            session, over.id, own_address=own_address(), language=language_for(over), is_last=True
        ).html


def chosen_workshop() -> Workshop | None:
    """Return the workshop of this screen: the one in a facilitator's address, else the link's, else the one led."""
    leader = leader_or_none()
    code = st.query_params.get(WORKSHOP)
    if leader and code:
        with reading() as session:
            return find_workshop(session, code)
    linked = linked_workshop()
    if linked or not leader:
        return linked
    return room_now().workshop


def standing_workshop(workshop_id: int) -> Workshop | None:
    """Return the workshop as it is now, or None when this browser may not watch it any more."""
    if leader_or_none() is None:
        linked = linked_workshop()
        if linked is None or linked.id != workshop_id:
            return None
    with reading() as session:
        return read_workshop(session, workshop_id)


def asked_language() -> str | None:
    """Return the language in the address, where it names one; else the alliance's own is used."""
    asked = st.query_params.get("language")
    return asked if asked in LANGUAGES else None


def language_for(workshop: Workshop) -> str:
    """Return the language of this screen: asked for in the address, else the alliance's."""
    with reading() as session:
        return asked_language() or read_alliance(session, workshop.alliance_id).language


def own_address() -> str:
    """Return the address at which this page was reached."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}"


def newcomers(wall: str, ids: Collection[int]) -> frozenset[int]:
    """Return which ids came onto a wall last, as far as this window saw them come; none when it has just opened."""
    key = f"projector_{wall}"
    now = frozenset(ids)
    known: frozenset[int]
    new: frozenset[int]
    known, new = st.session_state.get(key, (now, frozenset()))
    if now != known:
        new = (now - known) or (new & now)
    st.session_state[key] = (now, new)
    return new


def draw(workshop_id: int, language: str) -> Screen:
    """Return the screen of a workshop in a language."""
    with reading() as session:
        return screen_now(
            session, workshop_id, own_address=own_address(), language=language, newcomers=newcomers
        )


@st.fragment(key=SCREEN)
def screen(workshop_id: int, language: str) -> None:
    """Draw the screen, after asking whether this browser may still watch."""
    is_watched = standing_workshop(workshop_id) is not None
    show(draw(workshop_id, language).html if is_watched else last_screen(language))


def turn(workshop_id: int, language: str, step: int) -> None:
    """Turn the wall a page, for every screen of the room."""
    workshop = standing_workshop(workshop_id)
    if workshop is None:
        return
    pages = draw(workshop_id, language).pages
    page = min(max(min(workshop.wall_page, pages - 1) + step, 0), pages - 1)
    act(turn_wall, workshop_id=workshop_id, page=page)


def blank_or_back(workshop_id: int) -> None:
    """Make the projector blank, or bring it back."""
    workshop = standing_workshop(workshop_id)
    if workshop is not None:
        act(blank_projector, workshop_id=workshop_id, is_blank=not workshop.is_projector_blank)


shown = chosen_workshop()
st.html(STYLE)
if shown is None:
    show(
        last_screen(
            asked_language() or chosen_language(st.context.cookies.get("language"), st.context.locale)
        )
    )
else:
    shown_id, spoken = shown.id, language_for(shown)
    screen(shown_id, spoken)
    fragments = [SCREEN]
    if leader_or_none() is not None:
        page_keys(
            {
                PAGE_ON: lambda: turn(shown_id, spoken, 1),
                PAGE_BACK: lambda: turn(shown_id, spoken, -1),
                BLANK: lambda: blank_or_back(shown_id),
            }
        )
        fragments.append(KEYS)
    projector_live(
        shown.code,
        *fragments,
        away=translations(spoken).gettext("No connection for a moment. This screen comes back by itself."),
    )
