"""Wrong codes and passphrases are slowed down per address, and keep nobody waiting who has the right one."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Event
from typing import Any

import pytest
from starlette.testclient import TestClient

from models.installation.installation import hash_passphrase, renew_passphrase
from models.storage.writing import write
from models.tables import Participant
from models.workshop.participant import make_personal_codes
from phone.serving import limits
from phone.serving.limits import FREE_TRIES, LOOKS_AT_ONCE, FailedTries, PostRate
from phone.serving.passphrases import MOST_WAITING, MOST_WAITING_BRAKED, Checking
from tests.builders import LEADER, Room, make_workshop, rows_of
from tests.phone.conftest import JSON, hold, make_app, open_phone
from tests.questions import questions_asked

PATIENCE = 60


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def mistype(client: TestClient, times: int) -> None:
    for turn in range(times):
        client.get("/", params={"code": f"XXX{turn:02d}"})


def test_above_the_most_addresses_the_oldest_is_forgotten_and_a_try_costs_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MOST_KEPT", 100)
    tries, rate = FailedTries(Clock()), PostRate(Clock())
    for _ in range(FREE_TRIES + 1):
        tries.failed("first")
        tries.failed("second")

    tries.failed("first")
    for number in range(99):
        tries.failed(f"other {number}")
    for number in range(300):
        rate.allows(f"phone {number}")

    assert (tries.free_tries("first"), tries.free_tries("second")) == (0, FREE_TRIES)
    assert len(tries._by_address) == len(rate._buckets) == 100


def test_a_braked_address_looks_up_no_faster_than_a_hall_mistypes() -> None:
    clock = Clock()
    tries = FailedTries(clock)
    for _ in range(FREE_TRIES):
        tries.failed("hall")

    looked_up = 0
    for turn in range(6_000):
        clock.now += 0.01
        if tries.may_look_up("hall", f"guess {turn}"):
            looked_up += 1
            tries.failed("hall")

    assert looked_up <= LOOKS_AT_ONCE + 60 * limits.LOOKS_PER_SECOND
    assert tries.may_look_up("another hall", "guess")


def test_what_an_address_got_right_is_looked_up_however_many_wrong_ones_come() -> None:
    tries = FailedTries(Clock())
    for _ in range(FREE_TRIES):
        tries.failed("hall")
    tries.was_right("hall", "HH9PD")
    for _ in range(500):
        tries.failed("hall")

    assert [tries.may_look_up("hall", code) for code in ("HH9PD", "XXXXX")] == [True, False]


@pytest.mark.parametrize(
    "path", ["/?code=CODE", "/j/CODE", "/p/CODE", "/p/CODE/state", "/p/CODE/live", "/p/CODE/ballots"]
)
def test_who_guesses_join_codes_is_answered_without_a_look_into_the_database(
    sqlite: str, fresh_limits: None, path: str
) -> None:
    room = make_workshop()
    with open_phone() as client:
        mistype(client, FREE_TRIES + LOOKS_AT_ONCE + 5)
        method = "POST" if path.endswith("ballots") else "GET"

        with questions_asked() as questions:
            guesses = [client.request(method, path.replace("CODE", f"XXX{turn:02d}")) for turn in range(20)]
        unseen = client.request(method, path.replace("CODE", room.code))

    assert {answer.status_code for answer in guesses} == {429}
    assert questions == []
    assert unseen.status_code == 429


def test_a_hall_with_ten_wrong_codes_goes_on_joining_with_right_ones(client: TestClient) -> None:
    room = make_workshop()
    mistype(client, FREE_TRIES + 5)

    for _ in range(60):
        with open_phone() as phone:
            assert phone.get("/", params={"code": room.code}).status_code == 303
            assert phone.get(f"/j/{room.code}").status_code == 200
            assert phone.post(f"/j/{room.code}", data={"group": ""}).status_code == 303
    mistype(client, LOOKS_AT_ONCE * 2)
    late = client.post(f"/j/{room.code}", data={"group": ""})

    assert late.status_code == 303
    assert len(rows_of(Participant)) == 61


def test_who_comes_late_waits_for_no_stranger_in_a_hall_that_is_in_already(client: TestClient) -> None:
    room = make_workshop()
    with open_phone() as early:
        early.post(f"/j/{room.code}", data={"group": ""})
    mistype(client, FREE_TRIES + LOOKS_AT_ONCE * 2)

    late = client.post(f"/j/{room.code}", data={"group": ""})

    assert late.status_code == 303


def test_personal_codes_are_guessed_no_faster_behind_a_right_join_code(client: TestClient) -> None:
    room = make_workshop()
    [code] = write(make_personal_codes, who=LEADER, workshop_id=room.workshop_id, count=1)
    answers = [
        client.post(f"/j/{room.code}", data={"personal_code": f"AAAA{turn:04d}"}, headers=JSON).json()[
            "error"
        ]
        for turn in range(FREE_TRIES + LOOKS_AT_ONCE + 20)
    ]
    unseen = client.post(f"/j/{room.code}", data={"personal_code": code}, headers=JSON)

    assert Counter(answers)["personal_code_unknown"] == FREE_TRIES
    assert answers[-1] == "too_many_tries"
    assert unseen.status_code == 429


def test_the_eleventh_of_the_hall_reads_what_is_wrong_with_the_code_and_of_no_wait(
    client: TestClient,
) -> None:
    mistype(client, FREE_TRIES)

    page = client.get("/", params={"code": "hh 9pd."}, headers={"accept-language": "nl"})
    by_link = client.get("/j/HH9PD", headers={"accept-language": "nl"})

    for answer in (page, by_link):
        assert (answer.status_code, "Wacht" in answer.text) == (429, False)
        assert "Deze code kennen wij niet." in answer.text
        assert "Wij lazen HH9PD. Kijk nog een keer. Een goede code werkt meteen." in answer.text
    assert 'value="hh 9pd."' in page.text
    assert int(page.headers["retry-after"]) > 0


def test_addresses_of_one_household_are_one(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(FREE_TRIES + 1):
        monkeypatch.setattr(
            "phone.serving.errors.client_address", lambda _scope, end=number: f"2001:db8:1:2::{end:x}"
        )
        answer = client.get("/", params={"code": "XXXXX"})
    monkeypatch.setattr("phone.serving.errors.client_address", lambda _scope: "2001:db8:1:3::1")
    next_door = client.get("/", params={"code": "XXXXX"})

    assert (answer.status_code, next_door.status_code) == (429, 404)


@pytest.fixture
def slow_check(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Checks that take until the event, in a desk of their own; afterwards all of them end."""
    may_go_on = Event()

    def slowly(_hash: str, given: str) -> bool:
        may_go_on.wait(2 * PATIENCE)
        return given == "molen brug haven klok"

    monkeypatch.setattr("phone.serving.passphrases.passphrase_fits", slowly)
    monkeypatch.setattr("phone.serving.passphrases.is_remembered", lambda *_given: None)
    monkeypatch.setattr("phone.public.door.checking", Checking())
    monkeypatch.setattr("phone.public.door.HELD_SECONDS", 0)
    write(renew_passphrase, passphrase_hash=hash_passphrase("molen brug haven klok"))
    yield may_go_on
    may_go_on.set()


