"""Whom one would like to speak again, on the phone: by seats, without a script, and nobody else's page knows of it."""

import io
import re
import zipfile
from html import unescape
from pathlib import Path

import pytest
from httpx2 import Response
from sqlmodel import Session, select
from starlette.testclient import TestClient

from models.basics.keys import new_token
from models.basics.words import Step
from models.encounters.contacts import places_of_others, wish_contacts
from models.joining.joining import join
from models.joining.voice import add_voice
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Contact, ContactWish, Participant
from models.workshop.participant import leave, remove
from models.workshop.workshop import end_workshop, take_room_to
from phone.routes import routes
from tests.builders import LEADER, Room, rows_of
from tests.builders.evening import begin, divide, make_evening, make_held_evening
from tests.phone.conftest import JSON, hold, lead, open_phone
from tests.phone.weighing import MOST_BYTES, MOST_REQUESTS, first_load

pytestmark = pytest.mark.usefixtures("fresh_limits")
TELEPHONE = "06 12 34 56 78"


@pytest.fixture
def room(sqlite: str) -> Room:
    made = make_evening(8, rounds=2)
    divide(made)
    for number in (1, 2):
        begin(made, number)
    write(take_room_to, who=LEADER, workshop_id=made.workshop_id, step=Step.HARVEST)
    return made


