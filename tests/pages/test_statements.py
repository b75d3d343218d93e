"""The pages of a startfoto's statements and of the dots after them, and what the room sees meanwhile."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from models.baseline.statements import list_statements
from models.basics.clock import today
from models.basics.words import WorkshopState
from models.example.startfoto import load_startfoto
from models.photo.meeting import points_round, statements_round
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Baseline, Round, Statement, Workshop
from models.voting.closing import close_round
from models.voting.paper import enter_paper_ballots
from models.voting.round import close_and_reveal
from models.workshop.participant import make_personal_codes
from models.workshop.workshop import take_room_to
from pages.parts.projector.now import screen_now
from tests.builders import LEADER, make_conclusion, make_improvements, make_startfoto
from tests.builders.photo import Photo, answer, answers_of, come, make_photo
from tests.laid_ready import laid_ready
from tests.pages.opened import bar, html, opened, press_next, said, sign_in_as

pytestmark = pytest.mark.usefixtures("sqlite")


def _rounds() -> list[Round]:
    with reading() as session:
        return list(session.exec(select(Round)).all())


def _screen(photo: Photo, language: str = "nl") -> str:
    with reading() as session:
        return screen_now(
            session, photo.room.workshop_id, own_address="http://192.0.2.2:8501", language=language
        ).html


def test_a_ready_set_is_taken_over_in_the_language_of_the_alliance_and_opened_by_link(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    startfoto = make_startfoto()
    sign_in_as("Iris", monkeypatch)
    app = opened("statements.py", alliance="1")
    assert "There are no statements yet." in html(app)
    assert app.button(key="open_statements").disabled

    app.button(key="take_ready_statements").click().run()
    assert not app.exception
    with reading() as session:
        texts = [one.text for one in list_statements(session, startfoto.baseline_id)]
    assert "Ik voel mij thuis waar ik woon." in texts and len(texts) == 8

    app.button(key="open_statements").click().run()

    assert not app.exception
    (asked,) = _rounds()
    with reading() as session:
        baseline = session.get_one(Baseline, startfoto.baseline_id)
        workshop = session.get_one(Workshop, asked.workshop_id)
    assert baseline.open_until is not None and baseline.workshop_id == workshop.id
    assert (workshop.step, workshop.state) == ("statements", WorkshopState.OPEN)
    assert "0 people answered so far." in html(app)


def test_outside_a_meeting_the_pages_of_a_startfoto_are_lit_as_its_own_in_the_menu(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_startfoto()
    sign_in_as("Iris", monkeypatch)

    menus = [html(opened(page, alliance="1")) for page in ("statements.py", "second_photo.py")]

    assert all('[href$="/startfoto"] { background' in menu for menu in menus)


def test_closed_before_anybody_answered_the_page_asks_them_again(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = make_photo()
    write(close_round, who=LEADER, round_id=photo.vote.round_id)
    sign_in_as("Iris", monkeypatch)
    app = opened("statements.py", alliance="1")
    assert "They were closed before anybody answered." in said(app)

    app.button(key="open_statements").click().run()

    assert not app.exception
    assert [one.closed_at is None for one in _rounds()] == [False, True]
    assert "0 people answered so far." in html(app)


def test_what_was_asked_stays_where_its_words_are_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = make_photo()
    sign_in_as("Iris", monkeypatch)
    app = opened("statements.py", alliance="1")
    first = photo.statements[0]
    app.button(key=f"change_statement_{first}_button").click().run()

    app.text_area(key=f"statement_text_{first}").input("Ik hoor hier thuis.").run()

    assert not app.exception
    with reading() as session:
        assert session.get_one(Statement, first).left_out_at is not None
    assert "Ik hoor hier thuis." in html(app) and "Ik voel mij thuis waar ik woon." not in html(app)


def test_the_link_that_went_elsewhere_stands_beside_the_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = make_photo()
    answer(photo, come(photo, {"Bewoners": 6}))
    sign_in_as("Iris", monkeypatch)
    app = opened("statements.py", alliance="1")
    assert "6 people answered so far." in html(app)

    app.checkbox(key=f"shared_outside_{photo.baseline_id}").check().run()
    app.button(key="close_statements").click().run()

    assert not app.exception
    assert "The link was shared outside Merenveld too" in said(app)
    assert "6 people answered." in html(app)


def test_the_room_goes_from_the_statements_to_the_dots_and_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = make_photo()
    people = come(photo, {"Bewoners": 6, "Gemeente": 5})
    answer(photo, people)
    make_improvements(photo.room, ["Een tweede startfoto heeft eigen punten."])
    sign_in_as("Iris", monkeypatch)
    app = opened("statements.py", workshop=photo.room.code)
    assert [step["name"] for step in bar(app)["steps"]] == [
        "Welcome",
        "Statements",
        "The picture",
        "Conclusions",
        "The end",
    ]
    assert "11" in _screen(photo) and "3 stellingen, op uw telefoon" in _screen(photo)

    press_next(app, photo.room)
    assert statements_round_is_shown(photo)
    assert "De stellingen zijn gesloten" in _screen(photo)

    for step in ("picture", "conclusions"):
        write(take_room_to, who=LEADER, workshop_id=photo.room.workshop_id, step=step)
        assert _screen(photo)


def statements_round_is_shown(photo: Photo) -> bool:
    with reading() as session:
        found = statements_round(session, photo.baseline_id)
    return found is not None and found.revealed_at is not None


def test_dots_are_put_on_points_once_the_statements_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    made = laid_ready(load_startfoto, "conclusions")
    sign_in_as("Iris", monkeypatch)
    app = opened("conclusions.py", alliance=str(made.alliance_id))

    app.button(key="open_dots").click().run()
    assert not app.exception
    with reading() as session:
        baseline = session.exec(select(Baseline)).one()
        asked = points_round(session, baseline.id)
    assert asked is not None and asked.closed_at is None
    assert "have put dots" in said(app)

    app.button(key="close_dots").click().run()

    assert not app.exception
    assert "Fewer than five people put dots" in said(app)


def test_the_points_stand_on_the_projector_most_dots_first() -> None:
    made = laid_ready(load_startfoto, "end")
    write(take_room_to, who=LEADER, workshop_id=made.workshop_id, step="conclusions")

    with reading() as session:
        screen = screen_now(session, made.workshop_id, own_address="http://192.0.2.2", language="nl").html

    assert "Waar beginnen we mee?" in screen
    assert "52 mensen zetten" in screen, re.findall(r"tally[^>]*>[^<]*", screen)
    assert screen.index("Aan het loket is elke dag") < screen.index("Brieven die veel mensen krijgen")
    assert "5 bevindingen" in screen


def test_a_conclusion_that_is_a_concept_is_not_read_to_the_room() -> None:
    photo = make_photo()
    make_conclusion(photo.startfoto, "Dit rust nergens op.")
    write(close_and_reveal, who=LEADER, round_id=photo.vote.round_id)
    write(take_room_to, who=LEADER, workshop_id=photo.room.workshop_id, step="conclusions")

    assert "Dit rust nergens op." not in _screen(photo)
    assert "De conclusies komen zo." in _screen(photo)


def test_planning_a_meeting_of_a_startfoto_goes_to_the_one_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = make_photo()
    sign_in_as("Iris", monkeypatch)
    app = opened(alliance="1")

    app.selectbox(key="another_block").set_value("startfoto").run()
    app.button(key="add_workshop").click().run()

    assert not app.exception
    with reading() as session:
        found = session.exec(select(Workshop).where(Workshop.block == "startfoto")).all()
    assert [one.id for one in found] == [photo.room.workshop_id]


def test_on_paper_they_are_typed_in_as_any_vote(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = make_photo()
    answer(photo, come(photo, {"Bewoners": 5}))
    (code,) = write(make_personal_codes, who=LEADER, workshop_id=photo.room.workshop_id, count=1)
    sign_in_as("Iris", monkeypatch)
    assert not opened("paper.py", workshop=photo.room.code).exception

    write(
        enter_paper_ballots,
        who=LEADER,
        round_id=photo.vote.round_id,
        choices=dict(zip(photo.vote.items, ("unknown", "disagree", "agree"), strict=True)),
        request_id="sheet-1",
        code=code,
    )
    write(close_and_reveal, who=LEADER, round_id=photo.vote.round_id)

    found = answers_of(photo)
    assert found.sources == {"phone": 5, "paper": 1}
    assert [one.total.people for one in found.statements if one.total is not None] == [6, 6, 6]


def test_the_card_on_the_home_page_says_how_many_answered_and_until_when(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    photo = make_photo(until=today("Europe/Amsterdam") + timedelta(days=14))
    answer(photo, come(photo, {"Bewoners": 5}))
    sign_in_as("Iris", monkeypatch)

    app = opened(alliance="1")

    assert not app.exception
    assert "5 people answered so far." in html(app)
    assert "Open by link until" in html(app)
