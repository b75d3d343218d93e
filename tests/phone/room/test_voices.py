"""Voting for somebody else on this phone: a clear switch, one vote each, and nobody else's phone in reach."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from models.basics.words import Door, Secrecy, Step
from models.joining.voice import VOICES_LIMIT
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Participant
from models.voting.round_views import ballots_of, read_round
from models.workshop.participant import change_group, make_personal_codes
from models.workshop.workshop import set_door
from tests.builders import (
    LEADER,
    Room,
    Vote,
    close,
    make_people,
    make_round,
    make_workshop,
    rows_of,
    take_room,
)
from tests.phone.conftest import JSON, hold, open_phone

pytestmark = pytest.mark.both_databases


def _add(client: TestClient, room: Room, **fields: str) -> int:
    answer = client.post(f"/p/{room.code}/voices", data=fields, headers=JSON)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["voice"])


def _vote(client: TestClient, room: Room, vote: Vote, choice: str, **fields: str) -> object:
    return client.post(
        f"/p/{room.code}/ballots",
        data={"round": str(vote.round_id), "item": str(vote.items[0]), "choice": choice, **fields},
        headers=JSON,
    )


def _id_of(number: int) -> int:
    return next(int(row["id"]) for row in rows_of(Participant) if row["number"] == number)


def _choice(vote: Vote, number: int) -> str | None:
    with reading() as session:
        found = ballots_of(session, vote.round_id, _id_of(number))
    return found[vote.items[0]].choice if found else None


def _chosen_link(page: str) -> str:
    (name,) = re.findall(r'aria-current="true"><span><b data-name>([^<]*)</b>', page)
    return unescape(name)


def test_a_person_is_added_and_voted_for_with_plain_forms(client: TestClient) -> None:
    room = make_workshop(people=6)
    vote = make_round(room)
    hold(client, room)
    page = client.get(f"/p/{room.code}").text
    assert "Vote for somebody else on this phone" in page
    request_id = re.findall(r'name="request_id" value="(\w+)"', page)[0]

    added = client.post(
        f"/p/{room.code}/voices",
        data={
            "name": "Fatma",
            "group": "",
            "request_id": request_id,
            "round": str(vote.round_id),
            "from": "vote",
        },
    )
    assert added.status_code == 303
    there = client.get(added.headers["location"])
    assert _chosen_link(there.text) == "Fatma"
    voted = client.post(
        f"/p/{room.code}/ballots",
        data={"round": str(vote.round_id), "item": str(vote.items[0]), "choice": "concern", "voice": "7"},
    )

    assert voted.headers["location"] == f"/p/{room.code}?voice=7&round={vote.round_id}#item-{vote.items[0]}"
    after = client.get(voted.headers["location"]).text
    assert 'data-choice="concern" data-state="stored"' in after
    own = client.get(f"/p/{room.code}").text
    assert _chosen_link(own) == "Yourself"
    assert 'data-choice="" data-state=""' in own
    assert (_choice(vote, 7), _choice(vote, 1)) == ("concern", None)


def test_a_second_tap_on_the_form_adds_nobody(client: TestClient) -> None:
    room = make_workshop(people=2)
    hold(client, room)

    assert _add(client, room, request_id="a") == _add(client, room, request_id="a") == 3
    assert len(rows_of(Participant)) == 3


def test_the_answer_and_the_state_name_the_voice(client: TestClient) -> None:
    room = make_workshop(people=6)
    hold(client, room)
    number = _add(client, room, name="Fatma")
    vote = make_round(room)

    stored = _vote(client, room, vote, "objection", voice=str(number), sequence="4", request_id="r")
    _vote(client, room, vote, "agree")
    state = client.get(f"/p/{room.code}/state").json()

    assert stored.json() == {  # type: ignore[attr-defined]
        "round": vote.round_id,
        "item": vote.items[0],
        "choice": "objection",
        "sequence": 4,
        "reason": None,
        "voice": number,
    }
    assert state["voices"] == [
        {
            "voice": number,
            "name": "Fatma",
            "admitted": True,
            "items": [{"id": vote.items[0], "choice": "objection", "sequence": 4}],
        }
    ]
    assert state["round"]["items"][0]["choice"] == "agree"


def test_the_outcome_says_by_what_people_voted(client: TestClient) -> None:
    room = make_workshop(people=6)
    hold(client, room)
    number = _add(client, room, name="Fatma")
    vote = make_round(room)

    _vote(client, room, vote, "agree", voice=str(number))
    _vote(client, room, vote, "agree")
    close(vote)

    with reading() as session:
        assert read_round(session, vote.round_id).sources == {"phone": 1, "shared": 1}


def test_who_raises_the_hand_for_a_voice_comes_back_to_that_voice(client: TestClient) -> None:
    room = make_workshop(people=6)
    hold(client, room)
    number = _add(client, room, name="Fatma")
    vote = make_round(room)
    address = f"/p/{room.code}?voice={number}&round={vote.round_id}"
    [form] = re.findall(r'<form[^>]*/hand".*?</form>', client.get(address).text)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))

    answer = client.post(f"/p/{room.code}/hand", data=fields)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(address)


def test_a_retry_for_a_voice_changes_nothing(client: TestClient) -> None:
    room = make_workshop(people=2)
    hold(client, room)
    number = str(_add(client, room))
    vote = make_round(room)

    for choice, sequence, request_id in (("agree", "1", "a"), ("concern", "2", "b"), ("agree", "1", "a")):
        _vote(client, room, vote, choice, voice=number, sequence=sequence, request_id=request_id)

    assert _choice(vote, 3) == "concern"


class TestNobodyElses:
    @pytest.mark.parametrize("secrecy", list(Secrecy))
    @pytest.mark.parametrize("voice", ["2", "3", "99"])
    def test_a_voice_of_another_phone_is_refused_and_untouched(
        self, client: TestClient, secrecy: Secrecy, voice: str
    ) -> None:
        room = make_workshop(people=2)
        with open_phone() as other:
            hold(other, room, 1)
            assert _add(other, room) == 3
            vote = make_round(room, secrecy=secrecy)
            _vote(other, room, vote, "agree")
            _vote(other, room, vote, "agree", voice="3")
        hold(client, room)

        refused = _vote(client, room, vote, "objection", voice=voice)

        assert refused.status_code == 403  # type: ignore[attr-defined]
        assert "choice" not in refused.json()  # type: ignore[attr-defined]
        assert (_choice(vote, 2), _choice(vote, 3)) == ("agree", "agree")
        assert client.get(f"/p/{room.code}/state").json()["voices"] == []

    def test_the_page_of_another_phones_voice_is_the_own_page(self, client: TestClient) -> None:
        room = make_workshop(people=2)
        with open_phone() as other:
            hold(other, room, 1)
            _add(other, room, name="Fatma")
            vote = make_round(room)
            _vote(other, room, vote, "objection", voice="3", reason="Te duur.")
        hold(client, room)

        page = client.get(f"/p/{room.code}?voice=3&round={vote.round_id}").text

        assert "Fatma" not in page
        assert "Te duur." not in page
        assert 'data-voice=""' in page

    def test_another_phones_voice_cannot_be_sent_home(self, client: TestClient) -> None:
        room = make_workshop(people=2)
        with open_phone() as other:
            hold(other, room, 1)
            _add(other, room)
        hold(client, room)

        for path in ("leave", "group"):
            assert client.post(f"/p/{room.code}/{path}", data={"voice": "3"}, headers=JSON).status_code == 403
        assert [row["left_at"] for row in rows_of(Participant)] == [None, None, None]

    def test_a_phone_that_left_speaks_for_nobody(self, client: TestClient) -> None:
        room = make_workshop(people=2)
        hold(client, room)
        number = str(_add(client, room))
        vote = make_round(room)
        client.post(f"/p/{room.code}/leave")

        refused = _vote(client, room, vote, "agree", voice=number)

        assert refused.status_code == 403  # type: ignore[attr-defined]
        left = client.get(f"/p/{room.code}").text
        assert "This phone also votes for" in left


def test_a_round_begins_with_the_phones_own_voice(client: TestClient) -> None:
    room = make_workshop(people=2)
    hold(client, room)
    _add(client, room, name="Fatma")
    first = make_round(room)
    address = f"/p/{room.code}?voice=3&round={first.round_id}"
    assert _chosen_link(client.get(address).text) == "Fatma"

    close(first)
    make_round(room)

    assert _chosen_link(client.get(address).text) == "Yourself"


def test_each_voice_reads_whether_its_group_counts_with_others(client: TestClient) -> None:
    room = make_workshop(people={"Residents": 6, "Communities": 6})
    hold(client, room)
    vote = make_round(room)
    _add(client, room, group=str(room.groups["Communities"]))
    _add(client, room)

    page = client.get(f"/p/{room.code}?voice=14&round={vote.round_id}").text

    assert re.findall(r'data-voice="(\d*)" data-votes="[^"]*"( data-other="1")?', page) == [
        ("", ""),
        ("13", ""),
        ("14", ' data-other="1"'),
    ]
    assert "<li data-small-groups>" in page
    assert "<li data-small-groups hidden>" in client.get(f"/p/{room.code}").text


def test_a_voice_goes_home_and_comes_back(client: TestClient) -> None:
    room = make_workshop(people=2)
    hold(client, room)
    number = str(_add(client, room, name="Fatma"))
    vote = make_round(room)

    client.post(f"/p/{room.code}/leave", data={"voice": number})
    refused = _vote(client, room, vote, "agree", voice=number)
    page = client.get(f"/p/{room.code}").text
    assert refused.status_code == 403  # type: ignore[attr-defined]
    assert "Fatma left. What was voted counts." in page
    client.post(f"/p/{room.code}/leave", data={"voice": number, "back": "1"})

    assert _vote(client, room, vote, "agree", voice=number).status_code == 200  # type: ignore[attr-defined]
    with reading() as session:
        assert read_round(session, vote.round_id).electorate == 3


def test_a_form_that_was_refused_keeps_what_was_typed(client: TestClient) -> None:
    room = make_workshop(people=1)
    hold(client, room)
    make_round(room)

    refused = client.post(
        f"/p/{room.code}/voices", data={"name": "<b>Fatma</b>", "personal_code": "aaaa3333", "from": "vote"}
    )

    assert refused.status_code == 404
    assert "We do not know this personal code." in refused.text
    assert 'value="&lt;b&gt;Fatma&lt;/b&gt;"' in refused.text
    assert 'value="aaaa3333"' in refused.text
    assert '<details class="act" id="somebody" open>' in refused.text


def test_wrong_codes_are_counted_as_at_the_door(client: TestClient) -> None:
    room = make_workshop(people=1)
    hold(client, room)

    statuses = [
        client.post(f"/p/{room.code}/voices", data={"personal_code": "AAAA3333"}, headers=JSON).status_code
        for _ in range(12)
    ]

    assert statuses[0] == 404
    assert statuses[-1] == 429


def test_a_badge_without_a_phone_is_that_participant(client: TestClient) -> None:
    room = make_workshop(people=1)
    (code,) = write(make_personal_codes, who=LEADER, workshop_id=room.workshop_id, count=1)
    hold(client, room)

    assert _add(client, room, personal_code=code.lower()) == 2
    assert len(rows_of(Participant)) == 2


def test_a_phone_carries_so_many_and_no_more(client: TestClient) -> None:
    room = make_workshop(people=1)
    hold(client, room)
    for place in range(VOICES_LIMIT):
        _add(client, room, request_id=str(place))

    refused = client.post(f"/p/{room.code}/voices", headers=JSON)

    assert refused.status_code == 409
    assert refused.json()["error"] == "too_many_voices"


def test_where_the_door_asks_a_voice_waits_and_the_page_says_so(client: TestClient) -> None:
    room = make_workshop(people=1)
    hold(client, room)
    make_round(room)
    write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.ASKS)

    answer = client.post(f"/p/{room.code}/voices", data={"name": "Fatma"}, headers=JSON)

    assert answer.json() == {"voice": 2, "admitted": False}
    assert "Fatma waits until the facilitator lets them in." in client.get(f"/p/{room.code}").text


class TestWhoComesLateOrChangesGroup:
    def test_who_comes_during_a_round_reads_that_the_vote_counts(self, client: TestClient) -> None:
        room = make_workshop(people=6)
        make_round(room)
        make_people(room, count=1)

        hold(client, room, 6)
        assert "The round is on already. Your vote counts in full." in client.get(f"/p/{room.code}").text
        hold(client, room, 0)
        assert "The round is on already." not in client.get(f"/p/{room.code}").text

    def test_who_comes_after_the_close_reads_that_the_next_round_is_theirs(self, client: TestClient) -> None:
        room = make_workshop(people=6)
        close(make_round(room))
        make_people(room, count=1)

        hold(client, room, 6)
        assert "You came in after this round." in client.get(f"/p/{room.code}").text
        hold(client, room, 0)
        assert "You came in after this round." not in client.get(f"/p/{room.code}").text

    def test_who_changes_group_reads_where_the_vote_counts_in_this_round(self, client: TestClient) -> None:
        room = make_workshop(people={"Residents": 6, "Communities": 6})
        make_round(room)
        hold(client, room)
        assert "You chose another group." not in client.get(f"/p/{room.code}").text

        write(change_group, participant_id=room.people[0], group_id=room.groups["Communities"])

        page = client.get(f"/p/{room.code}").text
        assert "In this round the vote still counts for: Residents." in page


def test_before_a_round_the_phone_names_who_else_votes_on_it(client: TestClient) -> None:
    room = make_workshop(people=1)
    hold(client, room)
    _add(client, room, name="Fatma")

    welcome = client.get(f"/p/{room.code}").text
    take_room(room, Step.VOTE)
    waiting = client.get(f"/p/{room.code}").text

    for page in (welcome, waiting):
        assert "This phone also votes for" in page
        assert "Fatma" in page


def test_the_preview_asks_nobody_to_add_a_person(client: TestClient, passphrase: str) -> None:
    room = make_workshop(people=1)
    make_round(room)
    client.post("/sign-in", data={"passphrase": passphrase, "name": "Iris"})

    page = client.get(f"/p/{room.code}/preview").text

    assert 'id="somebody"' not in page
