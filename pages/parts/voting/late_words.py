"""What people sent after a round was closed: it counts nowhere, and the facilitator hears it all the same."""

import streamlit as st
from markupsafe import escape

from exports.sentences import choice_label
from models.storage.database import reading
from models.voting.late_words import LateWordsView, list_late_words, put_late_words_away
from pages.parts.frame.acting import act_on_click, facilitator
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, small

LATE = "late"


@st.fragment(key=LATE)
def late_words(room: RoomNow) -> None:
    """Draw the words that came too late, each about its text; what was read can be put away, and back. A live part."""
    facilitator()
    with reading() as session:
        waiting = list_late_words(session, room.workshop_id)
        put_away = list_late_words(session, room.workshop_id, put_away=True)
    if not waiting and not put_away:
        return
    with st.container(border=True, key="card_late_words"):
        st.subheader(_("Came in too late"), anchor=False)
        if waiting:
            small(
                _(
                    "Sent after the close: no vote, and no part of the result. "
                    "Only facilitators read it, without a name."
                )
            )
        for late in waiting:
            _words(late, is_away=False)
        if put_away:
            title = ngettext("{count} put away", "{count} put away", len(put_away))
            with st.expander(title.format(count=len(put_away)), key="late_words_put_away"):
                for late in put_away:
                    _words(late, is_away=True)


def _words(late: LateWordsView, *, is_away: bool) -> None:
    with st.container(key=f"proposal_late_{late.id}", gap="xsmall"):
        said = choice_label(late.method, late.choice, language())
        about = _("About: {statement} (round {round})").format(statement=late.asked, round=late.round_number)
        st.html(
            f'<p class="said" dir="auto">{escape(late.text)}</p><p class="said-by">{escape(said)}. {escape(about)}</p>'
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge(_("too late"), icon=":material/schedule:", color="orange")
            st.button(
                _("Put back") if is_away else _("Put away"),
                key=f"late_away_{late.id}_{is_away}",
                icon=":material/undo:" if is_away else ":material/check:",
                on_click=act_on_click,
                args=(put_late_words_away,),
                kwargs={"late_words_id": late.id, "is_away": not is_away},
            )
