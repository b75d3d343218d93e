"""The list of themes: named, put in order, joined, taken away. What was found keeps what it can."""

import streamlit as st

from models.baseline.baseline import add_theme, merge_themes, move_theme, remove_theme, rename_theme
from models.baseline.views import CollectView
from models.basics.text import NAME_LIMIT
from models.tables.startfoto import MOST_THEMES
from pages.parts.baseline.at_hand import BaselineNow
from pages.parts.frame.acting import act, act_on_click, act_then
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext, plain, small_print

NEW_THEME = "new_theme"


def themes_form(now: BaselineNow, collected: CollectView) -> None:
    """Draw a row for each theme, and a field for a new one. Every change is stored at once."""
    names = {theme.id: theme.name for theme in collected.themes}
    counts = {row[0].theme_id: sum(cell.findings for cell in row) for row in collected.coverage.rows if row}
    with st.container(border=True, key="card_themes"):
        st.header(_("Themes"), anchor=False)
        small_print(
            _("At most {count}. A theme that is joined with another one gives it all that was found.").format(
                count=MOST_THEMES
            )
        )
        for place, theme in enumerate(collected.themes, start=1):
            name, up, into, gone = st.columns([3, 1.1, 2, 1.4], vertical_alignment="bottom")
            name.text_input(
                _("Theme {number}").format(number=place),
                value=theme.name,
                key=f"theme_name_{theme.id}",
                max_chars=NAME_LIMIT,
                on_change=_rename,
                args=(theme.id,),
            )
            up.button(
                _("Move up: {theme}").format(theme=plain(theme.name)),
                key=f"theme_up_{theme.id}",
                icon=":material/arrow_upward:",
                disabled=place == 1,
                on_click=act_on_click,
                args=(move_theme,),
                kwargs={"theme_id": theme.id, "position": max(1, place - 1)},
            )
            into.selectbox(
                _("Join {theme} with").format(theme=plain(theme.name)),
                [0, *(other for other in names if other != theme.id)],
                format_func=lambda other: names.get(other, "–"),
                key=f"theme_into_{theme.id}",
                filter_mode=None,
                on_change=_merge,
                args=(theme.id,),
            )
            with gone.popover(
                _("Take away: {theme}").format(theme=plain(theme.name)),
                icon=":material/close:",
                key=f"theme_gone_{theme.id}",
            ):
                count = counts.get(theme.id, 0)
                st.markdown(
                    ngettext(
                        "{count} finding then stands without this theme.",
                        "{count} findings then stand without this theme.",
                        count,
                    ).format(count=count)
                )
                st.button(
                    _("Take this theme away"),
                    key=f"theme_remove_{theme.id}",
                    on_click=act_on_click,
                    args=(remove_theme,),
                    kwargs={"theme_id": theme.id},
                )
        if len(collected.themes) < MOST_THEMES:
            with st.container(horizontal=True, vertical_alignment="bottom"):
                st.text_input(_("New theme"), key=NEW_THEME, max_chars=NAME_LIMIT)
                st.button(
                    _("Add the theme"),
                    key="add_theme",
                    icon=":material/add:",
                    on_click=_add,
                    args=(now.alliance.id,),
                )


def _rename(theme_id: int) -> None:
    act(rename_theme, theme_id=theme_id, name=st.session_state[f"theme_name_{theme_id}"])


def _merge(theme_id: int) -> None:
    into = st.session_state[f"theme_into_{theme_id}"]
    if into:
        act(merge_themes, theme_id=theme_id, into_id=into)


def _add(alliance_id: int) -> None:
    act_then(add_theme, then={NEW_THEME: ""}, alliance_id=alliance_id, name=st.session_state[NEW_THEME])
