"""The sealed copy before its judges: our own eyes, pyHanko, and poppler's pdfsig."""

import os
import re
import shutil
import subprocess
from base64 import b64decode
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random

import pikepdf
import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import BasicConstraints, CertificateBuilder, Name, NameAttribute, random_serial_number
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from exports.agenda.build import build_agenda
from exports.genuine.reader import read
from exports.genuine.reading import Seal
from exports.genuine.signature import intact_signature
from exports.sealing.office import converted
from exports.sealing.seal import sealed
from models.basics.clock import now
from models.basics.words import Copy
from models.installation.seal_key import SealKey, is_our_certificate, seal_key
from tests.exports.make_agenda import make_agenda

TEXT = "0123456789abcdef" * 4
NAME = "alliantieagenda-merenveld-1.docx"
CHANGES = 200
# ISO 32000-1, 14.8.4.
STANDARD_TAGS = {
    f"/{name}"
    for name in [
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
        "Span",
        "Quote",
        "Note",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
        "Ruby",
        "Warichu",
        "Figure",
        "Formula",
        "Form",
    ]
}
# ISO 32000-1, 8.2: what leaves something on the page.
DRAWS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "Tj", "TJ", "'", '"'}
LARGEST = 300_000


@pytest.fixture(scope="module")
def word() -> bytes:
    return build_agenda(make_agenda(), Copy.PARTNERS)


@pytest.fixture(scope="module")
def pdf(word: bytes) -> bytes:
    """The one conversion of this file."""
    return converted([word], "pdf")[0]


@pytest.fixture(scope="module")
def key() -> SealKey:
    return seal_key()


@pytest.fixture(scope="module")
def copy(pdf: bytes, word: bytes, key: SealKey) -> bytes:
    return sealed(pdf, word, name=NAME, text_sha256=TEXT, key=key)


def seal_of(content: bytes) -> Seal:
    found = read(content)
    assert (found.kind, found.problem) == ("pdf", "")
    assert found.seal is not None
    return found.seal


def is_whole(content: bytes) -> bool:
    seal = read(content).seal
    return (
        seal is not None and seal.covers_all and seal.is_intact and is_our_certificate(seal.certificates[0])
    )


def pdfsig(content: bytes, folder: Path) -> str:
    file = folder / "copy.pdf"
    file.write_bytes(content)
    # It looks for the certificates of a browser in one's home.
    home = {**os.environ, "HOME": str(folder)}
    return subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False, env=home).stdout


def padding_of(content: bytes) -> tuple[int, int]:
    """Return where the zeros behind the signature stand, which mean nothing."""
    start = content.index(b"/Contents <") + len(b"/Contents <")
    end = content.index(b">", start)
    return start + len(content[start:end].rstrip(b"0")) + 1, end


def test_a_sealed_copy_is_whole_and_says_of_which_text_it_is(copy: bytes) -> None:
    seal = seal_of(copy)

    assert (seal.covers_all, seal.is_intact, seal.claimed) == (True, True, TEXT)
    assert [is_our_certificate(each) for each in seal.certificates] == [True]
    assert len(copy) <= LARGEST


def test_it_is_tagged_and_claims_to_be_an_archive_that_may_hold_files(copy: bytes) -> None:
    root = PdfFileReader(BytesIO(copy)).root

    described = root["/Metadata"].data.decode()
    assert re.search('pdfaid:part(>|=")3', described) and re.search('pdfaid:conformance(>|=")B', described)
    assert re.search('pdfuaid:part(>|=")1', described)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/AF"][0]["/AFRelationship"] == "/Source"


def test_what_it_says_of_its_tags_is_described_as_an_archive_wants_it(copy: bytes, pdf: bytes) -> None:
    """ISO 19005-3, 6.6.2.3: veraPDF refuses a property that is neither one of the usual ones nor described."""
    for made in (pdf, copy):
        described = PdfFileReader(BytesIO(made)).root["/Metadata"].data.decode()

        assert "pdfaExtension:schemas" in described
        assert "http://www.aiim.org/pdfua/ns/id/" in described.partition("pdfaExtension:schemas")[2]


