"""All alliances, the way to make one, and the home of an alliance."""

from dataclasses import replace
from datetime import date
from typing import Literal

import streamlit as st
from markupsafe import escape

from exports.language import day
from exports.sentences import block_name, partner_kind_word, step_name
from models.alliance import (
    GROUP_PRESETS,
    AllianceRow,
    Figures,
    PartnerInput,
    WorkshopRow,
    add_workshop,
    choose_blocks,
    create_alliance,
    group_name_is_sensitive,
    list_alliances,
    read_alliance,
    read_figures,
)
from models.clock import today
from models.database import reading
from models.errors import DomainError, NotFound
from models.example import load_example
from models.installation import SignedIn, remember_workshop
from models.partner import read_partners
from models.tables import Alliance
from models.text import LINE_LIMIT, NAME_LIMIT, NOTE_LIMIT, STATEMENT_LIMIT
from models.words import BuildingBlock, Language, PartnerKind, Step, WorkshopState
from pages.parts.acting import act, facilitator, refuse
from pages.parts.alliance_fields import (
    TIME_ZONES,
    TYPING_ERRORS,
    language_name,
    sensitive_group_hint,
    what_is_missing,
)
from pages.parts.room_now import WORKSHOP
from pages.parts.words import gettext as _
from pages.parts.words import language, ngettext, plain, small_print

ALLIANCE = "alliance"
ALL = "all"
NEW = "new"


def show() -> None:
    """Draw what the address asks for: the list, the flow for a new alliance, or one alliance."""
    leader = facilitator()
    wanted = st.query_params.get(ALLIANCE)
    if wanted == NEW:
        new_alliance()
        return
    alliance = None if wanted == ALL else alliance_in_view(leader, wanted)
    if alliance is None:
        all_alliances(leader)
    else:
        alliance_home(alliance)


def alliance_in_view(leader: SignedIn, wanted: str | None) -> Alliance | None:
    """Return the alliance of the address, else the one this facilitator led last."""
    with reading() as session:
        try:
            if wanted and wanted.isdecimal():
                return read_alliance(session, int(wanted))
        except NotFound:
            return None
        for row in list_alliances(session):
            if leader.workshop_id in [workshop.id for workshop in row.workshops]:
                return read_alliance(session, row.id)
    return None


def go(where: str) -> None:
    """Show another part of this page. For a widget's `on_click`."""
    st.query_params[ALLIANCE] = where


# ---- all alliances


def all_alliances(leader: SignedIn) -> None:
    """Draw every alliance with its next meeting, and the two ways to begin."""
    with reading() as session:
        alliances = list_alliances(session)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        welcome = _("Welcome, {name}").format(name=plain(leader.name))
        st.title(_("Alliances") if alliances else welcome, anchor=False)
        with st.container(horizontal=True, width="content"):
            load_example_menu()
            st.button(
                _("Make an alliance"),
                key="make_alliance",
                type="primary",
                icon=":material/add:",
                on_click=go,
                args=(NEW,),
            )
    if not alliances:
        st.markdown(
            _("There is no alliance yet. Make one in a few minutes, or look around in the example first.")
        )
    for row in alliances:
        with st.container(border=True, key=f"card_alliance_{row.id}"):
            alliance_card(row)


def alliance_card(row: AllianceRow) -> None:
    """Draw one alliance in the list."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(width="content", gap=None):
            st.header(plain(row.name), anchor=False)
            meetings = ngettext("{place}, {count} meeting", "{place}, {count} meetings", len(row.workshops))
            small_print(plain(meetings.format(place=row.place, count=len(row.workshops))))
        st.button(
            _("Open {alliance}").format(alliance=plain(row.name)),
            key=f"open_alliance_{row.id}",
            icon=":material/arrow_forward:",
            on_click=go,
            args=(str(row.id),),
        )


def load_example_menu() -> None:
    """Draw the choice in which step the example's room should be."""
    with st.popover(_("Load the example"), icon=":material/play_arrow:", key="example"):
        st.markdown(
            _(
                "The example is the invented municipality Merenveld. "
                "You can lead its meeting as often as you like."
            )
        )
        step = st.selectbox(
            _("In which step is the room?"),
            list(Step),
            format_func=lambda step: step_name(step, language()),
            key="example_step",
        )
        said = st.empty()
        if st.button(_("Load it"), key="load_example", icon=":material/check:"):
            said.markdown(_("One moment please."))
            leader = facilitator()
            try:
                loaded = load_example(step or Step.WELCOME, who=leader.name)
            except DomainError as error:
                refuse(error)
                st.rerun()
            act(remember_workshop, sign_in_id=leader.id, workshop_id=loaded.workshop_id)
            st.query_params[ALLIANCE] = str(loaded.alliance_id)
            st.rerun()


