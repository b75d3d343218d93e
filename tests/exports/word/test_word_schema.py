"""Every kind of file that leaves keeps to the schema of Office Open XML, whatever people typed, in both languages."""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

import exports
from exports.agenda.build import build_agenda
from exports.baseline.report import build_report
from exports.evening.evening_report import build_evening
from exports.handouts.badges import Badge, Meeting, build_badges
from exports.handouts.ballot_sheets import Question, Sheet, build_ballot_sheets
from exports.handouts.mediation_record import MediationRecord, RecordedAgreement, build_mediation_record
from exports.handouts.partner_links import LinkCard, build_partner_links
from exports.handouts.seats import SeatedPerson, build_seat_cards, build_seat_list, build_table_cards
from exports.plan.document import build_plan
from models.baseline.baseline import newest_baseline
from models.basics.words import Copy
from models.encounters.document import evening_document
from models.encounters.ending import end_meeting
from models.example.evening import load_evening
from models.example.startfoto import load_startfoto
from models.planning.document import plan_document
from models.reports.freezing import draft_document
from models.storage.database import reading
from models.storage.writing import write
from models.voting.methods import METHODS
from models.voting.methods.method import DotBudget, choices_of
from tests.builders import LEADER
from tests.exports.make_agenda import FROZEN_AT, make_agenda, make_content, make_signatures
from tests.laid_ready import laid_ready

# The oldest and the newest program that reads it: the schema grew, and nothing of ours may need the growth.
FORMATS = (FileFormat.OFFICE_2010, FileFormat.MICROSOFT_365)
HOSTILE = (
    "<w:p/> & \"]]>\" '{name}' %s \x00\x07\x0b\x0c\x1b[31m \u202edrowkcab\u202c \ud800 \ufffe \ufdd0 "
    "👩‍👩‍👦‍👦🫶🏽 نريد أن نلتقي بجيراننا\u2028ሰላም\r\n\tZoë "
)
BUDGET = DotBudget(5, can_stack=True)
LINK = "https://merenveld.example/j/N6W9H/ACDE3467?naam=%C3%AB&amp;=<"


def hostile(value: Any) -> Any:
    """Return the same data with nasty content wherever people type: every text that has a space in it, and names."""
    if isinstance(value, dict):
        return {key: each if key in _FIXED else hostile(each) for key, each in value.items()}
    if isinstance(value, list):
        return [hostile(each) for each in value]
    return f"{HOSTILE}{value}" if isinstance(value, str) and " " in value else value


# Words of ours, days, and names by which one part of the content points at another.
_FIXED = {
    "rule", "decision", "status", "follow_up", "kind", "closed_at", "held_on", "language", "time_zone", "month",
}  # fmt: skip


def agenda(language: str, nasty: bool, copy_for: Copy, **changes: Any) -> bytes:
    document = make_agenda(language, **changes)
    if nasty:
        signatures = [
            replace(one, name=HOSTILE, role=HOSTILE, reservation=HOSTILE, consent=HOSTILE, witness=HOSTILE)
            for one in document.signatures
        ]
        document = replace(document, content=hostile(document.content), signatures=signatures)
    return build_agenda(document, copy_for)


def bare_agenda(language: str, nasty: bool) -> bytes:
    """Return an agenda in which everything that may be missing is missing."""
    content = make_content(language) | {
        "partners": [], "principles": [], "not_adopted": [], "agreements": [], "address": None,
        "next_meeting_on": None, "coherence": {"partners": [], "rows": [], "gaps": []},
    }  # fmt: skip
    content["participants"] |= {"groups": [], "without_group": 0, "heads_counted": None, "sources": {}}
    return agenda(language, nasty, Copy.PARTNERS, content=content, signatures=[], closed_at=None)


def meeting(language: str, nasty: bool, address: str | None = "merenveld.example") -> Meeting:
    name = HOSTILE * 3 if nasty else "Alliantie Merenveld"
    return Meeting(name, "N6W9H", language, "Europe/Amsterdam", address, FROZEN_AT)


def badges(language: str, nasty: bool, *, has_qr: bool) -> bytes:
    group = HOSTILE if nasty else "Bewoners"
    cards = [Badge(f"ACDE346{place}", group, LINK if has_qr else None) for place in range(5)]
    return build_badges(meeting(language, nasty, "merenveld.example" if has_qr else None), cards)


def partner_links(language: str, nasty: bool) -> bytes:
    name = HOSTILE * 2 if nasty else "Poolse School Jaskółka"
    cards = [LinkCard(name, "organisation", name if place else "", LINK) for place in range(7)]
    return build_partner_links(meeting(language, nasty), cards)


def sheets(language: str, nasty: bool, method: str, texts: int) -> bytes:
    text = HOSTILE if nasty else "Wij nemen geen besluit over een groep zonder die groep aan tafel."
    budget = BUDGET if method == "dots" else None
    question = Question([text, None] * texts, method, choices_of(METHODS[method], budget), budget)
    cards = [
        Sheet(f"ACDE346{place}", place, HOSTILE if nasty else "Bewoners" if place else None)
        for place in range(3)
    ]
    return build_ballot_sheets(meeting(language, nasty), question, cards)


def seated(nasty: bool) -> list[SeatedPerson]:
    name = HOSTILE if nasty else "Fatma Yıldız"
    return [SeatedPerson(1, name, name, [4, 12, None]), SeatedPerson(23, None, None, [])]


def mediation_record(language: str, nasty: bool) -> bytes:
    text = HOSTILE if nasty else "Wij groeten elkaar, ook als wij het oneens zijn."
    return build_mediation_record(
        MediationRecord(
            language,
            "Europe/Amsterdam",
            text,
            [text, text],
            [text],
            [RecordedAgreement(text, 42)],
            is_vertical=nasty,
            ended="" if nasty else text,
            made_at=FROZEN_AT,
        )
    )


