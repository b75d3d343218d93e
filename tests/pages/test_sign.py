"""Signing: freezing, answering on this screen, closing, and later answers."""

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from models.agreeing.agreement import change_agreement
from models.agreeing.views import list_agreements
from models.alliance.partner import change_partner, read_partners
from models.basics.words import Answer, Step
from models.signing.agenda import read_agenda
from models.signing.control_words import control_words
from models.storage.database import reading
from models.storage.writing import write
from models.workshop.workshop import read_workshop
from tests.builders import (
    LEADER,
    Room,
    agenda_of,
    make_adopted,
    make_agenda,
    make_agreement,
    make_workshop,
    take_room,
)
from tests.pages.opened import bar, html, opened, said, sign_in_as, words

pytestmark = pytest.mark.usefixtures("sqlite")


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    monkeypatch.setenv("HANDSLAG_URL", "https://merenveld.example")
    sign_in_as("Iris", monkeypatch)
    made = make_workshop(people=6, partners=["Council", "Library"], step=Step.VOTE)
    make_adopted(made)
    take_room(made, Step.SIGN)
    return made


def freeze(app: AppTest) -> AppTest:
    """Freeze the text as it is, also where something is still asked."""
    app.button(key="freeze").click().run()
    if "freeze_now" in [button.key for button in app.button]:
        app.button(key="freeze_now").click().run()
    return app


def heading(app: AppTest) -> str:
    """Return the page's h1."""
    [found] = re.findall(r"<h1>(.*?)</h1>", html(app))
    return str(found)


def asked(app: AppTest) -> list[tuple[str, str]]:
    """Return what is asked before the freeze, from top to bottom: open or done, and its sentence."""
    rows = re.findall(r'<span class="unseen">(Open|Done):</span><p><b dir="auto">(.*?)</b>', html(app))
    return [(state.lower(), sentence) for state, sentence in rows]


def warnings(app: object) -> str:
    return "\n".join(element.value for element in app.warning)  # type: ignore[attr-defined]


def test_with_nothing_to_freeze_the_page_leads_back(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)
    room = make_workshop(step=Step.SIGN)

    app = opened("sign.py", workshop=room.code)

    assert not app.exception
    assert "<h1>There is nothing to freeze yet.</h1>" in html(app)
    assert "freeze" not in [button.key for button in app.button]


def test_what_is_unfinished_is_told_and_does_not_stand_in_the_way(room: Room) -> None:
    make_agreement(room, what="We sing.", due_on=date(2027, 3, 1))
    make_agreement(room, what="We eat.", owner="Council", due_on=date(2027, 3, 1))
    app = opened("sign.py", workshop=room.code)
    assert heading(app) == "2 more things, then everybody can sign."
    assert asked(app)[:2] == [
        ("open", "When do we come back?"),
        ("open", "Agreement 1 has no owner yet."),
    ]
    assert "1 has not answered yet, and stands as “asked” in the text." in html(app)
    assert "first asks 2 things" in app.button(key="freeze").label

    app.button(key="freeze").click().run()
    with reading() as session:
        assert read_agenda(session, room.workshop_id) is None
    assert "2 rows above are still open." in said(app)
    app.button(key="freeze_now").click().run()

    assert agenda_of(room).version == 1
    assert agenda_of(room).frozen_by == "Iris"


@pytest.mark.parametrize(
    ("address", "row"),
    [
        ("https://merenveld.example", ("done", "The address works: merenveld.example")),
        ("http://192.168.1.20:8501", ("open", "The address works only in this room.")),
    ],
)
def test_an_address_that_does_not_last_is_asked_about(
    room: Room, monkeypatch: pytest.MonkeyPatch, address: str, row: tuple[str, str]
) -> None:
    monkeypatch.setenv("HANDSLAG_URL", address)

    app = opened("sign.py", workshop=room.code)

    assert row in asked(app)
    assert ("the document gets no links and no QR codes" in html(app)) is (row[0] == "open")


def test_people_inside_texts_are_named_before_the_freeze_and_before_the_public_copy_is_made(
    room: Room,
) -> None:
    with reading() as session:
        partner = read_partners(session, room.alliance_id)[0]
    write(
        change_partner,
        who=LEADER,
        group_id=partner.group_id,
        partner_id=partner.id,
        name=partner.name,
        kind=partner.kind,
        representative="Renée Bakhuis",
        role="raadslid",
    )
    assert "name of a person" not in html(opened("sign.py", workshop=room.code))
    make_agreement(room, what="We eat. Renée asks for the key.")

    before = opened("sign.py", workshop=room.code)
    assert ("open", "1 name of a person stands in the text") in asked(before)
    assert "Renée Bakhuis (agreement 1). Everybody can read the public copy" in html(before)
    freeze(before)
    closing = opened("sign.py", workshop=room.code).button(key="close_signing_button").click().run()

    assert "The public copy names a person" in warnings(closing)
    assert "**Renée Bakhuis**: in agreement 1." in warnings(closing)


def test_freezing_keeps_the_control_words_and_shows_them_to_who_leads(room: Room) -> None:
    app = freeze(opened("sign.py", workshop=room.code))

    control = agenda_of(room).control_words
    assert control == control_words(agenda_of(room).sha256, "nl")
    assert " · ".join(control) in words(app)


