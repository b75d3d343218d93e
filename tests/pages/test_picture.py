"""The page of the picture: the gap first, people where they are few, nothing of four, no figure before the close."""

import pytest
from streamlit.testing.v1 import AppTest

from models.basics.words import Step
from models.example.startfoto import load_startfoto
from models.storage.database import reading
from models.storage.writing import write
from models.voting.closing import close_round
from models.workshop.workshop import read_workshop
from tests.builders import LEADER, make_photo, make_startfoto, make_workshop
from tests.builders.startfoto import Photo
from tests.pages.opened import html, opened, said, sign_in_as

pytestmark = pytest.mark.usefixtures("sqlite")

ASKED = [
    ("Taal", "Ik word geholpen in een taal die ik begrijp."),
    ("Thuis voelen", "Ik voel mij hier thuis."),
    ("Meedoen", "Wat hier wordt georganiseerd kost mij te veel. 🙂"),
]
FORBIDDEN = ("representatief", "betrouwbaar", "representative", "reliable")


def _photo(
    people: dict[str | None, int], agree: dict[str | None, list[int]], *, is_closed: bool = True
) -> Photo:
    startfoto = make_startfoto(make_workshop(people=people))
    return make_photo(startfoto, ASKED, agree, reversed_ones=[3], is_closed=is_closed)


