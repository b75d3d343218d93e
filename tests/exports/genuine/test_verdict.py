"""Genuine, the same text saved again, changed and where, or not ours."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from exports.agenda.build import build_agenda, build_files
from exports.genuine.reader import read
from exports.genuine.verdict import Verdict, What, compare
from exports.sealing.office import converted
from models.basics.words import Copy, Step
from models.signing.agenda import answer_agenda
from models.signing.files import agenda_document, publish
from models.storage.database import engine, reading
from models.storage.writing import write
from models.tables import AgendaFile
from tests.builders import LEADER, Room, make_adopted, make_agenda, make_agreement, make_workshop, rows_of
from tests.exports.genuine.offering import judged_file
from tests.exports.genuine.packages import changed, replacing
from tests.exports.make_agenda import make_agenda as make_document

SCHOOL, TOWN = "Poolse School Jaskółka", "Gemeente Merenveld"
WHAT = "We eten samen, elke eerste vrijdag."


@pytest.fixture
def room(sqlite: str) -> Room:
    made = make_workshop(people=6, partners=[SCHOOL, TOWN], step=Step.SIGN)
    make_adopted(made)
    make_agreement(made, what=WHAT, owner=SCHOOL)
    return made


@pytest.fixture
def agenda(room: Room) -> int:
    frozen = make_agenda(room)
    write(
        answer_agenda,
        agenda_id=frozen,
        partner_id=room.partners[SCHOOL],
        answer="signed",
        name="Agnieszka Wójcik",
    )
    return frozen


@pytest.fixture
def closed(agenda: int) -> int:
    publish(agenda, who=LEADER, build=build_files)
    return agenda


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path


def kept(copy_for: str = Copy.PARTNERS) -> bytes:
    return next(bytes(row["content"]) for row in rows_of(AgendaFile) if row["copy_for"] == copy_for)


@pytest.mark.parametrize("copy_for", Copy)
def test_the_kept_bytes_are_genuine(closed: int, folder: Path, copy_for: Copy) -> None:
    found = judged_file(kept(copy_for), folder)

    assert found.verdict == Verdict.GENUINE
    assert found.found is not None
    assert (found.found.copy_for, found.found.edition, found.found.history_holds) == (copy_for, 1, True)


@pytest.mark.parametrize("copy_for", Copy)
def test_the_same_parts_packed_again_are_the_same_text_saved_again(
    closed: int, folder: Path, copy_for: Copy
) -> None:
    found = judged_file(changed(kept(copy_for), {}), folder)

    assert (found.verdict, found.differences) == (Verdict.SAVED_AGAIN, [])
    assert found.found is not None and found.found.copy_for == copy_for


def test_a_changed_word_is_told_with_its_place_and_with_what_stood_there(closed: int, folder: Path) -> None:
    found = judged_file(changed(kept(), replacing(WHAT, "We eten nooit samen.")), folder)

    assert found.verdict == Verdict.CHANGED
    assert [(each.what, each.before, each.now) for each in found.differences] == [
        (What.TEXT, WHAT, "We eten nooit samen.")
    ] or any(WHAT in each.before and "nooit" in each.now for each in found.differences)
    assert all(each.place for each in found.differences)


def test_a_printed_fingerprint_proves_nothing(closed: int, folder: Path) -> None:
    """Somebody changes both the visible text and nothing that one checks by hand."""
    original = kept()
    assert read(original).frozen

    found = judged_file(changed(original, replacing(WHAT, "We eten nooit samen.")), folder)

    assert found.found is not None
    assert found.verdict == Verdict.CHANGED


def test_a_hidden_text_fools_nobody(closed: int, folder: Path) -> None:
    hidden = f"<w:rPr><w:vanish/></w:rPr><w:t>{WHAT}</w:t></w:r><w:r><w:t>Wij doen niets.</w:t>"
    original = kept()
    place = ZipFile(BytesIO(original)).read("word/document.xml").decode()
    run = next(
        piece
        for piece in place.split("<w:r>")
        if f">{WHAT}<" in piece and "<w:rPr>" not in piece.split(WHAT)[0]
    )
    told = run.split("</w:r>")[0]

    found = judged_file(changed(original, replacing(told, hidden)), folder)

    assert found.verdict == Verdict.CHANGED
    assert What.HIDDEN in {each.what for each in found.differences}


def test_the_carried_text_may_not_change_either(closed: int, folder: Path) -> None:
    original = kept()
    package = ZipFile(BytesIO(original))
    [part] = [name for name in package.namelist() if b"<frozen" in package.read(name)]

    found = judged_file(
        changed(
            original,
            {part: lambda xml: xml.replace("<frozen sha256=", "<frozen x='1' sha256=").replace(">ey", ">eX")},
        ),
        folder,
    )

    assert [each.what for each in found.differences] == [What.CARRIED]


def test_another_picture_and_another_link_are_told(closed: int, folder: Path) -> None:
    link = (
        '<Relationship Id="rId999" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'hyperlink" Target="https://elders.example/" TargetMode="External"/></Relationships>'
    )
    offered = changed(
        kept(),
        {"word/_rels/document.xml.rels": lambda xml: xml.replace("</Relationships>", link)},
        **{"word__media__handtekening.png": b"\x89PNG\r\n"},
    )

    found = judged_file(offered, folder)

    assert [(each.what) for each in found.differences] == [What.PICTURE, What.LINK]


def test_a_file_without_the_carried_text_is_still_compared_by_its_fingerprint_in_print(
    closed: int, folder: Path
) -> None:
    """Some programs throw away what they do not know."""
    stream = BytesIO()
    with ZipFile(BytesIO(kept())) as found, ZipFile(stream, "w") as written:
        for name in found.namelist():
            if not name.startswith("customXml/"):
                written.writestr(name, found.read(name))

    assert judged_file(stream.getvalue(), folder).verdict == Verdict.SAVED_AGAIN


def test_a_document_of_another_house_is_not_ours(closed: int, folder: Path) -> None:
    assert judged_file(build_agenda(make_document(), Copy.PARTNERS), folder).verdict == Verdict.UNKNOWN


def test_while_signing_is_open_the_file_of_now_is_genuine_and_an_older_one_says_what_came(
    agenda: int, room: Room, folder: Path
) -> None:
    with reading() as session:
        before = build_agenda(agenda_document(session, agenda), Copy.PARTNERS)
    assert judged_file(before, folder).verdict == Verdict.GENUINE

    write(answer_agenda, agenda_id=agenda, partner_id=room.partners[TOWN], answer="declined", name="Kees")

    assert judged_file(before, folder).verdict == Verdict.CHANGED


def test_an_edition_vouches_for_the_one_before_and_for_all_events_until_then(
    closed: int, room: Room, folder: Path
) -> None:
    first = kept()
    write(answer_agenda, agenda_id=closed, partner_id=room.partners[TOWN], answer="signed", name="Kees")
    publish(closed, who=LEADER, build=build_files)
    second = next(
        bytes(row["content"])
        for row in rows_of(AgendaFile)
        if (row["edition"], row["copy_for"]) == (2, "partners")
    )

    assert read(second).facts["before"] == sha256(first).hexdigest()
    told = judged_file(second, folder).found
    assert told is not None and told.history_holds is True


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET details = '{}' WHERE what = 'agenda answered'",
        "DELETE FROM event WHERE what = 'agenda answered'",
    ],
)
def test_a_genuine_file_tells_that_the_history_was_changed_behind_it(
    closed: int, folder: Path, statement: str
) -> None:
    with engine().begin() as connection:
        assert connection.execute(text(statement)).rowcount

    found = judged_file(kept(), folder)

    assert found.verdict == Verdict.GENUINE
    assert found.found is not None and found.found.history_holds is False


def test_saved_again_by_libreoffice_the_text_is_the_same_and_a_change_is_found() -> None:
    """Everything that the example shows, by a program that writes each part anew."""
    originals = [build_agenda(make_document(), copy_for) for copy_for in Copy]
    tampered = changed(originals[0], replacing("eIDAS", "eIDAZ"))

    *again, spoiled = (read(content) for content in converted([*originals, tampered], "docx"))

    for original, saved in zip(originals, again, strict=True):
        assert saved.frozen == read(original).frozen
        assert compare(read(original), saved) == []
    assert [each.now.count("eIDAZ") for each in compare(read(originals[0]), spoiled)] == [1]


def test_thousands_of_other_paragraphs_are_compared_at_once() -> None:
    original = read(build_agenda(make_document(), Copy.PARTNERS))
    other = replace(original, texts=[("", f"regel {number % 7}", False) for number in range(20_000)])

    assert len(compare(original, other)) == 20_000