def test_freezing_takes_the_room_to_signing(room: Room) -> None:
    take_room(room, Step.AGREE)

    freeze(opened("sign.py", workshop=room.code))

    with reading() as session:
        assert read_workshop(session, room.workshop_id).step == Step.SIGN


def test_a_partner_signs_on_this_screen_with_the_facilitator_as_witness(room: Room) -> None:
    make_agenda(room)
    council = room.partners["Council"]
    app = opened("sign.py", workshop=room.code)
    app.button(key=f"sign_here_{council}_button").click().run()

    app.text_input(key=f"sign_here_{council}_name").input("Anna")
    app.text_input(key=f"sign_here_{council}_role").input("chair")
    app.button(key=f"sign_here_{council}_save").click().run()

    given = {partner.partner.name: partner for partner in agenda_of(room).partners}
    assert (given["Council"].answer, given["Council"].name, given["Council"].witness) == (
        Answer.SIGNED,
        "Anna",
        "Iris",
    )
    assert "Council" in given["Council"].consent
    assert given["Library"].answer is None


def test_the_field_for_a_reservation_stands_only_under_an_answer_with_one(room: Room) -> None:
    make_agenda(room)
    council = room.partners["Council"]
    app = opened("sign.py", workshop=room.code)
    app.button(key=f"sign_here_{council}_button").click().run()
    assert not app.text_area

    app.radio(key=f"sign_here_{council}_answer").set_value(Answer.RESERVED).run()

    ready = app.text_area(key=f"sign_here_{council}_reservation").value or ""
    assert ready.startswith("subject to a decision")
    app.radio(key=f"sign_here_{council}_answer").set_value(Answer.DECLINED).run()
    assert not app.text_area


def test_a_reservation_without_words_takes_the_ready_one(room: Room) -> None:
    make_agenda(room)
    council = room.partners["Council"]
    app = opened("sign.py", workshop=room.code)
    app.button(key=f"sign_here_{council}_button").click().run()

    app.text_input(key=f"sign_here_{council}_name").input("Anna")
    app.radio(key=f"sign_here_{council}_answer").set_value(Answer.RESERVED)
    app.button(key=f"sign_here_{council}_save").click().run()

    [given] = [partner for partner in agenda_of(room).partners if partner.answer]
    assert (given.answer, given.reservation) == (
        Answer.RESERVED,
        "subject to a decision by the board or the municipal executive",
    )


def test_an_answer_without_a_name_is_refused_and_the_form_stays(room: Room) -> None:
    make_agenda(room)
    council = room.partners["Council"]
    app = opened("sign.py", workshop=room.code)
    app.button(key=f"sign_here_{council}_button").click().run()

    app.text_input(key=f"sign_here_{council}_role").input("chair")
    app.button(key=f"sign_here_{council}_save").click().run()

    assert len(app.error) == 1
    assert app.text_input(key=f"sign_here_{council}_role").value == "chair"
    assert all(partner.answer is None for partner in agenda_of(room).partners)


def test_the_link_of_a_partner_is_drawn_only_when_asked_for(room: Room) -> None:
    make_agenda(room)
    council = room.partners["Council"]
    app = opened("sign.py", workshop=room.code)

    def drawn() -> str:
        return "\n".join(str(element.proto.body) for element in app.get("html"))

    assert "https://merenveld.example/s/" not in drawn()
    app.button(key=f"scan_{council}_button").click().run()

    assert "https://merenveld.example/s/" in drawn()
    assert "QR code with the personal link of Council" in drawn()


def test_a_change_after_freezing_makes_a_second_version_with_the_difference(room: Room) -> None:
    made = make_agreement(room, what="We eat.")
    make_agenda(room)
    write(
        change_agreement,
        who=LEADER,
        agreement_id=made,
        what="We eat together.",
        first_step="",
        due_on=None,
        measure="",
        principle_ids=[],
        depends_on=[],
        supporter_ids=[],
    )
    app = opened("sign.py", workshop=room.code)
    assert "Signing · something changed after version 1" in said(app)
    assert app.button(key="freeze").label.startswith("Freeze as version 2")

    freeze(app)

    assert agenda_of(room).version == 2
    drawn = "\n".join(str(element.proto.body) for element in app.get("html"))
    assert "<ins> together</ins>" in drawn


def test_closing_asks_first_and_makes_the_files_once(room: Room) -> None:
    make_agenda(room)
    app = opened("sign.py", workshop=room.code)
    assert bar(app)["go"]["words"] == "First close signing."

    app.button(key="close_signing_button").click().run()
    assert "2 partners have not answered yet." in words(app)
    app.button(key="close_signing_now").click().run()

    assert agenda_of(room).closed_at is not None
    assert agenda_of(room).editions == [1]
    assert bar(app)["go"]["words"] == "Take the room to 5 Agenda"


