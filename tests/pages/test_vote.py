"""Voting: opening, closing, revealing, what follows, and what may be seen when."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from models.basics.words import (
    FollowUp,
    ObjectionAnswer,
    Phase,
    PrincipleStatus,
    ReasonState,
    RuleKind,
    Secrecy,
    Step,
)
from models.drafting.wording import leave_out_principle
from models.storage.database import reading
from models.storage.writing import write
from models.voting.decision import Rule
from models.voting.late_words import LateWordsView, list_late_words, send_late_words
from models.voting.principles import list_principles
from models.voting.round_views import last_round, list_rounds, read_round
from models.voting.vote_again import reword_and_vote_again
from models.workshop.participant import raise_hand
from models.workshop.workshop import count_heads, read_workshop
from tests.builders import (
    LEADER,
    Room,
    Vote,
    cast,
    cast_all,
    close,
    close_and_reveal,
    latest_round,
    make_adopted,
    make_principle,
    make_round,
    make_workshop,
    take_room,
)
from tests.pages.opened import bar, open_folds, opened, press_next, said, sign_in_as, undo, words

pytestmark = pytest.mark.usefixtures("sqlite")


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    sign_in_as("Iris", monkeypatch)
    return make_workshop(people=12, step=Step.VOTE)


def keys(buttons: object) -> list[str]:
    return [str(button.key) for button in buttons]  # type: ignore[attr-defined]


def html(app: object) -> str:
    return "\n".join(str(element.proto.body) for element in app.get("html"))  # type: ignore[attr-defined]


def counted(app: object) -> tuple[int, int]:
    """Return how many voted, and of how many, as the page's heading says it."""
    found = re.search(r'<h1 class="counted"><b [^>]*>(\d+)</b> <span>of (\d+)<br>', html(app))
    assert found is not None
    return int(found[1]), int(found[2])


def test_without_a_principle_the_page_leads_back_to_drafting(room: Room) -> None:
    app = opened("vote.py", workshop=room.code)

    assert not app.exception
    assert "There is no principle to vote on yet." in words(app)
    assert "open_round" not in keys(app.button)


def test_a_round_opens_with_the_rule_that_was_chosen(room: Room) -> None:
    first, second = make_principle(room, text="First."), make_principle(room, text="Second.")
    app = opened("vote.py", workshop=room.code)

    app.checkbox(key=f"vote_on_{second}_1_draft").check()
    app.radio(key="vote_rule_consent").set_value(RuleKind.WITHOUT_OBJECTION)
    app.radio(key="vote_secrecy").set_value(Secrecy.NAMED)
    app.run()
    app.number_input(key="vote_share_consent_without_objection").set_value(75)
    app.number_input(key="vote_quorum").set_value(50)
    app.run()
    assert "75 percent" in app.info[0].value
    app.button(key="open_round").click().run()

    opened_round = latest_round(room)
    assert (opened_round.rule, opened_round.secrecy) == (
        Rule(RuleKind.WITHOUT_OBJECTION, share=75, quorum=50),
        Secrecy.NAMED,
    )
    assert [item.principle_id for item in opened_round.items] == [first, second]


def test_a_round_that_is_changed_in_the_moment_of_opening_does_not_open_as_it_stood_before(
    room: Room,
) -> None:
    """On a busy server a choice and the press behind it come in together; the button was drawn before both."""
    first, second = make_principle(room, text="First."), make_principle(room, text="Second.")
    app = opened("vote.py", workshop=room.code)

    app.checkbox(key=f"vote_on_{second}_1_draft").check()
    app.radio(key="vote_secrecy").set_value(Secrecy.NAMED)
    app.button(key="open_round").click().run()

    with reading() as session:
        assert last_round(session, room.workshop_id) is None
    assert "This round changed just as you pressed the button" in app.error[0].value
    assert app.radio(key="vote_secrecy").value == Secrecy.NAMED
    assert "With your name" in app.info[0].value

    app.button(key="open_round").click().run()

    assert latest_round(room).secrecy == Secrecy.NAMED
    assert [item.principle_id for item in latest_round(room).items] == [first, second]
    assert not app.error


def test_choosing_all_texts_and_opening_at_once_asks_to_look_again(room: Room) -> None:
    for number in range(3):
        make_principle(room, text=f"Principle {number}.")
    app = opened("vote.py", workshop=room.code)

    app.button(key="vote_on_all").click()
    app.button(key="open_round").click().run()
    with reading() as session:
        assert last_round(session, room.workshop_id) is None
    app.button(key="open_round").click().run()

    assert len(latest_round(room).items) == 3


def test_an_open_round_shows_how_many_voted_and_never_what(room: Room) -> None:
    vote = make_round(room)
    cast_all(vote, [(person, "objection") for person in room.people[:7]])

    app = opened("vote.py", workshop=room.code)

    assert counted(app) == (7, 12)
    assert html(app).count('<i data-circle class="filled">') == 7
    assert html(app).count("<i data-circle") == 12
    assert html(app).count('<i class="kept">') == 2 * 28 - 12
    assert "Objection" not in words(app) + html(app)
    assert not app.get("plotly_chart")
    assert not [expander for expander in app.expander if "not voted" in expander.label]


