"""What touches security, noted for whoever watches over this server: one line each, never a secret, never a flood."""

import logging
import math
import threading
import time
from collections import OrderedDict

MOST_KEPT = 20_000

log = logging.getLogger("handslag.security")
_counts: OrderedDict[tuple[str, str], int] = OrderedDict()
_lock = threading.Lock()


def notice(what: str, address: str, **details: str) -> None:
    """Note that something was refused to `address`: the first time, the tenth, the hundredth and so on, with how often.

    `details` are short words of ours or cleaned text; never a code, a token, a passphrase or a choice.
    """
    with _lock:
        count = _counts[what, address] = _counts.pop((what, address), 0) + 1
        if len(_counts) > MOST_KEPT:
            _counts.popitem(last=False)
    if math.log10(count).is_integer():
        log.warning("%s; address %s; times %d%s", what, address, count, _told(details))


def note(what: str, address: str, **details: str) -> None:
    """Note something that was allowed and matters: who signed in and out. Every time."""
    log.info("%s; address %s%s", what, address, _told(details))


def _told(details: dict[str, str]) -> str:
    # As Python writes a text: nobody's name makes a line of its own.
    return "".join(f"; {name} {value!r}" for name, value in details.items())


def print_what_is_noted() -> None:
    """Let everything that Handslag notes be printed with its time in UTC, for a journal or a file."""
    handler = logging.StreamHandler()
    formatter = logging.Formatter("%(asctime)sZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    ours = logging.getLogger("handslag")
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    ours.propagate = False
