"""What was filled in, or asked for, in words: it is missing, too long, no choice, or not there."""

from collections.abc import Callable

from exports.language import listed, translations
from exports.sentences.choices import choice_label
from exports.sentences.errors.told import Told
from models.basics.errors import DomainError, InvalidValue, NotFound, TextMissing, TextTooLong
from models.voting.methods import description
from models.voting.methods.method import Numbering

Gettext = Callable[[str], str]


def about_fields(error: DomainError, language: str) -> Told | None:
    """Return what happened and what one can do about it; None for what this file does not tell."""
    _ = translations(language).gettext
    match error:
        case NotFound():
            return _not_found(error, _)
        case TextMissing():
            return _text_missing(error, _)
        case TextTooLong():
            return _text_too_long(error, language)
        case InvalidValue():
            return _invalid_value(error, language)
        case _:
            return None


def _not_found(error: NotFound, _: Gettext) -> Told:
    known = {
        "workshop": (_("We do not know this code."), _("Look again. A right code works at once.")),
        "link": (_("This link does not work any more."), _("Ask the facilitator for a new link.")),
        "link of a meeting that is over": (
            _("This meeting is over."),
            _("Everything that was sent is kept. The link ended with it."),
        ),
        "participant": (
            _("We do not find this participant."),
            _("Join the meeting again, or ask the facilitator."),
        ),
        "partner": (_("We do not find this partner."), _("Go back and choose from the list.")),
        "group": (_("This group does not exist any more."), _("Choose another group.")),
        "proposal": (_("This proposal does not stand here any more."), _("Look at the other proposals.")),
        "principle": (_("We do not find this principle."), _("Go back and choose from the list.")),
        "sheet": (_("This sheet was taken back already."), _("Look at the list of sheets.")),
        "round": (_("We do not find this voting round."), _("Go on to what is happening in the room now.")),
        "agreement": (_("We do not find this agreement."), _("Go back and choose from the list.")),
        "agenda": (_("There is no alliance agenda here yet."), _("The facilitator makes it at the end.")),
        "alliance": (_("We do not find this alliance."), _("Go back and choose from the list.")),
        "finding": (_("This finding does not stand here any more."), _("Look at the other findings.")),
        "baseline source": (_("This source does not stand here any more."), _("Go back to all sources.")),
        "theme": (_("This theme does not stand here any more."), _("Choose from the list.")),
        "mediation text": (_("This text does not stand here any more."), _("Look at the page as it is now.")),
        "mediation person": (
            _("This person is not in the mediation any more."),
            _("Look at the page as it is now."),
        ),
        "mediation party": (
            _("This party is not in the mediation any more."),
            _("Look at the page as it is now."),
        ),
        "mediation audience": (
            _("You cannot read or write this."),
            _("Look at the page as it is now. Perhaps the mediator has to let you in again."),
        ),
        "conclusion": (_("This conclusion does not stand here any more."), _("Look at the other ones.")),
    }
    return known.get(error.what, (_("We do not find this."), _("Go back and try again.")))


def _text_missing(error: TextMissing, _: Gettext) -> Told:
    known = {
        "name": (_("Your name is missing."), _("Type your name.")),
        "reservation": (_("Your reservation is missing."), _("Type your reservation, or sign without one.")),
        "reason": (_("The reason is missing."), _("Type in one sentence why.")),
        "what": (_("What will happen is missing."), _("Type in one sentence what you agree.")),
        "place": (_("The place is missing."), _("Type the name of the place.")),
        "title": (_("The title is missing."), _("Type what the source is called.")),
        "finding": (_("There is no finding yet."), _("Type in one sentence what was found.")),
        "span": (_("No words were selected."), _("Select the words in the note, and choose a theme.")),
        "became": (_("The vaguer word is missing."), _("Type a word that fits more people.")),
    }
    return known.get(error.field, (_("There is no text yet."), _("Type your text. One sentence is enough.")))


