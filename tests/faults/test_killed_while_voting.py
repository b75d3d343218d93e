"""The server is killed while 200 votes are on their way: every confirmed one is there, once, and the others arrive."""

import json
import sqlite3
import threading
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPException

import pytest

from models.basics.words import Secrecy, Step
from phone.serving.cookies import phone_cookie
from tests.builders import Room, Vote, make_round, make_workshop
from tests.faults.stubborn_phone import held, until_answered
from tests.serving import Server

PHONES = 200
PATIENCE = 60
CHOICES = ("agree", "concern", "objection")


class Crowd:
    """200 phones that vote once, all at the same moment, and again as it was while nobody answers."""

    def __init__(self, server: Server, room: Room, vote: Vote) -> None:
        self._server, self._room, self._vote = server, room, vote
        self.are_all_sent = threading.Event()
        self.has_one_answer = threading.Event()
        self.confirmed: dict[int, str] = {}
        self._sent = threading.Semaphore(0)
        self._everybody = ThreadPoolExecutor(PHONES)

    def vote(self) -> None:
        """Send every vote, and return once all are on their way."""
        self._going_on = [
            self._everybody.submit(until_answered, lambda place=place: self._send(place))
            for place in range(PHONES)
        ]
        for _ in range(PHONES):
            assert self._sent.acquire(timeout=PATIENCE)

    def arrive(self) -> None:
        """Wait until everybody has an answer."""
        for each in self._going_on:
            each.result()
        self._everybody.shutdown()

    def _send(self, place: int) -> None:
        choice = CHOICES[place % 3]
        fields = {"round": self._vote.round_id, "item": self._vote.items[0], "choice": choice}
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{phone_cookie(self._room.code)}={self._room.phones[place]}",
        }
        with closing(HTTPConnection("127.0.0.1", self._server.port, timeout=PATIENCE)) as connection:
            body = urllib.parse.urlencode({**fields, "request_id": "once", "sequence": 1})
            connection.request("POST", f"/p/{self._room.code}/ballots", body, headers)
            self._sent.release()
            answer = connection.getresponse()
            told = json.loads(answer.read())
        if answer.status != 200:
            raise HTTPException(told)
        assert told["choice"] == choice
        self.confirmed[self._room.people[place]] = choice
        self.has_one_answer.set()


def ballots(server: Server, vote: Vote) -> list[tuple[int, str]]:
    """Return who voted what, as SQLite itself reads it."""
    with closing(sqlite3.connect(server.folder / "data" / "handslag.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        asked = "SELECT voter_key, choice FROM ballot WHERE round_item_id = ?"
        return [(int(voter), choice) for voter, choice in connection.execute(asked, vote.items)]


@pytest.mark.parametrize("moment", ["before one is stored", "at the first answer"])
def test_of_200_votes_in_flight_every_confirmed_one_stands_and_all_arrive_once(
    server: Server, moment: str
) -> None:
    room = make_workshop(people=PHONES, step=Step.VOTE)
    vote = make_round(room, secrecy=Secrecy.NAMED)
    crowd = Crowd(server, room, vote)

    with held(server):
        crowd.vote()
        # All are in the server, or in its sockets, and nobody has an answer.
        assert crowd.confirmed == {}
        if moment == "before one is stored":
            time.sleep(0.5)
            server.kill()
    if moment == "at the first answer":
        assert crowd.has_one_answer.wait(PATIENCE)
        server.kill()
    time.sleep(0.2)
    confirmed, stored = dict(crowd.confirmed), ballots(server, vote)
    server.start()
    crowd.arrive()

    assert confirmed.items() <= set(stored)
    assert bool(stored) == (moment == "at the first answer")
    after = ballots(server, vote)
    wanted = {person: CHOICES[place % 3] for place, person in enumerate(room.people)}
    assert len(after) == PHONES
    assert dict(after) == crowd.confirmed == wanted
