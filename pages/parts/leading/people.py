"""Who is here, who waits, whose hand is up, and the heads counted."""

import streamlit as st

from exports.language import clock_time
from exports.sentences import presence_sentence, source_name
from models.joining.fresh_joins import fresh_joins
from models.joining.other_phone import OtherPhone, let_phone_in, phones_asking
from models.storage.database import reading
from models.tables import Workshop
from models.workshop.participant import admit, remove
from models.workshop.people import (
    ParticipantRow,
    People,
    list_participants,
    people_here,
    phones_of_many,
    raised_hands,
)
from models.workshop.presence import is_at_the_door, is_here
from models.workshop.workshop import HEADS_LIMIT, count_heads, read_workshop
from pages.parts.frame.acting import act, act_on_click, facilitator
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.table import Cell, table
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain
from pages.parts.leading.hands import hand_rows, name_of
from pages.parts.leading.many_from_one import many_from_one

PEOPLE = "room_people"


@st.fragment(key=PEOPLE)
def who_is_here(room: RoomNow) -> None:
    """Draw who is here, who waits, whose hand is up, and the heads counted."""
    facilitator()
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
        people = people_here(session, room.workshop_id)
        participants = list_participants(session, room.workshop_id)
        asking = phones_asking(session, room.workshop_id)
        hands = raised_hands(session, room.workshop_id)
        phones = phones_of_many(session, room.workshop_id)
    st.header(_("Who is here"), anchor=False)
    at_the_door(participants)
    other_phones(asking)
    hand_rows(hands, room.alliance.time_zone, key="page")
    voices: list[list[Cell]] = [[group.name, group.count] for group in people.groups]
    voices += [[_("without a group"), people.without_group], [_("all together"), people.total]]
    table([_("Group"), _("Here")], voices, caption=_("Voices per group"))
    heads(workshop, people)
    many_from_one(phones, fresh_joins.crowds(workshop.code), workshop.heads_counted, people.total)
    with st.expander(_("All participants"), key="all_participants"):
        all_participants(participants, room.alliance.time_zone)


def at_the_door(participants: list[ParticipantRow]) -> None:
    """Draw who waits to be let in."""
    waiting = [one for one in participants if is_at_the_door(one)]
    if not waiting:
        return
    told = ngettext("{count} person waits at the door.", "{count} people wait at the door.", len(waiting))
    st.warning(told.format(count=len(waiting)), icon=":material/person:")
    with st.container(horizontal=True):
        for person in waiting:
            st.button(
                _("Let {name} in").format(name=plain(name_of(person))),
                key=f"admit_{person.id}",
                icon=":material/check:",
                on_click=act_on_click,
                args=(admit,),
                kwargs={"participant_ids": [person.id]},
            )
        if len(waiting) > 1:
            st.button(
                _("Let all in"),
                key="admit_all",
                icon=":material/check:",
                on_click=act_on_click,
                args=(admit,),
                kwargs={"participant_ids": [person.id for person in waiting]},
            )


def other_phones(asking: list[OtherPhone]) -> None:
    """Draw which phones come with the code of somebody who voted on another one, and the button that lets each in."""
    for other in asking:
        name = other.name or _("participant {number}").format(number=other.number)
        key = f"{other.phone_id}_{other.participant_id}"
        with st.container(horizontal=True, vertical_alignment="center", key=f"other_phone_{key}"):
            told = _(
                "Another phone, with number {mark}, wants to go on as {name}, who has voted. Ask that person first."
            )
            st.markdown(f":material/info: {told.format(mark=other.mark, name=plain(name))}")
            st.button(
                _("Let phone {mark} in").format(mark=other.mark),
                key=f"let_phone_in_{key}",
                icon=":material/check:",
                help=_("The phone that {name} used before does not take part any more then.").format(
                    name=plain(name)
                ),
                on_click=act_on_click,
                args=(let_phone_in,),
                kwargs={"phone_id": other.phone_id, "participant_id": other.participant_id},
            )


def heads(workshop: Workshop, people: People) -> None:
    """Draw the count of heads and how it compares with the voices."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = f"heads_{workshop.id}"
        # As a start value instead, the field could not be emptied again.
        if key not in st.session_state:
            st.session_state[key] = workshop.heads_counted
        st.number_input(
            _("Heads counted in the room"),
            min_value=0,
            max_value=HEADS_LIMIT,
            value=None,
            key=key,
            width=220,
            placeholder=_("not counted"),
            on_change=store_heads,
            args=(workshop.id,),
        )
        st.markdown(plain(presence_sentence(workshop.heads_counted, people.total, language())))


def store_heads(workshop_id: int) -> None:
    """Store how many heads were counted; empty takes the count back. For `on_change`."""
    counted = st.session_state[f"heads_{workshop_id}"]
    act(count_heads, workshop_id=workshop_id, heads=None if counted is None else int(counted))


def all_participants(participants: list[ParticipantRow], time_zone: str) -> None:
    """Draw everyone who joined, and removing one."""
    here = [one for one in participants if one.joined_at]
    table(
        [_("Who"), _("Group"), _("Speaks by"), _("Since"), _("Now")],
        [
            [
                name_of(one),
                one.group,
                source_name(one.source, language()),
                clock_time(one.joined_at, language(), time_zone) if one.joined_at else None,
                where_is(one),
            ]
            for one in here
        ],
        caption=_("Participants in the order in which they joined"),
    )
    present = {one.id: name_of(one) for one in here if is_here(one)}
    if not present:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Who left, or does not belong here?"),
            list(present),
            index=None,
            format_func=lambda participant_id: present.get(participant_id, ""),
            placeholder=_("Choose a participant"),
            key="participant_to_remove",
            width=360,
        )
        st.button(
            _("Remove from the room"),
            key="remove_participant",
            icon=":material/remove:",
            disabled=chosen is None,
            on_click=act_on_click,
            args=(remove,),
            kwargs={"participant_id": chosen},
        )


def where_is(person: ParticipantRow) -> str:
    """Return whether somebody is in the room, in a word or two."""
    if person.left_at:
        return _("left")
    return _("here") if person.admitted_at else _("at the door")
