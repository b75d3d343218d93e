"""A phone at the next evening of a series: the code of an earlier one, and what it says without."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from models.basics.keys import new_token
from models.basics.words import Step
from models.encounters.rounds import begin_round
from models.joining.joining import join
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Participant, SeriesPerson
from models.workshop.workshop import end_workshop, take_room_to
from phone.serving.cookies import phone_cookie
from phone.serving.limits import FREE_TRIES
from tests.builders import LEADER, Room, rows_of
from tests.builders.evening import divide, make_evening, make_next_evening
from tests.phone.conftest import JSON, hold, open_phone

HEAVIEST = 25_000
LOOKS_AT_ONCE = 20


@pytest.fixture
def evenings(sqlite: str, fresh_limits: None) -> tuple[Room, Room]:
    """Return an evening that was, and the next one of its series."""
    first = make_evening(8, table_size=4, rounds=1)
    second = make_next_evening(first)
    divide(first)
    write(begin_round, who=LEADER, workshop_id=first.workshop_id, number=1)
    return first, second


def _text(phone: TestClient, path: str) -> str:
    answer = phone.get(path)
    assert answer.status_code == 200, path
    assert len(answer.content) < HEAVIEST
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def _code(person: int) -> str:
    with reading() as session:
        return session.get_one(Participant, person).personal_code


def test_the_page_at_the_door_asks_for_the_code_of_then_and_says_what_happens_without(
    evenings: tuple[Room, Room],
) -> None:
    first, second = evenings
    with open_phone() as phone:
        told, before = _text(phone, f"/j/{second.code}"), _text(phone, f"/j/{first.code}")

    assert "Were you at an earlier evening?" in told
    assert "Without a code your meetings begin anew." in told
    assert "Were you here before?" in before and "earlier evening" not in before


def test_who_comes_with_the_code_of_then_is_in_at_once_with_the_name_of_then(
    evenings: tuple[Room, Room],
) -> None:
    first, second = evenings
    with open_phone() as phone:
        phone.get(f"/j/{second.code}")
        typed = f"{_code(first.people[2])[:4]}-{_code(first.people[2])[4:]}".lower()
        answer = phone.post(f"/j/{second.code}", data={"personal_code": typed, "form": "1"})
        room = _text(phone, f"/p/{second.code}")
        mine = _text(phone, f"/p/{second.code}/mine")
        again = phone.get(f"/j/{second.code}/{_code(first.people[2])}")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/p/{second.code}")
    assert "You are in" in room and "Were you at an earlier evening?" not in room
    assert "By your code you are the same person as on 14 March 2027." in mine
    # The card with the code of then leads on, and asks nothing.
    assert (again.status_code, again.headers["location"]) == (303, f"/p/{second.code}")


def test_who_joined_without_a_code_types_it_in_the_room_and_stays_who_they_are(
    evenings: tuple[Room, Room],
) -> None:
    first, second = evenings
    with open_phone() as phone:
        phone.get(f"/j/{second.code}")
        phone.post(f"/j/{second.code}", data={"group": "", "name": "Zoë", "form": "1"})
        asked = _text(phone, f"/p/{second.code}")
        wrong = phone.post(f"/j/{second.code}", data={"personal_code": "AAAAAAAA", "form": "1"})
        phone.post(f"/j/{second.code}", data={"personal_code": _code(first.people[0]), "form": "1"})
        after = _text(phone, f"/p/{second.code}")
        kept = phone.get(f"/p/{second.code}/mine.json").json()

    assert "Were you at an earlier evening?" in asked
    assert wrong.status_code == 404
    assert "Were you at an earlier evening?" not in after
    assert (kept["person"]["number"], kept["person"]["name"]) == (1, "Zoë")
    assert kept["series"] == {"theme": "Thuis in Merenveld", "other_evenings": ["2027-03-14"]}
    assert kept["seen_by"]["series"] == "only computed with"


def test_at_the_end_a_phone_says_with_which_code_one_comes_again_and_when_it_is_erased(
    evenings: tuple[Room, Room],
) -> None:
    first, _ = evenings
    alone = make_evening(4)
    pages = []
    for room in (first, alone):
        write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.END)
        with open_phone() as phone:
            hold(phone, room, 0)
            pages.append(_text(phone, f"/p/{room.code}"))
            write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
            pages.append(_text(phone, f"/p/{room.code}"))

    ending, over, ending_alone, over_alone = pages
    code = f"Keep your code for the next evening: {_code(first.people[0])}"
    assert code in ending and code in over
    assert "30 days after the last evening of the series, and 12 months after this one at the latest" in over
    assert "We meet again on Sunday, 11 April 2027" in over
    assert "next evening" not in ending_alone + over_alone
    assert "is erased 30 days after the meeting" in over_alone


def test_codes_of_earlier_evenings_are_guessed_no_faster_than_others(evenings: tuple[Room, Room]) -> None:
    first, second = evenings
    with open_phone() as phone:
        errors = [
            phone.post(f"/j/{second.code}", data={"personal_code": f"AAAA{turn:04d}"}, headers=JSON).json()[
                "error"
            ]
            for turn in range(FREE_TRIES + LOOKS_AT_ONCE + 20)
        ]
        unseen = phone.post(f"/j/{second.code}", data={"personal_code": _code(first.people[0])}, headers=JSON)

    assert errors.count("personal_code_unknown") == FREE_TRIES
    assert errors[-1] == "too_many_tries"
    assert unseen.status_code == 429
    assert rows_of(SeriesPerson) == []


def test_a_phone_that_comes_with_the_code_of_somebody_who_is_here_goes_on_as_them(
    evenings: tuple[Room, Room],
) -> None:
    first, second = evenings
    token = new_token()
    write(join, code=second.code, phone_token=token, personal_code=_code(first.people[0]))
    with open_phone() as phone, open_phone() as before:
        before.cookies.set(phone_cookie(second.code), token)
        assert "You are in" in _text(before, f"/p/{second.code}")
        phone.get(f"/j/{second.code}")
        answer = phone.post(f"/j/{second.code}", data={"personal_code": _code(first.people[0])}, headers=JSON)

        # As with any code: where nothing was chosen yet, the phone that came last is theirs.
        assert answer.json() == {"page": f"/p/{second.code}", "number": 1}
        assert before.get(f"/p/{second.code}").status_code == 303
