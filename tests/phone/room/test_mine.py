"""The page of one's own data: what is stored about who asks, what they can do about it, and nobody else's."""

import re
from html import unescape

import pytest
from sqlmodel import Session
from starlette.testclient import TestClient

from models.agreeing.agreement import show_agreements
from models.agreeing.ownership import offer_help, take_on
from models.basics.words import Secrecy, Step
from models.drafting.proposal import hide_proposal, support_proposal
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Participant, Proposal
from models.workshop.participant import leave, remove
from models.workshop.people import list_participants
from models.workshop.programme import ALLIANCE
from models.workshop.workshop import end_workshop
from tests.builders import (
    LEADER,
    Room,
    cast,
    close,
    close_and_reveal,
    make_agenda,
    make_agreement,
    make_proposal,
    make_round,
    make_workshop,
    rows_of,
    take_room,
)
from tests.phone.conftest import JSON, hold, open_phone

NAME = "Renée d'Hondt 🙂"
WORDS = "Mijn zus Zoë woont daar"

both_databases = pytest.mark.both_databases


@pytest.fixture
def room(client: TestClient) -> Room:
    """Six people who draft; `client` is the phone of the first, who gave a name."""
    made = make_workshop(people={"Bewoners": 6}, step=Step.DRAFT)
    write(_say_name, person=made.people[0])
    hold(client, made)
    return made


def _say_name(session: Session, *, person: int, name: str = NAME) -> None:
    session.get_one(Participant, person).name = name


