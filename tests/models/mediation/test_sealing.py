"""What a mediation is sealed with: it opens with the words, the key and in the place that it was sealed for, or not."""

import time
from contextlib import suppress
from typing import TypedDict

import pytest

from models.mediation import sealing, words_apart
from models.mediation.sealing import (
    DoesNotOpen,
    Whose,
    new_key,
    new_pair,
    new_words,
    open_key,
    open_private,
    open_text,
    seal_key,
    seal_private,
    seal_text,
    typed_words,
)
from models.signing.control_words import word_list


class Place(TypedDict):
    """Where a text is sealed."""

    uid: str
    item: str
    version: int
    audience_id: int


class KeyPlace(TypedDict):
    """Where a key is sealed."""

    uid: str
    audience_id: int
    person_id: int


WORDS = "kachel rivier boterham lantaarn molen brug"
MINE = Whose("a" * 32, 3, 1)
SAID = "De brief van maart. شكراً 🤝".encode()
PLACE: Place = {"uid": "a" * 32, "item": "b" * 32, "version": 2, "audience_id": 7}
KEY_PLACE: KeyPlace = {"uid": "a" * 32, "audience_id": 7, "person_id": 3}


def test_words_take_the_memory_and_the_passes_that_the_decision_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    assert (sealing.MEMORY_KIBIBYTES, sealing.PASSES, sealing.LANES) == (65_536, 3, 4)


def test_six_words_are_drawn_from_the_list_of_control_words() -> None:
    drawn = [new_words("nl").split() for _ in range(20)]

    assert all(len(words) == 6 and set(words) <= set(word_list("nl")) for words in drawn)
    assert len({" ".join(words) for words in drawn}) == 20


@pytest.mark.parametrize(
    "typed",
    [
        WORDS,
        WORDS.upper(),
        f"  {WORDS.replace(' ', '   ')}\n",
        WORDS.replace(" ", "-"),
        "ｋachel" + WORDS[6:],
    ],
)
def test_words_open_however_they_are_typed(typed: str) -> None:
    pair = new_pair()
    stored = seal_private(pair.private, WORDS, MINE)

    assert open_private(stored, typed, MINE) == pair.private
    assert typed_words(typed) == WORDS


@pytest.mark.parametrize(
    ("words", "whose"),
    [
        (WORDS[:-1], MINE),
        (" ".join(reversed(WORDS.split())), MINE),
        ("", MINE),
        (WORDS, Whose("c" * 32, 3, 1)),
        (WORDS, Whose("a" * 32, 4, 1)),
        (WORDS, Whose("a" * 32, 3, 2)),
    ],
)
def test_a_private_half_opens_for_nobody_else_and_nowhere_else(words: str, whose: Whose) -> None:
    stored = seal_private(new_pair().private, WORDS, MINE)

    with pytest.raises(DoesNotOpen):
        open_private(stored, words, whose)


def test_wrong_words_take_as_long_as_right_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the processor's own time, and by what each takes at least: how busy the machine is says nothing."""
    monkeypatch.setattr("models.mediation.sealing.MEMORY_KIBIBYTES", 8 * 1024)
    # One process tries them all, however long it waits for its turn: its own time is what counts.
    words_apart._asking.leave()
    for seconds in (words_apart.PATIENCE_SECONDS, words_apart.IDLE_SECONDS):
        monkeypatch.setitem(seconds, words_apart.BEHIND_ALL, 120)
    stored = seal_private(new_pair().private, WORDS, MINE)

    def took(words: str) -> float:
        begun = _processor_seconds()
        with suppress(DoesNotOpen):
            open_private(stored, words, MINE)
        return _processor_seconds() - begun

    right, wrong, empty = (min(took(words) for _ in range(7)) for words in (WORDS, "x " * 6, ""))
    words_apart._asking.leave()

    assert right / 2 < wrong < right * 2
    assert right / 2 < empty < right * 2


def _processor_seconds() -> float:
    """Return what this process has taken, and the one that tries words for it (Linux: clock_getcpuclockid(3))."""
    answering = words_apart._asking.answering
    assert answering is not None
    return time.process_time() + time.clock_gettime((~answering.process.pid << 3) | 2)


def test_a_key_is_sealed_to_one_person_who_need_not_be_there() -> None:
    mine, theirs, key = new_pair(), new_pair(), new_key()
    sealed = seal_key(key, mine.public, **KEY_PLACE)

    assert open_key(sealed, mine.private, **KEY_PLACE) == key
    elsewhere: list[tuple[bytes, KeyPlace]] = [
        (theirs.private, KEY_PLACE),
        (mine.private, {**KEY_PLACE, "uid": "c" * 32}),
        (mine.private, {**KEY_PLACE, "audience_id": 8}),
        (mine.private, {**KEY_PLACE, "person_id": 4}),
    ]
    for private, place in elsewhere:
        with pytest.raises(DoesNotOpen):
            open_key(sealed, private, **place)


@pytest.mark.parametrize(
    "elsewhere",
    [
        {**PLACE, "uid": "c" * 32},
        {**PLACE, "item": "c" * 32},
        {**PLACE, "version": 1},
        {**PLACE, "audience_id": 8},
    ],
)
def test_a_text_that_is_copied_elsewhere_does_not_open(elsewhere: Place) -> None:
    key = new_key()
    sealed = seal_text(SAID, key, **PLACE)

    assert open_text(sealed, key, **PLACE) == SAID
    with pytest.raises(DoesNotOpen):
        open_text(sealed, key, **elsewhere)


def test_a_text_tells_its_length_only_by_blocks_and_no_byte_of_it_can_be_changed() -> None:
    key = new_key()
    lengths = {len(seal_text(b"x" * length, key, **PLACE)) for length in range(1, 250)}
    sealed = bytearray(seal_text(SAID, key, **PLACE))
    sealed[20] ^= 1

    assert len(lengths) == 1
    with pytest.raises(DoesNotOpen):
        open_text(bytes(sealed), key, **PLACE)
