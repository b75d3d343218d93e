"""Drafting: letting through, hiding, wording together, versions, and going on to voting."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from models.basics.words import PrincipleStatus, Step
from models.drafting.proposal import type_for_table, withdraw_proposal
from models.drafting.views import proposals_for_facilitator
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Workshop
from models.voting.principles import list_principles
from models.workshop.workshop import read_workshop
from tests.builders import Room, make_principle, make_proposal, make_workshop
from tests.pages.opened import bar, html, opened, press_next, said, sign_in_as, undo, words

pytestmark = pytest.mark.usefixtures("sqlite")


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    sign_in_as("Iris", monkeypatch)
    return make_workshop(people=3, step=Step.DRAFT)


def workshop_of(room: Room) -> Workshop:
    with reading() as session:
        return read_workshop(session, room.workshop_id)


def states(room: Room) -> dict[str, str]:
    with reading() as session:
        return {found.text: found.state for found in proposals_for_facilitator(session, room.workshop_id)}


def rows(app: AppTest) -> list[str]:
    """Return the proposals of the list, from top to bottom."""
    found = []
    for element in app.main:
        if getattr(element, "type", "") == "checkbox" and str(element.key).startswith("choose_proposal_"):
            found.append(str(getattr(element, "label", "")))
        elif getattr(element, "type", "") == "html":
            found += re.findall(r'<p class="gone-text" dir="auto"><span>(.*?)</span>', element.proto.body)
    return found


def heading(app: AppTest) -> str:
    """Return the page's h1."""
    [found] = re.findall(r"<h1>(.*?)</h1>", html(app))
    return str(found)


def test_an_empty_step_says_where_proposals_come_from(room: Room) -> None:
    app = opened("draft.py", workshop=room.code)

    assert not app.exception
    assert "<h1>No proposals yet. Send the first one.</h1>" in html(app)
    assert "No principles yet." in said(app)
    assert (bar(app)["go"]["words"], bar(app)["go"]["lacks"]) == ("First word a principle to vote on.", True)


def test_one_new_proposal_is_let_through_by_one_tap(room: Room) -> None:
    first = make_proposal(room, text="Talk with us", is_shown=False)
    make_proposal(room, text="Eat with us", is_shown=False)

    opened("draft.py", workshop=room.code).button(key=f"show_{first}").click().run()

    assert states(room) == {"Talk with us": "shown", "Eat with us": "received"}


def test_all_new_proposals_are_let_through_at_once(room: Room) -> None:
    make_proposal(room, text="Talk with us", is_shown=False)
    make_proposal(room, text="Eat with us", is_shown=False)

    app = opened("draft.py", workshop=room.code)
    app.button(key="show_all_principle").click().run()

    assert states(room) == {"Talk with us": "shown", "Eat with us": "shown"}
    assert "show_all_principle" not in [button.key for button in app.button]


def test_one_tap_hides_everywhere_and_the_reason_comes_after(room: Room) -> None:
    made = make_proposal(room, text="Rude words")
    app = opened("draft.py", workshop=room.code)

    app.button(key=f"hide_{made}").click().run()

    assert states(room) == {"Rude words": "hidden"}
    assert f"why_hidden_{made}" not in [field.key for field in app.text_input]
    app.button(key=f"asks_why_{made}_button").click().run()
    app.text_input(key=f"why_hidden_{made}").input("Say it kindly").run()
    with reading() as session:
        [hidden] = proposals_for_facilitator(session, room.workshop_id)
    assert (hidden.state, hidden.hidden_reason) == ("hidden", "Say it kindly")


def test_hiding_is_undone_from_the_message_that_tells_of_it(room: Room) -> None:
    made = make_proposal(room, text="A slip of the hand", is_shown=False)
    app = opened("draft.py", workshop=room.code)
    app.button(key=f"hide_{made}").click().run()
    assert "Hidden everywhere." in said(app)

    undo(app).click().run()

    assert states(room) == {"A slip of the hand": "received"}
    assert "Undone." in said(app)


def test_what_was_just_hidden_stays_in_its_row_among_the_new_ones(room: Room) -> None:
    made = make_proposal(room, text="Rude words", is_shown=False)
    make_proposal(room, text="Talk with us", is_shown=False)
    app = opened("draft.py", workshop=room.code, show="new")

    app.button(key=f"hide_{made}").click().run()

    assert rows(app) == ["Rude words", "Talk with us"]
    assert "Hidden, everywhere. You may say why later." in html(app)
    assert app.button(key=f"show_{made}").label == "Show"
    assert app.button(key=f"asks_why_{made}_button").label == "Why?"


