"""Who sits with whom on the facilitator's page: mixed, kept together or left aside, and a question of one's own."""

import pytest
from streamlit.testing.v1 import AppTest

from models.basics.words import Mixing, Step
from models.encounters.evening import read_evening
from models.encounters.mixing import choose_answer, own_choice, read_question
from models.joining.voice import add_voice
from models.storage.database import reading
from models.storage.writing import write
from models.workshop.workshop import take_room_to
from tests.builders import LEADER, Room
from tests.builders.evening import begin, divide, make_evening
from tests.pages.opened import html, opened, sign_in_as, words

LANGUAGE = "Welke taal spreekt u aan tafel?"


def _told(app: AppTest) -> str:
    """Return what a page says, without the signs that keep typed text from being Markdown or turning its sentence."""
    return words(app).translate(dict.fromkeys(map(ord, "\\\u2068\u2069")))


@pytest.fixture
def room(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> Room:
    sign_in_as("Iris", monkeypatch)
    return make_evening(12, table_size=4)


def _choose(room: Room, name: str, mixing: Mixing) -> list[str]:
    """Choose what the tables do; return what is then stored of groups, bubbles and the question."""
    app = opened("prepare.py", workshop=room.code)
    app.segmented_control(key=f"evening_{name}_{room.workshop_id}").set_value(mixing).run()
    assert not app.exception
    with reading() as session:
        evening = read_evening(session, room.workshop_id)
    return [evening.groups_mixing, evening.bubbles_mixing, evening.question_mixing]


def test_each_attribute_is_mixed_kept_together_or_left_aside_and_the_page_says_how_it_works_out(
    room: Room,
) -> None:
    assert _choose(room, "groups_mixing", Mixing.TOGETHER) == ["together", "mix", "mix"]
    assert "Bewoners: 4 people, always at one table." in _told(opened("prepare.py", workshop=room.code))
    assert _choose(room, "bubbles_mixing", Mixing.ASIDE) == ["together", "aside", "mix"]
    assert "The tables do not look at it." in _told(opened("prepare.py", workshop=room.code))


def test_a_question_of_ones_own_is_asked_and_used(room: Room) -> None:
    app = opened("prepare.py", workshop=room.code)
    app.text_input(key=f"evening_question_{room.workshop_id}").set_value(LANGUAGE)
    app.text_area(key=f"evening_answers_{room.workshop_id}").set_value("Nederlands\nالعربية, Nederlands")
    app.button(key="keep_mixing_question").click().run()
    assert not app.exception
    with reading() as session:
        found = read_question(session, room.workshop_id)
    assert found is not None
    assert (found.text, [text for _, text in found.answers]) == (LANGUAGE, ["Nederlands", "العربية"])
    for person in room.people[:3]:
        write(choose_answer, participant_id=person, answer_id=found.answers[1][0])

    assert _choose(room, "question_mixing", Mixing.TOGETHER)[2] == "together"

    assert "العربية: 3 people, always at one table." in _told(opened("prepare.py", workshop=room.code))


def test_a_question_with_one_answer_is_refused_with_what_to_do(room: Room) -> None:
    app = opened("prepare.py", workshop=room.code)
    app.text_input(key=f"evening_question_{room.workshop_id}").set_value(LANGUAGE)
    app.text_area(key=f"evening_answers_{room.workshop_id}").set_value("Nederlands")

    app.button(key="keep_mixing_question").click().run()

    assert not app.exception
    assert "Type two to twelve different answers, one on each line." in _told(app)
    with reading() as session:
        assert read_question(session, room.workshop_id) is None


def test_who_leads_types_the_answer_of_who_has_no_phone_of_their_own(room: Room) -> None:
    test_a_question_of_ones_own_is_asked_and_used(room)
    voice = write(add_voice, code=room.code, phone_token=room.phones[0], name="Joke 🌷")
    with reading() as session:
        found = read_question(session, room.workshop_id)
    assert found is not None
    app = opened("tables.py", workshop=room.code)

    app.selectbox(key="mixing_who").set_value(voice.participant_id)
    app.selectbox(key="mixing_answer").set_value(found.answers[1][0])
    app.button(key="keep_mixing_answer").click().run()

    assert not app.exception
    with reading() as session:
        choice = own_choice(session, room.workshop_id, voice.participant_id)
    assert choice.answer_id == found.answers[1][0]


def test_conditions_are_ticked_on_the_prepare_page_and_told_with_what_the_evening_did(room: Room) -> None:
    app = opened("prepare.py", workshop=room.code)
    assert "0 of 4" in _told(app)
    app.checkbox(key=f"evening_backing_is_met_{room.workshop_id}").check().run()
    app.text_input(key=f"evening_backing_how_{room.workshop_id}").set_value(
        "Wethouder *Van Dijk* opent 🌷"
    ).run()
    app.checkbox(key=f"evening_equal_is_met_{room.workshop_id}").check().run()
    assert not app.exception and "2 of 4" in _told(opened("prepare.py", workshop=room.code))

    divide(room)
    begin(room, 1)
    write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.HARVEST)

    app = opened("evening.py", workshop=room.code)
    told = _told(app)
    assert "How it was prepared" in html(app)
    assert "**Backing.** Wethouder *Van Dijk* opent 🌷" in told
    assert "**Equal at the table.** The lot says who minds the turns, and everybody has one." in told
    assert "**One goal.** This was not looked after beforehand." in told
