"""What the live bar of who leads says, for the bar itself: it draws itself when news comes, without a run."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from exports.language import LANGUAGES
from exports.live_bar import live_bar
from models.basics.errors import NotFound
from models.room_state import read_state
from models.storage.database import reading
from models.workshop.workshop import find_workshop
from phone.serving.request import language_of


def bar(request: Request) -> Response:
    """GET /p/{code}/bar?language=nl: what the bar says, for who leads. Raises `NotFound`.

    With `state=1` the state of the room comes along, as the stream tells it: for a window that does not get the stream.
    """
    asked = request.query_params.get("language")
    with reading() as session:
        workshop = find_workshop(session, request.path_params["code"])
        if workshop is None:
            raise NotFound("workshop")
        # First the state: what comes with it may be newer, never older.
        state = read_state(session, workshop.id) if request.query_params.get("state") else None
        told = live_bar(session, workshop.id, asked if asked in LANGUAGES else language_of(request))
    if state is not None:
        told["state"] = state.text
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


routes = [Route("/p/{code}/bar", bar, methods=["GET"])]