def _page(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    sign_in_as("Iris", monkeypatch, language="nl")
    app = opened("picture.py", alliance="1")
    assert not app.exception
    return app


def _ways(app: AppTest) -> dict[str, str]:
    """Return the links to other pages, by what they say."""
    return {one.proto.label: f"{one.proto.page}?{one.proto.query_string}" for one in app.get("page_link")}


def test_the_largest_gap_is_the_headline_and_every_theme_says_its_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _photo(
        {"Gemeente": 20, "Bewoners": 40, "Jongeren": 6},
        {"Gemeente": [17, 18, 4], "Bewoners": [9, 30, 20], "Jongeren": [2, 3, 1]},
    )

    shown = html(_page(monkeypatch))

    assert "Bij taal is de afstand het grootst: 62." in shown
    assert (
        "Gemeente: 85\N{NO-BREAK SPACE}% is het eens. Bewoners: 23\N{NO-BREAK SPACE}%. Dat scheelt 62."
        in shown
    )
    assert 'alt="Taal: gemeente 85, bewoners 23, jongeren 2 van 6, afstand 62."' in shown
    assert (
        shown.index("Taal: gemeente")
        < shown.index("Meedoen: gemeente")
        < shown.index("Thuis voelen: gemeente")
    )
    assert "Radar in de volgorde van de lijst. Bewoners: Thuis voelen 75, Meedoen 50, Taal 23." in shown
    assert "2 van 6 eens" in shown
    assert "66 mensen gaven antwoord" in shown
    assert "Dit is een foto, geen steekproef." in shown
    assert not [word for word in FORBIDDEN if word in shown.lower()]


def test_the_municipality_stays_in_the_radar_where_it_has_no_share_at_a_theme(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = [("Taal", "Een"), ("Thuis voelen", "Twee"), ("Meedoen", "Drie"), ("Gehoord worden", "Vier")]
    startfoto = make_startfoto(make_workshop(people={"Gemeente": 20, "Bewoners": 40, "Organisaties": 20}))
    make_photo(
        startfoto,
        asked,
        {"Gemeente": [17, 18, 4, 9], "Bewoners": [9, 30, 20, 10], "Organisaties": [10, 10, 10, 10]},
        unknown={"Gemeente": [0, 0, 0, 2], "Organisaties": [0, 1, 0, 0]},
    )

    app = _page(monkeypatch)

    shown = html(app)
    assert "stippellijn: gemeente" in shown
    assert "Gemeente: Thuis voelen 90, Meedoen 20, Taal 85." in shown
    assert "Gemeente heeft geen punt bij deze thema's" in said(app)
    assert "Niet te kiezen" in said(app)


def test_groups_that_add_up_to_fewer_than_answered_say_why(monkeypatch: pytest.MonkeyPatch) -> None:
    startfoto = make_startfoto(make_workshop(people={"Gemeente": 20, "Bewoners": 40}))
    make_photo(
        startfoto,
        ASKED,
        {"Gemeente": [17, 18, 4], "Bewoners": [9, 30, 20]},
        unknown={"Bewoners": [2, 2, 2]},
    )

    shown = said(_page(monkeypatch))

    assert "Per groep telt de stelling die de meesten beantwoordden." in shown


def test_the_table_holds_shares_with_their_margins_and_people_per_statement(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _photo({"Gemeente": 20, "Bewoners": 40}, {"Gemeente": [17, 18, 4], "Bewoners": [9, 30, 20]})
    app = _page(monkeypatch)

    app.button(key="picture_table_button").click().run()

    shown = html(app)
    assert "85\N{NO-BREAK SPACE}% (64 tot 95)" in shown
    assert "9 van 40" in shown
    assert "Wat hier wordt georganiseerd kost mij te veel. 🙂 (hier telt “oneens”)" in shown


def test_a_gap_that_may_be_chance_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    _photo({"Gemeente": 20, "Bewoners": 20}, {"Gemeente": [11, 10, 10], "Bewoners": [10, 10, 10]})

    assert "Dat scheelt 5. Dat kan toeval zijn." in html(_page(monkeypatch))


def test_few_people_are_people_and_no_share(monkeypatch: pytest.MonkeyPatch) -> None:
    _photo({"Gemeente": 6, "Bewoners": 13}, {"Gemeente": [5, 5, 1], "Bewoners": [3, 9, 7]})

    shown = html(_page(monkeypatch))

    assert "Er is nog geen afstand te zien." in shown
    assert "3 van 13 eens" in shown
    assert "%" not in shown.partition('class="gaps"')[2].partition("</table>")[0].replace("width:100%", "")


def test_four_answers_are_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    _photo({"Bewoners": 4}, {"Bewoners": [4, 3, 1]})

    shown = html(_page(monkeypatch))

    assert "Minder dan vijf mensen gaven antwoord: dat blijft verborgen." in shown
    assert " eens" not in shown


def test_no_answers_and_an_open_round_show_no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    make_startfoto()

    app = _page(monkeypatch)

    assert "Nog geen antwoorden." in html(app)
    assert _ways(app)["De link staat op stap 2"].startswith("statements?")


def test_where_nobody_answered_before_the_close_they_can_be_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _photo({"Bewoners": 5}, {})

    app = _page(monkeypatch)

    assert "Niemand gaf antwoord." in html(app)
    assert "De link staat op stap 2" not in _ways(app)
    assert _ways(app)["Vraag ze opnieuw bij stap 2"].startswith("statements?")


def test_an_open_round_says_how_many_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    _photo({"Bewoners": 27}, {"Bewoners": [14, 3, 1]}, is_closed=False)

    app = _page(monkeypatch)

    assert "27 mensen tot nu toe" in html(app)
    assert " eens" not in html(app)
    assert "%" not in said(app)


def test_a_theme_with_a_sign_of_html_in_its_name_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = _photo(
        {"Gemeente <b>": 20, "Bewoners": 20}, {"Gemeente <b>": [17, 18, 4], "Bewoners": [9, 10, 20]}
    )
    assert photo.statements

    shown = html(_page(monkeypatch))

    assert "Gemeente &lt;b&gt;" in shown
    assert "Gemeente <b>" not in shown


def test_the_room_is_taken_to_the_picture_and_its_pages_are_turned(monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = load_startfoto("statements")
    assert meeting.round_id is not None
    write(close_round, who=LEADER, round_id=meeting.round_id)
    app = _page(monkeypatch)

    app.button(key="show_picture").click().run()

    assert not app.exception
    with reading() as session:
        assert read_workshop(session, meeting.workshop_id).step == Step.PICTURE
    assert "De beamer toont bladzijde 1 van 12." in said(app)
    app.button(key="page_on").click().run()
    with reading() as session:
        assert read_workshop(session, meeting.workshop_id).wall_page == 1
