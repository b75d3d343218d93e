"""The pages of the startfoto: where nobody was heard first, marks and their undo, conclusions and points."""

import json
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from models.baseline.conclusions import change_conclusion
from models.baseline.field import type_in_field
from models.baseline.findings import keep_words, narrow_consent
from models.baseline.sources import add_source, field_token, speaker_token
from models.basics.words import Consent, SourceKind
from models.example.startfoto import load_startfoto
from models.reports.freezing import freeze_report
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Baseline, BaselineSource, Finding, Proposal
from tests.builders import (
    LEADER,
    allow,
    make_conclusion,
    make_document,
    make_finding,
    make_interview,
    make_quote,
    make_startfoto,
    make_workshop,
    read_note,
    rows_of,
)
from tests.builders.startfoto import DRAWS, LETTER
from tests.laid_ready import laid_ready
from tests.pages.opened import html, opened, said, sign_in_as, undo
from tests.questions import questions_asked

pytestmark = pytest.mark.usefixtures("sqlite")


def _data(app: AppTest, name: str) -> dict[str, Any]:
    [drawn] = [one for one in app.get("bidi_component") if one.proto.component_name == name]
    found: dict[str, Any] = json.loads(drawn.proto.json)
    return found


def _open(page: str, **query: str) -> AppTest:
    return opened(page, alliance="1", **query)


def test_a_startfoto_is_begun_with_themes_in_the_language_of_the_alliance(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_workshop()
    sign_in_as("Iris", monkeypatch)
    app = _open("startfoto.py")

    app.button(key="begin_baseline").click().run()

    assert not app.exception
    assert len(rows_of(Baseline)) == 1
    assert "Thuis voelen" in _data(app, "handslag_coverage")["html"]


def test_where_nobody_was_heard_is_said_before_anything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    laid_ready(load_startfoto, "collect")
    sign_in_as("Iris", monkeypatch, language="nl")

    app = _open("startfoto.py")

    assert not app.exception
    assert "Op 9 van de 32 plekken sprak nog niemand." in html(app)
    matrix = _data(app, "handslag_coverage")["html"]
    assert matrix.count('data-side="') == 9
    assert [title.value for title in app.title] == ["Verzamelen"]


def test_an_interview_is_added_and_its_page_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    make_startfoto()
    sign_in_as("Iris", monkeypatch)
    app = _open("startfoto.py")
    app.text_input(key="source_role").input("volunteer").run()

    app.button(key="add_source").click().run()

    assert not app.exception
    assert [title.value for title in app.title] == ["Interview with Resident 1"]
    assert "Baseline 1 · Interview · volunteer" in html(app)


def test_a_source_that_cannot_be_stored_keeps_what_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    make_startfoto()
    sign_in_as("Iris", monkeypatch)
    app = _open("startfoto.py")
    app.button_group(key="source_kind").set_value(SourceKind.LITERATURE).run()
    app.text_input(key="source_reference").input("2024, p. 3").run()

    app.button(key="add_source").click().run()

    assert "The title is missing." in said(app)
    assert app.text_input(key="source_reference").value == "2024, p. 3"


def test_a_mark_is_one_write_and_the_message_takes_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto)
    sign_in_as("Iris", monkeypatch)
    app = _open("startfoto.py", source=str(source))
    note = json.loads(_data(app, "handslag_note_marks")["page"])["note"]

    pressing = AppTest.from_function(_marking, default_timeout=30)
    pressing.session_state["asked"] = (
        source,
        {
            "starts": note.index(LETTER),
            "ends": note.index(LETTER) + len(LETTER),
            "words": LETTER,
            "theme": startfoto.themes["Taal"],
            "request": "1-2-3-4",
        },
    )
    pressing.run()
    with questions_asked() as asked:
        pressing.button(key="press").click().run()

    assert len([question for question in asked if question.startswith("INSERT INTO finding ")]) == 1
    assert [finding.text for finding in read_note(source).findings] == [LETTER]
    app.run()
    undo(app).click().run()
    assert rows_of(Finding) == []


def _marking() -> None:
    import streamlit as st

    from pages.parts.baseline.note_marks import mark

    source_id, asked = st.session_state["asked"]
    st.button("press", key="press", on_click=mark, args=(source_id, asked))


