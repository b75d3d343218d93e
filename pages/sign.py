"""Step 4: freeze the text, let partners sign it, close signing."""

import streamlit as st

from models.agreeing.views import list_agreements
from models.basics.words import Step
from models.installation.address import public_address
from models.signing.agenda import has_changed_since, read_agenda
from models.storage.database import reading
from models.voting.principles import list_principles
from models.workshop.workshop import read_workshop
from pages.parts.frame.acting import facilitator
from pages.parts.frame.live import live
from pages.parts.frame.room_now import RoomNow, room_now
from pages.parts.leading.page_head import only_where_it_is_a_step, page_foot
from pages.parts.leading.steps_style import steps_style
from pages.parts.signing.freezing import before_the_freeze
from pages.parts.signing.partners import partners_who_sign
from pages.parts.signing.style import signing_style
from pages.parts.signing.version import frozen_version

SIGN = "sign"


@st.fragment(key=SIGN)
def signing(room: RoomNow) -> None:
    """Draw the frozen text's state, what is unfinished, and who answered. A live part with the key `sign`."""
    facilitator()
    with reading() as session:
        room_step = read_workshop(session, room.workshop_id).step
        agenda = read_agenda(session, room.workshop_id)
        has_changed = agenda is not None and has_changed_since(session, agenda.id)
        principles = list_principles(session, room.alliance_id)
        agreements = list_agreements(session, room.alliance_id)
        address = public_address(session)
    if agenda is None:
        before_the_freeze(room, room_step, principles, agreements, address)
        return
    frozen_version(room, agenda)
    if has_changed:
        before_the_freeze(room, room_step, principles, agreements, address, agenda)
    partners_who_sign(room, agenda, address)


room = room_now()
steps_style()
signing_style()
only_where_it_is_a_step(room, Step.SIGN)
signing(room)
page_foot(room)
live(room.workshop.code, SIGN)
