"""The room that is measured, kept in the server's database by a process of its own, as `manage.py` would.

The process reads one question a line, a JSON list: `["prepare"]` makes a meeting of two groups, with partners
where it names some; `["statements", count]` opens so many statements of a startfoto by link;
`["freeze", code]` makes agreements and freezes the text; `["open", code, items]`
opens an anonymous round in it, once people are there; `["close", round]` closes it; `["take", code, step]` takes a room
to a step; `["fill", ballots]` stores ballots of earlier meetings. It answers each with one line of JSON.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from models.alliance.partner import partner_token, read_partners
from models.basics.words import Step
from models.installation.address import projector_url
from models.storage.database import migrate, reading
from models.storage.writing import write
from models.tables import Workshop
from models.workshop.workshop import find_workshop, projector_token, read_workshop, take_room_to
from tests.builders import (
    LEADER,
    Room,
    Vote,
    cast_all,
    close,
    make_agenda,
    make_agreement,
    make_round,
    make_workshop,
)
from tests.builders.photo import make_photo
from tests.serving import ROOT, Server

PEOPLE_BEFORE, ROUNDS_BEFORE, ITEMS_BEFORE = 500, 4, 10
PARTNERS = ("Basisschool De Brug", "Buurthuis Oost", "Gemeente Merenveld")
CHOICES = ("agree", "agree", "agree", "concern", "objection")


@dataclass(frozen=True)
class Place:
    """Where the crowd goes: `groups` are the values of the join form, `projector` is a path."""

    code: str
    workshop: int
    groups: list[str]
    projector: str


@dataclass(frozen=True)
class Asked:
    """The open round and its items."""

    round: int
    items: list[int]


class Keeper:
    """Prepares, opens, closes and leads on one server's database. Its process is started once: that takes seconds."""

    def __init__(self, server: Server) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.room"],
            cwd=ROOT,
            env=server.variables(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def prepare(self) -> Place:
        """Return a new meeting in the server's database."""
        return Place(**self._asked("prepare"))

    def prepare_with_partners(self) -> Place:
        """Return a new meeting of an alliance with partners, who can sign."""
        return Place(**self._asked("prepare", *PARTNERS))

    def prepare_statements(self, count: int) -> tuple[Place, Asked]:
        """Return a startfoto's meeting whose statements, so many, are open by link, and their round."""
        found = self._asked("statements", count)
        return Place(**found["place"]), Asked(**found["asked"])

    def agree_and_freeze(self, place: Place) -> list[str]:
        """Make an agreement for each partner, freeze the text and let it be signed; return the partners' pages."""
        return [str(page) for page in self._asked("freeze", place.code)["pages"]]

    def open_round(self, place: Place, items: int) -> Asked:
        """Return an open round with that many items; everybody who is there may vote."""
        return Asked(**self._asked("open", place.code, items))

    def close_round(self, asked: Asked) -> None:
        """Close a round, so that the next may open."""
        self._asked("close", asked.round)

    def take_room(self, code: str, step: str) -> None:
        """Take the room with this join code to a step."""
        self._asked("take", code, step)

    def fill(self, ballots: int) -> None:
        """Store at least that many ballots of earlier meetings of the same house."""
        self._asked("fill", ballots)

    def leave(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _asked(self, *question: str | int) -> dict[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        print(json.dumps(question), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"bench.room ended at {question}; what it said stands above")
        found: dict[str, Any] = json.loads(answer)
        return found


def _prepare(*partners: str) -> dict[str, Any]:
    room = make_workshop(people={"Bewoners": 0, "Gemeenschappen": 0}, partners=partners, step=Step.VOTE)
    with reading() as session:
        token = projector_token(read_workshop(session, room.workshop_id))
    return {
        "code": room.code,
        "workshop": room.workshop_id,
        "groups": [str(group) for group in room.groups.values()],
        "projector": projector_url("", token),
    }


def _statements(count: int) -> dict[str, Any]:
    photo = make_photo(
        texts=[
            f"Stelling {number}: ik kan hier meedoen, en ik hoor erbij." for number in range(1, count + 1)
        ],
        groups=("Bewoners", "Gemeenschappen"),
    )
    return {
        "place": {
            "code": photo.room.code,
            "workshop": photo.room.workshop_id,
            "groups": [str(group) for group in photo.room.groups.values()],
            "projector": "",
        },
        "asked": {"round": photo.vote.round_id, "items": photo.vote.items},
    }


def _open(code: str, items: int) -> dict[str, Any]:
    found = _workshop(code)
    room = Room(found.alliance_id, found.id, code, groups={}, partners={})
    vote = make_round(room, items=items)
    return {"round": vote.round_id, "items": vote.items}


def _freeze(code: str) -> dict[str, Any]:
    found = _workshop(code)
    with reading() as session:
        partners = read_partners(session, found.alliance_id)
    own = {partner.name: partner.id for partner in partners}
    room = Room(found.alliance_id, found.id, code, groups={}, partners=own)
    for name in own:
        make_agreement(room, what=f"Wij eten samen bij {name}.", owner=name)
    make_agenda(room)
    write(take_room_to, who=LEADER, workshop_id=found.id, step=Step.SIGN)
    return {"pages": [f"/s/{partner_token(partner)}" for partner in partners]}


def _take(code: str, step: str) -> dict[str, Any]:
    write(take_room_to, who=LEADER, workshop_id=_workshop(code).id, step=step)
    return {}


def _workshop(code: str) -> Workshop:
    with reading() as session:
        found = find_workshop(session, code)
    assert found is not None and found.id is not None
    return found


def _fill(ballots: int) -> dict[str, Any]:
    """Meetings of 500 people who voted in 4 rounds on 10 items each, closed as they are in a real house."""
    stored = 0
    while stored < ballots:
        room = make_workshop(
            people={"Bewoners": PEOPLE_BEFORE // 2, None: PEOPLE_BEFORE // 2}, step=Step.VOTE
        )
        for _ in range(ROUNDS_BEFORE):
            vote = make_round(room, items=ITEMS_BEFORE)
            for item in range(ITEMS_BEFORE):
                cast_all(
                    vote,
                    [(person, CHOICES[place % len(CHOICES)]) for place, person in enumerate(room.people)],
                    item=item,
                )
            close(vote)
            stored += PEOPLE_BEFORE * ITEMS_BEFORE
    return {"ballots": stored}


def main() -> None:
    migrate()
    for line in sys.stdin:
        what, *more = json.loads(line)
        match what:
            case "prepare":
                found = _prepare(*more)
            case "statements":
                found = _statements(more[0])
            case "freeze":
                found = _freeze(more[0])
            case "open":
                found = _open(more[0], more[1])
            case "close":
                close(Vote(more[0], [], []))
                found = {}
            case "take":
                found = _take(more[0], more[1])
            case "fill":
                found = _fill(more[0])
            case _:
                raise SystemExit(f"unknown: {what}")
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