def test_a_named_round_tells_the_facilitator_who_has_not_voted(room: Room) -> None:
    vote = make_round(room, secrecy=Secrecy.NAMED)
    cast_all(vote, [(person, "agree") for person in room.people[:10]])

    app = opened("vote.py", workshop=room.code)

    assert [expander.label for expander in app.expander if "not voted" in expander.label] == [
        "2 people have not voted"
    ]


def test_closing_and_showing_is_one_tap(room: Room) -> None:
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people])
    app = opened("vote.py", workshop=room.code)

    press_next(app, room)

    assert latest_round(room).phase == Phase.REVEALED
    assert "Adopted" in html(app)
    assert "<span>Agree</span><b>12</b>" in html(app)
    assert "12 ballots are stored" in words(app)


def test_a_closed_round_is_seen_by_the_facilitator_first(room: Room) -> None:
    cast_all(make_round(room), [(person, "agree") for person in room.people])
    app = opened("vote.py", workshop=room.code)

    app.button(key="close_only").click().run()

    assert latest_round(room).phase == Phase.CLOSED
    assert "Only you see this result" in app.warning[0].value
    assert bar(app)["go"]["words"] == "Show the result to the room"
    press_next(app, room)
    assert latest_round(room).phase == Phase.REVEALED


def test_the_table_holds_the_same_numbers_as_the_chart_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)
    room = make_workshop(people={"Residents": 8, "Communities": 6}, step=Step.VOTE)
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people[:11]])
    cast_all(vote, [(person, "concern") for person in room.people[11:]])
    close_and_reveal(vote)

    app = opened("vote.py", workshop=room.code)
    app.button(key=f"groups_{latest_round(room).items[0].id}_button").click().run()

    assert len(app.get("plotly_chart")) == 1
    drawn = html(app)
    assert "<span>Agree</span><b>11</b>" in drawn
    for name, agree, concern in (("Residents", 8, 0), ("Communities", 3, 3), ("Everybody", 11, 3)):
        row = drawn.split(f'<th scope="row">{name}</th>')[-1].split("</tr>")[0]
        assert f'<td class="number">{agree}</td><td class="number">{concern}</td>' in row


def test_with_fewer_than_five_votes_no_number_is_drawn(room: Room) -> None:
    vote = make_round(room)
    cast_all(vote, [(person, "objection") for person in room.people[:3]])
    close_and_reveal(vote)

    app = opened("vote.py", workshop=room.code)

    assert "Not decided: fewer than five people voted." in html(app)
    assert not app.get("plotly_chart")


def test_starting_over_asks_first_and_the_old_round_counts_nowhere(room: Room) -> None:
    vote = make_round(room)
    app = opened("vote.py", workshop=room.code)
    assert "start_over_now" not in keys(app.button)

    app.button(key="start_over_button").click().run()
    app.button(key="start_over_now").click().run()

    with reading() as session:
        rounds = list_rounds(session, room.workshop_id)
        old = read_round(session, vote.round_id)
    assert [(found.phase, found.number) for found in rounds] == [(Phase.OPEN, 1)]
    assert old.phase == Phase.CANCELLED
    assert old.items[0].version_id == rounds[0].items[0].version_id


def test_starting_over_may_ask_something_else(room: Room) -> None:
    vote = make_round(room)
    other = make_principle(room, text="Wij praten mét mensen.")
    app = opened("vote.py", workshop=room.code)
    app.button(key="start_over_button").click().run()

    app.multiselect(key=f"start_over_texts_{vote.round_id}").set_value([other]).run()
    app.button(key="start_over_now").click().run()

    assert [item.text for item in latest_round(room).items] == ["Wij praten mét mensen."]
    assert latest_round(room).phase == Phase.OPEN


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_round_is_cancelled_and_taken_up_again_from_the_message(room: Room, is_closed: bool) -> None:
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people])
    if is_closed:
        close(vote)
    before = latest_round(room)
    app = opened("vote.py", workshop=room.code)

    app.button(key="cancel_round").click().run()
    assert latest_round(room).phase == Phase.CANCELLED
    assert "Round 1 is cancelled. It does not count." in said(app)
    undo(app).click().run()

    assert latest_round(room) == before


def test_after_a_round_was_cancelled_the_next_one_is_offered_and_the_way_back_stands_on_the_page(
    room: Room,
) -> None:
    make_round(room)
    app = opened("vote.py", workshop=room.code)
    app.button(key="cancel_round").click().run()

    again = opened("vote.py", workshop=room.code)

    assert {"undo_cancelling", "open_round"} <= set(keys(again.button))
    again.button(key="open_round").click().run()
    assert (latest_round(room).phase, latest_round(room).number) == (Phase.OPEN, 1)
    assert "undo_cancelling" not in keys(again.button)


@pytest.mark.parametrize("was_shown", [True, False])
def test_hiding_a_reason_is_undone_from_the_message(room: Room, was_shown: bool) -> None:
    reason_id = objected(room)
    app = opened("vote.py", workshop=room.code)
    if was_shown:
        app.button(key=f"show_reason_{reason_id}").click().run()
    app.button(key=f"hide_reason_{reason_id}").click().run()
    assert latest_round(room).items[0].reasons_hidden == 1

    undo(app).click().run()

    state = ReasonState.SHOWN if was_shown else ReasonState.NEW
    assert [reason.state for reason in latest_round(room).items[0].reasons] == [state]


