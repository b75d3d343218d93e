"""The statements of a startfoto, by theme: written, changed, left out. What was asked stays."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from exports.language import LANGUAGES, translations
from models.baseline.baseline import THEME_PRESETS
from models.baseline.statements import (
    READY,
    ReadyStatement,
    StatementRow,
    change_statement,
    leave_out_statement,
    take_over_statements,
    take_ready_statements,
    write_statement,
)
from models.baseline.views import ThemeRow
from models.basics.text import STATEMENT_LIMIT
from pages.parts.baseline.at_hand import BaselineNow
from pages.parts.frame.acting import act, act_on_click, act_then
from pages.parts.frame.panel import opens_panel
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext, small_print

TEXT, THEME, REVERSED = "new_statement", "new_statement_theme", "new_statement_reversed"


def statement_set(
    now: BaselineNow, statements: Sequence[StatementRow], themes: Sequence[ThemeRow], *, was_asked: bool
) -> None:
    """Draw the statements that are asked, by theme, and the way to more. `was_asked`: their round was opened."""
    with st.container(border=True, key="card_statements"):
        st.header(_("The statements"), anchor=False)
        if not statements:
            st.markdown(
                _("Begin with a ready set, two per theme, and change what does not fit. Or write your own.")
            )
        if was_asked:
            small_print(_("These were asked. What you add or change now waits for the next baseline."))
        else:
            _begin_with(now, statements, themes)
        for theme in themes:
            of_theme = [one for one in statements if one.theme_id == theme.id]
            if not of_theme:
                continue
            st.subheader(theme.name, anchor=False)
            for one in of_theme:
                with st.container(key=f"statement_{one.id}", gap="xsmall"):
                    _statement(one, themes)
        _new(now, themes)


def ready_for(
    themes: Sequence[ThemeRow], there: Sequence[StatementRow], language: str
) -> list[ReadyStatement]:
    """Return the ready statements about these themes that do not stand there yet, in a language.

    A theme is known by its ready name in any language; one that was named by somebody has none.
    """
    presets = {
        translations(known).gettext(preset).casefold(): preset
        for known in LANGUAGES
        for preset in THEME_PRESETS
    }
    said = {one.text.casefold() for one in there}
    gettext = translations(language).gettext
    return [
        ReadyStatement(theme.id, gettext(text), is_reversed)
        for theme in themes
        for text, is_reversed in READY.get(presets.get(theme.name.casefold(), ""), ())
        if gettext(text).casefold() not in said
    ]


def _begin_with(now: BaselineNow, statements: Sequence[StatementRow], themes: Sequence[ThemeRow]) -> None:
    ready = ready_for(themes, statements, now.alliance.language)
    with st.container(horizontal=True, key="ready_statements"):
        if now.baseline.number > 1 and not statements:
            st.button(
                _("Take over the statements of the baseline before"),
                key="take_over_statements",
                type="primary",
                icon=":material/content_copy:",
                on_click=act_on_click,
                args=(take_over_statements,),
                kwargs={"baseline_id": now.id},
            )
        if ready:
            st.button(
                ngettext("Add {count} ready statement", "Add {count} ready statements", len(ready)).format(
                    count=len(ready)
                ),
                key="take_ready_statements",
                type="primary" if not statements and now.baseline.number == 1 else "secondary",
                icon=":material/playlist_add:",
                on_click=act_on_click,
                args=(take_ready_statements,),
                kwargs={"baseline_id": now.id, "statements": ready},
            )


def _statement(one: StatementRow, themes: Sequence[ThemeRow]) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(width="stretch", gap=None):
            st.html(Markup('<p class="point-text" dir="auto"><b>{}</b> {}</p>').format(one.number, one.text))
            if one.is_reversed or one.same_as_id is not None:
                with st.container(horizontal=True, gap="xsmall"):
                    if one.is_reversed:
                        st.badge(
                            _("reversed: disagreeing is good"), icon=":material/swap_horiz:", color="gray"
                        )
                    if one.same_as_id is not None:
                        st.badge(
                            _("the same words as last time"), icon=":material/compare_arrows:", color="green"
                        )
        is_open = opens_panel(
            _("Change statement {number}").format(number=one.number),
            key=f"change_statement_{one.id}",
            icon=":material/edit:",
        )
    if is_open:
        _change(one, themes)


def _change(one: StatementRow, themes: Sequence[ThemeRow]) -> None:
    if one.was_asked:
        small_print(
            _("It was asked. Other words become a new statement; the old one stays, with its answers.")
        )
    text, theme, is_reversed = (f"statement_{part}_{one.id}" for part in ("text", "theme", "reversed"))
    st.text_area(
        _("Text of statement {number}").format(number=one.number),
        value=one.text,
        key=text,
        max_chars=STATEMENT_LIMIT,
        height=80,
        on_change=_store,
        args=(one.id, "text", text),
    )
    names = {found.id: found.name for found in themes}
    st.session_state[theme] = one.theme_id
    st.selectbox(
        _("Theme of statement {number}").format(number=one.number),
        list(names),
        format_func=lambda found: names[found],
        key=theme,
        filter_mode=None,
        on_change=_store,
        args=(one.id, "theme_id", theme),
    )
    st.session_state[is_reversed] = one.is_reversed
    st.checkbox(
        _("Who disagrees with statement {number} finds this place inclusive").format(number=one.number),
        key=is_reversed,
        on_change=_store,
        args=(one.id, "is_reversed", is_reversed),
    )
    st.button(
        _("Leave out statement {number}").format(number=one.number),
        key=f"leave_out_{one.id}",
        icon=":material/close:",
        on_click=act_on_click,
        args=(leave_out_statement,),
        kwargs={"statement_id": one.id},
    )


def _store(statement_id: int, field: str, key: str) -> None:
    value = st.session_state[key]
    changed: dict[str, Any] = {field: str(value or "") if field == "text" else value}
    acted = act(change_statement, statement_id=statement_id, **changed)
    if acted and acted.result != statement_id:
        tell(_("A new statement stands in its place. The old one stays, with its answers."))


def _new(now: BaselineNow, themes: Sequence[ThemeRow]) -> None:
    names = {theme.id: theme.name for theme in themes}
    if not names:
        return
    with st.container(key="statement_new"):
        st.text_area(_("New statement"), key=TEXT, max_chars=STATEMENT_LIMIT, height=80)
        st.selectbox(
            _("About which theme?"),
            list(names),
            format_func=lambda found: names[found],
            key=THEME,
            filter_mode=None,
        )
        st.checkbox(_("Who disagrees finds this place inclusive"), key=REVERSED)
        st.button(
            _("Write the statement"),
            key="write_statement",
            icon=":material/add:",
            on_click=_write,
            args=(now.id,),
        )


def _write(baseline_id: int) -> None:
    act_then(
        write_statement,
        then={TEXT: "", REVERSED: False},
        baseline_id=baseline_id,
        theme_id=st.session_state[THEME],
        text=str(st.session_state[TEXT] or ""),
        is_reversed=bool(st.session_state[REVERSED]),
    )
