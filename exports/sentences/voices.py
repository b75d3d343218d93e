"""More voices than heads in words: as it was seen by whoever led, and as everyone may read it beside the outcome."""

from exports.language import number, translations
from models.workshop.voices import Moment


def more_voices_sentence(voices: int, heads: int, language: str) -> str:
    """Return how many voices stood against how many people, in a few words."""
    ngettext = translations(language).ngettext
    return ngettext(
        "{voices} voices, {heads} person counted.", "{voices} voices, {heads} people counted.", heads
    ).format(voices=number(voices, language), heads=number(heads, language))


def acknowledged_sentence(moment: str, voices: int, heads: int, language: str) -> str:
    """Return that whoever led saw the difference at the opening or at the result, and went on. Names nobody."""
    _ = translations(language).gettext
    said = {
        str(Moment.OPENED): _("When the round was opened: {numbers} Whoever led saw this and went on."),
        str(Moment.REVEALED): _("When the result was shown: {numbers} Whoever led saw this and went on."),
    }
    return said.get(moment, "{numbers}").format(numbers=more_voices_sentence(voices, heads, language))