def test_showing_a_reason_is_undone_from_the_message(room: Room) -> None:
    reason_id = objected(room)
    app = opened("vote.py", workshop=room.code)
    app.button(key=f"show_reason_{reason_id}").click().run()

    undo(app).click().run()

    assert [reason.state for reason in latest_round(room).items[0].reasons] == [ReasonState.NEW]


def test_a_reason_is_text_and_never_markup_on_the_page_of_who_leads(room: Room) -> None:
    evil = "<img src=x onerror=alert(1)>"
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people[1:]])
    cast(vote, room.people[0], "objection", reason=evil)
    close_and_reveal(vote)

    drawn = html(opened("vote.py", workshop=room.code))

    assert "&lt;img src=x" in drawn
    assert "<img src=x" not in drawn


def test_reasons_are_shown_and_hidden_one_by_one(room: Room) -> None:
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people[2:]])
    cast(vote, room.people[0], "objection", reason="Who pays?")
    cast(vote, room.people[1], "concern", reason="Who cleans?")
    close_and_reveal(vote)
    by_text = {reason.text: reason.id for reason in latest_round(room).items[0].reasons}
    app = opened("vote.py", workshop=room.code)

    app.button(key=f"show_reason_{by_text['Who pays?']}").click().run()
    app.button(key=f"hide_reason_{by_text['Who cleans?']}").click().run()

    states = {reason.text: reason.state for reason in latest_round(room).items[0].reasons}
    assert states["Who pays?"] == ReasonState.SHOWN
    assert states.get("Who cleans?", ReasonState.HIDDEN) == ReasonState.HIDDEN


def not_adopted(room: Room) -> int:
    """Return the principle of a revealed round that one objection stopped."""
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people[1:]])
    cast(vote, room.people[0], "objection")
    close_and_reveal(vote)
    return vote.principles[0]


def test_what_was_not_adopted_is_reworded_and_voted_on_again(room: Room) -> None:
    principle_id = not_adopted(room)
    item = latest_round(room).items[0]
    app = opened("vote.py", workshop=room.code)

    app.text_area(key=f"again_{item.id}_text").input("Another text.")
    app.button(key=f"again_{item.id}_save").click().run()

    with reading() as session:
        [principle] = list_principles(session, room.alliance_id)
        rounds = list_rounds(session, room.workshop_id)
    assert (principle.id, principle.version, principle.text) == (principle_id, 2, "Another text.")
    assert rounds[0].items[0].follow_up == FollowUp.REWORD
    assert (rounds[1].phase, rounds[1].items[0].text) == (Phase.OPEN, "Another text.")


def test_rewording_without_a_text_changes_nothing_at_all(room: Room) -> None:
    not_adopted(room)
    item = latest_round(room).items[0]
    app = opened("vote.py", workshop=room.code)

    app.text_area(key=f"again_{item.id}_text").input("")
    app.button(key=f"again_{item.id}_save").click().run()

    assert len(app.error) == 1
    assert latest_round(room).items[0].follow_up is None
    assert f"again_{item.id}_save" in keys(app.button)


@pytest.mark.parametrize(
    ("key", "follow_up", "status"),
    [
        ("minority_report", FollowUp.MINORITY_REPORT, PrincipleStatus.NOT_ADOPTED),
        ("leave_out", FollowUp.LEAVE_OUT, PrincipleStatus.LEFT_OUT),
    ],
)
def test_what_was_not_adopted_may_become_a_minority_report_or_be_left_out(
    room: Room, key: str, follow_up: FollowUp, status: PrincipleStatus
) -> None:
    not_adopted(room)
    item = latest_round(room).items[0]

    opened("vote.py", workshop=room.code).button(key=f"follow_up_{key}_{item.id}").click().run()

    assert latest_round(room).items[0].follow_up == follow_up
    with reading() as session:
        assert list_principles(session, room.alliance_id)[0].status == status


def test_the_support_over_the_rounds_stands_below_by_principle(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    principle_id = not_adopted(room)
    cast_all(make_round(room, principles=[principle_id]), [(room.people[0], "agree")])
    open_folds(monkeypatch)

    app = opened("vote.py", workshop=room.code)

    assert "Support over the rounds" in [header.value for header in app.header]
    assert "not adopted" in html(app)
    assert "1 round has no result that was shown" in words(app)


def test_going_on_takes_the_room_to_agreeing(room: Room) -> None:
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people])
    close(vote)
    take_room(room, Step.VOTE)
    app = opened("vote.py", workshop=room.code)
    press_next(app, room)

    assert bar(app)["go"]["words"] == "Take the room to 3 Make agreements"
    press_next(app, room)

    with reading() as session:
        assert read_workshop(session, room.workshop_id).step == Step.AGREE


def test_small_groups_and_people_without_one_are_named_where_they_count_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in_as("Iris", monkeypatch)
    room = make_workshop(people={"Residents": 6, "Businesses": 3, None: 2}, step=Step.VOTE)
    make_round(room)

    app = opened("vote.py", workshop=room.code)

    assert "Businesses and people without a group" in words(app)


