"""The picture in the room: one theme at a time, people where they are few, what changed; nothing before the close."""

import re

import pytest

from models.baseline.again import begin_next_baseline
from models.baseline.statements import list_statements
from models.baseline.views import list_baselines
from models.picture.reading import read_picture
from models.picture.second import read_second
from models.storage.database import reading
from models.storage.writing import write
from pages.parts.projector.picture import picture_screen
from pages.parts.projector.screen import Room, Screen
from tests.builders import LEADER, Photo, Startfoto, make_photo, make_startfoto, make_workshop
from tests.builders.workshop import make_next_workshop

pytestmark = pytest.mark.usefixtures("sqlite")

ASKED = [
    ("Taal", "Ik word geholpen in een taal die ik begrijp."),
    ("Thuis voelen", "Ik voel mij hier thuis. مرحبا"),
    ("Thuis voelen", "In mijn straat <b>groet</b> men elkaar."),
]
FEW: dict[str | None, int] = {"Gemeente": 20, "Bewoners": 40, "Jongeren": 6}
AGREE: dict[str | None, list[int]] = {
    "Gemeente": [17, 18, 12],
    "Bewoners": [9, 30, 30],
    "Jongeren": [2, 3, 4],
}


def _photo(people: dict[str | None, int] = FEW, agree: dict[str | None, list[int]] = AGREE) -> Photo:
    return make_photo(make_startfoto(make_workshop(people=people)), ASKED, agree)


def _screen(photo: Photo, page: int = 0) -> Screen:
    room = Room(language="nl", alliance="Merenveld", code="K7M4Q", address="", join_url="", page=page)
    with reading() as session:
        view = read_picture(session, photo.startfoto.baseline_id)
        second = read_second(session, photo.startfoto.baseline_id)
    return picture_screen(room, view, second)


def _text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_the_widest_gap_stands_alone_on_the_first_page_with_its_two_numbers() -> None:
    screen = _screen(_photo())

    text = _text(screen.html)
    assert screen.pages == 2
    assert "Taal · van elke 100 mensen zeggen er zoveel “eens”" in text
    assert "bewoners 23 ← 62 verschil → gemeente 85" in text
    assert "Jongeren: 2 van 6" in text
    assert "66 mensen. Een foto, geen steekproef." in text


def test_a_theme_of_two_statements_has_its_name_above_them_and_what_was_typed_is_text() -> None:
    html = _screen(_photo(), page=1).html

    text = _text(html)
    assert "Van elke 100 antwoorden zijn er zoveel “eens” Thuis voelen" in text
    assert "&lt;b&gt;groet&lt;/b&gt;" in html
    assert "7 van 12 antwoorden" in text


def test_few_people_are_drawn_statement_by_statement() -> None:
    screen = _screen(_photo({"Gemeente": 6, "Bewoners": 13}, {"Gemeente": [5, 3, 1], "Bewoners": [3, 9, 2]}))

    assert screen.pages == 3
    assert "Bewoners 9 van 13 eens" in _text(screen.html)
    assert screen.html.count("<circle") >= 19


@pytest.mark.parametrize(
    ("people", "agree", "expected"),
    [
        (
            {"Bewoners": 4},
            {"Bewoners": [4, 2, 1]},
            "Minder dan vijf mensen gaven antwoord: dat blijft verborgen.",
        ),
        ({"Bewoners": 3}, {}, "Niemand gaf antwoord."),
    ],
)
def test_four_answers_and_none_show_no_figure(
    people: dict[str | None, int], agree: dict[str | None, list[int]], expected: str
) -> None:
    screen = _screen(_photo(people, agree))

    assert screen.pages == 1
    assert expected in _text(screen.html)
    assert "eens" not in _text(screen.html)


def test_a_round_that_nobody_answered_says_so_without_an_empty_line_under_it() -> None:
    html = _screen(_photo({"Bewoners": 3}, {})).html

    assert "Niemand gaf antwoord." in html
    assert "say message" not in html


def test_one_group_alone_has_one_number_and_no_gap() -> None:
    text = _text(_screen(_photo({"Bewoners": 24}, {"Bewoners": [12, 12, 24]})).html)

    assert "verschil" not in text
    assert "iedereen 75" in text


def test_the_next_startfoto_asks_the_same_again_and_the_last_page_shows_what_changed() -> None:
    first = _photo()
    begun = write(begin_next_baseline, who=LEADER, alliance_id=first.startfoto.room.alliance_id)
    with reading() as session:
        taken_over = list_statements(session, begun.baseline_id)
    by_text = {one.text: one for one in taken_over}
    assert {one.same_as_id for one in taken_over} == set(first.statements)
    room = make_next_workshop(first.startfoto.room, people=FEW)
    startfoto = Startfoto(room, begun.baseline_id, first.startfoto.themes)
    second = make_photo(
        startfoto,
        ASKED,
        {"Gemeente": [17, 18, 12], "Bewoners": [30, 30, 30], "Jongeren": [2, 3, 4]},
        same_as=[by_text[text].same_as_id for _theme, text in ASKED],
        first_number=len(ASKED) + 1,
    )

    screen = _screen(second, page=9)

    text = _text(screen.html)
    assert screen.pages == 3
    assert "1 thema ging vooruit. Dat is meer dan toeval." in text
    assert "Taal 23 % → 75 % +52" in text
    with reading() as session:
        assert [one.number for one in list_baselines(session, room.alliance_id)] == [1, 2]
