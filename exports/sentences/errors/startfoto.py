"""What stands in the way in a startfoto, in words."""

from exports.language import translations
from exports.sentences.errors.told import Told
from models.basics.errors import (
    ConsentNarrower,
    DomainError,
    NoMeetingAhead,
    NoteChanged,
    NoteErased,
    NothingToReport,
    ReportFrozen,
    StatementsAnswered,
    TooManyThemes,
)


def about_a_startfoto(error: DomainError, language: str) -> Told | None:
    """Return what happened and what one can do about it; None for what this file does not tell."""
    _ = translations(language).gettext
    match error:
        case StatementsAnswered():
            return (
                _("The statements of this baseline were asked already."),
                _("They are asked once, so that every answer stays secret. A next baseline asks them again."),
            )
        case TooManyThemes():
            return (
                _("There are {count} themes already: no more fit in one picture.").format(count=error.limit),
                _("Join two themes, or take one away. Then add the new one."),
            )
        case NoteChanged():
            return (
                _("The note was changed in the meantime. Your mark was not stored."),
                _("Look at the note as it is now, and mark the words again."),
            )
        case NoteErased():
            return (
                _("This note was erased on its day, as was promised."),
                _("The quotes that were released are still there."),
            )
        case ConsentNarrower():
            return (
                _("Who said this allows no more than what stands here."),
                _("Ask them: only they can change it, by their own link."),
            )
        case NoMeetingAhead():
            return (
                _("There is no meeting yet in which this can be proposed."),
                _("Plan a meeting of the alliance first. Then make it a proposal."),
            )
        case NothingToReport():
            return _("There is no conclusion yet."), _("Write one conclusion. Then make the report.")
        case ReportFrozen():
            return _("This report is frozen already."), _("Change something first, or download it.")
        case _:
            return None
