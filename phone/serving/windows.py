"""Windows of who leads, of table hosts and of the projector: who may open one, and how much it may ask. Pure ASGI.

Each is a session of Streamlit with a thread of its own, and draws whole pages: a hundred strangers with one each slowed
a vote from 2.5 ms to 12.6 s. So nobody reaches Streamlit without a sign-in or a link that stands. Who may open which
page, and which route of who leads, `models.who_may_see` says.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.basics.errors import DomainError, NotForThisRole, SignInEnded
from models.storage.database import reading
from models.who_may_see import (
    FIRST_PAGES,
    PAGES,
    ROUTES,
    Role,
    Visitor,
    roles_of_page,
    visitor_to,
    visitors,
)
from models.workshop.workshop import find_projector_of_over
from phone.serving import cookies
from phone.serving.errors import asks, on_domain_error, problem_page
from phone.serving.guard import LEAD, is_lead
from phone.serving.noticed import notice

# The same files for everybody, and what a window asks before it opens its connection.
FOR_EVERYBODY = tuple(
    f"{LEAD}/{path}" for path in ("static/", "app/static/", "_stcore/health", "_stcore/host-config")
)
# Files and answers that belong to a page; everything else below /lead is a page's address.
PARTS = tuple(f"{LEAD}/{path}" for path in ("_stcore/", "media/", "component/"))
MOST_WINDOWS = 24
# One link of a meeting serves all its tables.
MOST_TABLES = 60
MESSAGE_LIMIT = 1024 * 1024
# Who types or drags fast sends some ten messages a second; a bucket fills again at half that.
MESSAGES_AT_ONCE, MESSAGES_PER_SECOND = 40, 8
# A window keeps open after its sign-in has ended; so long after it, it is asked again.
ASK_AGAIN_SECONDS = 5
# Enough for the page that says so to be drawn.
MESSAGES_AFTER_THE_END = 5
REFUSED, TOO_LARGE, TOO_MANY = 1008, 1009, 1013


# Routes at which nobody shows a code or a token of their own: they open for who leads.
_ASKED_HERE = [
    (compile_path(path)[0], roles)
    for path, roles in ROUTES.items()
    if not roles & {Role.ANYBODY, Role.PARTICIPANT, Role.PARTNER, Role.PARTY}
]


def person_of(connection: HTTPConnection) -> Visitor | None:
    """Return who opens this: by a sign-in, else by a link that stands. None for everybody else.

    Reads the database.
    """
    with reading() as session:
        found = visitors(session, cookies.tokens(connection))
    return found[0] if found else None


def refusal(connection: HTTPConnection, roles: frozenset[Role]) -> DomainError | None:
    """Return why what these roles may open does not open for this browser, or None. Reads the database."""
    with reading() as session:
        try:
            visitor_to(session, cookies.tokens(connection), roles)
        except (SignInEnded, NotForThisRole) as error:
            return error
    return None


def roles_of_route(path: str) -> frozenset[Role] | None:
    """Return who may open a route that only they may, None where it asks for a code or a token itself."""
    return next((roles for pattern, roles in _ASKED_HERE if pattern.match(path)), None)


@dataclass
class Allowance:
    """How many messages a window may send now: some at once, then so many a second."""

    clock: Callable[[], float] = time.monotonic
    left: float = MESSAGES_AT_ONCE
    at: float = field(init=False)

    def __post_init__(self) -> None:
        self.at = self.clock()

    def wait(self) -> float:
        """Take one message, and return for how many seconds it has to wait; 0 while there are some left."""
        now = self.clock()
        self.left = min(float(MESSAGES_AT_ONCE), self.left + (now - self.at) * MESSAGES_PER_SECOND) - 1
        self.at = now
        return max(0.0, -self.left / MESSAGES_PER_SECOND)


class Windows:
    """Lets whoever leads or projects through to Streamlit, and sends everybody else to sign in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._window(scope, receive, send)
        elif scope["type"] == "http" and is_lead(scope) and not scope["path"].startswith(FOR_EVERYBODY):
            await self._page(scope, receive, send)
        elif scope["type"] == "http" and (roles := roles_of_route(scope["path"])):
            await self._route(roles, scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _route(self, roles: frozenset[Role], scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        error = await run_in_threadpool(refusal, request, roles)
        if error is None:
            await self.app(scope, receive, send)
        elif isinstance(error, NotForThisRole):
            await _not_this_one(request, error)(scope, receive, send)
        else:
            await (await on_domain_error(request, error))(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        is_part = scope["path"].startswith(PARTS) or scope["method"] not in ("GET", "HEAD")
        page = scope["path"].removeprefix(LEAD).strip("/")
        # What belongs to a page comes to each that may open one; inside it the page itself asks.
        roles = frozenset[Role]().union(*PAGES.values()) if is_part else roles_of_page(page)
        error = await run_in_threadpool(refusal, request, roles)
        if error is None:
            await self.app(scope, receive, send)
        elif isinstance(error, NotForThisRole):
            await _not_this_one(request, error)(scope, receive, send)
        elif is_part:
            await problem_page(request, error, back="/sign-in")(scope, receive, send)
        elif page == "projector" and (link := await run_in_threadpool(_link_of_over, request)):
            # A hall's computer that opens it again after the end has nobody who could sign in.
            await RedirectResponse(f"/projector/{link}", 303)(scope, receive, send)
        else:
            query = scope.get("query_string", b"").decode("latin-1")
            asked = quote(scope["path"] + (f"?{query}" if query else ""), safe="/")
            await RedirectResponse(f"/sign-in?to={asked}", 303)(scope, receive, send)

    async def _window(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        person = await run_in_threadpool(person_of, connection) if is_lead(scope) else None
        most = MOST_TABLES if person is not None and person.role is Role.TABLE_HOST else MOST_WINDOWS
        if person is None or self._open[person.token_hash] >= most:
            await receive()
            code = REFUSED if person is None else TOO_MANY
            notice("a window without a sign-in" if person is None else "too many windows", asks(scope))
            await send({"type": "websocket.close", "code": code, "reason": "no sign-in, or too many windows"})
            return
        opened_by = person.token_hash
        self._open[opened_by] += 1
        try:
            bounded = _Bounded(connection, receive, send)
            await self.app(scope, bounded.receive, bounded.send)
        finally:
            self._open[opened_by] -= 1
            if not self._open[opened_by]:
                del self._open[opened_by]


def _link_of_over(request: Request) -> str | None:
    """Return this browser's projector link where its meeting is over. Reads the database."""
    token = cookies.tokens(request)[Role.PROJECTOR]
    with reading() as session:
        return token if find_projector_of_over(session, token) else None


def _not_this_one(request: Request, error: NotForThisRole) -> Response:
    """A page that says so, leads to the one that this link opens, and lets one sign in."""
    return problem_page(request, error, back=f"{LEAD}/{FIRST_PAGES[Role(error.role)]}", can_sign_in=True)


class _Bounded:
    """What a window says, handed on: not too much at once, not too often, and not for long after its sign-in ended."""

    def __init__(self, connection: HTTPConnection, receive: Receive, send: Send) -> None:
        self._connection, self._receive, self._send = connection, receive, send
        self._allowance, self._asked_at = Allowance(), time.monotonic()
        self._left_after_the_end: int | None = None
        self._is_closed = False

    async def receive(self) -> Message:
        """Return the next message for Streamlit; a disconnection where the window said too much."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        if len(message.get("bytes") or message.get("text") or b"") > MESSAGE_LIMIT:
            return await self._close(TOO_LARGE, "too large")
        if wait := self._allowance.wait():
            await asyncio.sleep(wait)
        await self._look_again()
        if self._left_after_the_end is not None:
            self._left_after_the_end -= 1
            if self._left_after_the_end < 0:
                return await self._close(REFUSED, "the sign-in has ended")
        return message

    async def send(self, message: Message) -> None:
        """Hand on what Streamlit says, which may not know yet that the window is closed."""
        if not self._is_closed:
            await self._send(message)

    async def _look_again(self) -> None:
        if time.monotonic() - self._asked_at < ASK_AGAIN_SECONDS:
            return
        self._asked_at = time.monotonic()
        if await run_in_threadpool(person_of, self._connection) is not None:
            self._left_after_the_end = None
        elif self._left_after_the_end is None:
            self._left_after_the_end = MESSAGES_AFTER_THE_END

    async def _close(self, code: int, reason: str) -> Message:
        self._is_closed = True
        await self._send({"type": "websocket.close", "code": code, "reason": reason})
        return {"type": "websocket.disconnect", "code": code, "reason": reason}
