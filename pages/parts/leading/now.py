"""What there is to do in the step that one looks at. The way on stands in the live bar."""

import streamlit as st

from exports.sentences import step_name
from models.basics.words import Phase
from models.storage.database import reading
from models.voting.round_views import RoundView, last_round
from models.workshop.programme import programme
from models.workshop.workshop import read_workshop
from pages.parts.frame.acting import facilitator
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext
from pages.parts.leading.lead_steps import LEADING

NOW = "room_now"


@st.fragment(key=NOW)
def what_to_do(room: RoomNow, looks_at: str | None) -> None:
    """Draw what there is to do in the step `looks_at`, None for the step where the room is."""
    facilitator()
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
        latest = last_round(session, room.workshop_id)
    block, step = programme(workshop.block), looks_at or workshop.step
    led = LEADING.of(block.name, step)
    words = led.words()
    is_voting = block.step(step).takes_votes and latest is not None and latest.phase == Phase.OPEN
    st.header(words.about, anchor=False)
    if is_voting and latest is not None:
        votes_cast(latest)
    elif led.summary is not None:
        led.summary(room)
    for sentence in [_("Close the round, and show the result.")] if is_voting else words.to_do:
        st.markdown(f":material/arrow_forward: {sentence}")
    if led.page is not None and _goes_to_page(block.name, step):
        st.switch_page(led.page.file, query_params=room.link)


def _goes_to_page(block: str, step: str) -> bool:
    """Draw the button to the step's own page; return whether it was tapped."""
    return st.button(
        _("Open the page for {step}").format(step=step_name(block, step, language()).lower()),
        key="to_the_page",
        type="primary",
        icon=":material/edit:",
    )


def votes_cast(latest: RoundView) -> None:
    """Draw how many have voted in the round that is open. Never who, nor what."""
    electorate = max(latest.electorate, latest.voted, 1)
    told = ngettext("**{voted} of {people}** has voted", "**{voted} of {people}** have voted", latest.voted)
    st.markdown(told.format(voted=latest.voted, people=electorate))
    st.progress(latest.voted / electorate)
