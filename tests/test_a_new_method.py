"""A method that only this test knows goes all the way: its description and its words are all there is of it."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from html import unescape
from io import BytesIO
from typing import Any

import docx
import pytest
from starlette.testclient import TestClient

from exports.agenda.build import build_agenda
from exports.charts import result_chart, result_in_words, result_rows_chart
from exports.results.tables_of_results import result_rows_table, result_table
from exports.sentences import outcome_sentence
from exports.sentences.methods import WORDS
from exports.sentences.methods.words import Asked, Counted, Forms, Gettext, Told, Words
from models.basics.words import Copy, RuleKind, Step
from models.signing.files import agenda_document
from models.signing.shape import frozen
from models.storage.database import reading
from models.storage.writing import write
from models.voting.after_reveal import show_reasons
from models.voting.decision import Result
from models.voting.methods import METHODS
from models.voting.methods.method import Budgets, Choice, Look, Mark, Numbering, Shape, VotingMethod
from models.voting.round_views import RoundView
from models.workshop.participant import make_personal_codes
from pages.parts.projector.now import screen_now
from phone.partner.text import agenda_text
from tests.builders import (
    LEADER,
    Room,
    Vote,
    cast,
    cast_all,
    close_and_reveal,
    make_agenda,
    make_principle,
    make_round,
    make_workshop,
    round_of,
)
from tests.pages.opened import opened, sign_in_as
from tests.phone.conftest import JSON, hold, lead
from tests.phone.partner_room import phone

THUMBS = VotingMethod(
    "thumbs",
    (
        Choice("up", Mark.AGREE, is_in_favour=True),
        Choice("sideways", Mark.NEUTRAL, is_abstention=True),
        Choice("down", Mark.OBJECTION, asks_reason=True),
    ),
    (RuleKind.SHARE_OF_VOTES, RuleKind.NO_OPEN_OBJECTIONS),
    Look(Shape.MARKS, has_terms=True, asks_each_why=True, paper_asks_why=True),
)
STAIRS = VotingMethod(
    "stairs",
    tuple(
        Choice(str(step), mark, is_in_favour=step >= 2)
        for step, mark in ((3, Mark.AGREE), (2, Mark.NEUTRAL), (1, Mark.OBJECTION))
    ),
    (RuleKind.LEVEL, RuleKind.EVERY_GROUP),
    Look(Shape.BARS, Numbering.BEFORE),
    usual_level="2",
)
BEANS = VotingMethod(
    "beans",
    (Choice("0", Mark.DOT), Choice("1", Mark.DOT, is_in_favour=True)),
    (RuleKind.TOP,),
    Look(Shape.DOTS),
    Budgets(fewest=2, most=4, usual=3),
)


def thumbs(_: Gettext, _forms: Forms) -> Words:
    return Words(
        Asked(
            explained="Duim omhoog of omlaag.",
            question="Waar staat uw duim?",
            means={"up": "Ik ga mee."},
            asks_why={"down": "Waarom omlaag?"},
            sends_why={"down": "Stuur waarom"},
            paper_asks_why="Waarom omlaag? Mag leeg blijven.",
        ),
        Told(
            name="Duimen",
            labels={"up": "Duim omhoog", "sideways": "Duim opzij", "down": "Duim omlaag"},
            columns={"sideways": "Opzij"},
            in_favour="Omhoog is voor.",
        ),
    )


def stairs(_: Gettext, _forms: Forms) -> Words:
    return Words(
        Asked(explained="Hoe hoog staat u?", question="Op welke tree staat u?"),
        Told(name="Trap", pattern="Tree {choice}", in_favour="Tree 2 en 3 zijn voor."),
    )


def beans(_: Gettext, _forms: Forms) -> Words:
    return Words(
        Asked(explained="Bonen verdelen.", question="Waar legt u uw bonen?"),
        Told(name="Bonen", dots=Counted(("{count} boon", "{count} bonen"))),
    )


# What a round by it is opened with, and the terms of the test below: who chooses what, and what is said then.
TERMS: dict[str, dict[str, Any]] = {
    "thumbs": {"rule": RuleKind.SHARE_OF_VOTES, "share": 50},
    "stairs": {"rule": RuleKind.LEVEL, "level": "2", "tolerated": 4},
    "beans": {"rule": RuleKind.TOP, "top": 1, "budget": 3},
}
QUESTION = {
    "thumbs": "Waar staat uw duim?",
    "stairs": "Op welke tree staat u?",
    "beans": "Waar legt u uw bonen?",
}
FIRST, LAST = {"thumbs": "up", "stairs": "3", "beans": "2"}, {"thumbs": "down", "stairs": "1", "beans": "0"}
LABEL = {"thumbs": "Duim omhoog", "stairs": "3. Tree 3", "beans": "2 bonen"}


@pytest.fixture(params=(THUMBS, STAIRS, BEANS), ids=lambda method: str(method.name))
def method(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a method that stands where the others stand, in this test only."""
    added: VotingMethod = request.param
    monkeypatch.setitem(METHODS, added.name, added)
    monkeypatch.setitem(WORDS, added.name, {"thumbs": thumbs, "stairs": stairs, "beans": beans}[added.name])
    return added.name