def sign_in_from(address: str, passphrase: str = "guessed") -> int:
    with TestClient(make_app(), follow_redirects=False, client=(address, 4711)) as browser:
        return browser.post("/sign-in", data={"name": "Iris", "passphrase": passphrase}).status_code


def test_a_braked_address_holds_two_places_and_the_facilitator_comes_by_another_way(
    client: TestClient, slow_check: Event
) -> None:
    room = make_workshop(people=1)
    for _ in range(FREE_TRIES):
        mistype_from("203.0.113.9")

    with ThreadPoolExecutor(60) as crowd:
        guesses = [crowd.submit(sign_in_from, "203.0.113.9") for _ in range(45)]
        refused = [each.result() for _, each in zip(range(43), as_completed(guesses, PATIENCE), strict=False)]
        waiting = [each for each in guesses if not each.done()]
        state = client.get(f"/p/{room.code}/state")
        facilitator = crowd.submit(sign_in_from, "198.51.100.7", "molen brug haven klok")
        slow_check.set()
        let_in = facilitator.result(PATIENCE)

    assert refused == [429] * 43
    assert len(waiting) <= MOST_WAITING_BRAKED
    assert (let_in, state.status_code) == (303, 200)


def mistype_from(address: str) -> None:
    with TestClient(make_app(), follow_redirects=False, client=(address, 4711)) as browser:
        browser.get("/", params={"code": "XXXXX"})


def test_the_right_passphrase_gets_in_beside_a_flood_from_its_own_address(
    client: TestClient, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phone.public.door.checking", Checking())
    monkeypatch.setattr("phone.public.door.HELD_SECONDS", 0.2)
    right: dict[str, Any] = {"name": "Iris", "passphrase": passphrase}
    assert client.post("/sign-in", data=right).status_code == 303
    checked: list[str] = []

    def check(_hash: str, given: str) -> bool:
        checked.append(given)
        return False

    monkeypatch.setattr("phone.serving.passphrases.passphrase_fits", check)

    def guess(turn: int) -> int:
        return client.post("/sign-in", data={"name": "Eve", "passphrase": f"guess {turn}"}).status_code

    with ThreadPoolExecutor(45) as crowd:
        guesses = [crowd.submit(guess, turn) for turn in range(90)]
        statuses = [client.post("/sign-in", data=right).status_code for _ in range(16)]
        answered = Counter(each.result() for each in guesses)

    assert statuses == [303] * 16
    assert answered == {422: FREE_TRIES, 429: 90 - FREE_TRIES}
    assert checked == []


def test_another_passphrase_than_the_one_that_is_known_is_checked_anew(
    client: TestClient, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phone.public.door.checking", Checking())
    assert client.post("/sign-in", data={"name": "Iris", "passphrase": passphrase}).status_code == 303
    write(renew_passphrase, passphrase_hash=hash_passphrase("another one entirely"))

    old = client.post("/sign-in", data={"name": "Iris", "passphrase": passphrase})
    new = client.post("/sign-in", data={"name": "Iris", "passphrase": "another one entirely"})
    far_too_long = client.post("/sign-in", data={"name": "Iris", "passphrase": "x" * 50_000})

    assert (old.status_code, new.status_code, far_too_long.status_code) == (422, 303, 422)
    assert MOST_WAITING > MOST_WAITING_BRAKED


def test_a_right_vote_is_stored_while_its_address_is_braked(client: TestClient) -> None:
    room: Room = make_workshop(people=1)
    hold(client, room)
    assert client.get(f"/p/{room.code}").status_code == 200
    mistype(client, FREE_TRIES + LOOKS_AT_ONCE // 2)
    assert client.get(f"/p/{room.code}").status_code == 200
    mistype(client, LOOKS_AT_ONCE * 2)

    sent = client.post(f"/p/{room.code}/proposals", data={"text": "Samen eten"}, headers=JSON)

    assert sent.status_code == 200
