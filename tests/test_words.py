"""Every sentence has its Dutch, and the check that says so can tell when one has not."""

import re

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from exports.language import CATALOGUES as ALL_CATALOGUES
from setup import words


def test_every_sentence_has_its_dutch_and_every_dutch_is_used() -> None:
    assert len(words.sentences()) > 100

    assert words.problems() == []


def test_a_placeholder_that_is_missing_or_new_is_found() -> None:
    sentence = words.Sentence("{count} of {total} voted.", places=["somewhere"])

    good = list(
        words.wrong_in(sentence, "x.po", Message(sentence.english, "{count} van {total} hebben gestemd."))
    )
    bad = list(
        words.wrong_in(sentence, "x.po", Message(sentence.english, "{count} van {totaal} hebben gestemd."))
    )

    assert good == []
    assert len(bad) == 1


def test_a_plural_may_write_its_singular_in_words() -> None:
    sentence = words.Sentence("{count} voice", "{count} voices", ["somewhere"])
    identifiers = (sentence.english, "{count} voices")

    good = list(words.wrong_in(sentence, "x.po", Message(identifiers, ("één stem", "{count} stemmen"))))
    bad = list(words.wrong_in(sentence, "x.po", Message(identifiers, ("één stem", "veel stemmen"))))

    assert good == []
    assert len(bad) == 1


def test_an_empty_an_uncertain_and_a_shouting_dutch_are_found() -> None:
    sentence = words.Sentence("Thank you.", places=["somewhere"])

    def wrong(dutch: str, *flags: str) -> int:
        return len(list(words.wrong_in(sentence, "x.po", Message(sentence.english, dutch, flags=flags))))

    assert (wrong("Dank u wel."), wrong(""), wrong("Dank u wel.", "fuzzy"), wrong("Dank u wel!")) == (
        0,
        1,
        1,
        1,
    )


# The script of the phones chooses between these and their twin for one; the limit of voices is more than one.
BY_THE_SCRIPT = {
    "{n} characters left", "Show {n} new proposals", "{n} people support this", "{n} people here", "{n} dots left",
    "{n} dots", "This phone votes for {count} other people already.",
}  # fmt: skip
# Only said of more than one.
OF_SEVERAL = {"It comes from {count} proposals: {origins}.", "Let all {count} names through"}
COUNTED = re.compile(
    r"(?:\{\w+\}|%\(\w+\)s)\W*(?:people|persons|participants|partners|votes|ballots|dots|proposals|agreements"
    r"|principles|texts|residents|minutes|names|are\b|have\b)"
)


def test_whatever_is_counted_has_a_form_for_one() -> None:
    messages = [
        message.id
        for path in sorted((ALL_CATALOGUES / "nl" / "LC_MESSAGES").glob("*.po"))
        for message in read_po(path.open("rb"), locale="nl")
        if isinstance(message.id, str)
    ]
    assert "{n} people here" in messages

    assert {message for message in messages if COUNTED.search(message)} - BY_THE_SCRIPT - OF_SEVERAL == set()
