"""Which workshop this page is about."""

from dataclasses import dataclass

import streamlit as st

from exports.language import day
from models.alliance.alliance import list_alliances, read_alliance
from models.basics.errors import NotFound
from models.basics.words import BuildingBlock
from models.installation.installation import SignedIn, remember_workshop
from models.storage.database import reading
from models.tables import Alliance, Workshop
from models.who_may_see import Visitor
from models.workshop.meetings import list_workshops, next_meeting
from models.workshop.workshop import find_workshop, read_workshop
from pages.parts.frame.acting import act, facilitator
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain

WORKSHOP, ALLIANCE = "workshop", "alliance"


@dataclass(frozen=True)
class Room:
    """The workshop that this page is about, and its alliance."""

    workshop: Workshop
    alliance: Alliance

    @property
    def workshop_id(self) -> int:
        return self.workshop.id

    @property
    def alliance_id(self) -> int:
        return self.workshop.alliance_id

    @property
    def link(self) -> dict[str, str]:
        """The query that keeps the workshop on another page: `st.page_link(…, query_params=room.link)`."""
        return {WORKSHOP: self.workshop.code}


@dataclass(frozen=True)
class RoomNow(Room):
    """The workshop that is led on this page, its alliance, and who leads."""

    leader: SignedIn


def room_of(visitor: Visitor) -> Room:
    """Return the workshop that this visitor's link is for; of who leads the one that is led: see `room_now`."""
    if visitor.workshop_id is None:
        return room_now()
    with reading() as session:
        workshop = read_workshop(session, visitor.workshop_id)
        return Room(workshop, read_alliance(session, workshop.alliance_id))


def room_now() -> RoomNow:
    """Return the workshop of this page.

    That is `?workshop=CODE`, else the one this facilitator led last, else the only one there is. Where there are
    several, or none, draw a list to choose from, and stop the page.
    """
    leader = facilitator()
    workshop = workshop_at_hand(leader)
    if workshop is None:
        choose_workshop()
        st.stop()
    if workshop.id != leader.workshop_id:
        act(remember_workshop, sign_in_id=leader.id, workshop_id=workshop.id)
    if st.query_params.get(WORKSHOP) != workshop.code:
        st.query_params[WORKSHOP] = workshop.code
    with reading() as session:
        return RoomNow(workshop, read_alliance(session, workshop.alliance_id), leader)


def workshop_at_hand(leader: SignedIn) -> Workshop | None:
    """Return `?workshop=CODE`, else that of `?alliance=NUMBER`, else the one this facilitator led last, else the only
    one there is. An alliance without a meeting has none at hand.
    """
    found = _from_address()
    if found is not None or _looks_at_an_alliance():
        return found or _of_alliance()
    return _led_last(leader) or _the_only_one()


def block_at_hand(leader: SignedIn) -> str:
    """Return the building block of the meeting that this page is about, as far as the address or the last page says."""
    workshop = _from_address() or _led_last(leader)
    return workshop.block if workshop else BuildingBlock.ALLIANCE


def _from_address() -> Workshop | None:
    code = st.query_params.get(WORKSHOP)
    if not code:
        return None
    with reading() as session:
        return find_workshop(session, code)


def _looks_at_an_alliance() -> bool:
    asked = st.query_params.get(ALLIANCE, "")
    if not asked.isdecimal():
        return False
    with reading() as session:
        return session.get(Alliance, int(asked)) is not None


def _of_alliance() -> Workshop | None:
    with reading() as session:
        meeting = next_meeting(list_workshops(session, int(st.query_params[ALLIANCE])))
        return read_workshop(session, meeting.id) if meeting else None


def _led_last(leader: SignedIn) -> Workshop | None:
    if leader.workshop_id is None:
        return None
    try:
        with reading() as session:
            return read_workshop(session, leader.workshop_id)
    except NotFound:
        return None


def _the_only_one() -> Workshop | None:
    with reading() as session:
        rows = [workshop for alliance in list_alliances(session) for workshop in alliance.workshops]
        return read_workshop(session, rows[0].id) if len(rows) == 1 else None


def choose_workshop() -> None:
    """Draw all workshops, newest first, as links to lead them on this page."""
    st.title(_("Which meeting do you lead?"), anchor=False)
    with reading() as session:
        alliances = list_alliances(session)
    workshops = sorted(
        ((workshop, alliance) for alliance in alliances for workshop in alliance.workshops),
        key=lambda pair: (pair[0].held_on, pair[0].id),
        reverse=True,
    )
    if not workshops:
        st.markdown(_("There is no meeting yet. Make an alliance first."))
        st.page_link("home.py", label=_("To the alliances"), icon=":material/home:")
    for workshop, alliance in workshops:
        label = _("{alliance}, {day}, code {code}").format(
            alliance=alliance.name, day=day(workshop.held_on, language(), style="long"), code=workshop.code
        )
        if st.button(plain(label), key=f"choose_workshop_{workshop.code}", icon=":material/event:"):
            st.query_params[WORKSHOP] = workshop.code
            st.rerun()