# ---- a new alliance


def new_alliance() -> None:
    """Draw the guided flow: who and where, groups and partners, the first meeting. One page, three parts."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(_("A new alliance"), anchor=False)
        st.button(_("To all alliances"), key="cancel_new", icon=":material/undo:", on_click=go, args=(ALL,))
    st.markdown(_("Three short parts. You can change everything later."))
    with st.container(border=True, key="card_who"):
        st.header(_("1. The alliance"), anchor=False)
        left, right = st.columns(2)
        name = left.text_input(
            _("Name of the alliance"),
            key="new_name",
            max_chars=LINE_LIMIT,
            placeholder=_("Alliance Merenveld"),
        )
        place = right.text_input(
            _("Place"), key="new_place", max_chars=LINE_LIMIT, placeholder=_("Merenveld")
        )
        purpose = st.text_area(
            _("What is it for?"),
            key="new_purpose",
            max_chars=STATEMENT_LIMIT,
            height=90,
            placeholder=_("Everyone in Merenveld can take part, and we make agreements about it."),
        )
        contact = st.text_input(
            _("Whom can participants call, write or app?"),
            key="new_contact",
            max_chars=NOTE_LIMIT,
            placeholder=_("Sanne de Boer, 06 12 34 56 78"),
        )
        small_print(_("This stands at the foot of every phone page."))
        left, right = st.columns(2)
        chosen_language = left.selectbox(
            _("Language of the document"), list(Language), format_func=language_name, key="new_language"
        )
        time_zone = right.selectbox(_("Time zone"), TIME_ZONES, key="new_time_zone")
    with st.container(border=True, key="card_groups"):
        st.header(_("2. Groups and partners"), anchor=False)
        groups = st.text_area(
            _("Groups, one on each line"),
            value="\n".join(_(preset) for preset in GROUP_PRESETS),
            key="new_groups",
            height=160,
        )
        small_print(
            _(
                "Participants choose for which group their vote counts. "
                "Choose roles: nobody has to tell who they are."
            )
        )
        for group in lines(groups):
            if group_name_is_sensitive(group):
                sensitive_group_hint(group)
        st.subheader(_("Partners"), anchor=False)
        st.markdown(_("Partners carry agreements and sign. You may leave this empty now."))
        partners = partner_rows(lines(groups))
    with st.container(border=True, key="card_meeting"):
        st.header(_("3. The first meeting"), anchor=False)
        left, right = st.columns(2)
        venue = left.text_input(
            _("Where do you meet?"),
            key="new_venue",
            max_chars=LINE_LIMIT,
            placeholder=_("Town hall, council chamber"),
        )
        held_on = right.date_input(
            _("When?"),
            value=today(time_zone),
            format="DD-MM-YYYY",
            min_value=date(2020, 1, 1),
            key="new_held_on",
        )
    if st.button(_("Make the alliance"), key="create_alliance", type="primary", icon=":material/check:"):
        made = act(
            create_alliance,
            handled=TYPING_ERRORS,
            name=name or "",
            place=place or "",
            purpose=purpose or "",
            language=str(chosen_language),
            time_zone=time_zone,
            contact=contact or "",
            groups=lines(groups),
            partners=partners,
            venue=venue or "",
            held_on=held_on,
        )
        if made:
            st.switch_page("prepare.py", query_params={WORKSHOP: made.result.code})
        elif made.error is not None:
            st.error(what_is_missing(made.error), icon=":material/error:")


def lines(text: str | None) -> list[str]:
    """Return the lines of a text that hold something, each once, in order."""
    return list(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))


def partner_rows(groups: list[str]) -> list[PartnerInput]:
    """Draw rows for partners and return those that have a name."""
    count = int(st.session_state.setdefault("new_partner_rows", 2))
    partners = []
    for place in range(1, count + 1):
        kind, name, person, group = st.columns([1.1, 1.6, 1.4, 1.2])
        row = PartnerInput(
            kind=kind.selectbox(
                _("Kind of partner {number}").format(number=place),
                list(PartnerKind),
                format_func=lambda kind: partner_kind_word(kind, language()),
                key=f"new_partner_kind_{place}",
            )
            or PartnerKind.ORGANISATION,
            name=name.text_input(
                _("Name of partner {number}").format(number=place),
                key=f"new_partner_name_{place}",
                max_chars=LINE_LIMIT,
            )
            or "",
            representative=person.text_input(
                _("Who speaks for partner {number}?").format(number=place),
                key=f"new_partner_person_{place}",
                max_chars=NAME_LIMIT,
            )
            or "",
            group=group.selectbox(
                _("Group of partner {number}").format(number=place),
                ["", *groups],
                format_func=lambda group: group or _("no group"),
                key=f"new_partner_group_{place}",
            )
            or None,
        )
        if row.name.strip():
            partners.append(replace(row, name=row.name.strip()))
    st.button(_("One more partner"), key="more_partners", icon=":material/add:", on_click=more_partners)
    return partners


def more_partners() -> None:
    """Open one more row."""
    st.session_state["new_partner_rows"] = int(st.session_state.get("new_partner_rows", 2)) + 1


# ---- one alliance


def alliance_home(alliance: Alliance) -> None:
    """Draw the figures, the four building blocks and the meetings of an alliance."""
    with reading() as session:
        figures = read_figures(session, alliance.id or 0, today(alliance.time_zone))
        partners = len(read_partners(session, alliance.id or 0))
        row = next(row for row in list_alliances(session) if row.id == alliance.id)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(width="content", gap=None):
            since = day(alliance.created_at.date(), language(), style="long")
            told = _("{place} · since {day}").format(place=alliance.place, day=since)
            st.html(f'<p class="over-title">{escape(told)}</p>')
            st.title(plain(alliance.name), anchor=False)
        with st.container(horizontal=True, width="content"):
            st.button(
                _("All alliances"), key="all_alliances", icon=":material/home:", on_click=go, args=(ALL,)
            )
            if st.button(_("Plan of approach"), key="plan", icon=":material/edit:"):
                plan_of_approach(alliance)
    st.markdown(plain(alliance.purpose))
    show_figures(figures)
    st.header(_("Four building blocks"), anchor=False)
    reasons = {entry["block"]: entry.get("reason", "") for entry in alliance.blocks}
    for pair in (
        (BuildingBlock.BASELINE, BuildingBlock.ENCOUNTERS),
        (BuildingBlock.ALLIANCE, BuildingBlock.MEDIATION),
    ):
        for column, block in zip(st.columns(2), pair, strict=True):
            with column.container(border=True, key=f"card_block_{block.value}", height="stretch"):
                if block is BuildingBlock.ALLIANCE:
                    alliance_block(row, partners, reasons)
                else:
                    other_block(block, reasons)
    st.header(_("Meetings"), anchor=False)
    meetings(alliance, row)


def show_figures(figures: Figures) -> None:
    """Draw what stands so far."""
    told = (
        (_("Principles"), figures.principles_adopted),
        (_("Agreements"), figures.agreements),
        (_("Of those, done"), figures.done),
        (_("Overdue"), figures.overdue),
    )
    for column, (label, value) in zip(st.columns(4), told, strict=True):
        column.metric(label, value, border=True)


def block_explained(block: BuildingBlock) -> str:
    """Return what a building block is for."""
    return {
        BuildingBlock.BASELINE: _("How inclusive is this place now?"),
        BuildingBlock.ENCOUNTERS: _("Residents get to know each other, at mixed tables."),
        BuildingBlock.ALLIANCE: _("Establish principles together, and make agreements."),
        BuildingBlock.MEDIATION: _("An independent third party helps people to work together again."),
    }[block]


def block_head(block: BuildingBlock, badge: str, icon: str, colour: Literal["green", "gray", "blue"]) -> None:
    """Draw the top of a building block's card."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader(block_name(block, language()), anchor=False)
        st.badge(badge, icon=icon, color=colour)
    small_print(block_explained(block))


