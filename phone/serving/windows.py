"""Windows of who leads and of the projector: who may open one, and how much it may ask. Pure ASGI.

Each is a session of Streamlit with a thread of its own, and draws whole pages: a hundred strangers with one each slowed
a vote from 2.5 ms to 12.6 s. So nobody reaches Streamlit without a sign-in or a projector's link that stands.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.basics.errors import SignInEnded
from models.basics.keys import token_hash
from models.installation.installation import signed_in
from models.storage.database import reading
from models.workshop.workshop import find_projector
from phone.serving import cookies
from phone.serving.errors import asks, problem_page
from phone.serving.guard import LEAD, is_lead
from phone.serving.noticed import notice

# The same files for everybody, and what a window asks before it opens its connection.
FOR_EVERYBODY = tuple(
    f"{LEAD}/{path}" for path in ("static/", "app/static/", "_stcore/health", "_stcore/host-config")
)
# Files and answers that belong to a page; everything else below /lead is a page's address.
PARTS = tuple(f"{LEAD}/{path}" for path in ("_stcore/", "media/", "component/"))
MOST_WINDOWS = 24
MESSAGE_LIMIT = 1024 * 1024
# Who types or drags fast sends some ten messages a second; a bucket fills again at half that.
MESSAGES_AT_ONCE, MESSAGES_PER_SECOND = 40, 8
# A window keeps open after its sign-in has ended; so long after it, it is asked again.
ASK_AGAIN_SECONDS = 5
# Enough for the page that says so to be drawn.
MESSAGES_AFTER_THE_END = 5
REFUSED, TOO_LARGE, TOO_MANY = 1008, 1009, 1013


def person_of(connection: HTTPConnection) -> str | None:
    """Return who opens this, as a hash of the token that stands: a facilitator's sign-in, else a projector's link.

    None for everybody else. Reads the database.
    """
    lead, shown = connection.cookies.get(cookies.LEAD), connection.cookies.get(cookies.PROJECTOR)
    if not lead and not shown:
        return None
    with reading() as session:
        if lead and signed_in(session, lead) is not None:
            return token_hash(lead)
        if shown and find_projector(session, shown) is not None:
            return token_hash(shown)
    return None


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
        else:
            await self.app(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        if await run_in_threadpool(person_of, request) is not None:
            await self.app(scope, receive, send)
        elif scope["path"].startswith(PARTS) or scope["method"] not in ("GET", "HEAD"):
            await problem_page(request, SignInEnded(), back="/sign-in")(scope, receive, send)
        else:
            query = scope.get("query_string", b"").decode("latin-1")
            asked = quote(scope["path"] + (f"?{query}" if query else ""), safe="/")
            await RedirectResponse(f"/sign-in?to={asked}", 303)(scope, receive, send)

    async def _window(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        person = await run_in_threadpool(person_of, connection) if is_lead(scope) else None
        if person is None or self._open[person] >= MOST_WINDOWS:
            await receive()
            code = REFUSED if person is None else TOO_MANY
            notice("a window without a sign-in" if person is None else "too many windows", asks(scope))
            await send({"type": "websocket.close", "code": code, "reason": "no sign-in, or too many windows"})
            return
        self._open[person] += 1
        try:
            bounded = _Bounded(connection, receive, send)
            await self.app(scope, bounded.receive, bounded.send)
        finally:
            self._open[person] -= 1
            if not self._open[person]:
                del self._open[person]


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
