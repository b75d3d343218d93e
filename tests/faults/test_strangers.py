"""A stranger at the door: each attack is answered with a sentence, and the votes of the others hardly notice it."""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from urllib.parse import urlencode, urlsplit

import pytest

from models.basics.words import Step
from tests.builders import Room, Vote, make_round, make_workshop
from tests.faults.stubborn_phone import StubbornPhone
from tests.serving import Server

PLAIN = "application/x-www-form-urlencoded"
FILES = "multipart/form-data; boundary=x"
HEAP = "a" + "\u0300" * 62_000 + "\u0316" * 62_000
STRANGERS = 2
VOTES = 30
HUNG_UP = 0
# They ask from the process that measures, and would slow down that one.
PAUSE_SECONDS = 0.02
# A pause of a second or more would be a hundred times what votes take; what two strangers ask takes its share. Compared
# with votes beside two who ask as often for what costs nothing: on a busy machine whoever asks waits for its turn.
MOST = 20

Attack = tuple[str, str, bytes, str]
HARMLESS: Attack = ("GET", "/healthz", b"", PLAIN)
_turns = count()


def part(name: str, text: str) -> bytes:
    return f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n--x--\r\n'.encode()


def fields(**given: str) -> bytes:
    return urlencode(given).encode()


ATTACKS: dict[str, tuple[Callable[[Room, Vote], Attack], set[int]]] = {
    "a heap of marks, as a form with files": (
        lambda room, _: ("POST", f"/j/{room.code}", part("name", HEAP), FILES),
        {413, 415},
    ),
    "a heap of marks": (
        lambda room, _: ("POST", f"/j/{room.code}", fields(name=HEAP[:10_000]), PLAIN),
        {413},
    ),
    "a codec that takes seconds": (
        lambda *_: ("POST", "/language", part("language", "ab-" * 20_000), f"{FILES}; charset=punycode"),
        {415},
    ),
    "a code that no database holds": (
        lambda room, _: ("POST", f"/j/{room.code}", fields(personal_code="A\x00B\x00" * 3), PLAIN),
        {404, 429},
    ),
    "an address that no database holds": (lambda *_: ("GET", "/p/A%00B/live", b"", PLAIN), {400}),
    "nineteen megabytes of nothing": (
        lambda *_: ("POST", "/check", b"&" * 19_000_000, PLAIN),
        {413, HUNG_UP},
    ),
    "guessed join codes": (lambda *_: ("GET", f"/j/X{next(_turns):04d}", b"", PLAIN), {404, 429}),
    "guessed passphrases": (
        lambda *_: ("POST", "/sign-in", fields(name="Eve", passphrase=f"guess {next(_turns)}"), PLAIN),
        {422, 429, 503},
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_stranger_is_answered_with_a_sentence_and_the_others_go_on_voting(
    server: Server, attack: str
) -> None:
    room = make_workshop(people=VOTES, step=Step.VOTE)
    vote = make_round(room)
    phones = [StubbornPhone.of(room, person, server.url) for person in range(VOTES)]
    make, allowed = ATTACKS[attack]
    voting_takes(phones, vote)
    answers: Counter[int] = Counter()

    # What holds the votes up does so each time; a machine that does much else meanwhile does not.
    for _again in range(3):
        quiet, _ = voting_beside(server, lambda: HARMLESS, phones, vote)
        attacked, answered = voting_beside(server, lambda: make(room, vote), phones, vote)
        answers += answered
        if attacked < MOST * quiet:
            break

    assert attacked < MOST * quiet
    assert set(answers) <= allowed, answers
    assert "Traceback" not in server.log.read_text(errors="replace")


def voting_beside(
    server: Server, make: Callable[[], Attack], phones: Sequence[StubbornPhone], vote: Vote
) -> tuple[float, Counter[int]]:
    """Return how long voting takes while strangers ask something over and over, and what they are answered."""
    with strangers(server, make) as answers:
        while not answers:
            time.sleep(0.01)
        took = voting_takes(phones, vote)
    return took, answers


def voting_takes(phones: Sequence[StubbornPhone], vote: Vote) -> float:
    """Return how long it takes until everybody has voted, one after another."""
    began = time.monotonic()
    for turn, phone in enumerate(phones):
        sent = phone.send(
            "ballots",
            round=str(vote.round_id),
            item=str(vote.items[0]),
            choice=("agree", "concern")[turn % 2],
        )
        assert sent["choice"] == ("agree", "concern")[turn % 2]
    return time.monotonic() - began


@contextmanager
def strangers(server: Server, make: Callable[[], Attack]) -> Iterator[Counter[int]]:
    """Let strangers attack over and over; yield the statuses that they get."""
    place = urlsplit(server.url)
    answers: Counter[int] = Counter()
    is_over = threading.Event()

    def attack() -> None:
        while not is_over.wait(PAUSE_SECONDS):
            method, path, body, kind = make()
            connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
            try:
                connection.putrequest(method, path)
                connection.putheader("Content-Type", kind)
                connection.putheader("Content-Length", str(len(body)))
                connection.endheaders()
                # What is refused by its length is not read: the server hangs up while it is still being sent.
                with suppress(ConnectionError):
                    connection.send(body)
                answers[connection.getresponse().status] += 1
            except (ConnectionError, http.client.HTTPException):
                answers[HUNG_UP] += 1
            finally:
                connection.close()

    crowd = [threading.Thread(target=attack) for _ in range(STRANGERS)]
    for stranger in crowd:
        stranger.start()
    try:
        yield answers
    finally:
        is_over.set()
        for stranger in crowd:
            stranger.join(90)
