"""Offered files are read apart, within limits, whatever they are."""

import json
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from exports.agenda.build import build_agenda
from exports.apart import ROOT
from exports.genuine import apart
from exports.genuine.apart import read_apart
from exports.genuine.reader import LARGEST_FILE, read
from exports.genuine.reading import Problem, Reading
from exports.word.frozen_part import canonical
from models.basics.words import Copy
from phone.serving.guard import DOCUMENT_LIMIT
from tests.exports.genuine.packages import DOCUMENT, changed, replacing
from tests.exports.make_agenda import make_agenda

MOST_MEMORY = 100 * 1024
# The most memory that the process had at any moment, in kilobytes, as the system counted it.
READS = """
import sys
from exports.genuine.reader import main
main()
sys.stderr.write(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.fixture(scope="module")
def word() -> bytes:
    return build_agenda(make_agenda(), Copy.PARTNERS)


def texts(reading: Reading) -> list[str]:
    return [text for _place, text, _hides in reading.texts]


def test_the_frozen_text_travels_in_the_file_byte_for_byte(word: bytes) -> None:
    frozen = canonical(make_agenda().content).decode()

    found = read(build_agenda(make_agenda(frozen_text=frozen), Copy.PARTNERS))

    assert b64decode(found.frozen) == frozen.encode()
    assert found.facts["copy"] == "partners"


def test_the_public_copy_carries_no_name_of_a_person() -> None:
    document = make_agenda()
    # The contact is for everybody.
    contact = document.content["alliance"]["contact"]
    names = [partner["representative"] for partner in document.content["partners"]]
    names = [name for name in names if name and name not in contact]
    assert any(name in canonical(document.content).decode() for name in names)

    package = ZipFile(BytesIO(build_agenda(document, Copy.PUBLIC)))
    carried = b64decode(read(build_agenda(document, Copy.PUBLIC)).frozen).decode()

    assert json.loads(carried)["principles"]
    assert [name for name in names if name in carried] == []
    for part in package.namelist():
        if part.startswith("customXml/"):
            assert not [name for name in names if name.encode() in package.read(part)]


def test_everything_that_one_sees_is_read_and_nothing_of_ours_hides(word: bytes) -> None:
    found = read(word)

    for agreement in make_agenda().content["agreements"]:
        assert any(agreement["what"] in text for text in texts(found))
    assert [text for text in found.texts if text[2]] == []


@pytest.mark.parametrize(
    "properties",
    ["<w:vanish/>", '<w:sz w:val="2"/>', '<w:color w:val="FFFFFF"/>', '<w:vanish/><w:sz w:val="24"/>'],
)
def test_text_that_nobody_can_see_is_told_as_hidden(word: bytes, properties: str) -> None:
    secret = f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>niemand ziet dit</w:t></w:r></w:p>"

    found = read(changed(word, replacing("<w:body>", f"<w:body>{secret}")))

    assert [text for text in found.texts if text[2]] == [("", "niemand ziet dit", True)]


def test_what_was_struck_out_and_what_older_programs_get_is_not_seen(word: bytes) -> None:
    fallback = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><mc:AlternateContent>'
        '<mc:Choice Requires="wps"><w:t>nieuw</w:t></mc:Choice><mc:Fallback><w:t>oud</w:t></mc:Fallback>'
        "</mc:AlternateContent></w:r><w:del><w:r><w:t>weg</w:t></w:r></w:del></w:p>"
    )

    found = read(changed(word, replacing("<w:body>", f"<w:body>{fallback}")))

    assert texts(found)[0] == "nieuw"


def bomb() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open(DOCUMENT, "w", force_zip64=True) as entry:
            for _ in range(200):
                entry.write(bytes(1024 * 1024))
    return stream.getvalue()


def lying_bomb() -> bytes:
    """A part that says it is small."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(DOCUMENT, bytes(8 * 1024 * 1024))
    size = (8 * 1024 * 1024).to_bytes(4, "little")
    return stream.getvalue().replace(size, (1000).to_bytes(4, "little"))


def with_document(xml: str) -> Callable[[bytes], bytes]:
    return lambda word: changed(word, {DOCUMENT: lambda _old: xml})


