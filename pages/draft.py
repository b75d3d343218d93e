"""Step 1: what people propose, worded together into principles."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from models.basics.words import PrincipleStatus, ProposalKind, Step
from models.drafting.look_alikes import look_alikes
from models.drafting.proposal import end_drafting, resume_drafting
from models.drafting.views import ProposalRow, people_supporting, proposals_for_facilitator
from models.drafting.wording import reword_principle, word_principle
from models.storage.database import reading
from models.tables import Workshop
from models.voting.principles import PrincipleView, list_principles
from models.workshop.unfinished import finish_form
from models.workshop.workshop import read_workshop, set_lets_all_through
from pages.parts.drafting.look_alikes import look_alike_groups, looks_like
from pages.parts.drafting.principles import principles_so_far
from pages.parts.drafting.proposals import is_hidden, is_waiting, opens_table_form, show, table_form
from pages.parts.drafting.rows import gone_row, proposal_row
from pages.parts.drafting.standing import (
    ALIKE,
    HIDDEN,
    NEW,
    SHOWN,
    choose_filter,
    first_filter,
    look_at_alike,
    news_line,
    standing,
    without_news,
)
from pages.parts.drafting.wording import (
    EMPTY,
    TARGET,
    WHY,
    WORDING,
    bring_wording_back,
    choose_none,
    chosen_now,
    is_chosen,
    keep_typed,
    keep_wording,
    wording_of,
)
from pages.parts.frame.acting import act, act_on_click, act_then, facilitator
from pages.parts.frame.live import live
from pages.parts.frame.panel import opens_panel, panel_is_open
from pages.parts.frame.room_now import RoomNow, room_now
from pages.parts.frame.told import tell
from pages.parts.frame.typing import stored_while_typing, typed_line
from pages.parts.frame.unfinished import emptied
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext, small
from pages.parts.leading.page_head import big_sentence, only_where_it_is_a_step, page_foot
from pages.parts.leading.steps_style import steps_style
from pages.parts.voting.principle_card import principle_card, status_word

DRAFT = "draft"
INTO = "wording_into"
BY_SUPPORT = "by_support"
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
    left, right = st.columns([1.88, 1], gap="small")
    with left:
        _list(room, proposals, alike)
    with right:
        _wording(room, proposals, alike, principles, kept_at)
        is_seen = workshop.step == Step.DRAFT and not workshop.is_projector_blank
        principles_so_far(principles, status_word, are_on_the_projector=is_seen)
        _sending_in(room, workshop)
    if principles:
        st.header(_("Principles"), anchor=False)
    for principle in principles:
        principle_card(principle, room.alliance.time_zone)


def _list(room: RoomNow, proposals: Sequence[ProposalRow], alike: Sequence[Sequence[ProposalRow]]) -> None:
    matching = {
        NEW: [proposal for proposal in proposals if is_waiting(proposal)],
        SHOWN: [proposal for proposal in proposals if not is_waiting(proposal) and not is_hidden(proposal)],
        HIDDEN: [proposal for proposal in proposals if is_hidden(proposal)],
        ALIKE: [proposal for group in alike for proposal in group],
    }
    first = first_filter(room.workshop_id, has_waiting=bool(matching[NEW]), has_shown=bool(matching[SHOWN]))
    with st.container(border=True, key="card_proposals", gap="xsmall"):
        place_of_head = st.container(key="draft_head")
        with st.container(horizontal=True, vertical_alignment="center", key="draft_filters", gap="small"):
            counts = {name: len(found) for name, found in matching.items()}
            chosen = choose_filter(first, counts | {NEW: len(without_news(room.workshop_id, matching[NEW]))})
            by_support = bool(st.session_state.get(BY_SUPPORT)) and chosen != ALIKE
            ids, came = standing(
                room.workshop_id, chosen, matching[chosen], _least_support if by_support else None
            )
            if chosen != ALIKE:
                news_line(came)
        with place_of_head:
            _head(room, proposals, without_news(room.workshop_id, matching[NEW]))
        if not proposals:
            st.markdown(_("They come from the phones, or you add them for a table."))
            return
        _rows(room, proposals, alike, chosen, ids)


def _least_support(proposal: ProposalRow) -> int:
    return -proposal.support


def _head(room: RoomNow, proposals: Sequence[ProposalRow], waiting: Sequence[ProposalRow]) -> None:
    count = len(waiting)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        if not proposals:
            big_sentence(_("No proposals yet. Send the first one."))
        elif not count:
            big_sentence(_("You have seen everything."))
        else:
            big_sentence(
                ngettext("{count} proposal waits for you.", "{count} proposals wait for you.", count).format(
                    count=count
                )
            )
        if count:
            st.button(
                ngettext("Show {count}", "Show all {count}", count).format(count=count),
                key="show_all_principle",
                icon=":material/visibility:",
                on_click=show,
                args=(room.workshop_id, [proposal.id for proposal in waiting]),
            )


def _rows(
    room: RoomNow,
    proposals: Sequence[ProposalRow],
    alike: Sequence[Sequence[ProposalRow]],
    chosen: str,
    ids: Sequence[int],
) -> None:
    most = st.session_state.get(MOST_ROWS, ROWS_AT_ONCE)
    like, by_id = looks_like(alike), {proposal.id: proposal for proposal in proposals}
    with st.container(key="list_of_proposals", gap=None):
        if not (alike if chosen == ALIKE else ids):
            st.markdown(_("Nothing here."))
        elif chosen == ALIKE:
            look_alike_groups(room, alike, lambda proposal: proposal_row(room, proposal), most)
        else:
            for proposal_id in ids[:most]:
                if proposal_id in by_id:
                    proposal_row(room, by_id[proposal_id], like.get(proposal_id, 0))
                else:
                    gone_row(proposal_id)
    if len(ids) > most:
        more = min(ROWS_AT_ONCE, len(ids) - most)
        st.button(
            ngettext("Show {count} more", "Show {count} more", more).format(count=more),
            key="more_proposals",
            on_click=_show_more,
        )
    if chosen != ALIKE and len(ids) > 1:
        st.toggle(_("Most support first"), key=BY_SUPPORT)


def _show_more() -> None:
    st.session_state[MOST_ROWS] = st.session_state.get(MOST_ROWS, ROWS_AT_ONCE) + ROWS_AT_ONCE


def _sending_in(room: RoomNow, workshop: Workshop) -> None:
    """Draw how proposals come in: whether phones may send, whether all goes through, and typing for a table."""
    with st.container(border=True, key="card_sending_in", gap="small"):
        st.header(_("Sending in"), anchor=False)
        if workshop.drafting_ended_at is None:
            small(_("Phones can send proposals now."))
            st.button(
                _("End drafting"),
                key="end_drafting",
                icon=":material/stop:",
                on_click=act_on_click,
                args=(end_drafting,),
                kwargs={"workshop_id": room.workshop_id},
            )
        else:
            st.badge(_("Phones cannot send proposals now"), icon=":material/lock:", color="orange")
            st.button(
                _("Open drafting again"),
                key="resume_drafting",
                icon=":material/play_arrow:",
                on_click=act_on_click,
                args=(resume_drafting,),
                kwargs={"workshop_id": room.workshop_id},
            )
        _lets_all_through(room, workshop)
        if opens_table_form(ProposalKind.PRINCIPLE):
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


def _wording(
    room: RoomNow,
    proposals: Sequence[ProposalRow],
    alike: Sequence[Sequence[ProposalRow]],
    principles: Sequence[PrincipleView],
    kept_at: datetime | None,
) -> None:
    # What is hidden has no tick: it is no source either, until it is shown again.
    offered = [proposal for proposal in proposals if not is_hidden(proposal)]
    chosen = [proposal for proposal in offered if is_chosen(proposal)]
    typed: dict[str, Any] = {"on_change": keep_typed, "args": (room.workshop_id,)}
    with st.container(border=True, key="card_wording", gap="small"):
        with st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            key="head_of_wording",
        ):
            st.header(_("Word it together"), anchor=False)
            _beside_the_heading(room, chosen, sum(len(group) for group in alike))
        small(_where_it_comes_from(chosen))
        st.text_area(
            _("Worded together"),
            key=WORDING,
            max_chars=400,
            height=112,
            placeholder=_("We agree that …"),
            label_visibility="collapsed",
            **typed,
        )
        stored_while_typing("wording", [WORDING, WHY], lambda: keep_wording(room.workshop_id))
        target = _target(principles, room, kept_at)
        if target is not None:
            st.text_input(_("Why does it change?"), key=WHY, max_chars=200, **typed)
        st.button(
            _("Add it to the principles")
            if target is None
            else _("Keep as version {number}").format(number=target.version + 1),
            key="word_together",
            icon=":material/add:",
            width="stretch",
            on_click=_word,
            args=(room.workshop_id, [proposal.id for proposal in offered], principles),
        )


def _beside_the_heading(room: RoomNow, chosen: Sequence[ProposalRow], alike: int) -> None:
    if chosen:
        st.button(
            _("Choose none"),
            key="choose_none",
            type="tertiary",
            on_click=choose_none,
            args=(room.workshop_id,),
        )
    elif alike:
        st.button(
            ngettext("{count} looks alike", "{count} look alike", alike).format(count=alike),
            key="look_at_alike",
            icon=":material/call_merge:",
            type="tertiary",
            on_click=look_at_alike,
        )


def _where_it_comes_from(chosen: Sequence[ProposalRow]) -> str:
    later = _("The room sees this sentence once you add it.")
    if not chosen:
        return _("Tick proposals that look alike, or write one yourself.") + " " + later
    with reading() as session:
        people = people_supporting(session, [proposal.id for proposal in chosen])
    sentence = ngettext(
        "From {count} chosen proposal.", "From {count} chosen proposals.", len(chosen)
    ).format(count=len(chosen))
    if not people:
        return f"{sentence} {later}"
    supported = ngettext("{people} person supports this.", "{people} people support this.", people)
    return f"{sentence} {supported.format(people=people)} {later}"


def _target(
    principles: Sequence[PrincipleView], room: RoomNow, kept_at: datetime | None
) -> PrincipleView | None:
    """Draw that the wording is kept, and what it becomes; return the principle that it is a version of, if any."""
    open_ones = {
        principle.number: principle
        for principle in principles
        if principle.status != PrincipleStatus.LEFT_OUT
    }
    if st.session_state[TARGET] not in open_ones:
        st.session_state[TARGET] = 0
    is_new = not st.session_state[TARGET] and not panel_is_open(INTO)
    with st.container(horizontal=True, vertical_alignment="center", key="stored_or_version"):
        typed_line(kept_at, room.alliance.time_zone)
        if open_ones and is_new:
            opens_panel(_("As a new version"), key=INTO, type="tertiary")
    if not open_ones or is_new:
        return None

    def label(number: int) -> str:
        if number == 0:
            return _("a new principle")
        return _("a new version of principle {number}").format(number=number)

    number = st.selectbox(
        _("This becomes"),
        [0, *open_ones],
        format_func=label,
        key=TARGET,
        filter_mode=None,
        on_change=keep_wording,
        args=(room.workshop_id,),
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
            ),
            stored.undo,
            undone=_("Undone. Your text stands in its field again."),
        )


room = room_now()
steps_style()
only_where_it_is_a_step(room, Step.DRAFT)
drafting(room)
page_foot(room)
live(room.workshop.code, DRAFT)
