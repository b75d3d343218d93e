"""A phone at an evening at mixed tables: its own table at once, the question, and whom one met at the end."""

import io
import re
from html import unescape

import pytest
from docx import Document
from starlette.testclient import TestClient

from models.basics.words import Step
from models.encounters.evening import read_evening
from models.encounters.joining_tables import join_tables
from models.encounters.rounds import show_card
from models.encounters.views import tables_of_round
from models.storage.database import reading
from models.storage.writing import write
from models.workshop.participant import leave, make_personal_codes
from models.workshop.workshop import end_workshop, take_room_to
from tests.builders import LEADER, Room
from tests.builders.evening import begin, divide, make_evening, table_of
from tests.phone.conftest import hold, lead, open_phone

HEAVIEST = 25_000


def _text(phone: TestClient, room: Room, query: str = "") -> str:
    answer = phone.get(f"/p/{room.code}{query}")
    assert answer.status_code == 200
    assert len(answer.content) < HEAVIEST
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


@pytest.fixture
def room(sqlite: str) -> Room:
    return make_evening(12)


@pytest.mark.parametrize("person", [0, 7])
def test_every_phone_shows_its_own_table_once_the_round_begins(room: Room, person: int) -> None:
    with open_phone() as phone:
        hold(phone, room, person)
        write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.TABLES)
        divide(room)
        planned = _text(phone, room)

        begin(room, 1)
        shown = _text(phone, room)

        table = table_of(room, room.people[person])
        assert "Your table comes here in a moment." in planned
        assert f"Round 1 of 3 · getting to know each other Your table {table} " in shown
        assert "Wie bent u, en waar komt u hier graag?" in shown
        assert "Card 1 of 3" in shown and "Theme: Thuis in Merenveld" in shown


def test_at_an_evening_nobody_votes_for_another_but_who_has_no_phone_gets_a_number(room: Room) -> None:
    with open_phone() as phone:
        hold(phone, room, 0)
        before = _text(phone, room)
        request = re.findall(r'name="request_id" value="(\w+)"', phone.get(f"/p/{room.code}").text)[0]

        phone.post(f"/p/{room.code}/voices", data={"name": "Joke", "group": "", "request_id": request})
        after = _text(phone, room)

    assert "Bring in somebody without a phone" in before
    assert "Also here by this phone Joke · number 13 on the screen" in after
    assert not re.search("[Vv]ot(es?|ing)\\b", before + after)


def test_who_sits_alone_hears_that_somebody_comes(room: Room) -> None:
    divide(room)
    begin(room, 1)
    with reading() as session:
        one, *others = tables_of_round(session, room.workshop_id, 1)[0].people
    with open_phone() as phone:
        hold(phone, room, one.number - 1)
        assert "You sit alone for now." not in _text(phone, room)

        for person in others:
            write(leave, participant_id=person.participant_id)

        assert "You sit alone for now. Somebody of the team comes to you." in _text(phone, room)

        write(join_tables, who=LEADER, workshop_id=room.workshop_id, number=1, table=1, into=3)
        shown = _text(phone, room)

    assert "Your table 3 " in shown
    assert "Your table 1 goes with table 3 now. Please go there; you are expected." in shown
    assert "You sit alone" not in shown


def test_the_next_card_stands_on_the_phone_and_the_table_stays(room: Room) -> None:
    divide(room)
    begin(room, 1)
    with open_phone() as phone:
        hold(phone, room, 3)
        before = re.search(r"Your table (\d+)", _text(phone, room))

        write(show_card, who=LEADER, workshop_id=room.workshop_id, number=1, card=3)
        after = _text(phone, room)

    assert before is not None
    assert f"Your table {before[1]} " in after and "Card 3 of 3" in after


