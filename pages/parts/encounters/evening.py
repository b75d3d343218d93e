"""How the evening goes: theme, tables, rounds, minutes, the questions, and what makes a meeting good."""

from dataclasses import replace
from typing import Any

import streamlit as st
from markupsafe import Markup, escape

from exports.sentences.conditions import asked_of, condition_name, ready_sentence
from exports.sentences.seating import why_no_more
from exports.sentences.tables import round_name
from models.basics.text import LINE_LIMIT, NOTE_LIMIT
from models.encounters.conditions import change_condition, read_conditions
from models.encounters.evening import (
    MINUTES,
    MIXINGS,
    SIZES,
    change_cards,
    change_evening,
    read_cards,
    read_evening,
)
from models.encounters.plan import asked_now
from models.encounters.script import CARDS_IN_A_ROUND
from models.encounters.seating.bound import most_new_meetings
from models.encounters.seating.tables import MOST_ROUNDS, table_sizes, tables_for
from models.encounters.seating.wanted import Wanted
from models.storage.database import reading
from models.tables import Encounter
from pages.parts.encounters.keys import field_key
from pages.parts.frame.acting import act
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.saving import note_stored, stored_line
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, small

TRIED_WITH = 60


def the_evening(room: RoomNow) -> None:
    """Draw how the evening goes, with what it can bring about at most while one types."""
    with reading() as session:
        evening = read_evening(session, room.workshop_id)
        asked = asked_now(session, room.workshop_id)
    st.header(_("The evening"), anchor=False)
    _fields(room, evening)
    _what_it_can_do(room, evening, asked.wanted)
    stored_line("evening", room.alliance.time_zone)
    _what_makes_it_good(room)


def the_questions(room: RoomNow) -> None:
    """Draw the question cards of each round, to change them."""
    with reading() as session:
        cards = read_cards(session, room.workshop_id)
    st.header(_("Question cards"), anchor=False)
    small(
        _(
            "Three for each round. What you leave empty falls away; all three empty brings the ready ones back."
        )
    )
    for number, texts in cards.items():
        st.markdown(
            "**"
            + _("Round {number}: {name}").format(number=number, name=round_name(number, language()))
            + "**"
        )
        for place in range(CARDS_IN_A_ROUND):
            st.text_input(
                _("Round {number}, card {card}").format(number=number, card=place + 1),
                value=texts[place] if place < len(texts) else "",
                key=_card_key(room, number, place),
                max_chars=NOTE_LIMIT,
                label_visibility="collapsed",
                on_change=_store_cards,
                args=(room, number),
            )
    stored_line("questions", room.alliance.time_zone)


def _fields(room: RoomNow, evening: Encounter) -> None:
    changed: dict[str, Any] = {"on_change": _store, "args": (room,)}
    st.text_input(
        _("Theme"),
        value=evening.theme,
        key=field_key(room, "theme"),
        max_chars=LINE_LIMIT,
        placeholder=_("At home in our town"),
        **changed,
    )
    size, rounds, minutes = st.columns(3)
    size.number_input(
        _("People at a table"),
        min_value=SIZES[0],
        max_value=SIZES[-1],
        value=evening.table_size,
        key=field_key(room, "table_size"),
        **changed,
    )
    rounds.number_input(
        _("Rounds"),
        min_value=max(evening.round_now, 1),
        max_value=MOST_ROUNDS,
        value=evening.rounds,
        key=field_key(room, "rounds"),
        **changed,
    )
    minutes.number_input(
        _("Minutes a round"),
        min_value=MINUTES[0],
        max_value=MINUTES[-1],
        value=evening.minutes,
        key=field_key(room, "minutes"),
        **changed,
    )