def test_a_telling_word_is_asked_about_before_anything_else_and_made_vaguer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = make_interview(make_startfoto())
    quote = make_quote(source, DRAWS)
    allow(quote)
    sign_in_as("Iris", monkeypatch)
    app = _open("startfoto.py", source=str(source))
    assert "This can betray somebody: Samira." in html(app)

    app.text_input(key=f"vaguer_{quote}_Samira").input("een medewerker").run()
    app.button(key=f"make_vaguer_{quote}_Samira").click().run()

    assert not app.exception
    assert "This can betray somebody" not in html(app)
    assert read_note(source).findings[0].released_at is not None


def test_consent_and_themes_are_stored_as_they_are_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto)
    quote = make_quote(source, LETTER)
    sign_in_as("Iris", monkeypatch)
    app = _open("startfoto.py", source=str(source))

    app.button_group(key=f"themes_{quote}").set_value([startfoto.themes["Taal"]]).run()
    app.button_group(key=f"consent_{quote}").set_value("with role").run()

    (found,) = read_note(source).findings
    assert (found.theme_ids, found.consent, found.consent_by) == (
        [startfoto.themes["Taal"]],
        "with role",
        "Iris",
    )


def test_a_note_is_typed_and_what_is_no_quote_any_more_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    source = make_interview(make_startfoto())
    make_quote(source, LETTER)
    sign_in_as("Iris", monkeypatch)
    app = _open("startfoto.py", source=str(source))
    app.button(key="note_changes_button").click().run()

    app.text_area(key=f"note_typed_{source}").input("Heel iets anders.").run()
    app.button(key="store_note").click().run()

    assert not app.exception
    assert read_note(source).note == "Heel iets anders."
    assert "Finding 1 is no quote any more" in said(app)


def test_the_words_of_what_is_not_released_stand_on_no_page_but_where_one_collects(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto)
    quote = make_quote(source, DRAWS)
    make_conclusion(startfoto, "The desk helps too little.", supporting=[quote])
    sign_in_as("Iris", monkeypatch)

    note, conclusions = _open("startfoto.py", source=str(source)), _open("conclusions.py")

    assert "Samira" in html(note)
    everything = html(conclusions) + said(conclusions) + str(conclusions.multiselect)
    assert "Finding 1: not released yet" in everything
    assert "Samira" not in everything
    assert "Samira" not in html(_open("startfoto.py")) + html(_open("events.py"))


def test_a_conclusion_says_on_what_it_rests_and_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    laid_ready(load_startfoto, "conclusions")
    sign_in_as("Iris", monkeypatch, language="nl")

    app = _open("conclusions.py")

    assert not app.exception
    drawn = html(app)
    assert "5 bevindingen · 3 soorten bronnen · 1 zegt het tegendeel." in drawn
    assert "Niemand is gehoord van: gemeenschappen." in drawn
    assert "concept: één stem" in drawn
    for heard in ("<b>2</b> van de gemeente", "<b>2</b> bewoners", "<b>1</b> organisatie<"):
        assert heard in drawn
    assert "<b>nog niemand</b><span>gemeenschappen</span>" in drawn
    assert "is nu een voorstel" in said(app) + drawn + str(app.main)
    assert "opgepakt: voorstel" not in str(app.main)


def test_a_finding_is_laid_beside_a_conclusion_and_taken_away_again(monkeypatch: pytest.MonkeyPatch) -> None:
    startfoto = make_startfoto()
    finding = make_finding(make_interview(startfoto), "The letters are too long.")
    conclusion = make_conclusion(startfoto, "Letters are too long.")
    sign_in_as("Iris", monkeypatch)
    app = _open("conclusions.py")

    app.multiselect(key=f"lay_{conclusion}").set_value([finding]).run()
    app.button(key=f"lay_for_{conclusion}").click().run()

    assert "1 finding · 1 kind of source" in html(app)
    undo(app).click().run()
    assert "0 findings" in html(app)


def test_one_click_makes_a_proposal_of_a_point(monkeypatch: pytest.MonkeyPatch) -> None:
    laid_ready(load_startfoto, "conclusions")
    sign_in_as("Iris", monkeypatch)
    app = _open("conclusions.py")

    app.button(key="propose_1").click().run()

    assert not app.exception
    assert len(rows_of(Proposal)) == 2
    assert "It is a proposal now" in said(app)