@pytest.fixture
def client(sqlite: str) -> Iterator[TestClient]:
    """A browser without cookies, while the writer runs."""
    with phone() as browser:
        yield browser


@pytest.fixture
def room(client: TestClient) -> Room:
    """A room of two groups, with codes for paper, led from `client`."""
    made = make_workshop(people={"Bewoners": 8, "Gemeenschappen": 6}, partners=["Gemeente"], step=Step.DRAFT)
    write(make_personal_codes, who=LEADER, workshop_id=made.workshop_id, count=2)
    lead(client)
    return made


def open_by(room: Room, method: str) -> Vote:
    return make_round(room, items=2 if method == "beans" else 1, method=method, **TERMS[method])


def revealed_by(room: Room, method: str) -> RoundView:
    """Return a round in which most chose the first choice and three the last, one of them with a reason."""
    vote = open_by(room, method)
    cast_all(vote, [(person, FIRST[method]) for person in room.people[3:]])
    cast_all(vote, [(person, LAST[method]) for person in room.people[1:3]])
    cast(
        vote, room.people[0], LAST[method], reason="Te duur voor kleine clubs." if method != "beans" else None
    )
    close_and_reveal(vote)
    return round_of(vote)


def result_of(found: RoundView) -> Result:
    result = found.items[0].result
    assert result is not None
    return result


def words_of(content: bytes) -> str:
    return "\n".join(docx.Document(BytesIO(content)).element.itertext())


