"""What went wrong in words: what happened, and what to do. Nothing that was typed is lost by an error."""

from exports.language import translations
from exports.sentences.errors.evening import about_an_evening
from exports.sentences.errors.fields import about_fields
from exports.sentences.errors.files import about_a_file
from exports.sentences.errors.mediation import about_a_mediation
from exports.sentences.errors.room import about_the_room
from exports.sentences.errors.server import about_the_server
from exports.sentences.errors.signing import about_signing
from exports.sentences.errors.startfoto import about_a_startfoto
from exports.sentences.errors.told import Told
from exports.sentences.errors.voting import about_voting
from models.basics.errors import DomainError

_BY_SUBJECT = (
    about_fields,
    about_the_room,
    about_voting,
    about_signing,
    about_a_startfoto,
    about_an_evening,
    about_a_mediation,
    about_a_file,
    about_the_server,
)


def error_sentence(error: DomainError, language: str) -> Told:
    """Return what happened and what one can do about it, each as one or more whole sentences."""
    for about in _BY_SUBJECT:
        told = about(error, language)
        if told is not None:
            return told
    _ = translations(language).gettext
    return _("This did not work."), _("Nothing is lost. Try again.")
