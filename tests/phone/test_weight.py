"""Each page of a room weighs at most 25 kB in 5 requests, with the example's texts and the name of a long place."""

import re
from collections.abc import Iterator, Sequence

import pytest
from sqlmodel import Session
from starlette.testclient import TestClient

from exports.sentences.methods import words_to_freeze
from models.alliance.alliance import change_alliance, read_alliance
from models.basics.words import Step
from models.example.alliance import ExampleLoaded
from models.example.evening import load_evening
from models.example.merenveld import CONTACT, PLACE
from models.example.startfoto import load_startfoto
from models.example.workshop import load_example
from models.storage.writing import start_writer, stop_writer, write
from models.workshop.workshop import end_workshop, take_room_to
from tests.builders import LEADER
from tests.phone.conftest import JSON, open_phone
from tests.phone.weighing import MOST_BYTES, MOST_REQUESTS, first_load

LONG_PLACE = "Nuenen, Gerwen en Nederwetten"
# Beside what a page loads, it holds open the stream by which it follows the room.
MOST_LOADED = MOST_REQUESTS - 1
LANGUAGES = ("nl", "en")


@pytest.fixture(autouse=True)
def _writer(sqlite: str, fresh_limits: None) -> Iterator[None]:
    start_writer()
    yield
    stop_writer()


def _of_a_long_place(loaded: ExampleLoaded) -> ExampleLoaded:
    write(_call_by_a_long_name, alliance_id=loaded.alliance_id)
    return loaded


def _call_by_a_long_name(session: Session, *, alliance_id: int) -> None:
    alliance = read_alliance(session, alliance_id)
    change_alliance(
        session,
        who=LEADER,
        alliance_id=alliance_id,
        name=alliance.name.replace(PLACE, LONG_PLACE),
        place=LONG_PLACE,
        purpose=alliance.purpose,
        language="nl",
        time_zone=alliance.time_zone,
        contact=CONTACT.replace(PLACE.lower(), "nuenen-gerwen-en-nederwetten"),
        accent="#5B2C6F",
    )


def _join(phone: TestClient, code: str, group: int) -> None:
    """Come in with a name, in the group that stands at this place; the last are those without one."""
    groups = re.findall(r'name="group" value="(\d*)"', phone.get(f"/j/{code}").text)
    joined = phone.post(f"/j/{code}", data={"name": "Zoë Çelik-van der Meulen", "group": groups[group]})
    assert joined.status_code == 303


def _too_heavy(loaded: ExampleLoaded, steps: Sequence[Step]) -> list[tuple[str, str, int, dict[str, int]]]:
    """Lead the room through these steps and return the pages that load too much, for two people in each language."""
    found = []
    for language in LANGUAGES:
        for group in (0, -1):
            with open_phone(language) as phone:
                _join(phone, loaded.code, group)
                for step in steps:
                    write(take_room_to, who=LEADER, workshop_id=loaded.workshop_id, step=step)
                    weights = first_load(phone, f"/p/{loaded.code}")
                    total = sum(weights.values())
                    if total > MOST_BYTES or len(weights) > MOST_LOADED:
                        found.append((language, str(step), total, weights))
    return found


def test_twelve_statements_are_light(sqlite: str) -> None:
    loaded = _of_a_long_place(load_startfoto(Step.STATEMENTS))

    assert len(loaded.item_ids) == 12
    assert _too_heavy(loaded, [Step.STATEMENTS]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_twelve_statements_are_light_for_who_answered_them_too(sqlite: str, language: str) -> None:
    loaded = _of_a_long_place(load_startfoto(Step.STATEMENTS))
    with open_phone(language) as phone:
        _join(phone, loaded.code, 0)
        for item in loaded.item_ids:
            sent = {"round": loaded.round_id, "item": item, "choice": "strongly disagree"}
            assert phone.post(f"/p/{loaded.code}/ballots", data=sent, headers=JSON).status_code == 200

        weights = first_load(phone, f"/p/{loaded.code}")

    assert sum(weights.values()) <= MOST_BYTES
    assert len(weights) <= MOST_LOADED


def test_the_other_pages_of_a_startfoto_are_light(sqlite: str) -> None:
    loaded = _of_a_long_place(load_startfoto(Step.CONCLUSIONS))

    assert _too_heavy(loaded, [Step.WELCOME, Step.PICTURE, Step.CONCLUSIONS, Step.END]) == []


@pytest.mark.parametrize("step", [Step.WELCOME, Step.TABLES, Step.HARVEST])
def test_the_pages_of_an_evening_are_light(sqlite: str, step: Step) -> None:
    loaded = _of_a_long_place(load_evening(step))

    assert _too_heavy(loaded, [step]) == []


def test_the_last_page_of_an_evening_is_light(sqlite: str) -> None:
    loaded = _of_a_long_place(load_evening(Step.HARVEST))
    with open_phone("nl") as phone:
        _join(phone, loaded.code, 0)
        write(end_workshop, who=LEADER, workshop_id=loaded.workshop_id)

        assert sum(first_load(phone, f"/p/{loaded.code}").values()) <= MOST_BYTES


@pytest.mark.parametrize("step", [Step.DRAFT, Step.VOTE, Step.AGREE, Step.SIGN])
def test_the_pages_of_an_alliance_are_light(sqlite: str, step: Step) -> None:
    loaded = _of_a_long_place(load_example(step, words=words_to_freeze()))

    assert _too_heavy(loaded, [step]) == []
