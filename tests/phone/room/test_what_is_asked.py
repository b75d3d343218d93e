"""A round about principles, statements or points for improvement: the same vote, the same secrecy, the same paper."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from exports.sentences import choice_label, outcome_sentence
from models.basics.words import Decision, PrincipleStatus, RuleKind, Step
from models.drafting.wording import reword_principle
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Ballot, RoundItem, RoundSecret
from models.voting.asked import Subject, about_principles
from models.voting.paper import enter_paper_ballots
from models.voting.principles import list_principles
from models.voting.results import results
from models.voting.round_views import ItemView, ballots_of
from models.workshop.participant import make_personal_codes
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
    round_of,
    rows_of,
)
from tests.phone.conftest import JSON, hold, lead
from tests.phone.files.test_lead_files import words
from tests.questions import questions_asked

pytestmark = pytest.mark.both_databases

TEXTS = ["Ik voel mij hier thuis.", "Wie nieuw is, hoort er snel bij: مرحبا 🙂."]
STATEMENTS: dict[str, Any] = {"method": "statement", "rule": RuleKind.DECIDES_NOTHING}


def _principles(room: Room, texts: list[str]) -> list[Subject]:
    return about_principles([make_principle(room, text=text) for text in texts])


KINDS: dict[str, tuple[Callable[[Room, list[str]], list[Subject]], dict[str, Any]]] = {
    "principle": (_principles, {"method": "statement", "rule": RuleKind.SHARE_OF_VOTES, "share": 50}),
    "statement": (make_statements, STATEMENTS),
    "improvement": (make_improvements, STATEMENTS),
}
kinds = pytest.mark.parametrize("kind", KINDS)
others = pytest.mark.parametrize("kind", ["statement", "improvement"])


def _asked(kind: str, *, people: dict[str | None, int] | None = None, **terms: Any) -> tuple[Room, Vote]:
    room = make_workshop(people=people or {"Bewoners": 7, "Ondernemers": 5, "Jongeren": 3}, step=Step.DRAFT)
    make, usual = KINDS[kind]
    return room, make_round(room, about=make(room, TEXTS), **{**usual, **terms})


def _first(vote: Vote) -> ItemView:
    return round_of(vote).items[0]


@kinds
def test_the_round_keeps_its_words_whatever_becomes_of_what_it_was_about(database: str, kind: str) -> None:
    room, vote = _asked(kind)
    close_and_reveal(vote)

    if kind == "principle":
        with reading() as session:
            (first, _) = list_principles(session, room.alliance_id)
        write(reword_principle, who=LEADER, principle_id=first.id, text="Anders.", why="", proposal_ids=[])

    assert [(str(item.about.kind), item.number, item.text) for item in round_of(vote).items] == [
        (kind, 1, TEXTS[0]),
        (kind, 2, TEXTS[1]),
    ]
    assert [row["text"] for row in sorted(rows_of(RoundItem), key=lambda row: row["id"])] == TEXTS


@kinds
def test_a_phone_votes_on_it_and_reads_what_came_out(client: TestClient, kind: str) -> None:
    room, vote = _asked(kind)
    hold(client, room)

    page = client.get(f"/p/{room.code}").text
    answer = client.post(
        f"/p/{room.code}/ballots",
        data={"round": vote.round_id, "item": vote.items[0], "choice": "agree", "request_id": "a1"},
        headers=JSON,
    )
    cast_all(vote, [(person, "disagree") for person in room.people[1:]])
    close_and_reveal(vote)
    after = client.get(f"/p/{room.code}").text

    assert [text in page for text in TEXTS] == [True, True]
    assert ("Rule: we decide nothing." in page) == (kind != "principle")
    assert (answer.status_code, answer.json()["choice"]) == (200, "agree")
    assert ("This is how the room answered." in after) == (kind != "principle")
    assert ("Not adopted yet" in after) == (kind == "principle")
    assert "15 people answered." in after or kind == "principle"


@kinds
def test_paper_counts_as_a_vote_on_it(client: TestClient, kind: str) -> None:
    room, vote = _asked(kind)
    lead(client)
    (code,) = write(make_personal_codes, who=LEADER, workshop_id=room.workshop_id, count=1)

    sheets = words(client.get(f"/files/{room.code}/ballot-sheets.docx?round={vote.round_id}").content)
    entered = write(
        enter_paper_ballots,
        who=LEADER,
        round_id=vote.round_id,
        choices={vote.items[0]: "strongly agree", vote.items[1]: "neutral"},
        request_id="s1",
        code=code,
    )

    assert [text in sheets for text in TEXTS] == [True, True]
    assert choice_label("statement", "strongly agree", "nl") in sheets.replace("\u00a0", " ")
    with reading() as session:
        stored = ballots_of(session, vote.round_id, entered.participant_id)
    assert [stored[item].choice for item in vote.items] == ["strongly agree", "neutral"]
    close(vote)
    assert round_of(vote).sources == {"paper": 1}


@kinds
def test_the_results_say_what_it_was_about(database: str, kind: str) -> None:
    room, vote = _asked(kind)
    cast_all(vote, [(person, "agree") for person in room.people])
    close_and_reveal(vote)

    with reading() as session:
        (told,) = results(session, room.code)

    first, second = told["items"]
    decided = "adopted" if kind == "principle" else "answered"
    assert (first[kind], first["text"], first["decision"]) == (1, TEXTS[0], decided)
    assert first["numbers"]["counts"]["agree"] == 15
    assert ("version" in first) == (kind == "principle")
    assert (second["decision"], second["numbers"]) == ("no votes", None)
    assert (told["rule"], told["share"]) == (KINDS[kind][1]["rule"], KINDS[kind][1].get("share"))


@kinds
def test_small_groups_stay_hidden_in_it(database: str, kind: str) -> None:
    room, vote = _asked(kind)
    for item in range(2):
        cast_all(vote, [(person, "agree") for person in room.people], item=item)
    close_and_reveal(vote)

    result = _first(vote).result
    assert result is not None and result.numbers is not None
    assert sorted((row.name or row.key, row.cast) for row in result.rows) == [("Bewoners", 7), ("other", 8)]


def test_a_page_and_a_vote_ask_the_database_as_often_whatever_it_is(client: TestClient) -> None:
    asked: dict[str, tuple[int, int]] = {}

    for kind in KINDS:
        room, vote = _asked(kind)
        hold(client, room)
        with questions_asked() as of_page:
            assert client.get(f"/p/{room.code}").status_code == 200
        with questions_asked() as of_vote:
            cast(vote, room.people[0], "agree")
        asked[kind] = (len(of_page), len(of_vote))

    assert asked["statement"] == asked["improvement"] == asked["principle"]


@kinds
def test_its_close_destroys_the_link_to_the_voter(database: str, kind: str) -> None:
    room, vote = _asked(kind)
    cast_all(vote, [(person, "agree") for person in room.people])
    with reading() as session:
        keys = set(session.exec(select(Ballot.voter_key)).all())
        assert session.exec(select(RoundSecret)).all() != []

    close(vote)

    with reading() as session:
        assert keys & set(session.exec(select(Ballot.voter_key)).all()) == set()
        assert session.exec(select(RoundSecret)).all() == []
        assert ballots_of(session, vote.round_id, room.people[0]) == {}


@kinds
def test_fewer_than_five_answers_are_not_told(database: str, kind: str) -> None:
    room, vote = _asked(kind)
    cast_all(vote, [(person, "disagree") for person in room.people[:4]])
    close_and_reveal(vote)

    result = _first(vote).result
    assert result is not None
    assert (result.decision, result.numbers, result.rows) == (Decision.TOO_FEW, None, [])
    assert not any(sign.isdigit() for sign in " ".join(outcome_sentence(result, "nl")))
    assert round_of(vote).can_be_asked_with_names


@others
def test_what_decides_nothing_adopts_and_rejects_nothing(database: str, kind: str) -> None:
    room, vote = _asked(kind)
    make_principle(room, text="Wij praten met elkaar.")
    cast_all(vote, [(person, "strongly disagree") for person in room.people])
    close_and_reveal(vote)

    result = _first(vote).result
    assert result is not None
    assert (result.decision, result.place) == (Decision.ANSWERED, None)
    assert outcome_sentence(result, "nl") == ("Zo antwoordde de zaal.", "15 mensen gaven antwoord.")
    with reading() as session:
        assert [found.status for found in list_principles(session, room.alliance_id)] == [
            PrincipleStatus.DRAFT
        ]


@others
def test_a_quorum_means_nothing_where_nothing_is_decided(database: str, kind: str) -> None:
    _, vote = _asked(kind, quorum=90)

    assert round_of(vote).rule.quorum is None
