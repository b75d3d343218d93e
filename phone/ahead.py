"""The two paths that a whole room takes: voting, and listening. They are answered ahead of everything else.

Streamlit's layers and the table of routes have nothing to say about them, and cost each vote, and each open stream as
long as it is open, as much again. Measured: a stream takes 41 kB with them, and 27 kB without.
"""

import logging
import re
from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from models.basics.errors import DomainError
from phone.room import live, votes
from phone.serving.errors import on_domain_error, on_failure, on_http_error

PATH = re.compile(r"/p/([^/]+)/(ballots|live)")
log = logging.getLogger("handslag.ahead")
AHEAD: dict[tuple[str, str], Callable[[Request], Awaitable[Response]]] = {
    ("POST", "ballots"): votes.ballots,
    ("GET", "live"): live.live,
}


class RoomFirst:
    """Answers votes and streams, and hands everything else on. Stands between the guard and Streamlit's app."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = PATH.fullmatch(scope["path"]) if scope["type"] == "http" else None
        answer = AHEAD.get((scope["method"], found[2])) if found is not None else None
        if found is None or answer is None:
            await self.app(scope, receive, send)
            return
        response = await _answered(answer, Request({**scope, "path_params": {"code": found[1]}}, receive))
        await response(scope, receive, send)


async def _answered(answer: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
    """Return the answer, also where it is an error that a person reads."""
    try:
        return await answer(request)
    except DomainError as error:
        return await on_domain_error(request, error)
    except HTTPException as error:
        return await on_http_error(request, error)
    except ClientDisconnect:
        # Nobody waits for this; the phone sends its vote again.
        return Response(status_code=400)
    except Exception as error:
        # Nothing stands around this that would answer.
        log.exception("a vote or a stream failed")
        return await on_failure(request, error)
