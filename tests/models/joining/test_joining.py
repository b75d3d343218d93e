"""One person, one voice: joining, leaving, the door, and personal codes."""

import pytest

from models.alliance.groups import read_groups
from models.basics.errors import (
    DoorShut,
    InvalidValue,
    NotAdmitted,
    NotFound,
    NotYours,
    PersonalCodeNeeded,
    PersonalCodeUnknown,
    WorkshopOver,
)
from models.basics.keys import new_token
from models.basics.words import Door
from models.joining.joining import PhoneView, join, join_as_partner, read_phone
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Bubble, Participant, PhoneParticipant
from models.workshop import participant
from models.workshop.participant import (
    admit,
    change_group,
    come_back,
    leave,
    lower_hand,
    make_personal_codes,
    raise_hand,
    record_first_step,
    remove,
)
from models.workshop.people import ParticipantRow, first_steps, list_participants, people_here
from models.workshop.workshop import change_workshop, end_workshop, set_door
from tests.builders import HELD_ON, LEADER, Room, make_alliance, make_people, make_workshop, post_all, rows_of


def _participants(room: Room) -> list[ParticipantRow]:
    with reading() as session:
        return list_participants(session, room.workshop_id)


def _phone(room: Room, token: str) -> PhoneView:
    with reading() as session:
        found = read_phone(session, room.code, token)
    assert found is not None
    return found


def _require_personal_codes(room: Room) -> None:
    write(
        change_workshop,
        who=LEADER,
        workshop_id=room.workshop_id,
        venue="",
        held_on=HELD_ON,
        next_meeting_on=None,
        needs_personal_code=True,
    )


def test_joining_makes_a_numbered_participant_who_is_in(database: str) -> None:
    room = make_workshop()

    first = write(
        join, code=room.code, phone_token=new_token(), name=" Zoë ", group_id=room.groups["Residents"]
    )
    second = write(join, code=room.code.lower(), phone_token=new_token(), name="", group_id=None)

    assert (first.number, first.is_admitted) == (1, True)
    assert (second.number, second.is_admitted) == (2, True)
    assert [(row.name, row.group, row.source) for row in _participants(room)] == [
        ("Zoë", "Residents", "phone"),
        (None, None, "phone"),
    ]


@pytest.mark.both_databases
def test_joining_twice_is_the_same_participant_with_the_newer_answers(database: str) -> None:
    room = make_workshop()
    token = new_token()
    first = write(join, code=room.code, phone_token=token, name=None, group_id=None)

    again = write(join, code=room.code, phone_token=token, name="Oğuz", group_id=room.groups["Communities"])

    assert again == first
    assert [(row.number, row.name, row.group) for row in _participants(room)] == [(1, "Oğuz", "Communities")]


@pytest.mark.both_databases
def test_joining_at_the_same_moment_gives_everybody_a_number_of_their_own(database: str) -> None:
    room = make_workshop()
    calls = [
        (join, {"code": room.code, "phone_token": new_token(), "name": None, "group_id": None})
        for _ in range(60)
    ]

    joined = post_all(calls)

    assert sorted(one.number for one in joined) == list(range(1, 61))
    assert len({row.personal_code for row in _participants(room)}) == 60


@pytest.mark.both_databases
def test_a_hundred_times_the_same_join_is_one_participant(database: str) -> None:
    room = make_workshop()
    call = (join, {"code": room.code, "phone_token": new_token(), "name": "Ada", "group_id": None})

    joined = post_all([call] * 100)

    assert {one.participant_id for one in joined} == {joined[0].participant_id}
    assert len(_participants(room)) == 1


def test_a_number_is_never_given_again(database: str) -> None:
    room = make_workshop(people=3)
    write(leave, participant_id=room.people[2])

    make_people(room, count=1)

    assert [row.number for row in _participants(room)] == [1, 2, 3, 4]


def test_a_phone_of_another_workshop_does_not_join_with_the_same_token(database: str) -> None:
    room, other = make_workshop(people=1), make_workshop()

    with pytest.raises(NotYours):
        write(join, code=other.code, phone_token=room.phones[0], name=None, group_id=None)


