"""Step 1: what people propose, worded together into principles."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import streamlit as st
from markupsafe import escape

from models.basics.words import PrincipleStatus, ProposalKind, Step
from models.drafting.look_alikes import look_alikes
from models.drafting.proposal import (
    ProposalRow,
    end_drafting,
    people_supporting,
    proposals_for_facilitator,
    resume_drafting,
)
from models.drafting.wording import reword_principle, word_principle
from models.storage.database import reading
from models.tables import Workshop
from models.voting.principles import PrincipleView, list_principles
from models.workshop.unfinished import finish_form
from models.workshop.workshop import read_workshop, set_lets_all_through
from pages.parts.drafting.look_alikes import look_alike_groups, looks_like
from pages.parts.drafting.proposals import (
    LIST_HEIGHT,
    ROWS_WITHOUT_SCROLLING,
    decide_about,
    is_hidden,
    is_waiting,
    opens_table_form,
    show_waiting,
    support_and_origin,
    table_form,
    why_hidden,
)
from pages.parts.drafting.wording import (
    EMPTY,
    TARGET,
    WHY,
    WORDING,
    bring_wording_back,
    choice_key,
    choose_none,
    chosen_now,
    is_chosen,
    keep_wording,
    suggest,
    wording_of,
)
from pages.parts.frame.acting import act, act_on_click, act_then, facilitator
from pages.parts.frame.filter import filter_pills
from pages.parts.frame.live import live
from pages.parts.frame.room_now import RoomNow, room_now
from pages.parts.frame.told import tell, told_about
from pages.parts.frame.unfinished import emptied, kept_line
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext, plain
from pages.parts.leading.page_head import page_head
from pages.parts.leading.steps_style import steps_style
from pages.parts.voting.principle_card import principle_card

DRAFT = "draft"
# Each row has a handful of widgets: a thousand of them take ten seconds to draw, at every news of the room.
ROWS_AT_ONCE, MOST_ROWS = 100, "most_rows_of_proposals"


@st.fragment(key=DRAFT)
def drafting(room: RoomNow) -> None:
    """Draw the proposals, what is being worded, and the principles. A live part with the key `draft`."""
    facilitator()
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
        proposals = [
            proposal
            for proposal in proposals_for_facilitator(session, room.workshop_id)
            if proposal.kind == ProposalKind.PRINCIPLE and proposal.state != "withdrawn"
        ]
        alike = look_alikes(session, proposals)
        principles = list_principles(session, workshop.alliance_id)
    kept_at = bring_wording_back(room)
    # What comes and goes has a place of its own: else all below it moves up, and a text being typed is lost.
    with st.container(key="draft_head", gap="medium"):
        _tools(room, workshop)
        show_waiting(room.workshop_id, [proposal for proposal in proposals if is_waiting(proposal)])
    left, right = st.columns([1.15, 1])
    with left:
        _list(room, proposals, alike)
    with right:
        _wording(room, proposals, principles, kept_at)
    _principles(room, principles)


def _tools(room: RoomNow, workshop: Workshop) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="draft_tools"):
        adds = opens_table_form(ProposalKind.PRINCIPLE)
        if workshop.drafting_ended_at is None:
            st.button(
                _("End drafting"),
                key="end_drafting",
                icon=":material/stop:",
                on_click=act_on_click,
                args=(end_drafting,),
                kwargs={"workshop_id": room.workshop_id},
            )
        else:
            st.button(
                _("Open drafting again"),
                key="resume_drafting",
                icon=":material/play_arrow:",
                on_click=act_on_click,
                args=(resume_drafting,),
                kwargs={"workshop_id": room.workshop_id},
            )
            st.badge(_("Phones cannot send proposals now"), icon=":material/lock:", color="orange")
        _lets_all_through(room, workshop)
    if adds:
        table_form(room.workshop_id, ProposalKind.PRINCIPLE)


def _lets_all_through(room: RoomNow, workshop: Workshop) -> None:
    st.session_state["lets_all_through"] = workshop.lets_all_through

    def store_choice() -> None:
        act(
            set_lets_all_through,
            workshop_id=room.workshop_id,
            lets_all_through=st.session_state["lets_all_through"],
        )

    st.toggle(_("Let everything through at once"), key="lets_all_through", on_change=store_choice)


def _list(room: RoomNow, proposals: Sequence[ProposalRow], alike: Sequence[Sequence[ProposalRow]]) -> None:
    waiting = [proposal for proposal in proposals if is_waiting(proposal)]
    # What was just shown or hidden stays in its place as long as the message about it stands.
    just_told = told_about()
    in_hand = [proposal for proposal in proposals if is_waiting(proposal) or proposal.id in just_told]
    hidden = [proposal for proposal in proposals if is_hidden(proposal)]
    worded = [proposal for proposal in proposals if proposal.principle_number is not None]
    with st.container(border=True, key="card_proposals"):
        shown = filter_pills(
            _("Which proposals"),
            {
                "all": _("All {count}").format(count=len(proposals)),
                "alike": _("Look alike {count}").format(count=sum(len(group) for group in alike)),
                "new": _("New {count}").format(count=len(waiting)),
                "hidden": _("Hidden {count}").format(count=len(hidden)),
                "worded": _("Worded {count}").format(count=len(worded)),
            },
            name="show",
        )
        alikes = [proposal for group in alike for proposal in group]
        rows = {
            "all": list(proposals),
            "alike": alikes,
            "new": in_hand,
            "hidden": hidden,
            "worded": worded,
        }[shown]
        if not rows:
            st.markdown(
                _("No proposals yet. They come from the phones, or you add them for a table.")
                if shown == "all"
                else _("Nothing here.")
            )
            return
        if shown != "alike" and st.toggle(_("Most support first"), key="by_support"):
            rows = sorted(rows, key=lambda proposal: -proposal.support)
        height: int | Literal["content"] = LIST_HEIGHT if len(rows) > ROWS_WITHOUT_SCROLLING else "content"
        with st.container(height=height, border=False, key="list_of_proposals", gap=None):
            most = st.session_state.get(MOST_ROWS, ROWS_AT_ONCE)
            if shown == "alike":
                look_alike_groups(room, alike, lambda proposal: _row(room, proposal), most)
            else:
                like = looks_like(alike)
                for proposal in rows[:most]:
                    _row(room, proposal, like.get(proposal.id, ""))
            if len(rows) > most:
                more = min(ROWS_AT_ONCE, len(rows) - most)
                st.button(
                    ngettext("Show {count} more", "Show {count} more", more).format(count=more),
                    key="more_proposals",
                    on_click=_show_more,
                )


def _show_more() -> None:
    st.session_state[MOST_ROWS] = st.session_state.get(MOST_ROWS, ROWS_AT_ONCE) + ROWS_AT_ONCE


def _row(room: RoomNow, proposal: ProposalRow, like: str = "") -> None:
    key = choice_key(proposal.id)
    st.session_state[key] = is_chosen(proposal)
    chosen = "chosen_" if is_chosen(proposal) else ""
    with st.container(key=f"proposal_{chosen}{proposal.id}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(width="stretch", gap=None):
                st.checkbox(
                    plain(proposal.text),
                    key=key,
                    on_change=suggest,
                    args=(room.workshop_id, proposal.id, proposal.text),
                )
                st.html(f'<p class="beside-tick">{escape(support_and_origin(proposal))}</p>')
                if like:
                    st.html(f'<p class="beside-tick">{escape(like)}</p>')
            if is_waiting(proposal):
                st.badge(_("New"), color="blue")
            if is_hidden(proposal):
                st.badge(_("Hidden"), icon=":material/visibility_off:", color="gray")
            decide_about(room.workshop_id, proposal)
        why_hidden(proposal)


def _wording(
    room: RoomNow,
    proposals: Sequence[ProposalRow],
    principles: Sequence[PrincipleView],
    kept_at: datetime | None,
) -> None:
    chosen = [proposal for proposal in proposals if is_chosen(proposal)]
    keeps: dict[str, Any] = {"on_change": keep_wording, "args": (room.workshop_id,)}
    with st.container(border=True, key="card_wording"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(_("Word it together"), anchor=False)
            if chosen:
                count = len(chosen)
                st.badge(
                    ngettext("{count} proposal", "{count} proposals", count).format(count=count),
                    icon=":material/call_merge:",
                    color="orange",
                )
        if chosen:
            _chosen(chosen)
        else:
            st.markdown(
                _("Tick proposals that look alike, and word them in one sentence. Or write one yourself.")
            )
        target = _target(principles, keeps)
        st.text_area(
            _("Worded together"),
            key=WORDING,
            max_chars=400,
            height=130,
            placeholder=_("We agree that …"),
            **keeps,
        )
        if target is not None:
            st.text_input(_("Why does it change?"), key=WHY, max_chars=200, **keeps)
        kept_line(kept_at, room.alliance.time_zone)
        with st.container(horizontal=True):
            st.button(
                _("Make it a principle")
                if target is None
                else _("Keep as version {number}").format(number=target.version + 1),
                key="word_together",
                icon=":material/call_merge:",
                type="primary" if chosen else "secondary",
                on_click=_word,
                args=(room.workshop_id, [proposal.id for proposal in proposals], principles),
            )
            if chosen:
                st.button(
                    _("Choose none"),
                    key="choose_none",
                    on_click=choose_none,
                    args=(room.workshop_id,),
                )


def _chosen(chosen: Sequence[ProposalRow]) -> None:
    for proposal in chosen:
        with st.container(horizontal=True, vertical_alignment="center", wrap=False):
            st.markdown(plain(proposal.text), width="stretch")
            st.badge(
                ngettext("{count} support", "{count} support", proposal.support).format(
                    count=proposal.support
                ),
                color="gray",
            )
    with reading() as session:
        people = people_supporting(session, [proposal.id for proposal in chosen])
    sentence = (
        ngettext("{people} person supports this.", "{people} people support this.", people)
        if len(chosen) == 1
        else ngettext(
            "{people} person supports at least one of these.",
            "{people} people support at least one of these.",
            people,
        )
    )
    st.info(
        sentence.format(people=people) + " " + _("The texts and their support are kept."),
        icon=":material/info:",
    )


def _target(principles: Sequence[PrincipleView], keeps: dict[str, Any]) -> PrincipleView | None:
    """Draw what the wording becomes; return the principle that gets a new version, None for a new one."""
    open_ones = {
        principle.number: principle
        for principle in principles
        if principle.status != PrincipleStatus.LEFT_OUT
    }
    if not open_ones:
        return None

    def label(number: int) -> str:
        if number == 0:
            return _("a new principle")
        return _("a new version of principle {number}").format(number=number)

    if st.session_state[TARGET] not in open_ones:
        st.session_state[TARGET] = 0
    number = st.selectbox(
        _("This becomes"), [0, *open_ones], format_func=label, key=TARGET, filter_mode=None, **keeps
    )
    return open_ones.get(number or 0)


def _word(workshop_id: int, offered: Sequence[int], principles: Sequence[PrincipleView]) -> None:
    chosen = [proposal_id for proposal_id in chosen_now() if proposal_id in offered]
    typed: dict[str, Any] = {"text": st.session_state[WORDING], "proposal_ids": chosen}
    number = st.session_state[TARGET] or 0
    principle_id = next((principle.id for principle in principles if principle.number == number), None)
    if principle_id is None:
        typed["workshop_id"] = workshop_id
    else:
        typed |= {"principle_id": principle_id, "why": st.session_state[WHY]}
    stored = act_then(
        finish_form,
        then=emptied(wording_of(workshop_id), EMPTY),
        what=wording_of(workshop_id),
        action=word_principle if principle_id is None else reword_principle,
        arguments=typed,
    )
    if stored:
        # The principle itself stands below what a laptop shows.
        tell(
            _(
                "The principle stands below, under Principles. Word the next one, or take the room to the vote."
            )
        )


def _principles(room: RoomNow, principles: Sequence[PrincipleView]) -> None:
    st.header(_("Principles"), anchor=False)
    if not principles:
        st.markdown(_("No principles yet. Choose proposals above and word them together."))
        return
    for principle in principles:
        principle_card(principle, room.alliance.time_zone)


room = room_now()
steps_style()
page_head(room, _("Proposals"), here=Step.DRAFT)
drafting(room)
live(room.workshop.code, DRAFT)
