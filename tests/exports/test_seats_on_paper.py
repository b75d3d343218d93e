"""An evening at mixed tables on paper: the number that the screen says, and the tables that are known."""

import io
import re
from datetime import UTC, datetime

from docx import Document

from exports.handouts.badges import Meeting
from exports.handouts.seats import SeatedPerson, build_seat_cards, build_seat_list, build_table_cards

MEETING = Meeting(
    "Alliantie Merenveld", "K7M4Q", "nl", "Europe/Amsterdam", None, datetime(2026, 11, 12, tzinfo=UTC)
)
PEOPLE = [
    SeatedPerson(1, "Fatma Yıldız", "Bewoners", [4, 12, None]),
    SeatedPerson(23, None, None, []),
    SeatedPerson(
        34, "أحمد بن عبد الرحمن بن محمد الإدريسي", "Gemeenschappen en verenigingen uit de wijk", [1, 2, 3]
    ),
]


def _cells(content: bytes) -> list[str]:
    found = [
        cell.text
        for table in Document(io.BytesIO(content)).tables
        for row in table.rows
        for cell in row.cells
    ]
    return [" ".join(text.replace("\u00ad", "").split()) for text in found]


def test_each_table_has_a_card_with_number_name_and_sign() -> None:
    content = build_table_cards(MEETING, 11)

    cells = _cells(content)
    assert [text for text in cells if text][:3] == [
        "Tafel 1 rode zon",
        "Tafel 2 groene boom",
        "Tafel 3 blauwe boot",
    ]
    assert "Tafel 11 rode boom" in cells
    assert len(Document(io.BytesIO(content)).inline_shapes) == 11


def test_each_person_has_a_card_with_their_number_and_the_tables_that_are_known() -> None:
    cells = [text for text in _cells(build_seat_cards(MEETING, PEOPLE)) if text]

    assert cells[0] == "Fatma Yıldız Bewoners Ronde 1: tafel 4, gele fiets Ronde 2: tafel 12, groene boot"
    assert cells[1] == "Badge 1"
    assert cells[2:4] == ["Alliantie Merenveld Zoek uw nummer op het scherm in de zaal.", "Badge 23"]


def test_the_list_for_at_the_door_is_by_number() -> None:
    cells = _cells(build_seat_list(MEETING, PEOPLE))

    assert cells[:6] == ["Badge", "Naam", "Groep", "R. 1", "R. 2", "R. 3"]
    assert cells[6:12] == ["1", "Fatma Yıldız", "Bewoners", "4", "12", "–"]
    assert re.match(r"أحمد", cells[cells.index("34") + 1])
