"""Under which names the files of an agenda are saved."""

import unicodedata

from exports.language import translations
from models.basics.words import Copy
from models.signing.files import version_label
from models.signing.sealing import Unsealed


def agenda_name(place: str, language: str, *, copy: str, version: int, edition: int) -> str:
    """Return a name in plain ASCII, without its ending: of where it is, which copy, and which version."""
    _ = translations(language).gettext
    kind = _("alliance-agenda") if copy == Copy.PARTNERS else _("alliance-agenda-public")
    parts = (kind, _plain(place), version_label(version, edition))
    return "-".join(part for part in parts if part)


def file_name(file: Unsealed) -> str:
    """Return the name of the Word file inside a sealed copy."""
    name = agenda_name(
        file.place, file.language, copy=file.copy_for, version=file.version, edition=file.edition
    )
    return f"{name}.docx"


def _plain(place: str) -> str:
    """Return a place's name in the letters that every system takes in the name of a file."""
    letters = unicodedata.normalize("NFD", place.lower()).encode("ascii", "ignore").decode("ascii")
    return "-".join("".join(letter if letter.isalnum() else " " for letter in letters).split())
