"""Typing sheets in, one after the other, without leaving the keys."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup, escape

from exports.sentences import choice_label, error_sentence
from models.basics.codes import personal_code
from models.basics.errors import DomainError, SheetKnown
from models.basics.keys import new_token
from models.basics.text import REASON_LIMIT
from models.tables import Group
from models.voting.paper import SheetView, enter_paper_ballots
from models.voting.paper_keys import LEFT_OPEN, paper_keys, read_answers
from models.voting.round_views import RoundView
from pages.parts.frame.acting import act
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small
from pages.parts.paper.quick_keys import quick_keys

CODE, ANSWERS, GROUP = "paper_code", "paper_answers", "paper_group"
TURN, ATTEMPT, REPLACES = "paper_turn", "paper_attempt", "paper_replaces"
TOLD, KNOWN = "paper_told", "paper_known"
NO_GROUP = 0


def type_sheet(
    round_: RoundView, groups: Sequence[Group], last: SheetView | None, *, shows_codes: bool
) -> None:
    """Draw the form for one sheet of an open round. `last` is the sheet that was typed in last, if any.

    Its code is told to who leads only (`shows_codes`).
    """
    st.session_state.setdefault(TURN, new_token())
    with st.container(border=True, key="card_sheet"):
        st.header(_("Type a sheet in"), anchor=False)
        _keys(round_)
        _what_stands_in_the_way(round_)
        if last is not None and TOLD not in st.session_state and KNOWN not in st.session_state:
            st.success(
                plain(
                    _("Stored last: participant {number}, code {code}.").format(
                        number=last.number, code=last.personal_code
                    )
                    if shows_codes
                    else _("Stored last: participant {number}.").format(number=last.number)
                ),
                icon=":material/check_circle:",
            )
        with st.form("paper_form", border=False):
            left, middle, right = st.columns([1, 1.4, 1], vertical_alignment="bottom")
            left.text_input(_("Code or number on the sheet"), key=CODE, max_chars=120, autocomplete="off")
            middle.text_input(
                ngettext("The answer", "{count} answers, in order", len(round_.items)).format(
                    count=len(round_.items)
                ),
                key=ANSWERS,
                max_chars=200,
                autocomplete="off",
            )
            names = {group.id: group.name for group in groups}
            right.selectbox(
                _("Group, for a sheet that has none"),
                [NO_GROUP, *names],
                format_func=lambda group_id: names.get(group_id, _("no group")),
                key=GROUP,
            )
            with st.expander(_("Something is written beside an answer"), key="paper_reasons"):
                for item in round_.items:
                    st.text_input(
                        _("With text {number}").format(number=item.position),
                        key=_reason_key(item.id),
                        max_chars=REASON_LIMIT,
                        autocomplete="off",
                    )
            st.form_submit_button(
                _("Store this sheet"),
                key="paper_store",
                icon=":material/check:",
                type="primary",
                on_click=_enter,
                args=(round_,),
            )
        small(_("A sheet without a code? Leave the first field empty. Enter stores the sheet."))
        _texts(round_)
    quick_keys(
        CODE,
        ANSWERS,
        attempt=st.session_state.get(ATTEMPT, ""),
        is_stored=TOLD not in st.session_state and KNOWN not in st.session_state,
    )


def type_again(code: str) -> None:
    """Put a sheet's code or number in the form, to type its answers anew. For `on_click`."""
    st.session_state[CODE] = code
    st.session_state[REPLACES] = code
    _forget_what_was_told()


def _keys(round_: RoundView) -> None:
    """Draw which key stands for which answer."""
    keys = paper_keys(round_.choices)
    shown = [
        Markup("<li><kbd>{}</kbd> {}</li>").format(
            keys[choice.value], choice_label(round_.method, choice.value, language())
        )
        for choice in round_.choices
    ]
    shown.append(Markup("<li><kbd>{}</kbd> {}</li>").format(LEFT_OPEN, _("left open")))
    title = escape(_("Keys"))
    st.html(f'<ul class="paper-keys" aria-label="{title}">{Markup("").join(shown)}</ul>')


def _texts(round_: RoundView) -> None:
    """Draw the texts in the order of the sheet."""
    texts = Markup("").join(Markup("<li>{}</li>").format(item.text) for item in round_.items)
    st.html(f'<ol class="paper-texts">{texts}</ol>')


def _reason_key(item_id: int) -> str:
    return f"paper_reason_{item_id}"


def _forget_what_was_told() -> None:
    for key in (TOLD, KNOWN):
        st.session_state.pop(key, None)


def _enter(round_: RoundView, *, replaces: bool = False) -> None:
    """Store what is typed. For the form's button and its Enter key."""
    state = st.session_state
    typed: dict[str, Any] = {
        key: state.get(key) or "" for key in (CODE, ANSWERS, *map(_reason_key, _ids(round_)))
    }
    was_replacing, turn = state.get(REPLACES), state[TURN]
    state[ATTEMPT] = new_token()
    _forget_what_was_told()
    try:
        answers = read_answers(typed[ANSWERS], round_.choices, len(round_.items))
    except DomainError as error:
        state[TOLD] = _said(error)
        return
    # Emptied before the write: a second tap may end this callback at the next touch of the state.
    state.update({**dict.fromkeys(typed, ""), TURN: new_token()})
    state.pop(REPLACES, None)
    acted = act(
        enter_paper_ballots,
        handled=(DomainError,),
        round_id=round_.id,
        code=typed[CODE],
        group_id=state.get(GROUP) or None,
        choices=dict(zip(_ids(round_), answers, strict=True)),
        reasons={item_id: typed[_reason_key(item_id)] for item_id in _ids(round_)},
        request_id=turn,
        replaces=replaces or bool(was_replacing and personal_code(typed[CODE]) == was_replacing),
    )
    if acted.error is None:
        return
    state.update({**typed, TURN: turn})
    if was_replacing:
        state[REPLACES] = was_replacing
    state[KNOWN if isinstance(acted.error, SheetKnown) else TOLD] = _said(acted.error)


def _ids(round_: RoundView) -> list[int]:
    return [item.id for item in round_.items]


def _said(error: DomainError) -> str:
    happened, what_to_do = error_sentence(error, language())
    return f"**{plain(happened)}** {plain(what_to_do)}"


def _what_stands_in_the_way(round_: RoundView) -> None:
    """Draw why a sheet was not stored. What was typed still stands in the fields."""
    state = st.session_state
    if told := state.get(TOLD):
        st.error(told, icon=":material/error:")
    if known := state.get(KNOWN):
        st.warning(known, icon=":material/info:")
        with st.container(horizontal=True):
            st.button(
                _("Replace what was typed before"),
                key="paper_replace",
                icon=":material/history:",
                on_click=_enter,
                args=(round_,),
                kwargs={"replaces": True},
            )
            st.button(
                _("Leave the first one"),
                key="paper_leave",
                icon=":material/undo:",
                on_click=_leave,
                args=(round_,),
            )


def _leave(round_: RoundView) -> None:
    for key in (CODE, ANSWERS, *map(_reason_key, _ids(round_))):
        st.session_state[key] = ""
    st.session_state[TURN] = st.session_state[ATTEMPT] = new_token()
    _forget_what_was_told()