def seen(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\xad", "").split())


def projector(room: Room) -> str:
    with reading() as session:
        screen = screen_now(session, room.workshop_id, own_address="http://10.0.0.5:8501", language="nl")
        return seen(screen.html)


def test_a_facilitator_chooses_it_and_reads_what_everyone_will(
    client: TestClient, room: Room, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in_as("Iris", monkeypatch, language="nl")
    make_principle(room, text="Iedereen hoort erbij.")
    make_principle(room, text="We vieren samen.")

    app = opened("vote.py", workshop=room.code)
    app.radio(key="vote_method").set_value(method).run()

    name = {"thumbs": "Duimen", "stairs": "Trap", "beans": "Bonen"}[method]
    assert not app.exception
    assert name in app.radio(key="vote_method").options
    assert any(told.value.startswith(f"{name}\\.") for told in app.info)
    if method == "stairs":
        assert app.selectbox(key="vote_level_stairs_level").options == ["3. Tree 3", "2. Tree 2"]
    if method == "beans":
        assert (app.number_input(key="vote_budget").min, app.number_input(key="vote_budget").value) == (2, 3)


def test_a_phone_asks_it_and_takes_a_vote(client: TestClient, room: Room, method: str) -> None:
    vote = open_by(room, method)
    hold(client, room)

    page = client.get(f"/p/{room.code}", headers={"accept-language": "nl"}).text
    post = {"round": vote.round_id, "item": vote.items[0], "choice": FIRST[method]}
    stored = client.post(f"/p/{room.code}/ballots", data=post, headers=JSON)
    state = client.get(f"/p/{room.code}/state", headers={"accept-language": "nl"}).json()

    assert QUESTION[method] in seen(page)
    assert (stored.status_code, stored.json()["choice"]) == (200, FIRST[method])
    assert state["round"]["method"] == method
    if method == "beans":
        assert "Verdeel uw 3 stippen." in seen(page) and 'data-most="3"' in page
    else:
        assert LABEL[method] in seen(page)
        assert [choice["value"] for choice in state["round"]["choices"]] == [
            choice.value for choice in METHODS[method].choices
        ]
    if method == "thumbs":
        assert "Ik ga mee." in seen(page)
        assert "Waarom omlaag?" in seen(page) and "Stuur waarom" in seen(page)


def test_paper_asks_it(client: TestClient, room: Room, method: str) -> None:
    vote = open_by(room, method)

    sheet = words_of(
        client.get(f"/files/{room.code}/ballot-sheets.docx", params={"round": vote.round_id}).content
    )

    expected = {
        "thumbs": ["1  Duim omhoog", "3  Duim omlaag", "Waarom omlaag? Mag leeg blijven."],
        "stairs": ["3  Tree 3", "1  Tree 1"],
        "beans": ["3 stippen over de teksten"],
    }[method]
    assert [line for line in expected if line not in sheet] == []


def test_the_projector_shows_the_question_the_outcome_and_the_groups(
    client: TestClient, room: Room, method: str
) -> None:
    vote = open_by(room, method)
    asked = projector(room)
    cast_all(vote, [(person, FIRST[method]) for person in room.people])
    close_and_reveal(vote)

    shown = projector(room)

    assert QUESTION[method] in asked
    assert "aangenomen" in shown.lower()
    assert {"thumbs": "14 Duim omhoog", "stairs": "Tree 3 14", "beans": "28 bonen"}[method] in shown


def test_tables_charts_and_sentences_tell_its_result(client: TestClient, room: Room, method: str) -> None:
    result = result_of(revealed_by(room, method))

    whole, by_group = result_table(result, "nl"), result_rows_table(result, "nl")
    charts = result_chart(result, "nl"), result_rows_chart(result, "nl")

    assert whole is not None and by_group is not None and None not in charts
    assert LABEL[method] in [row[0] for row in whole.rows]
    assert by_group.rows[-1][0] == "Iedereen"
    assert by_group.rows[-1][-1] == 14
    assert result_in_words(result, "nl")
    assert outcome_sentence(result, "nl")[0].startswith("Aangenomen")


def test_a_phone_shows_its_result_with_the_reason_that_was_given(
    client: TestClient, room: Room, method: str
) -> None:
    found = revealed_by(room, method)
    write(show_reasons, who=LEADER, round_id=found.id, reason_ids=None)
    hold(client, room)

    page = seen(client.get(f"/p/{room.code}", headers={"accept-language": "nl"}).text)

    assert {"thumbs": "Duim omhoog 11", "stairs": "3. Tree 3 11", "beans": "22 bonen"}[method] in page
    if method != "beans":
        assert "Te duur voor kleine clubs." in page


def test_the_agenda_tells_it_also_when_the_method_is_gone(
    client: TestClient, room: Room, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    revealed_by(room, method)
    agenda_id = make_agenda(room)
    with reading() as session:
        document = agenda_document(session, agenda_id)
    monkeypatch.delitem(METHODS, method)
    monkeypatch.delitem(WORDS, method)

    on_paper = words_of(build_agenda(document, Copy.PARTNERS))
    on_page = str(asdict(agenda_text(frozen(document.content), "nl")))

    said = {"thumbs": "Duim omhoog", "stairs": "Tree 3", "beans": "22 bonen"}[method]
    assert said in on_paper and said in on_page
