"""Agreements: making, changing, asking an owner, dropping, and how they hang together."""

import json
import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from models.agreeing.agreement import change_agreement, drop_agreement, show_agreements
from models.agreeing.ownership import accept_ownership, decline_ownership, offer_help, take_on
from models.agreeing.views import AgreementView, list_agreements
from models.basics.words import AgreementState, ProposalKind, Step
from models.drafting.proposal import send_proposal, show_proposals
from models.drafting.views import proposals_for_facilitator
from models.storage.database import reading
from models.storage.writing import write
from models.voting.principles import list_principles
from pages.parts.projector.now import screen_now
from tests.builders import LEADER, Room, make_adopted, make_agreement, make_workshop, take_room
from tests.pages.opened import bar, html, opened, said, sign_in_as, undo, words
from tests.phone.partner_room import own_page
from tests.questions import questions_asked

pytestmark = pytest.mark.usefixtures("sqlite")

# The field of an owner of an agreement that nobody carries, as the page first draws it.
OWNER = "agreement_owner_0_0_0"


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    sign_in_as("Iris", monkeypatch)
    made = make_workshop(people=6, partners=["Council", "Library"], step=Step.VOTE)
    make_adopted(made)
    take_room(made, Step.AGREE)
    return made


def agreements(room: Room) -> list[AgreementView]:
    with reading() as session:
        return list_agreements(session, room.alliance_id)


def the_list(app: AppTest) -> str:
    """Return the list of agreements as it was drawn."""
    [drawn] = [one for one in app.get("bidi_component") if one.proto.component_name == "handslag_choosing"]
    found: str = json.loads(drawn.proto.json)["html"]
    return found


def row(app: AppTest, number: int) -> str:
    """Return one row of the list, as a person reads it."""
    [found] = re.findall(rf'<li data-row="{number}">.*?</li>', the_list(app))
    return re.sub(r"<[^>]*>", " ", found)


def test_an_empty_step_begins_with_the_first_agreement(room: Room) -> None:
    app = opened("agree.py", workshop=room.code)

    assert not app.exception
    assert "No agreements yet" in html(app)
    assert app.text_area(key="agreement_what_new_0").value == ""
    assert "Say it in one sentence, and record it." in html(app)
    assert (bar(app)["go"]["words"], bar(app)["go"]["lacks"]) == ("First make an agreement.", True)


def test_a_new_agreement_is_recorded_and_the_page_says_what_is_vague_and_how_to_show_it(room: Room) -> None:
    app = opened("agree.py", workshop=room.code)
    app.text_area(key="agreement_what_new_0").input("We eat together.").run()
    app.selectbox(key="agreement_owner_new_0").set_value(room.partners["Council"]).run()
    assert "the link for Council stands here" in words(app)
    app.button(key="record_agreement").click().run()

    [made] = agreements(room)
    assert made.owner is not None
    assert (made.what, made.owner.name, made.owner_accepted) == ("We eat together.", "Council", False)
    assert '<h2 data-about="1">Agreement 1</h2>' in html(app)
    assert "Let somebody of Council scan this." in html(app)
    assert "There is no date yet" in app.info[0].value
    assert not made.is_shown
    assert "not on the screen" in row(app, 1)
    app.button(key="show_agreements").click().run()
    assert agreements(room)[0].is_shown
    assert app.button(key="show_agreements").label == "All are on the screen"
    app.button(key="new_agreement").click().run()
    assert app.text_area(key="agreement_what_new_0").value == ""
    assert app.selectbox(key="agreement_owner_new_0").value is None


def test_what_is_typed_of_a_new_agreement_is_there_after_a_reload_and_elsewhere(room: Room) -> None:
    with reading() as session:
        [principle] = list_principles(session, room.alliance_id)
    app = opened("agree.py", workshop=room.code, agreement="new")
    app.text_area(key="agreement_what_new_0").input("We eat together.").run()
    app.date_input(key="agreement_due_on_new_0").set_value(date(2027, 6, 1)).run()
    app.selectbox(key="agreement_owner_new_0").set_value(room.partners["Council"]).run()
    app.pills(key="agreement_principles_new_0").set_value([principle.id]).run()

    again = opened("agree.py", workshop=room.code, agreement="new")
    elsewhere = opened("agree.py", workshop=room.code)

    for window in (again, elsewhere):
        assert not window.exception
        assert window.text_area(key="agreement_what_new_0").value == "We eat together."
        assert window.date_input(key="agreement_due_on_new_0").value == date(2027, 6, 1)
        assert window.selectbox(key="agreement_owner_new_0").value == room.partners["Council"]
        assert window.pills(key="agreement_principles_new_0").value == [principle.id]
    assert agreements(room) == []


