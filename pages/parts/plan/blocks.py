"""What the plan says of each block: needed or not, why, with whom, when, and what must be known first."""

import streamlit as st
from markupsafe import Markup

from exports.sentences import block_name
from exports.sentences.plan import months_told, state_of_block, with_whom
from models.planning.reading import Plan
from models.planning.standing import PlanStand, PlanStanding
from pages.parts.frame.room_now import ALLIANCE
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language
from pages.parts.home.card import ICONS, SIGNS, Standing
from pages.parts.home.next_step import CHANGE, PLAN, SHOW

# The colour and the sign of where a block stands: those of the home.
LOOKS = {
    PlanStand.OPEN: Standing.OFF,
    PlanStand.NOT_NEEDED: Standing.OFF,
    PlanStand.DONE: Standing.DONE,
    PlanStand.BUSY: Standing.BUSY,
    PlanStand.DUE: Standing.BUSY,
    PlanStand.PASSED: Standing.CHOSEN,
    PlanStand.LATER: Standing.PLANNED,
    PlanStand.WITHOUT_MONTH: Standing.CHOSEN,
}


def blocks_of_the_plan(alliance_id: int, plan: Plan) -> None:
    """Draw a card for each block."""
    with st.container(key="plan_blocks"):
        for column, standing in zip(st.columns(4, gap="small"), plan.standings, strict=True):
            with column, st.container(border=True, key=f"card_plan_{standing.block}", height="stretch"):
                _card(alliance_id, standing, plan)


def _card(alliance_id: int, standing: PlanStanding, plan: Plan) -> None:
    planned, block = standing.planned, standing.block
    colour, sign = SIGNS[LOOKS[standing.stand]]
    st.html(
        Markup(
            '<div class="block"><h2><span class="symbol" aria-hidden="true" translate="no">{icon}</span>{name}</h2>'
            '<p class="state"><span class="badge {colour}"><span class="symbol" aria-hidden="true" translate="no">'
            "{sign}</span>{state}</span></p><dl>{rows}</dl></div>"
        ).format(
            icon=ICONS[block],
            name=block_name(block, language()),
            colour=colour,
            sign=sign,
            state=state_of_block(standing, plan.today, language()),
            rows=Markup("").join(
                Markup('<div><dt>{}</dt><dd dir="auto"{}>{}</dd></div>').format(
                    name, Markup(' class="why"') if is_why else "", text
                )
                for name, text, is_why in _rows(standing)
            ),
        )
    )
    if standing.stand is PlanStand.PASSED:
        _way(alliance_id, _("Move {block}").format(block=block_name(block, language())))
    elif planned.is_needed is None:
        _way(alliance_id, _("Choose"))
    elif planned.lacks_reason:
        _way(alliance_id, _("Say why"))


def _way(alliance_id: int, words: str) -> None:
    """Draw the way to the fields: a link, since a button in a live part draws only that part again."""
    st.page_link(
        PLAN,
        label=words,
        icon=":material/edit:",
        query_params={ALLIANCE: str(alliance_id), SHOW: CHANGE},
    )


def _rows(standing: PlanStanding) -> list[tuple[str, str, bool]]:
    planned = standing.planned
    rows = [(_("Why"), planned.why or _("not said yet"), True)]
    if planned.is_needed:
        rows += [
            (_("With whom"), with_whom(planned, language(), names_stakeholders=True), False),
            (
                _("When"),
                months_told(standing.starts_on, standing.ends_on, language()) or _("no month yet"),
                False,
            ),
        ]
    if planned.known_first:
        rows.append((_("To know first"), planned.known_first, False))
    return rows
