"""Voting: opening, closing, revealing, what follows, and what may be seen when."""

import pytest

from models.database import reading
from models.principle import list_principles
from models.round_views import RoundView, last_round, list_rounds
from models.words import FollowUp, Phase, PrincipleStatus, ReasonState, RuleKind, Secrecy, Step
from models.workshop import read_workshop
from tests.builders import (
    Room,
    cast,
    cast_all,
    close,
    close_and_reveal,
    make_principle,
    make_round,
    make_workshop,
    take_room,
)
from tests.pages.opened import opened, sign_in_as, words

pytestmark = pytest.mark.usefixtures("sqlite")


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    sign_in_as("Iris", monkeypatch)
    return make_workshop(people=12, step=Step.VOTE)


def latest(room: Room) -> RoundView:
    with reading() as session:
        found = last_round(session, room.workshop_id)
    assert found is not None
    return found


def keys(buttons: object) -> list[str]:
    return [str(button.key) for button in buttons]  # type: ignore[attr-defined]


def html(app: object) -> str:
    return "\n".join(str(element.proto.body) for element in app.get("html"))  # type: ignore[attr-defined]


def test_without_a_principle_the_page_leads_back_to_drafting(room: Room) -> None:
    app = opened("vote.py", workshop=room.code)

    assert not app.exception
    assert "There is no principle to vote on yet." in words(app)
    assert "open_round" not in keys(app.button)


def test_a_round_opens_with_the_rule_that_was_chosen(room: Room) -> None:
    first, second = make_principle(room, text="First."), make_principle(room, text="Second.")
    app = opened("vote.py", workshop=room.code)

    app.checkbox(key=f"vote_on_{second}_1_draft").check()
    app.radio(key="vote_rule").set_value(RuleKind.WITHOUT_OBJECTION)
    app.radio(key="vote_secrecy").set_value(Secrecy.NAMED)
    app.run()
    app.number_input(key="vote_share").set_value(75)
    app.number_input(key="vote_quorum").set_value(50)
    app.run()
    assert "75 percent" in app.info[0].value
    app.button(key="open_round").click().run()

    opened_round = latest(room)
    assert (opened_round.rule, opened_round.share, opened_round.quorum, opened_round.secrecy) == (
        RuleKind.WITHOUT_OBJECTION,
        75,
        50,
        Secrecy.NAMED,
    )
    assert [item.principle_id for item in opened_round.items] == [first, second]


def test_an_open_round_shows_how_many_voted_and_never_what(room: Room) -> None:
    vote = make_round(room)
    cast_all(vote, [(person, "objection") for person in room.people[:7]])

    app = opened("vote.py", workshop=room.code)

    assert "<b>7 of 12</b>" in html(app)
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

    app.button(key="close_and_show").click().run()

    assert latest(room).phase == Phase.REVEALED
    assert "Adopted" in html(app)
    assert len(app.get("plotly_chart")) == 1
    assert "12 ballots are stored" in words(app)


def test_a_closed_round_is_seen_by_the_facilitator_first(room: Room) -> None:
    cast_all(make_round(room), [(person, "agree") for person in room.people])
    app = opened("vote.py", workshop=room.code)

    app.button(key="close_only").click().run()

    assert latest(room).phase == Phase.CLOSED
    assert "Only you see this result" in app.warning[0].value
    app.button(key="reveal").click().run()
    assert latest(room).phase == Phase.REVEALED


def test_the_table_holds_the_same_numbers_as_the_chart_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)
    room = make_workshop(people={"Residents": 8, "Communities": 6}, step=Step.VOTE)
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people[:11]])
    cast_all(vote, [(person, "concern") for person in room.people[11:]])
    close_and_reveal(vote)

    app = opened("vote.py", workshop=room.code)

    assert len(app.get("plotly_chart")) == 2
    drawn = html(app)
    for name, agree, concern in (("Residents", 8, 0), ("Communities", 3, 3), ("Everybody", 11, 3)):
        row = drawn.split(f'<th scope="row">{name}</th>')[-1].split("</tr>")[0]
        assert f'<td class="number">{agree}</td><td class="number">{concern}</td>' in row


def test_with_fewer_than_five_votes_no_number_is_drawn(room: Room) -> None:
    vote = make_round(room)
    cast_all(vote, [(person, "objection") for person in room.people[:3]])
    close_and_reveal(vote)

    app = opened("vote.py", workshop=room.code)

    assert "Not adopted yet." in html(app)
    assert not app.get("plotly_chart")


def test_starting_over_asks_first_and_keeps_the_old_round(room: Room) -> None:
    make_round(room)
    app = opened("vote.py", workshop=room.code)
    assert "start_over_now" not in keys(app.button)

    app.button(key="start_over_button").click().run()
    app.button(key="start_over_now").click().run()

    with reading() as session:
        rounds = list_rounds(session, room.workshop_id)
    assert [found.phase for found in rounds] == [Phase.CLOSED, Phase.OPEN]
    assert rounds[0].items[0].version_id == rounds[1].items[0].version_id


def test_reasons_are_shown_and_hidden_one_by_one(room: Room) -> None:
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people[2:]])
    cast(vote, room.people[0], "objection", reason="Who pays?")
    cast(vote, room.people[1], "concern", reason="Who cleans?")
    close_and_reveal(vote)
    by_text = {reason.text: reason.id for reason in latest(room).items[0].reasons}
    app = opened("vote.py", workshop=room.code)

    app.button(key=f"show_reason_{by_text['Who pays?']}").click().run()
    app.button(key=f"hide_reason_{by_text['Who cleans?']}").click().run()

    states = {reason.text: reason.state for reason in latest(room).items[0].reasons}
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
    item = latest(room).items[0]
    app = opened("vote.py", workshop=room.code)
    app.button(key=f"again_{item.id}_button").click().run()

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
    item = latest(room).items[0]
    app = opened("vote.py", workshop=room.code)
    app.button(key=f"again_{item.id}_button").click().run()

    app.text_area(key=f"again_{item.id}_text").input("")
    app.button(key=f"again_{item.id}_save").click().run()

    assert len(app.error) == 1
    assert latest(room).items[0].follow_up is None
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
    item = latest(room).items[0]

    opened("vote.py", workshop=room.code).button(key=f"follow_up_{key}_{item.id}").click().run()

    assert latest(room).items[0].follow_up == follow_up
    with reading() as session:
        assert list_principles(session, room.alliance_id)[0].status == status


def test_earlier_rounds_stand_below_by_principle(room: Room) -> None:
    principle_id = not_adopted(room)
    make_round(room, principles=[principle_id])

    app = opened("vote.py", workshop=room.code)

    assert "Earlier rounds" in [header.value for header in app.header]
    assert "not adopted" in html(app)


def test_going_on_takes_the_room_to_agreeing(room: Room) -> None:
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people])
    close(vote)
    take_room(room, Step.VOTE)
    app = opened("vote.py", workshop=room.code)
    app.button(key="reveal").click().run()

    app.button(key="go_on_to_agree").click().run()
    app.switch_page("agree.py").run()
    app.run()

    assert app.title[0].value == "Agreements"
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