def reason_line(reasons: dict[str, str], block: BuildingBlock) -> None:
    """Draw why a block was chosen."""
    if reasons.get(block):
        st.markdown(":material/info: " + _("Reason: {reason}").format(reason=plain(reasons[block])))


def other_block(block: BuildingBlock, reasons: dict[str, str]) -> None:
    """Draw a block that is done outside Handslag: whether the alliance chose it, and why."""
    if block in reasons:
        block_head(block, _("In our plan"), ":material/check:", "green")
        reason_line(reasons, block)
    else:
        block_head(block, _("Not needed now"), ":material/remove:", "gray")


def next_meeting(row: AllianceRow) -> WorkshopRow | None:
    """Return the meeting to lead: one that is open, else the first that is prepared, else the latest."""
    for state in (WorkshopState.OPEN, WorkshopState.PREPARED):
        waiting = sorted(
            (one for one in row.workshops if one.state == state), key=lambda one: (one.held_on, one.id)
        )
        if waiting:
            return waiting[0]
    return max(row.workshops, key=lambda one: (one.held_on, one.id), default=None)


def alliance_block(row: AllianceRow, partners: int, reasons: dict[str, str]) -> None:
    """Draw the block that this alliance is about, with the way to its meeting."""
    meeting = next_meeting(row)
    when = day(meeting.held_on, language(), style="long") if meeting else _("No meeting yet")
    block_head(BuildingBlock.ALLIANCE, when, ":material/event:", "blue")
    reason_line(reasons, BuildingBlock.ALLIANCE)
    signing = ngettext("{count} partner signs", "{count} partners sign", partners).format(count=partners)
    st.markdown(f":material/group: {signing}")
    if meeting is None:
        return
    st.markdown(
        ":material/event: " + plain(_("{venue}, code {code}").format(venue=meeting.venue, code=meeting.code))
    )
    with st.container(horizontal=True):
        if st.button(_("Lead the meeting"), key="lead_meeting", type="primary", icon=":material/play_arrow:"):
            st.switch_page("room.py", query_params={WORKSHOP: meeting.code})
        if st.button(_("Prepare"), key="prepare_meeting", icon=":material/edit:"):
            st.switch_page("prepare.py", query_params={WORKSHOP: meeting.code})


