"""The one live component of the projector page.

It listens to the room's stream, prints the counter straight from the event, and asks for a new screen when anything
else changed. It compares the news with the state written on the screen itself, so that a message that was missed, or
came while the page was being made, is made up for by the next. A timer counts down by itself.
"""

import streamlit as st

from exports.drawings import icon
from pages.parts.frame.component import component
from pages.parts.frame.whole_page import draw_parts_again

_component = component("handslag_projector", __file__, follows=True, isolates_styles=False)


PROJECTOR_LIVE = "projector_live"


@st.fragment(key=PROJECTOR_LIVE)
def projector_live(code: str, *fragments: str, away: str) -> None:
    """Follow the room with this join code: run `fragments` again when the screen has to change.

    Call it once, last, outside every fragment; name all fragments of the page. `away` is the sentence for when the
    server cannot be reached.
    """
    _component(
        key=f"projector_{code}",
        data={"url": f"/p/{code}/live?as=projector", "away": away, "icon": icon("wifi_off")},
        on_change_change=lambda: draw_parts_again([PROJECTOR_LIVE, *fragments]),
    )
