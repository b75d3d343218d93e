"""Paper votes: typed in by the keys, told when something is wrong, and never shown again."""

import pytest
from streamlit.testing.v1 import AppTest

from models.basics.words import Secrecy, Step
from models.storage.database import reading
from models.storage.writing import write
from models.voting.paper import enter_paper_ballots, sheets_of
from models.voting.round_views import ballots_of
from models.workshop.participant import make_personal_codes
from models.workshop.people import count_people
from tests.builders import LEADER, Room, Vote, close, make_principle, make_round, make_workshop
from tests.pages.opened import downloads, opened, sign_in_as, words

pytestmark = pytest.mark.usefixtures("sqlite")


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    sign_in_as("Iris", monkeypatch)
    return make_workshop(people=6, step=Step.VOTE)


def _codes(room: Room, count: int = 1) -> list[str]:
    made: list[str] = write(make_personal_codes, who=LEADER, workshop_id=room.workshop_id, count=count)
    return made


def _type(app: AppTest, code: str, answers: str) -> AppTest:
    app.text_input(key="paper_code").set_value(code)
    app.text_input(key="paper_answers").set_value(answers)
    return app.button(key="paper_store").click().run()


def _stored(vote: Vote) -> dict[str, list[str | None]]:
    """Return what is stored per code, for each item."""
    with reading() as session:
        found = {}
        for sheet in sheets_of(session, vote.round_id):
            ballots = ballots_of(session, vote.round_id, sheet.participant_id)
            found[sheet.personal_code] = [
                ballots[item].choice if item in ballots else None for item in vote.items
            ]
    return found


def test_without_an_open_round_the_page_leads_to_the_vote(room: Room) -> None:
    app = opened("paper.py", workshop=room.code)

    assert not app.exception
    assert "No voting round is open" in words(app)
    assert not [one for one in app.text_input if one.key == "paper_code"]


def test_sheets_are_typed_in_one_after_the_other(room: Room) -> None:
    first, second = _codes(room, 2)
    vote = make_round(room, items=3)
    app = opened("paper.py", workshop=room.code)

    _type(app, first.lower(), "132")
    assert app.text_input(key="paper_code").value == ""
    assert app.text_input(key="paper_answers").value == ""
    _type(app, second, "1 - 1")

    assert _stored(vote) == {first: ["agree", "objection", "concern"], second: ["agree", None, "agree"]}
    assert "2 sheets typed in" in words(app)


def test_a_sheet_without_a_code_makes_a_participant_of_the_chosen_group(room: Room) -> None:
    vote = make_round(room)
    app = opened("paper.py", workshop=room.code)

    app.selectbox(key="paper_group").set_value(room.groups["Communities"])
    _type(app, "", "3")

    with reading() as session:
        (sheet,) = sheets_of(session, vote.round_id)
        assert count_people(session, room.workshop_id) == 7
    assert (sheet.number, sheet.group, sheet.entered_by) == (7, "Communities", "Iris")


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ("14", "We do not know answer 2: “4”."),
        ("1", "1 answer was typed."),
        ("", "0 answers were typed."),
        ("--", "Nothing is filled in on this sheet."),
    ],
)
def test_what_cannot_be_stored_is_told_and_stays_in_the_fields(room: Room, answers: str, told: str) -> None:
    (code,) = _codes(room)
    vote = make_round(room, items=2)
    app = opened("paper.py", workshop=room.code)

    _type(app, code, answers)

    assert told in words(app).replace("\\", "")
    assert app.text_input(key="paper_code").value == code
    assert app.text_input(key="paper_answers").value == answers
    assert _stored(vote) == {}


def test_an_unknown_code_is_told_and_stays(room: Room) -> None:
    vote = make_round(room)
    app = opened("paper.py", workshop=room.code)

    _type(app, "AAAA3333", "1")

    assert "We do not know this personal code" in words(app)
    assert app.text_input(key="paper_code").value == "AAAA3333"
    assert _stored(vote) == {}


