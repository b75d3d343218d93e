"""What a meeting that is being prepared still asks, in one sentence at the top of the page."""

import streamlit as st
from markupsafe import Markup

from exports.sentences.next_step import next_step_words
from models.basics.clock import today
from models.next_step import Asks, meeting_step
from models.storage.database import reading
from models.workshop.meetings import workshop_row
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language


def still_to_do(room: RoomNow) -> None:
    """Draw what has to be done here before people come in, or that nothing has; nothing once they are in."""
    zone = room.alliance.time_zone
    with reading() as session:
        step = meeting_step(session, room.alliance, [workshop_row(room.workshop)], today(zone))
    if step.asks in (Asks.PARTNERS, Asks.ADDRESS):
        words = next_step_words(step, language(), zone)
        head, more = words.headline, words.more
    elif step.asks is Asks.PREPARING:
        head = _("Ready so far.")
        more = _("The address for phones comes last: look at it in the room, the day before or on the day.")
    elif step.asks is Asks.BEGINNING:
        head, more = _("Everything is ready."), _("Take the room to the first step when people come in.")
    else:
        return
    with st.container(key="still_to_do"):
        st.html(Markup('<p role="status"><b>{}</b> {}</p>').format(head, more))
