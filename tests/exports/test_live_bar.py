"""What the live bar fetches when news comes."""

import pytest

from exports.live_bar import live_bar
from models.basics.words import Step
from models.storage.database import reading
from tests.builders import make_principle, make_round, make_workshop

pytestmark = pytest.mark.usefixtures("sqlite")


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "Sluit de ronde en toon de uitslag"), ("en", "Close the round and show the result")],
)
def test_the_bar_says_the_whole_deed_in_the_language_of_the_window(language: str, words: str) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    make_round(room, principles=[make_principle(room)])

    with reading() as session:
        told = live_bar(session, room.workshop_id, language)

    assert told["go"] == {"kind": "close", "words": words, "lacks": False}
    assert [step["step"] for step in told["steps"] if step["is_room"]] == ["vote"]
    assert told["most_voices"] is None
