"""Every sentence has its Dutch, and the check that says so can tell when one has not."""

import re
import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from exports.language import CATALOGUES as ALL_CATALOGUES
from setup import words


def test_every_sentence_has_its_dutch_and_every_dutch_is_used() -> None:
    assert len(words.sentences()) > 100

    assert words.problems() == []


def test_there_is_one_catalogue_for_each_room_and_one_for_what_several_say() -> None:
    assert [path.name for path in sorted(words.CATALOGUES.glob("*.po"))] == [
        "documents.po",
        "manage.po",
        "pages.po",
        "phone.po",
        "sentences.po",
    ]
    assert {path.name for path in words.CATALOGUES.glob("*.po")} == set(words.HEADS)


@pytest.mark.parametrize(
    ("places", "catalogue"),
    [
        (["pages/vote.py:10", "pages/parts/voting/open.py:3"], "pages.po"),
        (["phone/templates/vote.html:10"], "phone.po"),
        (["manage.py:10"], "manage.po"),
        (["exports/handouts/badges.py:3", "exports/charts/rows.py:9"], "documents.po"),
        (["exports/sentences/errors/fields.py:3"], "sentences.po"),
        (["exports/results/result_parts.py:3"], "sentences.po"),
        (["pages/vote.py:10", "phone/templates/vote.html:10"], "sentences.po"),
        (["exports/charts/rows.py:9", "pages/vote.py:10"], "sentences.po"),
        (["models/alliance/alliance.py: GROUP_PRESETS"], "sentences.po"),
    ],
)
def test_a_sentence_has_its_dutch_in_the_catalogue_of_its_room(places: list[str], catalogue: str) -> None:
    assert words.Sentence("Vote", places=places).catalogue == catalogue


def test_dutch_that_was_added_anywhere_is_brought_to_its_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in words.CATALOGUES.glob("*.po"):
        shutil.copyfile(path, tmp_path / path.name)
    monkeypatch.setattr(words, "CATALOGUES", tmp_path)
    words.sort()
    sorted_once = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.po")}
    head, *entries = sorted_once["phone.po"].split("\n\n")
    moved = entries.pop(40)
    (tmp_path / "phone.po").write_text("\n\n".join([head, *entries]), encoding="utf-8")
    (tmp_path / "yesterday.po").write_text("\n\n".join([head, moved]), encoding="utf-8")

    assert any("belongs in phone.po" in problem for problem in words.problems())
    words.sort()

    assert words.problems() == []
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.po")} == sorted_once


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
# Only said of more than one: in the last minute another sentence stands.
OF_SEVERAL = {
    "It comes from {count} proposals: {origins}.", "Let all {count} names through", "{n} minutes left",
}  # fmt: skip
COUNTED = re.compile(
    r"(?:\{\w+\}|%\(\w+\)s)[^\w{%]*(?:people|persons|participants|partners|votes|ballots|dots|proposals|agreements"
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
