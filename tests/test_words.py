"""Every sentence has its Dutch, and the check that says so can tell when one has not."""

from babel.messages.catalog import Message

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
