"""The head of the pages of a startfoto, and the way between them."""

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Literal

import streamlit as st

from pages.parts.baseline.at_hand import BaselineNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain

Badge = tuple[str, str, Literal["green", "gray", "orange", "blue"]]
COLLECT, STATEMENTS, PICTURE, CONCLUSIONS, SECOND = (
    "startfoto.py",
    "statements.py",
    "picture.py",
    "conclusions.py",
    "second_photo.py",
)


def baseline_style() -> None:
    """Lay the rules of these pages over the facilitators' style sheet."""
    st.html(Path(__file__).resolve().parent / "startfoto.css")


def picture_style() -> None:
    """Lay the rules of what is drawn of the statements over that."""
    st.html(Path(__file__).resolve().parent / "picture.css")


def baseline_head(
    now: BaselineNow,
    title: str,
    badges: Sequence[Badge] = (),
    *,
    over_title: str = "",
    tools: Callable[[], None] | None = None,
) -> None:
    """Draw the page's only h1 (`title`, plain text), beside it how it stands, and the page's `tools`.

    Badges are text, icon and colour; `over_title` stands above the title where the page has something to say there.
    """
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="page_head"
    ):
        with st.container(width="content", gap=None):
            over_title = over_title or _("Baseline {number} of {place} · prepared by {name}").format(
                number=now.baseline.number, place=now.alliance.place, name=now.leader.name
            )
            st.html(f'<p class="over-title" dir="auto">{escape(over_title)}</p>')
            st.title(plain(title), anchor=False)
        with st.container(horizontal=True, width="content", vertical_alignment="center", key="head_tools"):
            for text, icon, colour in badges:
                st.badge(text, icon=icon, color=colour)
            if tools is not None:
                tools()


def stages(now: BaselineNow, here: str) -> None:
    """Draw the stages of a startfoto, each a link to its page; `here` is the one at hand.

    An alliance with several startfotos has the way from each to the other above it.
    """
    if now.count > 1:
        with st.container(key="baselines", horizontal=True, gap="small"):
            for number in range(1, now.count + 1):
                is_here = number == now.baseline.number
                with st.container(key=f"baseline_{'here_' if is_here else ''}{number}", width="content"):
                    st.page_link(
                        here,
                        label=_("Baseline {number}").format(number=number),
                        icon=":material/check:" if is_here else ":material/photo_camera:",
                        query_params=now.link_to(number),
                    )
    with st.container(key="baseline_stages", horizontal=True, gap=None):
        for number, (page, name) in enumerate(
            (
                (COLLECT, _("Collect")),
                (STATEMENTS, _("Statements")),
                (PICTURE, _("Picture")),
                (CONCLUSIONS, _("Conclusions")),
                (SECOND, _("Second photo")),
            ),
            start=1,
        ):
            with st.container(key=f"stage_{'here_' if page == here else ''}{number}", width="stretch"):
                st.page_link(page, label=f"{number} {name}", query_params=now.link(), width="stretch")
