"""The card of one building block on the home of an alliance: where it stands, one finding, and one action."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import streamlit as st
from markupsafe import Markup
from sqlmodel import Session

from exports.language import month
from exports.sentences import block_name
from models.alliance.alliance import AllianceRow
from models.basics.words import BuildingBlock
from models.planning.reading import Plan
from models.planning.standing import PlanStand
from models.tables import Alliance
from pages.parts.frame.room_now import ALLIANCE
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language
from pages.parts.home.next_step import CHANGE, PLAN, SHOW

ICONS = {
    BuildingBlock.BASELINE: "photo_camera",
    BuildingBlock.ENCOUNTERS: "diversity_3",
    BuildingBlock.ALLIANCE: "handshake",
    BuildingBlock.MEDIATION: "balance",
}


class Standing(StrEnum):
    """How far a block is: it gives the colour and the sign of its state; a block that is off has a dashed edge."""

    DONE = "done"
    BUSY = "busy"
    PLANNED = "planned"
    CHOSEN = "chosen"
    OFF = "off"


SIGNS = {
    Standing.DONE: ("green", "check"),
    Standing.BUSY: ("blue", "play_arrow"),
    Standing.PLANNED: ("blue", "event"),
    Standing.CHOSEN: ("gray", "schedule"),
    Standing.OFF: ("gray", "remove"),
}


@dataclass(frozen=True)
class Leads:
    """An action that leads to a page: a file of pages/, with its query."""

    words: str
    page: str
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plans:
    """An action that plans a meeting of the block, and goes on to its preparation."""

    words: str


@dataclass(frozen=True)
class BlockCard:
    """What the home says of a block. `state` is a word or three; `finding` one sentence, `more` what goes with it."""

    standing: Standing
    state: str
    finding: str
    more: str
    action: Leads | Plans


@dataclass(frozen=True)
class Home:
    """What the home has read already, for the cards: the alliance, its meetings, and its plan."""

    alliance: Alliance
    row: AllianceRow
    plan: Plan

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why each block was chosen that the plan says is needed."""
        return {one.block: one.planned.why for one in self.plan.standings if one.planned.is_needed}

    def to_plan(self, words: str) -> Leads:
        """Return the action that leads to the plan, to change it."""
        return Leads(words, PLAN, {ALLIANCE: str(self.alliance.id), SHOW: CHANGE})


def card_by_the_plan(home: Home, block: BuildingBlock, explained: str) -> BlockCard | None:
    """Return the card of a block that nobody has to do any more, as its plan says: not needed, not chosen yet, or done.

    None for one that is needed still. `explained` is what the block is for.
    """
    standing = home.plan.of(block)
    why = standing.planned.why
    if standing.stand is PlanStand.OPEN:
        return BlockCard(
            Standing.OFF,
            _("still to choose"),
            explained,
            _("The plan does not say yet whether you need it."),
            home.to_plan(_("Choose in the plan")),
        )
    if standing.stand is PlanStand.NOT_NEEDED:
        return BlockCard(
            Standing.OFF,
            _("not needed now"),
            why or explained,
            _("The plan says so.") if why else _("The plan does not say why yet."),
            home.to_plan(_("Look in the plan")),
        )
    if standing.planned.done_on is not None:
        return BlockCard(
            Standing.DONE,
            _("done in {month}").format(month=month(standing.planned.done_on, language())),
            why or explained,
            _("You did this outside Handslag. The plan says so."),
            home.to_plan(_("Look in the plan")),
        )
    return None


CardOfBlock = Callable[[Session, Home], BlockCard]


def draw_card(block: BuildingBlock, card: BlockCard, *, plan_meeting: Callable[[], None]) -> None:
    """Draw the card of a block. The function does what an action asks that leads to no page."""
    colour, sign = SIGNS[card.standing]
    with st.container(border=True, key=f"card_block_{block.value}", height="stretch", gap="small"):
        st.html(
            Markup(
                '<div class="block {standing}"><h2><span class="symbol" aria-hidden="true" translate="no">{icon}</span>'
                '{name}</h2><p class="state"><span class="badge {colour}"><span class="symbol" aria-hidden="true" '
                'translate="no">{sign}</span>{state}</span></p><p class="finding" dir="auto">{finding}</p>'
                '<p class="more" dir="auto">{more}</p></div>'
            ).format(
                standing=card.standing,
                icon=ICONS[block],
                name=block_name(block, language()),
                colour=colour,
                sign=sign,
                state=card.state,
                finding=card.finding,
                more=card.more,
            )
        )
        with st.container(key=f"block_action_{block.value}"):
            _action(block, card.action, plan_meeting)


def _action(block: BuildingBlock, action: Leads | Plans, plan_meeting: Callable[[], None]) -> None:
    if isinstance(action, Leads):
        st.page_link(action.page, label=action.words, query_params=dict(action.query), width="stretch")
    elif st.button(action.words, key=f"plan_meeting_{block.value}", width="stretch"):
        plan_meeting()
