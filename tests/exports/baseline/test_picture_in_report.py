"""The picture in the report: drawn with words for who does not see it, who answered, what changed; frozen as it was."""

from io import BytesIO
from typing import Any

import docx
import pytest

from exports.baseline.report import build_report
from models.baseline.baseline import begin_baseline, rename_theme
from models.baseline.conclusions import lay_evidence
from models.basics.words import Stance
from models.picture.reading import read_picture
from models.picture.second import read_second
from models.reports.content import as_json, report_content
from models.reports.freezing import draft_document, freeze_report, report_document
from models.reports.picture import picture_content, row_keys, told_change, told_picture
from models.storage.database import reading
from models.storage.writing import write
from tests.builders import (
    LEADER,
    Photo,
    Startfoto,
    make_conclusion,
    make_photo,
    make_startfoto,
    make_workshop,
)
from tests.builders.workshop import make_next_workshop

pytestmark = pytest.mark.usefixtures("sqlite")

ASKED = [
    ("Taal", "Ik word geholpen in een taal die ik begrijp."),
    ("Thuis voelen", "Ik voel mij thuis. مرحبا"),
]
FEW: dict[str | None, int] = {"Gemeente": 20, "Bewoners": 40, "Jongeren": 6}
AGREE: dict[str | None, list[int]] = {"Gemeente": [17, 18], "Bewoners": [9, 30], "Jongeren": [2, 3]}


def _photo(
    people: dict[str | None, int], agree: dict[str | None, list[int]], *, is_closed: bool = True
) -> Photo:
    return make_photo(make_startfoto(make_workshop(people=people)), ASKED, agree, is_closed=is_closed)


def _second(first: Photo) -> Photo:
    room = make_next_workshop(first.startfoto.room, people=FEW)
    begun = write(begin_baseline, who=LEADER, alliance_id=room.alliance_id)
    startfoto = Startfoto(room, begun.baseline_id, first.startfoto.themes)
    return make_photo(
        startfoto,
        [ASKED[0], ("Thuis voelen", "Ik hoor hier.")],
        {"Gemeente": [17, 18], "Bewoners": [30, 30], "Jongeren": [2, 3]},
        same_as=[first.statements[0], None],
    )


def _report(baseline_id: int) -> tuple[str, list[str]]:
    """Return the text of a report, and what stands for its pictures."""
    with reading() as session:
        document = docx.Document(BytesIO(build_report(draft_document(session, baseline_id))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    told = [element.get("descr") for element in document.element.iter() if element.tag.endswith("}docPr")]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]), told


def test_the_report_draws_the_picture_and_says_who_answered_and_who_did_not() -> None:
    photo = _photo({**FEW, "Ondernemers": 5}, {**AGREE})

    text, told = _report(photo.startfoto.baseline_id)

    assert "Bij taal is de afstand het grootst: 62." in text
    assert "Taal: gemeente 85, bewoners 23, jongeren 2 van 6, afstand 62." in told
    # A margin is never broken over two lines.
    assert "85\N{NO-BREAK SPACE}% (64\N{NO-BREAK SPACE}tot\N{NO-BREAK SPACE}95)" in text
    assert text.count("66 mensen gaven antwoord: 66 op een telefoon.") == 2
    assert "Van ondernemers gaf niemand antwoord." in text
    assert "Jongeren: 2 van 6" in text
    for word in ("representatief", "betrouwbaar"):
        assert word not in text.lower()


def test_before_the_close_the_report_has_no_figure_and_no_heading() -> None:
    photo = _photo(FEW, AGREE, is_closed=False)

    text, _told = _report(photo.startfoto.baseline_id)

    assert "Wat mensen antwoordden" not in text
    with reading() as session:
        assert "picture" not in report_content(session, photo.startfoto.baseline_id, edition=1)


@pytest.mark.parametrize(
    ("people", "agree", "expected"),
    [
        ({"Bewoners": 4}, {"Bewoners": [4, 2]}, "Minder dan vijf mensen gaven antwoord"),
        ({"Bewoners": 3}, {}, "Niemand antwoordde op de stellingen."),
        ({"Gemeente": 6, "Bewoners": 13}, {"Gemeente": [5, 5], "Bewoners": [3, 9]}, "Bewoners: 3 van 13"),
        ({"Bewoners": 24}, {"Bewoners": [12, 24]}, "Er is nog geen afstand te zien."),
    ],
)
def test_few_people_and_none_are_told_as_what_they_are(
    people: dict[str | None, int], agree: dict[str | None, list[int]], expected: str
) -> None:
    text, _told = _report(_photo(people, agree).startfoto.baseline_id)

    assert expected in text


def test_what_changed_stands_there_with_its_margin_and_why_not_where_words_differ() -> None:
    second = _second(_photo(FEW, AGREE))

    text, told = _report(second.startfoto.baseline_id)

    assert "Wat er veranderde sinds startfoto 1" in text
    assert "verschil +52, van +31 tot +67" in told
    assert "Andere woorden, dus geen verschil. Toen: “Ik voel mij thuis. مرحبا” Nu: “Ik hoor hier.”" in text


def test_what_is_frozen_makes_the_same_picture_again_and_holds_no_id() -> None:
    first = _photo(FEW, AGREE)
    second = _second(first)
    with reading() as session:
        content: Any = as_json(report_content(session, second.startfoto.baseline_id, edition=1))
        view = read_picture(session, second.startfoto.baseline_id)
        photo = read_second(session, second.startfoto.baseline_id)
    assert photo is not None

    told = told_picture(content["picture"])
    change = told_change(content["changed"], told)

    keys = row_keys(view, photo.before)
    assert picture_content(view, keys) == content["picture"]
    assert [(theme.gap, len(theme.rows)) for theme in told.picture.themes] == [
        (theme.gap, len(theme.rows)) for theme in view.picture.themes
    ]
    residents = str(first.startfoto.room.groups["Bewoners"])
    assert [(one.difference, one.why_not) for one in change.of(keys[residents])] == [
        (one.difference, one.why_not) for one in photo.of(residents)
    ]


def test_a_frozen_report_keeps_the_names_it_was_frozen_with() -> None:
    photo = _photo(FEW, AGREE)
    make_conclusion(photo.startfoto, "Taal staat in de weg.")
    write(freeze_report, who=LEADER, baseline_id=photo.startfoto.baseline_id)
    with reading() as session:
        before = build_report(report_document(session, photo.startfoto.baseline_id))

    write(rename_theme, who=LEADER, theme_id=photo.startfoto.themes["Taal"], name="Meertaligheid")

    with reading() as session:
        assert build_report(report_document(session, photo.startfoto.baseline_id)) == before


def test_a_conclusion_shows_its_statements_with_what_every_group_said() -> None:
    photo = _photo(FEW, AGREE)
    conclusion = make_conclusion(photo.startfoto, "Taal staat in de weg.")
    for place, stance in enumerate((Stance.FOR, Stance.AGAINST)):
        write(
            lay_evidence,
            who=LEADER,
            conclusion_id=conclusion,
            statement_ids=[photo.statements[place]],
            stance=stance,
        )

    text, _told = _report(photo.startfoto.baseline_id)

    assert (
        "Ik word geholpen in een taal die ik begrijp. (1, steunt dit). "
        "Eens: gemeente 85\N{NO-BREAK SPACE}%, bewoners 23\N{NO-BREAK SPACE}%, jongeren 2 van 6." in text
    )
    assert "Ik voel mij thuis. مرحبا (2, zegt het tegendeel)." in text
