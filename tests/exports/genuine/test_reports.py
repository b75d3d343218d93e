"""Is a report of a startfoto genuine? Its text is known, of which its file is made again."""

from pathlib import Path

import pytest

from exports.baseline.report import build_report
from exports.genuine.verdict import Verdict
from exports.genuine.words import verdict_told
from models.baseline.baseline import newest_baseline
from models.example.startfoto import load_startfoto
from models.reports.freezing import (
    ReportDocument,
    complete_words,
    draft_document,
    freeze_report,
    report_document,
)
from models.storage.database import reading
from models.storage.writing import write
from tests.builders import LEADER
from tests.exports.genuine.offering import judged_file
from tests.exports.genuine.packages import changed, replacing
from tests.laid_ready import laid_ready

pytestmark = pytest.mark.usefixtures("sqlite")
SAID = "Korte brieven schelen ons de helft van het werk."


@pytest.fixture
def frozen() -> ReportDocument:
    """The example's report, frozen."""
    loaded = laid_ready(load_startfoto, "conclusions")
    with reading() as session:
        newest = newest_baseline(session, loaded.alliance_id)
        assert newest is not None
        baseline_id = newest.id
    complete_words(write(freeze_report, who=LEADER, baseline_id=baseline_id).report_id)
    with reading() as session:
        return report_document(session, baseline_id)


def test_the_file_of_an_edition_is_genuine_and_says_which_it_is(
    frozen: ReportDocument, tmp_path: Path
) -> None:
    judged = judged_file(build_report(frozen), tmp_path)

    assert judged.verdict is Verdict.GENUINE
    assert judged.found is not None
    assert judged.found.control_words == frozen.control_words
    assert "Het is het verslag van startfoto 1 van Alliantie Samen Merenveld, uitgave 1." in " ".join(
        verdict_told(judged, "nl").sentences
    )


def test_saved_again_is_the_same_text_and_another_word_is_told_with_its_place(
    frozen: ReportDocument, tmp_path: Path
) -> None:
    ours = build_report(frozen)

    assert judged_file(changed(ours, {}), tmp_path).verdict is Verdict.SAVED_AGAIN
    told = judged_file(changed(ours, replacing(SAID, "Korte brieven helpen niet.")), tmp_path)

    assert told.verdict is Verdict.CHANGED
    [difference] = told.differences
    assert SAID in difference.before
    assert "Korte brieven helpen niet." in difference.now
    assert difference.place


def test_a_concept_and_a_report_of_elsewhere_are_not_ours(frozen: ReportDocument, tmp_path: Path) -> None:
    elsewhere = changed(
        build_report(frozen),
        {
            name: (lambda text: text.replace(frozen.sha256, "0" * 64))
            for name in ("word/document.xml", "customXml/item1.xml")
        },
    )
    assert judged_file(elsewhere, tmp_path).verdict is Verdict.UNKNOWN

    with reading() as session:
        concept = build_report(draft_document(session, 1))

    assert judged_file(concept, tmp_path).verdict is Verdict.UNKNOWN