def test_looking_at_another_keeps_a_new_agreement_and_throwing_it_away_does_not(room: Room) -> None:
    make_agreement(room, what="We sing together.")
    app = opened("agree.py", workshop=room.code, agreement="new")
    app.text_area(key="agreement_what_new_0").input("We eat together.").run()

    app = opened("agree.py", workshop=room.code, agreement="1")
    assert app.button(key="new_agreement").label == "Go on with the new one"
    app.button(key="new_agreement").click().run()
    assert app.text_area(key="agreement_what_new_0").value == "We eat together."
    app.button(key="cancel_agreement").click().run()

    assert app.button(key="new_agreement").label == "New agreement"
    app.button(key="new_agreement").click().run()
    assert app.text_area(key="agreement_what_new_0").value == ""


def test_going_on_to_a_new_agreement_drops_nothing_of_the_one_at_hand(room: Room) -> None:
    make_agreement(room, what="We eat together.")
    app = opened("agree.py", workshop=room.code, agreement="1")
    app.text_area(key="agreement_what_0").input("We eat together every month.")
    app.pills(key="agreement_supporters_0").set_value([room.partners["Library"]])

    app.button(key="new_agreement").click().run()

    [stored] = agreements(room)
    assert (stored.what, stored.supporters) == ("We eat together every month.", ["Library"])
    assert app.text_area(key="agreement_what_new_0").value == ""


def test_what_asks_first_is_at_hand_and_stays_it_whatever_happens_to_others(room: Room) -> None:
    make_agreement(room, what="We eat together.", owner="Council", is_accepted=True)
    make_agreement(room, what="We sing together.")
    asked = make_agreement(room, what="We walk together.", owner="Library")
    app = opened("agree.py", workshop=room.code)
    assert '<h2 data-about="3">Agreement 3</h2>' in html(app)

    write(accept_ownership, partner_id=room.partners["Library"], agreement_id=asked)
    make_agreement(room, what="We read together.", owner="Council")
    app.run()

    assert '<h2 data-about="3">Agreement 3</h2>' in html(app)
    assert "Library carries this." in html(app)
    assert app.query_params["agreement"] == "3"


def test_a_link_to_an_agreement_opens_it_though_another_was_at_hand_before(room: Room) -> None:
    for what in ("We eat together.", "We sing together."):
        make_agreement(room, what=what)
    app = opened("agree.py", workshop=room.code, agreement="1")
    app.switch_page("progress.py").run()

    app.switch_page("agree.py")
    app.query_params["agreement"] = "2"
    app.run()

    assert '<h2 data-about="2">Agreement 2</h2>' in html(app)
    assert app.text_area(key="agreement_what_1").value == "We sing together."


