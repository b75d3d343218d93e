"""Codes are read as kindly as a person at the door would."""

import pytest
from sqlmodel import Session

from models.basics.codes import join_code, personal_code, whole_number
from models.joining.joining import join, read_phone
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Participant
from models.workshop.participant import participant_by_code
from models.workshop.workshop import find_workshop, read_workshop
from tests.builders import make_workshop


@pytest.mark.parametrize(
    "typed",
    [
        "HH9PD",
        "hh9pd",
        " HH 9PD ",
        "HH 9PD.",
        "HH-9PD",
        "HH9PD\u200b",
        "\uff28\uff28\uff19\uff30\uff24",
        "\u2066HH9PD\u2069",
        "“HH9PD”",
        "H\x00H9PD",
        "http://192.0.2.2:8501/j/HH9PD",
        "https://merenveld.example/j/hh9pd/KQ4ACDEF",
        "merenveld.example/p/HH9PD?step=draft",
        "https://merenveld.example/?code=HH%209PD",
        "Code: https://merenveld.example/j/HH9PD.",
    ],
)
def test_a_join_code_is_read_however_it_was_typed_or_pasted(typed: str) -> None:
    assert join_code(typed) == "HH9PD"


@pytest.mark.parametrize(
    "typed",
    [
        "KQ4ACDEF",
        "kq4a cdef",
        "KQ4A\u00a0CDEF.",
        "KQ4A-CDEF\u200b",
        "https://merenveld.example/j/HH9PD/KQ4ACDEF",
    ],
)
def test_a_personal_code_is_read_however_it_was_typed_or_pasted(typed: str) -> None:
    assert personal_code(typed) == "KQ4ACDEF"


@pytest.mark.parametrize("typed", ["", "  ", "\x00", "…", "https://merenveld.example/j/HH9PD"])
def test_where_no_personal_code_stands_none_is_read(typed: str) -> None:
    assert personal_code(typed) == ""


def test_what_is_far_too_long_for_a_code_is_no_code() -> None:
    assert len(join_code("A" * 100_000)) <= 300
    assert len(join_code("A " + "\u0300\u0316" * 60_000)) <= 300


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", 5),
        (" 56 ", 56),
        ("0000000000056", 56),
        ("0", 0),
        ("2147483647", 2_147_483_647),
        ("2147483648", None),
        ("9" * 40, None),
        ("1234567890123456", None),
        ("0" * 5_000 + "7", None),
        ("-1", None),
        ("٣", None),
        ("²", None),
        ("5\x00", None),
        ("", None),
        (None, None),
    ],
)
def test_a_number_is_read_whole_or_not_at_all(text: str | None, number: int | None) -> None:
    assert whole_number(text) == number


def test_every_place_that_takes_a_code_reads_it_kindly(database: str) -> None:
    room = make_workshop(people=1)
    pasted = f"http://192.0.2.2:8501/j/{room.code.lower()}."

    with reading() as session:
        mine = session.get_one(Participant, room.people[0])
        workshop = find_workshop(session, pasted)
        view = read_phone(session, f" {room.code[:2]} {room.code[2:]}\u200b", room.phones[0])
        assert workshop is not None and workshop.code == room.code
        assert view is not None and view.participant is not None and view.participant.id == mine.id
        assert (
            _owner(session, room.workshop_id, f"{mine.personal_code[:4]} {mine.personal_code[4:]}.")
            == mine.id
        )
    joined = write(join, code=pasted, phone_token="another phone", personal_code=f"{mine.personal_code}\x00")

    assert joined.participant_id == mine.id


def _owner(session: Session, workshop_id: int, typed: str) -> int | None:
    return participant_by_code(session, read_workshop(session, workshop_id), typed).id
