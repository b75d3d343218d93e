"""Which sign a table bears: one of ten colours, and one of ten symbols."""

from dataclasses import dataclass

COLOURS = SYMBOLS = 10


@dataclass(frozen=True)
class Sign:
    """The places of a table's colour and symbol in the lists of them, from 0."""

    colour: int
    symbol: int


def sign_of(number: int) -> Sign:
    """Return the sign of table `number`, from 1.

    A table beyond ten has a colour of the first ten with another symbol, so that a hundred tables differ.
    """
    turn, colour = divmod(number - 1, COLOURS)
    return Sign(colour, (colour + turn) % SYMBOLS)
