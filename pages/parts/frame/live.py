"""News of the room: one component per page, which listens to the room's stream and runs the live parts again."""

import json

import streamlit as st

from models.storage.state import COUNTS
from pages.parts.frame.component import component
from pages.parts.frame.keys import KEYS
from pages.parts.frame.whole_page import draw_parts_again, is_standing, page_stands

_component = component("handslag_live", __file__, follows=True)

STEP_BAR, LIVE = "step_bar", "live"


def live(code: str, *fragments: str, has_bar: bool = True, is_gentle: bool = False) -> None:
    """Run the fragments with these keys again at every change in the room with join code `code`.

    Call it once per page, last, outside every fragment. The step bar's own fragments are added on pages that have it
    (`has_bar`). News comes at most twice a second. A fragment reads the database; the news itself says that something
    changed, and how many have voted: see `voting.turnout.counted`. A page of which many are open at once (`is_gentle`)
    is not drawn again for counts, and for everything else not in the same moment as the others.
    """
    _listen(code, [LIVE, STEP_BAR, KEYS, *fragments] if has_bar else [LIVE, *fragments], is_gentle)
    page_stands()


@st.fragment(key=LIVE)
def _listen(code: str, keys: list[str], is_gentle: bool) -> None:
    _component(
        key=f"live_{code}",
        data={"url": f"/p/{code}/live?as=page", "counts": json.dumps(COUNTS), "gentle": is_gentle},
        on_change_change=lambda: _draw_again(keys),
    )


def _draw_again(fragments: list[str]) -> None:
    if is_standing():
        draw_parts_again(fragments)
    st.rerun()
