"""Coming in: the form at the door of a workshop."""

from collections import defaultdict
from typing import Any

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from exports.language import LANGUAGES
from models.alliance.alliance import read_alliance
from models.alliance.groups import read_groups
from models.basics.clock import today
from models.basics.codes import join_code, personal_code, whole_number
from models.basics.errors import DomainError, DoorShut, InvalidValue, NotFound, PersonalCodeUnknown
from models.basics.keys import new_phone_token
from models.basics.words import BuildingBlock, Door, WorkshopState
from models.encounters.come_again import has_earlier, is_code_of
from models.joining.fresh_joins import fresh_joins
from models.joining.joining import PhoneView, join, read_phone
from models.photo.meeting import baseline_of_meeting
from models.storage.database import database_url, reading
from models.storage.writing import post
from models.workshop.workshop import find_workshop
from phone.room.arriving import token_to_join_with
from phone.serving import cookies
from phone.serving.errors import (
    CookieRefused,
    Problem,
    TooManyTries,
    asks,
    check_brake,
    counted,
    error_json,
    headers_of,
    problem_of,
    was_right,
)
from phone.serving.rendering import render
from phone.serving.request import field, form_of, language_of, wants_json

Typed = dict[str, list[str]]
# How long a phone is known; where statements are open by link for weeks, so long after their last day.
PHONE_DAYS = 30
LANGUAGE_DAYS = 365
MOST_BLOCKS = 1_000
_blocks: dict[tuple[str, str], str] = {}


async def join_form(request: Request) -> Response:
    """GET /j/{code} and /j/{code}/{personal_code}: the form, filled in as far as the link does.

    The phone gets its cookie here already, so that a first post that is sent twice comes from one phone.
    """
    code = request.path_params["code"]
    token = cookies.phone_token(request, code)
    typed = {"personal_code": [request.path_params.get("personal_code", "")]}
    answer = await run_in_threadpool(_form_page, request, code, token, typed)
    if token is None and answer.status_code == 200:
        cookies.remember(
            answer, request, cookies.phone_cookie(code), new_phone_token(), days=await days_known(code)
        )
    return answer


async def join_workshop(request: Request) -> Response:
    """POST /j/{code}: become a participant. Harmless when repeated. With `show_in` only the form's language changes."""
    code = request.path_params["code"]
    form = await form_of(request)
    kept = cookies.phone_token(request, code)
    token, has_come_back = await token_to_join_with(request, code)
    show_in = field(form, "show_in")
    if show_in in LANGUAGES:
        page = await run_in_threadpool(_form_page, request, code, token, _typed(form), show_in=show_in)
        cookies.remember(page, request, cookies.LANGUAGE, str(show_in), days=LANGUAGE_DAYS)
        return page
    try:
        answers = _answers(form)
        tried = f"{join_code(code)} {personal_code(answers['personal_code'] or '')}"
        if answers["personal_code"]:
            check_brake(request, tried)
        if kept is None and field(form, "form") == "1":
            # Its page gave the phone a cookie, and the phone does not have it.
            raise CookieRefused
        joined = await post(join, code=code, phone_token=token, has_come_back=has_come_back, **answers)
    except DomainError as error:
        refusal = counted(request, error) if isinstance(error, NotFound | PersonalCodeUnknown) else error
        page = await run_in_threadpool(_refused, request, code, token, refusal, form)
        if not has_come_back:
            cookies.remember(page, request, cookies.phone_cookie(code), token, days=await days_known(code))
        return page
    was_right(request, join_code(code))
    was_right(request, tried)
    if joined.is_new:
        fresh_joins.joined(join_code(code), asks(request.scope))
    page_of_room = f"/p/{join_code(code)}"
    answer: Response
    if wants_json(request):
        told = {"waiting": True} if joined.is_waiting else {"number": joined.number}
        answer = JSONResponse({"page": page_of_room, **told})
    else:
        answer = RedirectResponse(page_of_room, 303)
    cookies.remember(answer, request, cookies.phone_cookie(code), token, days=await days_known(code))
    language = field(form, "language")
    if language in LANGUAGES:
        cookies.remember(answer, request, cookies.LANGUAGE, str(language), days=LANGUAGE_DAYS)
    return answer