def test_the_phone_of_who_minds_the_turns_says_so_and_moves_the_card_of_its_own_table(room: Room) -> None:
    divide(room)
    begin(room, 1)
    badge, others = _host_and_others(room, 1)
    with open_phone() as phone, open_phone() as beside:
        hold(phone, room, badge - 1)
        hold(beside, room, others[0] - 1)
        assert "You mind the turns at this table" in _text(phone, room)
        read_along = _text(beside, room)
        assert re.search(r"Seat \d minds the turns. That was drawn by lot.", read_along)
        assert "Next card for this table" not in read_along

        told = phone.post(f"/p/{room.code}/table-card", data={"round": "1", "card": "2", "seen": "1"})
        assert (told.status_code, told.headers["location"]) == (303, f"/p/{room.code}#main")
        assert "Card 2 of 3" in _text(phone, room) and "Card 2 of 3" in _text(beside, room)
        assert "Previous card" in _text(phone, room)

        refused = beside.post(f"/p/{room.code}/table-card", data={"round": "1", "card": "3", "seen": "2"})
        assert refused.status_code == 403
        assert "Somebody else minds the turns at your table now." in refused.text

        phone.post(f"/p/{room.code}/table-host", data={"round": "1"})
        assert "You mind the turns at this table" not in _text(phone, room)
        with reading() as session:
            next_one = tables_of_round(session, room.workshop_id, 1)[0].host
        hold(beside, room, (next_one or 0) - 1)
        assert "You mind the turns at this table" in _text(beside, room)
        assert "You let another mind the turns." in _text(phone, room, "/mine")


def test_a_card_that_who_leads_put_on_all_phones_is_not_taken_back_by_an_older_page(room: Room) -> None:
    divide(room)
    begin(room, 1)
    badge, _others = _host_and_others(room, 1)
    write(show_card, who=LEADER, workshop_id=room.workshop_id, number=1, card=3)
    with open_phone() as phone:
        hold(phone, room, badge - 1)
        late = phone.post(f"/p/{room.code}/table-card", data={"round": "1", "card": "2", "seen": "1"})
        wrong = phone.post(f"/p/{room.code}/table-card", data={"round": "1", "card": "x", "seen": "3"})

        assert (late.status_code, wrong.status_code) == (409, 422)
        assert "Card 3 of 3" in _text(phone, room)


def _host_and_others(room: Room, table: int) -> tuple[int, list[int]]:
    with reading() as session:
        found = tables_of_round(session, room.workshop_id, 1)[table - 1]
    assert found.host is not None
    return found.host, [person.number for person in found.people if person.number != found.host]


def test_what_a_block_needs_comes_with_the_first_page_as_a_phone_goes_on_without_a_new_one(
    room: Room,
) -> None:
    """From step to step the script replaces what stands on a page, and never what belongs to the whole of it."""
    divide(room)
    with open_phone() as phone:
        hold(phone, room, 0)
        sheets = set()
        for step in (Step.WELCOME, Step.TABLES, Step.HARVEST, Step.END):
            write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=step)
            sheets.add(re.findall(r'rel="stylesheet" href="([^"]+)"', phone.get(f"/p/{room.code}").text)[0])

    assert len(sheets) == 1 and "tables.css" in sheets.pop()


def test_how_long_a_round_lasts_is_told_by_the_servers_end_and_without_a_script_as_a_time(room: Room) -> None:
    divide(room)
    begin(room, 1)
    with reading() as session:
        ends_at = read_evening(session, room.workshop_id).ends_at
    assert ends_at is not None
    with open_phone() as phone:
        hold(phone, room, 0)
        html = phone.get(f"/p/{room.code}").text

    ends = int(ends_at.timestamp() * 1000)
    assert f'data-until="{ends}" data-minutes="15" data-many="{{n}} minutes left"' in html
    assert re.search(r"<span>This round lasts until \d\d:\d\d\.</span>", html)
    assert re.search(r'<script src="/assets/[^"]+/tables.js" data-now="\d{13}" defer>', html)
    # Outside the part: what is new on each page would make the script draw the part anew.
    assert "data-now" not in _part(html, "table")


