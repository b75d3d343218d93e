"""The note of a source: marked by selecting words in it, and typed or brought from a file."""

import streamlit as st
from markupsafe import Markup

from exports.language import day, listed
from models.baseline.sources import NOTE_LIMIT, type_note
from models.baseline.views import NoteView
from models.basics.errors import DomainError
from pages.parts.baseline.note_marks import note_marks
from pages.parts.frame.acting import act, refuse
from pages.parts.frame.file_brought import file_sent
from pages.parts.frame.panel import close_panel, opens_panel
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, small_print

TYPED, CHANGES = "note_typed", "note_changes"


def note_card(view: NoteView, chosen: int | None) -> None:
    """Draw the note with its marks, and where its text is typed or brought."""
    with st.container(border=True, key="card_note"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(_("The note"), anchor=False)
            if view.note_erased_at is None and view.note:
                opens_panel(_("Change the note"), key=CHANGES, icon=":material/edit:")
        if view.note_erased_at is not None:
            st.info(
                _("This note was erased on its day, as was promised. What was released keeps its words."),
                icon=":material/info:",
            )
            return
        if not view.note or st.session_state.get(CHANGES):
            _typing(view)
        else:
            note_marks(view, chosen)
            _key()
        if view.erased_on is not None:
            small_print(
                _(
                    "Erased on {day} at the latest, and 30 days after presenting. Copies of the night keep it 30 days "
                    "more. Released quotes keep their words."
                ).format(day=day(view.erased_on, language(), style="long"))
            )


def _key() -> None:
    """Draw what the colours in a note stand for."""
    st.html(
        Markup(
            '<p class="note-key"><span><b>{green}</b> {quote}</span><span><b class="chosen">{dark}</b> {chosen}</span>'
            '<span><b class="telling">{dots}</b> {telling}</span></p>'
        ).format(
            green=_("green"),
            quote=_("a quote"),
            dark=_("dark"),
            chosen=_("the quote at hand"),
            dots=_("dots"),
            telling=_("may betray somebody"),
        )
    )


def _typing(view: NoteView) -> None:
    source_id = view.source.id
    key = f"{TYPED}_{source_id}"
    st.session_state.setdefault(key, view.note)
    st.session_state.setdefault(f"{key}_seen", view.note)
    st.text_area(
        _("What was said"),
        key=key,
        height=420,
        max_chars=NOTE_LIMIT,
        placeholder=_("Type or paste here what was said."),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Store the note"),
            key="store_note",
            type="primary",
            icon=":material/check:",
            on_click=_store,
            args=(source_id, key),
        )
        if view.note:
            st.button(_("Leave it as it is"), key="leave_note", on_click=_leave, args=(key,))
    file_sent(
        _("Or bring a text or Word file"),
        accepts=".txt,.docx",
        key="note_file",
        address="/files/startfoto/note",
        then=lambda told: bring(source_id, key, str(told.get("text") or "")),
    )
    small_print(_("A quote moves along with its words. Whose words are changed is no quote any more."))


def _leave(key: str) -> None:
    st.session_state.pop(key, None)
    st.session_state.pop(f"{key}_seen", None)
    close_panel(CHANGES)


def _store(source_id: int, key: str) -> None:
    store(source_id, st.session_state[key], key)


def store(source_id: int, text: str, key: str) -> None:
    """Store the text of a note, and tell which quotes are none any more. For callbacks."""
    stored = act(
        type_note,
        handled=(DomainError,),
        source_id=source_id,
        note=text,
        seen=st.session_state.get(f"{key}_seen"),
    )
    if stored.error is not None:
        refuse(stored.error)
        st.rerun()
    st.session_state.pop(key, None)
    st.session_state.pop(f"{key}_seen", None)
    close_panel(CHANGES)
    lost = stored.result.lost
    if lost:
        tell(
            ngettext(
                "Stored. Finding {numbers} is no quote any more: its words stand in the note no more.",
                "Stored. Findings {numbers} are no quotes any more: their words stand in the note no more.",
                len(lost),
            ).format(numbers=listed([str(number) for number in lost], language()))
        )


def bring(source_id: int, key: str, text: str) -> None:
    """Store the text of a file below what is typed already. For the field's callback."""
    kept = st.session_state.get(key) or ""
    store(source_id, f"{kept}\n\n{text}" if kept.strip() else text, key)
