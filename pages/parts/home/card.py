"""The card of one building block on the home of an alliance: where it stands, one finding, and one action."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import streamlit as st
from markupsafe import Markup
from sqlmodel import Session

from exports.sentences import block_name
from models.alliance.alliance import AllianceRow
from models.basics.words import BuildingBlock
from models.tables import Alliance
from pages.parts.frame.words import language

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
class OpensPlan:
    """An action that opens the plan of approach."""

    words: str


@dataclass(frozen=True)
class BlockCard:
    """What the home says of a block. `state` is a word or three; `finding` one sentence, `more` what goes with it."""

    standing: Standing
    state: str
    finding: str
    more: str
    action: Leads | Plans | OpensPlan


@dataclass(frozen=True)
class Home:
    """What the home has read already, for the cards: the alliance, its meetings, and why each block was chosen."""

    alliance: Alliance
    row: AllianceRow
    reasons: Mapping[str, str]


CardOfBlock = Callable[[Session, Home], BlockCard]


def draw_card(
    block: BuildingBlock, card: BlockCard, *, plan_meeting: Callable[[], None], open_plan: Callable[[], None]
) -> None:
    """Draw the card of a block. The two functions do what an action asks that leads to no page."""
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
            _action(block, card.action, plan_meeting, open_plan)


def _action(
    block: BuildingBlock,
    action: Leads | Plans | OpensPlan,
    plan_meeting: Callable[[], None],
    open_plan: Callable[[], None],
) -> None:
    if isinstance(action, Leads):
        st.page_link(action.page, label=action.words, query_params=dict(action.query), width="stretch")
    elif isinstance(action, Plans):
        if st.button(action.words, key=f"plan_meeting_{block.value}", width="stretch"):
            plan_meeting()
    else:
        st.button(action.words, key=f"plan_{block.value}_button", width="stretch", on_click=open_plan)
