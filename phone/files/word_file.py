"""Word files as an answer, and the names under which they are saved."""

import unicodedata

from starlette.requests import Request
from starlette.responses import Response

from exports.language import translations
from models.basics.words import Copy
from models.signing.files import version_label
from models.tables import Alliance
from phone.serving.request import language_of

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_file(content: bytes, name: str) -> Response:
    """Return a Word file to save under `name`, which is plain ASCII."""
    return Response(
        content, media_type=WORD_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def download_of(content: bytes, name: str, *, media_type: str) -> Response:
    """Return any other file to save under `name`, which is plain ASCII."""
    return Response(
        content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def agenda_file(
    request: Request, alliance: Alliance, content: bytes, *, version: int, edition: int, copy: Copy
) -> Response:
    """Return an agenda's file; its name says of where it is, which copy, and which version."""
    _ = translations(language_of(request, alliance.language)).gettext
    kind = _("alliance-agenda") if copy == Copy.PARTNERS else _("alliance-agenda-public")
    parts = (kind, _plain(alliance.place), version_label(version, edition))
    return word_file(content, "-".join(part for part in parts if part) + ".docx")


def _plain(place: str) -> str:
    """Return a place's name in the letters that every system takes in the name of a file."""
    letters = unicodedata.normalize("NFD", place.lower()).encode("ascii", "ignore").decode("ascii")
    return "-".join("".join(letter if letter.isalnum() else " " for letter in letters).split())
