"""The facilitator's page of an evening at mixed tables, and its projector."""

import re

import pytest

from models.basics.words import Step, WishStrength
from models.encounters.evening import set_wish
from models.encounters.ideas import list_ideas, send_idea, show_idea, support_idea
from models.encounters.plan import asked_now, people_to_seat
from models.encounters.rounds import show_question
from models.encounters.views import evening_now, own_seat, planned_rounds, tables_of_round
from models.storage.database import reading
from models.storage.writing import write
from models.workshop.participant import leave
from models.workshop.workshop import take_room_to, turn_wall
from pages.parts.projector.now import screen_now
from tests.builders import LEADER, Room, make_people
from tests.builders.evening import begin, divide, make_evening, make_held_evening
from tests.pages.opened import html, opened, said, sign_in_as, undo, words


@pytest.fixture
def room(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> Room:
    sign_in_as("Iris", monkeypatch)
    made = make_evening(12)
    write(take_room_to, who=LEADER, workshop_id=made.workshop_id, step=Step.TABLES)
    return made


def _screen(room: Room) -> str:
    with reading() as session:
        return screen_now(session, room.workshop_id, own_address="http://192.0.2.2:8501", language="en").html


def test_the_tables_are_divided_looked_at_and_begun(room: Room) -> None:
    app = opened("tables.py", workshop=room.code)
    assert "12 people are here." in html(app)

    app.button(key="divide").click().run(timeout=60)
    assert not app.exception
    assert "This is the plan. Nobody sees it yet." in html(app)
    assert "Table 3" in html(app)

    app.button(key="begin_round").click().run()
    assert not app.exception
    with reading() as session:
        assert evening_now(session, room.workshop_id).round_now == 1
    assert "Round 1 of 3: getting to know each other" in html(app)

    app.button(key="next_card").click().run()
    app.button(key="show_question").click().run()
    assert not app.exception
    screen = _screen(room)
    assert "Waar bent u trots op in uw straat of buurt?" in screen
    assert re.search(r'role="timer" data-until="\d{13}"[^>]*>15 minutes left</b>', screen)
    assert screen.count('<i class="on"></i>') == 15


def test_who_came_since_the_plan_is_said_and_who_changes_is_listed(room: Room) -> None:
    divide(room)
    begin(room, 1)
    make_people(room, count=2, group="Gemeente")

    app = opened("tables.py", workshop=room.code)
    assert "2 people came since the plan was made." in "".join(info.value for info in app.info)

    app.button(key="divide_again").click().run(timeout=60)
    assert not app.exception
    with reading() as session:
        assert planned_rounds(session, room.workshop_id) == [1, 2, 3]
        assert sum(len(table.people) for table in tables_of_round(session, room.workshop_id, 2)) == 14


@pytest.mark.usefixtures("sqlite")
def test_wishes_that_clash_are_named_and_one_may_fall(monkeypatch: pytest.MonkeyPatch) -> None:
    # With one round what is best is found at once; of three who stay together in more the search goes on to its end.
    room = make_evening(12, table_size=4, rounds=1)
    sign_in_as("Iris", monkeypatch)
    one, other, third = room.people[:3]
    for pair, strength in (
        ((one, other), WishStrength.MUST),
        ((other, third), WishStrength.MUST),
        ((one, third), WishStrength.MUST_NOT),
    ):
        write(
            set_wish,
            who=LEADER,
            workshop_id=room.workshop_id,
            one_id=pair[0],
            other_id=pair[1],
            strength=strength,
        )

    app = opened("tables.py", workshop=room.code)
    assert "badge 1 must sit with badge 2" in "".join(error.value for error in app.error)
    app.button(key="divide").click().run(timeout=60)
    assert not app.exception
    with reading() as session:
        assert planned_rounds(session, room.workshop_id) == []

    app.button(key=f"drop_wish_{one}_{third}").click().run()
    assert not app.error
    app.button(key="divide").click().run(timeout=60)
    with reading() as session:
        assert planned_rounds(session, room.workshop_id) == [1]


def test_each_wish_of_a_clash_may_fall_by_a_button_beside_it(room: Room) -> None:
    one, other = room.people[:2]
    for person, strength in ((other, WishStrength.MUST), (room.people[2], WishStrength.MUST)):
        _wish(room, one, person, strength)
    _wish(room, other, room.people[2], WishStrength.MUST_NOT)

    app = opened("tables.py", workshop=room.code)
    labels = [app.button(key=f"fall_0_{place}").label for place in range(3)]
    apart = next(at for at, label in enumerate(labels) if "must not" in label)
    app.button(key=f"fall_0_{apart}").click().run()

    assert not app.exception and not app.error
    with reading() as session:
        assert len(asked_now(session, room.workshop_id).wanted.wishes) == 2


def test_who_came_while_the_round_goes_on_stands_out_and_so_does_a_table_that_few_are_left_at(
    room: Room,
) -> None:
    divide(room)
    begin(room, 1)
    assert "new:" not in html(opened("tables.py", workshop=room.code))
    make_people(room, count=1, group="Gemeente")
    with reading() as session:
        found = tables_of_round(session, room.workshop_id, 1)
    full = next(table for table in found if 13 not in {person.number for person in table.people})
    for person in full.people[1:]:
        write(leave, participant_id=person.participant_id)

    shown = html(opened("tables.py", workshop=room.code))

    assert len(re.findall(r'<li class="new">(?:(?!</li>).)*<span class="came">new: 13</span>', shown)) == 1
    assert shown.count('class="came"') == 1
    assert re.findall(r'<p class="few">([^<]+)</p>', shown) == ["1 at this table"]

    app = opened("tables.py", workshop=room.code)
    (joins,) = [button for button in app.button if str(button.key).startswith("join_")]
    assert re.fullmatch(rf"Join table {full.number} with table \d", joins.label)
    joins.click().run()
    assert not app.exception
    assert f"with table {full.number}" in html(app) and "at this table" not in html(app)

    begin(room, 2)
    assert "new:" not in html(opened("tables.py", workshop=room.code))


def _wish(room: Room, one: int, other: int, strength: WishStrength) -> None:
    write(set_wish, who=LEADER, workshop_id=room.workshop_id, one_id=one, other_id=other, strength=strength)


def test_who_has_no_phone_is_let_in_on_the_page_and_told_their_table_and_who_went_home_is_noted(
    room: Room,
) -> None:
    divide(room)
    begin(room, 1)
    app = opened("tables.py", workshop=room.code)
    app.button(key="bring_in").click().run()
    assert "Fill in a name, a group or a card first." in said(app)
    app.text_input(key="comes_in_name_0").set_value("Mevrouw Öztürk")
    app.selectbox(key="comes_in_group_0").set_value(room.groups["Moskee"])
    app.button(key="bring_in").click().run()

    assert not app.exception and not app.error
    with reading() as session:
        newest = people_to_seat(session, room.workshop_id)[-1]
        seat = own_seat(session, room.workshop_id, newest.id)
    assert (newest.name, newest.group_id) == ("Mevrouw Öztürk", room.groups["Moskee"])
    assert seat is not None
    assert f"Badge {newest.number} is in, and sits at table {seat[0]}." in said(app)
    assert app.text_input(key="comes_in_name_1").value == ""

    app.text_input(key="comes_in_card_1").set_value("ZZZZZZZZ")
    app.button(key="bring_in").click().run()
    assert "We do not know this personal code." in said(app)
    assert app.text_input(key="comes_in_card_2").value == "ZZZZZZZZ"

    app.selectbox(key="goes_home").set_value(newest.id)
    app.button(key="went_home").click().run()
    with reading() as session:
        assert newest.id not in [person.id for person in people_to_seat(session, room.workshop_id)]
    undo(app).click().run()
    with reading() as session:
        assert newest.id in [person.id for person in people_to_seat(session, room.workshop_id)]


def test_who_leads_lets_somebody_without_a_phone_in_before_the_tables_are_divided_too(room: Room) -> None:
    write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.WELCOME)
    app = opened("room.py", workshop=room.code)
    app.text_input(key="comes_in_name_0").set_value("Đặng Thị")
    app.button(key="bring_in").click().run()

    assert not app.exception
    with reading() as session:
        newest = people_to_seat(session, room.workshop_id)[-1]
    assert newest.name == "Đặng Thị"
    assert f"Badge {newest.number} is in, and gets a table once a round begins." in said(app)


