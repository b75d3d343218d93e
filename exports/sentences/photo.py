"""What is said beside the figures of a startfoto's statements: who answered, and by which way."""

from datetime import date

from exports.language import day, number, translations
from models.photo.answers import Answers


def who_answered(answers: Answers, language: str) -> str:
    """Return how many people answered, in a sentence; while the statements are open, how many so far."""
    ngettext = translations(language).ngettext
    count = answers.people
    sentence = (
        ngettext("{count} person answered so far.", "{count} people answered so far.", count)
        if answers.is_open
        else ngettext("{count} person answered.", "{count} people answered.", count)
    )
    return sentence.format(count=number(count, language))


def about_the_link(
    open_until: date | None, place: str, language: str, *, is_shared_outside: bool
) -> list[str]:
    """Return what has to stand beside the figures: by link one may answer twice, and who it may have reached."""
    _ = translations(language).gettext
    told = []
    if open_until is not None:
        told.append(
            _("The statements were open by link until {day}: one person may have answered twice.").format(
                day=day(open_until, language, style="long")
            )
        )
    if is_shared_outside:
        told.append(
            _("The link was shared outside {place} too: not everyone who answered lives there.").format(
                place=place
            )
        )
    return told