def _what_it_can_do(room: RoomNow, evening: Encounter, asked: Wanted) -> None:
    """Draw how many new meetings are possible and why no more; before people are here for a number one tries.

    Before the first round that counts who met at earlier evenings of the series, and who is kept together.
    """
    people = asked.people
    if people < 2:
        small(_("Nobody is here yet. Fill in a number to try."))
        people = st.number_input(
            _("People to try with"),
            min_value=2,
            max_value=1_000,
            value=TRIED_WITH,
            key=field_key(room, "tried_with"),
        )
    wanted = Wanted(people, tables_for(people, evening.table_size), evening.rounds)
    if evening.round_now == 0 and asked.people >= 2:
        wanted = replace(wanted, earlier=asked.earlier, kept=asked.kept)
    bound = most_new_meetings(wanted)
    sizes = sorted(set(table_sizes(wanted.people, wanted.tables)))
    told = ngettext("{count} table of {sizes}", "{count} tables of {sizes}", wanted.tables)
    new = ngettext("{count} new meeting is possible.", "{count} new meetings are possible.", bound.most)
    number = Markup('<b style="display:block;font-size:104px;line-height:1;letter-spacing:-.02em">{}</b>')
    st.html(
        Markup('<h3 style="margin:0;padding:0;font-size:22px">{}</h3>').format(
            Markup(escape(new)).format(count=number.format(bound.most))
        )
    )
    st.markdown(
        told.format(count=wanted.tables, sizes=" – ".join(map(str, sizes)))
        + ". "
        + _("More is not possible.")
        + " "
        + why_no_more(wanted, bound, language())
    )


def _what_makes_it_good(room: RoomNow) -> None:
    """Draw the four conditions under which meeting helps (Allport), to tick and to say how each is looked after."""
    with reading() as session:
        conditions = read_conditions(session, room.workshop_id)
    with st.container(border=True, key="card_what_makes_it_good"):
        st.subheader(_("What makes a meeting good"), anchor=False)
        met = sum(one.is_met for one in conditions)
        small(
            _("Tick what is looked after: {met} of {count}. It stands in the report.").format(
                met=met, count=4
            )
        )
        for one in conditions:
            with st.container(gap=None):
                st.checkbox(
                    f"**{condition_name(one.condition, language())}.** {asked_of(one.condition, language())}",
                    value=one.is_met,
                    key=field_key(room, f"{one.condition}_is_met"),
                    on_change=_store_condition,
                    args=(room, one.condition),
                )
                st.text_input(
                    _("How: {condition}").format(condition=condition_name(one.condition, language())),
                    value=one.how,
                    key=field_key(room, f"{one.condition}_how"),
                    max_chars=LINE_LIMIT,
                    placeholder=ready_sentence(one.condition, language()),
                    label_visibility="collapsed",
                    on_change=_store_condition,
                    args=(room, one.condition),
                )
        stored_line("conditions", room.alliance.time_zone)
        small(_("One evening does little. Three evenings do more: plan them as a series."))


def _store_condition(room: RoomNow, condition: str) -> None:
    note_stored(
        "conditions",
        act(
            change_condition,
            workshop_id=room.workshop_id,
            condition=condition,
            is_met=st.session_state[field_key(room, f"{condition}_is_met")],
            how=st.session_state[field_key(room, f"{condition}_how")],
        ),
    )


def _store(room: RoomNow) -> None:
    typed = {
        name: st.session_state[field_key(room, name)] for name in ("theme", "table_size", "rounds", "minutes")
    }
    with reading() as session:
        evening = read_evening(session, room.workshop_id)
    mixing = {name: getattr(evening, name) for name in MIXINGS}
    note_stored("evening", act(change_evening, workshop_id=room.workshop_id, **typed, **mixing))


def _store_cards(room: RoomNow, number: int) -> None:
    texts = [st.session_state[_card_key(room, number, place)] for place in range(CARDS_IN_A_ROUND)]
    note_stored("questions", act(change_cards, workshop_id=room.workshop_id, number=number, texts=texts))


def _card_key(room: RoomNow, number: int, place: int) -> str:
    return f"question_{room.workshop_id}_{number}_{place}"
