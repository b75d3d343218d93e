"""What stands in the way of the server itself, in words: how it starts, what it lacks, how busy it is."""

from exports.language import translations
from exports.sentences.errors.told import Told
from models.basics.errors import (
    Busy,
    DomainError,
    NewerDatabase,
    NoRoomLeft,
    OfficeFailed,
    OfficeMissing,
    PassphraseTooShort,
    SealNotUsable,
    ServerKeyMissing,
)


def about_the_server(error: DomainError, language: str) -> Told | None:
    """Return what happened and what one can do about it; None for what this file does not tell."""
    _ = translations(language).gettext
    match error:
        case PassphraseTooShort():
            return (
                _("Handslag does not start: HANDSLAG_PASSPHRASE can be guessed."),
                _(
                    "Choose at least {count} characters, such as four words. Or leave it empty: then we make one."
                ).format(count=error.shortest),
            )
        case ServerKeyMissing():
            return (
                _(
                    "Handslag does not start: there is no server key in {file}, and this database was used with one."
                ).format(file=error.file),
                _(
                    "Put it back (server.key or HANDSLAG_KEY), and start again. Is it lost? Type: manage.py new-key."
                    " Links that were given out still open then, but they cannot be shown again; open anonymous"
                    " rounds take no votes any more."
                ),
            )
        case OfficeMissing():
            return (
                _("There is no LibreOffice on the server, so this kind of file cannot be made."),
                _("The Word file can. Whoever keeps the server can install LibreOffice Writer."),
            )
        case OfficeFailed():
            return (
                _("LibreOffice did not make this file."),
                _("Try again in a moment. The Word file is there all the same."),
            )
        case SealNotUsable():
            return (
                _("The key that seals documents cannot be used: {file}.").format(file=error.file),
                _("Is the file there, and does HANDSLAG_SEAL_PASSPHRASE open it? Then start again."),
            )
        case NewerDatabase():
            return (
                _(
                    "Handslag does not start: a newer version made this database ({found}). Nothing was changed."
                ).format(found=error.found),
                _(
                    "Start the newer version. Or put back the copy that it made before (handslag.before-….db)."
                ),
            )
        case NoRoomLeft():
            return (
                _("There is no room left on the server. We have not stored this yet."),
                _(
                    "Your text and your choice still stand here. Tell the facilitator, and try again when there is"
                    " room."
                ),
            )
        case Busy():
            return (
                _("It is very busy. We have not stored this yet."),
                _("Your text and your choice still stand here. Try again in a moment."),
            )
        case _:
            return None
