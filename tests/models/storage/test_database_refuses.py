"""What the database itself refuses, whatever the code above it does."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlmodel import Session, SQLModel, select

from models.basics.clock import now
from models.basics.words import Step
from models.installation.installation import prepare_installation
from models.storage.database import answers, database_url, engine, reading, writing_session
from models.tables import (
    Agenda,
    AgendaFile,
    Agreement,
    Ballot,
    Bubble,
    Group,
    Improvement,
    Installation,
    Participant,
    Partner,
    Phone,
    Principle,
    PrincipleVersion,
    Proposal,
    Round,
    RoundItem,
    Signature,
    SignIn,
    Statement,
    Support,
    Theme,
    Workshop,
)
from models.tables.columns import UtcDateTime
from tests.builders import (
    CONSENT,
    Room,
    Vote,
    cast,
    make_agenda,
    make_agreement,
    make_improvements,
    make_proposal,
    make_round,
    make_statements,
    make_workshop,
)

pytestmark = pytest.mark.both_databases

Rows = Callable[[Room, Vote], list[SQLModel]]


def _room() -> tuple[Room, Vote]:
    room = make_workshop(people=5, partners=["Selam"], step=Step.DRAFT)
    make_proposal(room)
    make_agreement(room)
    make_agenda(room)
    return room, make_round(room)


def _round(room: Room, **more: Any) -> Round:
    values: dict[str, Any] = {
        "workshop_id": room.workshop_id,
        "number": 9,
        "method": "consent",
        "rule": "no open objections",
        "secrecy": "anonymous",
        "opened_at": now(),
    }
    return Round(**{**values, **more})


def _first(table: type[SQLModel]) -> int:
    with reading() as session:
        return int(session.exec(select(table)).first().id)  # type: ignore[union-attr]


def _agenda(room: Room, version: int) -> Agenda:
    return Agenda(
        alliance_id=room.alliance_id,
        workshop_id=room.workshop_id,
        version=version,
        content="{}",
        sha256="0" * 64,
        frozen_by="x",
        frozen_at=now(),
    )


def _file(room: Room) -> AgendaFile:
    return AgendaFile(
        agenda_id=_first(Agenda),
        edition=1,
        copy_for="public",
        format="docx",
        content=b"x",
        sha256="0" * 64,
        made_at=now(),
    )


def _signature(room: Room, **more: Any) -> Signature:
    values: dict[str, Any] = {
        "agenda_id": _first(Agenda),
        "partner_id": room.partners["Selam"],
        "answer": "signed",
        "name": "x",
        "consent": CONSENT,
        "signed_at": now(),
    }
    return Signature(**{**values, **more})


def _participant(room: Room, number: int, code: str) -> Participant:
    return Participant(workshop_id=room.workshop_id, number=number, personal_code=code)


def _as_made(table: type[SQLModel], row_id: int) -> dict[str, Any]:
    with reading() as session:
        return session.get_one(table, row_id).model_dump()


def _item(vote: Vote, **more: Any) -> RoundItem:
    return RoundItem(**{"round_id": vote.round_id, "position": 9, "text": "Ik voel mij hier thuis.", **more})


REFUSED: dict[str, Rows] = {
    "two open rounds in one workshop": lambda room, vote: [_round(room)],
    "two rounds of one number": lambda room, vote: [_round(room, number=1, closed_at=now())],
    "an unknown rule": lambda room, vote: [_round(room, rule="majority", closed_at=now())],
    "an unknown secrecy": lambda room, vote: [_round(room, secrecy="whispered", closed_at=now())],
    "two questions in one place": lambda room, vote: [
        _item(vote, position=1, version_id=_first(PrincipleVersion))
    ],
    "a question about nothing": lambda room, vote: [_item(vote)],
    "a question about two things at once": lambda room, vote: [
        _item(vote, version_id=_first(PrincipleVersion), statement_id=make_statements(room, ["Ja."])[0].id)
    ],
    "a question about a statement that is not there": lambda room, vote: [_item(vote, statement_id=4711)],
    "a question about a point that is not there": lambda room, vote: [_item(vote, improvement_id=4711)],
    "two statements of one number": lambda room, vote: [
        Statement(**{**_as_made(Statement, make_statements(room, ["Ja."])[0].id), "id": None})
    ],
    "a statement that is the same as itself": lambda room, vote: [
        Statement(
            **{**_as_made(Statement, make_statements(room, ["Ja."])[0].id), "id": 4711, "number": 2}
            | {"same_as_id": 4711}
        )
    ],
    "a tenth theme": lambda room, vote: [Theme(alliance_id=room.alliance_id, position=10, name="Taal")],
    "two points for improvement of one number": lambda room, vote: [
        Improvement(**{**_as_made(Improvement, make_improvements(room, ["Ja."])[0].id), "id": None})
    ],
    "a point that is not for now, without why": lambda room, vote: [
        Improvement(
            **{
                **_as_made(Improvement, make_improvements(room, ["Ja."])[0].id),
                "id": None,
                "number": 2,
                "state": "not now",
            }
        )
    ],
    "a second ballot under one key": lambda room, vote: [
        Ballot(round_item_id=vote.items[0], voter_key=key, choice="agree") for key in ("a", "a")
    ],
    "a ballot on no question": lambda room, vote: [Ballot(round_item_id=4711, voter_key="a", choice="agree")],
    "support twice": lambda room, vote: [
        Support(proposal_id=_first(Proposal), participant_id=room.people[0]) for _ in range(2)
    ],
    "support by nobody": lambda room, vote: [Support(proposal_id=_first(Proposal), participant_id=4711)],
    "one request, two proposals": lambda room, vote: [
        Proposal(
            workshop_id=room.workshop_id,
            participant_id=room.people[0],
            kind="principle",
            text=wording,
            request_id="r",
            sent_at=now(),
        )
        for wording in ("one", "two")
    ],
    "an unknown kind of proposal": lambda room, vote: [
        Proposal(workshop_id=room.workshop_id, kind="song", text="x", sent_at=now())
    ],
    "two participants of one number": lambda room, vote: [_participant(room, 1, "NEW")],
    "two participants with one code": lambda room, vote: [
        _participant(room, number, "SAME") for number in (90, 91)
    ],
    "one phone twice": lambda room, vote: [
        Phone(workshop_id=room.workshop_id, token_hash="h", created_at=now()) for _ in range(2)
    ],
    "one bubble twice": lambda room, vote: [
        Bubble(participant_id=room.people[0], group_id=room.groups["Residents"]) for _ in range(2)
    ],
    "two groups of one name": lambda room, vote: [
        Group(alliance_id=room.alliance_id, name="Residents", position=9)
    ],
    "an unknown kind of partner": lambda room, vote: [
        Partner(alliance_id=room.alliance_id, kind="robot", name="x", created_at=now())
    ],
    "two workshops with one code": lambda room, vote: [
        Workshop(alliance_id=room.alliance_id, held_on=date(2027, 1, 1), code=room.code, created_at=now())
    ],
    "an unknown building block": lambda room, vote: [
        Workshop(
            alliance_id=room.alliance_id,
            held_on=date(2027, 1, 1),
            code="NEW",
            block="dance",
            created_at=now(),
        )
    ],
    "a workshop of no alliance": lambda room, vote: [
        Workshop(alliance_id=4711, held_on=date(2027, 1, 1), code="NEW", created_at=now())
    ],
    "two principles of one number": lambda room, vote: [Principle(alliance_id=room.alliance_id, number=1)],
    "an unknown status": lambda room, vote: [
        Principle(alliance_id=room.alliance_id, number=9, status="nearly")
    ],
    "two versions of one number": lambda room, vote: [
        PrincipleVersion(
            principle_id=vote.principles[0], version=1, text="x", written_by="x", written_at=now()
        )
    ],
    "two agreements of one number": lambda room, vote: [
        Agreement(alliance_id=room.alliance_id, number=1, what="x", created_at=now())
    ],
    "two agendas of one version": lambda room, vote: [_agenda(room, 1)],
    "one file of an edition twice": lambda room, vote: [_file(room), _file(room)],
    "two standing answers of one partner": lambda room, vote: [_signature(room), _signature(room)],
    "an unknown answer": lambda room, vote: [_signature(room, answer="perhaps")],
    "two sign-ins with one token": lambda room, vote: [
        SignIn(name="x", token_hash="h", created_at=now(), ends_at=now()) for _ in range(2)
    ],
    "a second installation": lambda room, vote: [Installation(id=2, passphrase_hash="x", created_at=now())],
}


@pytest.mark.parametrize("rows", REFUSED.values(), ids=REFUSED.keys())
def test_the_database_refuses(database: str, rows: Rows) -> None:
    room, vote = _room()

    with pytest.raises(IntegrityError), writing_session() as session:
        for row in rows(room, vote):
            session.add(row)
            session.flush()
            # Otherwise the session itself would refuse the second one, and the database would not be asked.
            session.expunge(row)


def test_an_earlier_answer_may_stand_beside_the_one_that_counts(database: str) -> None:
    room, _vote = _room()

    with writing_session() as session:
        session.add_all(
            [_signature(room, replaced_at=now()), _signature(room, replaced_at=now()), _signature(room)]
        )
        session.flush()
        session.rollback()


def test_a_closed_round_may_stand_beside_the_open_one(database: str) -> None:
    room, _vote = _room()

    with writing_session() as session:
        session.add(_round(room, closed_at=now()))
        session.flush()
        session.rollback()


def test_what_somebody_refers_to_cannot_be_deleted(database: str) -> None:
    room, vote = _room()
    cast(vote, room.people[0])

    for table in ("round_item", "participant", "workshop", "alliance", "principle_version"):
        with pytest.raises(IntegrityError), engine().connect() as connection:
            connection.execute(text(f"DELETE FROM {table}"))


def test_a_moment_without_a_time_zone_is_not_stored(database: str) -> None:
    room, _vote = _room()

    with pytest.raises((StatementError, ValueError)), writing_session() as session:
        session.add(_round(room, number=9, closed_at=datetime(2027, 1, 1)))
        session.flush()


def test_moments_come_back_aware_and_in_utc(database: str) -> None:
    room, vote = _room()

    with reading() as session:
        opened_at = session.get_one(Round, vote.round_id).opened_at

    assert str(opened_at.tzinfo) == "UTC"
    assert opened_at <= now()
    assert UtcDateTime().process_bind_param(None, engine().dialect) is None
    assert room.workshop_id


def test_the_database_answers(database: str) -> None:
    assert answers() is True
    assert database_url() == database


def test_a_database_that_is_gone_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/nothing")

    with pytest.raises(DBAPIError):
        answers()


def test_without_a_url_the_database_is_a_file_in_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("HANDSLAG_DATA", "/srv/handslag")

    assert database_url() == "sqlite:////srv/handslag/handslag.db"


def test_a_reader_sees_nothing_of_what_is_not_committed(database: str) -> None:
    prepare_installation()

    with writing_session() as writer:
        writer.get_one(Installation, 1).address = "http://half.example"
        writer.flush()
        with reading() as reader:
            assert _address(reader) is None
        writer.rollback()


def _address(session: Session) -> str | None:
    return session.get_one(Installation, 1).address
