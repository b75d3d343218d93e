"""News of the room: one component per page, which listens to the room's stream and runs the live parts again."""

import json

import streamlit as st

from models.storage.state import COUNTS
from pages.parts.frame.component import component
from pages.parts.frame.opening import opening
from pages.parts.frame.whole_page import (
    draw_parts_again,
    drawn_of,
    fragments_asked_for,
    is_standing,
    news_put_off,
    page_stands,
    put_news_off,
)

_component = component("handslag_live", __file__, follows=True)

HEAD, LIVE, OPENED = "page_head", "live", "live_opened"


def live(
    code: str, *fragments: str, has_bar: bool = True, has_head: bool = True, is_gentle: bool = False
) -> None:
    """Run the fragments with these keys again at every change in the room with join code `code`.

    Call it once per page, last, outside every fragment. Where the live bar stands above the page (`has_bar`), the news
    comes by its stream; else by a stream of its own. The head of a page is drawn again too, where it has one
    (`has_head`). News comes at most twice a second. A fragment reads the database; the news itself says that something
    changed, and how many have voted: see `voting.turnout.counted`. A page of which many are open at once (`is_gentle`)
    is not drawn again for counts, and for everything else not in the same moment as the others.
    """
    keys = [LIVE, HEAD, *fragments] if has_bar and has_head else [LIVE, *fragments]
    _listen(code, keys, has_bar=has_bar, is_gentle=is_gentle)
    page_stands()


@st.fragment(key=LIVE)
def _listen(code: str, keys: list[str], *, has_bar: bool, is_gentle: bool) -> None:
    _component(
        key=f"live_{code}",
        data={
            "url": "" if has_bar else f"/p/{code}/live?as=page",
            "counts": json.dumps(COUNTS),
            "gentle": is_gentle,
            "revision": _revision_when_opened(),
            # Another number has the script tell the newest news once more.
            "put_off": news_put_off(),
        },
        on_change_change=lambda: _draw_again(keys),
        # A field was left in the very moment that news was sent: see live.js.
        on_whole_change=st.rerun,
    )


def _revision_when_opened() -> int | None:
    """Return of which revision the page was first drawn: while it is open the script is told nothing else."""
    opened, revision = st.session_state.get(OPENED, (None, None))
    if opened != opening():
        revision = drawn_of()
        st.session_state[OPENED] = (opening(), revision)
    return revision


def _draw_again(fragments: list[str]) -> None:
    asked_for = fragments_asked_for()
    if len(asked_for) != 1:
        # A tap came with the news, and this run is the one that it asked for: narrowed, it would do nothing where the
        # tap was outside the live parts. What draws the whole page draws the news too; else that comes after it.
        if asked_for:
            put_news_off()
        return
    if is_standing():
        draw_parts_again(fragments)
    st.rerun()
