"""The plan of approach: which building blocks, and why."""

import streamlit as st

from exports.sentences import block_name
from models.alliance.alliance import read_alliance
from models.alliance.plan import choose_blocks
from models.basics.text import NOTE_LIMIT
from models.basics.words import BuildingBlock
from models.storage.database import reading
from models.tables import Alliance
from pages.parts.frame.acting import act
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain, small_print
from pages.parts.home.cards import block_explained


def plan_of_approach(alliance: Alliance) -> None:
    """Open the plan: which blocks, and why. Every change is stored at once."""

    @st.dialog(_("Plan of approach"), width="medium", on_dismiss="rerun")
    def edit() -> None:
        with reading() as session:
            reasons = {
                entry["block"]: entry.get("reason", "")
                for entry in read_alliance(session, alliance.id).blocks
            }
        st.markdown(
            _("Choose what {place} needs, and say why. We store each field when you leave it.").format(
                place=plain(alliance.place)
            )
        )
        for block in BuildingBlock:
            st.checkbox(
                block_name(block, language()),
                value=block in reasons,
                key=f"plan_{block.value}",
                on_change=store_plan,
                args=(alliance.id,),
            )
            small_print(block_explained(block))
            if st.session_state[f"plan_{block.value}"]:
                st.text_input(
                    _("Why {block}?").format(block=block_name(block, language())),
                    value=reasons.get(block, ""),
                    key=f"plan_reason_{block.value}",
                    max_chars=NOTE_LIMIT,
                    placeholder=_("Because…"),
                    on_change=store_plan,
                    args=(alliance.id,),
                )

    edit()


def store_plan(alliance_id: int) -> None:
    """Store the plan as it stands on the screen. For `on_change`."""
    with reading() as session:
        reasons = {
            entry["block"]: entry.get("reason", "") for entry in read_alliance(session, alliance_id).blocks
        }
    act(
        choose_blocks,
        alliance_id=alliance_id,
        blocks=[
            {
                "block": block.value,
                "reason": st.session_state.get(f"plan_reason_{block.value}", reasons.get(block, "")),
            }
            for block in BuildingBlock
            if st.session_state.get(f"plan_{block.value}")
        ],
    )
