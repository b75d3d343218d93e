"""The field with which something is laid beside a conclusion: what one chooses, and a button for it and against it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import streamlit as st

from models.basics.words import Stance
from pages.parts.frame.whole_page import keep_message
from pages.parts.frame.words import plain

Lay = Callable[[int, list[int], Stance], None]


@dataclass(frozen=True)
class LayingWords:
    """What stands on the field and on its two buttons."""

    label: str
    placeholder: str
    supports: str
    says_the_opposite: str
    nothing_chosen: str


def laying_field(
    name: str,
    conclusion_id: int,
    offered: Collection[int],
    *,
    told: Callable[[int], str],
    words: LayingWords,
    lay: Lay,
) -> None:
    """Draw the field for the ids that are `offered`; `lay` gets the conclusion, what was chosen, and the stance.

    `name` tells its widgets from those of another such field. What is offered no more, is chosen no more.
    """
    key = f"{name}_{conclusion_id}"
    st.session_state[key] = [found for found in st.session_state.get(key, []) if found in offered]
    st.multiselect(
        words.label,
        list(offered),
        format_func=told,
        key=key,
        placeholder=words.placeholder,
        filter_mode="contains",
        select_all=False,
    )
    with st.container(horizontal=True):
        for stance, label, icon in (
            (Stance.FOR, words.supports, ":material/add:"),
            (Stance.AGAINST, words.says_the_opposite, ":material/swap_vert:"),
        ):
            st.button(
                label,
                key=f"{name}_{stance.value}_{conclusion_id}",
                icon=icon,
                on_click=_lay,
                args=(key, conclusion_id, stance, lay, words.nothing_chosen),
            )


def _lay(key: str, conclusion_id: int, stance: Stance, lay: Lay, nothing_chosen: str) -> None:
    chosen = list(st.session_state[key] or [])
    if not chosen:
        keep_message(plain(nothing_chosen))
        return
    st.session_state[key] = []
    lay(conclusion_id, chosen, stance)
