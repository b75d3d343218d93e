"""The state of a room as JSON, with a phone's own choices: what a script asks for."""

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from exports.sentences import choice_label
from models.basics.errors import NotFound
from models.basics.words import Phase, WorkshopState
from models.joining.joining import PhoneView, read_phone
from models.storage.database import reading
from models.voting.round_views import RoundView, ballots_of
from phone.room.arriving import JustArrived, counted_first, has_just_arrived
from phone.room.step_page import Values, newest_round
from phone.room.voices import voices_json
from phone.serving import cookies
from phone.serving.errors import counted
from phone.serving.request import language_of


async def state(request: Request) -> Response:
    """GET /p/{code}/state: the same as JSON, with this phone's own choices."""
    code = request.path_params["code"]
    return await counted_first(request, lambda: run_in_threadpool(_state, request, code))


def _state(request: Request, code: str) -> Response:
    with reading() as session:
        view = read_phone(session, code, cookies.phone_token(request, code))
        if view is None:
            raise counted(request, NotFound("workshop"))
        if has_just_arrived(view) and view.workshop.state != WorkshopState.OVER:
            raise JustArrived
        language = language_of(request, view.alliance.language)
        last = newest_round(session, view)
        return JSONResponse(
            {
                "step": view.workshop.step,
                "state": view.workshop.state,
                "revision": view.workshop.revision,
                "content": view.workshop.content,
                "people": view.people,
                "admitted": view.is_admitted,
                "round": _open_round(session, view, last, language) if view.is_admitted else None,
                "voices": voices_json(session, view, last) if view.is_admitted else [],
            }
        )


def _open_round(session: Session, view: PhoneView, last: RoundView | None, language: str) -> Values | None:
    if last is None or last.phase != Phase.OPEN or last.is_key_lost:
        return None
    mine = ballots_of(session, last.id, view.participant.id) if view.participant else {}
    return {
        "id": last.id,
        "method": last.method,
        "secrecy": last.secrecy,
        "budget": last.budget.dots if last.budget else None,
        "ends_at": last.ends_at.isoformat() if last.ends_at else None,
        "shown_position": last.shown_position,
        "choices": [
            {"value": choice.value, "label": choice_label(last.method, choice.value, language)}
            for choice in last.choices
        ],
        "items": [
            {
                "id": item.id,
                "text": item.text,
                "choice": mine[item.id].choice if item.id in mine else None,
                "sequence": mine[item.id].sequence if item.id in mine else 0,
            }
            for item in last.items
        ],
    }


routes = [Route("/p/{code}/state", state, methods=["GET"])]
