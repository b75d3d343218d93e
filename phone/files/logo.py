"""The logo of an alliance: taken in from who leads, and shown to them. Of what is offered only our own PNG is kept."""

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from exports.logo.apart import cleaned_logo
from models.alliance.logo import choose_logo, read_logo
from models.basics.errors import Busy, LogoNotUsable
from models.basics.words import LogoTrouble
from models.storage.database import reading
from models.storage.writing import write
from models.undoing.acting import Done, act_and_note
from models.who_may_see import COOKIES
from models.workshop.workshop import workshop_with
from phone.serving.offered import offered

MOST_WAITING = 10
_turns = CapacityLimiter(1)


def logo(request: Request) -> Response:
    """GET /files/{code}/logo.png: the logo of now, as documents show it."""
    with reading() as session:
        workshop = workshop_with(session, request.path_params["code"])
        return Response(read_logo(session, workshop.alliance_id), media_type="image/png")


async def bring_logo(request: Request) -> Response:
    """POST /files/{code}/logo.png: `file` becomes the logo. Answers by which event that can be undone."""
    async with offered(request) as asked:
        if asked.file is None:
            raise LogoNotUsable(LogoTrouble.NO_PICTURE)
        if _turns.statistics().tasks_waiting >= MOST_WAITING:
            raise Busy
        png = await to_thread.run_sync(cleaned_logo, asked.file, limiter=_turns)
    done = await run_in_threadpool(_store, request, png)
    return JSONResponse({"event": done.event_id})


def _store(request: Request, png: bytes) -> Done:
    with reading() as session:
        alliance_id = workshop_with(session, request.path_params["code"]).alliance_id
    tokens = {role: request.cookies.get(name) for role, name in COOKIES.items()}
    done: Done = write(
        act_and_note, tokens=tokens, action=choose_logo, arguments={"alliance_id": alliance_id, "png": png}
    )
    return done


routes = [
    Route("/files/{code}/logo.png", logo, methods=["GET"]),
    Route("/files/{code}/logo.png", bring_logo, methods=["POST"]),
]
