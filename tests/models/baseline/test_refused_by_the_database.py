"""What the database itself refuses of a startfoto, whatever an action forgets."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from models.basics.clock import now
from models.storage.writing import write
from models.tables import BaselineReport, BaselineSource, ConclusionEvidence, Finding, Theme
from tests.builders import Startfoto, make_conclusion, make_interview, make_quote, make_startfoto
from tests.builders.startfoto import LETTER

pytestmark = pytest.mark.both_databases


def _source(startfoto: Startfoto, **more: Any) -> BaselineSource:
    values: dict[str, Any] = {
        "baseline_id": startfoto.baseline_id,
        "number": 9,
        "kind": "figures",
        "side": "residents",
        "added_by": "Iris",
        "added_at": now(),
    }
    return BaselineSource(**{**values, **more})


def _finding(startfoto: Startfoto, **more: Any) -> Finding:
    values: dict[str, Any] = {
        "baseline_id": startfoto.baseline_id,
        "source_id": 1,
        "number": 9,
        "text": "Iets.",
        "added_by": "Iris",
        "added_at": now(),
    }
    return Finding(**{**values, **more})


def _report(startfoto: Startfoto) -> BaselineReport:
    return BaselineReport(
        baseline_id=startfoto.baseline_id,
        edition=1,
        content="{}",
        sha256="0",
        frozen_by="Iris",
        frozen_at=now(),
    )


REFUSED: dict[str, Callable[[Startfoto], list[SQLModel]]] = {
    "literature with a side": lambda one: [_source(one, kind="literature")],
    "figures without a side": lambda one: [_source(one, side="")],
    "an interview without an alias": lambda one: [_source(one, kind="interview")],
    "figures with an alias": lambda one: [_source(one, alias_number=7)],
    "an alias twice": lambda one: [_source(one, kind="interview", alias_number=1)],
    "a kind of source that there is not": lambda one: [_source(one, kind="rumour")],
    "a finding released without consent": lambda one: [_finding(one, released_at=now())],
    "a quote that ends before it begins": lambda one: [_finding(one, starts=4, ends=4)],
    "half a quote": lambda one: [_finding(one, starts=4)],
    "a quote without a beginning": lambda one: [_finding(one, ends=4)],
    "an effect that there is not": lambda one: [_finding(one, effect="maybe")],
    "a finding of one number": lambda one: [_finding(one, number=1)],
    "evidence of nothing": lambda one: [ConclusionEvidence(conclusion_id=1, stance="for")],
    "one finding twice": lambda one: [
        ConclusionEvidence(conclusion_id=1, finding_id=1, stance=stance) for stance in ("for", "against")
    ],
    "evidence that says something else": lambda one: [
        ConclusionEvidence(conclusion_id=1, finding_id=1, stance="perhaps")
    ],
    "two editions of one number": lambda one: [_report(one), _report(one)],
    "a theme on no place": lambda one: [Theme(alliance_id=one.room.alliance_id, position=0, name="Nul")],
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(database: str, what: str) -> None:
    startfoto = make_startfoto()
    make_quote(make_interview(startfoto), LETTER)
    make_conclusion(startfoto, "Brieven zijn te lang.")

    def add(session: Session) -> None:
        session.add_all(REFUSED[what](startfoto))
        session.flush()

    with pytest.raises(IntegrityError):
        write(add)