def test_sixty_sources_ask_the_database_as_often_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    startfoto = make_startfoto()
    make_interview(startfoto)
    sign_in_as("Iris", monkeypatch)
    _open("startfoto.py")
    with questions_asked() as one:
        _open("startfoto.py")

    def many(session: Any) -> None:
        for _ in range(59):
            add_source(
                session,
                who=LEADER,
                baseline_id=startfoto.baseline_id,
                kind=SourceKind.INTERVIEW,
                side="residents",
                note=LETTER,
            )

    write(many)
    with questions_asked() as sixty:
        app = _open("startfoto.py")

    assert len(sixty) == len(one)
    assert not app.exception
    assert _data(app, "handslag_sources")["html"].count("<button") == 20


def test_the_sources_stand_in_columns_with_headings_and_each_has_one_way_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto, side="communities", role="<b>voorzitter</b> van een zondagsschool")
    sign_in_as("Iris", monkeypatch)

    drawn = _data(_open("startfoto.py"), "handslag_sources")["html"]

    heads = re.findall(r'<th role="columnheader" scope="col">([^<]+)</th>', drawn)
    assert heads == ["Kind", "Source", "Side", "Day", "Findings", "Consent"]
    assert "&lt;b&gt;voorzitter&lt;/b&gt;" in drawn
    [way] = re.findall(r'<button type="button" data-source="(\d+)">(.*?)</button>', drawn)
    assert way == (str(source), 'Open<span class="unseen"> Community 1</span>')


def test_places_in_a_note_are_counted_as_a_browser_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto, note="Wie hielp u? 🙂\n\nWie luisterde?\n\n🙂 Mijn buur 🙂 hielp.")
    make_quote(source, "Mijn buur 🙂 hielp.")
    sign_in_as("Iris", monkeypatch)

    page = json.loads(_data(_open("startfoto.py", source=str(source)), "handslag_note_marks")["page"])

    units = page["note"].encode("utf-16-le")
    [mark], [asked] = page["marks"], page["asked"]
    assert units[2 * mark["from"] : 2 * mark["to"]].decode("utf-16-le") == "Mijn buur 🙂 hielp."
    assert units[2 * asked[0] : 2 * asked[1]].decode("utf-16-le") == "Wie luisterde?"


def test_another_alliances_source_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    make_startfoto()
    other = make_startfoto()
    source = make_interview(other)
    sign_in_as("Iris", monkeypatch)

    app = _open("startfoto.py", source=str(source))

    assert "This source does not stand here any more." in said(app)
    with reading() as session:
        assert session.get_one(Baseline, other.baseline_id).alliance_id == 2


