"""What is known of a source, and the speaker's own link."""

from datetime import date
from typing import Any

import streamlit as st

from exports.sentences.baseline import side_word
from models.baseline.sources import TITLE_LIMIT, change_source, remove_source
from models.baseline.views import NoteView
from models.basics.text import NAME_LIMIT, STATEMENT_LIMIT
from models.basics.words import Side, SourceKind
from pages.parts.baseline.sources import open_source
from pages.parts.frame.acting import act
from pages.parts.frame.panel import close_panel
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language

DETAILS = "source_details"


def source_details(view: NoteView) -> None:
    """Draw the fields of a source, and the way to remove it."""
    source = view.source
    is_interview = source.kind == SourceKind.INTERVIEW
    with st.form("source_form", border=True):
        st.header(_("Details of this source"), anchor=False)
        given: dict[str, Any] = {"title": "", "reference": view.reference, "link": view.link, "side": ""}
        if source.kind != SourceKind.LITERATURE:
            given["side"] = st.selectbox(
                _("From which side?"),
                list(Side),
                index=list(Side).index(Side(source.side)),
                format_func=lambda side: side_word(side, language()),
                key=f"details_side_{source.id}",
                filter_mode=None,
            )
        if is_interview:
            left, right = st.columns(2)
            given["role"] = left.text_input(
                _("Role"), value=source.role, key=f"details_role_{source.id}", max_chars=NAME_LIMIT
            )
            given["held_on"] = right.date_input(
                _("Day"),
                value=source.held_on,
                key=f"details_day_{source.id}",
                format="DD-MM-YYYY",
                min_value=date(2020, 1, 1),
            )
            given["is_guide_handed_over"] = st.checkbox(
                _("The explanation about the interview was given"),
                value=view.is_guide_handed_over,
                key=f"details_guide_{source.id}",
            )
        else:
            given["title"] = st.text_input(
                _("Title"), value=source.title, key=f"details_title_{source.id}", max_chars=TITLE_LIMIT
            )
            given["reference"] = st.text_input(
                _("From whom, and of when"),
                value=view.reference,
                key=f"details_reference_{source.id}",
                max_chars=STATEMENT_LIMIT,
            )
            given["link"] = st.text_input(
                _("Link"), value=view.link, key=f"details_link_{source.id}", max_chars=STATEMENT_LIMIT
            )
        if st.form_submit_button(_("Store the details"), icon=":material/check:"):
            given["side"] = str(given["side"] or "")
            if act(change_source, source_id=source.id, **given):
                close_panel(DETAILS)
                st.rerun()
    with st.popover(_("Remove this source"), icon=":material/close:", key="remove_source_asks"):
        st.markdown(_("Its note and all that was found in it go too. This cannot be undone."))
        st.button(_("Remove it for good"), key="remove_source", on_click=_remove, args=(source.id,))


def _remove(source_id: int) -> None:
    if act(remove_source, source_id=source_id):
        open_source(None)
        tell(_("Removed."))
