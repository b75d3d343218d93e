"""Which alliance a page is about that belongs to no meeting, such as the plan of approach and the startfoto."""

import streamlit as st

from models.alliance.alliance import list_alliances, read_alliance
from models.basics.errors import NotFound
from models.installation.installation import SignedIn
from models.storage.database import reading
from models.tables import Alliance
from pages.parts.frame.room_now import ALLIANCE, workshop_at_hand
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain


def alliance_now(leader: SignedIn) -> Alliance:
    """Return the alliance of this page: of `?alliance=`, else of the meeting led last, else the only one.

    Where it is none of these, draw a choice, and stop the page.
    """
    alliance = _alliance(leader)
    if alliance is None:
        _choose_alliance()
        st.stop()
    if st.query_params.get(ALLIANCE) != str(alliance.id):
        st.query_params[ALLIANCE] = str(alliance.id)
    return alliance


def _alliance(leader: SignedIn) -> Alliance | None:
    asked = st.query_params.get(ALLIANCE)
    with reading() as session:
        try:
            if asked and asked.isdecimal():
                return read_alliance(session, int(asked))
        except NotFound:
            return None
    workshop = workshop_at_hand(leader)
    with reading() as session:
        if workshop is not None:
            return read_alliance(session, workshop.alliance_id)
        rows = list_alliances(session)
        return read_alliance(session, rows[0].id) if len(rows) == 1 else None


def _choose_alliance() -> None:
    st.title(_("Of which alliance?"), anchor=False)
    with reading() as session:
        rows = list_alliances(session)
    if not rows:
        st.markdown(_("There is no alliance yet. Make an alliance first."))
        st.page_link("home.py", label=_("To the alliances"), icon=":material/home:")
    for row in rows:
        if st.button(plain(row.name), key=f"page_of_{row.id}", icon=":material/home:"):
            st.query_params[ALLIANCE] = str(row.id)
            st.rerun()
