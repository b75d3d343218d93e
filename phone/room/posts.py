"""What a participant sends. Every post answers after the commit, as a page for a person or as JSON for a script."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from models.agreeing.ownership import offer_help, take_on
from models.basics.codes import personal_code, whole_number
from models.basics.errors import (
    AnotherPerson,
    DomainError,
    InvalidValue,
    NotAdmitted,
    NotFound,
    PersonalCodeUnknown,
    RequestReused,
    RoundClosed,
    TooManyDots,
)
from models.basics.words import Step
from models.drafting.proposal import change_proposal, send_proposal, support_proposal, withdraw_proposal
from models.joining.joining import PhoneView, read_phone
from models.joining.voice import Voice, add_voice, voice_on_phone
from models.storage.database import reading
from models.storage.writing import post
from models.voting.late_words import send_late_words
from models.workshop.participant import change_group, come_back, leave, raise_hand, record_first_step
from phone.room.arriving import count_in, has_just_arrived
from phone.room.room import room_page
from phone.room.voices import number_of
from phone.serving import cookies
from phone.serving.errors import (
    TooManyPosts,
    check_brake,
    counted,
    error_json,
    headers_of,
    problem_of,
    problem_page,
    was_right,
)
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


def _me(view: PhoneView) -> int:
    assert view.participant is not None and view.participant.id is not None
    return view.participant.id


async def _speaker(view: PhoneView, form: FormData) -> int:
    """Return whose post this is: the phone's own participant, or the other voice that the form names.

    Raises `NotYours` for a voice that does not speak through this phone, `NotAdmitted` where the phone takes no part.
    """
    number = number_of(field(form, "voice"))
    if number is None:
        return _me(view)
    if not view.is_admitted:
        raise NotAdmitted
    return (await run_in_threadpool(_voice, view, number)).participant_id


def _voice(view: PhoneView, number: int) -> Voice:
    with reading() as session:
        return voice_on_phone(session, phone_id=view.phone_id, number=number)


def back_to_page(code: str, form: FormData, anchor: str = "", **query: str) -> Response:
    """Back to where the form stood: the room's step, or the earlier one that was looked back at."""
    step = field(form, "step")
    if step in set(Step):
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


def _is_on(form: FormData) -> bool:
    return field(form, "on") != "0"


