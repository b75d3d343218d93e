"""What was frozen is told as it was: also after a choice has another name, another word and another look."""

import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from exports.agenda.build import build_agenda, build_files
from exports.sentences.methods import WORDS, Says
from exports.sentences.methods import frozen as earlier_methods
from exports.sentences.methods.words import Asked, Counted, Told, Words
from models.basics.words import Copy, RuleKind, Step
from models.signing.agenda import has_changed_since, read_agenda
from models.signing.files import AgendaDocument, agenda_document, publish
from models.signing.shape import frozen
from models.storage.database import reading
from models.tables import Agenda
from models.voting.methods import METHODS
from models.voting.methods.method import Choice, Look, Mark, Numbering, Shape
from phone.partner.text import agenda_text
from tests.builders import (
    LEADER,
    Room,
    cast_all,
    close_and_reveal,
    make_agenda,
    make_round,
    make_workshop,
)
from tests.earlier.conftest import Earlier
from tests.earlier.test_earlier_versions import words_of
from tests.phone.conftest import JSON
from tests.phone.partner_room import phone

TERMS: dict[str, dict[str, Any]] = {
    "consent": {"rule": RuleKind.EVERY_GROUP, "share": 50},
    "gradients": {"rule": RuleKind.LEVEL, "level": "6", "tolerated": 3},
    "fist of five": {"rule": RuleKind.SHARE_OF_VOTES, "share": 60},
    "dots": {"rule": RuleKind.TOP, "top": 1, "budget": 5},
    "score": {"rule": RuleKind.SHARE_OF_VOTES, "share": 60},
    "statement": {"rule": RuleKind.SHARE_OF_VOTES, "share": 60},
}


def rename(patch: pytest.MonkeyPatch) -> None:
    """Give every choice of every method another name, another word and another look, as a later version may."""
    for name, method in list(METHODS.items()):
        renamed = tuple(
            Choice(f"anders {place}", Mark.CONCERN) for place, _choice in enumerate(method.choices)
        )
        look = Look(Shape.BARS, Numbering.ALONE, says_without_objection=name != "consent")
        patch.setitem(METHODS, name, replace(method, choices=renamed, look=look))
        said = Words(
            Asked("Anders", "Anders?"),
            Told(
                "Anders",
                pattern="Anders {choice}",
                columns={choice.value: "Anders" for choice in method.choices},
                dots=Counted(("{count} plakker", "{count} plakkers")) if name == "dots" else None,
                in_favour="Anders is voor.",
            ),
        )
        patch.setitem(WORDS, name, _says(said))


def _says(said: Words) -> Says:
    return lambda _gettext, _forms: said


def told(document: AgendaDocument) -> list[Any]:
    """Return both copies of an agenda as bytes, and what a partner reads of it in each language."""
    content = frozen(document.content)
    return [
        *(build_agenda(document, copy) for copy in Copy),
        *(asdict(agenda_text(content, language)) for language in ("nl", "en")),
    ]


def stored(agenda_id: int) -> tuple[str, str]:
    with reading() as session:
        agenda = session.get_one(Agenda, agenda_id)
        return agenda.content, agenda.sha256


def document_of(agenda_id: int) -> AgendaDocument:
    with reading() as session:
        return agenda_document(session, agenda_id)


def voted_by_every_method() -> Room:
    """Return a room with a revealed round by each method, in which every choice was made."""
    room = make_workshop(people={"Bewoners": 12, "Gemeenschappen": 8}, partners=["Selam"], step=Step.DRAFT)
    for method, terms in TERMS.items():
        vote = make_round(room, items=2 if method == "dots" else 1, method=method, **terms)
        values = [choice.value for choice in METHODS[method].choices]
        cast_all(vote, [(person, values[place % len(values)]) for place, person in enumerate(room.people)])
        close_and_reveal(vote)
    return room


def test_an_agenda_carries_the_look_and_the_words_of_each_method_in_it_in_both_languages(
    database: str,
) -> None:
    room = voted_by_every_method()

    content, _ = stored(make_agenda(room))

    methods = json.loads(content)["methods"]
    assert set(methods) == set(METHODS)
    assert methods["gradients"]["look"]["numbering"] == "before"
    assert methods["gradients"]["words"]["nl"]["labels"]["8"] == "Ik houd het tegen"
    assert methods["gradients"]["words"]["en"]["labels"]["8"] == "I stop this"
    assert methods["dots"]["words"]["nl"]["dots"]["forms"] == ["{count} stip", "{count} stippen"]


def test_an_agenda_that_is_frozen_now_is_told_the_same_after_its_choices_are_renamed(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = voted_by_every_method()
    agenda_id = make_agenda(room)
    kept, before = stored(agenda_id), told(document_of(agenda_id))

    rename(monkeypatch)

    assert told(document_of(agenda_id)) == before
    assert stored(agenda_id) == kept
    assert hashlib.sha256(kept[0].encode()).hexdigest() == kept[1]


def test_other_words_alone_do_not_make_what_was_frozen_read_as_changed(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = voted_by_every_method()
    agenda_id = make_agenda(room)

    monkeypatch.setitem(WORDS, "consent", WORDS["statement"])

    with reading() as session:
        assert not has_changed_since(session, agenda_id)


def test_a_later_edition_of_an_agenda_has_the_same_text_and_is_found_by_its_bytes(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = voted_by_every_method()
    agenda_id = make_agenda(room)
    rename(monkeypatch)

    publish(agenda_id, who=LEADER, build=build_files)

    with reading() as session:
        agenda = read_agenda(session, room.workshop_id)
    assert agenda is not None
    with phone() as browser:
        kept = browser.get(f"/d/{agenda.public_token}/agenda.docx").content
        check = browser.post("/check", files={"file": ("agenda.docx", kept)}, headers=JSON)
        by_code = browser.post("/check", data={"code": agenda.sha256[:12]}, headers=JSON)
    assert (check.status_code, by_code.status_code) == (200, 200)
    assert "Ik houd het tegen" in words_of(kept) and "Anders" not in words_of(kept)


def test_an_agenda_of_an_earlier_version_is_told_the_same_after_its_choices_are_renamed(
    earlier: Earlier, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in (Step.SIGN, Step.AGENDA, Step.PROGRESS):
        with reading() as session:
            agenda = read_agenda(session, earlier.places[step].workshop_id)
        assert agenda is not None
        kept, before = stored(agenda.id), told(document_of(agenda.id))

        with monkeypatch.context() as patch:
            rename(patch)
            after = told(document_of(agenda.id))

        assert after == before, (earlier.version, step)
        assert stored(agenda.id) == kept
        assert kept[1] == agenda.sha256 == hashlib.sha256(kept[0].encode()).hexdigest()


def test_what_the_first_agendas_meant_is_written_down_for_good() -> None:
    table = Path(earlier_methods.__file__).with_name("format_1.json")

    assert hashlib.sha256(table.read_bytes()).hexdigest() == (
        "c5dd4be37594d44f98266da75369afef8c23a3bd8b00fc65044d0ac8f35ae0ef"
    ), "agendas that were frozen before they carried their own words are told by this table: it never changes"