def test_its_tags_are_those_of_the_standard_and_one_tabs_in_their_order(copy: bytes) -> None:
    """ISO 14289-1, 7.1 and 7.18.3: a style named as a tag would be one, and a text is no order."""
    reader = PdfFileReader(BytesIO(copy))

    assert reader.root["/StructTreeRoot"]["/RoleMap"].keys() & STANDARD_TAGS == set()
    first = reader.root["/Pages"]["/Kids"][0]
    assert "/Annots" in first and first["/Tabs"] == "/S"


def test_nothing_is_drawn_that_is_neither_tagged_nor_said_to_be_decoration(copy: bytes) -> None:
    """ISO 14289-1, 7.1: the lines of LibreOffice, which stand behind all that has a tag, were neither."""
    assert _drawn_without_mark(copy) == []


def test_nobody_sees_that_lines_are_said_to_be_decoration(copy: bytes, pdf: bytes, tmp_path: Path) -> None:
    seen = []
    for name, content in (("before", pdf), ("after", copy)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "copy.pdf").write_bytes(content)
        subprocess.run(
            ["pdftoppm", "-r", "50", "-gray", str(folder / "copy.pdf"), str(folder / "page")], check=True
        )
        seen.append([page.read_bytes() for page in sorted(folder.glob("page*"))])

    assert len(seen[0]) > 5
    assert seen[0] == seen[1]


def _drawn_without_mark(content: bytes) -> list[tuple[int, str]]:
    """Return what each page draws outside all marks: by which page, and how. Another reads it than we do."""
    found = []
    with pikepdf.open(BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            depth = 0
            for step in pikepdf.parse_content_stream(page):
                operator = "Do" if isinstance(step, pikepdf.ContentStreamInlineImage) else str(step.operator)
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
                assert depth >= 0
                if operator in DRAWS and depth == 0:
                    found.append((number, operator))
            assert depth == 0
    return found


def test_a_bare_number_stays_the_number_that_it_was(copy: bytes) -> None:
    """ISO 19005-3, 6.1.13: numbers that were packed end to end ran into each other."""
    reader = PdfFileReader(BytesIO(copy))
    found = [
        reader.get_object(reference)
        for revision in range(reader.xrefs.total_revisions)
        for reference in reader.xrefs.explicit_refs_in_revision(revision)
        if reference.idnum
    ]
    numbers = [int(each) for each in found if isinstance(each, NumberObject)]

    assert numbers and max(numbers) < 2**31


def test_the_word_file_comes_out_byte_for_byte(copy: bytes, word: bytes, tmp_path: Path) -> None:
    file = tmp_path / "copy.pdf"
    file.write_bytes(copy)

    subprocess.run(["pdfdetach", "-save", "1", "-o", str(tmp_path / NAME), str(file)], check=True)

    assert (tmp_path / NAME).read_bytes() == word


def test_pyhanko_judges_it_intact_and_closed_to_every_change(copy: bytes, key: SealKey) -> None:
    [signature] = PdfFileReader(BytesIO(copy)).embedded_signatures
    own = x509.Certificate.load(key.certificate.public_bytes(Encoding.DER))

    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[own], allow_fetching=False))

    assert (status.intact, status.valid, status.bottom_line) == (True, True, True)
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert signature.docmdp_level is not None and signature.docmdp_level.name == "NO_CHANGES"
    # Nobody sees it: a picture of a signature would be no part of the archive.
    assert [float(number) for number in signature.sig_field["/Rect"]] == [0, 0, 0, 0]


def test_pdfsig_judges_it_valid_and_a_changed_one_not(copy: bytes, tmp_path: Path) -> None:
    assert shutil.which("pdfsig"), "poppler-utils is missing; type: setup/system.sh"
    place = copy.index(b"stream") + 20

    whole = pdfsig(copy, tmp_path)
    spoiled = pdfsig(copy[:place] + bytes([copy[place] ^ 1]) + copy[place + 1 :], tmp_path)

    assert "Signature is Valid" in whole and "Total document signed" in whole
    assert "Digest Mismatch" in spoiled


