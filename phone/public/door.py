"""The door for everyone: the code of a meeting, signing in to lead it, the language, and what machines ask."""

import asyncio
import tomllib
from functools import lru_cache
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from exports.language import LANGUAGES
from models.basics.codes import is_link, join_code, personal_code
from models.basics.errors import DomainError, InvalidValue, NotFound, TextMissing
from models.basics.keys import new_token
from models.installation.address import record_reached, short_address
from models.installation.installation import sign_in, sign_out, signed_in
from models.storage.database import reading
from models.storage.writing import post
from models.workshop.workshop import (
    find_projector,
    find_projector_of_over,
    find_table_host,
    find_workshop,
)
from phone.serving import cookies
from phone.serving.errors import (
    TooManyTries,
    asks,
    check_brake,
    counted,
    error_json,
    free_tries,
    headers_of,
    problem_of,
    unknown_code_page,
    was_right,
)
from phone.serving.guard import LEAD
from phone.serving.noticed import note
from phone.serving.passphrases import PlacesTaken, checking
from phone.serving.rendering import render
from phone.serving.request import field, form_of, language_of, reached_address, safe_back, wants_json

ROOT = Path(__file__).resolve().parents[2]
SIGN_IN_DAYS = 0.5
LANGUAGE_DAYS = 365
HELD_SECONDS = 1


def door(request: Request) -> Response:
    """GET /: type a code, or go on to sign in. `?code=` is what the form sends."""
    typed = request.query_params.get("code", "").strip()
    if not typed:
        return render(request, "door.html", code="", read="", problem=None)
    code = join_code(typed)
    check_brake(request, code)
    with reading() as session:
        workshop = find_workshop(session, code)
    if workshop is None:
        return unknown_code_page(request, counted(request, NotFound("workshop")), typed)
    was_right(request, code)
    own = personal_code(typed)
    return RedirectResponse(
        f"/j/{workshop.code}/{own}" if is_link(typed) and own else f"/j/{workshop.code}", 303
    )


def sign_in_form(request: Request) -> Response:
    """GET /sign-in. `to` is the page of who leads that was asked for, and that one goes on to."""
    to = _page_of_who_leads(request.query_params.get("to"))
    return render(request, "sign_in.html", name="", to=to, problem=None)


async def sign_in_here(request: Request) -> Response:
    """POST /sign-in: name and passphrase; on to the pages of who leads."""
    form = await form_of(request)
    name, passphrase = field(form, "name") or "", field(form, "passphrase") or ""
    to = _page_of_who_leads(field(form, "to"))
    token = new_token()
    try:
        if not name.strip():
            raise TextMissing("name")
        if not await _is_right(request, passphrase):
            raise counted(request, InvalidValue("passphrase"))
        await post(sign_in, name=name, token=token)
    except DomainError as error:
        if isinstance(error, TooManyTries):
            # Who guesses waits for each answer; the right one has none of this.
            await asyncio.sleep(HELD_SECONDS)
        if wants_json(request):
            return error_json(error, language_of(request))
        problem = problem_of(error, language_of(request))
        return render(
            request,
            "sign_in.html",
            problem.status,
            headers=headers_of(error),
            name=name,
            to=to,
            problem=problem,
            back="/sign-in",
        )
    note("signed in", asks(request.scope), name=name.strip())
    answer = RedirectResponse(to, 303)
    cookies.remember(answer, request, cookies.LEAD, token, days=SIGN_IN_DAYS)
    return answer


def _page_of_who_leads(path: str | None) -> str:
    """Return `path` where it is a page below /lead, else the first of them."""
    back = safe_back(path)
    return back if back.startswith(LEAD + "/") else LEAD + "/"


def sign_out_form(request: Request) -> Response:
    """GET /sign-out: a link changes nothing, so there is a button."""
    with reading() as session:
        if signed_in(session, cookies.lead_token(request)) is None:
            return RedirectResponse("/", 303)
    return render(request, "sign_out.html")


async def sign_out_here(request: Request) -> Response:
    """POST /sign-out: ends the sign-in in every window that uses it."""
    token = cookies.lead_token(request)
    if token:
        await post(sign_out, token=token)
        note("signed out", asks(request.scope))
    answer = RedirectResponse("/", 303)
    cookies.forget(answer, request, cookies.LEAD)
    return answer


async def choose_language(request: Request) -> Response:
    """POST /language: `language`, and `back`, where one came from."""
    form = await form_of(request)
    language = field(form, "language")
    if language not in LANGUAGES:
        raise InvalidValue("language", language)
    answer = RedirectResponse(safe_back(field(form, "back")), 303)
    cookies.remember(answer, request, cookies.LANGUAGE, str(language), days=LANGUAGE_DAYS)
    return answer


def open_projector(request: Request) -> Response:
    """GET /projector/{token}: lets this browser show one room, read-only."""
    token = request.path_params["token"]
    with reading() as session:
        if find_projector(session, token) is None:
            # Whoever types the link once more after the end reads that it is over, not that it is wrong.
            if find_projector_of_over(session, token) is not None:
                raise NotFound("link of a meeting that is over")
            raise counted(request, NotFound("link"))
    answer = RedirectResponse(LEAD + "/projector", 303)
    cookies.remember(answer, request, cookies.PROJECTOR, token, days=1)
    return answer


def open_table(request: Request) -> Response:
    """GET /table/{token}: lets this browser type for a table, in one meeting."""
    token = request.path_params["token"]
    with reading() as session:
        workshop = find_table_host(session, token)
    if workshop is None:
        raise counted(request, NotFound("link"))
    answer = RedirectResponse(f"{LEAD}/table?workshop={workshop.code}", 303)
    cookies.remember(answer, request, cookies.TABLE_HOST, token, days=1)
    return answer


async def reached(request: Request) -> Response:
    """GET /here/{key}: a phone shows that it reaches this server, and by which address."""
    key = request.path_params["key"]
    address = await post(record_reached, key=key, address=reached_address(request))
    if address is None:
        raise counted(request, NotFound("link"))
    return render(request, "here.html", address=short_address(address))


def health(request: Request) -> Response:
    """GET /healthz: for whoever watches over this server."""
    answer = {"status": "ok", "database": "ok", "version": _version()}
    try:
        with reading() as session:
            session.connection().execute(text("SELECT 1"))
    except SQLAlchemyError:
        return JSONResponse({**answer, "status": "failing", "database": "no answer"}, 503)
    return JSONResponse(answer)


async def _is_right(request: Request, passphrase: str) -> bool:
    """Return whether a passphrase is the right one. Raises `Busy`, `TooManyTries` for one not looked at."""
    address = asks(request.scope)
    try:
        return await checking.fits(passphrase, address=address, free_tries=free_tries(address))
    except PlacesTaken:
        raise TooManyTries(1) from None


@lru_cache
def _version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


routes = [
    Route("/", door, methods=["GET"]),
    Route("/sign-in", sign_in_form, methods=["GET"]),
    Route("/sign-in", sign_in_here, methods=["POST"]),
    Route("/sign-out", sign_out_form, methods=["GET"]),
    Route("/sign-out", sign_out_here, methods=["POST"]),
    Route("/language", choose_language, methods=["POST"]),
    Route("/projector/{token}", open_projector, methods=["GET"]),
    Route("/table/{token}", open_table, methods=["GET"]),
    Route("/here/{key}", reached, methods=["GET"]),
    Route("/healthz", health, methods=["GET"]),
]
