"""What a mediation is sealed with: it opens with the words, the key and in the place that it was sealed for, or not."""

import pytest

from models.mediation import sealing
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

WORDS = "kachel rivier boterham lantaarn molen brug"
MINE = Whose("a" * 32, 3, 1)
SAID = "De brief van maart. شكراً 🤝".encode()
PLACE = {"uid": "a" * 32, "item": "b" * 32, "version": 2, "audience_id": 7}


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


def test_a_key_is_sealed_to_one_person_who_need_not_be_there() -> None:
    mine, theirs, key = new_pair(), new_pair(), new_key()
    sealed = seal_key(key, mine.public, uid="a" * 32, audience_id=7, person_id=3)

    assert open_key(sealed, mine.private, uid="a" * 32, audience_id=7, person_id=3) == key
    for private, place in (
        (theirs.private, {"uid": "a" * 32, "audience_id": 7, "person_id": 3}),
        (mine.private, {"uid": "c" * 32, "audience_id": 7, "person_id": 3}),
        (mine.private, {"uid": "a" * 32, "audience_id": 8, "person_id": 3}),
        (mine.private, {"uid": "a" * 32, "audience_id": 7, "person_id": 4}),
    ):
        with pytest.raises(DoesNotOpen):
            open_key(sealed, private, **place)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "elsewhere", [{"uid": "c" * 32}, {"item": "c" * 32}, {"version": 1}, {"audience_id": 8}]
)
def test_a_text_that_is_copied_elsewhere_does_not_open(elsewhere: dict[str, object]) -> None:
    key = new_key()
    sealed = seal_text(SAID, key, **PLACE)  # type: ignore[arg-type]

    assert open_text(sealed, key, **PLACE) == SAID  # type: ignore[arg-type]
    with pytest.raises(DoesNotOpen):
        open_text(sealed, key, **{**PLACE, **elsewhere})  # type: ignore[arg-type]


def test_a_text_tells_its_length_only_by_blocks_and_no_byte_of_it_can_be_changed() -> None:
    key = new_key()
    lengths = {len(seal_text(b"x" * length, key, **PLACE)) for length in range(1, 250)}  # type: ignore[arg-type]
    sealed = bytearray(seal_text(SAID, key, **PLACE))  # type: ignore[arg-type]
    sealed[20] ^= 1

    assert len(lengths) == 1
    with pytest.raises(DoesNotOpen):
        open_text(bytes(sealed), key, **PLACE)  # type: ignore[arg-type]
