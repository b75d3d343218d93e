"""The fields of the plan, a card for each block. Each field stores itself when one leaves it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from exports.language import month
from exports.sentences import block_name
from exports.sentences.plan import state_of_block
from models.alliance.partner import read_partners
from models.alliance.plan import (
    DYNAMICS_LIMIT,
    FIRST_MONTH,
    TEXTS,
    choose_parties,
    decide_block,
    describe_block,
    finish_block,
    plan_months,
    tell_dynamics,
)
from models.alliance.stakeholders import read_stakeholders
from models.basics.words import BuildingBlock
from models.planning.reading import Plan
from models.planning.standing import PlanStand, PlanStanding, month_after
from models.storage.database import reading
from pages.parts.frame.acting import act_then
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small_print
from pages.parts.home.cards import block_explained
from pages.parts.plan.at_hand import PlanNow
from pages.parts.plan.typed import bring_in, seen_key, typed_field

OPEN, NEEDED, NOT_NEEDED = "open", "needed", "not needed"
CHOICES: Mapping[str, bool | None] = {OPEN: None, NEEDED: True, NOT_NEEDED: False}
# How many months back and ahead one may choose, besides what stands there already.
MONTHS_BACK, MONTHS_AHEAD = 12, 36


def change_the_plan(now: PlanNow, plan: Plan) -> None:
    """Draw the fields of every block, two beside each other, and of what plays in this place."""
    with reading() as session:
        parties = {f"partner {one.id}": one.name for one in read_partners(session, now.id)}
        on_map = {f"stakeholder {one.id}": one.name for one in read_stakeholders(session, now.id)}
    small_print(_("We store each field when you leave it. Who leads with you sees it at once."))
    for pair in (plan.standings[:2], plan.standings[2:]):
        for column, standing in zip(st.columns(2, gap="small"), pair, strict=True):
            with column, st.container(border=True, key=f"card_change_{standing.block}", height="stretch"):
                _block(now, plan, standing, parties, on_map)
    with st.container(border=True, key="card_dynamics"):
        st.header(_("What plays here"), anchor=False)
        typed_field(
            _("What happened here, what is sensitive, what goes well already"),
            key="plan_dynamics",
            stored=plan.dynamics,
            limit=DYNAMICS_LIMIT,
            action=tell_dynamics,
            arguments={"alliance_id": now.id},
            height=140,
        )
        small_print(_("This stands in the Word file. Names and quarrels of people do not belong here."))


def _block(
    now: PlanNow, plan: Plan, standing: PlanStanding, parties: Mapping[str, str], on_map: Mapping[str, str]
) -> None:
    planned, block = standing.planned, standing.block
    name = block_name(block, language())
    of_block: dict[str, Any] = {"alliance_id": now.id, "block": block.value}
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(name, anchor=False)
        st.badge(state_of_block(standing, plan.today, language()), color="gray")
    small_print(block_explained(block))
    _needed(of_block, planned.is_needed, name)
    _text(of_block, "why", _("Why? ({block})").format(block=name), planned.why, height=92)
    if planned.is_needed is not False:
        _with_whom(of_block, standing, parties, on_map, name)
        _months(of_block, standing, plan.today, name)
    _text(
        of_block,
        "known_first",
        _("What must be known first? ({block})").format(block=name),
        planned.known_first,
    )
    if planned.is_needed:
        _done(of_block, standing, plan.today, name)


def _needed(of_block: Mapping[str, Any], is_needed: bool | None, name: str) -> None:
    key = f"plan_needed_{of_block['block']}"
    bring_in(key, next(choice for choice, needed in CHOICES.items() if needed is is_needed))
    words = {OPEN: _("still to choose"), NEEDED: _("needed"), NOT_NEEDED: _("not needed now")}
    st.radio(
        _("Is it needed? ({block})").format(block=name),
        list(CHOICES),
        format_func=lambda choice: words[choice],
        key=key,
        horizontal=True,
        on_change=_store_needed,
        args=(key, of_block),
    )


def _store_needed(key: str, of_block: Mapping[str, Any]) -> None:
    chosen = st.session_state[key]
    act_then(decide_block, then={seen_key(key): chosen}, is_needed=CHOICES[chosen], **of_block)


def _text(of_block: Mapping[str, Any], field: str, label: str, stored: str, *, height: int = 0) -> None:
    typed_field(
        label,
        key=f"plan_{field}_{of_block['block']}",
        stored=stored,
        limit=TEXTS[field],
        action=describe_block,
        arguments={**of_block, "field": field},
        height=height,
    )


def _with_whom(
    of_block: Mapping[str, Any],
    standing: PlanStanding,
    partners: Mapping[str, str],
    on_map: Mapping[str, str],
    name: str,
) -> None:
    planned = standing.planned
    key = f"plan_parties_{of_block['block']}"
    bring_in(
        key,
        [f"partner {one.id}" for one in planned.partners]
        + [f"stakeholder {one.id}" for one in planned.stakeholders],
    )
    words = {**partners, **{key: _("{name} (on the map)").format(name=name) for key, name in on_map.items()}}
    # Somebody may have gone a moment ago.
    st.session_state[key] = [one for one in st.session_state[key] if one in words]
    st.multiselect(
        _("With whom? ({block})").format(block=name),
        list(words),
        format_func=lambda party: words[party],
        key=key,
        placeholder=_("Choose partners, or somebody of the map"),
        filter_mode="contains",
        select_all=False,
        on_change=_store_parties,
        args=(key, of_block),
    )
    _text(of_block, "others", _("Who else? ({block})").format(block=name), planned.others)


def _store_parties(key: str, of_block: Mapping[str, Any]) -> None:
    chosen: Sequence[str] = st.session_state[key] or []
    ids = {
        kind: [int(one.removeprefix(f"{kind} ")) for one in chosen if one.startswith(f"{kind} ")]
        for kind in ("partner", "stakeholder")
    }
    act_then(
        choose_parties,
        then={seen_key(key): list(chosen)},
        partner_ids=ids["partner"],
        stakeholder_ids=ids["stakeholder"],
        **of_block,
    )


def _months(of_block: Mapping[str, Any], standing: PlanStanding, today: date, name: str) -> None:
    planned = standing.planned
    first_key, last_key = f"plan_from_{of_block['block']}", f"plan_until_{of_block['block']}"
    bring_in(first_key, planned.starts_on)
    bring_in(last_key, planned.ends_on)
    left, right = st.columns(2)
    choices = _choices(today, planned.starts_on, planned.ends_on)
    words: dict[str, Any] = {
        "format_func": lambda chosen: month(chosen, language()) if chosen else _("no month yet"),
        "on_change": _store_months,
        "args": (first_key, last_key, of_block),
    }
    left.selectbox(
        _("From which month? ({block})").format(block=name), [None, *choices], key=first_key, **words
    )
    if planned.starts_on is not None:
        right.selectbox(
            _("Until which month? ({block})").format(block=name),
            [one for one in choices if one >= planned.starts_on],
            key=last_key,
            **words,
        )


def _choices(today: date, *stored: date | None) -> list[date]:
    this_month = today.replace(day=1)
    known = [one for one in stored if one is not None]
    first = max(FIRST_MONTH, min([*known, month_after(this_month, -MONTHS_BACK)]))
    last = max([*known, month_after(this_month, MONTHS_AHEAD)])
    choices = [first]
    while choices[-1] < last:
        choices.append(month_after(choices[-1], 1))
    return choices


def _store_months(first_key: str, last_key: str, of_block: Mapping[str, Any]) -> None:
    first, last = st.session_state[first_key], st.session_state.get(last_key)
    # Moved beyond its end, a block takes its end along: nobody is told that a month is wrong.
    if first is not None and (last is None or last < first):
        last = first
    act_then(
        plan_months,
        then={seen_key(first_key): first, last_key: last, seen_key(last_key): last},
        starts_on=first,
        ends_on=last if first else None,
        **of_block,
    )


def _done(of_block: Mapping[str, Any], standing: PlanStanding, today: date, name: str) -> None:
    if standing.done_on is not None and standing.planned.done_on is None:
        small_print(_("Handslag sees that this is done."))
        return
    if of_block["block"] == BuildingBlock.ALLIANCE and standing.stand is PlanStand.BUSY:
        small_print(_("This is done by itself once the agenda is signed."))
        return
    key = f"plan_done_{of_block['block']}"
    bring_in(key, standing.planned.done_on is not None)
    st.checkbox(
        _("This is done: {block}").format(block=name),
        key=key,
        on_change=_store_done,
        args=(key, of_block, today),
    )


def _store_done(key: str, of_block: Mapping[str, Any], today: date) -> None:
    is_done = bool(st.session_state[key])
    act_then(finish_block, then={seen_key(key): is_done}, done_on=today if is_done else None, **of_block)