def test_showing_all_is_undone_and_what_was_shown_before_stays(room: Room) -> None:
    make_proposal(room, text="Was there")
    make_proposal(room, text="Talk with us", is_shown=False)
    make_proposal(room, text="Eat with us", is_shown=False)
    app = opened("draft.py", workshop=room.code)
    app.button(key="show_all_principle").click().run()
    assert "2 proposals are shown to everyone." in said(app)

    undo(app).click().run()

    assert states(room) == {"Was there": "shown", "Talk with us": "received", "Eat with us": "received"}


def test_a_filter_shows_only_what_is_hidden(room: Room) -> None:
    make_proposal(room, text="Talk with us")
    hidden = make_proposal(room, text="Rude words")
    app = opened("draft.py", workshop=room.code)
    app.button(key=f"hide_{hidden}").click().run()

    filtered = opened("draft.py", workshop=room.code, show="hidden")

    assert rows(filtered) == ["Rude words"]


def test_proposals_are_worded_together_and_keep_their_sources(room: Room) -> None:
    first, second = make_proposal(room, text="Talk with us"), make_proposal(room, text="Eat with us")
    app = opened("draft.py", workshop=room.code)

    app.checkbox(key=f"choose_proposal_{first}").check().run()
    assert app.text_area(key="wording").value == "Talk with us"
    app.checkbox(key=f"choose_proposal_{second}").check().run()
    app.text_area(key="wording").input("We talk and eat together.").run()
    app.button(key="word_together").click().run()

    with reading() as session:
        [principle] = list_principles(session, room.alliance_id)
    assert principle.text == "We talk and eat together."
    assert sorted(source.text for source in principle.sources) == ["Eat with us", "Talk with us"]
    assert "The principle stands below" in words(app)
    assert app.text_area(key="wording").value == ""
    assert not app.checkbox(key=f"choose_proposal_{first}").value


def test_a_wording_is_undone_and_stands_in_its_field_again_with_what_was_chosen(room: Room) -> None:
    first, second = make_proposal(room, text="Talk with us"), make_proposal(room, text="Eat with us")
    app = opened("draft.py", workshop=room.code)
    app.checkbox(key=f"choose_proposal_{first}").check().run()
    app.checkbox(key=f"choose_proposal_{second}").check().run()
    app.text_area(key="wording").input("We talk and eat together.").run()
    app.button(key="word_together").click().run()

    undo(app).click().run()

    with reading() as session:
        assert list_principles(session, room.alliance_id) == []
    assert app.text_area(key="wording").value == "We talk and eat together."
    assert [app.checkbox(key=f"choose_proposal_{one}").value for one in (first, second)] == [True, True]
    assert "Your text stands in its field again." in said(app)


def test_a_tick_that_comes_in_with_the_press_behind_it_is_a_source_too(room: Room) -> None:
    """On a busy server both come in together; the button was drawn before both."""
    first, second = make_proposal(room, text="Talk with us"), make_proposal(room, text="Eat with us")
    third = make_proposal(room, text="Sing with us")
    app = opened("draft.py", workshop=room.code)
    app.checkbox(key=f"choose_proposal_{first}").check()
    app.checkbox(key=f"choose_proposal_{third}").check().run()

    app.checkbox(key=f"choose_proposal_{second}").check()
    app.checkbox(key=f"choose_proposal_{third}").uncheck()
    app.text_area(key="wording").input("We talk and eat together.")
    app.button(key="word_together").click().run()

    with reading() as session:
        [principle] = list_principles(session, room.alliance_id)
    assert principle.text == "We talk and eat together."
    assert sorted(source.text for source in principle.sources) == ["Eat with us", "Talk with us"]


def test_a_wording_that_somebody_typed_is_not_overwritten_by_a_choice(room: Room) -> None:
    made = make_proposal(room, text="Talk with us")
    app = opened("draft.py", workshop=room.code)
    app.text_area(key="wording").input("My own words").run()

    app.checkbox(key=f"choose_proposal_{made}").check().run()
    app.checkbox(key=f"choose_proposal_{made}").uncheck().run()

    assert app.text_area(key="wording").value == "My own words"