def test_the_preparation_says_how_many_new_meetings_are_possible_and_why_no_more(room: Room) -> None:
    app = opened("prepare.py", workshop=room.code)

    shown = words(app)
    assert "48 new meetings are possible." in re.sub("<[^>]+>", "", html(app))
    assert "More is not possible." in shown
    app.number_input(key=f"evening_table_size_{room.workshop_id}").set_value(6).run()
    assert not app.exception
    assert "2 tables of 6" in words(app)


def test_the_projector_lists_badges_in_tens_and_shows_no_name(room: Room) -> None:
    divide(room)
    assert "In a moment you see here at which table you sit." in _screen(room)

    begin(room, 1)
    screen = _screen(room)

    assert re.findall(r'<span class="badge-number">(\d+)</span>', screen) == [
        str(badge) for badge in range(1, 21)
    ]
    assert screen.count('class="free"') == 8
    assert screen.count('class="at"') == 12


def test_more_than_sixty_badges_are_turned_by_the_page(sqlite: str) -> None:
    room = make_evening(62, table_size=6, rounds=1)
    divide(room)
    begin(room, 1)

    first = _screen(room)
    write(turn_wall, who=LEADER, workshop_id=room.workshop_id, page=1)

    assert "1 of 2" in first and first.count('class="at"') == 60
    assert _screen(room).count('class="at"') == 2


