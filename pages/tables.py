"""The evening at mixed tables: divide them, see the whole plan before it counts, begin the rounds."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import streamlit as st

from exports.language import clock_time
from exports.sentences.seating import contradiction_told, not_kept, why_no_more
from exports.sentences.tables import round_name
from models.basics.clock import now
from models.basics.words import Source, Step
from models.encounters.evening import read_evening
from models.encounters.joining_tables import join_tables, table_to_join
from models.encounters.plan import Asked, asked_now, keep_plan, people_to_seat
from models.encounters.rounds import begin_round, lengthen_round, show_card, show_question
from models.encounters.seating.bound import most_new_meetings
from models.encounters.seating.process import SearchFailed, seat_apart
from models.encounters.seating.seat import WishesClash
from models.encounters.seating.wanted import Plan
from models.encounters.views import (
    EveningNow,
    TableView,
    evening_now,
    newcomers,
    planned_rounds,
    tables_of_round,
    who_differs,
)
from models.storage.database import reading
from models.tables import Encounter, Participant
from pages.parts.encounters.comes_and_goes import comes_and_goes
from pages.parts.encounters.mixing import spoken_choice
from pages.parts.encounters.series import who_met_before
from pages.parts.encounters.tables import table_cards
from pages.parts.encounters.time_left import time_left
from pages.parts.encounters.wishes import called, wishes
from pages.parts.frame.acting import act, act_on_click, facilitator, refuse_with
from pages.parts.frame.download import download
from pages.parts.frame.live import live
from pages.parts.frame.room_now import RoomNow, room_now
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small
from pages.parts.leading.page_head import big_sentence, only_where_it_is_a_step, page_foot
from pages.parts.leading.steps_style import steps_style

TABLES = "tables_of_evening"
LOOKED_AT = "round_looked_at"
MORE_MINUTES = 2


@st.fragment(key=TABLES)
def tables(room: RoomNow) -> None:
    """Draw where the evening is and what comes next, the round that goes on, the plan, and the wishes."""
    facilitator()
    with reading() as session:
        evening = read_evening(session, room.workshop_id)
        where = evening_now(session, room.workshop_id)
        asked = asked_now(session, room.workshop_id)
        people = people_to_seat(session, room.workshop_id)
        planned = planned_rounds(session, room.workshop_id)
    _head(where, evening, planned, len(people))
    if where.round_now:
        with st.container(border=True, key="card_round_now"):
            _round_now(room, where)
    if planned:
        # The tables stand in sight beside what comes next, and not below it.
        at_tables, beside = st.columns([2.6, 1.1])
        with at_tables:
            _seats(room, where, planned)
        with beside, st.container(border=True, key="card_next_round"):
            _few_left(room, where.round_now)
            who_met_before(room, people)
            _next(room, evening, asked, people, planned)
    else:
        who_met_before(room, people)
        _next(room, evening, asked, people, planned)
    with st.container(border=True, key="card_comes_and_goes"):
        comes_and_goes(room, people)
    with st.container(border=True, key="card_seats_on_paper"):
        _on_paper(room)
    with st.container(border=True, key="card_wishes"):
        st.header(_("Wishes"), anchor=False)
        wishes(room, asked, people)
        spoken_choice(room, [one for one in people if one.source != Source.PHONE])


def _head(where: EveningNow, evening: Encounter, planned: Sequence[int], people: int) -> None:
    if where.round_now:
        big_sentence(
            _("Round {number} of {count}: {name}").format(
                number=where.round_now, count=where.rounds, name=round_name(where.round_now, language())
            )
        )
    elif planned:
        told = ngettext("{count} new meeting", "{count} new meetings", evening.new_meetings)
        big_sentence(
            told.format(count=evening.new_meetings), above=_("This is the plan. Nobody sees it yet.")
        )
    else:
        told = ngettext("{count} person is here.", "{count} people are here.", people)
        big_sentence(told.format(count=people), above=_("The tables are not divided yet."))


def _round_now(room: RoomNow, where: EveningNow) -> None:
    """Draw until when the round lasts, the question, and what one can do about both."""
    told, buttons = st.columns([2, 1], vertical_alignment="center")
    with told:
        card = f"{_card_of(where)} · “{where.question}”" if where.question else ""
        time_left(where, room.alliance.time_zone, card=card, key=f"time_left_{room.workshop_id}")
    with buttons, st.container(horizontal=True, key="round_buttons"):
        if where.card < where.cards:
            _button(_("Next card"), "next_card", room, show_card, number=where.round_now, card=where.card + 1)
        elif where.cards > 1:
            _button(_("First card again"), "next_card", room, show_card, number=where.round_now, card=1)
        if where.ends_at is not None:
            ends_at = max(where.ends_at, now()) + timedelta(minutes=MORE_MINUTES)
            more = ngettext("{count} minute more", "{count} minutes more", MORE_MINUTES)
            _button(
                more.format(count=MORE_MINUTES),
                "more_minutes",
                room,
                lengthen_round,
                number=where.round_now,
                ends_at=ends_at,
            )
        _button(
            _("Show who sits where on the projector")
            if where.shows_question
            else _("Show the question on the projector"),
            "show_question",
            room,
            show_question,
            is_shown=not where.shows_question,
        )


def _card_of(where: EveningNow) -> str:
    return _("Card {number} of {count}").format(number=where.card, count=where.cards) if where.cards else ""


def _button(label: str, key: str, room: RoomNow, action: Callable[..., Any], **arguments: Any) -> None:
    st.button(
        label,
        key=key,
        on_click=act_on_click,
        args=(action,),
        kwargs={"workshop_id": room.workshop_id, **arguments},
    )


def _next(
    room: RoomNow, evening: Encounter, asked: Asked, people: Sequence[Participant], planned: Sequence[int]
) -> None:
    """Draw what comes next: dividing the tables, dividing the coming ones again, beginning a round."""
    number = asked.first_round
    is_last = number > evening.rounds
    with reading() as session:
        differs = who_differs(session, room.workshop_id, number) if number in planned else None
    if is_last:
        small(_("This is the last round. Afterwards take the room to the harvest, in the bar above."))
        return
    if differs is None:
        if len(people) < 2:
            small(_("The tables can be divided as soon as two people are here."))
        elif st.button(
            _("Divide the tables"), key="divide", type="primary", icon=":material/table_restaurant:"
        ):
            _divide(room)
        return
    for sentence in _promised(evening, asked):
        small(sentence)
    if differs.newcomers or differs.gone:
        st.info(_what_differs(len(differs.newcomers), len(differs.gone)), icon=":material/info:")
    _who_changes(room)
    with st.container(horizontal=True, key="next_round"):
        if number == 1 or differs.newcomers or differs.gone:
            label = _("Divide the tables again") if number == 1 else _("Divide the coming rounds again")
            if st.button(label, key="divide_again", icon=":material/table_restaurant:"):
                _divide(room)
        st.button(
            _("Begin round {number}").format(number=number),
            key="begin_round",
            type="primary",
            icon=":material/play_arrow:",
            on_click=act_on_click,
            args=(begin_round,),
            kwargs={"workshop_id": room.workshop_id, "number": number},
        )


def _promised(evening: Encounter, asked: Asked) -> list[str]:
    """Return how good the plan is: beside what is possible, and why no more."""
    if asked.first_round > 1:
        return []
    bound = most_new_meetings(asked.wanted)
    because = why_no_more(asked.wanted, bound, language())
    if evening.new_meetings == evening.most_meetings:
        return [_("More is not possible.") + " " + because]
    told = _("{count} new meetings, of {most} at most.")
    return [told.format(count=evening.new_meetings, most=evening.most_meetings)]


def _what_differs(came: int, left: int) -> str:
    parts = []
    if came:
        parts.append(
            ngettext(
                "{count} person came since the plan was made.",
                "{count} people came since the plan was made.",
                came,
            ).format(count=came)
        )
    if left:
        parts.append(
            ngettext(
                "{count} person left since the plan was made.",
                "{count} people left since the plan was made.",
                left,
            ).format(count=left)
        )
    parts.append(_("Who sits stays. Divide the coming rounds again, or just begin."))
    return " ".join(parts)


def _divide(room: RoomNow) -> None:
    """Compute the coming rounds in a process of its own, with its progress, and keep the plan."""
    with reading() as session:
        asked = asked_now(session, room.workshop_id)
        before = tables_of_round(session, room.workshop_id, asked.first_round)
        names = [called(person) for person in people_to_seat(session, room.workshop_id)]
    progress = st.progress(0.0, text=_("Dividing the tables. Votes and phones go on meanwhile."))

    def told(part: float, best: int) -> None:
        progress.progress(min(part, 1.0), text=_("{count} new meetings so far.").format(count=best))

    try:
        plan = seat_apart(asked.wanted, seed=room.workshop_id, told=told, planned=asked.planned)
    except WishesClash as clash:
        refuse_with(" ".join(contradiction_told(one, names, language()) for one in clash.contradictions))
    except SearchFailed:
        refuse_with(_("The search was broken off. Nothing was changed: divide the tables once more."))
    if act(keep_plan, workshop_id=room.workshop_id, asked=asked, plan=plan):
        _note(room, asked, plan, before, names)
    st.rerun()


def _note(room: RoomNow, asked: Asked, plan: Plan, before: Sequence[TableView], names: Sequence[str]) -> None:
    """Keep for this window what could not be kept, and who sits elsewhere than was planned."""
    st.session_state[_told_key(room)] = not_kept(asked.wanted, plan, names, language())
    was = {person.number: table.number for table in before for person in table.people}
    with reading() as session:
        after = tables_of_round(session, room.workshop_id, asked.first_round)
    st.session_state[_changes_key(room)] = [
        (person.number, was[person.number], table.number)
        for table in after
        for person in table.people
        if person.number in was and was[person.number] != table.number
    ]


def _who_changes(room: RoomNow) -> None:
    for sentence in st.session_state.get(_told_key(room), []):
        st.warning(plain(sentence), icon=":material/info:")
    changes = st.session_state.get(_changes_key(room), [])
    if changes:
        told = ngettext(
            "{count} person sits elsewhere than was planned.",
            "{count} people sit elsewhere than was planned.",
            len(changes),
        )
        with st.expander(told.format(count=len(changes))):
            for badge, planned, becomes in sorted(changes):
                st.markdown(
                    _("Badge {badge}: table {planned} becomes table {becomes}").format(
                        badge=badge, planned=planned, becomes=becomes
                    )
                )


def _told_key(room: RoomNow) -> str:
    return f"tables_told_{room.workshop_id}"


def _changes_key(room: RoomNow) -> str:
    return f"tables_changes_{room.workshop_id}"


def _seats(room: RoomNow, where: EveningNow, planned: Sequence[int]) -> None:
    """Draw who sits where in one of the rounds: the one that goes on, unless another is looked at."""
    first = where.round_now or planned[0]
    key = f"{LOOKED_AT}_{room.workshop_id}_{first}"
    number = st.session_state.get(key) or first
    with reading() as session:
        found = tables_of_round(session, room.workshop_id, number)
        came = newcomers(session, room.workshop_id) if number == where.round_now else ()
    if number > where.round_now:
        small(_("This is planned, and can still change."))
    seen = clock_time(now(), language(), room.alliance.time_zone)
    table_cards(found, came, lost=_("No connection. So they sat at {time}.").format(time=seen))
    # Below the tables: a hall of ten is seen whole.
    st.segmented_control(_("Round"), planned, default=first, format_func=_round_label, key=key)


def _few_left(room: RoomNow, number: int) -> None:
    """Draw a button for each table at which one or two are left: who leads decides, nobody is moved by itself."""
    if not number:
        return
    with reading() as session:
        found = tables_of_round(session, room.workshop_id, number)
        goes = {table: table_to_join(session, room.workshop_id, table, found) for table in found}
    with st.container(horizontal=True, key="few_left"):
        for table, into in goes.items():
            if into is not None:
                _button(
                    _("Join table {table} with table {into}").format(table=table.number, into=into),
                    f"join_{number}_{table.number}_{into}",
                    room,
                    join_tables,
                    number=number,
                    table=table.number,
                    into=into,
                )


def _on_paper(room: RoomNow) -> None:
    """Draw the downloads for who has no phone, for the tables, and for at the door."""
    st.header(_("On paper"), anchor=False)
    small(
        _(
            "Who has no phone finds the number of their card on the screen. Tables that are known stand on it too."
        )
    )
    with st.container(horizontal=True, key="seats_on_paper"):
        for what, label in (
            ("tables", _("Table cards (Word)")),
            ("people", _("Cards for people without a phone (Word)")),
            ("list", _("List for the door (Word)")),
        ):
            download(label, f"{room.workshop.code}/seats.docx", {"what": what}, key=f"download_seats_{what}")


def _round_label(number: int) -> str:
    return _("Round {number}").format(number=number)


room = room_now()
steps_style()
only_where_it_is_a_step(room, Step.TABLES)
tables(room)
page_foot(room)
live(room.workshop.code, TABLES)
