"""What every page of a mediation needs: a secure way, who has it open, and how long wrong words wait."""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from models.basics.keys import token_hash
from models.mediation.coming_in import Drawn
from models.mediation.opened import OPEN_SECONDS, Opened, open_keys
from models.mediation.people import person_of
from models.storage.database import reading
from phone.serving.cookies import MEDIATION, open_session
from phone.serving.errors import asks
from phone.serving.rendering import render
from phone.serving.request import client_address, is_secure, language_of

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
COOKIE_LENGTH = 12
FREE_TRIES = 3
FIRST_DELAY = 2
LONGEST_DELAY = 300
FORGOTTEN_AFTER = 60 * 60
MOST_KEPT = 20_000

Clock = Callable[[], float]


def is_safe(request: Request) -> bool:
    """Return whether nobody between the browser and us can read along: https, or this very machine."""
    if is_secure(request):
        return True
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname
    return host in LOOPBACK and client_address(request.scope) in LOOPBACK


def refuse_plain_http(request: Request) -> HTMLResponse:
    """Return the one sentence for who comes by plain http: there is no field, and nothing is accepted."""
    return render(request, "mediation_plain.html", 403, back="/")


def cookie_of(token: str) -> str:
    """Return the name of the cookie for a link: it tells nothing of the link, and each link has its own."""
    return MEDIATION + token_hash(token)[:COOKIE_LENGTH]


def session_id(request: Request) -> str:
    """Return the session id that the browser shows for this link; empty where it shows none."""
    return request.cookies.get(cookie_of(request.path_params["token"]), "")


def opened_by(request: Request) -> Opened | None:
    """Return what the browser has open by this link, and count a tap; None where it is locked."""
    found = open_keys.tapped(session_id(request))
    if found is None:
        return None
    with reading() as session:
        person = person_of(session, request.path_params["token"])
    return found if person is not None and person.id == found.person_id else None


def back_to(token: str, place: str = "") -> RedirectResponse:
    """Return the way back to the page of a link."""
    return RedirectResponse(f"/m/{token}{place}", 303)


def locked_page(
    request: Request, *, status: int = 200, problem: object = None, retry: int = 0, about: str = "words"
) -> HTMLResponse:
    """Return the page of a link that is locked: the same for every link, also one that never was."""
    headers = {"Retry-After": str(retry)} if retry else None
    return render(
        request,
        "mediation_locked.html",
        status,
        language_of(request),
        headers,
        token=request.path_params["token"],
        sheet="mediation",
        problem=problem,
        about=about,
        back=f"/m/{request.path_params['token']}",
    )


def remember_session(answer: Response, request: Request, opened_id: str) -> None:
    """Give the browser the id of what it opened; a new one each time."""
    open_session(answer, request, cookie_of(request.path_params["token"]), opened_id)


class WordTries:
    """Wrong words and codes, counted per link and address: a leaked link locks nobody out but who guesses.

    Three are free, then each further one waits twice as long. Nothing slow is done for who waits.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._tries: OrderedDict[str, tuple[int, float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def seconds(self, whose: str) -> int:
        """Return how long to wait before the next try; 0 when it may be now."""
        with self._lock:
            _count, _at, until = self._tries.get(whose, (0, 0.0, 0.0))
            return max(0, math.ceil(until - self._clock()))

    def failed(self, whose: str) -> int:
        """Count a wrong try; return how long to wait now."""
        with self._lock:
            moment = self._clock()
            count, at, _until = self._tries.get(whose, (0, moment, 0.0))
            count = 1 if moment - at > FORGOTTEN_AFTER else count + 1
            over = count - FREE_TRIES
            delay = min(FIRST_DELAY * 2 ** min(over, 20), LONGEST_DELAY) if over >= 0 else 0
            self._tries[whose] = (count, moment, moment + delay)
            self._tries.move_to_end(whose)
            if len(self._tries) > MOST_KEPT:
                self._tries.popitem(last=False)
            return delay

    def was_right(self, whose: str) -> None:
        """Forget the wrong tries of who got it right."""
        with self._lock:
            self._tries.pop(whose, None)


def who_tries(request: Request) -> str:
    """Return by what wrong words are counted: this link, from this address."""
    return f"{token_hash(request.path_params['token'])} {asks(request.scope)}"


@dataclass(frozen=True)
class _Kept:
    token: str
    drawn: Drawn
    until: float


class DrawnWords:
    """Words that were shown and not typed back yet, by a random id: in memory alone, a quarter of an hour at most."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[str, _Kept] = {}

    def keep(self, name: str, token: str, drawn: Drawn) -> None:
        """Keep what was drawn for who came by this link."""
        self._sweep()
        self._kept[name] = _Kept(token_hash(token), drawn, self._clock() + OPEN_SECONDS)
        timer = threading.Timer(OPEN_SECONDS, self._sweep)
        timer.daemon = True
        timer.start()

    def of(self, name: str, token: str) -> Drawn | None:
        """Return what was drawn for this id and link; None where that is over."""
        self._sweep()
        found = self._kept.get(name)
        return found.drawn if found is not None and found.token == token_hash(token) else None

    def forget(self, name: str) -> None:
        """Forget what was typed back."""
        self._kept.pop(name, None)

    def _sweep(self) -> None:
        moment = self._clock()
        for name in [name for name, kept in list(self._kept.items()) if kept.until <= moment]:
            self._kept.pop(name, None)


word_tries = WordTries()
drawn_words = DrawnWords()
