"""The page of the second photo: what changed with its margin, and why where nothing is drawn."""

import pytest
from streamlit.testing.v1 import AppTest

from models.baseline.baseline import begin_baseline
from models.storage.writing import write
from tests.builders import LEADER, Startfoto, make_photo, make_startfoto, make_workshop
from tests.builders.workshop import make_next_workshop
from tests.pages.opened import html, opened, sign_in_as

pytestmark = pytest.mark.usefixtures("sqlite")

HELPED, HOME = "Ik word geholpen in een taal die ik begrijp.", "Ik voel mij hier thuis."
WORK, TRAINEE = "Ik vind hier werk.", "Ik vind hier werk of een stage."


def _two_photos(people: dict[str | None, int], before: list[int], after: list[int]) -> None:
    room = make_workshop(people=people)
    startfoto = make_startfoto(room)
    first = make_photo(
        startfoto, [("Taal", HELPED), ("Thuis voelen", HOME), ("Meedoen", WORK)], {"Bewoners": before}
    )
    following = make_next_workshop(room, people=people)
    begun = write(begin_baseline, who=LEADER, alliance_id=room.alliance_id)
    make_photo(
        Startfoto(following, begun.baseline_id, startfoto.themes),
        [("Taal", HELPED), ("Thuis voelen", HOME), ("Meedoen", TRAINEE)],
        {"Bewoners": after},
        same_as=[*first.statements[:2], None],
    )


def _page(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    sign_in_as("Iris", monkeypatch, language="nl")
    app = opened("second_photo.py", alliance="1")
    assert not app.exception
    return app


def test_what_changed_more_than_chance_is_the_headline_and_the_table_says_it_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _two_photos({"Bewoners": 60}, [20, 40, 30], [45, 38, 36])

    app = _page(monkeypatch)

    shown = html(app)
    assert "1 thema ging vooruit. Dat is meer dan toeval." in shown
    assert "Bij 1 thema zien wij geen duidelijk verschil." in shown
    assert 'alt="verschil +42, van +24 tot +56"' in shown
    assert shown.count("kan toeval zijn") == 1
    assert "Andere woorden, dus geen verschil." in shown
    assert f"Toen: “{WORK}” Nu: “{TRAINEE}”" in shown
    app.button(key="second_table_button").click().run()
    assert "+24 tot +56" in html(app)
    assert html(app).count("Andere woorden, dus geen verschil.") == 2


def test_under_twenty_people_no_difference_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    _two_photos({"Bewoners": 19}, [2, 4, 3], [18, 9, 6])

    shown = html(_page(monkeypatch))

    assert "Er is geen verschil te tekenen." in shown
    assert "Te weinig mensen voor een verschil." in shown
    assert "2 van 19 eens" in shown
    assert "18 van 19 eens" in shown
    assert "meer dan toeval" not in shown


def test_four_people_in_both_photos_stay_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    _two_photos({"Bewoners": 4}, [2, 4, 3], [4, 1, 2])

    assert "Minder dan vijf mensen gaven antwoord: dat blijft verborgen." in html(_page(monkeypatch))


def test_one_photo_alone_says_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    make_startfoto()

    assert "Er is nog maar één foto." in html(_page(monkeypatch))
