"""What there is to do in the step that one looks at, and from the step where the room is the way to the next."""

import streamlit as st

from exports.sentences import step_name
from models.basics.words import Phase, WorkshopState
from models.storage.database import reading
from models.tables import Workshop
from models.voting.round_views import RoundView, last_round
from models.workshop.programme import programme
from models.workshop.workshop import read_workshop
from pages.parts.frame.acting import facilitator
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext
from pages.parts.leading.going_on import let_room_follow
from pages.parts.leading.lead_steps import LEADING, steps_led_there
from pages.parts.leading.step_bar import LOOKS_AT, take_room, take_room_words

NOW = "room_now"


@st.fragment(key=NOW)
def what_to_do(room: RoomNow, looks_at: str | None) -> None:
    """Draw what there is to do in the step `looks_at`, None for the step where the room is, and the way on."""
    facilitator()
    let_room_follow(room, *steps_led_there(room.workshop.block))
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
    with st.container(horizontal=True, vertical_alignment="center"):
        # The work of a step comes before the way to the next: who is new here taps the green button.
        if led.page is not None and _goes_to_page(block.name, step, is_voting=is_voting):
            st.switch_page(led.page.file, query_params=room.link)
        if workshop.step == step:
            next_step(workshop, is_main=led.page is None)


def _goes_to_page(block: str, step: str, *, is_voting: bool) -> bool:
    """Draw the button to the step's own page; return whether it was tapped."""
    if is_voting:
        return st.button(
            _("To the voting round"), key="to_the_round", type="primary", icon=":material/how_to_vote:"
        )
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


def next_step(workshop: Workshop, *, is_main: bool) -> None:
    """Draw the button that leads on: begin, or the next step. `is_main` makes it the page's main action."""
    block = programme(workshop.block)
    is_prepared = workshop.state == WorkshopState.PREPARED
    target = block.first if is_prepared else block.next(workshop.step)
    if workshop.state == WorkshopState.OVER or target is None:
        return
    label = _("Begin the meeting") if is_prepared else take_room_words(block.name, target)
    st.button(
        label,
        key=f"next_step_{target}",
        type="primary" if is_main else "secondary",
        icon=":material/arrow_forward:",
        on_click=_take_along,
        args=(workshop.id, target),
    )


def _take_along(workshop_id: int, step: str) -> None:
    """Take the room to `step`, and look at the step where the room is from now on."""
    st.query_params.pop(LOOKS_AT, None)
    take_room(workshop_id, step)
