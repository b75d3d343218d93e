"""Forty planted names: at least thirty-eight are pointed at, and none stands anywhere but where one collects."""

import json
import logging
from io import BytesIO

import docx
import pytest
from sqlmodel import SQLModel

from exports.baseline.findings import findings_csv, findings_workbook
from exports.baseline.report import build_report
from exports.sentences.events import event_sentence
from models.baseline.behind import behind_improvements
from models.baseline.conclusion_views import findings_to_lay, list_conclusions, list_improvements
from models.baseline.conclusions import lay_evidence, write_conclusion
from models.baseline.findings import mark_quote, set_consent, type_finding
from models.baseline.improvements import make_proposal_of, write_improvement
from models.baseline.sources import add_source
from models.baseline.views import collect_view, findings_told, note_view
from models.basics.words import Consent, Side, SourceKind, Stance, Step
from models.drafting.views import proposals_for_facilitator
from models.reports.freezing import draft_document, freeze_report
from models.storage.chain import list_events
from models.storage.database import reading
from models.storage.writing import write
from models.tables import BaselineSource, Event, Finding, KeptWord
from tests.builders import LEADER, Startfoto, make_startfoto, make_workshop, rows_of
from tests.models.baseline.test_telling import PLANTED

NAMES = [name for name, _sentence in PLANTED]
# A name of one letter with a point cannot be searched for: it stands in every other word.
SEARCHED = [name for name in NAMES if len(name) > 2]


def _plant(startfoto: Startfoto) -> list[int]:
    """Let half of the sentences be quotes of interviews, and half findings in own words, all with consent."""
    sources = []
    for place, (_name, sentence) in enumerate(PLANTED):
        source = write(
            add_source,
            who=LEADER,
            baseline_id=startfoto.baseline_id,
            kind=SourceKind.INTERVIEW,
            side=list(Side)[place % len(Side)],
            note=f"Wat zij zei was dit. {sentence} Daarna werd het stil.",
        ).source_id
        given = {"who": LEADER, "source_id": source, "theme_ids": [startfoto.themes["Taal"]]}
        if place % 2:
            made = write(type_finding, text=sentence, **given)
        else:
            with reading() as session:
                note = session.get_one(BaselineSource, source).note
            starts = note.index(sentence)
            made = write(mark_quote, starts=starts, ends=starts + len(sentence), words=sentence, **given)
        write(set_consent, who=LEADER, finding_ids=[made.finding_id], consent=Consent.WITH_ROLE)
        sources.append(source)
    return sources


@pytest.mark.both_databases
def test_no_planted_name_leaves_the_pages_where_one_collects(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    room = make_workshop(people=2, step=Step.DRAFT)
    startfoto = make_startfoto(room)
    sources = _plant(startfoto)
    findings = [row["id"] for row in rows_of(Finding)]
    made = write(
        write_conclusion, who=LEADER, baseline_id=startfoto.baseline_id, text="Mensen helpen elkaar."
    )
    write(
        lay_evidence,
        who=LEADER,
        conclusion_id=made.conclusion_id,
        finding_ids=findings,
        stance=Stance.FOR,
    )
    point = write(
        write_improvement,
        who=LEADER,
        baseline_id=startfoto.baseline_id,
        text="Vraag wie helpt.",
        conclusion_ids=[made.conclusion_id],
    )
    write(make_proposal_of, who=LEADER, improvement_id=point.improvement_id)
    write(freeze_report, who=LEADER, baseline_id=startfoto.baseline_id)

    with reading() as session:
        flagged = [
            place for place, source in enumerate(sources) if note_view(session, source).findings[0].hints
        ]
        report = build_report(draft_document(session, startfoto.baseline_id))
        told = findings_told(session, startfoto.baseline_id)
        document = docx.Document(BytesIO(report))
        anywhere = {
            "report": "\n".join(paragraph.text for paragraph in document.paragraphs)
            + str([cell.text for table in document.tables for row in table.rows for cell in row.cells]),
            "frozen report": json.dumps(draft_document(session, startfoto.baseline_id).content),
            "CSV": findings_csv(told, "nl").decode(),
            "workbook": str(told) + str(len(findings_workbook(told, "nl"))),
            "conclusions": str(list_conclusions(session, startfoto.baseline_id)),
            "points": str(list_improvements(session, startfoto.baseline_id)),
            "choice of findings": str(findings_to_lay(session, startfoto.baseline_id)),
            "behind a point": str(behind_improvements(session, [point.improvement_id])),
            "proposals": str(proposals_for_facilitator(session, room.workshop_id)),
            "list of sources": str(collect_view(session, startfoto.baseline_id)),
            "events": "\n".join(
                event_sentence(event.what, event.details, "nl") + str(event.details)
                for event in list_events(session, room.alliance_id)
            ),
            "log": caplog.text,
        }

    assert len(flagged) >= 38
    planted = [name for place, name in enumerate(NAMES) if place in flagged and name in SEARCHED]
    assert len(planted) >= 36
    where = [(place, name) for place, text in anywhere.items() for name in planted if name in text]
    assert where == []


def test_the_names_are_in_two_tables_only(sqlite: str) -> None:
    startfoto = make_startfoto()
    _plant(startfoto)

    holding = {
        table.__tablename__
        for table in SQLModel.__subclasses__()
        if table.__module__.startswith("models.tables")
        for row in rows_of(table)
        if any(name in str(row) for name in SEARCHED)
    }

    assert holding == {Finding.__tablename__, BaselineSource.__tablename__}
    assert rows_of(KeptWord) == []
    assert "Fatima" not in str(rows_of(Event))
