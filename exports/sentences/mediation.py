"""What a mediation says to everybody in it: what is accepted before the first word, its steps, its end."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from exports.language import day, translations
from models.basics.words import Direction, MediationStep


@dataclass(frozen=True)
class Accepted:
    """One thing that is accepted before the first word: its heading, its text, and what one says by the tick."""

    name: str
    heading: str
    lines: tuple[str, ...]
    says: str
    warning: str = ""

    @property
    def whole(self) -> str:
        """Everything that was accepted, as it is kept."""
        return "\n".join((self.heading, *self.lines, *([self.warning] if self.warning else []), self.says))


def mark_of(accepting: Sequence[Accepted], number: str) -> str:
    """Return what tells by a form which texts, and which number, stood there: other ones have another mark."""
    return hashlib.sha256("\0".join((number, *(one.whole for one in accepting))).encode()).hexdigest()[:16]


def step_names(language: str) -> dict[str, str]:
    """Return the steps of a mediation in their order, by name."""
    _ = translations(language).gettext
    return {
        MediationStep.REGISTRATION: _("Registration"),
        MediationStep.INTAKES: _("Intakes"),
        MediationStep.TOGETHER: _("Together"),
        MediationStep.OPTIONS: _("Options"),
        MediationStep.AGREEMENTS: _("Working agreements"),
        MediationStep.AFTERCARE: _("Aftercare"),
    }


def to_accept(direction: str, mediator: str, declaration: str, language: str) -> list[Accepted]:
    """Return what each party accepts before the first word, in the words that are kept."""
    _ = translations(language).gettext
    is_vertical = direction == Direction.VERTICAL
    return [
        Accepted(
            "mediator",
            _("This mediator"),
            (_("{mediator} declares: “{declaration}”").format(mediator=mediator, declaration=declaration),),
            _("I want this mediator"),
        ),
        Accepted(
            "secrecy",
            _("Secrecy"),
            (
                _("What stands here you tell nobody else. Nobody uses it as evidence."),
                _("That goes on after the end."),
            ),
            _("I keep secret what I read here"),
            _(
                "The municipality falls under the Dutch Open Government Act (Woo). This secrecy does not set that act "
                "aside: what the municipality has on paper, somebody can ask for. So we make no report."
            )
            if is_vertical
            else "",
        ),
        Accepted("rules", _("The rules"), tuple(rules(language)), _("I have received and read them")),
    ]


def rules(language: str) -> list[str]:
    """Return the rules of a mediation, a sentence each."""
    _ = translations(language).gettext
    return [
        _("You take part of your own free will. You may always stop, without a reason."),
        _("The mediator belongs to no party, and decides nothing for you."),
        _("What you write to the mediator stays between you, until you release it yourself."),
        _("You let each other finish, and speak of what you need yourself."),
        _("An agreement stands when every party approves it. Nobody is outvoted."),
        _(
            "With two parties it ends when one of them stops, or the mediator. With three or more the party that stops "
            "leaves, and the others go on. All then read the same neutral sentence."
        ),
        _(
            "If nobody does anything here for twelve months, it ends by itself. Everybody reads so a month before."
        ),
        _(
            "Ninety days after the last day of aftercare, which is three months after the end, all text is destroyed. "
            "Copies that are made at night keep it, sealed, for thirty days more."
        ),
    ]


def mandate_choices(language: str) -> list[tuple[str, str]]:
    """Return who may decide at a party: what is stored, and what one reads."""
    _ = translations(language).gettext
    return [
        ("self", _("I do myself")),
        ("group", _("I ask my group first")),
        ("other", _("Somebody else: I say who")),
    ]


def party_kinds(language: str) -> list[tuple[str, str]]:
    """Return what a party can be: what is stored, and what one reads."""
    _ = translations(language).gettext
    return [
        ("group", _("A group, with somebody who speaks for it")),
        ("person", _("One person")),
        ("municipality", _("The municipality or another government")),
    ]


def neutral_end(ended_on: date, language: str) -> str:
    """Return the one sentence that everybody reads when it has ended, whoever ended it and however."""
    return (
        translations(language)
        .gettext("This mediation ended on {day}.")
        .format(day=day(ended_on, language, style="long"))
    )


def neutral_leave(letter: str, left_on: date, language: str) -> str:
    """Return the one sentence that who stays reads of a party that left, however it did."""
    return (
        translations(language)
        .gettext("Party {letter} no longer takes part, since {day}.")
        .format(letter=letter, day=day(left_on, language, style="long"))
    )


def message_to_mediator(name: str, alliance: str, link: str, language: str) -> str:
    """Return the words that a facilitator sends to who is asked to mediate; the code is said aloud."""
    return (
        translations(language)
        .gettext(
            "Dear {name},\n\nWe ask you to mediate for {alliance}. This is your own page:\n{link}\n\nIt opens with a "
            "code that I tell you by telephone. Nobody but you and the parties can read what stands there."
        )
        .format(name=name, alliance=alliance, link=link)
    )


def taken_back(language: str) -> str:
    """Return what stands in an agreement whose words were taken back by who released them."""
    return translations(language).gettext("Taken back by who released it.")


def how_it_holds(language: str) -> list[tuple[str, str]]:
    """Return how a working relation can go: what is stored, and what one reads."""
    _ = translations(language).gettext
    return [("better", _("better")), ("same", _("the same")), ("worse", _("worse"))]


SHEETS = ("accept", "text", "share", "mark", "answer", "release", "read")


@dataclass(frozen=True)
class SheetWords:
    """What a sheet for a party without a phone is, what happens once it is signed, and what one signs for."""

    what: str
    then: str
    signs: str


def sheet_says(kind: str, language: str) -> SheetWords:
    """Return what a sheet says. On that with what others released nothing is signed."""
    _ = translations(language).gettext
    mine = _("This was read to me or I read it, and it is what I mean.")
    return {
        "accept": SheetWords(
            _("Before the first word"),
            _(
                "Once you have signed, all parties and the mediator read that you accepted this, and who decides."
            ),
            _("This was read to me or I read it, and I accept it."),
        ),
        "text": SheetWords(
            _("What you told the mediator"),
            _("Only you and the mediator read it. Whether others may, you decide later, text by text."),
            mine,
        ),
        "share": SheetWords(
            _("Do you release this one text to all?"),
            _("Exactly this text, not a word more. You can take it back until another party has opened it."),
            _("I release this text to all."),
        ),
        "mark": SheetWords(
            _("Do you find this principle too?"),
            _("Once you have signed, all parties and the mediator read that you find it too."),
            _("I find this too."),
        ),
        "answer": SheetWords(
            _("Do you approve this working agreement?"),
            _("It stands when every party approves it. All parties and the mediator read your answer."),
            _("This is my answer."),
        ),
        "release": SheetWords(
            _("Do you release this sentence to the alliance?"),
            _(
                "Once every party has released it, the facilitators read it, and may make an agreement of it. You can "
                "take it back until the agenda is frozen."
            ),
            _("I release this sentence to the alliance."),
        ),
        "read": SheetWords(
            _("What others released to you"), _("Nothing is asked of you. Keep this sheet to yourself."), ""
        ),
    }[kind]


def group_numbers(agreement: str, counts: dict[str, int], otherwise: str, language: str) -> str:
    """Return what the mediator reads of a group that was asked: how many said what, or how it was asked otherwise."""
    _ = translations(language).gettext
    if otherwise:
        return _("We asked our group about “{agreement}”: {how}").format(agreement=agreement, how=otherwise)
    return _(
        "We asked our group about “{agreement}”. Agree: {yes}. Have a question: {asks}. Do not agree: {no}."
    ).format(agreement=agreement, **counts)


def without_a_name(language: str) -> str:
    """Return what stands for somebody in a mediation whose name nobody can read."""
    return str(translations(language).gettext("somebody without a name"))
