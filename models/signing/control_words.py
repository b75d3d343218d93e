"""The control words of a text: six ordinary words that a whole room sees, and that anybody can compute again."""

import hashlib
from functools import cache
from pathlib import Path

WORDS = 6
LIST_LENGTH = 2048
SALT = b"Handslag control words 1"
ROUNDS = 600_000
OTHERWISE = "en"
_BITS_A_WORD = 11
_KEY_BYTES = 9
_FOLDER = Path(__file__).parent / "word_lists"


def control_words(sha256: str, language: str) -> tuple[str, ...]:
    """Return the six control words of the text with this SHA-256 (64 hexadecimal digits): Dutch, or else English ones.

    PBKDF2-HMAC-SHA-256 (RFC 8018, section 5.2) with 600,000 rounds: the password is the 32 bytes of the SHA-256, the
    salt is `Handslag control words 1` in ASCII. Of the 9 bytes that come out the first 66 bits, most significant first,
    are six numbers of 11 bits, and each number is a place in the list. Who wants another text with the same words has
    to do this 2^66 times. It takes a few tenths of a second of processor time: never inside an action.
    """
    key = hashlib.pbkdf2_hmac("sha256", bytes.fromhex(sha256), SALT, ROUNDS, dklen=_KEY_BYTES)
    bits = int.from_bytes(key, "big") >> (_KEY_BYTES * 8 - WORDS * _BITS_A_WORD)
    places = [bits >> (_BITS_A_WORD * place) & (LIST_LENGTH - 1) for place in reversed(range(WORDS))]
    words = word_list(language)
    return tuple(words[place] for place in places)


@cache
def word_list(language: str) -> tuple[str, ...]:
    """Return the 2,048 words of a language in their order, those of English where there is no list of its own.

    What was shown to a room comes from these lists: a word that is changed or moved makes earlier words wrong.
    """
    file = _FOLDER / f"{language}.txt"
    if not file.is_file():
        file = _FOLDER / f"{OTHERWISE}.txt"
    return tuple(file.read_text(encoding="ascii").split())