def test_whoever_is_asked_gets_the_link_there(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDSLAG_URL", "https://merenveld.example")
    make_agreement(room, what="We eat together.")
    app = opened("agree.py", workshop=room.code, agreement="1")
    assert "/s/" not in html(app)

    app.selectbox(key=OWNER).set_value(room.partners["Council"]).run()

    drawn = html(app)
    link = own_page(room, "Council").page
    assert "<h1>Let somebody of Council scan this.</h1>" in drawn
    assert re.search(r"Asked at \d\d:\d\d, no answer yet", drawn)
    # In the language of the alliance, not of who leads.
    assert "vraagt of Council deze afspraak wil oppakken: ‘We eat together.’" in drawn
    assert f"https://merenveld.example{link}" in drawn
    assert "QR code with the personal link of Council" in drawn
    assert f"/files/{room.code}/partner-links.docx" in drawn


def test_without_an_address_who_is_asked_gets_the_way_to_one(room: Room) -> None:
    make_agreement(room, owner="Council")

    app = opened("agree.py", workshop=room.code, agreement="1")

    assert "Choose the address for phones first" in words(app)


def test_everything_about_an_agreement_is_stored(room: Room) -> None:
    first = make_agreement(room, what="We find a cook.")
    app = opened("agree.py", workshop=room.code, agreement="new")

    app.text_area(key="agreement_what_new_0").input("We eat together.")
    app.text_input(key="agreement_first_step_new_0").input("We choose a day")
    app.text_area(key="agreement_measure_new_0").input("Thirty people came")
    app.date_input(key="agreement_due_on_new_0").set_value(date(2027, 6, 1))
    app.button(key="record_agreement").click().run()

    made = next(found for found in agreements(room) if found.id != first)
    assert (made.first_step, made.measure, made.due_on) == (
        "We choose a day",
        "Thirty people came",
        date(2027, 6, 1),
    )


def test_an_agreement_without_words_is_refused_and_the_rest_stays_typed(room: Room) -> None:
    app = opened("agree.py", workshop=room.code, agreement="new")

    app.text_input(key="agreement_first_step_new_0").input("We choose a day")
    app.button(key="record_agreement").click().run()

    assert agreements(room) == []
    assert len(app.error) == 1
    assert app.text_input(key="agreement_first_step_new_0").value == "We choose a day"


def test_an_agreement_is_changed(room: Room) -> None:
    make_agreement(room, what="We eat together.")
    app = opened("agree.py", workshop=room.code, agreement="1")

    app.text_area(key="agreement_what_0").input("We eat together every month.").run()

    assert [(made.what, made.version) for made in agreements(room)] == [("We eat together every month.", 2)]


def test_somebody_elses_change_is_told_and_touches_no_field_until_asked(room: Room) -> None:
    made = make_agreement(room, what="We eat together.")
    app = opened("agree.py", workshop=room.code, agreement="1")

    write(
        change_agreement,
        who=LEADER,
        agreement_id=made,
        what="Other words",
        first_step="",
        due_on=None,
        measure="",
        principle_ids=[],
        depends_on=[],
        supporter_ids=[],
    )
    app.run()

    assert app.button(key="read_again").label == "Just changed by somebody else: read it"
    assert app.text_area(key="agreement_what_0").value == "We eat together."
    app.button(key="read_again").click().run()
    assert app.text_area(key="agreement_what_1").value == "Other words"


def test_what_others_added_meanwhile_stays_when_one_stores(room: Room) -> None:
    made = make_agreement(room, what="We eat together.")
    app = opened("agree.py", workshop=room.code, agreement="1")

    write(
        change_agreement,
        who=LEADER,
        agreement_id=made,
        what="We eat together every month.",
        first_step="",
        due_on=None,
        measure="",
        principle_ids=[],
        depends_on=[],
        supporter_ids=[room.partners["Library"]],
    )
    app.text_input(key="agreement_first_step_0").input("Ask for the key.").run()

    (stored,) = agreements(room)
    assert (stored.what, stored.first_step) == ("We eat together every month.", "Ask for the key.")
    assert stored.supporter_ids == [room.partners["Library"]]


def owner(room: Room) -> tuple[str, bool] | None:
    [made] = agreements(room)
    return (made.owner.name, made.owner_accepted) if made.owner else None


def test_choosing_a_partner_asks_it_and_another_as_long_as_nobody_accepted(room: Room) -> None:
    make_agreement(room)
    app = opened("agree.py", workshop=room.code, agreement="1")

    app.selectbox(key=OWNER).set_value(room.partners["Council"]).run()
    assert owner(room) == ("Council", False)
    app.selectbox(key=f"agreement_owner_0_{room.partners['Council']}_0").set_value(
        room.partners["Library"]
    ).run()
    assert owner(room) == ("Library", False)
    app.selectbox(key=f"agreement_owner_0_{room.partners['Library']}_0").set_value(None).run()

    assert owner(room) is None


def test_who_accepted_is_replaced_only_after_a_question(room: Room) -> None:
    make_agreement(room, owner="Council", is_accepted=True)
    key = f"agreement_owner_0_{room.partners['Council']}_1"
    app = opened("agree.py", workshop=room.code, agreement="1")

    app.selectbox(key=key).set_value(room.partners["Library"]).run()
    assert "Council has accepted already" in words(app)
    assert owner(room) == ("Council", True)
    app.button(key="leave_owner").click().run()
    assert app.selectbox(key=key).value == room.partners["Council"]
    app.selectbox(key=key).set_value(room.partners["Library"]).run()
    assert app.button(key="hand_over").label == "Hand it over to Library"
    app.button(key="hand_over").click().run()

    assert owner(room) == ("Library", False)
    assert "Carried it before: Council" in said(app)


def test_who_took_it_on_from_a_phone_meanwhile_is_not_replaced_by_an_older_choice(room: Room) -> None:
    made = make_agreement(room)
    write(show_agreements, who=LEADER, agreement_ids=[made])
    app = opened("agree.py", workshop=room.code, agreement="1")
    write(take_on, participant_id=room.people[0], agreement_id=made, name="Fatma Yıldız")

    app.selectbox(key=OWNER).set_value(room.partners["Council"]).run()

    assert owner(room) == ("Fatma Yıldız", True)
    assert "Something had just changed" in app.error[0].value
    assert "Fatma Yıldız carries this." in html(app)


def test_an_agreement_is_dropped_with_a_reason_and_taken_up_again(room: Room) -> None:
    made = make_agreement(room)
    app = opened("agree.py", workshop=room.code, agreement="1")
    app.button(key=f"drop_{made}_button").click().run()
    app.text_input(key=f"drop_{made}_reason").input("No cook")
    app.button(key=f"drop_{made}_save").click().run()

    [dropped] = agreements(room)
    assert (dropped.state, dropped.dropped_reason) == (AgreementState.DROPPED, "No cook")
    assert "dropped" in row(app, 1)
    undo(app).click().run()
    [back] = agreements(room)
    assert (back.state, back.dropped_reason) == (AgreementState.OPEN, None)
    write(drop_agreement, who=LEADER, agreement_id=back.id, reason="No cook")
    app.run()
    app.button(key="revive_agreement").click().run()

    assert agreements(room)[0].state == AgreementState.OPEN


def test_agreements_are_shown_on_the_screen_together(room: Room) -> None:
    make_agreement(room)
    make_agreement(room, what="We sing together.")
    app = opened("agree.py", workshop=room.code)
    assert app.button(key="show_agreements").label == "Show all 2 on the screen"

    app.button(key="show_agreements").click().run()

    assert [made.is_shown for made in agreements(room)] == [True, True]


def test_a_proposal_from_a_phone_becomes_an_agreement(room: Room) -> None:
    sent = write(
        send_proposal, participant_id=room.people[0], kind=ProposalKind.AGREEMENT, text="I cook soup."
    )
    write(show_proposals, who=LEADER, workshop_id=room.workshop_id, proposal_ids=[sent.id])
    app = opened("agree.py", workshop=room.code)

    app.button(key=f"from_proposal_{sent.id}").click().run()
    assert app.text_area(key=f"agreement_what_new_{sent.id}").value == "I cook soup."
    app.button(key="record_agreement").click().run()

    with reading() as session:
        [proposal] = proposals_for_facilitator(session, room.workshop_id)
    assert [made.what for made in agreements(room)] == ["I cook soup."]
    assert "proposed</a>" not in html(app) and "waits for you" not in words(app)
    assert proposal.agreement_number == 1


def test_the_list_says_who_carries_each_and_what_waits_in_it(room: Room) -> None:
    make_agreement(room, what="We eat together.", owner="Council", is_accepted=True)
    make_agreement(room, what="We walk together.", owner="Library")
    made = make_agreement(room, what="We <b>sing</b> together.")
    write(show_agreements, who=LEADER, agreement_ids=[made])
    write(send_proposal, participant_id=room.people[0], kind=ProposalKind.AGREEMENT, text="I cook soup.")
    write(offer_help, participant_id=room.people[1], agreement_id=made, name="Zoë")

    app = opened("agree.py", workshop=room.code)

    assert [row(app, number).split()[-2:] for number in (1, 2)] == [["the", "screen"], ["the", "screen"]]
    assert "Council" in row(app, 1) and "asked:" not in row(app, 1)
    assert "asked: Library" in row(app, 2)
    assert "looks for an owner" in row(app, 3) and "not on the screen" not in row(app, 3)
    assert "<b>sing" not in the_list(app)
    assert ">1 name waits</a>" in html(app) and ">1 proposed</a>" in html(app)


def test_the_page_looks_at_the_agreements_once(room: Room) -> None:
    for number in range(4):
        make_agreement(room, what=f"We walk together on day {number}.", owner="Council")
    opened("agree.py", workshop=room.code)

    with questions_asked() as asked:
        opened("agree.py", workshop=room.code)

    # Once for the page; what the projector shows is asked apart, for its pages.
    assert sum("FROM agreement_dependency" in question for question in asked) == 2


def test_the_matrix_shows_who_practises_what_and_what_is_missing(room: Room) -> None:
    with reading() as session:
        [principle] = list_principles(session, room.alliance_id)
    make_agreement(room, owner="Council", principle_ids=[principle.id])

    drawn = html(opened("agree.py", workshop=room.code))

    assert '<td class="meets">1</td>' in drawn
    assert "Library has no agreement yet." in drawn


def test_names_are_escaped_in_the_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)
    room = make_workshop(people=5, partners=["<b>Council</b>"], step=Step.VOTE)
    make_adopted(room)

    drawn = html(opened("agree.py", workshop=room.code))

    assert "&lt;b&gt;Council&lt;/b&gt;" in drawn
    assert "<b>Council</b>" not in drawn


