"""Has a picture cleaned in a process of its own."""

import base64
import threading
from typing import IO

from exports.apart import told_apart
from models.basics.errors import LogoNotUsable
from models.basics.words import LogoTrouble

CLEANER = "exports.logo.cleaner"
# One at a time: each takes a core, and may take a quarter of a gigabyte.
_turn = threading.Lock()


def cleaned_logo(offered: IO[bytes]) -> bytes:
    """Return the picture in an offered file, a real one at its beginning, as a clean PNG. Raises `LogoNotUsable`."""
    with _turn:
        told = told_apart(CLEANER, offered)
    if told is None:
        raise LogoNotUsable(LogoTrouble.TOO_MUCH)
    if told["trouble"]:
        raise LogoNotUsable(LogoTrouble(told["trouble"]), told["width"], told["height"])
    return base64.b64decode(told["png"])
