"""The server is killed, as by a power cut, in the middle of each step: who was there is there, once, and goes on."""

import sqlite3
import time
from collections import Counter
from contextlib import suppress
from functools import partial
from http.client import HTTPException
from itertools import count
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from starlette.status import HTTP_409_CONFLICT

from exports.agenda.build import build_files
from models.agreeing.agreement import show_agreements
from models.alliance.partner import partner_token
from models.basics.words import RuleKind, Secrecy, Step
from models.signing.agenda import public_copy_token
from models.signing.files import publish
from models.storage.database import reading
from models.storage.writing import write
from models.tables import (
    Agenda,
    Agreement,
    AgreementOwner,
    Ballot,
    Participant,
    Partner,
    Proposal,
    Signature,
)
from models.voting.round_views import read_round
from tests.builders import (
    LEADER,
    Room,
    close,
    make_adopted,
    make_agenda,
    make_agreement,
    make_principle,
    make_proposal,
    make_round,
    make_workshop,
    rows_of,
)
from tests.faults.stubborn_phone import StubbornPhone, killed_while, until_answered
from tests.serving import Server

STOPS_WITHIN = 5


def phones_in(server: Server, room: Room, number: int) -> list[StubbornPhone]:
    return [StubbornPhone(server.url, room.code) for _ in range(number)]


def people_of(room: Room) -> int:
    return sum(row["workshop_id"] == room.workshop_id for row in rows_of(Participant))


def counted(server: Server, question: str, *values: object) -> Any:
    """Return the first row that SQLite itself answers, without any code of ours."""
    file: Path = server.folder / "data" / "handslag.db"
    with sqlite3.connect(file) as connection:
        return connection.execute(question, values).fetchone()


def test_welcome_who_was_joining_is_one_participant(server: Server) -> None:
    room = make_workshop()
    inside = phones_in(server, room, 3)
    at_the_door = [StubbornPhone(server.url, room.code, joins=False) for _ in range(12)]

    numbers = killed_while(server, [partial(until_answered, phone.join) for phone in at_the_door], after=0.01)

    assert len(set(numbers)) == 12
    assert [phone.join() for phone in inside] == [phone.number for phone in inside]
    assert [phone.join() for phone in at_the_door] == numbers
    assert people_of(room) == inside[0].state()["people"] == 15


def test_draft_a_proposal_that_was_confirmed_is_there_once(server: Server) -> None:
    room = make_workshop(step=Step.DRAFT)
    phones = phones_in(server, room, 6)
    sent = {"kind": "principle", "text": "Talk with us, not about us", "request_id": "typed-before"}
    confirmed = phones[0].send("proposals", **sent)

    def propose(place: int) -> dict[str, Any]:
        text = f"Proposal {place}"
        return until_answered(lambda: phones[place].send("proposals", text=text, request_id="typed"))

    answers = killed_while(server, [partial(propose, place) for place in range(1, 6)], after=0.01)

    assert phones[0].send("proposals", **sent) == confirmed
    stored = {row["id"]: row["text"] for row in rows_of(Proposal) if row["workshop_id"] == room.workshop_id}
    assert stored == {
        confirmed["id"]: sent["text"],
        **{answer["id"]: f"Proposal {place}" for place, answer in enumerate(answers, 1)},
    }
    assert sent["text"] in phones[0].page()
    other = make_proposal(Room(**{**vars(room), "people": [_id_of(room, phones[1])]}))
    assert phones[2].send("supports", proposal=str(other), on="1")["count"] == 1
    assert people_of(room) == 6


