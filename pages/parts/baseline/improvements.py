"""Points for improvement beside the conclusions: who could, what became of them, and the way to a proposal."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from exports.language import day
from exports.sentences.baseline import improvement_word
from models.baseline.conclusion_views import Became, ConclusionView, ImprovementView
from models.baseline.improvements import (
    change_improvement,
    make_proposal_of,
    open_improvement,
    put_off_improvement,
    remove_improvement,
    take_back_proposal,
    write_improvement,
)
from models.basics.text import NOTE_LIMIT, STATEMENT_LIMIT
from models.basics.words import ImprovementState, ProposalKind
from pages.parts.baseline.at_hand import BaselineNow
from pages.parts.frame.acting import act, act_on_click, act_then
from pages.parts.frame.panel import opens_panel
from pages.parts.frame.room_now import WORKSHOP
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain, small_print

TEXT, WHO = "new_improvement", "new_improvement_who"
ICONS = {
    ImprovementState.OPEN: (":material/flag:", "blue"),
    ImprovementState.TAKEN_UP: (":material/check:", "green"),
    ImprovementState.NOT_NOW: (":material/remove:", "gray"),
}


def improvements_card(
    now: BaselineNow,
    improvements: Sequence[ImprovementView],
    conclusions: Sequence[ConclusionView],
    at_hand: ConclusionView | None,
) -> None:
    """Draw the points for improvement, and the fields for a new one, which follows from the conclusion at hand."""
    concepts = {one.number for one in conclusions if one.standing.is_concept}
    with st.container(border=True, key="card_improvements"):
        st.header(_("Points for improvement"), anchor=False)
        first = next((one.id for one in improvements if one.state == ImprovementState.OPEN), None)
        for one in improvements:
            with st.container(key=f"point_{one.id}", gap="xsmall"):
                _point(one, conclusions, concepts, is_first=one.id == first)
        with st.container(key="point_new"):
            st.text_area(_("New point for improvement"), key=TEXT, max_chars=STATEMENT_LIMIT, height=100)
            st.text_input(
                _("Who could do this?"),
                key=WHO,
                max_chars=NOTE_LIMIT,
                placeholder=_("municipality, library"),
            )
            st.button(
                _("Write the point"),
                key="write_improvement",
                icon=":material/add:",
                width="stretch",
                on_click=_write,
                args=(now.id, [at_hand.id] if at_hand else []),
            )


def _point(
    one: ImprovementView, conclusions: Sequence[ConclusionView], concepts: set[int], *, is_first: bool
) -> None:
    about = []
    if one.who_could:
        about.append(_("Who could: {who}").format(who=one.who_could))
    if one.conclusions:
        about.append(
            _("From conclusion {numbers}").format(
                numbers=", ".join(str(number) for number in one.conclusions)
            )
        )
    st.html(
        Markup('<p class="point-text" dir="auto">{}</p><p class="point-about" dir="auto">{}</p>').format(
            one.text, " · ".join(about)
        )
    )
    icon, colour = ICONS[ImprovementState(one.state)]
    st.badge(_stands(one), icon=icon, color=colour)  # type: ignore[arg-type]
    if one.state == ImprovementState.NOT_NOW:
        small_print(_("Reason: {reason}").format(reason=plain(one.why_not_now)))
    if one.became is not None:
        _see(one, one.became)
    else:
        _become(one, concepts, is_first=is_first)
    if opens_panel(
        _("Change point {number}").format(number=one.number),
        key=f"change_point_{one.id}",
        icon=":material/edit:",
    ):
        _change(one, conclusions)


def _stands(one: ImprovementView) -> str:
    if one.became is None:
        return improvement_word(one.state, language())
    became = one.became
    if became.agreement is not None:
        return _("taken up: agreement {number}").format(number=became.agreement)
    if became.principle is not None:
        return _("taken up: principle {number}").format(number=became.principle)
    return _("is now a proposal, {day}").format(day=day(became.held_on, language(), style="medium"))


def _see(one: ImprovementView, became: Became) -> None:
    st.page_link(
        "draft.py",
        label=_("Look at the proposal of point {number}").format(number=one.number),
        icon=":material/arrow_forward:",
        query_params={WORKSHOP: became.code},
    )
    if became.principle is None and became.agreement is None:
        st.button(
            _("Take the proposal back: point {number}").format(number=one.number),
            key=f"take_back_{one.id}",
            type="tertiary",
            icon=":material/undo:",
            on_click=act_on_click,
            args=(take_back_proposal,),
            kwargs={"improvement_id": one.id},
        )


def _become(one: ImprovementView, concepts: set[int], *, is_first: bool) -> None:
    if not one.conclusions or concepts & set(one.conclusions):
        small_print(
            _("The conclusion beneath it is still a concept. You can make it a proposal all the same.")
        )
    st.button(
        _("Make point {number} a proposal").format(number=one.number),
        key=f"propose_{one.id}",
        icon=":material/arrow_forward:",
        type="primary" if is_first else "secondary",
        width="stretch",
        on_click=_propose,
        args=(one.id,),
    )


def _propose(improvement_id: int) -> None:
    made = act(make_proposal_of, improvement_id=improvement_id, kind=ProposalKind.PRINCIPLE.value)
    if made:
        tell(
            _("It is a proposal now, in the meeting with code {code}.").format(code=made.result.code),
            made.undo,
        )


def _change(one: ImprovementView, conclusions: Sequence[ConclusionView]) -> None:
    text, who = f"point_text_{one.id}", f"point_who_{one.id}"
    st.text_area(
        _("Text of point {number}").format(number=one.number),
        value=one.text,
        key=text,
        max_chars=STATEMENT_LIMIT,
        height=100,
        on_change=_store,
        args=(one.id, "text", text),
    )
    st.text_input(
        _("Who could do point {number}?").format(number=one.number),
        value=one.who_could,
        key=who,
        max_chars=NOTE_LIMIT,
        on_change=_store,
        args=(one.id, "who_could", who),
    )
    by_number = {found.number: found for found in conclusions}
    rests = f"point_rests_{one.id}"
    st.session_state[rests] = [number for number in one.conclusions if number in by_number]
    st.multiselect(
        _("From which conclusions?"),
        list(by_number),
        format_func=lambda number: f"{number} · {by_number[number].text}",
        key=rests,
        placeholder=_("Choose conclusions"),
        filter_mode="contains",
        select_all=False,
        on_change=_rests,
        args=(one.id, rests, {number: found.id for number, found in by_number.items()}),
    )
    if one.became is None and one.state == ImprovementState.OPEN:
        why = f"point_why_{one.id}"
        st.text_input(_("Why not now?"), key=why, max_chars=NOTE_LIMIT)
        st.button(_("Not now"), key=f"put_off_{one.id}", on_click=_put_off, args=(one.id, why))
    elif one.state == ImprovementState.NOT_NOW:
        st.button(
            _("Open it again"),
            key=f"reopen_{one.id}",
            on_click=act_on_click,
            args=(open_improvement,),
            kwargs={"improvement_id": one.id},
        )
    if one.became is None:
        st.button(
            _("Remove point {number}").format(number=one.number),
            key=f"remove_point_{one.id}",
            icon=":material/close:",
            on_click=act_on_click,
            args=(remove_improvement,),
            kwargs={"improvement_id": one.id},
        )


def _store(improvement_id: int, field: str, key: str) -> None:
    typed: dict[str, Any] = {field: str(st.session_state[key] or "")}
    act(change_improvement, improvement_id=improvement_id, **typed)


def _rests(improvement_id: int, key: str, ids: dict[int, int]) -> None:
    chosen = [ids[number] for number in st.session_state[key] or []]
    act(change_improvement, improvement_id=improvement_id, conclusion_ids=chosen)


def _put_off(improvement_id: int, key: str) -> None:
    put_off = act(put_off_improvement, improvement_id=improvement_id, why=str(st.session_state[key] or ""))
    if put_off:
        tell(_("Put off, with the reason."), put_off.undo)


def _write(baseline_id: int, conclusion_ids: list[int]) -> None:
    act_then(
        write_improvement,
        then={TEXT: "", WHO: ""},
        baseline_id=baseline_id,
        text=str(st.session_state[TEXT] or ""),
        who_could=str(st.session_state[WHO] or ""),
        conclusion_ids=conclusion_ids,
    )
