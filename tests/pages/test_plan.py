"""The page of the plan of approach: what it says, its fields, and two who change it at the same time."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from models.alliance.alliance import read_alliance
from models.alliance.plan import PlannedBlock, decide_block, describe_block, read_plan, tell_dynamics
from models.alliance.stakeholders import (
    StakeholderRow,
    add_stakeholder,
    change_stakeholder,
    read_stakeholders,
)
from models.basics.clock import today
from models.example.startfoto import load_startfoto
from models.planning.standing import month_after
from models.storage.database import reading
from models.storage.writing import write
from tests.builders import Room, make_alliance
from tests.pages.opened import downloads, html, opened, said, sign_in_as, undo

pytestmark = pytest.mark.usefixtures("sqlite")

SCRIPT = "<script>alert(1)</script> **vet** [x](http://y) مرحبا"


def _open(room: Room | int, **query: str) -> AppTest:
    alliance = room if isinstance(room, int) else room.alliance_id
    return opened("plan.py", alliance=str(alliance), **query)


def _plan(room: Room) -> dict[str, PlannedBlock]:
    with reading() as session:
        return {one.block: one for one in read_plan(session, room.alliance_id)}


def _of_block(room: Room, block: str) -> dict[str, Any]:
    return {"who": "Zoë", "alliance_id": room.alliance_id, "block": block}


def ways(app: AppTest) -> dict[str, str]:
    """Return where the links of a page lead: words and the page with its query."""
    return {one.proto.label: f"{one.proto.page}?{one.proto.query_string}" for one in app.get("page_link")}


def test_the_plan_of_the_example_says_what_is_next_its_months_and_each_block(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded = load_startfoto("collect")
    sign_in_as("Iris", monkeypatch, language="nl")

    app = _open(loaded.alliance_id)

    assert not app.exception
    drawn = html(app)
    assert [title.value for title in app.title] == ["Plan van aanpak"]
    assert re.search(r'class="kick"[^>]*>De volgende stap</p><h2>Zet de partners erbij', drawn)
    for told in ("nodig, bezig", "nodig, later", "nodig, op ", "nu niet nodig"):
        assert f"</span>{told}" in drawn
    assert '<dd dir="auto" class="why">Er is nu geen spanning die vastzit.</dd>' in drawn
    assert '<dd dir="auto">Jongeren Oost, Nieuwe bewoners, sportclub, bibliotheek</dd>' in drawn
    assert "Wat hier speelt" in drawn


def test_an_empty_plan_asks_to_choose_and_leads_to_its_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance(partners=["Council"])
    write(decide_block, **_of_block(room, "alliance"), is_needed=None)
    sign_in_as("Iris", monkeypatch)

    app = _open(room)

    assert html(app).count("still to choose</span>") >= 4
    assert ways(app)["Choose"].endswith(f"alliance={room.alliance_id}&show=change")
    app.button(key="to_change").click().run()
    assert app.radio(key="plan_needed_mediation").value == "open"
    app.button(key="back_to_plan").click().run()
    assert [title.value for title in app.title] == ["Plan of approach"]


def test_every_field_of_a_block_is_stored_as_one_leaves_it(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance(partners=["Wijkraad Oost"])
    sign_in_as("Iris", monkeypatch)
    app = _open(room, show="change")
    this_month = today("Europe/Amsterdam").replace(day=1)

    app.radio(key="plan_needed_re-bubbelen").set_value("needed").run()
    app.text_area(key="plan_why_re-bubbelen").input(SCRIPT).run()
    app.multiselect(key="plan_parties_re-bubbelen").select(f"partner {room.partners['Wijkraad Oost']}").run()
    app.text_input(key="plan_others_re-bubbelen").input("sportclub").run()
    app.selectbox(key="plan_from_re-bubbelen").set_value(this_month).run()
    app.selectbox(key="plan_until_re-bubbelen").set_value(month_after(this_month, 2)).run()
    app.text_input(key="plan_known_first_re-bubbelen").input("Welke zaal?").run()
    app.checkbox(key="plan_done_re-bubbelen").check().run()
    app.text_area(key="plan_dynamics").input("De school ging dicht.").run()

    assert not app.exception
    found = _plan(room)["re-bubbelen"]
    assert (found.is_needed, found.why, found.others) == (True, SCRIPT, "sportclub")
    assert [one.name for one in found.partners] == ["Wijkraad Oost"]
    assert (found.starts_on, found.ends_on) == (this_month, month_after(this_month, 2))
    assert (found.known_first, found.done_on) == ("Welke zaal?", today("Europe/Amsterdam"))
    with reading() as session:
        assert read_alliance(session, room.alliance_id).dynamics == "De school ging dicht."
    app.button(key="back_to_plan").click().run()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **vet**" in html(app)
    assert "<script>alert" not in html(app)


def test_a_first_month_after_the_last_takes_the_last_along_and_none_takes_both_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_alliance()
    sign_in_as("Iris", monkeypatch)
    app = _open(room, show="change")
    this_month = today("Europe/Amsterdam").replace(day=1)
    app.selectbox(key="plan_from_startfoto").set_value(this_month).run()

    app.selectbox(key="plan_from_startfoto").set_value(month_after(this_month, 5)).run()

    assert _plan(room)["startfoto"].ends_on == month_after(this_month, 5)
    app.selectbox(key="plan_from_startfoto").set_value(None).run()
    assert (_plan(room)["startfoto"].starts_on, _plan(room)["startfoto"].ends_on) == (None, None)
    assert "plan_until_startfoto" not in [one.key for one in app.selectbox]


def test_a_month_that_has_passed_says_so_and_leads_to_where_it_is_moved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_alliance()
    sign_in_as("Iris", monkeypatch)
    app = _open(room, show="change")
    app.radio(key="plan_needed_startfoto").set_value("needed").run()
    passed = month_after(today("Europe/Amsterdam").replace(day=1), -2)
    app.selectbox(key="plan_from_startfoto").set_value(passed).run()

    app.button(key="back_to_plan").click().run()

    assert "needed, its month has passed" in html(app)
    assert ways(app)["Move Baseline"].endswith(f"alliance={room.alliance_id}&show=change")
    again = _open(room, show="change")
    assert again.selectbox(key="plan_from_startfoto").value == passed


def test_words_of_two_who_typed_in_the_same_field_are_both_shown_and_one_chooses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_alliance()
    sign_in_as("Iris", monkeypatch)
    app = _open(room, show="change")
    write(describe_block, **_of_block(room, "startfoto"), field="why", text="Van Zoë.")
    write(tell_dynamics, who="Zoë", alliance_id=room.alliance_id, text="Van Zoë.")

    app.text_area(key="plan_why_startfoto").input("Van Iris.").run()

    assert _plan(room)["startfoto"].why == "Van Zoë."
    assert app.text_area(key="plan_why_startfoto").value == "Van Iris."
    assert "There stands now: “Van Zoë.”. Yours is still in the field." in said(app)
    # What nobody else was typing in just shows what the other wrote.
    assert app.text_area(key="plan_dynamics").value == "Van Zoë."
    app.button(key="mine_plan_why_startfoto").click().run()
    assert _plan(room)["startfoto"].why == "Van Iris."
    assert "Yours is still in the field" not in said(app)


def test_what_the_other_wrote_can_be_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance()
    sign_in_as("Iris", monkeypatch)
    app = _open(room, show="change")
    write(describe_block, **_of_block(room, "startfoto"), field="others", text="bibliotheek")
    app.text_input(key="plan_others_startfoto").input("sportclub").run()

    app.button(key="theirs_plan_others_startfoto").click().run()

    assert app.text_input(key="plan_others_startfoto").value == "bibliotheek"
    assert _plan(room)["startfoto"].others == "bibliotheek"


def test_a_plan_of_an_alliance_that_is_not_there_asks_of_which_one(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance()
    sign_in_as("Iris", monkeypatch)

    app = opened("plan.py", alliance="999")

    assert [title.value for title in app.title] == ["Of which alliance?"]
    app.button(key=f"page_of_{room.alliance_id}").click().run()
    assert [title.value for title in app.title] == ["Plan of approach"]


def test_the_plan_is_for_who_leads_only() -> None:
    app = _open(make_alliance())

    assert "Plan of approach" not in [title.value for title in app.title]
    assert "still to choose" not in html(app)


YOUTH: dict[str, Any] = {
    "name": "Jongeren Oost",
    "kind": "residents",
    "influence": 1,
    "touched": 5,
    "attitude": "waits",
}


def _on_the_map(room: Room) -> list[StakeholderRow]:
    with reading() as session:
        return read_stakeholders(session, room.alliance_id)


def test_an_empty_map_says_so_and_the_first_party_is_put_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance()
    sign_in_as("Iris", monkeypatch)
    app = _open(room, show="map")
    assert "Nobody stands on the map yet." in html(app)

    app.button(key="new_stakeholder_button").click().run()
    app.text_input(key="stakeholder_name").input(SCRIPT).run()
    app.radio(key="stakeholder_touched").set_value(5).run()
    app.radio(key="stakeholder_influence").set_value(2).run()
    app.button(key="add_stakeholder").click().run()

    assert not app.exception
    [one] = _on_the_map(room)
    assert (one.name, one.touched, one.influence, one.contact_by) == (SCRIPT, 5, 2, "")
    assert app.text_input(key="stakeholder_name").value == ""
    assert "One party is touched much and has little influence." in html(app)
    assert "&lt;script&gt;" in html(app)
    assert "<script>alert" not in html(app)


def test_what_one_types_of_a_party_stands_there_again_in_another_window(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_alliance()
    sign_in_as("Iris", monkeypatch)
    app = _open(room, show="map")
    app.button(key="new_stakeholder_button").click().run()
    app.text_input(key="stakeholder_name").input("Jongeren").run()
    app.radio(key="stakeholder_touched").set_value(4).run()

    again = _open(room, show="map")
    again.button(key="new_stakeholder_button").click().run()

    assert again.text_input(key="stakeholder_name").value == "Jongeren"
    assert again.radio(key="stakeholder_touched").value == 4


def test_a_party_without_a_name_is_refused_and_nothing_typed_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance()
    sign_in_as("Iris", monkeypatch)
    app = _open(room, show="map")
    app.button(key="new_stakeholder_button").click().run()
    app.text_input(key="stakeholder_contact_by").input("Karim").run()

    app.button(key="add_stakeholder").click().run()

    assert len(app.error) == 1
    assert app.text_input(key="stakeholder_contact_by").value == "Karim"
    assert _on_the_map(room) == []


def test_a_party_is_changed_field_by_field_and_taken_off_with_an_undo(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_alliance()
    youth = write(add_stakeholder, who="Zoë", alliance_id=room.alliance_id, **YOUTH)
    sign_in_as("Iris", monkeypatch)
    app = _open(room, show="map")
    app.button(key="change_stakeholder_button").click().run()

    app.text_input(key=f"stakeholder_{youth}_contact_by").input("Karim").run()
    app.selectbox(key=f"stakeholder_{youth}_attitude").set_value("carries").run()
    # Somebody else changed another field in that moment.
    write(change_stakeholder, who="Zoë", stakeholder_id=youth, touched=4)
    app.radio(key=f"stakeholder_{youth}_influence").set_value(3).run()

    [one] = _on_the_map(room)
    assert (one.contact_by, one.attitude, one.touched, one.influence) == ("Karim", "carries", 4, 3)
    assert app.radio(key=f"stakeholder_{youth}_touched").value == 4
    app.button(key=f"remove_stakeholder_{youth}").click().run()
    assert _on_the_map(room) == []
    undo(app).click().run()
    assert _on_the_map(room) == [one]


def test_sixty_parties_at_one_place_stand_in_the_table_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance()
    for place in range(60):
        write(
            add_stakeholder, who="Zoë", alliance_id=room.alliance_id, **{**YOUTH, "name": f"Straat {place}"}
        )
    sign_in_as("Iris", monkeypatch, language="nl")

    app = _open(room, show="map")

    assert not app.exception
    assert [header.value for header in app.header] == ["60 partijen"]
    assert all(f">Straat {place}<" in html(app) for place in range(60))
    assert "Met 60 van hen spreekt nog niemand" in html(app)


def test_the_word_file_has_no_map_unless_one_ticks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance()
    sign_in_as("Iris", monkeypatch)
    app = _open(room)
    address = f"/files/plan/{room.alliance_id}/plan.docx"
    assert downloads(app) == [("Download the plan", address)]

    app.checkbox(key="word_with_map").check().run()

    assert downloads(app) == [("Download the plan", f"{address}?map=1")]
    assert "Everybody who gets the file then reads how you see each party." in said(app)