def test_an_answer_after_closing_makes_a_new_edition_once(room: Room) -> None:
    make_agenda(room)
    council = room.partners["Council"]
    app = opened("sign.py", workshop=room.code)
    app.button(key="close_signing_button").click().run()
    assert app.button(key=f"sign_here_{council}_button").label == "Sign here"
    app.button(key="close_signing_now").click().run()
    assert app.button(key=f"sign_here_{council}_button").label == "Answer afterwards"
    app.button(key=f"sign_here_{council}_button").click().run()
    assert "This answer comes in a new edition" in words(app)
    app.text_input(key=f"sign_here_{council}_name").input("Anna")
    app.button(key=f"sign_here_{council}_save").click().run()

    app.button(key="new_edition").click().run()

    assert agenda_of(room).editions == [1, 2]
    assert app.button(key=f"sign_here_{council}_button").label == "Change the answer"
    assert "new_edition" not in [button.key for button in app.button]


def test_before_the_freeze_one_reads_the_very_text_and_says_when_the_alliance_meets_again(
    room: Room,
) -> None:
    make_agreement(room, what="Wij eten elke maand samen. 🍲", owner="Council", due_on=date(2027, 6, 1))
    app = opened("sign.py", workshop=room.code)
    assert ("open", "When do we come back?") in asked(app)
    assert "first asks for the date" in app.button(key="freeze").label

    app.button(key="answer_next_meeting_button").click().run()
    app.date_input(key="next_meeting_on").set_value(date(2027, 9, 1)).run()
    app.button(key="whole_text_button").click().run()

    assert asked(app)[0] == ("done", "We come back on Wednesday, 1 September 2027")
    assert "Next meeting: 1 September 2027." in said(app)
    row = html(app).split("Wij eten elke maand samen. 🍲")[2].split("</tr>")[0]
    assert "Council, asked" in row
    assert "1 June 2027" in row
    app.button(key="freeze").click().run()
    assert agenda_of(room).content["next_meeting_on"] == "2027-09-01"


def test_the_day_that_is_offered_is_stored_by_one_press_and_its_row_keeps_its_place(room: Room) -> None:
    make_agreement(room, what="We sing.", due_on=date(2027, 3, 1))
    app = opened("sign.py", workshop=room.code)
    before = [sentence for _, sentence in asked(app)]

    app.button(key="next_meeting_ready").click().run()

    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
    assert workshop.next_meeting_on is not None
    assert workshop.next_meeting_on.weekday() == workshop.held_on.weekday()
    assert heading(app) == "1 more thing, then everybody can sign."
    assert asked(app)[0][0] == "done"
    assert [sentence for _, sentence in asked(app)][1:] == before[1:]
    again = opened("sign.py", workshop=room.code)
    assert asked(again)[0] == ("open", "Agreement 1 has no owner yet.")


def test_what_is_left_as_it_is_counts_as_answered_also_after_a_reload(room: Room) -> None:
    made = make_agreement(room, what="We sing.", due_on=date(2027, 3, 1))
    app = opened("sign.py", workshop=room.code)

    app.button(key=f"leave_owner_{made}").click().run()

    assert ("done", "Agreement 1 has no owner yet.") in asked(app)
    assert ("done", "Agreement 1 has no owner yet.") in asked(opened("sign.py", workshop=room.code))
    assert f"leave_owner_{made}" not in [button.key for button in app.button]


def test_an_owner_and_a_day_are_chosen_in_the_row_that_asks_for_them(room: Room) -> None:
    made = make_agreement(room, what="We sing.")
    app = opened("sign.py", workshop=room.code)
    app.button(key=f"answer_owner_{made}_button").click().run()
    app.selectbox(key=f"owner_of_{made}").set_value(room.partners["Library"]).run()
    app.button(key=f"answer_day_{made}_button").click().run()
    app.date_input(key=f"day_of_{made}").set_value(date(2027, 3, 1)).run()

    with reading() as session:
        [agreement] = list_agreements(session, room.alliance_id)
    assert (agreement.owner.name if agreement.owner else "", agreement.due_on) == (
        "Library",
        date(2027, 3, 1),
    )
    assert ("done", "Agreement 1: Library is asked.") in asked(app)
    assert ("done", "Agreement 1 is done by 1 March 2027.") in asked(app)


def test_with_everything_answered_the_freeze_asks_nothing_more(room: Room) -> None:
    app = opened("sign.py", workshop=room.code)
    app.button(key="next_meeting_ready").click().run()
    assert heading(app) == "All is answered: the text can be frozen."

    app.button(key="freeze").click().run()

    assert agenda_of(room).version == 1
    assert heading(app) == "0 of 2 partners have answered."


def test_page_two_is_drawn_as_the_document_will_say_it(room: Room) -> None:
    make_agreement(room, what="Wij eten <b>samen</b>.", owner="Council", due_on=date(2027, 6, 1))
    make_agreement(room, what="Wij zingen.")

    drawn = html(opened("sign.py", workshop=room.code))

    sheet = drawn.split('<div class="sheet"')[1]
    assert 'lang="nl"' in sheet
    assert "Wij eten &lt;b&gt;samen&lt;/b&gt;." in sheet
    assert "<b>Council (gevraagd)</b>" in sheet
    assert "<i>zoekt een trekker</i>" in sheet
