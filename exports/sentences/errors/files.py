"""What is wrong with a file that somebody brings, in words."""

from collections.abc import Callable

from exports.language import translations
from exports.sentences.errors.told import Told
from models.basics.errors import DomainError, FileTooLarge, FileUnreadable, LogoNotUsable, RowInvalid
from models.basics.words import LogoTrouble

Gettext = Callable[[str], str]


def about_a_file(error: DomainError, language: str) -> Told | None:
    """Return what happened and what one can do about it; None for what this file does not tell."""
    _ = translations(language).gettext
    match error:
        case FileUnreadable():
            return _file_unreadable(error, _)
        case FileTooLarge():
            return (
                _("This file is too large: {size} at most.").format(size=_size(error.limit)),
                _("Take the pictures out, or bring it in parts."),
            )
        case LogoNotUsable():
            return _logo_not_usable(error, language)
        case RowInvalid():
            return (
                _("Row {row} cannot be stored, because of the column “{column}”: {value}.").format(
                    row=error.row, column=column_name(error.column, language), value=error.value or "–"
                ),
                _("Nothing was stored. Mend the row, and bring the file again."),
            )
        case _:
            return None


def column_name(column: str, language: str) -> str:
    """Return how a column of the table of findings is called, as it stands in its heading."""
    _ = translations(language).gettext
    return {
        "kind": _("kind"),
        "side": _("side"),
        "source": _("source"),
        "title": _("source"),
        "reference": _("reference"),
        "link": _("link"),
        "finding": _("finding"),
        "themes": _("themes"),
        "effect": _("effect"),
    }.get(column, column)


def _file_unreadable(error: FileUnreadable, _: Gettext) -> Told:
    if error.kind == "csv":
        return (
            _("This is not a table of findings that we can read."),
            _("Save it as CSV, with at least the columns “source” and “finding” in the first row."),
        )
    if error.kind == "people":
        return (
            _("This is not a table of people that we can read."),
            _("Save it as CSV, with at least the column “name” in the first row."),
        )
    return (
        _("This is not a note that we can read."),
        _("Bring a text file (.txt) or a Word file (.docx). Or paste the text in the note."),
    )


def _size(count: int) -> str:
    return f"{count // 1_000_000} MB" if count >= 1_000_000 else f"{count // 1_000} kB"


def _logo_not_usable(error: LogoNotUsable, language: str) -> Told:
    _ = translations(language).gettext
    save_as_png = _("Save it as PNG, and choose that file.")
    match error.trouble:
        case LogoTrouble.HEAVY:
            return _("This file is larger than 5 MB."), _("Save the logo smaller, and choose that file.")
        case LogoTrouble.NO_PICTURE:
            return _("This is no PNG, JPEG or SVG."), _(
                "Save the logo as one of these, and choose that file."
            )
        case LogoTrouble.TOO_MANY_POINTS:
            numbers = {"width": error.width, "height": error.height}
            return (
                _("This picture is {width} by {height} points: that is too large.").format(**numbers),
                _("Save it at 5,000 by 5,000 points at most. 1,000 points across is enough."),
            )
        case LogoTrouble.TOO_MUCH:
            return _("This picture asks too much of the server."), save_as_png
        case LogoTrouble.TOO_SMALL:
            numbers = {"width": error.width, "height": error.height}
            return (
                _("This picture is {width} by {height} points: too small for paper.").format(**numbers),
                _("Choose one of 300 points across or more, or an SVG."),
            )
        case LogoTrouble.TOO_OBLONG:
            return (
                _("This picture is so long and narrow that one could not read it on paper."),
                _("Choose a logo that is at most sixteen times as long as it is high."),
            )
        case LogoTrouble.NOTHING_SEEN:
            return (
                _("On white paper one sees nothing of this picture."),
                _("Choose the logo that is meant for a light ground."),
            )
        case LogoTrouble.SCRIPT:
            return _("This drawing holds a script, or a piece of a web page."), save_as_png
        case LogoTrouble.FROM_ELSEWHERE:
            return _("This drawing takes a part of itself from elsewhere."), save_as_png
        case LogoTrouble.ENTITIES:
            return (
                _("This drawing holds words of its own that we do not read."),
                _("Save it as plain SVG or as PNG, and choose that file."),
            )
        case LogoTrouble.LETTERS:
            return (
                _("This drawing holds letters, whose font the document would not have."),
                _("Have the letters made into outlines, or save it as PNG."),
            )
        case _:
            return _("We cannot read this picture: it is broken."), save_as_png