def test_an_agreement_is_taken_off_the_screen_and_stays_on_the_list(room: Room) -> None:
    make_agreement(room, what="We eat together.")
    app = opened("agree.py", workshop=room.code, agreement="1")
    app.button(key="show_agreement").click().run()
    assert [made.is_shown for made in agreements(room)] == [True]

    app.button(key="hide_agreement").click().run()

    assert [made.is_shown for made in agreements(room)] == [False]
    assert "We eat together" in row(app, 1)
    undo(app).click().run()
    assert [made.is_shown for made in agreements(room)] == [True]


def test_showing_several_agreements_is_undone_from_the_message(room: Room) -> None:
    for what in ("We eat together.", "We sing together."):
        make_agreement(room, what=what)
    app = opened("agree.py", workshop=room.code)
    app.button(key="show_agreements").click().run()
    assert [made.is_shown for made in agreements(room)] == [True, True]

    undo(app).click().run()

    assert [made.is_shown for made in agreements(room)] == [False, False]


def test_a_name_that_waits_is_told_with_the_partner_it_looks_like(room: Room) -> None:
    made = make_agreement(room, what="We eat together.")
    write(show_agreements, who=LEADER, agreement_ids=[made])
    write(take_on, participant_id=room.people[0], agreement_id=made, name="The Council")
    write(offer_help, participant_id=room.people[1], agreement_id=made, name="Zoë")
    app = opened("agree.py", workshop=room.code)
    assert "This name looks like the partner Council" in " ".join(warning.value for warning in app.warning)
    [owner] = [found.owner for found in agreements(room) if found.owner]

    app.button(key=f"show_name_partner_{owner.id}").click().run()

    [stored] = agreements(room)
    assert stored.owner is not None
    assert stored.owner.is_shown
    assert [helper.is_shown for helper in stored.helpers] == [False]
    offer = next(button for button in app.button if str(button.key).startswith("refuse_name_offer_"))
    offer.click().run()
    assert agreements(room)[0].helpers == []


