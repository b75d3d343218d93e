"""What must be ready before people come in."""

import pytest

from models.alliance.alliance import read_alliance
from models.alliance.groups import read_groups
from models.alliance.partner import add_partner, partner_token, read_partners, renew_partner_link
from models.basics.clock import today
from models.basics.words import Door
from models.installation.address import choose_address, read_reached
from models.installation.installation import prepare_installation
from models.storage.database import reading
from models.storage.writing import write
from models.workshop.people import list_participants
from models.workshop.workshop import read_workshop
from pages.parts.prepare.address import OWN_ADDRESS
from tests.builders import LEADER, make_alliance
from tests.pages.opened import html, opened, said, sign_in_as, undo, words

pytestmark = pytest.mark.usefixtures("sqlite")
ADDRESS = "http://192.0.2.7:8501"


def test_a_field_of_the_meeting_is_stored_when_one_leaves_it(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance()
    sign_in_as("Iris", monkeypatch)
    app = opened("prepare.py")

    app.text_input(key=f"venue_{room.workshop_id}").input("Library").run()
    app.radio(key=f"door_{room.workshop_id}").set_value(Door.ASKS).run()

    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
    assert (workshop.venue, workshop.door) == ("Library", Door.ASKS)
    assert "Stored at" in words(app)


def test_the_page_says_what_is_still_to_do_until_nothing_is(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare_installation()
    room = make_alliance()
    sign_in_as("Iris", monkeypatch)
    assert "Add the partners" in html(opened("prepare.py"))

    write(add_partner, who=LEADER, alliance_id=room.alliance_id, kind="organisation", name="Stichting Zoë")
    app = opened("prepare.py")
    assert "Ready so far." in html(app)

    assert "Choose the address for phones." in html(
        app.date_input(key=f"held_on_{room.workshop_id}").set_value(today("Europe/Amsterdam")).run()
    )

    write(choose_address, who=LEADER, address=ADDRESS)
    assert "Everything is ready." in html(opened("prepare.py"))


def test_an_emptied_name_is_refused_in_words_and_what_stood_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance()
    sign_in_as("Iris", monkeypatch)
    app = opened("prepare.py")

    app.text_input(key=f"alliance_name_{room.alliance_id}").input("").run()

    assert "This is still empty: name" in app.error[0].value.replace("\\", "")
    with reading() as session:
        assert read_alliance(session, room.alliance_id).name == "Together"


def test_groups_are_renamed_added_and_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance(groups=["Residents", "Communities"])
    sign_in_as("Iris", monkeypatch)
    app = opened("prepare.py")

    app.text_input(key=f"group_{room.groups['Residents']}").input("Neighbours").run()
    app.text_input(key="new_group").input("Schools").run()
    app.button(key="add_group").click().run()
    app.button(key=f"remove_group_{room.groups['Communities']}").click().run()

    with reading() as session:
        assert [group.name for group in read_groups(session, room.alliance_id)] == ["Neighbours", "Schools"]


def test_a_partners_link_is_withdrawn_after_a_question_and_the_page_says_what_happened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prepare_installation()
    write(choose_address, who=LEADER, address=ADDRESS)
    room = make_alliance(partners=["Council"])
    sign_in_as("Iris", monkeypatch)
    app = opened("prepare.py")
    with reading() as session:
        before = partner_token(read_partners(session, room.alliance_id)[0])

    key = f"renew_link_{room.partners['Council']}"
    app.button(key=f"{key}_asks_button").click().run()
    assert "cannot open it any more" in words(app)
    app.button(key=f"{key}_keep").click().run()
    with reading() as session:
        assert partner_token(read_partners(session, room.alliance_id)[0]) == before
    app.button(key=f"{key}_asks_button").click().run()

    app.button(key=key).click().run()

    assert "The old link of Council does not work any more" in words(app)
    with reading() as session:
        after = partner_token(read_partners(session, room.alliance_id)[0])
    assert after != before
    undo(app).click().run()
    assert "The old link works again." in said(app)
    with reading() as session:
        assert partner_token(read_partners(session, room.alliance_id)[0]) == before


def test_a_link_that_two_facilitators_withdraw_at_once_is_withdrawn_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prepare_installation()
    write(choose_address, who=LEADER, address=ADDRESS)
    room = make_alliance(partners=["Council"])
    sign_in_as("Iris", monkeypatch)
    app = opened("prepare.py")
    key = f"renew_link_{room.partners['Council']}"
    app.button(key=f"{key}_asks_button").click().run()
    write(renew_partner_link, who="Joost", partner_id=room.partners["Council"])
    with reading() as session:
        made = partner_token(read_partners(session, room.alliance_id)[0])

    app.button(key=key).click().run()

    assert "The old link of Council does not work any more" in words(app)
    with reading() as session:
        assert partner_token(read_partners(session, room.alliance_id)[0]) == made


def test_a_partner_that_was_removed_comes_back_from_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance(partners=["Council", "Mosque *of* light"])
    sign_in_as("Iris", monkeypatch)
    app = opened("prepare.py")
    with reading() as session:
        before = [partner.model_dump() for partner in read_partners(session, room.alliance_id)]

    app.button(key=f"partner_remove_{room.partners['Mosque *of* light']}").click().run()
    with reading() as session:
        assert [one.name for one in read_partners(session, room.alliance_id)] == ["Council"]
    assert "Mosque *of* light is removed." in said(app)
    undo(app).click().run()

    with reading() as session:
        assert [partner.model_dump() for partner in read_partners(session, room.alliance_id)] == before
    assert "Mosque *of* light is back, with the same link." in said(app)


def test_the_address_waits_for_a_phone(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare_installation()
    write(choose_address, who=LEADER, address=ADDRESS)
    make_alliance()
    sign_in_as("Iris", monkeypatch)

    app = opened("prepare.py")

    with reading() as session:
        assert read_reached(session) is None
    assert "No phone has reached us by this address yet." in words(app)
    assert not app.success


def test_what_is_no_address_is_told_beside_the_field_and_stays_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare_installation()
    make_alliance()
    sign_in_as("Iris", monkeypatch)
    app = opened("prepare.py")
    app.radio(key="address_choice_").set_value(OWN_ADDRESS).run()

    app.text_input(key="address_typed").input("merenveld voorbeeld").run()
    app.run()

    assert ["This is not a web address" in error.value for error in app.error] == [True]
    assert app.text_input(key="address_typed").value == "merenveld voorbeeld"
    app.text_input(key="address_typed").input("merenveld.example").run()
    assert not app.error


def test_an_address_that_no_phone_can_use_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare_installation()
    write(choose_address, who=LEADER, address="http://localhost:8501")
    make_alliance()
    sign_in_as("Iris", monkeypatch)

    app = opened("prepare.py")

    assert ["Phones cannot use this address" in error.value for error in app.error] == [True]


def test_personal_codes_are_made_for_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance(groups=["Residents"])
    sign_in_as("Iris", monkeypatch)
    app = opened("prepare.py")

    app.number_input(key="codes_count").set_value(3)
    app.selectbox(key="codes_group").set_value(room.groups["Residents"])
    app.run()
    app.button(key="make_codes").click().run()

    with reading() as session:
        made = list_participants(session, room.workshop_id)
    assert [(row.group, row.joined_at) for row in made] == [("Residents", None)] * 3


def test_an_own_colour_is_shown_as_given_and_as_used(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance()
    sign_in_as("Iris", monkeypatch)
    app = opened("prepare.py")

    app.color_picker(key=f"accent_{room.alliance_id}").set_value("#FFD100").run()

    drawn = "".join(element.proto.body for element in app.get("html"))
    assert "#FFD100" in drawn.upper()
    assert "#5A4904" in drawn.upper()