def test_vote_every_confirmed_vote_stands_exactly_once(server: Server) -> None:
    room = make_workshop(step=Step.VOTE)
    phones = phones_in(server, room, 20)
    vote = make_round(room, items=2)
    confirmed: list[dict[int, dict[str, Any]]] = [{} for _ in phones]

    def keep_voting(place: int) -> None:
        """Change one's mind until well after the restart, as a phone does: one post at a time, sent again as it was."""
        ends = time.monotonic() + 3
        for turn in count(1):
            for item in vote.items:
                fields = {
                    "round": str(vote.round_id),
                    "item": str(item),
                    "choice": ("agree", "concern", "objection")[(turn + place) % 3],
                    "request_id": f"{item}-{turn}",
                    "sequence": str(turn),
                }
                answer = until_answered(partial(phones[place].send, "ballots", **fields))
                assert (answer["choice"], answer["sequence"]) == (fields["choice"], turn)
                confirmed[place][item] = answer
            if time.monotonic() > ends:
                return
            time.sleep(0.1)

    killed_while(server, [partial(keep_voting, place) for place in range(20)], after=0.5)

    for phone, stored in zip(phones, confirmed, strict=True):
        shown = {item["id"]: item for item in phone.state()["round"]["items"]}
        assert {item: shown[item]["choice"] for item in vote.items} == {
            item: stored[item]["choice"] for item in vote.items
        }
        assert all(shown[item]["sequence"] == stored[item]["sequence"] for item in vote.items)
    on_paper = "SELECT count(*), count(DISTINCT voter_key) FROM ballot WHERE round_item_id = ?"
    assert [counted(server, on_paper, item) for item in vote.items] == [(20, 20)] * 2

    close(vote)

    for item in vote.items:
        wanted = Counter(stored[item]["choice"] for stored in confirmed)
        found = {
            choice: counted(
                server, "SELECT count(*) FROM ballot WHERE round_item_id = ? AND choice = ?", item, choice
            )[0]
            for choice in wanted
        }
        assert found == wanted
    with pytest.raises(HTTPError) as refused:
        phones[0].vote("agree", round_id=vote.round_id, item_id=vote.items[0])
    assert refused.value.code == HTTP_409_CONFLICT


def test_vote_every_confirmed_dot_stands_and_the_budget_holds(server: Server) -> None:
    room = make_workshop(people=10, step=Step.VOTE)
    phones = [StubbornPhone.of(room, person, server.url) for person in range(10)]
    vote = make_round(room, items=2, method="dots", rule=RuleKind.TOP, top=1, budget=3, secrecy=Secrecy.NAMED)
    # Each move keeps within the budget only while the one before it stands.
    moves = [(0, "3"), (0, "1"), (1, "2"), (1, "0")]
    confirmed: list[dict[int, str]] = [{} for _ in phones]

    def keep_moving(place: int) -> None:
        ends = time.monotonic() + 3
        for turn in count():
            item, put = moves[(turn + place) % 4] if turn else (0, "1")
            fields = {
                "round": str(vote.round_id),
                "item": str(vote.items[item]),
                "choice": put,
                "request_id": str(turn),
                "sequence": str(turn + 1),
            }
            until_answered(partial(phones[place].send, "ballots", **fields))
            confirmed[place][vote.items[item]] = put
            if time.monotonic() > ends:
                return
            time.sleep(0.1)

    killed_while(server, [partial(keep_moving, place) for place in range(10)], after=0.5)

    stored: dict[str, dict[int, str]] = {str(person): {} for person in room.people}
    for row in rows_of(Ballot):
        if row["round_item_id"] in vote.items:
            stored[row["voter_key"]][row["round_item_id"]] = row["choice"]
    assert list(stored.values()) == confirmed
    assert all(sum(map(int, chosen.values())) <= 3 for chosen in stored.values())

    close(vote)

    wanted = [sum(int(chosen.get(item, "0")) for chosen in confirmed) for item in vote.items]
    with reading() as session:
        results = [item.result for item in read_round(session, vote.round_id).items]
    assert [result and result.numbers and result.numbers.dots for result in results] == wanted


def test_agree_who_takes_something_on_is_one_owner(server: Server) -> None:
    room = make_workshop(step=Step.AGREE)
    phones = phones_in(server, room, 5)
    before, during = make_agreement(room, what="We eat together."), make_agreement(room, what="We walk.")
    write(show_agreements, who=LEADER, agreement_ids=[before, during])
    own_page = phones[0].send("owners", agreement=str(before), name="Fatma")["page"]

    def take_on(phone: StubbornPhone) -> str | None:
        """Return the page of who carries it now, or None when another was first."""
        try:
            taken = until_answered(partial(phone.send, "owners", agreement=str(during), name="Piet"))
        except HTTPError as error:
            assert error.code == HTTP_409_CONFLICT
            return None
        return str(taken["page"])

    pages = killed_while(server, [partial(take_on, phone) for phone in phones[1:]], after=0.01)

    assert sum(page is not None for page in pages) == 1
    assert phones[0].send("owners", agreement=str(before), name="Fatma")["page"] == own_page
    assert "We eat together." in phones[0].page(own_page)
    standing = [row for row in rows_of(AgreementOwner) if row["ended_at"] is None]
    assert Counter(row["agreement_id"] for row in standing if row["agreement_id"] in (before, during)) == {
        before: 1,
        during: 1,
    }
    carried = {row["id"]: row["owner_id"] for row in rows_of(Agreement)}
    partners = [row for row in rows_of(Partner) if row["alliance_id"] == room.alliance_id]
    assert {carried[before], carried[during]} == {row["id"] for row in partners}