def test_one_button_opens_a_round_by_consent_on_the_first_draft(room: Room) -> None:
    first, _second = make_principle(room, text="First."), make_principle(room, text="Second.")
    app = opened("vote.py", workshop=room.code)

    assert "no objection left. Anonymous." in app.info[0].value.replace("\\", "")
    app.button(key="open_round").click().run()

    found = latest_round(room)
    assert [item.principle_id for item in found.items] == [first]
    assert (found.method, found.rule, found.secrecy) == (
        "consent",
        Rule(RuleKind.NO_OPEN_OBJECTIONS),
        Secrecy.ANONYMOUS,
    )
    assert (found.ends_at, found.shown_position) == (None, None)


@pytest.mark.parametrize(
    ("method", "rules", "fields"),
    [
        ("consent", 3, []),
        ("gradients", 3, ["vote_tolerated_gradients_level"]),
        ("fist of five", 3, ["vote_tolerated_fist_of_five_level"]),
        ("dots", 0, ["vote_budget", "vote_top_1"]),
        ("score", 2, ["vote_share_score_share_of_votes"]),
        ("statement", 2, ["vote_share_statement_share_of_votes"]),
    ],
)
def test_a_method_offers_only_rules_and_fields_of_its_own(
    room: Room, method: str, rules: int, fields: list[str]
) -> None:
    make_principle(room)
    app = opened("vote.py", workshop=room.code)

    app.radio(key="vote_method").set_value(method).run()

    asked = [radio for radio in app.radio if str(radio.key).startswith("vote_rule_")]
    assert [len(radio.options) for radio in asked] == ([rules] if rules else [])
    assert [field.key for field in app.number_input] == [*fields, "vote_minutes", "vote_quorum"]


def test_gradients_open_with_their_limit_and_are_read_to_everyone_as_they_will_be(room: Room) -> None:
    make_principle(room, text="First.")
    make_principle(room, text="Second.")
    make_principle(room, text="Third.")
    app = opened("vote.py", workshop=room.code)
    app.radio(key="vote_method").set_value("gradients").run()

    app.button(key="vote_on_all").click().run()
    app.selectbox(key="vote_level_gradients_level").set_value("3")
    app.number_input(key="vote_tolerated_gradients_level").set_value(2)
    app.number_input(key="vote_minutes").set_value(4)
    app.radio(key="vote_pace").set_value(True)
    app.run()
    assert "at most 2 people go beyond “Support, with reservations”" in app.info[0].value
    app.button(key="open_round").click().run()

    found = latest_round(room)
    assert (found.method, found.rule.kind, found.rule.level, found.rule.tolerated) == (
        "gradients",
        RuleKind.LEVEL,
        "3",
        2,
    )
    assert [item.text for item in found.items] == ["First.", "Second.", "Third."]
    assert found.shown_position == 1
    assert found.ends_at is not None
    assert round((found.ends_at - found.opened_at).total_seconds() / 60) == 4


def test_dots_ask_for_at_least_two_texts(room: Room) -> None:
    make_principle(room, text="First.")
    second = make_principle(room, text="Second.")
    app = opened("vote.py", workshop=room.code)
    app.radio(key="vote_method").set_value("dots").run()
    assert app.button(key="open_round").disabled

    app.checkbox(key=f"vote_on_{second}_1_draft").check()
    app.number_input(key="vote_budget").set_value(3)
    app.checkbox(key="vote_can_stack").uncheck()
    app.run()
    app.number_input(key="vote_top_2").set_value(1).run()
    assert "Everyone has 3 dots" in app.info[0].value
    app.button(key="open_round").click().run()

    found = latest_round(room)
    assert found.budget is not None
    assert (found.budget.dots, found.budget.can_stack, found.rule.top) == (3, False, 1)


def test_what_stood_in_the_way_leaves_the_form_as_it_was(room: Room) -> None:
    first = make_principle(room)
    app = opened("vote.py", workshop=room.code)
    app.radio(key="vote_method").set_value("score").run()
    app.number_input(key="vote_share_score_share_of_votes").set_value(65).run()

    make_principle(room, text="Another text.")
    write(leave_out_principle, who=LEADER, principle_id=first)
    app.button(key="open_round").click().run()

    assert len(app.error) == 1
    assert app.radio(key="vote_method").value == "score"
    assert app.number_input(key="vote_share_score_share_of_votes").value == 65


def test_before_the_round_one_reads_which_groups_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)
    room = make_workshop(people={"Residents": 6, "Businesses": 3, None: 2}, step=Step.VOTE)
    make_principle(room)

    said = words(opened("vote.py", workshop=room.code)).replace("\\", "")

    assert "These groups count by themselves: Residents" in said
    assert "Businesses and people without a group" in said


def test_the_next_round_starts_from_the_terms_of_the_one_before_but_never_from_dots(room: Room) -> None:
    vote = make_round(room, rule=RuleKind.WITHOUT_OBJECTION, share=90)
    close_and_reveal(vote)
    make_principle(room, text="Another.")
    app = opened("vote.py", workshop=room.code)
    assert app.number_input(key="vote_share_consent_without_objection").value == 90

    dots = make_round(room, items=2, method="dots", rule=RuleKind.TOP, top=1, budget=3)
    close_and_reveal(dots)

    assert opened("vote.py", workshop=room.code).radio(key="vote_method").value == "consent"


