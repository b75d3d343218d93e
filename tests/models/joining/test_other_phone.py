"""A personal code is short and others see it: it is not enough to read, change or shut out what somebody chose."""

import pytest

from models.basics.errors import InvalidValue, NotAdmitted, NotFound, NotYours
from models.basics.keys import new_token
from models.basics.words import Secrecy
from models.joining.joining import PhoneView, join, join_as_partner, read_phone
from models.joining.other_phone import answer_phone, let_phone_in, phones_asking, stop_asking
from models.joining.voice import Voice, add_voice, voices_of
from models.storage.database import reading
from models.storage.writing import write
from models.tables import PhoneAsking, PhoneParticipant
from models.voting.phone_ballot import PhoneBallot, vote_by_phone
from models.voting.round_views import ballots_of
from models.workshop.participant import make_personal_codes
from models.workshop.people import count_people, list_participants
from tests.builders import LEADER, Room, Vote, close, make_round, make_workshop, rows_of


def _code(room: Room, participant_id: int) -> str:
    with reading() as session:
        people = list_participants(session, room.workshop_id)
    return next(one.personal_code for one in people if one.id == participant_id)


def _view(room: Room, token: str) -> PhoneView:
    with reading() as session:
        found = read_phone(session, room.code, token)
    assert found is not None
    return found


def _own(room: Room, token: str) -> int | None:
    mine = _view(room, token).participant
    return mine.id if mine else None


def _vote(room: Room, vote: Vote, token: str, choice: str = "objection", **more: object) -> None:
    sent = PhoneBallot(
        code=room.code,
        phone_token=token,
        round_id=vote.round_id,
        item_id=vote.items[0],
        choice=choice,
        **more,  # type: ignore[arg-type]
    )
    write(vote_by_phone, ballot=sent)


def _choice(vote: Vote, participant_id: int) -> str | None:
    with reading() as session:
        found = ballots_of(session, vote.round_id, participant_id).get(vote.items[0])
    return found.choice if found else None


def _voices(room: Room, token: str) -> list[Voice]:
    with reading() as session:
        return voices_of(session, _view(room, token).phone_id)


def _asking(room: Room) -> list[int]:
    with reading() as session:
        return [one.participant_id for one in phones_asking(session, room.workshop_id)]


def _come(room: Room, participant_id: int, token: str) -> bool:
    joined = write(join, code=room.code, phone_token=token, personal_code=_code(room, participant_id))
    assert (joined.participant_id, joined.number) == (participant_id, room.people.index(participant_id) + 1)
    return bool(joined.is_waiting)


@pytest.fixture(params=[Secrecy.ANONYMOUS, Secrecy.NAMED])
def secrecy(request: pytest.FixtureRequest) -> Secrecy:
    return Secrecy(request.param)


def test_a_phone_that_chose_nothing_yet_is_replaced_silently(database: str) -> None:
    # As from an app that reads QR codes in a browser of its own, and then from the phone's browser.
    room = make_workshop(people=5)
    make_round(room)
    second = new_token()

    is_waiting = _come(room, room.people[0], second)

    assert (is_waiting, _own(room, second), _own(room, room.phones[0])) == (False, room.people[0], None)
    with reading() as session:
        assert count_people(session, room.workshop_id) == 5


def test_who_knows_a_code_neither_reads_nor_changes_a_choice(database: str, secrecy: Secrecy) -> None:
    room = make_workshop(people=5)
    vote = make_round(room, secrecy=secrecy)
    _vote(room, vote, room.phones[0], reason="Mijn zus Zoë woont daar")
    stranger = new_token()

    is_waiting = _come(room, room.people[0], stranger)

    view = _view(room, stranger)
    assert (is_waiting, view.participant, view.asks_for) == (True, None, room.people[0])
    assert (_own(room, room.phones[0]), _view(room, room.phones[0]).is_asked) == (room.people[0], True)
    with pytest.raises(NotAdmitted):
        _vote(room, vote, stranger, "agree")
    assert _choice(vote, room.people[0]) == "objection"


def test_after_the_close_there_is_nothing_to_read_and_a_code_is_enough(database: str) -> None:
    room = make_workshop(people=5)
    vote = make_round(room)
    _vote(room, vote, room.phones[0])
    close(vote)

    assert _come(room, room.people[0], new_token()) is False


def test_the_first_phone_says_yes_and_both_speak(database: str) -> None:
    room = make_workshop(people=5)
    vote = make_round(room)
    _vote(room, vote, room.phones[0])
    second = new_token()
    _come(room, room.people[0], second)
    asked = _view(room, second).phone_id
    answer = {"code": room.code, "phone_id": asked, "participant_id": room.people[0], "yes": True}

    with pytest.raises(NotAdmitted):
        write(answer_phone, phone_token=room.phones[1], **answer)
    with pytest.raises(NotAdmitted):
        write(answer_phone, phone_token=second, **answer)
    write(answer_phone, phone_token=room.phones[0], **answer)
    write(answer_phone, phone_token=room.phones[0], **answer)

    assert (_own(room, second), _own(room, room.phones[0])) == (room.people[0], room.people[0])
    assert rows_of(PhoneAsking) == []
    _vote(room, vote, second, "agree")
    assert _choice(vote, room.people[0]) == "agree"