class TestTheSameSheetTwice:
    def test_it_is_told_and_counts_once(self, room: Room) -> None:
        (code,) = _codes(room)
        vote = make_round(room)
        app = opened("paper.py", workshop=room.code)
        _type(app, code, "1")

        _type(app, code, "3")

        assert "was typed in before, by Iris" in words(app)
        assert _stored(vote) == {code: ["agree"]}
        app.button(key="paper_leave").click().run()
        assert app.text_input(key="paper_code").value == ""
        assert _stored(vote) == {code: ["agree"]}

    def test_it_replaces_the_first_when_that_is_asked(self, room: Room) -> None:
        (code,) = _codes(room)
        vote = make_round(room)
        app = opened("paper.py", workshop=room.code)
        _type(app, code, "1")
        _type(app, code, "3")

        app.button(key="paper_replace").click().run()

        assert _stored(vote) == {code: ["objection"]}
        assert app.text_input(key="paper_answers").value == ""
        assert not [one for one in app.button if one.key == "paper_replace"]

    def test_type_again_replaces_without_asking(self, room: Room) -> None:
        (code,) = _codes(room)
        vote = make_round(room)
        app = opened("paper.py", workshop=room.code)
        _type(app, code, "1")
        with reading() as session:
            (sheet,) = sheets_of(session, vote.round_id)

        app.button(key=f"sheet_again_{sheet.participant_id}").click().run()
        assert app.text_input(key="paper_code").value == code
        app.text_input(key="paper_answers").set_value("2")
        app.button(key="paper_store").click().run()

        assert _stored(vote) == {code: ["concern"]}


def test_a_sheet_is_taken_back(room: Room) -> None:
    vote = make_round(room)
    app = opened("paper.py", workshop=room.code)
    _type(app, "", "1")
    with reading() as session:
        (sheet,) = sheets_of(session, vote.round_id)

    app.button(key=f"sheet_back_{sheet.participant_id}").click().run()

    with reading() as session:
        assert sheets_of(session, vote.round_id) == []
        assert count_people(session, room.workshop_id) == 6


@pytest.mark.parametrize("secrecy", list(Secrecy))
def test_what_stands_on_a_sheet_is_shown_nowhere(room: Room, secrecy: Secrecy) -> None:
    vote = make_round(room, secrecy=secrecy)
    write(
        enter_paper_ballots,
        who="Ada",
        round_id=vote.round_id,
        choices={vote.items[0]: "objection"},
        reasons={vote.items[0]: "Te duur voor ons."},
        request_id="r",
    )

    app = opened("paper.py", workshop=room.code)

    assert "by Ada" in words(app)
    assert "Objection" not in words(app)
    assert "Te duur" not in words(app)


def test_words_beside_an_answer_are_stored_with_it(room: Room) -> None:
    vote = make_round(room, items=2)
    app = opened("paper.py", workshop=room.code)

    app.text_input(key=f"paper_reason_{vote.items[1]}").set_value("Te duur voor ons.")
    _type(app, "", "13")

    with reading() as session:
        (sheet,) = sheets_of(session, vote.round_id)
        ballots = ballots_of(session, vote.round_id, sheet.participant_id)
    assert [ballots[item].reason for item in vote.items] == [None, "Te duur voor ons."]


def test_after_the_close_a_sheet_is_refused_in_words(room: Room) -> None:
    vote = make_round(room)
    app = opened("paper.py", workshop=room.code)
    close(vote)

    _type(app, "", "1")

    assert not app.exception
    assert "No voting round is open" in words(app)
    with reading() as session:
        assert count_people(session, room.workshop_id) == 6


def test_sheets_can_be_printed_once_there_are_codes(room: Room) -> None:
    make_principle(room, text="Iedereen hoort erbij.")
    without = opened("paper.py", workshop=room.code)
    assert downloads(without) == []
    assert "There are no codes for sheets yet." in words(without)

    _codes(room, 3)

    with_codes = opened("paper.py", workshop=room.code)
    assert downloads(with_codes) == [("3 ballot sheets (Word)", f"/files/{room.code}/ballot-sheets.docx")]


def test_badges_can_be_printed_on_prepare(room: Room) -> None:
    assert downloads(opened("prepare.py", workshop=room.code)) == []

    _codes(room, 2)

    app = opened("prepare.py", workshop=room.code)
    assert downloads(app) == [("2 badges (Word)", f"/files/{room.code}/badges.docx?qr=0")]


def test_who_is_not_signed_in_types_nothing_in(monkeypatch: pytest.MonkeyPatch, room: Room) -> None:
    make_round(room)
    monkeypatch.setattr("pages.parts.frame.acting.signed_in", lambda *_: None)

    app = opened(workshop=room.code)

    assert not [one for one in app.text_input if one.key == "paper_code"]