def test_an_empty_wording_is_refused_and_the_choice_stays(room: Room) -> None:
    made = make_proposal(room, text="Talk with us")
    app = opened("draft.py", workshop=room.code)
    app.checkbox(key=f"choose_proposal_{made}").check().run()
    app.text_area(key="wording").input(" ").run()

    app.button(key="word_together").click().run()

    with reading() as session:
        assert list_principles(session, room.alliance_id) == []
    assert len(app.error) == 1
    assert app.checkbox(key=f"choose_proposal_{made}").value


def test_a_table_host_types_several_proposals_at_once(room: Room) -> None:
    app = opened("draft.py", workshop=room.code)
    app.button(key="add_principle_button").click().run()

    app.text_input(key="add_principle_table").input("table 4")
    app.text_area(key="add_principle_texts").input("Eat with us\n\nTalk with us")
    app.button(key="add_principle_save").click().run()

    with reading() as session:
        found = proposals_for_facilitator(session, room.workshop_id)
    assert [(made.text, made.origin) for made in found] == [
        ("Eat with us", "table 4"),
        ("Talk with us", "table 4"),
    ]


def test_a_principle_gets_a_second_version_with_the_reason(room: Room) -> None:
    principle_id = make_principle(room, text="Everybody belongs.")
    app = opened("draft.py", workshop=room.code)
    app.button(key=f"reword_{principle_id}_1_button").click().run()

    app.text_area(key=f"reword_{principle_id}_1_text").input("Everybody here belongs.")
    app.text_input(key=f"reword_{principle_id}_1_why").input("It is about this place")
    app.button(key=f"reword_{principle_id}_1_save").click().run()

    with reading() as session:
        [principle] = list_principles(session, room.alliance_id)
    assert (principle.version, principle.text) == (2, "Everybody here belongs.")
    assert principle.versions[0].why == "It is about this place"


def test_a_principle_is_left_out_and_taken_back(room: Room) -> None:
    principle_id = make_principle(room)
    app = opened("draft.py", workshop=room.code)

    app.button(key=f"leave_out_{principle_id}").click().run()
    with reading() as session:
        assert list_principles(session, room.alliance_id)[0].status == PrincipleStatus.LEFT_OUT
    app.button(key=f"take_back_{principle_id}").click().run()

    with reading() as session:
        assert list_principles(session, room.alliance_id)[0].status == PrincipleStatus.DRAFT


def test_drafting_ends_and_opens_again_and_lets_all_through(room: Room) -> None:
    app = opened("draft.py", workshop=room.code)

    app.button(key="end_drafting").click().run()
    assert workshop_of(room).drafting_ended_at is not None
    app.button(key="resume_drafting").click().run()
    assert workshop_of(room).drafting_ended_at is None
    app.toggle(key="lets_all_through").set_value(True).run()

    assert workshop_of(room).lets_all_through


def test_going_on_to_voting_takes_the_room_along(room: Room) -> None:
    make_principle(room)
    app = opened("draft.py", workshop=room.code)

    press_next(app, room)

    assert workshop_of(room).step == Step.VOTE


def test_typed_markdown_stays_text(room: Room) -> None:
    made = make_proposal(room, text="**Now** [here](http://elsewhere.example)")

    app = opened("draft.py", workshop=room.code)

    assert "\\*\\*Now\\*\\*" in app.checkbox(key=f"choose_proposal_{made}").label
    assert "[here](" not in app.checkbox(key=f"choose_proposal_{made}").label


def test_what_is_being_worded_stands_there_again_in_another_window(room: Room) -> None:
    first = make_proposal(room, text="Talk with us")
    principle_id = make_principle(room, text="Everybody belongs.")
    app = opened("draft.py", workshop=room.code)
    app.checkbox(key=f"choose_proposal_{first}").check().run()
    app.button(key="wording_into_button").click().run()
    app.selectbox(key="wording_target").set_value(1).run()
    app.text_area(key="wording").input("Everybody here belongs.").run()
    app.text_input(key="wording_why").input("It is about here").run()

    other = opened("draft.py", workshop=room.code)

    assert other.checkbox(key=f"choose_proposal_{first}").value
    assert other.text_area(key="wording").value == "Everybody here belongs."
    assert other.text_input(key="wording_why").value == "It is about here"
    assert "Stored at " in html(other)
    other.button(key="word_together").click().run()
    with reading() as session:
        [principle] = list_principles(session, room.alliance_id)
    assert (principle.id, principle.text, principle.versions[-1].why or principle.versions[0].why) == (
        principle_id,
        "Everybody here belongs.",
        "It is about here",
    )
    app.run()
    assert app.text_area(key="wording").value == ""
    assert not app.checkbox(key=f"choose_proposal_{first}").value


