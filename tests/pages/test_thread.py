"""The thread on the page of agreements: one is chosen, told in a sentence, drawn and listed."""

import pytest
from streamlit.testing.v1 import AppTest

from models.basics.words import Step
from tests.builders import (
    Room,
    make_agreement,
    make_principle,
    make_proposal,
    make_workshop,
    take_room,
)
from tests.pages.opened import opened, sign_in_as, words

pytestmark = pytest.mark.usefixtures("sqlite")

FROM_RESIDENTS, FROM_CHURCHES = "group:Bewoners~1~1", "group:Kerken~1~1"


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    """A principle from two groups, with one agreement."""
    sign_in_as("Iris", monkeypatch)
    made = make_workshop(people={"Bewoners": 6, "Kerken": 5}, step=Step.DRAFT)
    sources = [make_proposal(made, author=0), make_proposal(made, author=6)]
    principle_id = make_principle(made, text="Iedereen hoort erbij.", sources=sources)
    take_room(made, Step.AGREE)
    make_agreement(made, what="Wij eten samen.", principle_ids=[principle_id])
    return made


def told(app: AppTest) -> str:
    [found] = [element for element in app.get("html") if 'class="thread"' in element.proto.body]
    return str(found.proto.body)


def test_before_there_is_anything_it_says_where_a_thread_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)
    empty = make_workshop(people=6, step=Step.AGREE)

    app = opened("agree.py", workshop=empty.code)

    assert "The thread begins with the first principle or agreement." in words(app)
    assert not app.get("plotly_chart")


def test_one_thread_is_told_in_a_sentence_beside_the_picture_and_the_table(room: Room) -> None:
    app = opened("agree.py", workshop=room.code)

    assert not app.exception
    assert "1 proposal from Bewoners became principle 1: “Iedereen hoort erbij.”" in told(app)
    assert len(app.get("plotly_chart")) == 1
    assert "See it as a table" in [expander.label for expander in app.expander]


def test_another_thread_is_chosen_and_stands_in_the_address(room: Room) -> None:
    app = opened("agree.py", workshop=room.code)

    app.selectbox(key="thread_choice").set_value(FROM_CHURCHES).run()

    assert "1 proposal from Kerken" in told(app)
    assert app.query_params["thread"] == FROM_CHURCHES
    app.selectbox(key="thread_choice").set_value(FROM_RESIDENTS).run()
    assert "thread" not in app.query_params


def test_an_address_opens_its_thread_also_when_it_went_on_to_an_agreement(room: Room) -> None:
    assert "Kerken" in told(opened("agree.py", workshop=room.code, thread=FROM_CHURCHES))
    assert "Kerken" in told(opened("agree.py", workshop=room.code, thread="group:Kerken~1~"))
    assert "Bewoners" in told(opened("agree.py", workshop=room.code, thread="unknown"))