def test_an_anonymous_round_counts_who_is_missing_and_hides_small_numbers_per_group(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in_as("Iris", monkeypatch)
    room = make_workshop(people={"Residents": 9, "Communities": 8, "Municipality": 7}, step=Step.VOTE)
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people[:18]])

    app = opened("vote.py", workshop=room.code)

    assert "6 people have not voted" in words(app)
    drawn = html(app)
    for name, size, voted in (
        ("Residents", 9, "9"),
        ("Communities", 8, "–"),
        ("Municipality", 7, "–"),
    ):
        assert f'<th scope="row">{name}</th><td>{size}</td><td>{voted}</td>' in drawn
    assert [caption.value for caption in app.caption if "Small numbers per group" in caption.value] == [
        "Small numbers per group are not shown yet. So every vote stays secret."
    ]


def test_one_text_at_a_time_is_turned_by_the_facilitator(room: Room) -> None:
    make_round(room, items=3, is_one_at_a_time=True)
    app = opened("vote.py", workshop=room.code)
    assert app.button(key="previous_item").disabled

    app.button(key="next_item").click().run()
    assert latest_round(room).shown_position == 2
    app.button(key="next_item").click().run()
    assert app.button(key="next_item").disabled
    app.button(key="previous_item").click().run()
    assert latest_round(room).shown_position == 2

    app.button(key="all_items").click().run()
    assert latest_round(room).shown_position is None
    app.button(key="one_at_a_time").click().run()
    assert latest_round(room).shown_position == 1


def test_a_text_at_a_time_is_counted_by_itself(room: Room) -> None:
    vote = make_round(room, items=2, is_one_at_a_time=True)
    cast_all(vote, [(person, "agree") for person in room.people[:7]])
    cast_all(vote, [(person, "agree") for person in room.people[:4]], item=1)
    app = opened("vote.py", workshop=room.code)
    assert counted(app) == (7, 12)

    app.button(key="next_item").click().run()

    assert counted(app) == (4, 12)
    assert "8 people have not voted" in words(app)


def test_a_timer_is_set_lengthened_and_taken_away_while_the_round_is_open(room: Room) -> None:
    make_round(room)
    app = opened("vote.py", workshop=room.code)

    app.button(key="set_timer_button").click().run()
    app.number_input(key="timer_minutes").set_value(5)
    app.button(key="timer_start").click().run()
    ends_at = latest_round(room).ends_at
    assert ends_at is not None

    app.button(key="one_more_minute").click().run()
    longer = latest_round(room).ends_at
    assert longer is not None
    assert (longer - ends_at).total_seconds() == 60

    app.button(key="timer_away").click().run()
    assert latest_round(room).ends_at is None
    assert "timer_start" not in keys(app.button)


@pytest.mark.parametrize(
    ("method", "rule", "terms", "choices"),
    [
        ("gradients", RuleKind.LEVEL, {"level": "6"}, ["1", "5"]),
        ("fist of five", RuleKind.LEVEL, {"level": "3"}, ["5", "2"]),
        ("score", RuleKind.SHARE_OF_VOTES, {"share": 70}, ["9", "3"]),
        ("statement", RuleKind.SHARE_OF_VOTES, {"share": 70}, ["agree", "disagree"]),
    ],
)
def test_a_result_by_any_method_has_its_sentence_a_chart_and_the_same_numbers_as_a_table(
    room: Room, method: str, rule: RuleKind, terms: dict[str, Any], choices: list[str]
) -> None:
    vote = make_round(room, method=method, rule=rule, **terms)
    cast_all(vote, [(person, choices[place % 2]) for place, person in enumerate(room.people)])
    close_and_reveal(vote)

    app = opened("vote.py", workshop=room.code)
    app.button(key=f"groups_{latest_round(room).items[0].id}_button").click().run()

    assert not app.exception
    assert "dopted" in html(app)
    assert len(app.get("plotly_chart")) == 1
    assert html(app).count('<td class="number">6</td>') >= len(choices)


def test_dots_are_ranked(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    vote = make_round(room, items=2, method="dots", rule=RuleKind.TOP, top=1, budget=3)
    cast_all(vote, [(person, "1") for person in room.people])
    cast_all(vote, [(person, "2") for person in room.people], item=1)
    close_and_reveal(vote)
    open_folds(monkeypatch)

    app = opened("vote.py", workshop=room.code)

    drawn = html(app)
    assert drawn.index("2. Principle 2.</th><td>24 dots</td>") < drawn.index(
        "1. Principle 1.</th><td>12 dots</td>"
    )
    assert "place 1, with 24 dots" in drawn


def objected(room: Room) -> int:
    """Return the reason of the one objection in a revealed round."""
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people[1:]])
    cast(vote, room.people[0], "objection", reason="Who pays?")
    close_and_reveal(vote)
    return latest_round(room).items[0].reasons[0].id