def test_the_first_phone_says_no_and_nothing_changed(database: str) -> None:
    room = make_workshop(people=5)
    vote = make_round(room)
    _vote(room, vote, room.phones[0])
    second = new_token()
    _come(room, room.people[0], second)

    write(
        answer_phone,
        code=room.code,
        phone_token=room.phones[0],
        phone_id=_view(room, second).phone_id,
        participant_id=room.people[0],
        yes=False,
    )

    assert (_view(room, second).asks_for, _own(room, second)) == (None, None)
    assert _own(room, room.phones[0]) == room.people[0]


def test_who_leads_lets_a_phone_in_and_the_lost_one_speaks_no_more(database: str) -> None:
    room = make_workshop(people=5)
    vote = make_round(room)
    added = write(add_voice, code=room.code, phone_token=room.phones[0], name="Fatma")
    _vote(room, vote, room.phones[0])
    second = new_token()
    _come(room, room.people[0], second)
    call = {"who": LEADER, "phone_id": _view(room, second).phone_id, "participant_id": room.people[0]}

    write(let_phone_in, **call)

    assert (_own(room, second), _own(room, room.phones[0])) == (room.people[0], None)
    assert [voice.number for voice in _voices(room, second)] == [1, added.number]
    _vote(room, vote, second, "agree", voice=added.number)
    assert (_choice(vote, room.people[0]), _choice(vote, added.participant_id)) == ("objection", "agree")
    with pytest.raises(NotFound):
        write(let_phone_in, **call)


def test_what_a_voice_chose_is_asked_for_too(database: str) -> None:
    room = make_workshop(people=5)
    vote = make_round(room)
    added = write(add_voice, code=room.code, phone_token=room.phones[0], name="Fatma")
    _vote(room, vote, room.phones[0], voice=added.number)

    assert _come(room, room.people[0], new_token()) is True


def test_a_code_typed_for_somebody_else_on_this_phone_asks_as_well(database: str) -> None:
    room = make_workshop(people=5)
    vote = make_round(room)
    _vote(room, vote, room.phones[0])
    call = {"code": room.code, "phone_token": room.phones[1], "personal_code": _code(room, room.people[0])}

    added = write(add_voice, **call)

    assert (added.is_waiting, added.is_admitted, len(_voices(room, room.phones[1]))) == (True, False, 1)
    with pytest.raises(NotYours):
        _vote(room, vote, room.phones[1], "agree", voice=1)
    write(
        let_phone_in,
        who=LEADER,
        phone_id=_view(room, room.phones[1]).phone_id,
        participant_id=room.people[0],
    )
    assert [voice.number for voice in _voices(room, room.phones[1])] == [2, 1]
    assert (_own(room, room.phones[1]), _own(room, room.phones[0])) == (room.people[1], None)


def test_a_partners_page_is_never_opened_by_a_code_alone(database: str) -> None:
    room = make_workshop(partners=["Selam"])
    first = new_token()
    joined = write(join_as_partner, partner_id=room.partners["Selam"], code=room.code, phone_token=first)

    again = write(
        join, code=room.code, phone_token=new_token(), personal_code=_code(room, joined.participant_id)
    )

    assert again.is_waiting
    assert _own(room, first) == joined.participant_id


def test_who_had_a_phone_before_is_no_voice_of_who_has_it_now(database: str) -> None:
    room = make_workshop(people=5)
    vote = make_round(room)
    added = write(add_voice, code=room.code, phone_token=room.phones[0], name="Fatma")
    _vote(room, vote, room.phones[0])
    (badge,) = write(make_personal_codes, who=LEADER, workshop_id=room.workshop_id, count=1)

    write(join, code=room.code, phone_token=room.phones[0], personal_code=badge)

    assert [voice.number for voice in _voices(room, room.phones[0])] == [7]
    for number in (1, added.number):
        with pytest.raises(NotYours):
            _vote(room, vote, room.phones[0], "agree", voice=number)
    # Their own phone asks nobody when they are back.
    assert _come(room, room.people[0], room.phones[0]) is False
    assert [voice.number for voice in _voices(room, room.phones[0])] == [1, added.number]


def test_a_phone_that_asks_no_longer_is_whose_it_was(database: str) -> None:
    room = make_workshop(people=5)
    vote = make_round(room)
    _vote(room, vote, room.phones[0])
    _come(room, room.people[0], room.phones[1])
    assert _view(room, room.phones[1]).asks_for == room.people[0]

    write(stop_asking, code=room.code, phone_token=room.phones[1])

    view = _view(room, room.phones[1])
    assert (view.asks_for, view.participant is not None and view.participant.id) == (None, room.people[1])


def test_no_more_phones_ask_than_one_person_carries(database: str) -> None:
    room = make_workshop(people=5)
    vote = make_round(room)
    _vote(room, vote, room.phones[0])

    tokens = [new_token() for _ in range(6)]
    for token in tokens:
        _come(room, room.people[0], token)
        _come(room, room.people[0], token)

    assert _asking(room) == [room.people[0]] * 3
    assert _view(room, tokens[-1]).asks_for == room.people[0]
    assert len([row for row in rows_of(PhoneParticipant) if row["participant_id"] == room.people[0]]) == 1


@pytest.mark.parametrize("sequence", [1_001, 2_000_000_000, -1, 2**70])
def test_nobody_jumps_ahead_in_the_count_of_a_phones_votes(database: str, sequence: int) -> None:
    room = make_workshop(people=5)
    vote = make_round(room)

    with pytest.raises(InvalidValue):
        _vote(room, vote, room.phones[0], "agree", sequence=sequence)

    _vote(room, vote, room.phones[0], sequence=1_000)
    _vote(room, vote, room.phones[0], "agree", sequence=2_000)
    assert _choice(vote, room.people[0]) == "agree"
