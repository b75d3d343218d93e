"""Freeze, sign, close: one standing answer per partner, files kept as they were made."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from exports.sentences.methods import words_to_freeze
from models.agreeing.agreement import drop_agreement
from models.alliance.partner import change_partner, remove_partner
from models.basics.clock import today
from models.basics.errors import (
    AgendaClosed,
    AnswersChanged,
    InUse,
    InvalidValue,
    NotFound,
    TextMissing,
    TextTooLong,
)
from models.basics.words import Copy
from models.installation.address import choose_address
from models.installation.installation import prepare_installation
from models.signing.agenda import (
    AnswerStored,
    answer_agenda,
    freeze_agenda,
    public_copy_token,
    set_closing_date,
)
from models.signing.files import (
    AgendaDocument,
    BuiltFile,
    agenda_document,
    agenda_file,
    agendas_to_close,
    check_document,
    find_public_copy,
    list_files,
    publish,
)
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Agenda, AgendaFile, Event, Signature
from models.upkeep import keep_promises
from tests.builders import (
    CONSENT,
    LEADER,
    Room,
    agenda_of,
    make_agenda,
    make_agreement,
    make_workshop,
    post_all,
    rows_of,
)

STROKES = "[[10, 20, 30, 40, 600, 200], [0, 0]]"


def _ready() -> tuple[Room, int]:
    room = make_workshop(people=3, partners=["Municipality", "Selam", "Neighbours"])
    make_agreement(room, owner="Selam", what="We eat together.")
    return room, make_agenda(room)


def _answer(room: Room, agenda: int, partner: str, answer: str = "signed", **more: object) -> AnswerStored:
    arguments: dict[str, object] = {"name": "Şükrü Yıldız", "role": "voorzitter", "consent": CONSENT}
    stored = write(
        answer_agenda,
        agenda_id=agenda,
        partner_id=room.partners.get(partner, 4711),
        answer=answer,
        **{**arguments, **more},
    )
    assert isinstance(stored, AnswerStored)
    return stored


def _answers(room: Room) -> dict[str, str | None]:
    return {one.partner.name: one.answer for one in agenda_of(room).partners}


def build(document: AgendaDocument) -> list[BuiltFile]:
    """Make files that tell what they were made from."""
    answers = [f"{given.partner_name}: {given.answer}" for given in document.signatures]
    return [
        BuiltFile(copy_for, "docx", f"{copy_for} {document.version}.{document.edition} {answers}".encode())
        for copy_for in (Copy.PARTNERS, Copy.PUBLIC)
    ]


class TestAnswers:
    def test_each_partner_gives_one_answer(self, database: str) -> None:
        room, agenda = _ready()

        _answer(room, agenda, "Selam", drawn=STROKES, witness=" Iris ")
        _answer(room, agenda, "Municipality", "reserved", reservation="Subject to the board.")
        _answer(room, agenda, "Neighbours", "declined")

        assert _answers(room) == {"Municipality": "reserved", "Selam": "signed", "Neighbours": "declined"}
        municipality, selam, _neighbours = agenda_of(room).partners
        assert (municipality.reservation, municipality.drawn) == ("Subject to the board.", [])
        assert (selam.name, selam.role, selam.consent) == ("Şükrü Yıldız", "voorzitter", CONSENT)
        assert (selam.drawn, selam.witness) == ([[10, 20, 30, 40, 600, 200], [0, 0]], "Iris")
        assert selam.signed_at is not None

    def test_an_answer_can_be_changed_and_the_earlier_one_is_kept(self, database: str) -> None:
        room, agenda = _ready()

        for answer in ("declined", "signed"):
            _answer(room, agenda, "Selam", answer)

        assert _answers(room)["Selam"] == "signed"
        assert [(row["answer"], row["replaced_at"] is None) for row in rows_of(Signature)] == [
            ("declined", False),
            ("signed", True),
        ]

    def test_the_same_answer_again_changes_nothing(self, database: str) -> None:
        room, agenda = _ready()
        first = _answer(room, agenda, "Selam", drawn=STROKES)

        assert _answer(room, agenda, "Selam", drawn=STROKES.replace(" ", "")) == first
        assert len(rows_of(Signature)) == 1

    @pytest.mark.both_databases
    def test_twenty_taps_at_the_same_moment_are_one_answer(self, database: str) -> None:
        room, agenda = _ready()
        call = {
            "agenda_id": agenda,
            "partner_id": room.partners["Selam"],
            "answer": "signed",
            "name": "Rīm",
            "role": "",
            "consent": CONSENT,
        }

        answers = post_all([(answer_agenda, call)] * 20)

        assert {answer.signed_at for answer in answers} == {answers[0].signed_at}
        assert len(rows_of(Signature)) == 1

    @pytest.mark.parametrize(
        ("changed", "error"),
        [
            ({"answer": "perhaps"}, InvalidValue),
            ({"name": " "}, TextMissing),
            ({"name": "x" * 81}, TextTooLong),
            ({"answer": "reserved"}, TextMissing),
            ({"answer": "reserved", "reservation": "x" * 401}, TextTooLong),
            ({"partner": "Nobody"}, NotFound),
        ],
    )
    def test_what_is_wrong_is_refused(
        self, database: str, changed: dict[str, str], error: type[Exception]
    ) -> None:
        room, agenda = _ready()

        with pytest.raises(error):
            _answer(room, agenda, **{"partner": "Selam", **changed})

        assert rows_of(Signature) == []

    @pytest.mark.parametrize(
        "drawn",
        [
            "no json",
            "{}",
            "[1, 2]",
            "[[1]]",
            "[[1, 2, 3]]",
            "[[1.5, 2]]",
            "[[true, false]]",
            '[["1", "2"]]',
            "[[601, 0]]",
            "[[0, 201]]",
            "[[-1, 0]]",
            "[[NaN, 0]]",
            "[" * 100_000,
            json.dumps([[1, 2] * 10_001]),
            "[[1, 2]" + " " * 120_000 + "]",
        ],
        ids=lambda drawn: drawn[:12],
    )
    def test_what_is_no_drawing_is_refused(self, database: str, drawn: str) -> None:
        room, agenda = _ready()

        with pytest.raises(InvalidValue) as refused:
            _answer(room, agenda, "Selam", drawn=drawn)

        assert refused.value.field == "drawn"

    @pytest.mark.parametrize("drawn", [None, "", "[]", " "])
    def test_a_name_may_be_typed_instead_of_drawn(self, database: str, drawn: str | None) -> None:
        room, agenda = _ready()

        _answer(room, agenda, "Selam", drawn=drawn)

        assert rows_of(Signature)[0]["drawn"] == ""

    def test_who_answered_cannot_be_removed(self, database: str) -> None:
        room, agenda = _ready()
        _answer(room, agenda, "Neighbours", "declined")

        with pytest.raises(InUse):
            write(remove_partner, who=LEADER, partner_id=room.partners["Neighbours"])

    def test_who_stands_in_a_text_that_is_being_signed_cannot_be_removed(self, database: str) -> None:
        room, _agenda_id = _ready()

        with pytest.raises(InUse):
            write(remove_partner, who=LEADER, partner_id=room.partners["Neighbours"])

    def test_an_event_names_the_text_that_was_signed(self, database: str) -> None:
        room, agenda = _ready()

        _answer(room, agenda, "Selam")

        (event,) = [row for row in rows_of(Event) if row["what"] == "agenda answered"]
        assert (event["who"], event["details"]["sha256"]) == ("Selam", agenda_of(room).sha256)


class TestTheNextVersion:
    def test_answers_stay_with_the_version_they_were_given_to_and_are_asked_again(
        self, database: str
    ) -> None:
        room, first = _ready()
        _answer(room, first, "Selam")
        make_agreement(room, what="We walk together.")

        second = make_agenda(room)

        assert _answers(room) == {"Municipality": None, "Selam": None, "Neighbours": None}
        assert [row["agenda_id"] for row in rows_of(Signature)] == [first]
        with pytest.raises(AgendaClosed):
            _answer(room, first, "Municipality")
        _answer(room, second, "Municipality")
        assert _answers(room)["Municipality"] == "signed"

    def test_what_changed_can_be_shown(self, database: str) -> None:
        room, _first = _ready()
        make_agreement(room, what="We walk together.")
        make_agenda(room)

        view = agenda_of(room)

        assert view.previous is not None
        assert [one["what"] for one in view.previous["agreements"]] == ["We eat together."]
        assert [one["what"] for one in view.content["agreements"]] == [
            "We eat together.",
            "We walk together.",
        ]


class TestClosing:
    def test_it_builds_the_files_once_and_keeps_their_bytes(self, database: str) -> None:
        room, agenda = _ready()
        _answer(room, agenda, "Selam")

        assert publish(agenda, who=LEADER, build=build) == 1
        before = rows_of(AgendaFile)
        assert publish(agenda, who=LEADER, build=build) == 1

        assert rows_of(AgendaFile) == before
        assert [(row["edition"], row["copy_for"], row["format"]) for row in before] == [
            (1, "partners", "docx"),
            (1, "public", "docx"),
        ]
        assert (
            before[0]["content"]
            == b"partners 1.1 ['Municipality: None', 'Selam: signed', 'Neighbours: None']"
        )
        assert before[0]["sha256"] == hashlib.sha256(before[0]["content"]).hexdigest()
        assert agenda_of(room).closed_at is not None
        assert agenda_of(room).editions == [1]

    @pytest.mark.both_databases
    def test_an_answer_after_the_close_makes_an_edition_of_the_same_text(self, database: str) -> None:
        room, agenda = _ready()
        _answer(room, agenda, "Municipality", "reserved", reservation="Subject to the board.")
        publish(agenda, who=LEADER, build=build)
        text = rows_of(Agenda)[0]["content"]

        lifted = _answer(room, agenda, "Municipality", "signed")
        assert lifted.is_after_close is True
        assert publish(agenda, who=LEADER, build=build) == 2
        assert publish(agenda, who=LEADER, build=build) == 2

        assert agenda_of(room).editions == [1, 2]
        assert rows_of(Agenda)[0]["content"] == text
        with reading() as session:
            first, newest = (
                agenda_file(session, agenda, Copy.PARTNERS, edition=1),
                agenda_file(session, agenda, Copy.PARTNERS),
            )
            assert [file.edition for file in list_files(session, agenda)] == [2, 2, 1, 1]
        assert first is not None
        assert newest is not None
        assert b"Municipality: reserved" in first.content
        assert b"1.2 ['Municipality: signed'" in newest.content

    def test_files_are_made_again_when_an_answer_came_in_between(self, database: str) -> None:
        room, agenda = _ready()
        tries: list[int] = []

        def slowly(document: AgendaDocument) -> Sequence[BuiltFile]:
            tries.append(len(tries))
            if len(tries) == 1:
                _answer(room, agenda, "Selam")
            return build(document)

        publish(agenda, who=LEADER, build=slowly)

        assert len(tries) == 2
        assert b"Selam: signed" in rows_of(AgendaFile)[0]["content"]

    def test_it_gives_up_when_answers_keep_coming_and_stays_open(self, database: str) -> None:
        room, agenda = _ready()
        names = iter(range(1000))

        def never_ready(document: AgendaDocument) -> Sequence[BuiltFile]:
            _answer(room, agenda, "Selam", name=f"Name {next(names)}")
            return build(document)

        with pytest.raises(AnswersChanged):
            publish(agenda, who=LEADER, build=never_ready)

        assert (agenda_of(room).closed_at, rows_of(AgendaFile)) == (None, [])

    def test_before_the_close_a_file_made_now_tells_who_answered(self, database: str) -> None:
        room, agenda = _ready()
        _answer(room, agenda, "Selam")

        with reading() as session:
            document = agenda_document(session, agenda)
            assert agenda_file(session, agenda, Copy.PARTNERS) is None

        assert (document.version, document.edition, document.closed_at) == (1, 1, None)
        assert [(given.partner_name, given.answer) for given in document.signatures] == [
            ("Municipality", None),
            ("Selam", "signed"),
            ("Neighbours", None),
        ]
        assert (document.public_url, document.check_url) == (None, None)

    @pytest.mark.both_databases
    def test_a_document_of_a_lasting_address_carries_its_links(self, database: str) -> None:
        prepare_installation()
        write(choose_address, who=LEADER, address="https://merenveld.example")
        _room, agenda = _ready()

        with reading() as session:
            document = agenda_document(session, agenda)
            token = public_copy_token(session.get_one(Agenda, agenda))

        assert document.public_url == f"https://merenveld.example/d/{token}"
        assert document.check_url == f"https://merenveld.example/check?code={document.sha256[:8]}"

    @pytest.mark.both_databases
    def test_a_partner_that_was_renamed_later_keeps_the_frozen_name_in_a_later_edition(
        self, database: str
    ) -> None:
        room, agenda = _ready()
        _answer(room, agenda, "Selam")
        publish(agenda, who=LEADER, build=build)
        write(
            change_partner,
            who=LEADER,
            partner_id=room.partners["Selam"],
            kind="organisation",
            name="Something Else",
            representative="",
            role="",
            group_id=None,
        )

        _answer(room, agenda, "Municipality")
        publish(agenda, who=LEADER, build=build)

        with reading() as session:
            names = [given.partner_name for given in agenda_document(session, agenda).signatures]
        assert names == ["Municipality", "Selam", "Neighbours"]

    def test_a_closing_date_cannot_be_set_any_more(self, database: str) -> None:
        _room, agenda = _ready()
        publish(agenda, who=LEADER, build=build)

        with pytest.raises(AgendaClosed):
            write(set_closing_date, who=LEADER, agenda_id=agenda, closes_on=date(2027, 4, 1))


class TestByItself:
    def _set_closes_on(self, session: Session, *, closes_on: date) -> None:
        for agenda in session.exec(select(Agenda)).all():
            agenda.closes_on = closes_on
            session.add(agenda)

    @pytest.mark.both_databases
    def test_signing_closes_after_its_date(self, database: str) -> None:
        room, agenda = _ready()
        day = today("Europe/Amsterdam")

        for closes_on in (day + timedelta(days=1), day):
            write(self._set_closes_on, closes_on=closes_on)
            keep_promises(build)
            assert agenda_of(room).closed_at is None

        write(self._set_closes_on, closes_on=day - timedelta(days=1))
        with reading() as session:
            assert agendas_to_close(session) == [agenda]
        keep_promises(build)
        keep_promises(build)

        assert agenda_of(room).closed_at is not None
        assert agenda_of(room).editions == [1]

    def test_without_a_date_it_stays_open(self, database: str) -> None:
        room, _agenda_id = _ready()

        keep_promises(build)

        assert agenda_of(room).closed_at is None


class TestIsItGenuine:
    @pytest.mark.both_databases
    def test_a_file_is_known_by_its_bytes(self, database: str) -> None:
        _room, agenda = _ready()
        publish(agenda, who=LEADER, build=build)
        file = rows_of(AgendaFile)[1]

        with reading() as session:
            found = check_document(session, sha256_of_bytes=file["sha256"].upper(), code=None)
            altered = hashlib.sha256(file["content"] + b".").hexdigest()
            assert check_document(session, sha256_of_bytes=altered, code=None) is None

        assert found is not None
        assert (found.alliance, found.version, found.edition, found.copy_for) == ("Together", 1, 1, "public")
        assert found.closed_at is not None

    @pytest.mark.both_databases
    def test_a_text_is_known_by_the_code_that_is_printed_in_it(self, database: str) -> None:
        room, _agenda_id = _ready()
        code = agenda_of(room).sha256[:16]

        with reading() as session:
            found = check_document(session, sha256_of_bytes=None, code=f"{code[:4].upper()} {code[4:]}")
            for unknown in (code[:7], "g" * 16, "", None, "%" * 8, "0" * 64):
                assert check_document(session, sha256_of_bytes=None, code=unknown) is None

        assert found is not None
        assert (found.version, found.edition, found.sha256) == (1, None, agenda_of(room).sha256)


@pytest.mark.both_databases
def test_the_public_copy_is_found_by_its_link_after_the_close(database: str) -> None:
    room, agenda = _ready()
    token = agenda_of(room).public_token
    assert token is not None
    with reading() as session:
        assert find_public_copy(session, token) is None

    publish(agenda, who=LEADER, build=build)

    with reading() as session:
        found = find_public_copy(session, token)
        assert find_public_copy(session, "nonsense") is None
    assert found is not None
    assert found.copy_for == "public"


def test_what_does_not_exist_cannot_be_signed_or_closed(database: str) -> None:
    room, _agenda_id = _ready()

    with pytest.raises(NotFound):
        _answer(room, 4711, "Selam")
    with pytest.raises(NotFound):
        publish(4711, who=LEADER, build=build)


@pytest.mark.both_databases
def test_a_frozen_text_stays_as_it_is_whatever_happens_after(database: str) -> None:
    room, agenda = _ready()
    before = rows_of(Agenda)[0]
    _answer(room, agenda, "Selam")
    publish(agenda, who=LEADER, build=build)

    another = make_agreement(room, what="Another agreement.")
    write(drop_agreement, who=LEADER, agreement_id=another, reason="Too much.")
    make_agreement(room, what="A third agreement.")
    write(freeze_agenda, who=LEADER, workshop_id=room.workshop_id, words=words_to_freeze())

    after = rows_of(Agenda)[0]
    assert {**after, "closed_at": None, "control_words": ""} == before