def test_a_personal_code_that_is_taken_is_drawn_again(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop()
    codes = iter(["AAAAAAAA", "AAAAAAAA", "CCCCCCCC"])
    monkeypatch.setattr(participant, "new_personal_code", lambda: next(codes))

    make_people(room, count=2)

    assert [row.personal_code for row in _participants(room)] == ["AAAAAAAA", "CCCCCCCC"]


def test_an_unknown_code_is_told(database: str) -> None:
    with pytest.raises(NotFound) as refused:
        write(join, code="AAAAA", phone_token=new_token(), name=None, group_id=None)

    assert refused.value.what == "workshop"
    with reading() as session:
        assert read_phone(session, "AAAAA", None) is None


def test_a_group_of_another_alliance_is_refused_and_nobody_joined(database: str) -> None:
    room, other = make_workshop(), make_alliance(groups=["Elsewhere"])

    with pytest.raises(InvalidValue) as refused:
        write(join, code=room.code, phone_token=new_token(), name=None, group_id=other.groups["Elsewhere"])

    assert refused.value.field == "group"
    assert _participants(room) == []


@pytest.mark.both_databases
def test_bubbles_are_kept_apart_from_the_group_that_one_votes_for(database: str) -> None:
    room = make_workshop()
    residents, communities = room.groups["Residents"], room.groups["Communities"]
    token = new_token()

    write(
        join,
        code=room.code,
        phone_token=token,
        name=None,
        group_id=residents,
        bubbles=[communities, residents, communities],
    )
    assert [row["group_id"] for row in rows_of(Bubble)] == [communities]

    write(join, code=room.code, phone_token=token, name=None, group_id=communities, bubbles=[])
    assert rows_of(Bubble) == []


def test_a_phone_knows_whose_it_is(database: str) -> None:
    room = make_workshop(people=2)

    mine = _phone(room, room.phones[1])
    unknown = _phone(room, new_token())

    assert mine.participant is not None
    assert (mine.participant.id, mine.is_admitted, mine.people) == (room.people[1], True, 2)
    assert (mine.workshop.code, mine.alliance.name, mine.partner) == (room.code, "Together", None)
    assert (unknown.participant, unknown.is_admitted) == (None, False)


class TestTheDoor:
    @pytest.mark.both_databases
    def test_who_is_asked_for_waits_until_the_facilitator_lets_in(self, database: str) -> None:
        room = make_workshop()
        write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.ASKS)
        token = new_token()

        joined = write(join, code=room.code, phone_token=token, name=None, group_id=None)

        assert joined.is_admitted is False
        with reading() as session:
            people = people_here(session, room.workshop_id)
        assert (people.total, people.waiting) == (0, 1)
        write(admit, who=LEADER, participant_ids=[joined.participant_id])
        assert _phone(room, token).is_admitted is True

    def test_a_shut_door_keeps_new_people_out_and_lets_others_come_back(self, database: str) -> None:
        room = make_workshop(people=1)
        write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.SHUT)

        with pytest.raises(DoorShut):
            write(join, code=room.code, phone_token=new_token(), name=None, group_id=None)
        again = write(join, code=room.code, phone_token=room.phones[0], name="Ada", group_id=None)

        assert (again.participant_id, again.is_admitted) == (room.people[0], True)
        assert len(_participants(room)) == 1

    def test_a_door_is_open_asks_or_is_shut(self, database: str) -> None:
        room = make_workshop()

        with pytest.raises(InvalidValue):
            write(set_door, who=LEADER, workshop_id=room.workshop_id, door="ajar")

    def test_nobody_joins_a_workshop_that_is_over(self, database: str) -> None:
        room = make_workshop(people=1, partners=["Selam"])
        write(end_workshop, who=LEADER, workshop_id=room.workshop_id)

        with pytest.raises(WorkshopOver):
            write(join, code=room.code, phone_token=new_token(), name=None, group_id=None)
        with pytest.raises(WorkshopOver):
            write(join_as_partner, partner_id=room.partners["Selam"], code=room.code, phone_token=new_token())

    def test_who_was_removed_stays_out_until_let_in_again(self, database: str) -> None:
        room = make_workshop(people=2)
        write(remove, who=LEADER, participant_id=room.people[0])

        assert _phone(room, room.phones[0]).is_admitted is False
        again = write(join, code=room.code, phone_token=room.phones[0], name=None, group_id=None)
        assert again.is_admitted is False
        with pytest.raises(NotAdmitted):
            write(come_back, participant_id=room.people[0])
        with pytest.raises(NotAdmitted):
            write(raise_hand, participant_id=room.people[0], on=True)

        write(admit, who=LEADER, participant_ids=[room.people[0]])
        assert _phone(room, room.phones[0]).is_admitted is True


