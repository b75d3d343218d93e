"""What a table host sees and does: proposals of a table, and paper votes without anybody's code."""

import re

import pytest

from models.basics.words import ProposalKind, Step
from models.drafting.proposal import end_drafting, hide_proposal, type_for_table
from models.drafting.views import proposals_for_facilitator
from models.installation.address import choose_address
from models.installation.installation import prepare_installation
from models.storage.database import reading
from models.storage.writing import write
from models.voting.paper import enter_paper_ballots, sheets_of
from models.workshop.participant import make_personal_codes
from tests.builders import LEADER, Room, make_round, make_workshop
from tests.pages.opened import downloads, host_a_table, html, opened, said, sign_in_as, undo

pytestmark = pytest.mark.usefixtures("sqlite")


def _room(monkeypatch: pytest.MonkeyPatch, step: Step, *, language: str = "en") -> Room:
    room = make_workshop(people=6, step=step)
    host_a_table(room, monkeypatch, language=language)
    return room


def test_proposals_are_typed_one_on_each_line_and_stay_in_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    room = _room(monkeypatch, Step.DRAFT)
    app = opened("table.py")

    app.text_input(key="host_table").set_value("tafel 4")
    app.text_area(key="host_texts").set_value("Iedereen telt mee\n\nمكان للجميع")
    app.button(key="host_send").click().run()

    with reading() as session:
        rows = proposals_for_facilitator(session, room.workshop_id)
    assert not app.exception
    assert [(row.text, row.origin, row.kind) for row in rows] == [
        ("Iedereen telt mee", "tafel 4", "principle"),
        ("مكان للجميع", "tafel 4", "principle"),
    ]
    assert "2 proposals of tafel 4" in said(app)
    assert "Iedereen telt mee" in html(app)
    assert (app.text_input(key="host_table").value, app.text_area(key="host_texts").value) == ("tafel 4", "")


def test_a_table_host_sees_what_the_own_table_sent_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    room = _room(monkeypatch, Step.DRAFT)
    for table, text in (("4", "Van tafel vier"), ("5", "Van tafel vijf")):
        write(
            type_for_table,
            who=LEADER,
            workshop_id=room.workshop_id,
            kind=ProposalKind.PRINCIPLE,
            table_name=table,
            texts=[text],
        )
    with reading() as session:
        (four, _five) = proposals_for_facilitator(session, room.workshop_id)
    write(hide_proposal, who=LEADER, proposal_id=four.id, reason="Staat er al")

    app = opened("table.py", table="4")

    assert "Van tafel vier" in html(app)
    assert "Hidden: Staat er al" in html(app)
    assert "Van tafel vijf" not in html(app)


def test_while_the_room_agrees_a_table_proposes_agreements(monkeypatch: pytest.MonkeyPatch) -> None:
    room = _room(monkeypatch, Step.AGREE)
    app = opened("table.py", table="4")

    app.text_area(key="host_texts").set_value("De kerk opent elke woensdag de keuken")
    app.button(key="host_send").click().run()

    with reading() as session:
        assert [row.kind for row in proposals_for_facilitator(session, room.workshop_id)] == ["agreement"]


def test_once_drafting_has_ended_the_form_is_gone_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    room = _room(monkeypatch, Step.DRAFT)
    write(end_drafting, who=LEADER, workshop_id=room.workshop_id)

    app = opened("table.py")

    assert "The facilitator has ended drafting." in said(app)
    assert not app.text_area


def test_a_proposal_without_a_table_is_refused_and_stays_in_its_field(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _room(monkeypatch, Step.DRAFT)
    app = opened("table.py")

    app.text_area(key="host_texts").set_value("Iedereen telt mee")
    app.button(key="host_send").click().run()

    assert len(app.error) == 1
    assert app.text_area(key="host_texts").value == "Iedereen telt mee"


def test_a_table_host_types_sheets_and_sees_nobodys_code_or_name(monkeypatch: pytest.MonkeyPatch) -> None:
    room = _room(monkeypatch, Step.VOTE)
    vote = make_round(room)
    first, second = write(make_personal_codes, who=LEADER, workshop_id=room.workshop_id, count=2)
    write(
        enter_paper_ballots,
        who=LEADER,
        round_id=vote.round_id,
        choices={vote.items[0]: "agree"},
        request_id="a" * 24,
        code=first,
    )
    app = opened("paper.py")
    before = said(app) + html(app)

    app.text_input(key="paper_code").set_value(second)
    app.text_input(key="paper_answers").set_value("3")
    app.button(key="paper_store").click().run()
    after = said(app) + html(app)
    with reading() as session:
        sheets = sheets_of(session, vote.round_id)
    again = next(sheet for sheet in sheets if sheet.personal_code == first)
    app.button(key=f"sheet_again_{again.participant_id}").click().run()

    assert not app.exception
    assert "1 sheet typed in" in before
    assert "2 sheets typed in" in after
    assert f"participant {again.number}" in after
    assert "by table host" in after
    assert [code for code in (first, second) if code in before + after] == []
    assert app.text_input(key="paper_code").value == str(again.number)
    assert downloads(app) == []


def test_a_sheet_is_typed_again_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    room = _room(monkeypatch, Step.VOTE)
    vote = make_round(room)
    (code,) = write(make_personal_codes, who=LEADER, workshop_id=room.workshop_id, count=1)
    app = opened("paper.py")
    app.text_input(key="paper_code").set_value(code)
    app.text_input(key="paper_answers").set_value("3")
    app.button(key="paper_store").click().run()
    with reading() as session:
        (sheet,) = sheets_of(session, vote.round_id)

    app.button(key=f"sheet_again_{sheet.participant_id}").click().run()
    app.text_input(key="paper_answers").set_value("1")
    app.button(key="paper_store").click().run()

    assert not app.exception
    assert not app.warning
    assert "1 sheet typed in" in said(app)


def test_without_an_open_round_a_table_host_is_led_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    _room(monkeypatch, Step.VOTE)

    app = opened("paper.py")

    assert "This page then shows the form." in said(app)
    assert downloads(app) == []


def test_in_dutch_too(monkeypatch: pytest.MonkeyPatch) -> None:
    _room(monkeypatch, Step.DRAFT, language="nl")

    app = opened("table.py")

    assert [title.value for title in app.title] == ["Voorstellen van een tafel"]
    assert "tafelbegeleider" in html(app)


def test_who_leads_makes_the_link_sees_it_and_withdraws_it(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=6)
    prepare_installation()
    write(choose_address, who=LEADER, address="http://192.168.1.20:8501")
    sign_in_as("Iris", monkeypatch)
    app = opened("room.py", workshop=room.code)
    before = html(app)

    app.button(key="make_table_host_link").click().run()
    made = html(app)
    app.button(key="withdraw_table_hosts_asks_button").click().run()
    app.button(key="withdraw_table_hosts").click().run()

    assert not app.exception
    assert "/table/" not in before
    assert "/table/" in made
    assert "/table/" not in html(app)
    assert app.button(key="make_table_host_link")
    assert "The link does not work any more." in said(app)
    undo(app).click().run()
    assert "The link works again, for who had it." in said(app)
    assert re.findall("/table/[a-z2-7]+", html(app)) == re.findall("/table/[a-z2-7]+", made)
