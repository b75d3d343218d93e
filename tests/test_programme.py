"""Every step of every block has all its faces, and a block is made by one entry per step in each of them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from exports.language import LANGUAGES
from exports.sentences import event_sentence, step_name, step_question
from exports.sentences.step_words import Gettext, StepWords
from exports.sentences.steps import STEP_WORDS
from models.alliance.partner import partner_token, read_partners
from models.alliance.plan import decide_block
from models.basics.errors import InvalidValue, RoundStillOpen
from models.basics.words import BuildingBlock, ProposalKind, WorkshopState
from models.drafting.proposal import send_proposal
from models.example.steps import WHAT_HAPPENS
from models.storage.chain import list_events
from models.storage.database import reading
from models.storage.writing import start_writer, stop_writer, write
from models.tables import Proposal, Workshop
from models.workshop.meetings import add_workshop
from models.workshop.programme import BLOCKS, Block, Face, Part, ProgrammeStep
from models.workshop.workshop import end_workshop, read_workshop, take_room_to
from pages.parts.home.cards import CARDS
from pages.parts.leading.lead_step import LeadStep, LeadWords
from pages.parts.leading.lead_steps import LEADING, page_of_step
from pages.parts.projector import screens_of_alliance
from pages.parts.projector.closed import closed_screen
from pages.parts.projector.now import screen_now
from pages.parts.projector.screen import Screen
from pages.parts.projector.screens import SCREENS
from pages.parts.projector.step_screen import Showing
from phone.partner.page import read_partner_agenda, read_partner_page
from phone.room import steps_of_alliance
from phone.room.step_page import StepPage
from phone.room.steps import PAGES, PAGES_WHEN_OVER
from phone.serving.limits import PostRate
from phone.serving.rendering import environment
from tests.builders import (
    HELD_ON,
    LEADER,
    Room,
    close_and_reveal,
    make_agenda,
    make_agreement,
    make_alliance,
    make_people,
    make_round,
    make_workshop,
)
from tests.pages.opened import bar, html, opened, press_next, sign_in_as, words
from tests.phone.conftest import JSON, hold, open_phone

ROOT = Path(__file__).resolve().parent.parent
FACES: dict[str, Face] = {
    "words": STEP_WORDS,
    "phone": PAGES,
    "projector": SCREENS,
    "facilitator's pages": LEADING,
    "example": WHAT_HAPPENS,
}
# A block that has no meetings of its own, so that its name is free here.
BLOCK = BuildingBlock.MEDIATION
HEARD, WEIGHED = "heard", "weighed"
WHAT_ONE_SAID = "Niemand luisterde naar ons."


@pytest.mark.parametrize("face", FACES)
def test_every_step_of_every_block_has_this_face(face: str) -> None:
    assert FACES[face].missing() == []


@pytest.mark.parametrize("face", FACES)
def test_a_step_that_lacks_a_face_is_named(face: str, monkeypatch: pytest.MonkeyPatch) -> None:
    longer = replace(BLOCKS["alliance"], steps=(*BLOCKS["alliance"].steps, ProgrammeStep("look back")))
    monkeypatch.setitem(BLOCKS, "alliance", longer)

    assert FACES[face].missing() == ["alliance: look back"]


def test_no_face_knows_a_step_that_no_block_has() -> None:
    for name, face in FACES.items():
        for block, entries in face.items():
            assert set(entries) <= {step.name for step in BLOCKS[block].steps}, name


def test_every_block_has_a_phones_page_for_when_its_meeting_is_over() -> None:
    assert set(PAGES_WHEN_OVER) == set(BLOCKS)


def test_what_the_faces_name_is_there() -> None:
    templates = environment("nl").list_templates()
    for block in BLOCKS.values():
        assert f"{PAGES_WHEN_OVER[block.name].template}.html" in templates
        for step in block.steps:
            assert f"{PAGES.of(block.name, step.name).template}.html" in templates
            assert (ROOT / "pages" / page_of_step(block.name, step.name)).is_file()
            for language in LANGUAGES:
                assert step_name(block.name, step.name, language)
                assert step_question(block.name, step.name, language)


def test_nothing_lists_the_steps_but_their_own_entries() -> None:
    """Who names four of them lists them, and would have to be found again for the next."""
    own = {"models/workshop/programme.py", "models/basics/words.py", "models/example/workshop.py"}
    files = [ROOT / "manage.py"]
    for folder in ("models", "exports", "phone", "pages", "setup", "bench"):
        files += [*(ROOT / folder).rglob("*.py"), *(ROOT / folder).rglob("*.html")]
    named = {str(path.relative_to(ROOT)): _steps_named(path) for path in files}

    own |= {"models/example/startfoto.py"}
    listing = {
        path
        for path, steps in named.items()
        if len(steps) > 3 and not path.endswith(("of_alliance.py", "of_encounters.py", "of_startfoto.py"))
    }

    assert len(named["exports/sentences/steps_of_alliance.py"]) == 7
    assert listing - own == set()


def _steps_named(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return {step.name for step in BLOCKS["alliance"].steps if f'"{step.name}"' in text}
    return {
        node.attr
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Step"
    }


class TestABlockOfTwoSteps:
    """A step in which people only read, and one in which they vote. It is made as the real ones are."""

    @pytest.fixture(autouse=True)
    def block(self, sqlite: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        monkeypatch.setattr("phone.room.posting.post_rate", PostRate())
        steps = (ProgrammeStep(HEARD), ProgrammeStep(WEIGHED, takes_votes=True))
        monkeypatch.setitem(BLOCKS, BLOCK, Block(BLOCK, steps))
        monkeypatch.setitem(STEP_WORDS, BLOCK, {HEARD: _words_of_heard, WEIGHED: _words_of_weighed})
        monkeypatch.setitem(
            PAGES,
            BLOCK,
            {HEARD: StepPage("room", lambda *_: {"said": WHAT_ONE_SAID}), WEIGHED: steps_of_alliance.VOTE},
        )
        monkeypatch.setitem(PAGES_WHEN_OVER, BLOCK, StepPage("room"))
        monkeypatch.setitem(SCREENS, BLOCK, {HEARD: _what_was_said, WEIGHED: screens_of_alliance.vote})
        led = LeadStep(lambda: LeadWords("Who was heard?", ["Let each finish."]))
        monkeypatch.setitem(LEADING, BLOCK, {HEARD: led, WEIGHED: led})
        start_writer()
        yield
        stop_writer()

    @pytest.fixture
    def room(self, block: None) -> Room:
        room = make_alliance()
        added = write(
            add_workshop, who=LEADER, alliance_id=room.alliance_id, venue="", held_on=HELD_ON, block=BLOCK
        )
        room = replace(room, workshop_id=added.workshop_id, code=added.code)
        make_people(room, count=3)
        _take(room, HEARD)
        return room

    @pytest.fixture
    def phone(self, room: Room) -> Iterator[TestClient]:
        with open_phone() as browser:
            hold(browser, room)
            yield browser

    def test_a_phone_walks_through_it(self, room: Room, phone: TestClient) -> None:
        first = _read(phone, f"/p/{room.code}")
        assert "Step 1 of 2 · To be heard" in first.text
        assert f"/p/{room.code}?step=" not in first.html

        _take(room, WEIGHED)
        vote = make_round(room)
        second = _read(phone, f"/p/{room.code}")
        assert "Step 2 of 2 · To weigh" in second.text
        assert second.attributes["page"] == "vote"
        sent = phone.post(
            f"/p/{room.code}/ballots",
            data={"round": vote.round_id, "item": vote.items[0], "choice": "agree"},
            headers=JSON,
        )
        assert (sent.status_code, sent.json()["choice"]) == (200, "agree")
        assert phone.get(f"/p/{room.code}/state").json()["step"] == WEIGHED

        back = _read(phone, f"/p/{room.code}?step={HEARD}")
        assert (back.attributes["step"], back.attributes["room-step"]) == (HEARD, WEIGHED)
        assert "The room is at: to weigh." in back.text
        unknown = _read(phone, f"/p/{room.code}?step=draft")
        assert unknown.attributes["step"] == WEIGHED

        close_and_reveal(vote)
        write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
        assert _read(phone, f"/p/{room.code}").attributes["state"] == "over"

    def test_the_projector_walks_through_it(self, room: Room) -> None:
        assert WHAT_ONE_SAID in _screen(room)

        _take(room, WEIGHED)
        vote = make_round(room)
        assert "Principle 1." in _screen(room)

        close_and_reveal(vote)
        write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
        assert "Principle 1." in _screen(room), "what the meeting ended with stays"

    def test_who_leads_walks_through_it(self, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
        sign_in_as("Iris", monkeypatch)

        app = opened("room.py", workshop=room.code)
        assert _titles(app) == ["Step 1: to be heard"]
        assert "Who was heard?" in words(app) and "Let each finish." in words(app)
        assert [step["name"] for step in bar(app)["steps"]] == ["To be heard", "To weigh"]

        press_next(app, room)
        assert not app.exception
        assert _workshop(room).step == WEIGHED
        assert _titles(app) == ["Step 2: to weigh"]
        assert bar(app)["go"]["words"] == "End the meeting"

        make_round(room)
        assert "**0 of 3** have voted" in words(opened("room.py", workshop=room.code))

    def test_a_page_of_a_step_that_it_does_not_have_leads_to_the_page_lead(
        self, room: Room, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sign_in_as("Iris", monkeypatch)

        app = opened("draft.py", workshop=room.code)

        assert _titles(app) == ["Step 1: to be heard"]

    def test_the_menu_shows_no_steps_whatever_the_block(
        self, room: Room, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        menus: list[list[str]] = []
        navigation = st.navigation

        def seen(pages: list[Any], **options: Any) -> Any:
            menus.append([page.url_path for page in pages if page.visibility == "visible"])
            return navigation(pages, **options)

        monkeypatch.setattr(st, "navigation", seen)
        sign_in_as("Iris", monkeypatch)
        opened("room.py", workshop=room.code)
        opened("room.py", workshop=make_workshop().code)

        steps = {step.name for block in BLOCKS.values() for step in block.steps}
        assert menus[0] == menus[-1]
        assert steps.isdisjoint(menus[0]) and {"", "prepare", "room"} <= set(menus[0])

    def test_its_card_on_the_home_page_plans_its_meeting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # As of a block that says nothing more of itself than the day of its meeting.
        monkeypatch.delitem(CARDS, BLOCK)
        alliance_id = make_alliance().alliance_id
        write(decide_block, who=LEADER, alliance_id=alliance_id, block=BLOCK, is_needed=True)
        sign_in_as("Iris", monkeypatch)
        app = opened(alliance=str(alliance_id))

        app.button(key=f"plan_meeting_{BLOCK.value}").click().run()

        assert not app.exception
        with reading() as session:
            made = session.get_one(Workshop, 2)
        assert (made.block, made.step, made.state) == (BLOCK, HEARD, WorkshopState.PREPARED)
        assert made.code in html(app) + words(app)

    def test_a_round_takes_the_room_to_where_one_votes(self, room: Room) -> None:
        make_round(room)

        assert _workshop(room).step == WEIGHED
        with pytest.raises(RoundStillOpen):
            _take(room, HEARD)
        _take(room, WEIGHED)

    def test_it_has_no_other_steps_and_nothing_in_it_comes_too_late(self, room: Room) -> None:
        with pytest.raises(InvalidValue):
            _take(room, "draft")

        _take(room, WEIGHED)
        sent = write(
            send_proposal,
            participant_id=room.people[0],
            kind=ProposalKind.PRINCIPLE,
            text="Eerst luisteren.",
            request_id=None,
        )
        with reading() as session:
            assert not session.get_one(Proposal, sent.id).is_late

    def test_a_partner_keeps_the_agenda_of_the_alliance_when_its_meeting_is_newer(self) -> None:
        made = make_alliance(partners=["Raad van Kerken"])
        make_agreement(made)
        make_agenda(made)
        write(
            add_workshop,
            who=LEADER,
            alliance_id=made.alliance_id,
            venue="",
            held_on=HELD_ON + timedelta(days=9),
            block=BLOCK,
        )

        with reading() as session:
            [partner] = read_partners(session, made.alliance_id)
            assert read_partner_agenda(session, partner_token(partner)).version == 1
            page = read_partner_page(session, partner_token(partner), lambda _code: None)
        assert page.agenda is not None

    def test_its_events_are_told_in_its_own_words(self, room: Room) -> None:
        with reading() as session:
            event = next(
                event
                for event in list_events(session, room.alliance_id)
                if event.what == "room taken to a step"
            )

        assert "to be heard" in event_sentence(event.what, event.details, "en")


def test_a_meeting_of_a_block_that_has_none_is_refused(sqlite: str) -> None:
    room = make_alliance()

    with pytest.raises(InvalidValue):
        write(add_workshop, who=LEADER, alliance_id=room.alliance_id, venue="", held_on=HELD_ON, block=BLOCK)


def test_the_step_in_which_people_come_in_has_no_number_of_its_own() -> None:
    block = Block(
        BLOCK,
        (
            ProgrammeStep("in", Part.COMING_IN),
            ProgrammeStep("one"),
            ProgrammeStep("two", takes_proposals=True),
            ProgrammeStep("after", Part.AFTERWARDS),
        ),
    )

    assert [block.number(step.name) for step in block.steps] == [0, 1, 2, 3]
    assert (block.first, block.ending, block.count) == ("in", "two", 3)
    assert (block.next("two"), block.next("after")) == ("after", None)
    assert (block.before("after"), block.ahead()) == (["one", "two"], ["one", "two"])
    assert (block.when_over("one"), block.when_over("after")) == ("two", "after")
    assert [block.is_late_for_proposals(step.name) for step in block.steps] == [False, False, False, True]
    with pytest.raises(InvalidValue):
        block.voting_step("one")


def _words_of_heard(_: Gettext) -> StepWords:
    return StepWords("To be heard", "What happened?")


def _words_of_weighed(_: Gettext) -> StepWords:
    return StepWords("To weigh", "How heavy is it?")


def _what_was_said(now: Showing) -> Screen:
    return closed_screen(now.room, texts=[WHAT_ONE_SAID])


def _take(room: Room, step: str) -> None:
    write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=step)


def _workshop(room: Room) -> Workshop:
    with reading() as session:
        return read_workshop(session, room.workshop_id)


def _titles(app: AppTest) -> list[str]:
    return [title.value.replace("\\", "") for title in app.title]


def _screen(room: Room) -> str:
    with reading() as session:
        return screen_now(session, room.workshop_id, own_address="http://192.0.2.2:8501", language="en").html


@dataclass(frozen=True)
class _Read:
    """A page as it came, as people read it, and what it tells the script."""

    html: str
    text: str
    attributes: dict[str, str]


def _read(phone: TestClient, path: str) -> _Read:
    answer = phone.get(path)
    assert answer.status_code == 200, answer.text
    main = re.search(r"<main[^>]*>", answer.text)
    assert main is not None
    text = " ".join(unescape(re.sub(r"<[^>]+>", "", answer.text)).split())
    return _Read(answer.text, text, dict(re.findall(r'data-([\w-]+)="([^"]*)"', main[0])))
