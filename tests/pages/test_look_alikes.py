"""Look-alikes on the page of proposals: seen beside each other, chosen by one tap, told apart by another."""

import pytest
from streamlit.testing.v1 import AppTest

from models.basics.words import Step
from models.storage.database import reading
from models.voting.principles import list_principles
from tests.builders import Room, make_proposal, make_workshop
from tests.pages.opened import opened, sign_in_as, words

pytestmark = pytest.mark.usefixtures("sqlite")

HALL = "Het buurthuis is ook ’s avonds open."
BUILDINGS = "Gebouwen van de gemeente zijn ook ’s avonds open."
EATING = "Vaker samen eten in de wijk."


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    sign_in_as("Iris", monkeypatch)
    made = make_workshop(people=3, step=Step.DRAFT)
    for text in (HALL, EATING, BUILDINGS):
        make_proposal(made, text=text)
    return made


def ticked(app: AppTest) -> list[bool]:
    return [tick.value for tick in app.checkbox if str(tick.key).startswith("choose_proposal_")]


def test_two_rows_say_that_they_look_alike_and_one_tap_shows_them_together(room: Room) -> None:
    app = opened("draft.py", workshop=room.code)

    said = "\n".join(element.proto.body for element in app.get("html"))
    assert said.count("looks like 1 other") == 2
    assert app.button(key="look_at_alike").label == "2 look alike"
    app.button(key="look_at_alike").click().run()
    assert "2 proposals look alike" in words(app)


def test_the_filter_shows_only_look_alikes_each_group_together(room: Room) -> None:
    app = opened("draft.py", workshop=room.code, show="alike")

    assert not app.exception
    assert len(ticked(app)) == 2
    assert "2 proposals look alike" in words(app)


def test_one_tap_chooses_a_group_and_nothing_is_made_before_the_next(room: Room) -> None:
    app = opened("draft.py", workshop=room.code, show="alike")

    app.button(key="together_1").click().run()

    assert ticked(app) == [True, True]
    assert app.text_area(key="wording").value == HALL
    with reading() as session:
        assert list_principles(session, room.alliance_id) == []
    app.button(key="word_together").click().run()
    with reading() as session:
        [principle] = list_principles(session, room.alliance_id)
    assert sorted(source.text for source in principle.sources) == [BUILDINGS, HALL]
    assert "Nothing here." in words(app)


def test_a_tap_never_writes_over_what_somebody_typed(room: Room) -> None:
    app = opened("draft.py", workshop=room.code, show="alike")
    app.text_area(key="wording").input("’s Avonds is er altijd iets open.").run()

    app.button(key="together_1").click().run()

    assert ticked(app) == [True, True]
    assert app.text_area(key="wording").value == "’s Avonds is er altijd iets open."


def test_told_apart_they_are_not_offered_any_more(room: Room) -> None:
    app = opened("draft.py", workshop=room.code, show="alike")

    app.button(key="apart_1").click().run()

    assert "Nothing here." in words(app)
    again = opened("draft.py", workshop=room.code)
    assert "looks like" not in "\n".join(element.proto.body for element in again.get("html"))
