"""Texts that have to fit in a heading or a row: cut after a word, with a sign that they go on."""

from models.basics.text import shortened


def short_text(text: str, letters: int) -> str:
    """Return a text on one line, cut after a word where it has more than so many letters."""
    line = " ".join(text.split())
    if len(line) <= letters:
        return line
    begun = shortened(line, letters - 2)
    words = begun if line[len(begun) : len(begun) + 1].isspace() else begun.rpartition(" ")[0]
    # A text without a space is cut inside its only word.
    return f"{(words or begun).rstrip()} …"


def numbered(number: int, text: str, letters: int) -> str:
    """Return a number and what it stands for."""
    return f"{number} {short_text(text, letters)}"
