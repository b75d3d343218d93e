"""What every post of a participant does: it is braked, it is somebody's, it answers after the commit.

The answer is a page for a person, or JSON for a script.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from models.basics.codes import whole_number
from models.basics.errors import (
    AnotherPerson,
    DomainError,
    InvalidValue,
    NotAdmitted,
    NotFound,
    RequestReused,
    RoundClosed,
    TooManyDots,
)
from models.joining.joining import PhoneView, read_phone
from models.joining.voice import Voice, voice_on_phone
from models.storage.database import reading
from models.workshop.programme import is_step
from phone.room.again import again_page
from phone.room.arriving import count_in, has_just_arrived
from phone.room.mine import PAGE, mine_page, mine_path
from phone.room.room import room_page
from phone.room.voices import number_of
from phone.serving import cookies
from phone.serving.errors import TooManyPosts, counted, error_json, headers_of, problem_of, problem_page
from phone.serving.limits import post_rate
from phone.serving.request import client_address, field, form_of, language_of, wants_json

Sent = Callable[[Request, PhoneView, FormData], Awaitable[Response]]


def posted(send: Sent) -> Callable[[Request], Awaitable[Response]]:
    """Turn `send` into a route: it gets who posts and what; its domain errors become the same page with a sentence."""

    async def route(request: Request) -> Response:
        code = request.path_params["code"]
        token = cookies.phone_token(request, code)
        if not may_post(request, token):
            return problem_page(request, TooManyPosts(), back=f"/p/{code}")
        form = await form_of(request)
        view = await run_in_threadpool(who, code, token)
        if view is None:
            raise counted(request, NotFound("workshop"))
        if has_just_arrived(view):
            await count_in(request)
            view = await run_in_threadpool(who, code, token)
            assert view is not None
        try:
            if view.participant is None:
                raise NotAdmitted
            # A page that still stands open of who used this phone before speaks for nobody any more.
            if whole_number(field(form, "me")) not in (None, view.participant.number):
                raise AnotherPerson
            return await send(request, view, form)
        except DomainError as error:
            return await run_in_threadpool(refused, request, view, form, error)

    return route


def may_post(request: Request, token: str | None) -> bool:
    """Return whether this phone, or else this address, may post now, and count the post."""
    return post_rate.allows(token or client_address(request.scope))


def who(code: str, token: str | None) -> PhoneView | None:
    """Return whose phone this is, or None for an unknown code."""
    with reading() as session:
        return read_phone(session, code, token)


def refused(request: Request, view: PhoneView, form: FormData, error: DomainError) -> Response:
    """Return the page, or the JSON, that says what was wrong with a post; nothing that was typed is lost."""
    language = language_of(request, view.alliance.language)
    code = view.workshop.code
    if wants_json(request):
        more = {}
        if isinstance(error, (RoundClosed, TooManyDots)):
            more["choice"] = error.choice
        if isinstance(error, RequestReused) and "choice" in form:
            more["choice"] = error.stored
        return error_json(error, language, **more)
    if isinstance(error, AnotherPerson):
        # What that person typed stays with that page, and is not shown on this one.
        return RedirectResponse(f"/p/{code}", 303)
    if view.participant is None:
        return problem_page(request, error, back=f"/j/{code}")
    if field(form, "page") == PAGE:
        problem = problem_of(error, language)
        return mine_page(
            request, code, voice=field(form, "voice"), problem=problem, headers=headers_of(error)
        )
    if request.url.path.endswith("/again"):
        return again_page(
            request,
            code,
            problem=problem_of(error, language),
            typed_places=[key for key in form.getlist("again") if isinstance(key, str)],
            typed_contact=field(form, "contact") or "",
            headers=headers_of(error),
        )
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    typed["sent_to"] = request.url.path.removeprefix(f"/p/{request.path_params['code']}/")
    problem = problem_of(error, language)
    return room_page(
        request,
        code,
        status=problem.status,
        problem=problem,
        typed=typed,
        step=typed.get("step") or typed.get("from"),
        headers=headers_of(error),
    )


def own_participant(view: PhoneView) -> int:
    """Return the id of the phone's own participant."""
    assert view.participant is not None
    return view.participant.id


async def speaker(view: PhoneView, form: FormData) -> int:
    """Return whose post this is: the phone's own participant, or the other voice that the form names.

    Raises `NotYours` for a voice that does not speak through this phone, `NotAdmitted` where the phone takes no part.
    """
    number = number_of(field(form, "voice"))
    if number is None:
        return own_participant(view)
    if not view.is_admitted:
        raise NotAdmitted
    return (await run_in_threadpool(_voice, view, number)).participant_id


def _voice(view: PhoneView, number: int) -> Voice:
    with reading() as session:
        return voice_on_phone(session, phone_id=view.phone_id, number=number)


def back_to_page(code: str, form: FormData, anchor: str = "", **query: str) -> Response:
    """Back to where the form stood: the room's step, the earlier one that was looked back at, or one's own data."""
    if field(form, "page") == PAGE:
        return RedirectResponse(mine_path(code, field(form, "voice"), anchor="#proposals"), 303)
    step = field(form, "step")
    if is_step(step):
        query["step"] = str(step)
    if "voice" not in query and (voice := field(form, "voice")) and (round_id := field(form, "round")):
        query |= {"voice": voice, "round": round_id}
    asked = "?" + urlencode(query) if query else ""
    return RedirectResponse(f"/p/{code}{asked}{anchor}", 303)


def number_in(form: FormData, name: str) -> int:
    """Return a field's whole number. Raises `InvalidValue`."""
    number = whole_number(field(form, name))
    if number is None:
        raise InvalidValue(name, field(form, name))
    return number


def is_on(form: FormData) -> bool:
    """Return whether the post switches something on; without a word it does."""
    return field(form, "on") != "0"


def post_route(path: str, send: Sent) -> Route:
    """Return the route of a post of a participant."""
    return Route(path, posted(send), methods=["POST"])