def _page(client: TestClient, room: Room, query: str = "") -> str:
    answer = client.get(f"/p/{room.code}/mine{query}")
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def _words(page: str) -> str:
    """Return what somebody reads on a page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def _code(room: Room, number: int = 1) -> str:
    with reading() as session:
        people = list_participants(session, room.workshop_id)
    return next(one.personal_code for one in people if one.number == number)


def _name_of(room: Room, person: int = 0) -> str | None:
    return next(row["name"] for row in rows_of(Participant) if row["id"] == room.people[person])


@both_databases
def test_a_phone_reads_what_is_stored_about_its_own_participant(client: TestClient, room: Room) -> None:
    make_proposal(room, text="Samen eten 🍲")
    other = make_proposal(room, text="Luisteren", author=1)
    write(support_proposal, participant_id=room.people[0], proposal_id=other, on=True)
    hidden = make_proposal(room, text="Weg", is_shown=False)
    write(hide_proposal, who=LEADER, proposal_id=hidden, reason="Dit kwetst")
    vote = make_round(room, secrecy=Secrecy.NAMED)
    cast(vote, room.people[0], "objection", reason=WORDS, may_name=True)

    words = _words(_page(client, room))

    for told in (NAME, _code(room), "Bewoners", "Samen eten", "Luisteren", "Dit kwetst", WORDS, "Objection"):
        assert told in words
    assert "Your name may stand beside this reason." in words
    assert "Until 30 days after the meeting the facilitators see who chose what." in words
    assert _code(room, 2) not in words


@both_databases
def test_the_file_holds_the_same_and_is_saved(client: TestClient, room: Room) -> None:
    make_proposal(room, text="Samen eten 🍲")

    answer = client.get(f"/p/{room.code}/mine.json")

    assert answer.headers["content-type"] == "application/json"
    name = f"handslag-{room.code.lower()}-1.json"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert (told["format"], told["person"]["name"], told["person"]["personal_code"]) == (1, NAME, _code(room))
    assert [one["text"] for one in told["proposals"]] == ["Samen eten 🍲"]


def test_what_was_chosen_without_a_name_is_said_to_be_nobodys_any_more(
    client: TestClient, room: Room
) -> None:
    vote = make_round(room)
    for person in room.people:
        cast(vote, person, "objection" if person == room.people[0] else "agree", reason=WORDS)
    assert WORDS in _page(client, room)

    close(vote)

    page = _page(client, room)
    assert "What you chose can no longer be linked to you" in page
    assert WORDS not in page and WORDS not in client.get(f"/p/{room.code}/mine.json").text


@both_databases
def test_a_name_is_removed_by_a_plain_form_and_stands_on_no_page_any_more(
    client: TestClient, room: Room
) -> None:
    vote = make_round(room, secrecy=Secrecy.NAMED)
    for person in room.people:
        cast(vote, person, "objection", reason=WORDS, may_name=True)
    close_and_reveal(vote)
    assert NAME in _page(client, room) and NAME in unescape(client.get(f"/p/{room.code}").text)

    answer = client.post(f"/p/{room.code}/forget-name", data={"me": "1", "page": "mine"})
    page = _page(client, room, "?done=name")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/p/{room.code}/mine?done=name#name")
    assert _name_of(room) is None
    assert "Your name is removed." in page and f"/p/{room.code}/forget-name" not in page
    with open_phone() as other:
        hold(other, room, 1)
        pages = [client.get(f"/p/{room.code}{path}").text for path in ("", "/mine", "/mine.json", "/state")]
        pages += [other.get(f"/p/{room.code}").text]
    assert [place for place, text in enumerate([page, *pages]) if NAME in unescape(text)] == []


def test_a_script_hears_that_the_name_is_gone(client: TestClient, room: Room) -> None:
    answer = client.post(f"/p/{room.code}/forget-name", data={"me": "1"}, headers=JSON)

    assert (answer.status_code, answer.json(), _name_of(room)) == (200, {"name": None}, None)


def test_a_page_of_who_had_the_phone_before_removes_nobodys_name(client: TestClient, room: Room) -> None:
    answer = client.post(f"/p/{room.code}/forget-name", data={"me": "2", "page": "mine"})

    assert (answer.status_code, answer.headers["location"]) == (303, f"/p/{room.code}")
    assert _name_of(room) == NAME


def test_every_form_of_the_page_says_whose_it_is(client: TestClient, room: Room) -> None:
    make_proposal(room)

    forms = re.findall(r'<form method="post" action="/p/.*?</form>', _page(client, room), re.DOTALL)

    assert len(forms) == 3
    assert [form for form in forms if 'name="me" value="1"' not in form] == []


@both_databases
def test_a_proposal_is_withdrawn_there_and_the_answer_is_that_page(client: TestClient, room: Room) -> None:
    proposal = make_proposal(room, text="Samen eten")
    theirs = make_proposal(room, text="Luisteren", author=1)
    fields = {"me": "1", "page": "mine", "withdraw": "1"}

    answer = client.post(f"/p/{room.code}/proposals/{proposal}", data=fields)
    refused = client.post(f"/p/{room.code}/proposals/{theirs}", data=fields)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/p/{room.code}/mine#proposals")
    assert [row["id"] for row in rows_of(Proposal) if row["withdrawn_at"]] == [proposal]
    assert "You withdrew it on" in _page(client, room)
    # The same page, with what went wrong above it.
    assert refused.status_code == 403
    assert 'id="problem"' in refused.text and "What is stored about you" in refused.text


def test_who_left_reads_on_and_withdraws_once_they_are_back(client: TestClient, room: Room) -> None:
    make_proposal(room)
    write(leave, participant_id=room.people[0])

    page = _page(client, room)

    assert "You left" in page and 'name="withdraw"' not in page
    assert "You can withdraw a proposal as long as you take part in the meeting." in page
    client.post(f"/p/{room.code}/forget-name", data={"me": "1"})
    assert _name_of(room) is None


def test_after_the_meeting_it_is_there_too(client: TestClient, room: Room) -> None:
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)

    assert f'href="/p/{room.code}/mine"' in client.get(f"/p/{room.code}").text
    assert NAME in _page(client, room)
    client.post(f"/p/{room.code}/forget-name", data={"me": "1"})
    assert _name_of(room) is None


def test_who_has_said_and_done_nothing_reads_so(client: TestClient, room: Room) -> None:
    hold(client, room, 1)

    words = _words(_page(client, room))

    for told in (
        "none: you are participant 2",
        "There is no name of yours that you can remove here.",
        "You sent no proposals.",
        "You support no proposals of others.",
        "There was no voting round in which you could vote.",
        "You took on no agreement, and offered no help.",
    ):
        assert told in words


def test_what_stays_is_said_with_whom_to_ask(client: TestClient, room: Room) -> None:
    take_room(room, Step.AGREE)
    agreement = make_agreement(room)
    write(show_agreements, who=LEADER, agreement_ids=[agreement])
    write(take_on, participant_id=room.people[0], agreement_id=agreement)
    write(offer_help, participant_id=room.people[1], agreement_id=agreement, name="Zoë")
    make_agenda(room)

    owner = _page(client, room)
    hold(client, room, 1)
    helper = _page(client, room)

    assert "As a partner you stand with your name in what you take on and sign." in owner
    assert "A name of yours stands in version 1 of the agenda." in owner
    assert "Your offers of help are taken back, because those go by name." in helper
    assert all(
        "tel:09000123" in page and "Ask the facilitator, or ask whom you find at the foot" in page
        for page in (owner, helper)
    )


# ---- Nobody else ----


def test_who_is_known_by_no_phone_comes_to_the_door(client: TestClient, room: Room) -> None:
    with open_phone() as stranger:
        page = stranger.get(f"/p/{room.code}/mine")
        file = stranger.get(f"/p/{room.code}/mine.json", headers=JSON)
        post = stranger.post(f"/p/{room.code}/forget-name", data={"me": "1"}, headers=JSON)
        unknown = stranger.get("/p/QQQQQQ/mine")

    assert (page.status_code, page.headers["location"]) == (303, f"/j/{room.code}")
    assert (file.status_code, file.json()["error"]) == (403, "not_admitted")
    assert (post.status_code, unknown.status_code, _name_of(room)) == (403, 404, NAME)


@both_databases
@pytest.mark.parametrize("is_closed", [False, True])
def test_another_phone_with_the_code_reads_nothing_until_it_is_let_in(
    client: TestClient, room: Room, is_closed: bool
) -> None:
    vote = make_round(room, secrecy=Secrecy.NAMED)
    cast(vote, room.people[0], "objection", reason=WORDS)
    if is_closed:
        close(vote)
    with open_phone() as second:
        told = second.post(f"/j/{room.code}", data={"personal_code": _code(room)}, headers=JSON)
        page = second.get(f"/p/{room.code}/mine")
        file = second.get(f"/p/{room.code}/mine.json", headers=JSON)
        asking = second.get(f"/p/{room.code}").text
        first = client.get(f"/p/{room.code}").text
        fields = {name: re.findall(rf'name="{name}" value="(\d+)"', first)[0] for name in ("phone", "person")}
        client.post(f"/p/{room.code}/phones", data={**fields, "yes": "1"})
        after = _page(second, room)

    assert told.json() == {"page": f"/p/{room.code}", "waiting": True}
    assert (page.status_code, page.headers["location"]) == (303, f"/p/{room.code}")
    assert file.status_code == 403
    assert "/mine" not in asking
    assert WORDS in after


def test_a_voice_on_this_phone_is_shown_by_its_number_and_nobody_elses(
    client: TestClient, room: Room
) -> None:
    voice = client.post(f"/p/{room.code}/voices", data={"name": "Piet"}, headers=JSON).json()["voice"]

    own, page = _page(client, room), _page(client, room, f"?voice={voice}")
    other = client.get(f"/p/{room.code}/mine?voice=2")
    nonsense = client.get(f"/p/{room.code}/mine?voice=x")
    file = client.get(f"/p/{room.code}/mine.json?voice={voice}").json()
    forgotten = client.post(
        f"/p/{room.code}/forget-name", data={"me": "1", "page": "mine", "voice": str(voice)}
    )

    assert f'href="/p/{room.code}/mine?voice={voice}"' in own
    assert "This page is about Piet, who votes on this phone." in page and NAME not in page
    assert f'href="/p/{room.code}/mine.json?voice={voice}"' in page
    assert (other.status_code, nonsense.status_code) == (403, 422)
    assert file["person"]["name"] == "Piet"
    assert forgotten.headers["location"] == f"/p/{room.code}/mine?voice={voice}&done=name#name"
    names = {row["number"]: row["name"] for row in rows_of(Participant)}
    assert (names[voice], names[1]) == (None, NAME)


def test_who_was_removed_reads_about_themselves_and_of_nobody_else(client: TestClient, room: Room) -> None:
    voice = client.post(f"/p/{room.code}/voices", data={"name": "Piet"}, headers=JSON).json()["voice"]
    write(remove, who=LEADER, participant_id=room.people[0])

    page = _page(client, room)
    of_voice = client.get(f"/p/{room.code}/mine?voice={voice}")

    assert NAME in page and "Piet" not in page
    assert of_voice.status_code == 403


# ---- The way there ----


@pytest.mark.parametrize("step", [step.name for step in ALLIANCE.steps])
def test_the_foot_of_every_page_of_the_room_leads_there(client: TestClient, room: Room, step: Step) -> None:
    take_room(room, step)

    foot = client.get(f"/p/{room.code}").text.split("<footer>")[1]

    assert foot.count(f'href="/p/{room.code}/mine"') == 1
    assert f'href="/p/{room.code}"' in client.get(f"/p/{room.code}/mine").text


def test_the_privacy_page_leads_a_phone_to_its_own_data_and_tells_others_where(
    client: TestClient, room: Room
) -> None:
    own = client.get("/privacy").text
    with open_phone() as stranger:
        stranger.cookies.set(f"handslag_{room.code.lower()}", "somebody-elses-guess")
        stranger.cookies.set("handslag_lead", "x")
        others = stranger.get("/privacy")

    assert f'href="/p/{room.code}/mine"' in own and "Your data in Together" in own
    assert others.status_code == 200
    assert "/mine" not in others.text and "“Your data”" in others.text


def test_it_is_there_in_dutch_too(client: TestClient, room: Room) -> None:
    vote = make_round(room)
    close(vote)
    with open_phone("nl") as phone:
        hold(phone, room)
        page = _page(phone, room)

    assert '<html lang="nl">' in page
    assert "Wat er over u is opgeslagen" in page
    assert "Wat u koos is niet meer aan u te koppelen" in page
