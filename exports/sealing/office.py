"""LibreOffice, which turns a Word file into another kind. Where it is missing, only those other kinds are."""

import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from models.basics.errors import OfficeFailed, OfficeMissing

# Names its program where it lies elsewhere; `none` where it may not be used.
SETTING = "HANDSLAG_OFFICE"
NOT_WANTED = "none"
LONGEST_WAIT = 180
_KINDS = {
    # PDF/A-3b, which may hold other files; with tags, for who listens to it.
    "pdf": "pdf:writer_pdf_Export:"
    '{"SelectPdfVersion":{"type":"long","value":"3"},"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"PDFUACompliance":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"},'
    # Few colours and sharp edges, as signatures and QR codes have: smaller so, too.
    '"UseLosslessCompression":{"type":"boolean","value":"true"}}',
    "odt": "odt",
    "docx": "docx",
}
# ISO 19005-3, 6.6.2.3.2: what is none of the usual properties is described where it is used.
_TAGS_TOLD = b"""\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the document conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
# One at a time: each takes a core and a quarter of a gigabyte.
_turn = threading.Lock()


def office() -> str | None:
    """Return where LibreOffice's program lies, or None where there is none."""
    chosen = os.environ.get(SETTING, "")
    if chosen == NOT_WANTED:
        return None
    if chosen:
        return chosen if shutil.which(chosen) else None
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(files: Sequence[bytes], kind: str) -> list[bytes]:
    """Return Word files as `pdf`, `odt` or `docx` (saved again). All in one run: its start takes longest.

    It works in a folder of its own that is gone afterwards, behind everybody else, without our settings and keys.
    Raises `OfficeMissing` and `OfficeFailed`.
    """
    program = office()
    if program is None:
        raise OfficeMissing
    try:
        return _converted(program, files, kind)
    except OSError:
        # No room for what it works with, or it cannot be started.
        raise OfficeFailed from None


def _converted(program: str, files: Sequence[bytes], kind: str) -> list[bytes]:
    with _turn, TemporaryDirectory(prefix="handslag-") as folder:
        made = Path(folder, "made")
        names = [Path(folder, f"{number}.docx") for number in range(len(files))]
        for name, content in zip(names, files, strict=True):
            name.write_bytes(content)
        _run(
            [
                program,
                f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
                *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
                *("--convert-to", _KINDS[kind], "--outdir", str(made)),
                *map(str, names),
            ],
            {"HOME": folder, "TMPDIR": folder, "PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
        )
        results = [made / f"{name.stem}.{kind}" for name in names]
        if not all(result.is_file() for result in results):
            raise OfficeFailed
        made_files = [result.read_bytes() for result in results]
        return [_told_of_tags(made) for made in made_files] if kind == "pdf" else made_files


def _told_of_tags(pdf: bytes) -> bytes:
    """Return a PDF that describes by what it says that it has tags: PDF/A wants that, and LibreOffice leaves it out.

    It stands in the empty room that the metadata keep for such things, so that nothing else moves.
    """
    # The order in which one tabs is a name; LibreOffice 7 writes a text.
    pdf = pdf.replace(b"/Tabs(S)", b"/Tabs/S ")
    end = pdf.find(b"</rdf:RDF>")
    packet_end = pdf.find(b"<?xpacket end", end)
    if end < 0 or packet_end < 0 or b"pdfuaid:part" not in pdf[:end] or b"pdfaExtension:schemas" in pdf[:end]:
        return pdf
    rest = pdf[end:packet_end]
    room = len(rest) - len(rest.rstrip())
    if room < len(_TAGS_TOLD):
        return pdf
    return pdf[:end] + _TAGS_TOLD + rest[: len(rest) - len(_TAGS_TOLD)] + pdf[packet_end:]


def _run(command: list[str], environment: Mapping[str, str]) -> None:
    # Who votes at this moment goes first.
    if nice := shutil.which("nice"):
        command = [nice, "-n", "15", *command]
    # A group of its own: the program that one starts is not the one that works.
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(LONGEST_WAIT)
    except subprocess.TimeoutExpired:
        raise OfficeFailed from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