class TestPersonalCodes:
    def test_a_code_counts_as_present_once_it_is_used(self, database: str) -> None:
        room = make_workshop()
        residents = room.groups["Residents"]

        codes = write(
            make_personal_codes, who=LEADER, workshop_id=room.workshop_id, count=3, group_id=residents
        )

        assert len(set(codes)) == 3
        with reading() as session:
            assert people_here(session, room.workshop_id).total == 0
        typed = f" {codes[1][:4].lower()} {codes[1][4:]} "
        joined = write(
            join, code=room.code, phone_token=new_token(), name=None, group_id=residents, personal_code=typed
        )
        assert joined.number == 2
        with reading() as session:
            people = people_here(session, room.workshop_id)
        assert [(group.name, group.count) for group in people.groups] == [
            ("Residents", 1),
            ("Communities", 0),
        ]

    def test_one_code_is_one_participant_on_the_phone_that_came_last(self, database: str) -> None:
        room = make_workshop(people=1)
        code = _participants(room)[0].personal_code
        second = new_token()

        joined = write(
            join, code=room.code, phone_token=second, name="somebody else", group_id=None, personal_code=code
        )

        assert joined.participant_id == room.people[0]
        assert len(_participants(room)) == 1
        assert _participants(room)[0].name is None
        mine = _phone(room, second).participant
        assert mine is not None and mine.id == room.people[0]
        assert _phone(room, room.phones[0]).participant is None

    def test_without_a_code_one_cannot_enter_where_one_is_needed(self, database: str) -> None:
        room = make_workshop()
        _require_personal_codes(room)
        (code,) = write(make_personal_codes, who=LEADER, workshop_id=room.workshop_id, count=1)

        with pytest.raises(PersonalCodeNeeded):
            write(join, code=room.code, phone_token=new_token(), name=None, group_id=None)
        with pytest.raises(PersonalCodeUnknown):
            write(
                join,
                code=room.code,
                phone_token=new_token(),
                name=None,
                group_id=None,
                personal_code="AAAA3333",
            )
        assert write(
            join, code=room.code, phone_token=new_token(), name=None, group_id=None, personal_code=code
        ).is_admitted

    def test_a_code_is_valid_in_its_own_workshop_only(self, database: str) -> None:
        room, other = make_workshop(people=1), make_workshop()
        code = _participants(room)[0].personal_code

        with pytest.raises(PersonalCodeUnknown):
            write(
                join, code=other.code, phone_token=new_token(), name=None, group_id=None, personal_code=code
            )

    @pytest.mark.both_databases
    def test_a_phone_has_one_own_participant_whatever_codes_were_typed(self, database: str) -> None:
        room = make_workshop(people=2)
        first, second = (row.personal_code for row in _participants(room))
        token = room.phones[0]

        for code in (second, first, second, first):
            write(join, code=room.code, phone_token=token, name=None, group_id=None, personal_code=code)

        links = rows_of(PhoneParticipant)
        phone_id = next(
            row["phone_id"] for row in links if [one["phone_id"] for one in links].count(row["phone_id"]) > 1
        )
        own = [row["participant_id"] for row in links if row["is_own"] and row["phone_id"] == phone_id]
        assert own == [room.people[0]]

    @pytest.mark.parametrize("count", [0, -1, 1001])
    def test_a_sensible_number_of_codes_is_made_at_once(self, database: str, count: int) -> None:
        room = make_workshop()

        with pytest.raises(InvalidValue):
            write(make_personal_codes, who=LEADER, workshop_id=room.workshop_id, count=count)


class TestPartnersInTheRoom:
    def test_a_partner_is_the_same_participant_on_every_phone(self, database: str) -> None:
        room = make_workshop(partners=["Selam"])
        phones = [new_token(), new_token()]

        joined = [
            write(join_as_partner, partner_id=room.partners["Selam"], code=room.code, phone_token=phone)
            for phone in phones
        ]

        assert joined[0] == joined[1]
        assert [row.partner for row in _participants(room)] == ["Selam"]
        view = _phone(room, phones[1])
        assert view.partner is not None
        assert view.partner.name == "Selam"

    def test_a_phone_that_had_joined_before_does_not_become_a_second_voice(self, database: str) -> None:
        room = make_workshop(people=1, partners=["Selam"])

        joined = write(
            join_as_partner, partner_id=room.partners["Selam"], code=room.code, phone_token=room.phones[0]
        )

        assert joined.participant_id == room.people[0]
        assert len(_participants(room)) == 1

    def test_an_invited_partner_is_not_held_at_the_door(self, database: str) -> None:
        room = make_workshop(partners=["Selam"])
        write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.ASKS)

        assert write(
            join_as_partner, partner_id=room.partners["Selam"], code=room.code, phone_token=new_token()
        ).is_admitted

    def test_a_partner_who_was_removed_stays_out_until_let_in_again(self, database: str) -> None:
        room = make_workshop(partners=["Selam"])
        call = {"partner_id": room.partners["Selam"], "code": room.code, "phone_token": new_token()}
        joined = write(join_as_partner, **call)
        write(remove, who=LEADER, participant_id=joined.participant_id)

        again = write(join_as_partner, **call)

        assert (again.participant_id, again.is_admitted) == (joined.participant_id, False)
        write(admit, who=LEADER, participant_ids=[joined.participant_id])
        assert write(join_as_partner, **call).is_admitted is True

    def test_a_partner_of_another_alliance_does_not_join_here(self, database: str) -> None:
        room, other = make_workshop(), make_workshop(partners=["Selam"])

        with pytest.raises(NotFound):
            write(
                join_as_partner, partner_id=other.partners["Selam"], code=room.code, phone_token=new_token()
            )