def test_another_facilitator_has_a_wording_of_its_own(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("draft.py", workshop=room.code)
    app.text_area(key="wording").input("My own words").run()

    sign_in_as("Bert", monkeypatch)

    assert opened("draft.py", workshop=room.code).text_area(key="wording").value == ""


def test_what_is_chosen_stays_chosen_behind_a_filter(room: Room) -> None:
    made = make_proposal(room, text="Talk with us")
    app = opened("draft.py", workshop=room.code)
    app.checkbox(key=f"choose_proposal_{made}").check().run()

    filtered = opened("draft.py", workshop=room.code, show="hidden")

    assert "From 1 chosen proposal." in said(filtered)
    assert opened("draft.py", workshop=room.code).checkbox(key=f"choose_proposal_{made}").value


def test_of_very_many_proposals_a_hundred_are_drawn_and_the_rest_on_asking(room: Room) -> None:
    for start in range(0, 210, 50):
        texts = [f"Een tafel met {place} stoelen" for place in range(start, min(start + 50, 210))]
        write(
            type_for_table,
            who="Iris",
            workshop_id=room.workshop_id,
            kind="principle",
            table_name="4",
            texts=texts,
        )

    app = opened("draft.py", workshop=room.code)
    first = len(app.checkbox)
    more = app.button(key="more_proposals")
    label = more.label
    more.click().run()

    assert (first, label, len(app.checkbox)) == (100, "Show 100 more", 200)
    assert app.button(key="more_proposals").label == "Show 10 more"
    app.query_params["show"] = "alike"
    app.run()
    assert not app.exception
    assert len(app.checkbox) == 200
    app.button(key="more_proposals").click().run()
    assert len(app.checkbox) == 210
    assert "more_proposals" not in [button.key for button in app.button]


def test_what_waits_is_said_in_the_heading_and_what_comes_in_waits_behind_a_line_of_its_own(
    room: Room,
) -> None:
    make_proposal(room, text="Talk with us", is_shown=False)
    make_proposal(room, text="Eat with us", is_shown=False)
    app = opened("draft.py", workshop=room.code)
    assert heading(app) == "2 proposals wait for you."

    made = make_proposal(room, text="Sing with us", is_shown=False)
    app.run()

    assert heading(app) == "2 proposals wait for you."
    assert rows(app) == ["Talk with us", "Eat with us"]
    assert app.button(key="show_all_principle").label == "Show all 2"
    assert app.button(key="put_below").label == "1 new one came in: put it below"
    app.button(key="show_all_principle").click().run()
    assert states(room)["Sing with us"] == "received"

    app.button(key="put_below").click().run()
    assert heading(app) == "1 proposal waits for you."
    assert rows(app) == ["Talk with us", "Eat with us", "Sing with us"]
    app.button(key=f"show_{made}").click().run()
    assert heading(app) == "You have seen everything."


def test_rows_keep_their_place_whatever_becomes_of_them_and_sink_at_the_next_visit(room: Room) -> None:
    first = make_proposal(room, text="Talk with us", is_shown=False)
    second = make_proposal(room, text="Eat with us", is_shown=False)
    make_proposal(room, text="Sing with us", is_shown=False)
    app = opened("draft.py", workshop=room.code)

    app.button(key=f"hide_{first}").click().run()
    app.button(key=f"show_{second}").click().run()
    app.run()

    assert rows(app) == ["Talk with us", "Eat with us", "Sing with us"]
    assert rows(opened("draft.py", workshop=room.code)) == ["Sing with us"]


def test_a_proposal_that_its_author_took_back_leaves_its_row_and_not_its_words(room: Room) -> None:
    made = make_proposal(room, text="A slip of the tongue", is_shown=False)
    make_proposal(room, text="Talk with us", is_shown=False)
    app = opened("draft.py", workshop=room.code)

    write(withdraw_proposal, participant_id=room.people[0], proposal_id=made)
    app.run()

    assert "A slip of the tongue" not in html(app)
    assert "Its author took this one back." in html(app)
    assert rows(app) == ["Talk with us"]


def test_without_anything_that_waits_one_looks_at_what_the_room_sees(room: Room) -> None:
    make_proposal(room, text="Talk with us")

    app = opened("draft.py", workshop=room.code)

    assert heading(app) == "You have seen everything."
    assert rows(app) == ["Talk with us"]


def test_no_button_of_drafting_is_filled_the_way_on_stands_in_the_bar(room: Room) -> None:
    made = make_proposal(room, text="Talk with us", is_shown=False)
    app = opened("draft.py", workshop=room.code)

    app.checkbox(key=f"choose_proposal_{made}").check().run()

    assert [button.key for button in app.button if button.proto.type == "primary"] == []


def test_principles_stand_beside_the_list_each_as_the_way_to_its_card(room: Room) -> None:
    make_principle(room, text="Everybody <b>belongs</b>.")

    drawn = html(opened("draft.py", workshop=room.code))

    assert (
        '<a href="#principle_1"><b>1</b><span dir="auto">Everybody &lt;b&gt;belongs&lt;/b&gt;.</span></a>'
        in drawn
    )
    assert 'id="principle_1"' in drawn


def test_what_is_hidden_after_it_was_chosen_is_no_source_any_more(room: Room) -> None:
    rude, kind = make_proposal(room, text="Rude words"), make_proposal(room, text="Talk with us")
    app = opened("draft.py", workshop=room.code)
    app.checkbox(key=f"choose_proposal_{rude}").check().run()
    app.checkbox(key=f"choose_proposal_{kind}").check().run()

    app.button(key=f"hide_{rude}").click().run()
    assert "From 1 chosen proposal." in said(app)
    app.text_area(key="wording").input("We talk.").run()
    app.button(key="word_together").click().run()

    with reading() as session:
        [principle] = list_principles(session, room.alliance_id)
    assert [source.text for source in principle.sources] == ["Talk with us"]


def test_a_window_that_has_not_shown_yet_what_another_window_brought_takes_nothing_of_it_back(
    room: Room,
) -> None:
    here, there = (opened("draft.py", workshop=room.code) for _ in range(2))
    here.text_area(key="wording").set_value("Wij praten met mensen").run()
    there.run()
    here.text_area(key="wording").set_value("Wij praten met mensen, niet over mensen").run()
    there.run()

    # What a tap there sends along of the field is what stood there: the text is still on its way.
    for shown in ("Wij praten met mensen", ""):
        there.text_area(key="wording").set_value(shown).run()
        here.run()

        for window in (here, there):
            assert window.text_area(key="wording").value == "Wij praten met mensen, niet over mensen"
    # Nor one that has only just opened.
    opening = opened("draft.py", workshop=room.code)
    opening.text_area(key="wording").set_value("").run()
    for window in (here.run(), there.run(), opening):
        assert window.text_area(key="wording").value == "Wij praten met mensen, niet over mensen"


def test_what_became_a_principle_does_not_come_back_in_the_field_from_a_window_that_was_slow_to_empty_it(
    room: Room,
) -> None:
    app = opened("draft.py", workshop=room.code)
    app.text_area(key="wording").set_value("Wij praten met mensen").run()
    app.button(key="word_together").click().run()

    app.text_area(key="wording").set_value("Wij praten met mensen").run()

    assert app.text_area(key="wording").value == ""
    assert opened("draft.py", workshop=room.code).text_area(key="wording").value == ""


def test_what_another_window_brought_can_be_changed_and_taken_away(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = (opened("draft.py", workshop=room.code) for _ in range(2))
    here.text_area(key="wording").set_value("Wij praten met mensen").run()
    there.run()

    there.text_area(key="wording").set_value("Wij luisteren").run()
    there.text_area(key="wording").set_value("").run()
    here.run()
    assert here.text_area(key="wording").value == ""
    here.text_area(key="wording").set_value("Iedereen telt").run()
    there.run()
    # By then the window has long shown it.
    monkeypatch.setattr("pages.parts.frame.unfinished.ON_ITS_WAY_SECONDS", 0)
    there.text_area(key="wording").set_value("").run()
    here.run()

    assert here.text_area(key="wording").value == ""