def meeting_state(meeting: WorkshopRow) -> str:
    """Return where a meeting is, in a few words."""
    return {
        WorkshopState.PREPARED: _("prepared"),
        WorkshopState.OPEN: _("busy: {step}").format(step=step_name(meeting.step, language()).lower()),
        WorkshopState.OVER: _("over"),
    }[WorkshopState(meeting.state)]


def meetings(alliance: Alliance, row: AllianceRow) -> None:
    """Draw every meeting with the way in, and a place to add one."""
    with st.container(border=True, key="card_meetings"):
        for meeting in sorted(row.workshops, key=lambda one: (one.held_on, one.id), reverse=True):
            with st.container(
                horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
            ):
                told = _("**{day}**, {venue}, code {code}, {state}").format(
                    day=day(meeting.held_on, language(), style="long"),
                    venue=plain(meeting.venue or _("place not known yet")),
                    code=meeting.code,
                    state=meeting_state(meeting),
                )
                st.markdown(told)
                with st.container(horizontal=True, width="content"):
                    st.page_link(
                        "prepare.py",
                        label=_("Prepare {code}").format(code=meeting.code),
                        icon=":material/edit:",
                        query_params={WORKSHOP: meeting.code},
                    )
                    st.page_link(
                        "room.py",
                        label=_("Lead {code}").format(code=meeting.code),
                        icon=":material/play_arrow:",
                        query_params={WORKSHOP: meeting.code},
                    )
        with st.popover(_("Plan another meeting"), icon=":material/add:", key="another_meeting"):
            venue = st.text_input(_("Where do you meet?"), key="another_venue", max_chars=LINE_LIMIT)
            held_on = st.date_input(
                _("When?"),
                value=today(alliance.time_zone),
                format="DD-MM-YYYY",
                min_value=date(2020, 1, 1),
                key="another_day",
            )
            if st.button(_("Plan it"), key="add_workshop", icon=":material/check:"):
                added = act(add_workshop, alliance_id=alliance.id, venue=venue or "", held_on=held_on)
                if added:
                    st.switch_page("prepare.py", query_params={WORKSHOP: added.result.code})


# ---- the plan of approach


def plan_of_approach(alliance: Alliance) -> None:
    """Open the plan: which blocks, and why. Every change is stored at once."""

    @st.dialog(_("Plan of approach"), width="medium", on_dismiss="rerun")
    def edit() -> None:
        with reading() as session:
            reasons = {
                entry["block"]: entry.get("reason", "")
                for entry in read_alliance(session, alliance.id or 0).blocks
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


show()
