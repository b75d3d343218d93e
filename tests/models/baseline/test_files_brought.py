"""Notes and findings brought from a file: all of it, or a clear sentence and nothing."""

import zipfile
from io import BytesIO

import docx
import pytest

from models.baseline.findings_file import bring_findings, rows_of_file
from models.baseline.note_file import note_in
from models.baseline.views import collect_view
from models.basics.errors import FileTooLarge, FileUnreadable, RowInvalid
from models.storage.database import reading
from models.storage.writing import write
from models.tables import BaselineSource, Finding, FindingTheme
from tests.builders import LEADER, make_startfoto, rows_of

SAID = "Één brief; zei Şerife: “te lang” 🙂"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_file_is_read_as_it_was_written(encoding: str) -> None:
    assert note_in(SAID.encode(encoding), "notitie.TXT") == SAID


def test_a_text_of_an_old_windows_is_read_too() -> None:
    assert note_in("Één brief, “te lang”".encode("cp1252"), "notitie.txt") == "Één brief, “te lang”"


def test_a_word_file_is_read_paragraph_by_paragraph_with_its_tables() -> None:
    document = docx.Document()
    document.add_paragraph("Wanneer voelde u zich thuis?")
    document.add_paragraph(SAID)
    document.add_table(1, 1).rows[0].cells[0].text = "In een vak"
    made = BytesIO()
    document.save(made)

    assert note_in(made.getvalue(), "gesprek.docx").split("\n") == [
        "Wanneer voelde u zich thuis?",
        SAID,
        "In een vak",
    ]


def _packed(name: str, size: int) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, b" " * size)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"no zip at all", "gesprek.docx", FileUnreadable),
        (_packed("readme.txt", 10), "gesprek.docx", FileUnreadable),
        (_packed("word/document.xml", 10), "gesprek.docx", FileUnreadable),
        (_packed("word/document.xml", 21_000_000), "gesprek.docx", FileTooLarge),
        (_packed("word/media/image1.png", 60_000_000), "gesprek.docx", FileTooLarge),
        (b"%PDF-1.7", "gesprek.pdf", FileUnreadable),
        (b"a\x00b", "gesprek.txt", FileUnreadable),
        (b"a" * 5_000_001, "gesprek.txt", FileTooLarge),
    ],
)
def test_what_is_no_note_is_refused(content: bytes, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        note_in(content, name)


TABLE = """soort;kant;bron;bevinding;thema’s;effect
Literatuur;;Taal en toegang, 2024;Korte brieven geven minder fouten.;Taal;helpt
cijfers;gemeente;Wijkcijfers 2025;1 op de 6 brieven komt terug.;"Taal;Gehoord worden";houdt tegen
figures;municipality;Wijkcijfers 2025;=SOM(A1:A9) staat er echt;;

"""


def test_a_table_becomes_findings_and_sources(database: str) -> None:
    startfoto = make_startfoto()

    brought = write(
        bring_findings,
        who=LEADER,
        baseline_id=startfoto.baseline_id,
        rows=rows_of_file(TABLE.encode("utf-8-sig")),
    )

    assert (brought.sources, brought.findings) == (2, 3)
    with reading() as session:
        collected = collect_view(session, startfoto.baseline_id)
    assert [(one.kind, one.side, one.title, one.findings) for one in collected.sources] == [
        ("literature", "", "Taal en toegang, 2024", 1),
        ("figures", "municipality", "Wijkcijfers 2025", 2),
    ]
    assert {row["number"]: row["text"] for row in rows_of(Finding)}[3] == "=SOM(A1:A9) staat er echt"
    assert len(rows_of(FindingTheme)) == 3


def test_the_same_table_in_english_with_commas_is_read_alike() -> None:
    table = 'source,finding,kind,side\n"A, book","Two\nlines",,\n'

    (row,) = rows_of_file(table.encode())

    assert (row.source, row.finding, row.kind, row.side) == ("A, book", "Two\nlines", "literature", "")


@pytest.mark.parametrize(
    ("line", "row", "column"),
    [
        ("literatuur;;Boek;;;", 2, "finding"),
        ("literatuur;bewoners;Boek;Iets.;;", 2, "side"),
        ("roddel;;Boek;Iets.;;", 2, "kind"),
        ("gesprek;bewoners;Boek;Iets.;;", 2, "kind"),
        ("literatuur;;;Iets.;;", 2, "source"),
        ("literatuur;;Boek;Iets.;;soms", 2, "effect"),
        ("literatuur;;Boek;Iets.;Onbekend;", 2, "themes"),
        (f"literatuur;;Boek;{'a' * 1001};;", 2, "finding"),
    ],
)
def test_one_row_that_cannot_be_stored_is_named_and_nothing_is(
    sqlite: str, line: str, row: int, column: str
) -> None:
    startfoto = make_startfoto()
    table = f"{TABLE.splitlines()[0]}\n{line}\n{TABLE.splitlines()[1]}\n"

    with pytest.raises(RowInvalid) as refused:
        write(
            bring_findings,
            who=LEADER,
            baseline_id=startfoto.baseline_id,
            rows=rows_of_file(table.encode()),
        )

    assert (refused.value.row, refused.value.column) == (row, column)
    assert rows_of(BaselineSource) == rows_of(Finding) == []


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", b"\x00\x01", b"bron\nBoek\n"])
def test_what_is_no_table_of_findings_is_refused(content: bytes) -> None:
    with pytest.raises(FileUnreadable):
        rows_of_file(content)
