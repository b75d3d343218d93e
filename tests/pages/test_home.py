"""All alliances, the way to make one, and the home of an alliance."""

import re
from datetime import date

import pytest
from sqlalchemy import delete
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from models.alliance.alliance import list_alliances
from models.alliance.groups import read_groups
from models.alliance.partner import read_partners
from models.alliance.plan import decide_block, describe_block, plan_months
from models.baseline.baseline import read_themes
from models.basics.words import BuildingBlock, Step
from models.installation.installation import list_sign_ins, sign_in
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Baseline, PlanBlock, Workshop
from tests.builders import make_agreement, make_alliance, make_principle, make_proposal, make_workshop
from tests.pages.opened import bar, html, opened, sign_in_as

pytestmark = pytest.mark.usefixtures("sqlite")


def test_without_an_alliance_the_page_offers_two_ways_to_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)

    app = opened()

    assert app.button(key="make_alliance").label == "Make an alliance"
    assert app.button(key="load_example").label == "Load it"


def test_the_example_shows_a_startfoto_too(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch, language="nl")
    app = opened()

    app.selectbox(key="example_block").set_value(BuildingBlock.BASELINE).run()
    assert app.selectbox(key="example_step_startfoto").options[:3] == [
        "Ervoor: verzamelen",
        "Welkom",
        "Stellingen",
    ]
    app.button(key="load_example").click().run()

    assert not app.exception
    assert "Verzamelen" in {one.proto.label for one in app.get("page_link")}
    with reading() as session:
        assert [alliance.name for alliance in list_alliances(session)] == ["Alliantie Samen Merenveld"]


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


def ways(app: AppTest) -> dict[str, str]:
    """Return where the links of a page lead: words and the page with its query."""
    return {one.proto.label: f"{one.proto.page}?{one.proto.query_string}" for one in app.get("page_link")}


def test_the_home_of_an_alliance_begins_with_the_next_step_and_its_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_workshop(partners=["Council"])
    sign_in_as("Iris", monkeypatch)

    app = opened(alliance=str(room.alliance_id))

    assert not app.exception
    assert "<h1>You are meeting now.</h1>" in html(app)
    assert "Together · the next step" in html(app)
    assert ways(app)["Lead the meeting"].endswith(f"workshop={room.code}")