async def days_known(code: str) -> int:
    """Return for how many days a phone is known in a meeting: who answers by link may go on until the last day.

    Which block a meeting is of never changes, so that a whole room that joins asks for it once.
    """
    asked = (database_url(), join_code(code))
    if _blocks.get(asked, BuildingBlock.BASELINE) != BuildingBlock.BASELINE:
        return PHONE_DAYS
    return await run_in_threadpool(_days_known, asked)


def _days_known(asked: tuple[str, str]) -> int:
    with reading() as session:
        workshop = find_workshop(session, asked[1])
        if workshop is None:
            return PHONE_DAYS
        if len(_blocks) >= MOST_BLOCKS:
            _blocks.clear()
        _blocks[asked] = workshop.block
        baseline = baseline_of_meeting(session, workshop.id)
        if baseline is None or baseline.open_until is None:
            return PHONE_DAYS
        still = baseline.open_until - today(read_alliance(session, workshop.alliance_id).time_zone)
    return PHONE_DAYS + max(0, still.days)


def _answers(form: FormData) -> dict[str, Any]:
    group = field(form, "group") or None
    bubbles = [str(value) for value in form.getlist("bubbles")]
    numbers = [whole_number(bubble) for bubble in bubbles]
    if (group and whole_number(group) is None) or None in numbers:
        raise InvalidValue("group", group)
    return {
        "name": field(form, "name") or None,
        "group_id": whole_number(group),
        "bubbles": numbers,
        "personal_code": (field(form, "personal_code") or "").strip() or None,
    }


def _typed(form: FormData) -> Typed:
    """Return what a form holds, each field with everything that was chosen in it."""
    return {name: [str(value) for value in form.getlist(name)] for name in form}


def _form_page(
    request: Request,
    code: str,
    token: str | None,
    typed: Typed,
    problem: Problem | None = None,
    headers: dict[str, str] | None = None,
    show_in: str | None = None,
) -> Response:
    fields = defaultdict(str, {name: values[-1] for name, values in typed.items() if values})
    with reading() as session:
        view = read_phone(session, code, token)
        if view is None:
            raise counted(request, NotFound("workshop"))
        if problem is None and _goes_on(session, view, fields["personal_code"]):
            return RedirectResponse(f"/p/{view.workshop.code}", 303)
        language = show_in or language_of(request, view.alliance.language)
        is_shut = problem is None and _is_shut(view, fields["personal_code"])
        if is_shut:
            problem = problem_of(DoorShut(), language)
        return render(
            request,
            "join.html",
            problem.status if problem else 200,
            language,
            headers,
            alliance=view.alliance,
            workshop=view.workshop,
            groups=read_groups(session, view.alliance.id),
            typed=fields,
            chosen=typed.get("group", [None])[-1],
            bubbles=typed.get("bubbles", []),
            is_shut=is_shut,
            has_earlier=has_earlier(session, view.workshop),
            problem=problem,
            # Somebody took part with this phone, and does so with another one now.
            has_moved=view.phone_id is not None and view.participant is None and view.asks_for is None,
            back=f"/j/{view.workshop.code}",
        )


def _is_shut(view: PhoneView, own_code: str) -> bool:
    """Return whether nobody new comes in here: that is told before one fills anything in."""
    workshop = view.workshop
    return workshop.door == Door.SHUT and not workshop.needs_personal_code and not own_code


def _goes_on(session: Session, view: PhoneView, own_code: str) -> bool:
    """Return whether there is nothing to ask: the meeting is over, or this phone takes part already."""
    if view.workshop.state == WorkshopState.OVER:
        return True
    mine = view.participant
    if view.asks_for is not None and not own_code:
        return True
    if mine is None:
        return False
    return not own_code or is_code_of(session, mine, own_code)


def _refused(request: Request, code: str, token: str, error: DomainError, form: FormData) -> Response:
    """The same form again, with what was typed and a sentence that says what went wrong."""
    about = error.about if isinstance(error, TooManyTries) else error
    if isinstance(about, NotFound) and about.what == "workshop":
        raise error
    with reading() as session:
        view = read_phone(session, code, token)
    language = language_of(request, view.alliance.language if view else "nl")
    if wants_json(request):
        return error_json(error, language)
    return _form_page(request, code, token, _typed(form), problem_of(error, language), headers_of(error))


routes = [
    Route("/j/{code}", join_form, methods=["GET"]),
    Route("/j/{code}", join_workshop, methods=["POST"]),
    Route("/j/{code}/{personal_code}", join_form, methods=["GET"]),
]
