"""A report is frozen edition by edition, says only what may be shared, and never changes."""

import json

import pytest
from sqlmodel import Session

from exports.baseline.report import build_report
from models.baseline.findings import narrow_consent
from models.baseline.sources import speaker_token
from models.basics.errors import NothingToReport, ReportFrozen
from models.basics.words import Consent
from models.reports.freezing import (
    FrozenReport,
    ReportDocument,
    complete_words,
    draft_document,
    freeze_report,
    frozen_report,
    report_document,
)
from models.signing.control_words import control_words
from models.storage.database import reading
from models.storage.writing import write
from models.tables import BaselineReport, BaselineSource
from tests.builders import (
    LEADER,
    Startfoto,
    allow,
    make_conclusion,
    make_interview,
    make_quote,
    make_startfoto,
    rows_of,
)
from tests.builders.startfoto import DRAWS, LETTER


def _concluded() -> tuple[Startfoto, int, int]:
    """Return a startfoto with one conclusion, its source, and a quote that is released; another one is not."""
    startfoto = make_startfoto()
    source = make_interview(startfoto)
    released, waiting = make_quote(source, LETTER), make_quote(source, DRAWS)
    allow(released)
    make_conclusion(startfoto, "Brieven zijn te lang.", supporting=[released, waiting])
    return startfoto, source, released


def _freeze(startfoto: Startfoto) -> int:
    return int(write(freeze_report, who=LEADER, baseline_id=startfoto.baseline_id).edition)


def _document(startfoto: Startfoto) -> ReportDocument:
    with reading() as session:
        return report_document(session, startfoto.baseline_id)


def _frozen(startfoto: Startfoto) -> FrozenReport | None:
    with reading() as session:
        return frozen_report(session, startfoto.baseline_id)


def test_a_report_holds_no_word_of_what_is_not_released(database: str) -> None:
    startfoto, _source, _quote = _concluded()

    _freeze(startfoto)

    (row,) = rows_of(BaselineReport)
    content = json.loads(row["content"])
    assert "Samira" not in row["content"]
    assert [finding["text"] for finding in content["findings"]] == [LETTER]
    assert content["not_released"] == 1
    assert [piece["finding"] for piece in content["conclusions"][0]["evidence"]] == [1, None]


def test_the_same_text_is_not_frozen_twice_and_a_change_makes_the_next_edition(sqlite: str) -> None:
    startfoto, _source, _quote = _concluded()
    assert _freeze(startfoto) == 1
    with pytest.raises(ReportFrozen):
        _freeze(startfoto)

    make_conclusion(startfoto, "Er is nog een conclusie.")

    assert _freeze(startfoto) == 2


def test_without_a_conclusion_there_is_nothing_to_report(sqlite: str) -> None:
    startfoto = make_startfoto()

    with pytest.raises(NothingToReport):
        _freeze(startfoto)

    with reading() as session:
        assert build_report(draft_document(session, startfoto.baseline_id))


def test_control_words_are_those_of_the_frozen_text(sqlite: str) -> None:
    startfoto, _source, _quote = _concluded()
    _freeze(startfoto)

    complete_words()
    complete_words()

    document = _document(startfoto)
    assert document.control_words == control_words(document.sha256, "nl")
    frozen = _frozen(startfoto)
    assert frozen is not None
    assert frozen.control_words == document.control_words


def test_what_is_withdrawn_stays_in_the_frozen_edition_is_told_and_is_not_in_the_next(database: str) -> None:
    startfoto, source, quote = _concluded()
    _freeze(startfoto)
    before = build_report(_document(startfoto))
    with reading() as session:
        token = speaker_token(session.get_one(BaselineSource, source))

    write(narrow_consent, token=token, finding_id=quote, consent=Consent.NONE)

    frozen = _frozen(startfoto)
    assert frozen is not None
    assert (frozen.edition, frozen.withdrawn, frozen.has_changed) == (1, 1, True)
    assert build_report(_document(startfoto)) == before
    assert _freeze(startfoto) == 2
    assert _document(startfoto).content["findings"] == []


def test_a_frozen_report_is_not_changed_by_what_comes_after(sqlite: str) -> None:
    startfoto, _source, _quote = _concluded()
    _freeze(startfoto)
    before = rows_of(BaselineReport)

    def change(session: Session) -> None:
        session.get_one(BaselineSource, 1).role = "iets anders"

    write(change)
    make_conclusion(startfoto, "Nieuw.")

    assert rows_of(BaselineReport) == before