KINDS: dict[str, Callable[[str, bool], bytes]] = {
    "the partners' copy": partial(agenda, copy_for=Copy.PARTNERS),
    "the public copy": partial(agenda, copy_for=Copy.PUBLIC),
    "a copy while signing is open": partial(agenda, copy_for=Copy.PARTNERS, closed_at=None),
    "a later edition with typed signatures": partial(
        agenda, copy_for=Copy.PARTNERS, edition=2, signatures=make_signatures(with_drawings=False)
    ),
    "an agenda with nothing in it": bare_agenda,
    "badges": partial(badges, has_qr=False),
    "badges with QR codes": partial(badges, has_qr=True),
    "partners' links": partner_links,
    "cards for tables": lambda language, nasty: build_table_cards(meeting(language, nasty), 3),
    "cards for who sits there": lambda language, nasty: build_seat_cards(
        meeting(language, nasty), seated(nasty)
    ),
    "the list for at the door": lambda language, nasty: build_seat_list(
        meeting(language, nasty), seated(nasty)
    ),
    "the record of a mediation": mediation_record,
    "cut ballot sheets": partial(sheets, method="consent", texts=1),
    **{f"long ballot sheets, {each}": partial(sheets, method=each, texts=5) for each in METHODS},
}


@pytest.fixture(scope="module")
def validators() -> list[OpenXmlValidator]:
    return [OpenXmlValidator(file_format=each, max_errors=0) for each in FORMATS]


@pytest.mark.parametrize("nasty", [False, True], ids=["as in life", "nasty"])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_leaves_keeps_to_the_schema(
    kind: str, language: str, nasty: bool, validators: list[OpenXmlValidator], tmp_path: Path
) -> None:
    file = tmp_path / "file.docx"
    file.write_bytes(KINDS[kind](language, nasty))

    found = [error for validator in validators for error in validator.validate(file).errors]

    assert [f"{error.part_uri} {error.path}: {error.description}" for error in found] == []


# What a report holds that people typed: all else is a word of ours.
_TYPED = {"text", "title", "reference", "role", "name", "who_could", "place", "words", "note"}


def typed_hostile(value: Any, key: str = "") -> Any:
    """Return the same report with nasty content wherever people type."""
    if isinstance(value, dict):
        return {name: typed_hostile(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [typed_hostile(each, key) for each in value]
    return f"{HOSTILE}{value}" if isinstance(value, str) and key in _TYPED else value


@pytest.mark.parametrize("nasty", [False, True], ids=["as in life", "nasty"])
def test_the_report_of_a_startfoto_keeps_to_the_schema(
    nasty: bool, sqlite: str, validators: list[OpenXmlValidator], tmp_path: Path
) -> None:
    loaded = laid_ready(load_startfoto, "conclusions")
    with reading() as session:
        newest = newest_baseline(session, loaded.alliance_id)
        assert newest is not None
        document = draft_document(session, newest.id)
    if nasty:
        document = replace(document, content=typed_hostile(document.content))
    file = tmp_path / "report.docx"
    file.write_bytes(build_report(document))

    found = [error for validator in validators for error in validator.validate(file).errors]

    assert [f"{error.part_uri} {error.path}: {error.description}" for error in found] == []


def read_hostile(value: Any) -> Any:
    """Return the same rows with nasty content in every text that has a space in it."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value,
            **{each.name: read_hostile(getattr(value, each.name)) for each in fields(value) if each.init},
        )
    if isinstance(value, tuple | list):
        return type(value)(read_hostile(each) for each in value)
    return f"{HOSTILE}{value}" if type(value) is str and " " in value else value


@pytest.mark.parametrize("nasty", [False, True], ids=["as in life", "nasty"])
def test_the_plan_of_approach_keeps_to_the_schema(
    nasty: bool, sqlite: str, validators: list[OpenXmlValidator], tmp_path: Path
) -> None:
    loaded = laid_ready(load_startfoto, "conclusions")
    with reading() as session:
        document = plan_document(session, loaded.alliance_id, date(2026, 11, 24), with_map=True)
    file = tmp_path / "plan.docx"
    file.write_bytes(build_plan(read_hostile(document) if nasty else document))

    found = [error for validator in validators for error in validator.validate(file).errors]

    assert [f"{error.part_uri} {error.path}: {error.description}" for error in found] == []


@pytest.mark.parametrize("nasty", [False, True], ids=["as in life", "nasty"])
def test_what_an_evening_did_keeps_to_the_schema(
    nasty: bool, sqlite: str, validators: list[OpenXmlValidator], tmp_path: Path
) -> None:
    loaded = laid_ready(load_evening, "end")
    write(end_meeting, who=LEADER, workshop_id=loaded.workshop_id)
    with reading() as session:
        document = evening_document(session, loaded.workshop_id)
    file = tmp_path / "evening.docx"
    file.write_bytes(build_evening(read_hostile(document) if nasty else document))

    found = [error for validator in validators for error in validator.validate(file).errors]

    assert [f"{error.part_uri} {error.path}: {error.description}" for error in found] == []


def test_every_kind_of_word_file_is_looked_at() -> None:
    written = {
        file.stem
        for file in Path(str(exports.__file__)).parent.rglob("*.py")
        if re.search(r"^\s+paper = Paper\(", file.read_text(), re.MULTILINE)
    }

    assert written == {
        "build", "badges", "ballot_sheets", "partner_links", "report", "seats", "mediation_record", "document",
        "evening_report",
    }  # fmt: skip