def test_choice_lists_show_names_as_they_were_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)
    name = "Wijkraad Oost (W.O.) & [Co]_*"
    room = make_workshop(people=2, partners=[name], step=Step.AGREE)
    make_agreement(room)

    app = opened("agree.py", workshop=room.code, agreement="1")

    assert app.selectbox(key=OWNER).options == [name]


def test_a_partner_who_said_not_now_is_not_told_to_have_carried_it(room: Room) -> None:
    made = make_agreement(room, owner="Council")
    write(decline_ownership, partner_id=room.partners["Council"], agreement_id=made)

    told = said(opened("agree.py", workshop=room.code, agreement="1"))

    assert "Carried it before" not in told
    assert "Was asked, and did not take it on: Council" in told


def test_showing_a_proposed_agreement_reaches_the_projector_behind_the_agreements(room: Room) -> None:
    made = make_agreement(room, what="We eat together.")
    write(show_agreements, who=LEADER, agreement_ids=[made])
    sent = write(
        send_proposal,
        participant_id=room.people[0],
        kind=ProposalKind.AGREEMENT,
        text="De sporthal elke dinsdag gratis open 🏀",
        request_id=None,
    )
    app = opened("agree.py", workshop=room.code)

    app.button(key=f"show_{sent.id}").click().run()

    assert "De sporthal elke dinsdag gratis open 🏀" in on_the_projector(room)
    assert "We eat together." not in on_the_projector(room)
    undo(app).click().run()
    assert "De sporthal" not in on_the_projector(room)
    assert "We eat together." in on_the_projector(room)


def on_the_projector(room: Room) -> str:
    with reading() as session:
        return screen_now(session, room.workshop_id, own_address="http://zaal.test", language="en").html
