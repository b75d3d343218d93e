"""All alliances, the way to make one, and the home of an alliance."""

from datetime import date

import pytest

from models.alliance.alliance import list_alliances, read_alliance
from models.alliance.groups import read_groups
from models.alliance.partner import read_partners
from models.basics.words import BuildingBlock
from models.installation.installation import list_sign_ins, sign_in
from models.storage.database import reading
from models.storage.writing import write
from tests.builders import make_alliance, make_workshop
from tests.pages.opened import opened, sign_in_as, words

pytestmark = pytest.mark.usefixtures("sqlite")


def test_without_an_alliance_the_page_offers_two_ways_to_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)

    app = opened()

    assert app.button(key="make_alliance").label == "Make an alliance"
    assert app.button(key="load_example").label == "Load it"


def test_the_guided_flow_makes_an_alliance_with_groups_and_partners(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)
    app = opened(alliance="new")

    app.text_input(key="new_name").input("Together *East*")
    app.text_input(key="new_place").input("East")
    app.text_area(key="new_purpose").input("To live together")
    app.text_input(key="new_contact").input("0900 0123")
    app.text_area(key="new_groups").input("Residents\n\nMunicipality\nResidents")
    app.text_input(key="new_partner_name_2").input("Council of the East")
    app.text_input(key="new_venue").input("Library")
    app.run()
    app.button(key="create_alliance").click().run()

    with reading() as session:
        [made] = list_alliances(session)
        assert (made.name, made.place, len(made.workshops)) == ("Together *East*", "East", 1)
        assert [group.name for group in read_groups(session, made.id)] == ["Residents", "Municipality"]
        assert [partner.name for partner in read_partners(session, made.id)] == ["Council of the East"]


def test_what_was_typed_survives_a_field_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)
    app = opened(alliance="new")
    app.text_input(key="new_name").input("Together")

    app.run()
    app.button(key="create_alliance").click().run()

    assert [error.value for error in app.error] == [
        "This is still empty: place. What you typed still stands here."
    ]
    assert app.text_input(key="new_name").value == "Together"
    with reading() as session:
        assert list_alliances(session) == []


def test_a_group_that_tells_belief_gets_a_hint_and_no_block(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)
    app = opened(alliance="new")
    assert not app.warning

    app.text_area(key="new_groups").input("Residents\nMuslims").run()

    assert len(app.warning) == 1
    assert "Muslims" in app.warning[0].value


def test_the_home_of_an_alliance_shows_figures_blocks_and_its_meeting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_workshop(partners=["Council"])
    sign_in_as("Iris", monkeypatch)

    app = opened(alliance=str(room.alliance_id))

    assert [title.value for title in app.title] == ["Together"]
    assert [(metric.label, metric.value) for metric in app.metric] == [
        ("Principles", "0"),
        ("Agreements", "0"),
        ("Of those, done", "0"),
        ("Overdue", "0"),
    ]
    assert "1 partner signs" in words(app)
    assert app.button(key="lead_meeting").label == "Lead the meeting"


def test_a_block_that_is_ticked_in_the_plan_of_approach_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance()
    sign_in_as("Iris", monkeypatch)
    app = opened(alliance=str(room.alliance_id))
    app.button(key="plan").click().run()

    app.checkbox(key="plan_mediation").check().run()

    with reading() as session:
        blocks = read_alliance(session, room.alliance_id).blocks
    assert [block["block"] for block in blocks] == [BuildingBlock.ALLIANCE, BuildingBlock.MEDIATION]


def test_typed_names_are_drawn_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance(name="[x](http://y) <b>")
    sign_in_as("Iris", monkeypatch)

    app = opened(alliance=str(room.alliance_id))

    assert "[x](" not in app.title[0].value
    assert "<b>" not in app.title[0].value.replace("\\<", "")


def test_a_new_alliance_that_is_not_made_yet_stands_there_again_after_a_reload(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in_as("Iris", monkeypatch)
    app = opened(alliance="new")
    app.text_input(key="new_name").input("Alliance Merenveld").run()
    app.date_input(key="new_held_on").set_value(date(2027, 3, 9)).run()
    app.button(key="more_partners").click().run()
    app.text_input(key="new_partner_name_3").input("Library").run()

    again = opened(alliance="new")

    assert again.text_input(key="new_name").value == "Alliance Merenveld"
    assert again.date_input(key="new_held_on").value == date(2027, 3, 9)
    assert again.text_input(key="new_partner_name_3").value == "Library"
    again.button(key="start_anew").click().run()
    assert again.text_input(key="new_name").value == ""
    assert opened(alliance="new").text_input(key="new_name").value == ""


def test_once_the_alliance_is_made_the_form_is_empty_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)
    app = opened(alliance="new")
    for field, typed in (("name", "Together"), ("place", "East"), ("contact", "0900 0123")):
        app.text_input(key=f"new_{field}").input(typed).run()
    app.text_area(key="new_purpose").input("Everyone takes part.").run()

    app.button(key="create_alliance").click().run()

    assert opened(alliance="new").text_input(key="new_name").value == ""


def test_a_sign_in_that_nobody_knows_is_ended_from_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    write(sign_in, name="*Zoë*", token="left-behind")
    sign_in_as("Iris", monkeypatch)
    app = opened()
    [button] = [one for one in app.button if one.label.startswith("End the sign-in")]

    button.click().run()

    assert button.label == "End the sign-in of \\*Zoë\\*"
    with reading() as session:
        assert [one.name for one in list_sign_ins(session)] == ["Iris"]
    assert not [one for one in app.button if one.label.startswith("End the sign-in")]