def test_an_objection_is_answered_and_the_answer_can_be_taken_back(room: Room) -> None:
    reason_id = objected(room)
    app = opened("vote.py", workshop=room.code)
    assert "1 objection has no answer yet" in words(app)

    app.button_group(key=f"answer_{reason_id}_open").set_value(ObjectionAnswer.CONVERSATION).run()
    assert latest_round(room).items[0].reasons[0].answer == ObjectionAnswer.CONVERSATION
    assert "has no answer yet" not in words(app)

    app.button_group(key=f"answer_{reason_id}_conversation").set_value(None).run()
    assert latest_round(room).items[0].reasons[0].answer is None


def test_rewording_answers_the_objections_that_had_no_answer(room: Room) -> None:
    objected(room)
    item = latest_round(room).items[0]
    app = opened("vote.py", workshop=room.code)

    app.text_area(key=f"again_{item.id}_text").input("Another text.")
    app.button(key=f"again_{item.id}_save").click().run()

    with reading() as session:
        [old, _new] = list_rounds(session, room.workshop_id)
    assert old.items[0].reasons[0].answer == ObjectionAnswer.REWORDED


def test_the_landscape_is_of_the_last_round_or_of_all_that_was_adopted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in_as("Iris", monkeypatch)
    room = make_workshop(people={"Residents": 8, "Communities": 6}, step=Step.VOTE)
    for objections in (0, 1):
        vote = make_round(room, items=2)
        cast_all(vote, [(person, "agree") for person in room.people])
        cast_all(vote, [(person, "agree") for person in room.people[objections:]], item=1)
        cast_all(vote, [(person, "objection") for person in room.people[:objections]], item=1)
        close_and_reveal(vote)
    open_folds(monkeypatch)
    app = opened("vote.py", workshop=room.code)

    def shown() -> list[str]:
        table = next(part for part in html(app).split("<table") if "percent is in favour, per group" in part)
        return [row.split("</th>")[0][:2] for row in table.split('<th scope="row">')[1:]]

    assert sorted(shown()) == ["3.", "4."]
    app.radio(key="landscape_of").set_value("adopted").run()
    assert sorted(shown()) == ["1.", "2.", "3."]


def test_words_that_came_too_late_are_read_whatever_round_is_on_and_can_be_put_away(room: Room) -> None:
    statement = make_principle(room, text="Er is altijd een tolk.")
    vote = make_round(room, principles=[statement])
    close_and_reveal(vote)
    make_round(room)
    write(
        send_late_words,
        participant_id=room.people[0],
        round_id=vote.round_id,
        item_id=vote.items[0],
        choice="objection",
        text="Wie betaalt <b>dat</b>?",
    )

    app = opened("vote.py", workshop=room.code)

    assert "Came in too late" in words(app)
    assert "Wie betaalt &lt;b&gt;dat&lt;/b&gt;?" in html(app)
    assert "Er is altijd een tolk." in html(app)
    away = [button for button in app.button if str(button.key).startswith("late_away_")]
    away[0].click().run()
    assert [late.text for late in _late(room)] == []
    assert [late.text for late in _late(room, put_away=True)] == ["Wie betaalt <b>dat</b>?"]


def _late(room: Room, **about: bool) -> list[LateWordsView]:
    with reading() as session:
        return list_late_words(session, room.workshop_id, **about)


def test_a_round_without_its_key_offers_to_close_or_to_begin_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people[:6]])
    monkeypatch.setenv("HANDSLAG_KEY", "another key of another machine, long enough")

    app = opened("vote.py", workshop=room.code)

    assert "started with another key" in app.error[0].value
    assert bar(app)["go"]["words"] == "Close with what there is"
    assert app.button(key="start_over_button")
    press_next(app, room)
    with reading() as session:
        closed = read_round(session, vote.round_id)
    assert (closed.phase, closed.voted) == ("revealed", 6)


def card_order(app: AppTest) -> list[str]:
    """Return the headings and the buttons of a page in the order in which one meets them."""
    found = []
    for block in app.main:
        kind = getattr(block, "type", "")
        if kind == "button":
            found.append(str(block.key))
        elif kind == "subheader":
            found.append(str(getattr(block, "value", "")))
    return found


def test_after_a_reveal_the_next_round_is_opened_before_the_numbers_of_the_last_one(room: Room) -> None:
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people])
    close_and_reveal(vote)
    make_principle(room, text="Wij praten mét mensen.")

    app = opened("vote.py", workshop=room.code)

    order = card_order(app)
    assert order.index("open_round") < order.index("About this round")
    assert app.button(key="open_round").label == "Open the round on text 2"
    assert html(app).index("Adopted") < html(app).index('<ul class="votes">')


def test_a_round_on_several_texts_says_first_how_many_were_adopted_and_the_button_on_how_many_it_asks(
    room: Room,
) -> None:
    vote = make_round(room, items=3)
    for item, choice in enumerate(("agree", "objection", "agree")):
        cast_all(vote, [(person, choice) for person in room.people[1:]], item=item)
    cast(vote, room.people[0], "objection", reason="Who pays?", item=1)
    close_and_reveal(vote)
    for number in range(2):
        make_principle(room, text=f"Nog een {number}.")

    app = opened("vote.py", workshop=room.code)

    assert "Round 1: 2 of 3 texts are adopted." in html(app)
    # Once above all, once with the text itself, far below.
    assert words(app).count("1 objection has no answer yet") == 2
    app.button(key="vote_on_all").click().run()
    assert app.button(key="open_round").label == "Open the round on 3 texts"


