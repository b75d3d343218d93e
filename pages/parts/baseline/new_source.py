"""The form with which a source is added."""

from datetime import date
from typing import Any

import streamlit as st

from exports.sentences.baseline import side_word, source_kind_word
from models.baseline.sources import TITLE_LIMIT, add_source
from models.basics.clock import today
from models.basics.errors import DomainError
from models.basics.text import NAME_LIMIT, STATEMENT_LIMIT
from models.basics.words import Side, SourceKind
from pages.parts.baseline.at_hand import SOURCE, BaselineNow
from pages.parts.frame.acting import act, refuse
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small_print

KIND, SIDE, ROLE, HELD_ON, GUIDE = (
    "source_kind",
    "source_side",
    "source_role",
    "source_held_on",
    "source_guide",
)
# In the address, from a conclusion about which this side said nothing.
SIDE_ASKED = "side"
TITLE, REFERENCE, LINK = "source_title", "source_reference", "source_link"
EMPTY: dict[str, Any] = {ROLE: "", GUIDE: False, TITLE: "", REFERENCE: "", LINK: ""}
KIND_ICONS = {
    SourceKind.INTERVIEW: ":material/mic:",
    SourceKind.LITERATURE: ":material/menu_book:",
    SourceKind.FIGURES: ":material/bar_chart:",
    SourceKind.OBSERVATION: ":material/visibility:",
}


def begin_with(side: str) -> None:
    """Let the form stand ready for an interview on this side. For callbacks."""
    st.session_state[KIND] = SourceKind.INTERVIEW
    st.session_state[SIDE] = side


def new_source(now: BaselineNow) -> None:
    """Draw the form. What it asks depends on the kind of source."""
    asked = st.query_params.pop(SIDE_ASKED, None)
    if asked in set(Side):
        begin_with(str(asked))
    st.session_state.setdefault(KIND, SourceKind.INTERVIEW)
    st.session_state.setdefault(SIDE, Side.RESIDENTS)
    st.session_state.setdefault(HELD_ON, today(now.alliance.time_zone))
    for key, value in EMPTY.items():
        st.session_state.setdefault(key, value)
    with st.container(border=True, key="card_new_source", height="stretch"):
        st.header(_("Add a source"), anchor=False)
        kind = st.pills(
            _("Kind of source"),
            list(SourceKind),
            format_func=lambda kind: f"{KIND_ICONS[kind]} {source_kind_word(kind, language())}",
            key=KIND,
            required=True,
            label_visibility="collapsed",
        )
        kind = kind or SourceKind.INTERVIEW
        if kind != SourceKind.LITERATURE:
            st.selectbox(
                _("From which side?"),
                list(Side),
                format_func=lambda side: side_word(side, language()),
                key=SIDE,
                filter_mode=None,
            )
        if kind == SourceKind.INTERVIEW:
            _who_was_interviewed()
        else:
            _which_document(kind)
        st.button(
            _("Add the interview") if kind == SourceKind.INTERVIEW else _("Add the source"),
            key="add_source",
            type="primary",
            icon=":material/add:",
            width="stretch",
            on_click=_add,
            args=(now.id,),
        )


def _who_was_interviewed() -> None:
    role, held_on = st.columns(2)
    role.text_input(_("Role"), key=ROLE, max_chars=NAME_LIMIT, placeholder=_("volunteer"))
    held_on.date_input(_("Day"), key=HELD_ON, format="DD-MM-YYYY", min_value=date(2020, 1, 1))
    small_print(_("We give an alias, such as “Resident 4”. You do not need real names here."))
    st.checkbox(_("The explanation about the interview was given"), key=GUIDE)


def _which_document(kind: SourceKind) -> None:
    st.text_input(_("Title"), key=TITLE, max_chars=TITLE_LIMIT)
    st.text_input(
        _("Author, year, page") if kind == SourceKind.LITERATURE else _("From whom, and of when"),
        key=REFERENCE,
        max_chars=STATEMENT_LIMIT,
    )
    st.text_input(_("Link"), key=LINK, max_chars=STATEMENT_LIMIT, placeholder="https://")


def _add(baseline_id: int) -> None:
    kind = st.session_state[KIND]
    is_interview = kind == SourceKind.INTERVIEW
    given: dict[str, Any] = {
        "kind": str(kind),
        "side": "" if kind == SourceKind.LITERATURE else str(st.session_state[SIDE]),
    }
    if is_interview:
        given |= {
            "role": st.session_state[ROLE],
            "held_on": st.session_state[HELD_ON],
            "is_guide_handed_over": st.session_state[GUIDE],
        }
    else:
        given |= {
            "title": st.session_state[TITLE],
            "reference": st.session_state[REFERENCE],
            "link": st.session_state[LINK],
        }
    before = {key: st.session_state.get(key) for key in EMPTY}
    # Set before the write: a second tap may end a callback at the next touch of the state.
    st.session_state.update(EMPTY)
    added = act(add_source, handled=(DomainError,), baseline_id=baseline_id, **given)
    if added.error is not None:
        st.session_state.update(before)
        refuse(added.error)
        st.rerun()
    st.query_params[SOURCE] = str(added.result.source_id)
