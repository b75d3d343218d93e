"""An interview in the field: the guide that is read aloud, and what who was interviewed chooses afterwards."""

from dataclasses import dataclass

from exports.language import translations
from models.basics.words import Consent, Side


@dataclass(frozen=True)
class ConsentChoice:
    """How far something may be shared: what one chooses, and what that means."""

    consent: Consent
    label: str
    means: str


def guide_questions(language: str) -> list[str]:
    """Return the questions of the guide, in the order in which they are asked."""
    _ = translations(language).gettext
    return [
        _("How long have you known this place, and how did you come here?"),
        _("When do you feel at home here? And when do you not?"),
        _("When did you need help of the municipality? How did that go?"),
        _("Where do you meet people who live differently from you?"),
        _("Can you take part in what you would like to take part in? What helps, and what holds you back?"),
        _("Do you sometimes feel unsafe, or treated unequally? What happened then?"),
        _("When did somebody really listen to you? What became of it?"),
        _("What would you change first, and who should do that?"),
    ]


def guide_explanation(language: str) -> list[str]:
    """Return what is said before the first question."""
    _ = translations(language).gettext
    return [
        _(
            "We ask people how it is to live here. With their answers we make this place better for everybody."
        ),
        _("You may skip every question, and stop whenever you like."),
        _("Your name is not in the report, unless you want that."),
        _(
            "You decide what we share of your words. You get a link of your own for that. You may change your mind "
            "until the report is fixed."
        ),
        _("We erase our notes 30 days after we present the report, and at the latest after one year."),
    ]


def interview_with(side: str, number: int, language: str) -> str:
    """Return the name of an interview, by the alias of who speaks."""
    _ = translations(language).gettext
    words: dict[str, str] = {
        Side.MUNICIPALITY: _("Interview with municipality {number}"),
        Side.COMMUNITIES: _("Interview with community {number}"),
        Side.RESIDENTS: _("Interview with resident {number}"),
        Side.ORGANISATIONS: _("Interview with organisation {number}"),
    }
    # A narrow bar breaks before the word rather than between it and its number.
    return words[side].replace(" {number}", "\N{NO-BREAK SPACE}{number}").format(number=number)


def heading_of_question(question: int, language: str) -> str:
    """Return what stands above a note: the question that was asked, or none for what was said besides them."""
    questions = guide_questions(language)
    return questions[question - 1] if 1 <= question <= len(questions) else ""


def heading_of_another_phone(question: int, language: str) -> str:
    """Return the same for notes of a second phone in one interview; `{phone}` stands for its number."""
    _ = translations(language).gettext
    asked = heading_of_question(question, language)
    if not asked:
        return _("Phone {phone}")
    return _("Phone {phone}: {question}").replace("{question}", asked)


def several_phones(phones: int, language: str) -> str:
    """Return that more than one phone types this interview, and what becomes of it; empty for one."""
    if phones < 2:
        return ""
    return (
        translations(language)
        .ngettext(
            "{count} phone types in this interview.",
            "{count} phones type in this interview. Their notes stand below each other, each apart. "
            "One voice is counted.",
            phones,
        )
        .format(count=phones)
    )


def consent_choices(language: str) -> list[ConsentChoice]:
    """Return what who was interviewed chooses among, the widest first."""
    _ = translations(language).gettext
    return [
        ConsentChoice(Consent.WITH_NAME, _("With my name"), _("Everybody reads that I said this.")),
        ConsentChoice(
            Consent.WITH_ROLE,
            _("With what I do, without my name"),
            _("For instance: “a resident who volunteers”."),
        ),
        ConsentChoice(
            Consent.WITHOUT_ATTRIBUTION, _("Without saying who"), _("Nobody reads from whom this comes.")
        ),
        ConsentChoice(Consent.NONE, _("Do not share this"), _("It is nowhere to be read, from now on.")),
    ]