def test_the_end_says_how_many_met(room: Room) -> None:
    divide(room)
    begin(room, 1)
    write(show_question, who=LEADER, workshop_id=room.workshop_id, is_shown=True)
    write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.END)

    screen = _screen(room)
    app = opened("room.py", workshop=room.code)

    for told in (screen, words(app)):
        assert "18 new meetings" in told


def test_ideas_are_let_through_and_made_proposals(room: Room) -> None:
    divide(room)
    begin(room, 1)
    write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.HARVEST)
    assert "No ideas yet. Ask each table for one sentence." in html(opened("harvest.py", workshop=room.code))
    sent = write(
        send_idea,
        participant_id=room.people[0],
        text="Soep op straat",
        first_step="Buren vragen",
        taker="Anna",
        version=0,
    )
    assert "Soep" not in _screen(room)

    app = opened("harvest.py", workshop=room.code)
    assert "Anna takes the first step." in words(app)
    app.button(key=f"show_idea_{sent.id}").click().run()
    app.button(key=f"propose_idea_{sent.id}").click().run()

    assert not app.exception
    screen = _screen(room)
    assert "Soep op straat" in screen and "First step: Buren vragen" in screen and "Anna" not in screen
    with reading() as session:
        assert list_ideas(session, room.workshop_id)[0].proposal_code


def test_what_is_supported_most_stands_first_on_the_screen_and_where_who_leads_asks_for_it(
    room: Room,
) -> None:
    divide(room)
    begin(room, 1)
    write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.HARVEST)
    with reading() as session:
        at = {table.number: table.people for table in tables_of_round(session, room.workshop_id, 1)}
    for number, text in ((1, "Soep op straat"), (2, "Een bankje bij de moskee")):
        sent = write(
            send_idea,
            participant_id=at[number][0].participant_id,
            text=text,
            first_step="",
            taker="",
            version=0,
        )
        write(show_idea, who=LEADER, idea_id=sent.id, is_shown=True)
    write(support_idea, participant_id=at[1][0].participant_id, idea_id=sent.id, on=True)

    app = opened("harvest.py", workshop=room.code)
    by_table = words(app)
    app.toggle(key="ideas_by_support").set_value(True).run()
    sorted_by_support, screen = words(app), _screen(room)

    assert not app.exception and "1 support" in by_table
    assert by_table.index("Soep op straat") < by_table.index("Een bankje")
    assert sorted_by_support.index("Een bankje") < sorted_by_support.index("Soep op straat")
    assert screen.index("Een bankje") < screen.index("Soep op straat")
    assert "1</b> supports this" in screen or "1 supports this" in screen

    # What waits for who leads stands above ten tables that do not.
    write(show_idea, who=LEADER, idea_id=sent.id, is_shown=False)
    waiting = words(opened("harvest.py", workshop=room.code))
    assert waiting.index("Een bankje") < waiting.index("Soep op straat")


@pytest.mark.usefixtures("sqlite")
def test_all_ideas_that_wait_are_let_through_with_one_tap_and_one_alone_has_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_held_evening()
    write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.HARVEST)
    with reading() as session:
        at = [table.people[0].participant_id for table in tables_of_round(session, room.workshop_id, 2)]
    for person, text in zip(at, ("Soep op straat 🍲", "Een bankje: مقعد للجميع"), strict=True):
        write(send_idea, participant_id=person, text=text, first_step="", taker="", version=0)
    sign_in_as("Iris", monkeypatch)
    app = opened("harvest.py", workshop=room.code)

    app.button(key="show_all_ideas").click().run()

    assert not app.exception and "2 ideas are on the screens." in html(app)
    with reading() as session:
        shown = list_ideas(session, room.workshop_id)
    assert [idea.is_shown for idea in shown] == [True, True]
    app.button(key=f"show_idea_{shown[0].id}").click().run()
    assert "show_all_ideas" not in [button.key for button in app.button]