async def proposals(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/proposals: a text for a principle or an agreement."""
    sent = await post(
        send_proposal,
        participant_id=_me(view),
        kind=field(form, "kind") or "principle",
        text=field(form, "text") or "",
        request_id=field(form, "request_id") or None,
    )
    if wants_json(request):
        return JSONResponse({"id": sent.id, "state": sent.state})
    return back_to_page(view.workshop.code, form, "#own")


async def own_proposal(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/proposals/{id}: its author changes or withdraws it."""
    proposal_id = whole_number(request.path_params["proposal"])
    if proposal_id is None:
        raise NotFound("proposal")
    about: dict[str, Any] = {"participant_id": _me(view), "proposal_id": proposal_id}
    if field(form, "withdraw") == "1":
        sent = await post(withdraw_proposal, **about)
    else:
        sent = await post(change_proposal, **about, text=field(form, "text") or "")
    if wants_json(request):
        return JSONResponse({"id": sent.id, "state": sent.state})
    return back_to_page(view.workshop.code, form, "#own")


async def supports(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/supports: "me too" on a proposal, or no longer."""
    given = await post(
        support_proposal, participant_id=_me(view), proposal_id=number_in(form, "proposal"), on=_is_on(form)
    )
    if wants_json(request):
        return JSONResponse({"proposal": given.proposal_id, "on": given.is_on, "count": given.count})
    return back_to_page(view.workshop.code, form, f"#proposal-{given.proposal_id}")


async def owners(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/owners: take an agreement on. Who was no partner becomes one, with a link of their own."""
    agreement_id = number_in(form, "agreement")
    taken = await post(
        take_on, participant_id=_me(view), agreement_id=agreement_id, name=field(form, "name") or ""
    )
    if wants_json(request):
        return JSONResponse({"agreement": agreement_id, "page": f"/s/{taken.token}"})
    return back_to_page(view.workshop.code, form, f"#agreement-{agreement_id}")


async def offers(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/offers: help with an agreement."""
    agreement_id = number_in(form, "agreement")
    await post(
        offer_help, participant_id=_me(view), agreement_id=agreement_id, name=field(form, "name") or ""
    )
    if wants_json(request):
        return JSONResponse({"agreement": agreement_id})
    return back_to_page(view.workshop.code, form, f"#agreement-{agreement_id}")


async def voices(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/voices: let somebody else vote through this phone."""
    group = field(form, "group") or None
    if group and whole_number(group) is None:
        raise InvalidValue("group", group)
    code = view.workshop.code
    own = (field(form, "personal_code") or "").strip() or None
    tried = f"{code} {personal_code(own or '')}"
    if own:
        check_brake(request, tried)
    try:
        added = await post(
            add_voice,
            code=code,
            phone_token=cookies.phone_token(request, code) or "",
            name=field(form, "name") or None,
            group_id=whole_number(group),
            personal_code=own,
            request_id=field(form, "request_id") or None,
        )
    except PersonalCodeUnknown as error:
        raise counted(request, error) from None
    was_right(request, tried)
    if wants_json(request):
        waiting = {"waiting": True} if added.is_waiting else {}
        return JSONResponse({"voice": added.number, "admitted": added.is_admitted, **waiting})
    round_id = field(form, "round")
    query = {"voice": str(added.number), "round": round_id} if round_id else {}
    return back_to_page(view.workshop.code, form, "#voices", **query)


async def leaving(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/leave: go, or come back with `back=1`; with `voice` another person on this phone."""
    is_back = field(form, "back") == "1"
    await post(come_back if is_back else leave, participant_id=await _speaker(view, form))
    return JSONResponse({"here": is_back}) if wants_json(request) else back_to_page(view.workshop.code, form)


async def group(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/group: let one's vote count for another group, from the next round on; also of a `voice`."""
    group_id = number_in(form, "group") if field(form, "group") else None
    await post(change_group, participant_id=await _speaker(view, form), group_id=group_id)
    return (
        JSONResponse({"group": group_id}) if wants_json(request) else back_to_page(view.workshop.code, form)
    )


async def late_words(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/late-words: words about a text whose round is closed, for the facilitator alone."""
    about = {"round_id": number_in(form, "round"), "item_id": number_in(form, "item")}
    await post(
        send_late_words,
        **about,
        participant_id=await _speaker(view, form),
        choice=field(form, "choice") or "",
        text=field(form, "reason") or "",
        request_id=field(form, "request_id") or None,
    )
    if wants_json(request):
        return JSONResponse({"round": about["round_id"], "item": about["item_id"], "late": True})
    # No address of its own: said once, on the page as it is now.
    return await run_in_threadpool(
        room_page,
        request,
        view.workshop.code,
        typed={"sent_to": "late-words", "is_sent": "1"},
        step=field(form, "step") or field(form, "from"),
    )


async def hand(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/hand: raise a hand to the facilitator, or lower it."""
    await post(raise_hand, participant_id=_me(view), on=_is_on(form))
    return (
        JSONResponse({"on": _is_on(form)}) if wants_json(request) else back_to_page(view.workshop.code, form)
    )


async def first_step(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/first-steps: count that a first step was written. The text never comes here."""
    await post(record_first_step, participant_id=_me(view))
    return JSONResponse({"counted": True}) if wants_json(request) else back_to_page(view.workshop.code, form)


def _route(path: str, send: Sent) -> Route:
    return Route(path, posted(send), methods=["POST"])


routes = [
    _route("/p/{code}/proposals", proposals),
    _route("/p/{code}/proposals/{proposal}", own_proposal),
    _route("/p/{code}/supports", supports),
    _route("/p/{code}/owners", owners),
    _route("/p/{code}/offers", offers),
    _route("/p/{code}/voices", voices),
    _route("/p/{code}/leave", leaving),
    _route("/p/{code}/group", group),
    _route("/p/{code}/late-words", late_words),
    _route("/p/{code}/hand", hand),
    _route("/p/{code}/first-steps", first_step),
]