def test_each_building_block_says_where_it_stands_with_one_finding_and_one_action(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_workshop(partners=["Council"])
    plan = {"who": "Iris", "alliance_id": room.alliance_id, "block": "startfoto"}
    write(decide_block, **plan, is_needed=True)
    write(describe_block, **plan, field="why", text="Niemand weet hoe <b>jongeren</b> het vinden.")
    write(decide_block, **{**plan, "block": "re-bubbelen"}, is_needed=False)
    write(describe_block, **{**plan, "block": "re-bubbelen"}, field="why", text="Dat deden wij in mei.")
    sign_in_as("Iris", monkeypatch)

    app = opened(alliance=str(room.alliance_id))

    cards = dict(re.findall(r'</span>([^<]*)</h2>.*?class="finding"[^>]*>(.*?)</p>', html(app)))
    assert cards == {
        "Baseline": "Niemand weet hoe &lt;b&gt;jongeren&lt;/b&gt; het vinden.",
        "Bridging encounters": "Dat deden wij in mei.",
        "Alliance": "1 partner takes part.",
        "Mediation": "An independent third party helps people to work together again.",
    }
    assert ways(app)["Begin the baseline"].endswith(f"alliance={room.alliance_id}")
    assert ways(app)["Choose in the plan"].endswith(f"alliance={room.alliance_id}&show=change")
    assert "not needed now" in html(app)


def test_the_home_shows_the_plan_in_months_with_what_it_asks_next(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(partners=["Council"])
    write(decide_block, who="Iris", alliance_id=room.alliance_id, block="re-bubbelen", is_needed=True)
    write(
        plan_months,
        who="Iris",
        alliance_id=room.alliance_id,
        block="re-bubbelen",
        starts_on=date(2015, 5, 1),
    )
    sign_in_as("Iris", monkeypatch)

    app = opened(alliance=str(room.alliance_id))

    drawn = html(app)
    assert "May 2015 has passed. Move the bridging encounters, or say that it is done." in drawn
    assert "<li>Bridging encounters: needed, its month has passed, May 2015</li>" in drawn
    assert ways(app)["Look at the plan"].endswith(f"alliance={room.alliance_id}")


def test_an_alliance_without_a_meeting_plans_one_and_the_bar_shows_no_other_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_workshop(partners=["Council"])
    alone = make_alliance(name="Samen Oost")
    with reading() as session:
        session.exec(delete(Workshop).where(col(Workshop.alliance_id) == alone.alliance_id))
        session.commit()
    sign_in_as("Iris", monkeypatch)

    app = opened(alliance=str(alone.alliance_id))

    assert "<h1>Plan the first meeting.</h1>" in html(app)
    assert bar(app) is None
    app.button(key="plan_next").click().run()
    with reading() as session:
        [row] = [one for one in list_alliances(session) if one.id == alone.alliance_id]
    assert [meeting.block for meeting in row.workshops] == ["alliance"]


def test_the_home_tells_what_happened_last_and_what_came_from_what(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=6, partners=["Council"], step=Step.DRAFT)
    sources = [make_proposal(room, author=0), make_proposal(room, author=1)]
    make_proposal(room, author=2)
    principle = make_principle(room, text="Iedereen hoort erbij.", sources=sources)
    make_agreement(room, what="Wij eten samen.", principle_ids=[principle])
    sign_in_as("Iris", monkeypatch)

    drawn = html(opened(alliance=str(room.alliance_id)))

    assert "Agreement 1 recorded" in drawn
    assert "From 2 of 3 proposals came 1 principle. For 1 of those there is 1 agreement." in drawn


def test_typed_names_are_drawn_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance(name="[x](http://y) <b>")
    sign_in_as("Iris", monkeypatch)

    app = opened(alliance=str(room.alliance_id))

    assert "&lt;b&gt; · the next step" in html(app)
    assert "<b>" not in html(app)


def _begun_with(block: BuildingBlock) -> AppTest:
    """Fill in the form for a new alliance that begins with this block, press its button, and return the page."""
    app = opened(alliance="new")
    app.text_input(key="new_name").input("Samen")
    app.text_input(key="new_place").input("Merenveld")
    app.text_area(key="new_purpose").input("Iedereen doet mee")
    app.text_input(key="new_contact").input("0900 0123")
    app.selectbox(key="new_block").set_value(block)
    app.button(key="create_alliance").click().run()
    assert not app.exception
    return app


def test_a_new_alliance_begins_with_an_evening_where_that_is_what_one_comes_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in_as("Iris", monkeypatch)

    _begun_with(BuildingBlock.ENCOUNTERS)

    with reading() as session:
        [alliance] = list_alliances(session)
        needed = {row.block for row in session.exec(select(PlanBlock)).all() if row.is_needed}
    assert [meeting.block for meeting in alliance.workshops] == [BuildingBlock.ENCOUNTERS]
    assert needed == {BuildingBlock.ALLIANCE, BuildingBlock.ENCOUNTERS}


def test_a_new_alliance_begins_with_a_startfoto_that_can_collect_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in_as("Iris", monkeypatch)

    app = _begun_with(BuildingBlock.BASELINE)

    with reading() as session:
        [alliance] = list_alliances(session)
        [baseline] = session.exec(select(Baseline)).all()
        themes = [theme.name for theme in read_themes(session, alliance.id)]
    assert [meeting.block for meeting in alliance.workshops] == [BuildingBlock.BASELINE]
    assert baseline.workshop_id == alliance.workshops[0].id
    assert themes[0] == "Thuis voelen" and len(themes) == 8
    assert app.title[0].value == "Collect"


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