def _words(answer: Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def _send(phone: TestClient, room: Room, *places: str, **more: str) -> Response:
    return phone.post(f"/p/{room.code}/again", data={"again": list(places), **more})


def _places(room: Room, person: int) -> dict[int, str]:
    """Return how a form of the person-th participant names each other, by where they stand in `room.people`."""
    with reading() as session:
        found = places_of_others(session, session.get_one(Participant, room.people[person]))
    return {room.people.index(other): place.key for other, place in found.items()}


def _wish(room: Room, person: int, other: int, contact: str = "") -> None:
    write(
        wish_contacts,
        participant_id=room.people[person],
        places=[_places(room, person)[other]],
        contact=contact,
    )


def test_one_chooses_seats_of_ones_tables_and_sees_them_ticked(room: Room) -> None:
    other, third, *_rest = _places(room, 0).values()
    with open_phone() as phone:
        hold(phone, room)
        assert f'href="/p/{room.code}/again"' in phone.get(f"/p/{room.code}").text
        asked = phone.get(f"/p/{room.code}/again")

        saved = _send(phone, room, other, third, contact=f" {TELEPHONE} ")
        shown = phone.get(saved.headers["location"])

    assert "Participant" not in _words(asked) and "checked" not in asked.text
    assert (saved.status_code, saved.headers["location"]) == (303, f"/p/{room.code}/again?done=1")
    ticked = re.findall(r'value="(\d-\d)" checked', shown.text)
    assert sorted(ticked) == sorted([other, third])
    assert f'value="{TELEPHONE}"' in shown.text and "We have your choice." in shown.text


def test_nobody_is_a_choice_whatever_was_ticked(room: Room) -> None:
    place = next(iter(_places(room, 0).values()))
    with open_phone() as phone:
        hold(phone, room)
        _send(phone, room, place, contact=TELEPHONE)

        nobody = _send(phone, room, place, contact=TELEPHONE, nobody="1")

    assert nobody.headers["location"] == f"/p/{room.code}"
    assert rows_of(ContactWish) == rows_of(Contact) == []


def test_what_is_refused_leaves_ticks_and_words_where_they_were(room: Room) -> None:
    places = list(_places(room, 0).values())[:4]
    with open_phone("nl") as phone:
        hold(phone, room)
        four = _send(phone, room, *places, contact="Renée 🌷")
        long = _send(phone, room, places[0], contact="é" * 121)
        strange = _send(phone, room, "9-9", contact="<script>alert(1)</script>")
        script = phone.post(f"/p/{room.code}/again", data={"again": places}, headers=JSON)

    assert four.status_code == 409 and "U kunt hoogstens drie mensen kiezen." in _words(four)
    assert sorted(re.findall(r'value="(\d-\d)" checked', four.text)) == sorted(places)
    assert 'value="Renée 🌷"' in four.text
    assert long.status_code == 413 and "é" * 121 in long.text
    assert strange.status_code == 422 and "<script>alert" not in strange.text
    assert script.json()["error"] == "too_many_contact_wishes"
    assert rows_of(ContactWish) == []


def test_after_the_meeting_two_who_chose_each_other_read_it_on_their_page_escaped(room: Room) -> None:
    other = next(iter(_places(room, 0)))
    _wish(room, 0, other, contact="<b>renée@voorbeeld.nl</b>")
    _wish(room, other, 0)
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    with open_phone() as one, open_phone("nl") as two:
        hold(one, room)
        hold(two, room, other)
        mine, theirs = one.get(f"/p/{room.code}"), two.get(f"/p/{room.code}")
        gone = two.get(f"/p/{room.code}/again")
        late = _send(two, room)

    assert "You chose each other" in _words(mine) and "This person left no contact." in _words(mine)
    assert re.search(r"U en stoel \d aan tafel \d, in ronde \d, kozen elkaar\.", _words(theirs))
    assert "&lt;b&gt;" in theirs.text and "<b>renée" not in theirs.text
    assert gone.headers["location"] == f"/p/{room.code}"
    assert late.status_code == 409 and "Niemand kan nog kiezen." in _words(late)


def test_who_left_still_chooses_and_who_was_sent_away_does_not(room: Room) -> None:
    place = next(iter(_places(room, 0).values()))
    with open_phone() as phone:
        hold(phone, room)
        write(leave, participant_id=room.people[0])
        assert f'href="/p/{room.code}/again"' in phone.get(f"/p/{room.code}").text
        saved = _send(phone, room, place)

        write(remove, who=LEADER, participant_id=room.people[0])
        page, refused = phone.get(f"/p/{room.code}/again"), _send(phone, room, place)

    assert saved.status_code == 303
    assert page.headers["location"] == f"/p/{room.code}"
    assert refused.status_code in (303, 403) and rows_of(ContactWish) == []


def test_elsewhere_and_before_a_table_there_is_nothing_to_choose(sqlite: str) -> None:
    room = make_evening(4)
    with open_phone() as phone:
        hold(phone, room)
        page, sent = phone.get(f"/p/{room.code}/again"), _send(phone, room)
        nobody = open_phone().get(f"/p/{room.code}/again")

    assert "You sat at no table yet." in _words(page) and '<form method="post" action="/p/' not in page.text
    assert sent.status_code == 422 or sent.status_code == 409
    assert nobody.status_code == 303


def test_a_shared_phone_chooses_for_one_person_and_tells_nobody_of_another_on_it(room: Room) -> None:
    added = write(add_voice, code=room.code, phone_token=room.phones[0], name="Joke")
    with reading() as session:
        joke = session.exec(select(Participant.id).where(Participant.number == added.number)).one()
        person = session.get_one(Participant, joke)
        place = next(iter(places_of_others(session, person).values()))
    write(wish_contacts, participant_id=joke, places=[place.key], contact=TELEPHONE)
    with open_phone() as phone:
        hold(phone, room)
        page = _words(phone.get(f"/p/{room.code}/again"))
        page_of_joke = phone.get(f"/p/{room.code}/mine?voice={added.number}").text
        file_of_joke = phone.get(f"/p/{room.code}/mine.json?voice={added.number}").json()

    assert "You choose for yourself only" in page
    assert "does not stand here" in page_of_joke and TELEPHONE not in page_of_joke
    assert file_of_joke["seats"] and (file_of_joke["contact_wishes"], file_of_joke["contact"]) == ([], None)


def test_who_has_sat_at_a_table_is_asked_before_another_phone_speaks_for_them(room: Room) -> None:
    with reading() as session:
        code = session.get_one(Participant, room.people[0]).personal_code

    joined = write(join, code=room.code, phone_token=new_token(), personal_code=code)

    assert joined.is_waiting


def test_a_page_of_who_used_this_phone_before_speaks_for_nobody(room: Room) -> None:
    place = next(iter(_places(room, 0).values()))
    with open_phone() as phone:
        hold(phone, room)

        answer = _send(phone, room, place, me="77")

    assert answer.status_code == 303 and rows_of(ContactWish) == []


# ---- Nobody else's page or file depends on a wish that is not returned ----

CHANGING = re.compile(rb'(name="request_id" value="|data-now="|"now": ?)[^",]*')


def _plain(answer: Response) -> object:
    """Return an answer without what differs at each look: of a packed file what is in it."""
    if answer.content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            return {name: packed.read(name) for name in packed.namelist() if "core.xml" not in name}
    kept = {name: value for name, value in answer.headers.items() if name not in ("date", "set-cookie")}
    return answer.status_code, CHANGING.sub(b"", answer.content), kept


def _seen(room: Room, but: int) -> dict[str, object]:
    """Return everything that a phone of each other, a stranger and a facilitator gets at any address that is read."""
    paths = [
        path.replace("{code}", room.code)
        for route in routes
        if "GET" in (route.methods or ()) and "/live" not in (path := route.path)
        if re.findall(r"{(\w+)}", path) in ([], ["code"])
    ]
    paths += [f"/p/{room.code}?step={step}" for step in ("welcome", "tables", "harvest", "end")]
    found: dict[str, object] = {}
    for person in [*range(len(room.people)), None]:
        if person == but:
            continue
        with open_phone("nl") as phone:
            if person is not None:
                hold(phone, room, person)
            else:
                lead(phone)
            for path in paths:
                found[f"{person} {path}"] = _plain(phone.get(path))
    return found


def _two_who_chose_each_other(room: Room) -> tuple[int, int]:
    """Return with whom the first of the room is one of two, and somebody else of their table, who wishes another."""
    wished, friend, *_rest = _places(room, 0)
    elsewhere = next(other for other in _places(room, wished) if other != 0)
    _wish(room, wished, elsewhere, contact="iemand@voorbeeld.nl")
    _wish(room, friend, 0)
    _wish(room, 0, friend, contact=TELEPHONE)
    return friend, wished


def _wish_both(room: Room, friend: int, wished: int) -> None:
    keys = _places(room, 0)
    write(
        wish_contacts,
        participant_id=room.people[0],
        places=[keys[friend], keys[wished]],
        contact=TELEPHONE,
    )


def _differ(one: dict[str, object], other: dict[str, object]) -> set[str]:
    assert one.keys() == other.keys() and len(one) > 100
    return {path for path in one if one[path] != other[path]}


def test_a_wish_that_is_sent_changes_nothing_of_what_anybody_else_gets(room: Room) -> None:
    friend, wished = _two_who_chose_each_other(room)
    before = _seen(room, but=0)

    _wish_both(room, friend, wished)

    after = _seen(room, but=0)
    assert _differ(before, after) == set()
    assert TELEPHONE not in str(after)
    with open_phone() as phone:
        hold(phone, room)
        assert phone.get(f"/p/{room.code}/again").text.count(" checked") == 2


def test_after_the_meeting_a_wish_that_is_not_returned_makes_no_difference_to_anybody_else(
    room: Room,
) -> None:
    friend, wished = _two_who_chose_each_other(room)
    _wish_both(room, friend, wished)
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    with_it = _seen(room, but=0)

    write(_never_wished, one=room.people[0], other=room.people[wished])

    without = _seen(room, but=0)
    assert _differ(with_it, without) == set()
    # There is something that could show: it does to whom was chosen and chose too, and to nobody else.
    told = {path.split()[0] for path, page in without.items() if TELEPHONE in str(page)}
    assert told == {str(friend)}


def _never_wished(session: Session, *, one: int, other: int) -> None:
    session.delete(session.get_one(ContactWish, (one, other)))


def test_only_what_tells_ones_own_reads_wishes_so_no_other_page_or_file_can() -> None:
    root = Path(__file__).resolve().parents[2]
    readers = {
        str(path.relative_to(root))
        for room in ("models", "exports", "pages", "phone")
        for path in (root / room).rglob("*.py")
        if re.search(
            r"\b(ContactWish|contact_wish)\b|\bContact\.|\(Contact,", path.read_text(encoding="utf-8")
        )
    }

    assert readers == {
        "models/encounters/contacts.py",
        "models/encounters/forgetting.py",
        "models/own_data/name.py",
        "models/own_data/places.py",
        "models/own_data/reading.py",
        "models/storage/forgetting.py",
        "models/tables/__init__.py",
        "models/tables/encounter.py",
        "models/workshop/participant.py",
        "models/workshop/workshop.py",
    }


@pytest.mark.parametrize(("people", "size", "rounds"), [(24, 6, 4), (24, 12, 6)])
def test_the_page_and_all_that_it_loads_weigh_at_most_25_kilobytes(
    sqlite: str, people: int, size: int, rounds: int
) -> None:
    room = make_held_evening(people, table_size=size, rounds=rounds)

    with open_phone("nl") as phone:
        hold(phone, room)
        weights = first_load(phone, f"/p/{room.code}/again")

    assert len(weights) <= MOST_REQUESTS
    assert sum(weights.values()) <= MOST_BYTES
