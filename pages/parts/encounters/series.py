"""The series of an evening: which evenings belong together, the next one, and where an evening belongs."""

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from exports.language import day
from models.basics.clock import today
from models.basics.text import LINE_LIMIT
from models.basics.words import WorkshopState
from models.encounters.come_again import known_before
from models.encounters.plan import people_to_seat
from models.encounters.series import (
    SeriesEvening,
    SeriesView,
    evenings_to_join,
    name_series,
    pairs_of_groups_met,
    plan_next_evening,
    put_with,
    series_of,
    take_out,
)
from models.storage.database import reading
from models.tables import Participant
from pages.parts.frame.acting import act, act_on_click
from pages.parts.frame.room_now import WORKSHOP, RoomNow
from pages.parts.frame.saving import note_stored, stored_line
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small

FOUR_WEEKS = timedelta(weeks=4)


def the_series(room: RoomNow) -> None:
    """Draw the evenings that belong together, the next one to plan, and the way into and out of a series."""
    with reading() as session:
        series = series_of(session, room.workshop_id)
        others = evenings_to_join(session, room.workshop_id)
        people = people_to_seat(session, room.workshop_id)
        groups = pairs_of_groups_met(session, series.id) if series else None
    st.header(_("The series"), anchor=False)
    if series is None:
        st.markdown(_("This evening stands alone."))
        small(
            _("In a series people keep their code. Who comes again sits with people whom they have not met.")
        )
    else:
        _evenings(room, series)
        who_met_before(room, people)
        if groups is not None:
            told = ngettext(
                "Over the series {met} of {count} pair of groups has met.",
                "Over the series {met} of {count} pairs of groups have met.",
                groups.possible,
            )
            st.markdown(told.format(met=groups.met, count=groups.possible))
    _plan_next(room)
    mine = next((one for one in series.evenings if one.code == room.workshop.code), None) if series else None
    if mine is not None and mine.has_begun:
        small(_("This evening has begun: it stays in this series."))
    else:
        _where_it_belongs(room, series, others)
    stored_line("series", room.alliance.time_zone)


def who_met_before(room: RoomNow, people: Sequence[Participant]) -> None:
    """Say how many came again, and how many pairs of them have met at earlier evenings of the series."""
    with reading() as session:
        known = known_before(session, room.workshop_id, people)
    if not known.people:
        return
    told = ngettext("{count} person came again.", "{count} people came again.", known.people).format(
        count=known.people
    )
    if known.pairs:
        pairs = ngettext(
            "{count} pair of them met at an earlier evening, and sits together again as little as can be.",
            "{count} pairs of them met at an earlier evening, and sit together again as little as can be.",
            known.pairs,
        )
        told = f"{told} {pairs.format(count=known.pairs)}"
    small(told)


def _evenings(room: RoomNow, series: SeriesView) -> None:
    key = f"series_theme_{series.id}"
    st.text_input(
        _("Theme of the series"),
        value=series.theme,
        key=key,
        max_chars=LINE_LIMIT,
        on_change=_store_theme,
        args=(room, key),
    )
    for number, evening in enumerate(series.evenings, start=1):
        with st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            key=f"evening_of_series_{evening.code}",
        ):
            st.markdown(f"{number}. {_told_of(evening)}")
            if evening.code == room.workshop.code:
                st.badge(_("this evening"), icon=":material/location_on:", color="blue")
            # A link to the page that one is on leads nowhere in Streamlit.
            elif st.button(
                _("To evening {number}").format(number=number),
                key=f"to_evening_{evening.code}",
                icon=":material/arrow_forward:",
            ):
                st.switch_page("prepare.py", query_params={WORKSHOP: evening.code})


def _told_of(evening: SeriesEvening) -> str:
    """Return day, place and state of an evening on one line, as Markdown."""
    people = ngettext("{count} person came", "{count} people came", evening.people).format(
        count=evening.people
    )
    state = {
        WorkshopState.PREPARED: _("prepared"),
        WorkshopState.OPEN: _("busy now"),
        WorkshopState.OVER: people,
    }[WorkshopState(evening.state)]
    return _("**{day}**, {venue}, {state}").format(
        day=day(evening.held_on, language(), style="long"),
        venue=plain(evening.venue or _("place not known yet")),
        state=state,
    )


def _plan_next(room: RoomNow) -> None:
    first = max(room.workshop.held_on + timedelta(days=1), today(room.alliance.time_zone))
    with st.popover(_("Plan the next evening"), icon=":material/add:", key="next_evening"):
        small(
            _("It gets the same place, theme, tables, rounds and questions. You can change all of it there.")
        )
        held_on = st.date_input(
            _("When is the next evening?"),
            value=max(room.workshop.held_on + FOUR_WEEKS, first),
            min_value=first,
            format="DD-MM-YYYY",
            key=f"next_evening_on_{room.workshop_id}",
        )
        if st.button(_("Plan it"), key="plan_next_evening", icon=":material/check:"):
            planned = act(plan_next_evening, workshop_id=room.workshop_id, held_on=held_on or first)
            if planned:
                st.switch_page("prepare.py", query_params={WORKSHOP: planned.result.code})


def _where_it_belongs(room: RoomNow, series: SeriesView | None, others: list[SeriesView]) -> None:
    if series is not None:
        st.button(
            _("Take this evening out of the series"),
            key="take_out_of_series",
            icon=":material/remove:",
            on_click=act_on_click,
            args=(take_out,),
            kwargs={"workshop_id": room.workshop_id},
        )
    if not others:
        return
    by_evening = {one.evenings[-1].workshop_id: one for one in others}
    with st.popover(_("Put it with another evening"), icon=":material/link:", key="put_with_evening"):
        chosen = st.selectbox(
            _("With which evening?"),
            list(by_evening),
            format_func=lambda workshop_id: _told_of_other(by_evening[workshop_id]),
            key=f"put_with_{room.workshop_id}",
            filter_mode=None,
        )
        st.button(
            _("Put them together"),
            key="put_in_series",
            icon=":material/check:",
            on_click=act_on_click,
            args=(put_with,),
            kwargs={"workshop_id": room.workshop_id, "other_id": chosen},
        )


def _told_of_other(series: SeriesView) -> str:
    last = series.evenings[-1]
    on = day(last.held_on, language(), style="long")
    if not series.id:
        return _("{day}, {theme}").format(day=on, theme=series.theme or _("no theme yet"))
    told = ngettext(
        "Series “{theme}”, {count} evening, the last on {day}",
        "Series “{theme}”, {count} evenings, the last on {day}",
        len(series.evenings),
    )
    return told.format(theme=series.theme or _("no theme yet"), count=len(series.evenings), day=on)


def _store_theme(room: RoomNow, key: str) -> None:
    note_stored("series", act(name_series, workshop_id=room.workshop_id, theme=st.session_state[key]))
