"""All alliances, the way to make one, and the home of an alliance."""

import streamlit as st

from models.alliance.alliance import list_alliances, read_alliance
from models.basics.errors import NotFound
from models.basics.words import WorkshopState
from models.installation.installation import SignedIn
from models.storage.database import reading
from models.tables import Alliance, Workshop
from models.workshop.workshop import read_workshop
from pages.parts.frame.acting import facilitator
from pages.parts.frame.live import live
from pages.parts.home.all_alliances import all_alliances
from pages.parts.home.new_alliance import new_alliance
from pages.parts.home.one_alliance import alliance_home
from pages.parts.home.where import ALL, ALLIANCE, NEW
from pages.parts.leading.hands import HANDS, hands_of


def show() -> None:
    """Draw what the address asks for: the list, the flow for a new alliance, or one alliance."""
    leader = facilitator()
    wanted = st.query_params.get(ALLIANCE)
    if wanted == NEW:
        new_alliance()
        return
    meeting = meeting_that_is_on(leader)
    if meeting is not None:
        with reading() as session:
            time_zone = read_alliance(session, meeting.alliance_id).time_zone
        hands_of(meeting.id, time_zone)
    alliance = None if wanted == ALL else alliance_in_view(leader, wanted)
    if alliance is None:
        all_alliances(leader)
    else:
        alliance_home(alliance)
    if meeting is not None:
        live(meeting.code, HANDS, has_bar=False)


def meeting_that_is_on(leader: SignedIn) -> Workshop | None:
    """Return the meeting that this facilitator led last, while it is on: its raised hands are seen here too."""
    if leader.workshop_id is None:
        return None
    with reading() as session:
        try:
            found = read_workshop(session, leader.workshop_id)
        except NotFound:
            return None
    return found if found.state == WorkshopState.OPEN else None


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