def _text_too_long(error: TextTooLong, language: str) -> Told:
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    too_many = error.length - error.limit
    happened = _("Your text is too long: {length} characters. There is room for {limit}.")
    return (
        happened.format(length=error.length, limit=error.limit),
        ngettext(
            "Take away {count} character. Your text still stands here.",
            "Take away {count} characters. Your text still stands here.",
            too_many,
        ).format(count=too_many),
    )


def _invalid_value(error: InvalidValue, language: str) -> Told:
    _ = translations(language).gettext
    known = {
        "choice": (_("This choice does not exist in this round."), _what_is_offered(error, language)),
        "share": (_("This percentage cannot be used."), _("Choose a number from 1 to 100.")),
        "quorum": (_("This percentage cannot be used."), _("Choose a number from 1 to 100.")),
        "depends_on": (
            _("These agreements wait for each other in a circle."),
            _("Take one of the arrows away."),
        ),
        "address": (_("This is not a web address."), _("Type an address such as https://merenveld.example.")),
        "drawn": (_("We could not read the drawing."), _("Draw again, or type your name only.")),
        "time_zone": (_("We do not know this time zone."), _("Choose one from the list.")),
        "accent": (_("This is not a colour."), _("Choose a colour, or leave the field empty.")),
        "rule": (_("This rule does not fit this way of voting."), _("Choose one from the list.")),
        "level": (_("This is no limit for this way of voting."), _("Choose one from the list.")),
        "budget": (_("This is not a number of dots."), _from_to(error, language)),
        "known": (_("This is not a number of people who are here."), _from_to(error, language)),
        "answers": (
            _("These answers cannot be used."),
            _("Type two to twelve different answers, one on each line."),
        ),
        "answer": (
            _("This answer cannot be chosen any more."),
            _("Choose one of the answers that stand there."),
        ),
        "top": (_("This is not a number of texts."), _("Choose a whole number from 1 to 30.")),
        "minutes": (_("This is not a number of minutes."), _("Choose a whole number from 1 to 120.")),
        "passphrase": (_("This passphrase is not right."), _("Type it again.")),
        "theme": (_("This theme is there already, or not any more."), _("Choose another name or theme.")),
        "word": (_("This word does not stand there any more."), _("Look at the note as it is now.")),
        "link": (_("This is not a web address."), _("Type an address such as https://merenveld.example.")),
        "accepted": (_("Something was not accepted yet."), _("Read it, and tick each of the three.")),
        "knows": (
            _("Read first what the Woo means for paper."),
            _("Tick that you know it. Then we make the record."),
        ),
        "mandate": (_("Who decides at your side?"), _("Choose one of the answers.")),
        "direction": (_("Between whom is it?"), _("Choose one of the two.")),
        "party": (_("There are as many parties as there may be."), _("Eight is the most.")),
        "presented_on": (_("This day has yet to come."), _("Choose today or an earlier day.")),
    }
    return known.get(error.field, (_("This cannot be stored like this."), _("Look at what you filled in.")))


def _what_is_offered(error: InvalidValue, language: str) -> str:
    """Return which answers a round has: each by its word, or where they are steps of a scale the first and the last."""
    _ = translations(language).gettext
    if not error.method:
        return _("Choose one of the answers that stand there.")
    words = [
        _("“{text}”").format(text=choice_label(error.method, str(choice), language))
        for choice in error.offered
    ]
    method = description(error.method)
    if len(words) > 2 and (method.has_budget or method.look.numbering is not Numbering.NONE):
        return _("Choose from {first} to {last}.").format(first=words[0], last=words[-1])
    return _("Choose from {choices}.").format(choices=listed(words, language))


def _from_to(error: InvalidValue, language: str) -> str:
    """Return between which numbers one chooses."""
    _ = translations(language).gettext
    if not error.offered:
        return _("Look at what you filled in.")
    return _("Choose a whole number from {least} to {most}.").format(
        least=error.offered[0], most=error.offered[-1]
    )
