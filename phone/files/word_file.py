"""Files as an answer, and the names under which they are saved."""

from starlette.requests import Request
from starlette.responses import Response

from exports.agenda.file_names import agenda_name
from exports.formats.formats import MEDIA_TYPES, Format
from models.basics.words import Copy
from models.tables import Alliance
from phone.serving.request import language_of

WORD_TYPE = MEDIA_TYPES[Format.DOCX]


def word_file(content: bytes, name: str, media_type: str = WORD_TYPE) -> Response:
    """Return a file (a Word file, if nothing else is said) to save under `name`, which is plain ASCII."""
    return Response(
        content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def download_of(content: bytes, name: str, *, media_type: str) -> Response:
    """Return any other file to save under `name`, which is plain ASCII."""
    return Response(
        content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def agenda_file(
    request: Request,
    alliance: Alliance,
    content: bytes,
    *,
    version: int,
    edition: int,
    copy: Copy,
    format: Format = Format.DOCX,
) -> Response:
    """Return an agenda's file; its name says of where it is, which copy, and which version."""
    language = language_of(request, alliance.language)
    name = agenda_name(alliance.place, language, copy=copy, version=version, edition=edition)
    return word_file(content, f"{name}.{format}", MEDIA_TYPES[format])