def laughs() -> str:
    entities = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
    return f'<!DOCTYPE w [<!ENTITY l0 "lol">{entities}]><w>&l9;</w>'


MADE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a zip bomb": (lambda _word: bomb(), Problem.TOO_LARGE),
    "a zip bomb that lies": (lambda _word: lying_bomb(), Problem.BROKEN),
    "macros": (lambda word: changed(word, {}, **{"word__vbaProject.bin": b"x"}), Problem.MACROS),
    "a file of macros": (
        lambda word: changed(
            word,
            {"[Content_Types].xml": lambda xml: xml.replace("document.main+xml", "macroEnabled.main+xml")},
        ),
        Problem.MACROS,
    ),
    "laughing entities": (with_document(laughs()), Problem.STRANGE_XML),
    "an entity of another file": (
        with_document('<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'),
        Problem.STRANGE_XML,
    ),
    "a deep well": (with_document("<w>" * 100_000 + "</w>" * 100_000), Problem.STRANGE_XML),
    "half of a file": (lambda word: word[: len(word) // 2], Problem.BROKEN),
    "another kind of file": (lambda _word: b"%!PS-Adobe-3.0", Problem.NO_DOCUMENT),
    "random bytes": (lambda _word: Random(11).randbytes(300_000), Problem.NO_DOCUMENT),
    "random bytes in a zip": (lambda _word: b"PK\3\4" + Random(12).randbytes(300_000), Problem.BROKEN),
    "two hundred megabytes": (lambda _word: bytes(200 * 1024 * 1024), Problem.TOO_LARGE),
    "nothing": (lambda _word: b"", Problem.NO_DOCUMENT),
}


@pytest.mark.parametrize("kind", MADE)
def test_whatever_is_offered_is_told_in_a_word_within_the_limits(
    word: bytes, kind: str, tmp_path: Path
) -> None:
    make, problem = MADE[kind]
    file = tmp_path / "offered"
    file.write_bytes(make(word))

    with file.open("rb") as offered:
        done = subprocess.run(
            [sys.executable, "-c", READS], cwd=ROOT, stdin=offered, capture_output=True, check=True
        )

    assert json.loads(done.stdout)["problem"] == problem
    assert int(done.stderr.split()[1]) <= MOST_MEMORY


def test_what_is_read_apart_is_what_is_read_here(word: bytes, tmp_path: Path) -> None:
    file = tmp_path / "agenda.docx"
    file.write_bytes(word)

    with file.open("rb") as offered:
        found = read_apart(offered)

    assert found == read(word)
    assert found.texts and found.pictures


def test_a_reader_that_falls_is_an_answer_too(
    word: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "agenda.docx"
    file.write_bytes(word)
    monkeypatch.setattr(apart, "READER", "exports.no_such_reader")

    with file.open("rb") as offered:
        assert read_apart(offered).problem == Problem.TOO_LARGE


def test_two_texts_in_one_file_are_none(word: bytes) -> None:
    package = ZipFile(BytesIO(word))
    [part] = [
        name
        for name in package.namelist()
        if name.startswith("customXml/item") and b"<frozen" in package.read(name)
    ]
    again = changed(word, {}, **{"customXml__item77.xml": package.read(part)})

    assert read(again).problem == Problem.STRANGE_XML


def test_the_largest_file_is_what_the_page_takes() -> None:
    assert LARGEST_FILE == DOCUMENT_LIMIT


def test_the_carried_text_has_its_own_fingerprint(word: bytes) -> None:
    package = ZipFile(BytesIO(word))
    [part] = [package.read(name) for name in package.namelist() if name.startswith("customXml/item")][:1]

    assert sha256(b64decode(read(word).frozen)).hexdigest().encode() in part


def test_the_reader_ends_itself_after_two_seconds_of_work_and_writes_no_file() -> None:
    told = (
        "import resource as r; from exports.genuine.reader import _limit; _limit(); "
        "print(r.getrlimit(r.RLIMIT_CPU)[1], r.getrlimit(r.RLIMIT_FSIZE)[1], r.getrlimit(r.RLIMIT_AS)[1] > 0)"
    )

    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["2", "0", "True"]