def test_the_objections_stand_beside_the_text_that_has_to_meet_them(room: Room) -> None:
    objected(room)

    app = opened("vote.py", workshop=room.code)

    assert '<ul class="quotes"><li class="objection"><q dir="auto">Who pays?</q></li></ul>' in html(app)


def test_a_text_that_is_asked_again_in_other_words_shows_what_is_gone_and_what_is_new(room: Room) -> None:
    objected(room)
    item = latest_round(room).items[0]
    write(reword_and_vote_again, who=LEADER, item_id=item.id, text="Principle one.", why="")

    drawn = html(opened("vote.py", workshop=room.code))

    assert "Principle <del>1</del><ins>one</ins>." in drawn


def test_adopted_texts_are_put_in_order_with_dots_and_none_is_called_not_adopted(room: Room) -> None:
    make_adopted(room, items=2)
    app = opened("vote.py", workshop=room.code)
    app.button(key="put_in_order_button").click().run()
    app.button(key="open_order").click().run()
    vote = latest_round(room)
    assert (vote.method, vote.rule.top, vote.phase) == ("dots", None, Phase.OPEN)
    round_ = Vote(vote.id, [item.id for item in vote.items], [])
    cast_all(round_, [(person, "1") for person in room.people])
    cast_all(round_, [(person, "2") for person in room.people], item=1)
    close_and_reveal(round_)

    drawn = opened("vote.py", workshop=room.code)

    assert "the room put the texts in order" in html(drawn)
    assert "Place 1, with 24 dots." in html(drawn)
    assert "ot adopted" not in html(drawn) + said(drawn)


@pytest.mark.parametrize(
    ("people", "secrecy", "is_told"), [(4, None, True), (4, Secrecy.NAMED, False), (5, None, False)]
)
def test_the_form_says_before_opening_that_so_few_leave_no_outcome(
    monkeypatch: pytest.MonkeyPatch, people: int, secrecy: Secrecy | None, is_told: bool
) -> None:
    sign_in_as("Iris", monkeypatch)
    room = make_workshop(people=people, step=Step.VOTE)
    make_principle(room)
    app = opened("vote.py", workshop=room.code)

    if secrecy is not None:
        app.radio(key="vote_secrecy").set_value(secrecy).run()

    assert ("Fewer than five people are here." in words(app)) is is_told
    app.button(key="open_round").click().run()
    assert latest_round(room).phase == Phase.OPEN


@pytest.mark.parametrize("is_shown", [False, True])
def test_a_round_of_too_few_is_asked_again_with_names_by_one_button(
    monkeypatch: pytest.MonkeyPatch, is_shown: bool
) -> None:
    sign_in_as("Iris", monkeypatch)
    room = make_workshop(people=3, step=Step.VOTE)
    cast_all(make_round(room), [(person, "agree") for person in room.people])
    app = opened("vote.py", workshop=room.code)
    if is_shown:
        press_next(app, room)
    else:
        app.button(key="close_only").click().run()
    assert "Not decided: fewer than five people voted." in html(app)

    app.button(key="ask_with_names").click().run()

    assert not app.exception
    assert (latest_round(room).phase, latest_round(room).secrecy) == (Phase.OPEN, Secrecy.NAMED)
    cast_all(
        Vote(latest_round(room).id, [item.id for item in latest_round(room).items], []),
        [(person, "agree") for person in room.people],
    )
    app.run()
    press_next(app, room)
    assert "Adopted" in html(app)
    assert "ask_with_names" not in keys(app.button)


def test_with_more_voices_than_heads_a_round_opens_and_is_shown_only_after_a_tick(room: Room) -> None:
    write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=6)
    make_principle(room)
    app = opened("vote.py", workshop=room.code)
    assert "12 voices, 6 people counted." in said(app)

    app.button(key="open_round").click().run()
    with reading() as session:
        assert last_round(session, room.workshop_id) is None
    assert "There are more voices than people counted: 12 against 6." in said(app)
    app.checkbox(key="more_voices_0_none").check().run()
    app.button(key="open_round").click().run()

    opened_round = latest_round(room)
    cast_all(
        Vote(opened_round.id, [item.id for item in opened_round.items], []),
        [(person, "agree") for person in room.people],
    )
    press_next(app, room)
    assert latest_round(room).phase == Phase.OPEN
    app.checkbox(key=f"more_voices_{opened_round.id}_open").check().run()
    press_next(app, room)

    assert latest_round(room).phase == Phase.REVEALED
    assert [(one.moment, one.who, one.voices, one.heads) for one in latest_round(room).acknowledged] == [
        ("opened", "Iris", 12, 6),
        ("revealed", "Iris", 12, 6),
    ]
    small_print = said(app)
    assert "When the result was shown: 12 voices, 6 people counted." in small_print


def test_a_room_whose_voices_fit_its_heads_is_asked_nothing(room: Room) -> None:
    write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=12)
    make_principle(room)

    app = opened("vote.py", workshop=room.code)

    assert "people counted" not in said(app)
    app.button(key="open_round").click().run()
    assert latest_round(room).phase == Phase.OPEN


