"""Leading the room."""

import pytest

from models.basics.keys import new_token
from models.basics.words import Door, Step, WorkshopState
from models.drafting.proposal import support_proposal
from models.joining.fresh_joins import FreshJoins
from models.joining.joining import join, read_phone
from models.joining.other_phone import phones_asking
from models.joining.voice import add_voice
from models.storage.database import reading
from models.storage.writing import write
from models.workshop.participant import raise_hand
from models.workshop.people import list_participants, people_here
from models.workshop.workshop import blank_projector, count_heads, read_workshop, set_door, set_projector_dark
from pages.parts.frame.words import plain
from pages.parts.steering.deeds import ASKS_TO_END
from tests.builders import (
    LEADER,
    Room,
    cast,
    give_names,
    make_alliance,
    make_principle,
    make_proposal,
    make_round,
    make_workshop,
)
from tests.pages.opened import bar, html, opened, press_next, said, sign_in_as, words

pytestmark = pytest.mark.usefixtures("sqlite")


def step_of(room: Room) -> str:
    with reading() as session:
        return read_workshop(session, room.workshop_id).step


def test_a_prepared_meeting_begins_by_the_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_alliance()
    sign_in_as("Iris", monkeypatch)
    app = opened("room.py")
    assert (bar(app)["go"]["words"], bar(app)["room"]) == ("Begin the meeting", None)

    press_next(app, room)

    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
    assert (workshop.state, workshop.step) == (WorkshopState.OPEN, Step.WELCOME)
    assert (bar(app)["go"]["words"], bar(app)["room"]) == ("Take the room to 1 Propose", "welcome")


def test_the_bar_takes_the_room_to_the_step_that_one_sees(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=2, step=Step.AGREE)
    sign_in_as("Iris", monkeypatch)
    app = opened("vote.py", workshop=room.code)
    assert [step["take"] for step in bar(app)["steps"] if step["step"] == "vote"] == [
        "Take the room to 2 Vote"
    ]

    press_next(app, room, step="vote")

    assert step_of(room) == Step.VOTE


def test_lead_opens_the_step_where_the_room_is(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=2, step=Step.AGREE)
    sign_in_as("Iris", monkeypatch)

    assert "<h1>Say it in one sentence, and record it.</h1>" in html(opened("room.py", workshop=room.code))
    welcome = opened("room.py", workshop=room.code, step="welcome")
    assert welcome.title[0].value.replace("\\", "") == "Step 0: welcome"
    assert "People come in" in words(welcome)


def test_a_press_that_was_drawn_from_an_older_moment_is_refused_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    vote = make_round(room, principles=[make_principle(room)])
    sign_in_as("Iris", monkeypatch)
    app = opened("vote.py", workshop=room.code)
    closes = bar(app)["meaning"]
    assert bar(app)["go"]["words"] == "Close the round and show the result"
    cast(vote, room.people[0])
    assert bar(opened("vote.py", workshop=room.code))["meaning"] == closes, "a vote changes no button"

    press_next(app, room, meaning=closes)
    assert bar(app)["go"]["words"] == "Take the room to 3 Make agreements"
    second = press_next(app, room, meaning=closes)

    assert "Something had just changed." in said(second)
    assert step_of(room) == Step.VOTE


def test_the_bar_goes_from_text_to_text_before_it_closes_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    make_round(room, items=2, is_one_at_a_time=True)
    sign_in_as("Iris", monkeypatch)
    app = opened("vote.py", workshop=room.code)
    assert bar(app)["go"]["words"] == "Go to text 2 of 2"

    press_next(app, room)

    assert bar(app)["go"]["words"] == "Close the round and show the result"


PAGES = ["home", "room", "draft", "vote", "agree", "sign", "agenda", "prepare", "events", "paper"]


@pytest.mark.parametrize("page", PAGES)
def test_a_raised_hand_is_seen_in_the_bar_of_every_page(monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    room = make_workshop(people=3)
    give_names(room)
    for person in room.people[1:]:
        write(raise_hand, participant_id=person, on=True)
    sign_in_as("Iris", monkeypatch)

    app = opened(f"{page}.py", workshop=room.code)

    assert [one["name"] for one in bar(app)["hands"]] == ["Renée d'Hondt 2", "عمر 3"]
    assert [step["name"] for step in bar(app)["steps"]][:2] == ["Welcome", "Propose"]


def test_the_bar_says_heads_voices_and_who_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=22)
    write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=20)
    write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.ASKS)
    write(join, code=room.code, phone_token=new_token(), name="Ada")
    sign_in_as("Iris", monkeypatch)

    said_there = bar(opened("draft.py", workshop=room.code))

    assert (said_there["heads"], said_there["voices"], said_there["most_voices"]) == (20, 22, 21)
    assert [one["name"] for one in said_there["door"]] == ["Ada"]


