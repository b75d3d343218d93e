"""News of a room as server-sent events, for phones, facilitators' pages and the projector."""

from collections.abc import AsyncIterator
from contextlib import aclosing

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from models.database import reading
from models.errors import NotAdmitted, NotFound
from models.installation import signed_in
from models.news import Kind, listen
from models.participant import read_phone
from models.workshop import find_projector
from phone import cookies
from phone.errors import counted

RECONNECT_MILLISECONDS = 1000
HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


async def live(request: Request) -> Response:
    """GET /p/{code}/live. `as=page` and `as=projector` say what listens; without it a phone does."""
    workshop_id, kind = await run_in_threadpool(_listener, request)
    return StreamingResponse(_events(workshop_id, kind), media_type="text/event-stream", headers=HEADERS)


async def _events(workshop_id: int, kind: Kind) -> AsyncIterator[str]:
    yield f"retry: {RECONNECT_MILLISECONDS}\n\n"
    async with aclosing(listen(workshop_id, kind)) as news:
        async for state in news:
            yield ":\n\n" if state is None else f"event: change\ndata: {state.text}\n\n"


def _listener(request: Request) -> tuple[int, Kind]:
    """Return which room is listened to, and by what. Raises NotFound, NotAdmitted."""
    code = request.path_params["code"]
    asked = request.query_params.get("as")
    with reading() as session:
        view = read_phone(session, code, cookies.phone_token(request, code))
        if view is None:
            raise counted(request, NotFound("workshop"))
        workshop_id = view.workshop.id or 0
        if asked not in ("page", "projector") and view.participant is not None:
            return workshop_id, "phone"
        if signed_in(session, cookies.lead_token(request)) is not None:
            return workshop_id, "projector" if asked == "projector" else "page"
        shown = find_projector(session, cookies.projector_token(request))
        if shown is not None and shown.id == workshop_id:
            return workshop_id, "projector"
    raise NotAdmitted


routes = [Route("/p/{code}/live", live, methods=["GET"])]
