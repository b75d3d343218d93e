"""All alliances, the way to make one, and the home of an alliance."""

import streamlit as st

from models.alliance.alliance import list_alliances, read_alliance
from models.basics.errors import NotFound
from models.installation.installation import SignedIn
from models.storage.database import reading
from models.tables import Alliance
from pages.parts.frame.acting import facilitator
from pages.parts.frame.live import live
from pages.parts.frame.room_now import workshop_at_hand
from pages.parts.home.all_alliances import all_alliances
from pages.parts.home.new_alliance import new_alliance
from pages.parts.home.one_alliance import HOME, alliance_home
from pages.parts.home.where import ALL, ALLIANCE, NEW


def show() -> None:
    """Draw what the address asks for: the list, the flow for a new alliance, or one alliance."""
    leader = facilitator()
    wanted = st.query_params.get(ALLIANCE)
    if wanted == NEW:
        new_alliance()
        return
    alliance = None if wanted == ALL else alliance_in_view(leader, wanted)
    if alliance is None:
        all_alliances(leader)
    else:
        alliance_home(alliance)
    meeting = workshop_at_hand(leader)
    if meeting is not None:
        parts = [HOME] if alliance is not None else []
        live(meeting.code, *parts, has_head=False, is_gentle=True)


def alliance_in_view(leader: SignedIn, wanted: str | None) -> Alliance | None:
    """Return the alliance of the address, else the one this facilitator led last."""
    with reading() as session:
        try:
            if wanted and wanted.isdecimal():
                return read_alliance(session, int(wanted))
        except NotFound:
            return None
        for row in list_alliances(session):
            if leader.workshop_id in [workshop.id for workshop in row.workshops]:
                return read_alliance(session, row.id)
    return None


show()