def test_a_table_says_number_name_and_sign_to_who_listens(room: Room) -> None:
    divide(room)
    begin(room, 1)
    with open_phone("nl") as phone:
        hold(phone, room, 0)
        html = phone.get(f"/p/{room.code}").text

    assert re.search(r'role="group" aria-label="Tafel \d, (rode zon|groene boom|blauwe boot)"', html)
    assert 'class="table-sign"' in html and "style=" not in html


def test_at_the_end_a_phone_says_how_many_its_owner_sat_with(room: Room) -> None:
    divide(room)
    begin(room, 1)
    write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.END)
    with open_phone() as phone:
        hold(phone, room, 0)
        ending = _text(phone, room)
        write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
        over = _text(phone, room)

    assert "You sat with 3 of the 11 other people." in ending
    assert "You sat with 3 of the 11 other people." in over
    assert "is erased 30 days after the meeting" in over


def test_ones_own_data_tell_where_one_sat(room: Room) -> None:
    divide(room)
    begin(room, 1)
    with open_phone() as phone:
        hold(phone, room, 0)
        page = _text(phone, room, "/mine")
        kept = phone.get(f"/p/{room.code}/mine.json").json()

    assert [seat["round"] for seat in kept["seats"]] == [1]
    assert f"Round 1: table {kept['seats'][0]['table']}" in page


@pytest.mark.parametrize(
    ("what", "found"), [("tables", "Tafel"), ("people", "Badge"), ("list", "Wie zit waar")]
)
def test_who_leads_prints_the_evening(room: Room, what: str, found: str) -> None:
    write(make_personal_codes, who=LEADER, workshop_id=room.workshop_id, count=2)
    divide(room)
    with open_phone() as browser:
        assert browser.get(f"/files/{room.code}/seats.docx?what={what}").status_code in (303, 403)
        lead(browser)
        answer = browser.get(f"/files/{room.code}/seats.docx?what={what}")
        wrong = browser.get(f"/files/{room.code}/seats.docx?what=names")

    document = Document(io.BytesIO(answer.content))
    words = [paragraph.text for paragraph in document.paragraphs]
    words += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any(found in text for text in words)
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    ("what", "found"),
    [("people&all=1", "U let op de beurten."), ("list", "* let op de beurten aan die tafel; dat is geloot.")],
)
def test_on_paper_stands_who_minds_the_turns(room: Room, what: str, found: str) -> None:
    divide(room)
    with open_phone() as browser:
        lead(browser)
        answer = browser.get(f"/files/{room.code}/seats.docx?what={what}")

    document = Document(io.BytesIO(answer.content))
    words = [paragraph.text for paragraph in document.paragraphs]
    words += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any(found in text for text in words)


def test_what_changes_while_a_page_stands_open_is_a_part_that_the_script_takes_over(room: Room) -> None:
    """The script changes only parts that have a name: what stands outside them stays as it was when it was opened."""
    divide(room)
    begin(room, 1)
    with open_phone() as phone:
        hold(phone, room, 0)
        table = phone.get(f"/p/{room.code}").text
        write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.HARVEST)
        harvest = phone.get(f"/p/{room.code}").text
        write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.END)
        ending = phone.get(f"/p/{room.code}").text

    assert all(
        inside in _part(table, "table") for inside in ("Your table", "mytable", "Card 1 of 3", "question")
    )
    assert 'name="version"' in _part(harvest, "idea")
    assert "The facilitator shows the ideas here." in _part(harvest, "ideas")
    assert "You sat with" in _part(ending, "met")


def _part(html: str, name: str) -> str:
    """Return what stands in a part with this name: up to where its own element closes."""
    begin_at = html.index(f'data-part="{name}"')
    depth, place = 1, begin_at
    while depth:
        found = re.compile(r"</?div\b").search(html, place)
        assert found is not None
        depth += -1 if found[0] == "</div" else 1
        place = found.end()
    return html[begin_at:place]
