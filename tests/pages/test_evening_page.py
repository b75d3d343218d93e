"""The page of what an evening did, and the screen at its end: figures after the close, hidden cells say so."""

from datetime import timedelta
from math import dist

import pytest

from models.basics.clock import now
from models.basics.words import Step
from models.encounters.answers import AFTER, BEFORE, OwnNumbers, answers_now, own_numbers, send_answer
from models.encounters.ending import end_meeting
from models.encounters.group_pairs import GroupPairs, counted_groups, met_by_group
from models.joining.voice import add_voice
from models.storage.database import reading
from models.storage.writing import write
from models.workshop.workshop import take_room_to
from pages.parts.projector.linked import circles, lines_between, with_room
from pages.parts.projector.now import screen_now
from tests.builders import LEADER, Room
from tests.builders.evening import begin, divide, make_evening
from tests.pages.opened import html, opened, sign_in_as, words


@pytest.fixture
def room(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> Room:
    sign_in_as("Iris", monkeypatch)
    made = make_evening(24)
    divide(made)
    for number in (1, 2, 3):
        begin(made, number)
    for place, person in enumerate(made.people[:12]):
        write(send_answer, participant_id=person, asked=BEFORE, known=place % 6)
        write(send_answer, participant_id=person, asked=AFTER, known=place % 6 + 4)
    write(take_room_to, who=LEADER, workshop_id=made.workshop_id, step=Step.END)
    return made


def _screen(room: Room) -> str:
    with reading() as session:
        return screen_now(session, room.workshop_id, own_address="http://192.0.2.2:8501", language="en").html


def test_one_press_closes_the_questions_and_shows_what_they_say(room: Room) -> None:
    app = opened("evening.py", workshop=room.code)
    assert "12 people of 24 gave both numbers so far." in words(app)
    assert "Before, people knew" not in html(app)
    assert "Say it on your phone." in _screen(room) and "6.5" not in _screen(room)

    app.button(key="close_answers").click().run()

    assert not app.exception
    with reading() as session:
        assert answers_now(session, room.workshop_id).is_closed
    assert "Before, people knew 2 others here. Now they would greet 6." in html(app)
    assert "What the 12 people who did not give both numbers think." in words(app)
    app.button(key="end").click().run()
    assert "End it now" in [button.label for button in app.button]
    assert "We knew 2 here on average. Now we would greet 6." in _screen(room)


def test_questions_are_not_closed_for_good_before_the_second_one_was_asked(room: Room) -> None:
    write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.TABLES)

    app = opened("evening.py", workshop=room.code)

    assert "close_answers" not in [button.key for button in app.button]
    assert "from the harvest on" in words(app)


def test_who_leads_an_evening_is_offered_no_link_to_type_proposals_that_nobody_votes_on(room: Room) -> None:
    app = opened("room.py", workshop=room.code, step=Step.WELCOME)

    assert "Table hosts" not in [heading.value for heading in app.subheader]


def test_the_screen_leaves_out_what_does_not_fit_beside_the_circles_and_keeps_when_all_meet_again() -> None:
    lead, told = (
        "Wij kenden hier gemiddeld 8 mensen. Nu groeten wij er 14.",
        "51 van 61 mensen vertelden dit.",
    )
    new = "Minstens 593 nieuwe kennismakingen van hoogstens 603."
    series = "In deze reeks ontmoette 100 % van alle paren van groepen elkaar: 10 van 10."
    again = "Wij zien elkaar weer op donderdag 24 december 2026."

    every = with_room([lead, told, new, series], has_means=True, kept=(lead, series))
    fewer = with_room([lead, told, new, series, again], has_means=True, kept=(lead, again))

    assert every == [lead, told, new, series]
    assert fewer == [lead, told, new, again]


def test_the_page_tells_groups_beside_chance_and_keeps_choices_until_the_end(room: Room) -> None:
    app = opened("evening.py", workshop=room.code)
    assert "Spoke with each other (pairs)" in html(app)
    assert "Want to speak each other again (both)" not in html(app)
    assert "is counted once the meeting has ended" in words(app)
    assert "By lot it would be" in words(app) and "Krackhardt" in words(app)

    write(end_meeting, who=LEADER, workshop_id=room.workshop_id)
    app = opened("evening.py", workshop=room.code)

    # Nobody chose anybody: every cell of that table is hidden.
    assert html(app).split("Want to speak each other again (both)")[1].count("<span>hidden</span>") == 6
    assert "We erase bubbles, contacts and numbers on" in words(app)


def test_the_screen_shows_groups_as_circles_with_a_number_on_each_line(room: Room) -> None:
    screen = _screen(room)

    assert screen.count('class="node"') == 3 and screen.count("<line ") == 3
    assert screen.count('class="plate"') == 3
    assert "Bewoners and Gemeente:" in screen


@pytest.mark.parametrize("count", range(2, 7))
def test_every_number_stands_on_its_own_line_and_on_no_other_number(count: int) -> None:
    pairs = _many(count)
    lines = lines_between(pairs)

    assert len(lines) == count * (count - 1) // 2
    assert len({line.plate for line in lines}) == len(lines)
    for place, line in enumerate(lines):
        for other in lines[:place]:
            apart = [abs(one - two) for one, two in zip(line.plate, other.plate, strict=True)]
            assert apart[0] >= (92, 76)[count > 4] or apart[1] >= (66, 54)[count > 4], (line, other)
    assert len(circles(count)) == count


@pytest.mark.parametrize("count", range(2, 7))
def test_no_circle_stands_on_another_one(count: int) -> None:
    middles, wide = circles(count), 276 if count <= 4 else 216

    assert all(dist(one, other) > wide for place, one in enumerate(middles) for other in middles[:place])


def _many(count: int) -> GroupPairs:
    """Return groups of six, of which everybody met everybody."""
    groups = counted_groups({person: 1 + person // 6 for person in range(6 * count)})
    assert groups is not None
    every = [(one, other) for other in range(6 * count) for one in range(other)]
    return met_by_group(groups, every, most=len(every))


def test_who_leads_types_the_numbers_of_who_has_no_phone_of_their_own(room: Room) -> None:
    assert "For who has no phone of their own" not in [
        box.label for box in opened("evening.py", workshop=room.code).expander
    ]
    voice = write(add_voice, code=room.code, phone_token=room.phones[0], name="Joke 🌷")
    app = opened("evening.py", workshop=room.code)

    app.selectbox(key="spoken_who").set_value(voice.participant_id)
    app.number_input(key="spoken_before").set_value(4)
    app.number_input(key="spoken_after").set_value(9)
    app.button(key="keep_spoken").click().run()

    assert not app.exception
    with reading() as session:
        assert own_numbers(session, room.workshop_id, voice.participant_id) == OwnNumbers(4, 9)
    assert app.number_input(key="spoken_before").value is None


def test_once_the_answers_are_erased_the_page_says_so_and_not_that_too_few_answered(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(end_meeting, who=LEADER, workshop_id=room.workshop_id)
    later = now() + timedelta(days=31)
    monkeypatch.setattr("models.encounters.forgetting.now", lambda: later)

    shown = words(opened("evening.py", workshop=room.code))

    assert "What people answered and chose was erased on its day, as was promised." in shown
    assert "Too few gave both numbers" not in shown
    assert "Want to speak each other again (both)" not in shown
