"""Every route and every page names who may open it, and opens for nobody else."""

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from models.basics.words import Step
from models.storage.database import reading
from models.storage.writing import write
from models.who_may_see import COOKIES, LEADS, PAGES, ROUTES, Role
from models.workshop.workshop import (
    end_workshop,
    make_table_host_link,
    projector_token,
    read_workshop,
    table_host_token,
)
from phone.ahead import AHEAD
from phone.routes import routes
from phone.serving.windows import Windows
from tests.builders import LEADER, Room, make_round, make_workshop
from tests.phone.conftest import JSON, lead

PAGE_FILES = Path(__file__).resolve().parents[3] / "pages"
OF_WHO_LEADS = sorted(path for path, roles in ROUTES.items() if roles == LEADS)
READ = {route.path for route in routes if isinstance(route, Route) and "GET" in (route.methods or ())}
SENTENCE = "This link does not open that page."


@pytest.fixture
def room(client: TestClient) -> Room:
    made = make_workshop(people=6, step=Step.VOTE)
    make_round(made)
    return made


def _by_link(client: TestClient, room: Room, role: Role) -> None:
    if role is Role.TABLE_HOST:
        write(make_table_host_link, who=LEADER, workshop_id=room.workshop_id)
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
        token = table_host_token(workshop) if role is Role.TABLE_HOST else projector_token(workshop)
    client.cookies.set(COOKIES[role], token)


def _address(path: str, room: Room) -> str:
    return path.replace("{code}", room.code)


def test_every_route_names_who_may_open_it_and_nothing_else_is_named() -> None:
    served = {route.path for route in routes if isinstance(route, Route)}
    ahead = {f"/p/{{code}}/{what}" for _, what in AHEAD}

    assert len(served) > 30
    assert served | ahead == set(ROUTES)
    assert all(ROUTES.values())


def test_every_page_names_who_may_open_it_and_nothing_else_is_named() -> None:
    pages = {path.stem for path in PAGE_FILES.glob("*.py")} - {"__init__", "navigation"}

    assert {page if page != "home" else "" for page in pages} == set(PAGES)
    assert all(PAGES.values())


@pytest.mark.parametrize("path", OF_WHO_LEADS)
def test_a_route_of_who_leads_opens_for_them(client: TestClient, room: Room, path: str) -> None:
    lead(client)

    answer = client.get(_address(path, room), headers=JSON)

    if path in READ:
        assert answer.status_code in (200, 404)
        assert answer.status_code == 200 or answer.json()["error"] == "not_found"
    else:
        # What only brings something is no page; who leads is let through to what it asks for: a file.
        assert answer.status_code == 405
        brought = client.post(_address(path, room), headers=JSON)
        assert (brought.status_code, brought.json()["error"]) == (409, "file_unreadable")


@pytest.mark.parametrize("path", OF_WHO_LEADS)
@pytest.mark.parametrize("role", [Role.TABLE_HOST, Role.PROJECTOR])
def test_a_route_of_who_leads_opens_for_no_link_and_says_so(
    client: TestClient, room: Room, path: str, role: Role
) -> None:
    _by_link(client, room, role)

    answer = client.get(_address(path, room))

    assert answer.status_code == 403
    assert SENTENCE in answer.text
    first = re.search(r'class="btn" href="([^"]+)"', answer.text)
    assert first is not None
    assert first[1] == ("/lead/table" if role is Role.TABLE_HOST else "/lead/projector")


@pytest.mark.parametrize("path", OF_WHO_LEADS)
def test_a_stranger_is_asked_to_sign_in_at_a_route_of_who_leads(
    client: TestClient, room: Room, path: str
) -> None:
    page, told = client.get(_address(path, room)), client.get(_address(path, room), headers=JSON)

    assert (page.status_code, page.headers["location"]) == (303, "/sign-in")
    assert (told.status_code, told.json()["error"]) == (403, "sign_in_ended")


@pytest.mark.parametrize("page", PAGES)
def test_a_table_host_reaches_the_pages_of_proposals_and_paper_alone(
    client: TestClient, room: Room, page: str
) -> None:
    _by_link(client, room, Role.TABLE_HOST)

    answer = client.get(f"/lead/{page}")

    if page in ("table", "paper"):
        # Behind this stands Streamlit, which is not here.
        assert answer.status_code == 404
        assert SENTENCE not in answer.text
    else:
        assert answer.status_code == 403
        assert SENTENCE in answer.text


def test_the_link_of_table_hosts_leads_to_their_page_and_a_withdrawn_one_to_none(
    client: TestClient, room: Room
) -> None:
    write(make_table_host_link, who=LEADER, workshop_id=room.workshop_id)
    with reading() as session:
        token = table_host_token(read_workshop(session, room.workshop_id))

    answer = client.get(f"/table/{token}")
    write(make_table_host_link, who=LEADER, workshop_id=room.workshop_id)
    ended = client.get(f"/table/{token}", headers=JSON)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/lead/table?workshop={room.code}")
    assert client.cookies[COOKIES[Role.TABLE_HOST]] == token
    assert (ended.status_code, ended.json()["error"]) == (404, "not_found")


def test_a_table_host_listens_to_the_own_room_and_no_other(client: TestClient, room: Room) -> None:
    other = make_workshop(people=2)
    _by_link(client, room, Role.TABLE_HOST)

    refused = client.get(f"/p/{other.code}/live?as=page", headers=JSON)

    assert (refused.status_code, refused.json()["error"]) == (403, "not_admitted")


def test_a_projector_that_is_opened_again_after_the_end_says_so_and_asks_nobody_to_sign_in(
    client: TestClient,
) -> None:
    room = make_workshop()
    with TestClient(Windows(Starlette()), follow_redirects=False) as hall:
        _by_link(hall, room, Role.PROJECTOR)
        before = hall.get("/lead/projector")
        write(end_workshop, who=LEADER, workshop_id=room.workshop_id)

        after = hall.get("/lead/projector")
        other = hall.get("/lead/vote")
        hall.cookies.set(COOKIES[Role.PROJECTOR], "made-up")
        stranger = hall.get("/lead/projector")

    assert before.status_code == 404, "let through to what this test leaves out"
    assert after.headers["location"].startswith("/projector/")
    assert other.headers["location"] == "/sign-in?to=/lead/vote"
    assert stranger.headers["location"] == "/sign-in?to=/lead/projector"
