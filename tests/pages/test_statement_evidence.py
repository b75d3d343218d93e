"""Statements beside a conclusion: laid for it or against it once they are closed, with what every group said."""

import pytest
from streamlit.testing.v1 import AppTest

from models.baseline.conclusions import lay_evidence
from models.basics.words import Stance
from models.storage.writing import write
from models.tables import ConclusionEvidence
from tests.builders import (
    LEADER,
    Photo,
    make_conclusion,
    make_document,
    make_finding,
    make_photo,
    make_startfoto,
    make_workshop,
    rows_of,
)
from tests.pages.opened import html, opened, said, sign_in_as

pytestmark = pytest.mark.usefixtures("sqlite")

ASKED = [
    ("Taal", "Ik word geholpen in een taal die ik begrijp."),
    ("Thuis voelen", "Ik voel mij hier thuis."),
]


def _photo(*, is_closed: bool = True) -> Photo:
    startfoto = make_startfoto(make_workshop(people={"Gemeente": 20, "Bewoners": 40, "Jongeren": 6}))
    agree: dict[str | None, list[int]] = {"Gemeente": [17, 18], "Bewoners": [9, 30], "Jongeren": [2, 3]}
    photo = make_photo(startfoto, ASKED, agree, is_closed=is_closed)
    make_conclusion(startfoto, "Taal staat in de weg.")
    return photo


def _page(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    sign_in_as("Iris", monkeypatch, language="nl")
    app = opened("conclusions.py", alliance="1")
    assert not app.exception
    return app


def test_a_statement_is_laid_beside_a_conclusion_with_what_every_group_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    photo = _photo()
    app = _page(monkeypatch)

    app.multiselect(key="lay_statements_1").set_value([photo.statements[0]]).run()
    app.button(key="lay_statements_for_1").click().run()

    assert not app.exception
    assert [(row["statement_id"], row["stance"]) for row in rows_of(ConclusionEvidence)] == [
        (photo.statements[0], "for")
    ]
    shown = html(app)
    assert "1 · Ik word geholpen in een taal die ik begrijp." in shown
    assert (
        "Stelling, steunt dit. Eens: gemeente 85\N{NO-BREAK SPACE}%, bewoners 23\N{NO-BREAK SPACE}%, jongeren 2 van 6"
        in shown
    )
    assert "1 stelling" in shown
    app.button(key=f"take_statement_1_{photo.statements[0]}").click().run()
    assert rows_of(ConclusionEvidence) == []


def test_a_button_says_what_it_waits_for_where_nothing_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    _photo()
    app = _page(monkeypatch)

    app.button(key="lay_statements_for_1").click().run()

    assert "Kies eerst stellingen, in het veld boven de knop." in said(app)
    assert rows_of(ConclusionEvidence) == []


def test_a_statement_against_a_conclusion_says_the_opposite_and_is_no_second_voice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    photo = _photo()
    found = make_finding(make_document(photo.startfoto, "Wijkmonitor"), "Een op de drie mist een brief.")
    write(lay_evidence, who=LEADER, conclusion_id=1, finding_ids=[found], stance=Stance.FOR)
    write(
        lay_evidence, who=LEADER, conclusion_id=1, statement_ids=[photo.statements[1]], stance=Stance.AGAINST
    )

    shown = html(_page(monkeypatch))

    assert "Stelling, zegt het tegendeel." in shown
    assert "concept: één stem" in shown


def test_while_the_statements_are_open_none_can_be_laid_and_no_figure_stands_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    photo = _photo(is_closed=False)
    write(lay_evidence, who=LEADER, conclusion_id=1, statement_ids=[photo.statements[0]], stance=Stance.FOR)

    app = _page(monkeypatch)

    assert [field.key for field in app.multiselect if str(field.key).startswith("lay_statements")] == []
    assert "Eens:" not in html(app)
