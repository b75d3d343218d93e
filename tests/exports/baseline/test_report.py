"""The report in Word: one page that stands alone, and no word that nobody allowed."""

from datetime import date
from io import BytesIO

import docx
import pytest

from exports.baseline.report import build_report
from models.baseline.again import begin_next_baseline
from models.baseline.baseline import newest_baseline
from models.baseline.findings import set_consent
from models.basics.words import Consent
from models.example.startfoto import load_startfoto
from models.reports.freezing import complete_words, draft_document, freeze_report, report_document
from models.storage.database import reading
from models.storage.writing import write
from tests.builders import LEADER, make_interview, make_quote, make_startfoto
from tests.builders.startfoto import DRAWS, LETTER
from tests.exports.words_in_word import words_of
from tests.laid_ready import laid_ready

pytestmark = pytest.mark.usefixtures("sqlite")


def _example() -> int:
    loaded = laid_ready(load_startfoto, "conclusions")
    with reading() as session:
        newest = newest_baseline(session, loaded.alliance_id)
        assert newest is not None
        return newest.id


def test_the_report_says_what_was_found_on_what_that_rests_and_what_is_not_known() -> None:
    baseline_id = _example()
    with reading() as session:
        text = words_of(build_report(draft_document(session, baseline_id)))

    for part in (
        "Startfoto van Merenveld",
        "Wie nog Nederlands leert, krijgt aan het loket te weinig hulp in gewone taal.",
        "5 bevindingen · 3 soorten bronnen · 1 zegt het tegendeel",
        "Concept: één stem.",
        "Op 9 van de 32 plekken, thema bij kant, is niemand gehoord.",
        "Dit is een foto, geen steekproef.",
        "Niemand is gehoord van: gemeenschappen.",
        "[een jonge man] tolkt voor iedereen",
    ):
        assert part in text
    for name in ("Samira", "Mehari", "representatief", "betrouwbaar"):
        assert name not in text


def test_a_point_that_is_only_a_proposal_is_not_told_as_taken_up() -> None:
    baseline_id = _example()
    with reading() as session:
        text = words_of(build_report(draft_document(session, baseline_id)))

    assert "is nu een voorstel" in text
    assert "opgepakt" not in text


@pytest.mark.parametrize("step", ["collect", "conclusions"])
def test_what_closes_the_report_never_stands_on_a_page_by_itself(step: str) -> None:
    laid_ready(load_startfoto, step)
    with reading() as session:
        found = newest_baseline(session, 1)
        assert found is not None
        paragraphs = docx.Document(BytesIO(build_report(draft_document(session, found.id)))).paragraphs
    last = [one.text for one in paragraphs].index("Welke tekst dit is")

    kept = [one.paragraph_format.keep_with_next for one in paragraphs[last - 3 : last]]

    assert kept == [True, True, True]


@pytest.mark.parametrize(("step", "starts_a_page"), [("collect", False), ("conclusions", True)])
def test_the_first_page_stands_alone_once_something_is_concluded_and_is_not_half_empty_before(
    step: str, starts_a_page: bool
) -> None:
    laid_ready(load_startfoto, step)
    with reading() as session:
        found = newest_baseline(session, 1)
        assert found is not None
        paragraphs = docx.Document(BytesIO(build_report(draft_document(session, found.id)))).paragraphs
    (method,) = [one for one in paragraphs if one.text == "Hoe dit is gedaan"]

    assert bool(method.paragraph_format.page_break_before) is starts_a_page


def test_the_same_report_is_the_same_bytes_frozen_or_not() -> None:
    baseline_id = _example()
    with reading() as session:
        assert build_report(draft_document(session, baseline_id)) == build_report(
            draft_document(session, baseline_id)
        )
    write(freeze_report, who=LEADER, baseline_id=baseline_id)
    complete_words()

    with reading() as session:
        first, again = (report_document(session, baseline_id) for _ in range(2))

    assert build_report(first) == build_report(again)
    with reading() as session:
        draft = draft_document(session, baseline_id)
    frozen_lines, draft_lines = (set(words_of(build_report(one)).splitlines()) for one in (first, draft))
    assert {line for line in draft_lines - frozen_lines if "concept" not in line.lower()} == set()
    assert all(word in words_of(build_report(first)) for word in first.control_words)


def test_a_startfoto_with_one_side_only_and_nothing_released_says_so() -> None:
    startfoto = make_startfoto()
    make_quote(make_interview(startfoto), DRAWS)

    with reading() as session:
        text = words_of(build_report(draft_document(session, startfoto.baseline_id)))

    assert "Er is nog geen conclusie getrokken." in text
    assert "1 bevinding staat hier niet" in text
    assert "Samira" not in text


def test_without_origin_nobody_reads_whose_words_they_are() -> None:
    startfoto = make_startfoto()
    quote = make_quote(make_interview(startfoto, role="imam"), LETTER, themes=[startfoto.themes["Taal"]])
    write(set_consent, who=LEADER, finding_ids=[quote], consent=Consent.WITHOUT_ATTRIBUTION)

    with reading() as session:
        text = words_of(build_report(draft_document(session, startfoto.baseline_id)))

    assert f"“{LETTER}”" in text
    assert "zonder herkomst" in text
    assert "imam" not in text
    assert "Bewoner 1" not in text


def test_talks_of_one_day_were_held_on_that_day() -> None:
    startfoto = make_startfoto()
    make_interview(startfoto, held_on=date(2026, 5, 12))

    with reading() as session:
        report = words_of(build_report(draft_document(session, startfoto.baseline_id)))

    assert "De gesprekken waren op 12 mei 2026." in report


def test_the_report_of_a_second_photo_says_that_it_is_the_second() -> None:
    load_startfoto("end")
    begun = write(begin_next_baseline, who=LEADER, alliance_id=1)
    with reading() as session:
        document = docx.Document(BytesIO(build_report(draft_document(session, begun.baseline_id))))

    assert "Startfoto 2 van Merenveld" in [one.text for one in document.paragraphs]
    assert document.core_properties.title == "Startfoto 2 van Merenveld · uitgave 1"
    assert document.sections[0].footer.paragraphs[0].text.startswith("Startfoto 2 van Merenveld")