@pytest.mark.parametrize(
    ("step", "finding", "action"),
    [
        ("collect", "Op 9 van de 32 plekken sprak nog niemand.", "Verzamelen"),
        ("conclusions", "Met bewijs: 2 van de 5 conclusies.", "Naar de conclusies"),
    ],
)
def test_the_home_says_where_the_startfoto_stands_and_has_one_next_action(
    step: str, finding: str, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_ready(load_startfoto, step)
    sign_in_as("Iris", monkeypatch, language="nl")

    app = opened("home.py", alliance="1")

    assert not app.exception
    assert finding in html(app)
    assert action in [link.proto.label for link in app.get("page_link")]


def test_the_report_is_frozen_on_the_page_with_its_control_words(monkeypatch: pytest.MonkeyPatch) -> None:
    laid_ready(load_startfoto, "conclusions")
    sign_in_as("Iris", monkeypatch, language="nl")
    app = _open("conclusions.py")
    assert app.button(key="report_panel_button").label == "Maak het verslag"
    app.button(key="report_panel_button").click().run()

    app.button(key="freeze_report").click().run()

    assert not app.exception
    # What is made is not made again: the same button now opens it.
    assert app.button(key="report_panel_button").label == "Bekijk het verslag"
    assert "Zes controlewoorden:" in html(app)
    assert "Uitgave 1" in said(app)


def test_before_the_freeze_one_reads_which_conclusions_and_which_evidence_the_report_would_tell_half(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto)
    quotes = [make_quote(source, LETTER), make_quote(source, DRAWS)]
    document = make_finding(make_document(startfoto, "Wijkmonitor"), "Een op de drie mist een brief.")
    make_conclusion(startfoto, "Brieven zijn te lang.", supporting=[*quotes, document])
    sure = make_conclusion(startfoto, "Helpen is gewoon.", supporting=[quotes[0], document])
    write(change_conclusion, who=LEADER, conclusion_id=sure, opposite_sought=True)
    sign_in_as("Iris", monkeypatch, language="nl")

    app = _open("conclusions.py")
    assert "freeze_report" not in [button.key for button in app.button]
    app.button(key="report_panel_button").click().run()

    told = said(app)
    assert "Conclusie 1 is een concept. Het verslag zegt dat, en waarom." in told
    assert (
        "2 bevindingen naast conclusies mogen nog niet mee: kijk bij 1 en 2. Het verslag telt ze, zonder hun woorden."
        in told
    )
    for quote in quotes:
        allow(quote)
        write(keep_words, who=LEADER, finding_id=quote)
    write(change_conclusion, who=LEADER, conclusion_id=1, opposite_sought=True)
    assert "voordat u het vaststelt" not in said(app.run())


def test_a_quote_that_was_taken_back_after_the_freeze_is_told_until_the_next_edition_leaves_it_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto)
    quote, other = make_quote(source, LETTER), make_finding(source, "Brieven zijn te lang.")
    for finding in (quote, other):
        allow(finding)
    make_conclusion(startfoto, "Brieven zijn te lang.", supporting=[quote, other])
    write(freeze_report, who=LEADER, baseline_id=startfoto.baseline_id)
    sign_in_as("Iris", monkeypatch, language="nl")
    assert "ingetrokken" not in said(_open("conclusions.py"))
    with reading() as session:
        token = speaker_token(session.get_one(BaselineSource, source))
    write(narrow_consent, token=token, finding_id=quote, consent=Consent.NONE)

    app = _open("conclusions.py")
    told = said(app)
    app.button(key="report_panel_button").click().run()
    app.button(key="freeze_report").click().run()

    assert not app.exception
    assert "1 citaat in deze uitgave is sindsdien ingetrokken. Het staat niet in de volgende uitgave." in told
    assert "Uitgave 2" in said(app)
    assert "ingetrokken" not in said(app)


def test_a_talk_that_is_planned_from_a_conclusion_begins_on_the_side_that_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laid_ready(load_startfoto, "conclusions")
    sign_in_as("Iris", monkeypatch)
    (plan,) = [link for link in _open("conclusions.py").get("page_link") if link.proto.label == "Plan a talk"]

    app = _open("startfoto.py", side="communities")

    assert "side=communities" in plan.proto.query_string
    assert app.selectbox(key="source_side").value == "communities"


def test_an_interview_has_a_link_for_the_phone_and_one_for_who_spoke(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HANDSLAG_URL", "https://samen.merenveld.example")
    source = make_interview(make_startfoto())
    sign_in_as("Iris", monkeypatch)
    app = _open("startfoto.py", source=str(source))

    app.button(key="source_links_button").click().run()

    assert not app.exception
    links = re.findall(r'class="link-text">(https://samen\.merenveld\.example/[ic]/[a-z2-7]{26})<', html(app))
    assert len(links) == 2
    app.button(key="renew_speaker_link").click().run()
    renewed = re.findall(r'class="link-text">([^<]*)<', html(app))
    assert (renewed[0] == links[0], renewed[1] == links[1]) == (True, False)


def test_what_came_in_from_a_phone_stands_beside_its_link_and_the_link_can_be_withdrawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HANDSLAG_URL", "https://samen.merenveld.example")
    source = make_interview(make_startfoto(), "")
    with reading() as session:
        token = field_token(session.get_one(BaselineSource, source))
    write(type_in_field, token=token, phone="een", note="a1", sequence=1, text="Een brief.", heading="Vraag")
    sign_in_as("Iris", monkeypatch, language="nl")
    app = _open("startfoto.py", source=str(source))

    app.button(key="source_links_button").click().run()
    shown = html(app)
    told = said(app)
    app.button(key="withdraw_field_link_asks_button").click().run()
    app.button(key="withdraw_field_link").click().run()

    assert not app.exception
    assert f"/i/{token}" in shown
    assert "1 notitie kwam binnen" in told
    assert f"/i/{token}" not in html(app)