def test_sign_an_answer_that_was_given_stands_once(server: Server) -> None:
    room = make_workshop(people=5, partners=["School", "Town"], step=Step.SIGN)
    make_adopted(room)
    agenda = make_agenda(room)
    phone = StubbornPhone(server.url, room.code)
    pages = {
        row["name"]: f"/s/{partner_token(Partner(**row))}"
        for row in rows_of(Partner)
        if row["alliance_id"] == room.alliance_id
    }
    signed = {"answer": "signed", "name": "Agnieszka", "role": "chair"}
    given = phone.post(pages["School"] + "/sign", **signed)
    reserved = {"answer": "reserved", "name": "Bert", "reservation": "The council decides."}

    [late] = killed_while(
        server,
        [partial(until_answered, partial(phone.post, pages["Town"] + "/sign", **reserved))],
        after=0.01,
    )

    assert phone.post(pages["School"] + "/sign", **signed) == given
    assert phone.post(pages["Town"] + "/sign", **reserved) == late
    answers = [row for row in rows_of(Signature) if row["agenda_id"] == agenda]
    assert Counter(row["answer"] for row in answers) == {"signed": 1, "reserved": 1}
    assert "Agnieszka" in phone.page(pages["School"])


def test_agenda_the_document_is_the_same_file_and_a_first_step_counts_once(server: Server) -> None:
    room = make_workshop(people=5, partners=["School"], step=Step.AGENDA)
    make_adopted(room)
    agenda = make_agenda(room)
    publish(agenda, who=LEADER, build=build_files)
    phones = phones_in(server, room, 4)
    [found] = [Agenda(**row) for row in rows_of(Agenda) if row["id"] == agenda]
    document = f"{server.url}/d/{public_copy_token(found)}/agenda.docx"
    with phones[0]._opener.open(document) as answer:
        before = answer.read()

    killed_while(
        server,
        [partial(until_answered, partial(phone.send, "first-steps")) for phone in phones],
        after=0.01,
    )

    with phones[0]._opener.open(document) as answer:
        assert answer.read() == before
    phones[0].send("first-steps")
    steps = "SELECT count(*) FROM participant WHERE workshop_id = ? AND has_first_step"
    assert counted(server, steps, room.workshop_id) == (4,)


def test_a_phone_hears_the_news_again_after_the_restart(server: Server) -> None:
    room = make_workshop()
    [phone] = phones_in(server, room, 1)
    with phone.stream() as news:
        assert next(line for line in news if line.startswith(b"data:"))
        server.kill()
        with suppress(OSError, HTTPException):
            list(news)
    server.start()

    with phone.stream() as news:
        state = next(line for line in news if line.startswith(b"data:"))
        assert b'"step":"welcome"' in state.replace(b" ", b"")
        make_principle(room)
        assert next(line for line in news if line.startswith(b"data:"))


def test_asked_to_stop_the_server_ends_its_streams_within_seconds(server: Server) -> None:
    room = make_workshop()
    phones = phones_in(server, room, 10)
    streams = [phone.stream() for phone in phones]
    opened = [stream.__enter__() for stream in streams]
    for news in opened:
        assert next(line for line in news if line.startswith(b"data:"))

    assert server.stop() < STOPS_WITHIN

    for stream in streams:
        stream.__exit__(None, None, None)
    server.start()
    assert [phone.join() for phone in phones] == [phone.number for phone in phones]


def _id_of(room: Room, phone: StubbornPhone) -> int:
    [found] = [
        row["id"]
        for row in rows_of(Participant)
        if row["workshop_id"] == room.workshop_id and row["number"] == phone.number
    ]
    return int(found)
