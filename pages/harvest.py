"""What the tables take along: let through to the screens, and made proposals of the alliance with one tap."""

import streamlit as st

from exports.language import translations
from exports.sentences.tables import table_name
from models.basics.words import Step
from models.encounters.ideas import IdeaView, by_support, list_ideas, propose_idea, show_idea, show_ideas
from models.storage.database import reading
from pages.parts.frame.acting import act_on_click, facilitator
from pages.parts.frame.live import live
from pages.parts.frame.room_now import RoomNow, room_now
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small
from pages.parts.leading.page_head import big_sentence, only_where_it_is_a_step, page_foot
from pages.parts.leading.steps_style import steps_style

HARVEST = "harvest_of_evening"
BY_SUPPORT = "ideas_by_support"


@st.fragment(key=HARVEST)
def harvest(room: RoomNow) -> None:
    """Draw the ideas by table, each with what one can do with it."""
    facilitator()
    with reading() as session:
        ideas = list_ideas(session, room.workshop_id)
    if not ideas:
        big_sentence(_("No ideas yet. Ask each table for one sentence."))
        return
    waiting = [idea.id for idea in ideas if not idea.is_shown]
    if waiting:
        told = ngettext("{count} idea waits for you.", "{count} ideas wait for you.", len(waiting))
        big_sentence(told.format(count=len(waiting)))
    else:
        told = ngettext("{count} idea is on the screens.", "{count} ideas are on the screens.", len(ideas))
        big_sentence(told.format(count=len(ideas)))
    with st.container(horizontal=True, vertical_alignment="center", key="harvest_tools"):
        if len(waiting) > 1:
            st.button(
                _("Show all {count}").format(count=len(waiting)),
                key="show_all_ideas",
                icon=":material/visibility:",
                on_click=act_on_click,
                args=(show_ideas,),
                kwargs={"idea_ids": waiting},
            )
        if any(idea.support for idea in ideas):
            st.toggle(_("Most support first"), key=BY_SUPPORT)
    in_order = by_support(ideas) if st.session_state.get(BY_SUPPORT) else ideas
    # What waits for who leads stands first: with ten tables it would be below the window.
    for idea in sorted(in_order, key=lambda one: one.is_shown):
        with st.container(border=True, key=f"card_idea_{idea.id}"):
            _idea(room, idea)


def _idea(room: RoomNow, idea: IdeaView) -> None:
    where = _("Table {number}, {name}").format(number=idea.table, name=table_name(idea.table, language()))
    supported = ngettext("{count} support", "{count} support", idea.support).format(count=idea.support)
    step = (
        _("A wish: nobody knows a first step yet.")
        if idea.is_wish
        else _("First step: {step}").format(step=plain(idea.first_step))
    )
    if idea.taker:
        step += " · " + _("{name} takes the first step.").format(name=plain(idea.taker))
    told, deeds = st.columns([3, 2], vertical_alignment="center")
    with told, st.container(gap=None):
        small(f"{where} · {supported}" if idea.support else where)
        st.markdown(f"**{plain(idea.text)}**")
        st.markdown(step)
    with (
        deeds,
        st.container(
            horizontal=True,
            horizontal_alignment="right",
            vertical_alignment="center",
            gap="small",
            key=f"idea_buttons_{idea.id}",
        ),
    ):
        st.button(
            _("Take it off the screens") if idea.is_shown else _("Show it"),
            key=f"show_idea_{idea.id}",
            icon=":material/visibility_off:" if idea.is_shown else ":material/visibility:",
            on_click=act_on_click,
            args=(show_idea,),
            kwargs={"idea_id": idea.id, "is_shown": not idea.is_shown},
        )
        if idea.proposal_code:
            st.badge(
                _("proposal in meeting {code}").format(code=idea.proposal_code),
                icon=":material/check:",
                color="green",
            )
        else:
            st.button(
                _("Make it a proposal"),
                key=f"propose_idea_{idea.id}",
                icon=":material/arrow_forward:",
                on_click=act_on_click,
                args=(propose_idea,),
                kwargs={"idea_id": idea.id, "table_name": _source(room, idea)},
            )


def _source(room: RoomNow, idea: IdeaView) -> str:
    """Return how the table is called where the proposal is read, in the language of the alliance."""
    spoken = room.alliance.language
    told = translations(spoken).gettext("Table {number}, {name}")
    return told.format(number=idea.table, name=table_name(idea.table, spoken))


room = room_now()
steps_style()
only_where_it_is_a_step(room, Step.HARVEST)
harvest(room)
page_foot(room)
live(room.workshop.code, HARVEST)
