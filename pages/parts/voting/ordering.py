"""Dots that put texts in order: also adopted ones, and nothing is adopted or turned down by them."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from models.basics.words import PrincipleStatus, RuleKind, Secrecy
from models.voting.asked import about_principles
from models.voting.decision import Rule
from models.voting.methods import RANKING
from models.voting.methods.method import DotBudget
from models.voting.principles import PrincipleView
from models.voting.questions import RANKABLE
from models.voting.round import open_round
from models.voting.terms import Terms
from pages.parts.frame.acting import act_then
from pages.parts.frame.panel import opens_panel, panel_is_open
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext, plain, small
from pages.parts.voting.more_voices import voices_seen
from pages.parts.voting.with_names import told_when_few

ORDER, DOTS, CAN_STACK = "put_in_order", "order_dots", "order_can_stack"


def opens_order(principles: Sequence[PrincipleView]) -> None:
    """Draw the button that opens the form; nothing where fewer than two texts can be put in order."""
    if len(_rankable(principles)) > 1:
        opens_panel(_("Put texts in order with dots"), key=ORDER, icon=":material/format_list_numbered:")


def order_form(room: RoomNow, principles: Sequence[PrincipleView], here: int) -> None:
    """Draw which texts are put in order, with how many dots, and the button; nothing while it is closed.

    `here` is how many people are in the room.
    """
    rankable = _rankable(principles)
    offered = RANKING.budgets
    if not panel_is_open(ORDER) or len(rankable) < 2 or offered is None:
        return
    has_adopted = any(principle.status == PrincipleStatus.ADOPTED for principle in rankable)
    with st.container(border=True, key="card_order"):
        small(_("The dots put the texts in order. Nothing is adopted or turned down by them."))
        with st.container(gap="xsmall"):
            chosen = [
                principle.id
                for principle in rankable
                if st.checkbox(
                    plain(_("{number}. {text}").format(number=principle.number, text=principle.text)),
                    value=principle.status == PrincipleStatus.ADOPTED or not has_adopted,
                    key=f"order_{principle.id}_{principle.version}",
                    wrap=True,
                )
            ]
        dots = st.number_input(
            _("How many dots does each person have, for all texts together?"),
            min_value=offered.fewest,
            max_value=offered.most,
            value=offered.usual,
            step=1,
            key=DOTS,
        )
        can_stack = st.checkbox(_("Several dots may stand on one text"), value=True, key=CAN_STACK, wrap=True)
        told_when_few(Secrecy.ANONYMOUS, here)
        if len(chosen) < 2:
            small(_("Dots are divided over several texts: choose at least two."))
        st.button(
            ngettext(
                "Open the round: put {count} text in order",
                "Open the round: put {count} texts in order",
                len(chosen),
            ).format(count=len(chosen)),
            key="open_order",
            icon=":material/how_to_vote:",
            disabled=len(chosen) < 2,
            on_click=_open,
            kwargs={
                "workshop_id": room.workshop_id,
                "about": about_principles(chosen),
                "terms": Terms(RANKING.name, Rule(RuleKind.TOP), budget=DotBudget(dots, can_stack)),
            },
        )


def _rankable(principles: Sequence[PrincipleView]) -> list[PrincipleView]:
    return [principle for principle in principles if principle.status in RANKABLE]


def _open(**round_: Any) -> None:
    seen = voices_seen()
    act_then(
        open_round,
        then={ORDER: False},
        voices_seen=seen,
        **round_,
    )
