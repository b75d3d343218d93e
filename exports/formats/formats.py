"""The agenda in each kind of file that there is, kept or made now."""

from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from exports.agenda.build import build_agenda
from exports.agenda.public_copy import public_content
from exports.formats.calendar import agenda_calendar
from exports.formats.workbook import agreements_workbook
from exports.sealing.office import converted
from exports.sealing.seal_files import seal_files
from exports.word.frozen_part import canonical
from models.basics.words import Copy
from models.signing.files import AgendaDocument, agenda_document, agenda_file, file_to_give
from models.signing.sealing import complete_seals
from models.signing.shape import Content, frozen
from models.storage.database import reading


class Format(StrEnum):
    """A kind of file, by the ending of its name."""

    DOCX = "docx"
    PDF = "pdf"
    ODT = "odt"
    XLSX = "xlsx"
    ICS = "ics"
    JSON = "json"


MEDIA_TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.ODT: "application/vnd.oasis.opendocument.text",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.ICS: "text/calendar; charset=utf-8",
    Format.JSON: "application/json",
}
# What LibreOffice makes.
NEEDS_OFFICE = (Format.PDF, Format.ODT)


@dataclass(frozen=True)
class Given:
    """A file of an agenda; `is_final` when signing is closed."""

    content: bytes
    edition: int
    is_final: bool


def agenda_as(agenda_id: int, copy_for: Copy, format: Format) -> Given:
    """Return a version of the agenda as a file of this kind.

    The kept bytes where there are any; the sealed copy is made and kept now where it was not yet. While signing is open
    a PDF bears no seal. Raises `NotFound`, and for PDF and ODT `OfficeMissing`, `OfficeFailed`, `SealNotUsable`.
    """
    with reading() as session:
        word = file_to_give(session, agenda_id, copy_for, build_agenda)
        document = agenda_document(session, agenda_id)
    if format is Format.PDF and word.is_kept:
        return Given(_sealed(agenda_id, copy_for, word.edition), word.edition, is_final=True)
    match format:
        case Format.DOCX:
            content = word.content
        case Format.PDF | Format.ODT:
            (content,) = converted([word.content], format)
        case Format.XLSX:
            content = agreements_workbook(document, _shown(document, copy_for))
        case Format.ICS:
            content = agenda_calendar(document, _shown(document, copy_for))
        case Format.JSON:
            content = frozen_json(document, copy_for)
    return Given(content, word.edition, is_final=word.is_kept)


def frozen_json(document: AgendaDocument, copy_for: Copy) -> bytes:
    """Return the frozen content as the very bytes that partners signed; for the public without names of people."""
    if copy_for is Copy.PARTNERS and document.frozen_text:
        return document.frozen_text.encode()
    content = cast(Content, document.content)
    if copy_for is Copy.PUBLIC:
        content = public_content(content, content["alliance"]["language"])
    return canonical(content)


def _shown(document: AgendaDocument, copy_for: Copy) -> Content:
    content = frozen(document.content)
    return content if copy_for is Copy.PARTNERS else public_content(content, content["alliance"]["language"])


def _sealed(agenda_id: int, copy_for: Copy, edition: int) -> bytes:
    for _try in range(2):
        with reading() as session:
            kept = agenda_file(session, agenda_id, copy_for, Format.PDF, edition)
        if kept is not None:
            return kept.content
        complete_seals(seal_files, agenda_id)
    raise AssertionError("an edition that was sealed just now is kept")
