"""A round that decides nothing, on the page of who leads and on the projector: the answers, and no outcome."""

import re
from html import unescape
from typing import Any

import pytest

from models.basics.words import RuleKind, Secrecy, Step
from models.storage.database import reading
from models.storage.writing import write
from models.voting.after_reveal import show_reasons
from models.voting.cancelling import cancel_round
from models.voting.round_views import last_round
from pages.parts.projector.now import screen_now
from tests.builders import (
    LEADER,
    Room,
    Vote,
    cast,
    cast_all,
    close,
    close_and_reveal,
    make_improvements,
    make_principle,
    make_round,
    make_statements,
    make_workshop,
)
from tests.pages.opened import html, opened, said, sign_in_as

pytestmark = pytest.mark.usefixtures("sqlite")

TEXTS = ["Ik voel mij hier thuis.", "Ik weet bij wie ik moet zijn."]
ANSWERED: dict[str, Any] = {"method": "statement", "rule": RuleKind.DECIDES_NOTHING}


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    sign_in_as("Iris", monkeypatch)
    return make_workshop(people={"Bewoners": 7, "Ondernemers": 5}, step=Step.VOTE)


def _voted(room: Room, texts: int, **terms: Any) -> Vote:
    vote = make_round(room, about=make_statements(room, TEXTS[:texts]), **{**ANSWERED, **terms})
    for item in range(texts):
        cast_all(vote, [(person, "agree") for person in room.people[1:]], item=item)
    cast(vote, room.people[0], "strongly disagree", reason="Ik ken hier niemand.")
    return vote


def _screen(room: Room) -> str:
    with reading() as session:
        shown = screen_now(session, room.workshop_id, own_address="http://10.0.0.5:8501", language="en")
    return shown.html


def _words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).replace("\xad", "").split())


def _page(room: Room) -> str:
    app = opened("vote.py", workshop=room.code)
    assert not app.exception
    return _words(said(app) + " " + html(app))


def test_one_statement_is_revealed_with_its_answers_and_nothing_announced_above_them(room: Room) -> None:
    close_and_reveal(_voted(room, 1))

    shown = _screen(room)

    assert 'class="verdict' not in shown
    assert "This is how the room answered. Ik voel mij hier thuis. 12 people answered." in _words(shown)
    assert 'class="levels"' in shown


def test_several_statements_are_revealed_beside_each_other_without_a_decision(room: Room) -> None:
    vote = _voted(room, 2)
    close_and_reveal(vote)

    shown = _screen(room)

    assert "How the room answered 12 people answered" in _words(shown)
    assert 'class="decision"' not in shown
    assert shown.count('class="counts"') == 2


def test_what_was_said_is_shown_without_an_outcome_too(room: Room) -> None:
    vote = _voted(room, 1)
    close_and_reveal(vote)
    write(show_reasons, who=LEADER, round_id=vote.round_id, reason_ids=None)

    shown = _screen(room)

    assert "Ik ken hier niemand." in shown
    assert 'class="verdict' not in shown


def test_too_few_answers_are_told_as_that(room: Room) -> None:
    vote = make_round(room, about=make_statements(room, TEXTS[:1]), **ANSWERED)
    cast_all(vote, [(person, "agree") for person in room.people[:4]])
    close_and_reveal(vote)

    assert "Fewer than five people answered. The numbers would tell" in _words(_screen(room))
    assert "Fewer than five people answered." in _page(room)


@pytest.mark.parametrize("texts", [1, 2])
def test_who_leads_reads_which_statement_it_is_all_the_way(room: Room, texts: int) -> None:
    vote = _voted(room, texts, secrecy=Secrecy.NAMED)
    while_open = _page(room)
    close(vote)
    closed = _page(room)
    close_and_reveal(vote)
    shown = _page(room)

    first = "Statement 1 · round 1" if texts == 1 else "Statement 1 · 1 of 2 · round 1"
    assert [first in page for page in (while_open, closed, shown)] == [True, True, True]
    assert "Rule: we decide nothing." in while_open
    assert "rinciple 1" not in while_open + closed + shown
    assert "adopted" not in closed + shown
    assert "has no answer yet" not in shown
    assert ("about 2 statements" in shown) == (texts == 2)


def test_a_point_for_improvement_is_named_as_one(room: Room) -> None:
    vote = make_round(room, about=make_improvements(room, TEXTS[:1]), **ANSWERED)
    cast_all(vote, [(person, "agree") for person in room.people])
    close_and_reveal(vote)

    assert "Point for improvement 1 · round 1" in _page(room)


def test_it_can_be_started_over_about_a_part_of_its_statements(room: Room) -> None:
    vote = _voted(room, 2)
    app = opened("vote.py", workshop=room.code)
    app.button(key="start_over_button").click().run()
    choice = app.multiselect(key=f"start_over_texts_{vote.round_id}")

    assert choice.options == ["1. Ik voel mij hier thuis.", "2. Ik weet bij wie ik moet zijn."]
    choice.set_value(choice.value[1:]).run()
    app.button(key="start_over_now").click().run()

    with reading() as session:
        found = last_round(session, room.workshop_id)
    assert found is not None
    assert [item.text for item in found.items] == TEXTS[1:]


def test_the_next_round_about_a_principle_does_not_start_from_answers(room: Room) -> None:
    make_principle(room, text="Wij praten met elkaar.")
    close_and_reveal(_voted(room, 2))
    app = opened("vote.py", workshop=room.code)

    assert not app.exception
    app.button(key="open_round").click().run()

    with reading() as session:
        found = last_round(session, room.workshop_id)
    assert found is not None
    assert (found.items[0].text, found.method) == ("Wij praten met elkaar.", "consent")
    assert found.rule.decides


def test_it_can_be_cancelled(room: Room) -> None:
    vote = _voted(room, 2)
    write(cancel_round, who=LEADER, round_id=vote.round_id)

    assert "The round was cancelled" in _page(room)
    assert "This round was cancelled" in _words(_screen(room))
