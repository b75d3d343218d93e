"""Somebody without a phone votes on another person's phone: a participant, counted once, and nobody else's business."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.basics.errors import (
    DoorShut,
    InvalidValue,
    NotAdmitted,
    NotYours,
    PersonalCodeNeeded,
    PersonalCodeUnknown,
    TooManyVoices,
    WorkshopOver,
)
from models.basics.keys import new_token
from models.basics.words import Door, Secrecy, Source
from models.joining.joining import join, read_phone
from models.joining.other_phone import let_phone_in, phones_asking
from models.joining.voice import VOICES_LIMIT, Voice, VoiceAdded, add_voice, voice_on_phone, voices_of
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Participant
from models.voting.ballot import ParticipantBallot, cast_ballot
from models.voting.round_views import ballots_of, read_round
from models.workshop.participant import leave, make_personal_codes, remove
from models.workshop.people import count_people, people_here
from models.workshop.workshop import change_workshop, end_workshop, set_door
from tests.builders import (
    HELD_ON,
    LEADER,
    Room,
    cast,
    cast_all,
    close_and_reveal,
    make_people,
    make_round,
    make_workshop,
    rows_of,
)

pytestmark = pytest.mark.both_databases


def _add(room: Room, phone: int = 0, **more: object) -> VoiceAdded:
    added = write(add_voice, code=room.code, phone_token=room.phones[phone], **more)
    assert isinstance(added, VoiceAdded)
    return added


def _voices(room: Room, phone: int = 0) -> list[Voice]:
    with reading() as session:
        view = read_phone(session, room.code, room.phones[phone])
        assert view is not None
        return voices_of(session, view.phone_id)


def _people(room: Room) -> int:
    with reading() as session:
        return count_people(session, room.workshop_id)


def _code(participant_id: int) -> str:
    return next(str(row["personal_code"]) for row in rows_of(Participant) if row["id"] == participant_id)


def test_a_voice_is_a_participant_of_its_own_on_the_same_phone(database: str) -> None:
    room = make_workshop(people=2)

    added = _add(room, name=" Fatma ", group_id=room.groups["Residents"])

    own, other = _voices(room)
    assert (own.participant_id, own.is_own) == (room.people[0], True)
    assert (other.participant_id, other.name, other.is_own, other.is_here) == (
        added.participant_id,
        "Fatma",
        False,
        True,
    )
    assert other.number == 3
    assert len({own.personal_code, other.personal_code}) == 2
    with reading() as session:
        assert people_here(session, room.workshop_id).by_source == {Source.PHONE: 2, Source.SHARED: 1}
    assert [voice.number for voice in _voices(room, 1)] == [2]


def test_a_second_tap_on_the_same_form_adds_nobody(database: str) -> None:
    room = make_workshop(people=1)

    first, second = _add(room, request_id="form 1"), _add(room, request_id="form 1")
    third = _add(room, request_id="form 2")

    assert first == second
    assert third.participant_id != first.participant_id
    assert _people(room) == 3


def test_the_same_request_from_another_phone_is_another_voice(database: str) -> None:
    room = make_workshop(people=2)

    assert _add(room, request_id="a").number != _add(room, 1, request_id="a").number


def test_each_voice_counts_once_and_is_marked_in_the_count(database: str) -> None:
    room = make_workshop(people=5)
    shared = _add(room).participant_id
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people])

    for choice in ("objection", "concern"):
        write(
            cast_ballot,
            ballot=ParticipantBallot(
                participant_id=shared,
                round_id=vote.round_id,
                item_id=vote.items[0],
                choice=choice,
                source=Source.SHARED,
            ),
        )
    close_and_reveal(vote)

    with reading() as session:
        found = read_round(session, vote.round_id)
    assert found.sources == {"phone": 5, "shared": 1}
    result = found.items[0].result
    assert result is not None and result.numbers is not None
    assert result.numbers.counts == {"agree": 5, "concern": 1, "objection": 0}


def test_a_voice_and_the_phones_own_participant_never_touch_each_others_vote(database: str) -> None:
    room = make_workshop(people=2)
    shared = _add(room).participant_id
    vote = make_round(room)

    cast(vote, room.people[0], "agree")
    cast(vote, shared, "objection", reason="Not like this.")

    with reading() as session:
        own = ballots_of(session, vote.round_id, room.people[0])[vote.items[0]]
        other = ballots_of(session, vote.round_id, shared)[vote.items[0]]
        assert ballots_of(session, vote.round_id, room.people[1]) == {}
    assert (own.choice, other.choice, other.reason) == ("agree", "objection", "Not like this.")


def test_only_the_voices_of_a_phone_speak_through_it(database: str) -> None:
    room = make_workshop(people=2)
    added = _add(room)
    with reading() as session:
        first = read_phone(session, room.code, room.phones[0])
        second = read_phone(session, room.code, room.phones[1])
        assert first is not None and second is not None

        assert (
            voice_on_phone(session, phone_id=first.phone_id, number=3).participant_id == added.participant_id
        )
        for number in (1, 3, 99):
            with pytest.raises(NotYours):
                voice_on_phone(session, phone_id=second.phone_id, number=number)
        with pytest.raises(NotYours):
            voice_on_phone(session, phone_id=None, number=1)


def test_a_voice_that_comes_during_a_round_votes_in_it(database: str) -> None:
    room = make_workshop(people={"Residents": 6, "Communities": 6})
    vote = make_round(room)

    added = _add(room, group_id=room.groups["Communities"])
    cast(vote, added.participant_id, "agree")

    with reading() as session:
        assert read_round(session, vote.round_id).electorate == 13


def test_a_voice_that_left_is_not_present_and_its_vote_stands(database: str) -> None:
    room = make_workshop(people=5)
    added = _add(room)
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people])
    cast(vote, added.participant_id, "concern")

    write(leave, participant_id=added.participant_id)
    close_and_reveal(vote)

    assert _people(room) == 5
    assert [(voice.is_here, voice.has_left) for voice in _voices(room)] == [(True, False), (False, True)]
    with reading() as session:
        assert read_round(session, vote.round_id).voted == 6


class TestWithAPersonalCode:
    def test_a_badge_without_a_phone_is_that_participant(self, database: str) -> None:
        room = make_workshop(people=1)
        residents = room.groups["Residents"]
        (code,) = write(
            make_personal_codes, who=LEADER, workshop_id=room.workshop_id, count=1, group_id=residents
        )

        added = _add(room, personal_code=f" {code.lower()} ", name="Teun")

        (_own, voice) = _voices(room)
        assert (voice.personal_code, voice.name, voice.group_id) == (code, "Teun", residents)
        assert _people(room) == 2
        assert added.number == 2
        with reading() as session:
            assert people_here(session, room.workshop_id).by_source[Source.SHARED] == 1

    def test_who_gets_a_phone_later_takes_the_voice_along(self, database: str) -> None:
        room = make_workshop(people=1)
        added = _add(room)
        vote = make_round(room)
        cast(vote, added.participant_id, "concern")

        phone = new_token()
        joined = write(join, code=room.code, phone_token=phone, personal_code=_code(added.participant_id))

        assert (joined.participant_id, joined.is_waiting) == (added.participant_id, True)
        with reading() as session:
            [asking] = phones_asking(session, room.workshop_id)
        write(let_phone_in, who=LEADER, phone_id=asking.phone_id, participant_id=added.participant_id)
        assert _people(room) == 2
        assert [voice.number for voice in _voices(room)] == [1]
        with reading() as session:
            assert (
                ballots_of(session, vote.round_id, joined.participant_id)[vote.items[0]].choice == "concern"
            )
            assert people_here(session, room.workshop_id).by_source == {Source.PHONE: 2}

    def test_the_same_code_again_changes_nothing(self, database: str) -> None:
        room = make_workshop(people=1)
        added = _add(room, name="Fatma")

        again = _add(room, personal_code=_code(added.participant_id), name="Somebody else")
        own = _add(room, personal_code=_code(room.people[0]))

        assert again.participant_id == added.participant_id
        assert own.participant_id == room.people[0]
        assert [(voice.is_own, voice.name) for voice in _voices(room)] == [(True, None), (False, "Fatma")]

    def test_where_one_needs_a_code_a_voice_needs_one_too(self, database: str) -> None:
        room = make_workshop(people=1)
        write(
            change_workshop,
            who=LEADER,
            workshop_id=room.workshop_id,
            venue="",
            held_on=HELD_ON,
            next_meeting_on=None,
            needs_personal_code=True,
        )

        with pytest.raises(PersonalCodeNeeded):
            _add(room)
        with pytest.raises(PersonalCodeUnknown):
            _add(room, personal_code="AAAA3333")
        assert _people(room) == 1


class TestTheDoor:
    def test_shut_nobody_new_comes_in(self, database: str) -> None:
        room = make_workshop(people=1)
        write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.SHUT)

        with pytest.raises(DoorShut):
            _add(room)

    def test_where_the_door_asks_the_voice_waits(self, database: str) -> None:
        room = make_workshop(people=1)
        write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.ASKS)
        vote = make_round(room)

        added = _add(room)

        assert not added.is_admitted
        assert [voice.is_here for voice in _voices(room)] == [True, False]
        with pytest.raises(NotAdmitted):
            cast(vote, added.participant_id, "agree")

    def test_a_phone_that_takes_no_part_carries_nobody(self, database: str) -> None:
        room = make_workshop(people=2)
        write(remove, who=LEADER, participant_id=room.people[0])
        write(leave, participant_id=room.people[1])

        for token in (*room.phones, new_token()):
            with pytest.raises(NotAdmitted):
                write(add_voice, code=room.code, phone_token=token)

    def test_after_the_end_nobody_comes_in(self, database: str) -> None:
        room = make_workshop(people=1)
        write(end_workshop, who=LEADER, workshop_id=room.workshop_id)

        with pytest.raises(WorkshopOver):
            _add(room)

    def test_a_phone_carries_a_tables_worth(self, database: str) -> None:
        room = make_workshop(people=1)
        for place in range(VOICES_LIMIT):
            _add(room, request_id=str(place))

        with pytest.raises(TooManyVoices):
            _add(room, request_id="one more")
        assert _add(room, request_id="0").number == 2

    def test_a_group_of_others_is_refused(self, database: str) -> None:
        other, room = make_workshop(people={"Elsewhere": 1}), make_workshop(people=1)

        with pytest.raises(InvalidValue):
            _add(room, group_id=other.groups["Elsewhere"])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    votes=st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from(["agree", "concern", "objection"])), max_size=25
    )
)
def test_however_voices_on_one_phone_vote_each_counts_once_with_its_last_choice(
    sqlite: str, votes: list[tuple[int, str]]
) -> None:
    room = make_workshop(people=2)
    speakers = [*room.people, *(_add(room).participant_id for _ in range(3))]
    make_people(room, count=5)
    vote = make_round(room, secrecy=Secrecy.ANONYMOUS)
    cast_all(vote, [(person, "agree") for person in room.people[2:]])

    for place, choice in votes:
        cast(vote, speakers[place], choice)
    close_and_reveal(vote)

    last = dict(votes)
    expected = [*last.values(), *["agree"] * 5]
    with reading() as session:
        result = read_round(session, vote.round_id).items[0].result
    assert result is not None and result.numbers is not None
    assert result.numbers.counts == {
        choice: expected.count(choice) for choice in ("agree", "concern", "objection")
    }