def test_the_bar_says_what_the_projector_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=1, step=Step.VOTE)
    sign_in_as("Iris", monkeypatch)
    assert bar(opened("draft.py", workshop=room.code))["projector"]["title"] == "No projector"

    write(blank_projector, who=LEADER, workshop_id=room.workshop_id, is_blank=True)

    assert bar(opened("draft.py", workshop=room.code))["projector"] == {
        "title": "Projector blank",
        "shows": "the room sees the code",
        "is_blank": True,
    }


def test_the_bar_says_what_another_facilitator_did(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=1, step=Step.VOTE)
    sign_in_as("Iris", monkeypatch)

    acted = bar(opened("draft.py", workshop=room.code))["acted"]

    assert (acted["who"], acted["what"]) == (LEADER, "Room taken to the step “vote”")


def test_without_a_meeting_the_bar_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)

    assert bar(opened("home.py")) is None


def test_who_waits_at_the_door_is_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=2)
    write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.ASKS)
    waits = write(join, code=room.code, phone_token=new_token(), name="Ada")
    sign_in_as("Iris", monkeypatch)
    app = opened("room.py")
    assert "1 person waits at the door." in words(app)

    app.button(key=f"admit_{waits.participant_id}").click().run()

    with reading() as session:
        people = people_here(session, room.workshop_id)
    assert (people.total, people.waiting) == (3, 0)


def test_a_phone_that_comes_with_the_code_of_somebody_who_voted_is_let_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_workshop(people=5)
    cast(make_round(room), room.people[0])
    second = new_token()
    with reading() as session:
        code = list_participants(session, room.workshop_id)[0].personal_code
    assert write(join, code=room.code, phone_token=second, personal_code=code).is_waiting
    with reading() as session:
        [asking] = phones_asking(session, room.workshop_id)
    sign_in_as("Iris", monkeypatch)
    app = opened("room.py", workshop=room.code, step="welcome")
    told = f"Another phone, with number {asking.mark}, wants to go on as participant 1, who has voted."
    assert told in words(app)

    app.button(key=f"let_phone_in_{asking.phone_id}_{asking.participant_id}").click().run()

    with reading() as session:
        view = read_phone(session, room.code, second)
        assert phones_asking(session, room.workshop_id) == []
    assert view is not None and view.participant is not None and view.participant.id == room.people[0]
    assert told not in words(app)


def test_a_raised_hand_is_lowered(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=2)
    write(raise_hand, participant_id=room.people[0], on=True)
    sign_in_as("Iris", monkeypatch)
    app = opened("room.py")

    app.button(key=f"lower_page_{room.people[0]}").click().run()

    with reading() as session:
        assert [one.hand_raised_at for one in list_participants(session, room.workshop_id)] == [None, None]


def test_heads_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=2)
    sign_in_as("Iris", monkeypatch)
    app = opened("room.py")

    app.number_input(key=f"heads_{room.workshop_id}").set_value(5).run()
    with reading() as session:
        assert read_workshop(session, room.workshop_id).heads_counted == 5


def test_while_a_round_is_open_the_bar_closes_it_before_it_takes_the_room_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    make_round(room, principles=[make_principle(room)])
    sign_in_as("Iris", monkeypatch)
    app = opened("agree.py", workshop=room.code)
    assert bar(app)["go"]["words"] == "Close the round and show the result"

    press_next(app, room, step="agree")
    assert step_of(room) == Step.VOTE

    press_next(app, room)
    press_next(app, room, step="agree")
    assert step_of(room) == Step.AGREE


def test_a_participant_is_removed_from_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=3)
    sign_in_as("Iris", monkeypatch)
    app = opened("room.py")

    app.selectbox(key="participant_to_remove").set_value(room.people[1]).run()
    app.button(key="remove_participant").click().run()

    with reading() as session:
        assert people_here(session, room.workshop_id).total == 2


def test_the_meeting_ends_after_a_question_and_opens_again(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=1)
    sign_in_as("Iris", monkeypatch)
    app = opened("room.py")

    app.button(key="end").click().run()
    app.button(key="end_now").click().run()
    with reading() as session:
        assert read_workshop(session, room.workshop_id).state == WorkshopState.OVER

    app.button(key="reopen").click().run()
    with reading() as session:
        assert read_workshop(session, room.workshop_id).state == WorkshopState.OPEN


def test_the_last_step_of_the_bar_is_the_end_which_asks_first(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=1, step=Step.PROGRESS)
    sign_in_as("Iris", monkeypatch)
    app = opened("progress.py", workshop=room.code)
    assert bar(app)["go"] == {"kind": "end", "words": "End the meeting", "lacks": False}

    pressing = press_next(app, room)

    with reading() as session:
        assert read_workshop(session, room.workshop_id).state == WorkshopState.OPEN
    app = opened("progress.py", workshop=room.code)
    app.session_state[ASKS_TO_END] = pressing.session_state[ASKS_TO_END]
    app.run()
    assert "You can open the meeting again." in words(app)
    app.button(key="end_now").click().run()
    with reading() as session:
        assert read_workshop(session, room.workshop_id).state == WorkshopState.OVER
    assert bar(opened("progress.py", workshop=room.code))["go"]["words"] == "This meeting is over"