def test_two_hundred_changes_of_one_byte_are_all_found(copy: bytes) -> None:
    start, end = padding_of(copy)
    chance = Random(2026)
    # A third of them inside the signature itself, which no hash covers.
    inside = range(copy.index(b"/Contents <") + len(b"/Contents <"), start)
    outside = [*range(start), *range(end, len(copy))]
    places = chance.sample(inside, CHANGES // 3) + chance.sample(outside, CHANGES - CHANGES // 3)
    assert is_whole(copy)

    missed = []
    for place in places:
        spoiled = bytearray(copy)
        spoiled[place] = chance.choice([byte for byte in range(256) if byte != copy[place]])
        if is_whole(bytes(spoiled)):
            missed.append((place, copy[place], spoiled[place]))

    assert missed == []


def test_another_digit_inside_the_signature_is_found_wherever_it_stands(copy: bytes) -> None:
    """Much of a signature's envelope is signed by nothing: there a change would go unnoticed."""
    start, end = padding_of(copy)
    begin = copy.index(b"/Contents <") + len(b"/Contents ")
    digest = sha256(copy[:begin] + copy[end + 1 :]).digest()
    held, own = copy[begin : end + 1], [b64decode(each) for each in seal_of(copy).certificates]
    assert intact_signature(held, digest) == own

    missed = []
    for place in range(1, start - begin - 1, 7):
        other = "0123456789ABCDEF"[(int(chr(held[place]), 16) + 1) % 16].encode()
        if intact_signature(held[:place] + other + held[place + 1 :], digest) == own:
            missed.append(place)

    assert missed == []


def test_the_padding_holds_nothing_either(copy: bytes) -> None:
    start, end = padding_of(copy)

    assert not is_whole(copy[: end - 2] + b"ff" + copy[end:])
    assert start < end


def test_an_appended_page_is_found(copy: bytes) -> None:
    """As programs add to a file: behind its end, with a list of what is new."""
    appended = copy + b"\n9999 0 obj\n<< /Type /Page >>\nendobj\nstartxref\n0\n%%EOF\n"

    seal = seal_of(appended)

    assert not seal.covers_all and seal.is_intact
    assert seal.sealed_part == sha256(copy).hexdigest()


def test_without_its_signature_it_is_not_sealed(copy: bytes, pdf: bytes) -> None:
    written = copy_into_new_writer(PdfFileReader(BytesIO(copy)))
    del written.root["/AcroForm"]
    stream = BytesIO()
    written.write(stream)
    taken_out = stream.getvalue().replace(b"/ByteRange", b"/ByteRonge")

    assert [read(each).seal for each in (pdf, taken_out)] == [None, None]


def test_the_seal_of_somebody_else_is_not_ours(
    pdf: bytes, word: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDSLAG_DATA", str(tmp_path))
    theirs = sealed(pdf, word, name=NAME, text_sha256=TEXT, key=seal_key())
    monkeypatch.undo()

    seal = seal_of(theirs)

    assert seal.is_intact and not is_our_certificate(seal.certificates[0])
    assert len(b64decode(seal.certificates[0])) > 100


@pytest.mark.parametrize("size", [2048, 3072])
def test_the_organisations_key_may_be_rsa_and_vouched_for_by_another(
    pdf: bytes, word: bytes, size: int, tmp_path: Path
) -> None:
    issuer, own = rsa.generate_private_key(65537, 2048), rsa.generate_private_key(65537, size)
    names = [Name([NameAttribute(NameOID.COMMON_NAME, each)]) for each in ("Zegelaar", "Gemeente Merenveld")]
    certificates = [
        CertificateBuilder()
        .subject_name(names[place])
        .issuer_name(names[0])
        .public_key(key.public_key())
        .serial_number(random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=365))
        .add_extension(BasicConstraints(ca=place == 0, path_length=None), critical=True)
        .sign(issuer, SHA256())
        for place, key in enumerate((issuer, own))
    ]

    copy = sealed(
        pdf, word, name=NAME, text_sha256=TEXT, key=SealKey(own, certificates[1], (certificates[0],))
    )

    seal = seal_of(copy)
    assert (seal.covers_all, seal.is_intact) == (True, True)
    ders = [each.public_bytes(Encoding.DER) for each in reversed(certificates)]
    assert [b64decode(each) for each in seal.certificates] == ders
    assert "Signature is Valid" in pdfsig(copy, tmp_path)