def test_above_a_hundred_people_one_bar_stands_instead_of_circles(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)
    room = make_workshop(people=101, step=Step.VOTE)
    cast(make_round(room), room.people[0], "agree")

    app = opened("vote.py", workshop=room.code)

    assert counted(app) == (1, 101)
    assert "data-circle" not in html(app)
    assert "data-bar" in html(app)


def test_whoever_waits_longest_gets_the_floor_by_one_button_beside_the_round(room: Room) -> None:
    make_round(room)
    for person in room.people[:2]:
        write(raise_hand, participant_id=person, on=True)
    app = opened("vote.py", workshop=room.code)
    assert app.button(key="give_the_floor").label == "Give participant 1 the floor"

    app.button(key="give_the_floor").click().run()

    assert app.button(key="give_the_floor").label == "Give participant 2 the floor"
    app.button(key="give_the_floor").click().run()
    assert "give_the_floor" not in keys(app.button)


def test_what_changes_stands_under_the_new_text_while_one_types_it(room: Room) -> None:
    not_adopted(room)
    item = latest_round(room).items[0]
    app = opened("vote.py", workshop=room.code)
    assert "Nothing is changed yet." in said(app)

    app.text_area(key=f"again_{item.id}_text").input("Principle one.").run()

    assert '<p class="difference" dir="auto">Principle <del>1</del><ins>one</ins>.</p>' in html(app)
    assert "Nothing is changed yet." not in said(app)


def test_a_new_wording_stands_there_again_after_a_reload_and_an_emptied_one_stays_empty(room: Room) -> None:
    not_adopted(room)
    key = f"again_{latest_round(room).items[0].id}_text"
    app = opened("vote.py", workshop=room.code)

    app.text_area(key=key).input("Half a sen").run()
    assert opened("vote.py", workshop=room.code).text_area(key=key).value == "Half a sen"
    app.text_area(key=key).input("").run()

    assert app.text_area(key=key).value == ""
    assert opened("vote.py", workshop=room.code).text_area(key=key).value == ""


def test_a_reworded_text_is_asked_in_another_way_where_one_chooses_so(room: Room) -> None:
    not_adopted(room)
    item = latest_round(room).items[0]
    app = opened("vote.py", workshop=room.code)
    app.button(key="again_in_another_way_button").click().run()
    app.radio(key="vote_rule_consent").set_value(RuleKind.WITHOUT_OBJECTION).run()
    app.number_input(key="vote_minutes").set_value(3).run()
    app.text_area(key=f"again_{item.id}_text").input("Another text.").run()

    app.button(key=f"again_{item.id}_save").click().run()

    assert not app.exception
    assert (latest_round(room).phase, latest_round(room).rule.kind) == (
        Phase.OPEN,
        RuleKind.WITHOUT_OBJECTION,
    )
    assert latest_round(room).ends_at is not None


def test_one_filled_button_stands_beside_a_text_that_was_not_adopted_and_it_asks_it_again(room: Room) -> None:
    not_adopted(room)
    make_principle(room, text="Wij praten mét mensen.")
    item = latest_round(room).items[0]

    app = opened("vote.py", workshop=room.code)

    filled = [button.key for button in app.button if button.proto.type == "primary"]
    assert filled == [f"again_{item.id}_save"]
    assert app.button(key=f"again_{item.id}_save").label == "Open round 2 with this text"
    assert "open_round" in keys(app.button)


def test_all_objections_go_to_the_projector_by_one_button_and_off_it_again(room: Room) -> None:
    reason_id = objected(room)
    round_id = latest_round(room).id
    app = opened("vote.py", workshop=room.code)
    assert app.button(key=f"objections_{round_id}").label == "Show on the projector"

    app.button(key=f"objections_{round_id}").click().run()
    assert [one.state for one in latest_round(room).items[0].reasons if one.id == reason_id] == [
        ReasonState.SHOWN
    ]
    assert app.button(key=f"objections_{round_id}").label == "Take off the projector"
    undo(app).click().run()
    assert latest_round(room).items[0].reasons[0].state == ReasonState.NEW
    app.button(key=f"objections_{round_id}").click().run()
    app.button(key=f"objections_{round_id}").click().run()

    assert latest_round(room).items[0].reasons[0].state == ReasonState.NEW


def test_an_objection_that_came_too_late_stands_with_the_others_under_its_badge(room: Room) -> None:
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people[1:]])
    cast(vote, room.people[0], "objection", reason="Who pays?")
    close_and_reveal(vote)
    write(
        send_late_words,
        participant_id=room.people[1],
        round_id=vote.round_id,
        item_id=vote.items[0],
        choice="objection",
        text="Wie ruimt er <b>op</b>?",
    )

    drawn = html(opened("vote.py", workshop=room.code))

    late = '<q dir="auto">Wie ruimt er &lt;b&gt;op&lt;/b&gt;?</q> <span class="badge orange">too late</span>'
    assert f'<li class="late">{late}</li>' in drawn


def test_an_objection_without_words_is_counted(room: Room) -> None:
    not_adopted(room)

    assert "1 objection came without words." in said(opened("vote.py", workshop=room.code))


def test_after_the_last_text_the_bar_goes_on_to_agreeing(room: Room) -> None:
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people])
    close_and_reveal(vote)

    assert bar(opened("vote.py", workshop=room.code))["go"]["words"] == "Take the room to 3 Make agreements"