def test_people_are_counted_per_group_and_without_one(database: str) -> None:
    room = make_workshop(people={"Residents": 3, "Communities": 2, None: 1})
    write(leave, participant_id=room.people[0])

    with reading() as session:
        people = people_here(session, room.workshop_id)

    assert people.total == 5
    assert [(group.name, group.count) for group in people.groups] == [("Residents", 2), ("Communities", 2)]
    assert (people.without_group, people.waiting, people.by_source) == (1, 0, {"phone": 5})


@pytest.mark.both_databases
def test_who_left_may_come_back(database: str) -> None:
    room = make_workshop(people=1)
    write(raise_hand, participant_id=room.people[0], on=True)

    write(leave, participant_id=room.people[0])
    assert _phone(room, room.phones[0]).is_admitted is False
    assert _participants(room)[0].hand_raised_at is None
    with pytest.raises(NotAdmitted):
        write(change_group, participant_id=room.people[0], group_id=None)

    write(come_back, participant_id=room.people[0])
    assert _phone(room, room.phones[0]).is_admitted is True


def test_a_group_can_be_changed_for_one_of_the_same_alliance(database: str) -> None:
    room, other = (
        make_workshop(people={"Residents": 1, "Communities": 0}),
        make_alliance(groups=["Elsewhere"]),
    )

    write(change_group, participant_id=room.people[0], group_id=room.groups["Communities"])
    assert _participants(room)[0].group == "Communities"
    write(change_group, participant_id=room.people[0], group_id=None)
    assert _participants(room)[0].group is None
    with pytest.raises(InvalidValue):
        write(change_group, participant_id=room.people[0], group_id=other.groups["Elsewhere"])


def test_a_hand_is_raised_once_and_lowered_by_either(database: str) -> None:
    room = make_workshop(people=1)

    write(raise_hand, participant_id=room.people[0], on=True)
    raised_at = _participants(room)[0].hand_raised_at
    write(raise_hand, participant_id=room.people[0], on=True)
    assert raised_at is not None
    assert _participants(room)[0].hand_raised_at == raised_at

    write(lower_hand, who=LEADER, participant_id=room.people[0])
    assert _participants(room)[0].hand_raised_at is None
    write(raise_hand, participant_id=room.people[0], on=True)
    write(raise_hand, participant_id=room.people[0], on=False)
    assert _participants(room)[0].hand_raised_at is None


def test_a_first_step_counts_once_per_person(database: str) -> None:
    room = make_workshop(people=3)

    for person in (room.people[0], room.people[0], room.people[2]):
        write(record_first_step, participant_id=person)

    with reading() as session:
        assert first_steps(session, room.workshop_id) == 2


@pytest.mark.parametrize(
    "action", [leave, come_back, record_first_step], ids=["leave", "come back", "first step"]
)
def test_nobody_can_act_for_a_participant_who_does_not_exist(database: str, action: object) -> None:
    with pytest.raises(NotFound):
        write(action, participant_id=4711)  # type: ignore[arg-type]


def test_groups_keep_the_order_in_which_they_were_named(database: str) -> None:
    room = make_alliance(groups=["Zwanen", "Aalscholvers", "Meeuwen"])

    with reading() as session:
        assert [group.name for group in read_groups(session, room.alliance_id)] == [
            "Zwanen",
            "Aalscholvers",
            "Meeuwen",
        ]


def test_a_badge_keeps_its_group_where_none_is_chosen(database: str) -> None:
    room = make_workshop(people={"Residents": 1, "Communities": 1})
    write(
        make_personal_codes,
        who=LEADER,
        workshop_id=room.workshop_id,
        count=1,
        group_id=room.groups["Residents"],
    )
    badge = rows_of(Participant)[-1]

    write(join, code=room.code, phone_token=new_token(), personal_code=badge["personal_code"])

    assert badge["group_id"] == room.groups["Residents"]
    assert rows_of(Participant)[-1]["group_id"] == room.groups["Residents"]
