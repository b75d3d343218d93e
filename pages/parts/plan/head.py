"""The head of the plan's pages, with the ways between its faces and to Word."""

from html import escape
from pathlib import Path

import streamlit as st

from pages.parts.frame.download import download
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain
from pages.parts.plan.at_hand import CHANGE, MAP, PlanNow, go_to

WITH_MAP = "word_with_map"


def plan_style() -> None:
    """Lay the rules of these pages over the facilitators' style sheet."""
    st.html(Path(__file__).resolve().parent / "plan.css")


def plan_head(now: PlanNow, title: str, face: str) -> None:
    """Draw the page's only h1, and beside it the ways to the other faces."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="page_head"
    ):
        with st.container(width="content", gap=None):
            over_title = _("{alliance} · led by {name}").format(
                alliance=now.alliance.name, name=now.leader.name
            )
            st.html(f'<p class="over-title" dir="auto">{escape(over_title)}</p>')
            st.title(plain(title), anchor=False)
        with st.container(horizontal=True, width="content", vertical_alignment="center", key="head_tools"):
            if not face:
                st.badge(_("stored"), icon=":material/check:", color="green")
            if face == MAP:
                st.badge(_("only who leads sees this map"), icon=":material/lock:", color="gray")
            if face:
                st.button(
                    _("Back to the plan"), key="back_to_plan", icon=":material/arrow_back:", on_click=go_to
                )
            if face != MAP:
                st.button(_("Who matters"), key="to_map", icon=":material/map:", on_click=go_to, args=(MAP,))
            if not face:
                st.button(
                    _("Change the plan"),
                    key="to_change",
                    icon=":material/edit:",
                    on_click=go_to,
                    args=(CHANGE,),
                )
                _word(now)


def _word(now: PlanNow) -> None:
    with st.popover(_("Word"), icon=":material/download:", key="plan_in_word"):
        st.markdown(_("Two pages, to read and to hand out."))
        has_map = st.checkbox(_("With the map of who matters"), key=WITH_MAP)
        if has_map:
            st.warning(
                _("Everybody who gets the file then reads how you see each party."), icon=":material/lock:"
            )
        download(
            _("Download the plan"),
            f"plan/{now.id}/plan.docx",
            {"map": 1} if has_map else {},
            key="plan_file",
        )