def test_a_late_press_on_the_end_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=1, step=Step.PROGRESS)
    sign_in_as("Iris", monkeypatch)

    pressing = press_next(opened("progress.py", workshop=room.code), room, meaning="another one")

    assert ASKS_TO_END not in pressing.session_state


def test_the_address_says_which_of_several_meetings_is_led(monkeypatch: pytest.MonkeyPatch) -> None:
    make_workshop(people=1)
    other = make_alliance(name="Elsewhere")
    sign_in_as("Iris", monkeypatch)
    app = opened("room.py")
    assert [title.value for title in app.title] == ["Which meeting do you lead?"]

    app.button(key=f"choose_workshop_{other.code}").click().run()

    assert bar(app)["go"]["words"] == "Begin the meeting"


@pytest.mark.parametrize("typed", ["a -> b", "a <- b", "<->", "a -- b", "1 >= 0", "0 <= 1", "a ~= b", "->"])
def test_typed_arrows_and_dashes_stay_as_they_were_typed(typed: str) -> None:
    drawn = plain(typed).replace("\\", "")

    assert drawn.replace("\u2060", "") == typed
    assert not any(f" {sign} " in f" {drawn} " for sign in ("<->", "->", "<-", "--", ">=", "<=", "~="))


@pytest.mark.parametrize(
    "typed", ["**bold**", "[a](http://b)", "<b>", ":material/x:", "# head", "$x$", "- a\n- b"]
)
def test_typed_text_has_no_markdown_left(typed: str) -> None:
    drawn = plain(typed)

    assert "\n" not in drawn.replace("  \n", "")
    for sign in "*[]()<>:#$-":
        assert drawn.count(sign) == drawn.count("\\" + sign)


def test_typed_text_keeps_its_lines_in_one_paragraph() -> None:
    drawn = plain("Iedereen telt.\n\nAltijd,  ook 's nachts.\n")

    assert drawn == "Iedereen telt\\.  \n\u00a0  \nAltijd, ook 's nachts\\."


def test_the_projector_becomes_dark_for_a_dim_room_and_light_again(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=1)
    sign_in_as("Iris", monkeypatch)
    app = opened("room.py")
    key = f"is_dark_{room.workshop_id}"

    for is_dark in (True, False):
        app.toggle(key=key).set_value(is_dark).run()
        with reading() as session:
            assert read_workshop(session, room.workshop_id).is_projector_dark is is_dark


def test_a_dark_projector_shows_as_dark_in_every_window(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=1)
    sign_in_as("Iris", monkeypatch)
    app = opened("room.py")

    write(set_projector_dark, who=LEADER, workshop_id=room.workshop_id, is_dark=True)
    app.run()

    assert app.toggle(key=f"is_dark_{room.workshop_id}").value is True


def test_without_an_address_the_page_leads_to_where_one_chooses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=1)
    sign_in_as("Iris", monkeypatch)

    app = opened("room.py", workshop=room.code)

    assert "prepare" in [
        link.proto.page for link in app.get("page_link") if "preparation" in link.proto.label
    ]


def test_the_picture_of_a_phone_is_fetched_anew_at_every_change_that_phones_see(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    proposal = make_proposal(room, text="Wij eten samen")
    sign_in_as("Iris", monkeypatch)

    def address() -> str:
        [frame] = opened("room.py", workshop=room.code, step="welcome").get("iframe")
        return str(frame.proto.src)

    before = address()
    write(support_proposal, participant_id=room.people[1], proposal_id=proposal, on=True)

    assert address() != before


@pytest.mark.parametrize(
    ("heads", "told"), [(None, "Count the heads to know."), (6, "Ask who they are."), (16, "")]
)
def test_many_people_from_one_phone_or_address_are_told_beside_the_heads(
    monkeypatch: pytest.MonkeyPatch, heads: int | None, told: str
) -> None:
    sign_in_as("Iris", monkeypatch)
    room = make_workshop(people=12)
    for count in range(4):
        write(add_voice, code=room.code, phone_token=room.phones[0], request_id=f"voice-{count}")
    joins = FreshJoins()
    monkeypatch.setattr("pages.parts.leading.people.fresh_joins", joins)
    for _ in range(11):
        joins.joined(room.code, "192.0.2.7")
    write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=heads)

    app = opened("room.py", workshop=room.code)

    drawn = said(app) + "".join(str(one.value) for one in [*app.info, *app.caption]).replace("\\", "")
    assert ("5 people speak through one phone." in drawn) is bool(told)
    assert ("11 people came in by one device or one Wi-Fi" in drawn) is bool(told)
    assert told in drawn
    assert "192.0.2.7" not in drawn
