"""The picture on a phone: the widest gap first, one theme open at a time, and no figure before the close."""

import re

from starlette.testclient import TestClient

from models.baseline.conclusions import change_conclusion, lay_evidence
from models.basics.words import Stance, Step
from models.storage.database import reading
from models.storage.writing import write
from models.voting.closing import close_round
from models.workshop.workshop import take_room_to
from pages.parts.projector.now import screen_now
from tests.builders import LEADER, make_conclusion, make_document, make_finding
from tests.builders.photo import Photo, answer, come, make_photo
from tests.phone.conftest import hold
from tests.phone.weighing import MOST_BYTES, first_load

DUTCH = {"accept-language": "nl"}


def _room(groups: dict[str | None, int], *, is_closed: bool = True, texts: int = 3) -> Photo:
    photo = make_photo(
        texts=[f"Ik voel mij thuis, en dat al {number} jaar. مرحبا" for number in range(texts)],
        groups=[group for group in groups if group],
        reversed_ones=(),
    )
    for group, count in groups.items():
        people = come(photo, {group: count})
        if people:
            agreeing = len(people) * (9 if group == "Gemeente" else 3) // 10
            answer(photo, people[:agreeing])
            answer(photo, people[agreeing:], "disagree")
    if is_closed:
        write(close_round, who=LEADER, round_id=photo.vote.round_id)
        write(take_room_to, who=LEADER, workshop_id=photo.room.workshop_id, step=Step.PICTURE)
    return photo


def _page(client: TestClient, photo: Photo) -> str:
    if photo.room.phones:
        hold(client, photo.room)
    answered = client.get(f"/p/{photo.room.code}", headers=DUTCH)
    assert answered.status_code == 200
    return answered.text


def _text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_the_phone_shows_the_picture_theme_by_theme_with_one_open(client: TestClient) -> None:
    html = _page(client, _room({"Gemeente": 20, "Bewoners": 40, "Jongeren": 6}))

    text = _text(html)
    assert "Bij thuis voelen is de afstand het grootst: 60." in text
    assert "Gemeente 90 % Bewoners 30 % Jongeren" in text
    assert "1 van 6" in text
    assert html.count("<details name=") == 3
    assert html.count('<details name="theme" open>') == 1
    assert "Dit is een foto, geen steekproef." in text


def test_where_nobody_answered_the_phone_says_so_rather_than_point_at_a_screen_without_a_picture(
    client: TestClient,
) -> None:
    photo = _room({"Bewoners": 0}, is_closed=False)
    come(photo, {"Bewoners": 3})
    write(close_round, who=LEADER, round_id=photo.vote.round_id)
    write(take_room_to, who=LEADER, workshop_id=photo.room.workshop_id, step=Step.PICTURE)

    text = _text(_page(client, photo))

    assert "Nog geen antwoorden. De foto komt uit wat mensen antwoorden op de stellingen." in text
    assert "Kijk mee op het scherm" not in text


def test_the_arrow_of_an_open_theme_stands_upright(client: TestClient) -> None:
    """All other folds draw theirs from two edges, and turn it when they open: the same turn tips a letter over."""
    html = _page(client, _room({"Gemeente": 20, "Bewoners": 40}))

    sheet = client.get(re.findall(r'href="(/assets/[^"]+[.]css)"', html)[0]).text

    assert "[open]>summary::after{transform:rotate(225deg)!important}" in sheet
    assert '.photo [open]>summary::after{content:"▴";transform:none!important}' in sheet


def test_four_answers_stay_hidden(client: TestClient) -> None:
    html = _page(client, _room({"Bewoners": 4}))

    assert "Minder dan vijf mensen gaven antwoord: dat blijft verborgen." in _text(html)
    assert "<details name=" not in html


def test_while_the_statements_are_open_the_phone_asks_them_and_shows_no_figure(client: TestClient) -> None:
    html = _page(client, _room({"Bewoners": 24, "Gemeente": 20}, is_closed=False))

    assert 'name="choice"' in html
    assert "<details name=" not in html
    assert "%" not in _text(html)


def test_a_picture_of_twelve_statements_and_all_that_it_loads_weigh_at_most_25_kilobytes(
    client: TestClient,
) -> None:
    photo = _room(
        {"Gemeente": 20, "Bewoners": 21, "Gemeenschappen": 22, "Organisaties": 23, "Jongeren": 9}, texts=12
    )

    client.headers.update(DUTCH)
    _page(client, photo)

    weights = first_load(client, f"/p/{photo.room.code}")

    assert len(weights) <= 4
    assert sum(weights.values()) <= MOST_BYTES


def test_where_people_are_few_each_of_them_is_drawn_statement_by_statement(client: TestClient) -> None:
    html = _page(client, _room({"Bewoners": 13, "Gemeente": 6}, texts=12))

    text = _text(html)
    assert "Bij minder tekenen wij ieder mens." in text
    assert "antwoorden" not in text.partition("19 mensen gaven antwoord")[0]
    assert text.count("Bewoners 3 van 13 Gemeente 5 van 6") == 12
    assert html.count('class="people-dots"') == 24


def test_a_picture_of_many_few_people_weighs_at_most_25_kilobytes(client: TestClient) -> None:
    photo = _room(
        {"Gemeente": 19, "Bewoners": 19, "Gemeenschappen": 18, "Organisaties": 17, "Jongeren": 16}, texts=12
    )
    client.headers.update(DUTCH)
    _page(client, photo)

    assert sum(first_load(client, f"/p/{photo.room.code}").values()) <= MOST_BYTES


def test_a_name_of_another_language_stays_whole_in_a_sentence(client: TestClient) -> None:
    photo = _room({"Gemeente": 20, "Bewoners": 40, "Jongeren": 0})
    hold(client, photo.room)

    text = _text(client.get(f"/p/{photo.room.code}", headers={"accept-language": "en"}).text)

    assert "The gap is largest at “Thuis voelen”: 60." in text
    assert "Of Jongeren nobody answered." in text


def test_a_conclusion_is_read_with_what_every_group_said_of_its_statement(client: TestClient) -> None:
    photo = _room({"Gemeente": 20, "Bewoners": 40, "Jongeren": 6})
    found = make_finding(make_document(photo.startfoto, "Wijkmonitor"), "Een op de drie mist een brief.")
    conclusion = make_conclusion(
        photo.startfoto, "Wie hier kort woont, hoort er niet bij.", supporting=[found]
    )
    write(
        lay_evidence,
        who=LEADER,
        conclusion_id=conclusion,
        statement_ids=[photo.statements[0]],
        stance=Stance.FOR,
    )
    write(change_conclusion, who=LEADER, conclusion_id=conclusion, opposite_sought=True)
    write(take_room_to, who=LEADER, workshop_id=photo.room.workshop_id, step=Step.CONCLUSIONS)

    text = _text(_page(client, photo))

    said = "Eens: gemeente 90 %, bewoners 30 %, jongeren 1 van 6."
    assert f"“Ik voel mij thuis, en dat al 0 jaar. مرحبا” {said}" in text
    with reading() as session:
        shown = screen_now(session, photo.room.workshop_id, own_address="", language="nl").html
    assert said in _text(shown)
