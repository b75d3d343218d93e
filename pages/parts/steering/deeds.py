"""What a press on the live bar does. A press says from what it was drawn: where that is another thing by now, nothing
is done, and a sentence says so. So no press meets an opposite, and two facilitators do nothing twice."""

from typing import Any

import streamlit as st

from exports.sentences import step_name
from models.alliance.alliance import read_alliance
from models.next_deed import Next, next_deed
from models.press import press_next
from models.storage.database import reading
from models.workshop.participant import admit, lower_hand
from models.workshop.programme import programme
from models.workshop.workshop import blank_projector, read_workshop, turn_wall
from pages.parts.frame.acting import act, act_on_click, act_then
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language
from pages.parts.projector.now import screen_now
from pages.parts.voting.more_voices import voices_seen
from pages.parts.voting.next_text import shows_next_text

BAR, GOES_TO, TURNED = "live_bar", "bar_goes_to", "bar_turned"
# The meeting whose end was pressed, and is asked about: a press by itself ends nothing.
ASKS_TO_END = "bar_asks_to_end"


def _asked(name: str) -> dict[str, Any]:
    value = getattr(st.session_state[BAR], name)
    return dict(value) if value else {}


def go(workshop_id: int) -> None:
    """Do the next action that stood on the button. For the bar's callback."""
    asked = _asked("go")
    if asked:
        do_next(workshop_id, meaning=str(asked.get("meaning")), step=asked.get("step"))


def do_next(workshop_id: int, *, meaning: str, step: str | None) -> None:
    """Do the next action of a room, or take the room to `step`, where it still means what it did. For callbacks.

    Where the room goes this window goes too.
    """
    with reading() as session:
        workshop = read_workshop(session, workshop_id)
        deed = next_deed(session, workshop)
    if step is None and deed.kind is Next.END and deed.meaning == meaning:
        st.session_state[ASKS_TO_END] = workshop_id
        return
    goes_to = step or deed.step
    then: dict[str, Any] = {GOES_TO: goes_to} if goes_to else {}
    if step is None and deed.kind is Next.NEXT_TEXT:
        then = {GOES_TO: workshop.step, **shows_next_text()}
    pressed = act_then(
        press_next,
        then=then,
        workshop_id=workshop_id,
        meaning=meaning,
        step=step,
        voices_seen=voices_seen(),
    )
    if pressed and goes_to:
        block = programme(workshop.block)
        words = _("The room is at {number} {step}.").format(
            number=block.number(goes_to), step=step_name(block.name, goes_to, language())
        )
        tell(words, pressed.undo)


def blank(workshop_id: int) -> None:
    """Make the projector blank or bring it back, as the button said. For the bar's callback."""
    asked = _asked("blank")
    if not asked:
        return
    with reading() as session:
        is_blank = read_workshop(session, workshop_id).is_projector_blank
    # Another window was first: it is as one wanted it.
    if bool(asked.get("is_blank")) == is_blank:
        act(blank_projector, workshop_id=workshop_id, is_blank=not is_blank)


def turn_page(workshop_id: int) -> None:
    """Turn the page of the projector, by every press that was not answered yet. For the bar's callback."""
    answered = turned()
    turns = [(number, by) for number, by in _asked("page").get("turns", []) if number > answered]
    if not turns:
        return
    st.session_state[TURNED] = turns[-1][0]
    with reading() as session:
        workshop = read_workshop(session, workshop_id)
        spoken = read_alliance(session, workshop.alliance_id).language
        pages = screen_now(session, workshop_id, own_address="", language=spoken).pages
    page = min(workshop.wall_page, pages - 1)
    for _number, by in turns:
        page = min(max(page + by, 0), pages - 1)
    if page != workshop.wall_page:
        act(turn_wall, workshop_id=workshop_id, page=page)


def turned() -> int:
    """Return the last press on an arrow that was answered in this window."""
    return int(st.session_state.get(TURNED, 0))


def look_at() -> None:
    """Look at the page of the step that was pressed; the room stays where it is. For the bar's callback."""
    step = _asked("step").get("step")
    if step:
        st.session_state[GOES_TO] = step


def lower() -> None:
    """Lower a hand that was heard. For the bar's callback."""
    asked = _asked("lower")
    if asked:
        act_on_click(lower_hand, participant_id=asked["id"])


def admit_one() -> None:
    """Let in somebody who waits at the door. For the bar's callback."""
    asked = _asked("admit")
    if asked:
        act_on_click(admit, participant_ids=[asked["id"]])
