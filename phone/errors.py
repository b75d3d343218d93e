"""Domain errors as a person reads them: a sentence, what to do, and the right status. One place for all phone pages."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from exports.language import translations
from exports.sentences import error_sentence
from models.errors import (
    AgendaClosed,
    AnotherPerson,
    Busy,
    DomainError,
    DoorShut,
    DraftingEnded,
    InUse,
    InvalidValue,
    NoRoomLeft,
    NotAdmitted,
    NotFound,
    NotYours,
    PersonalCodeNeeded,
    PersonalCodeUnknown,
    RequestReused,
    RoundClosed,
    RoundNotReady,
    SignInEnded,
    TextMissing,
    TextTooLong,
    TooManyDots,
    TooManyVoices,
    WorkshopOver,
)
from phone.limits import failed_tries
from phone.rendering import render
from phone.request import client_address, language_of, safe_back, wants_json


class TooManyTries(DomainError):
    """Too many wrong codes, links or passphrases came from one address."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class TooManyPosts(DomainError):
    """One participant posts more often than a person can."""


class OtherSite(DomainError):
    """The form was not one of ours."""


class BodyTooLarge(DomainError):
    """More was sent than any form of ours holds."""


STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    PersonalCodeUnknown: 404,
    DoorShut: 403,
    NotAdmitted: 403,
    NotYours: 403,
    OtherSite: 403,
    SignInEnded: 403,
    AgendaClosed: 409,
    AnotherPerson: 409,
    DraftingEnded: 409,
    InUse: 409,
    RequestReused: 409,
    RoundClosed: 409,
    RoundNotReady: 409,
    TooManyDots: 409,
    TooManyVoices: 409,
    WorkshopOver: 409,
    BodyTooLarge: 413,
    TextTooLong: 413,
    InvalidValue: 422,
    PersonalCodeNeeded: 422,
    TextMissing: 422,
    TooManyPosts: 429,
    TooManyTries: 429,
    Busy: 503,
}
BUSY_RETRY_SECONDS = 2
# Somebody has to make room first.
FULL_RETRY_SECONDS = 10


@dataclass(frozen=True)
class Problem:
    """What went wrong, as it stands above a form. `field` is the form's field it is about, or None."""

    headline: str
    advice: str
    status: int
    field: str | None = None


def status_of(error: DomainError) -> int:
    """Return the HTTP status of a domain error."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 409)


def problem_of(error: DomainError, language: str) -> Problem:
    """Return a domain error in words."""
    headline, advice = sentence_of(error, language)
    return Problem(headline, advice, status_of(error), getattr(error, "field", None))


def sentence_of(error: DomainError, language: str) -> tuple[str, str]:
    """Return what happened and what to do, also for the errors that only this room knows."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    match error:
        case TooManyTries():
            return _("There were too many wrong tries from here."), ngettext(
                "Wait {count} second. Then try again.", "Wait {count} seconds. Then try again.", error.seconds
            ).format(count=error.seconds)
        case TooManyPosts():
            return _("That went very fast."), _("Wait a second. Then try again.")
        case OtherSite():
            return _("This form came from another site."), _(
                "Open the page again, and fill in the form there."
            )
        case BodyTooLarge():
            return _("That is too much text for this form."), _("Go back and send less.")
        case _:
            return error_sentence(error, language)


def headers_of(error: DomainError) -> dict[str, str]:
    """Return when to try again, where waiting helps."""
    match error:
        case TooManyTries():
            return {"Retry-After": str(error.seconds)}
        case TooManyPosts():
            return {"Retry-After": "1"}
        case NoRoomLeft():
            return {"Retry-After": str(FULL_RETRY_SECONDS)}
        case Busy():
            return {"Retry-After": str(BUSY_RETRY_SECONDS)}
        case _:
            return {}


def name_of(error: DomainError) -> str:
    """Return the error's name for scripts: `round_closed`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()


def error_json(error: DomainError, language: str, **more: Any) -> JSONResponse:
    """Return `{error, message}` and whatever a script needs beside it."""
    headline, advice = sentence_of(error, language)
    return JSONResponse(
        {"error": name_of(error), "message": f"{headline} {advice}", **more},
        status_code=status_of(error),
        headers=headers_of(error),
    )


def counted(request: Request, error: DomainError) -> DomainError:
    """Note a wrong code, link or passphrase; return what to answer: `error`, or that there were too many."""
    seconds = failed_tries.failed(client_address(request.scope))
    return TooManyTries(seconds) if seconds else error


def problem_page(request: Request, error: DomainError, *, back: str = "/") -> Response:
    """Return a page of its own for an error that belongs to no form, or JSON for a script."""
    language = language_of(request)
    if wants_json(request):
        return error_json(error, language)
    problem = problem_of(error, language)
    return render(
        request,
        "problem.html",
        problem.status,
        language,
        headers_of(error),
        problem=problem,
        back=safe_back(back),
    )


async def on_domain_error(request: Request, error: Exception) -> Response:
    """Answer a domain error that no route turned into its own page."""
    assert isinstance(error, DomainError)
    if isinstance(error, SignInEnded) and not wants_json(request):
        return RedirectResponse("/sign-in", 303)
    return problem_page(request, error)


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer an unknown path, a method that a path does not know, or a broken form."""
    assert isinstance(error, HTTPException)
    if error.status_code == 413:
        return problem_page(request, BodyTooLarge())
    language = language_of(request)
    _ = translations(language).gettext
    headline, advice = _("This did not work."), _("Go back and try again.")
    if error.status_code == 404:
        headline, advice = (
            _("This page does not exist."),
            _("Go to the first page, and type the code of the meeting."),
        )
    if error.status_code == 415:
        headline, advice = (
            _("We cannot read what was sent."),
            _("Open the page again, and fill in the form there."),
        )
    if wants_json(request):
        name = {404: "not_found", 415: "not_a_plain_form"}.get(error.status_code, "bad_request")
        return JSONResponse(
            {"error": name, "message": f"{headline} {advice}"}, error.status_code, dict(error.headers or {})
        )
    problem = Problem(headline, advice, error.status_code)
    return render(
        request, "problem.html", error.status_code, language, dict(error.headers or {}), problem=problem
    )


async def on_failure(request: Request, error: Exception) -> Response:
    """Answer an error of our own. The log has the rest."""
    language = language_of(request)
    _ = translations(language).gettext
    problem = Problem(
        _("Something went wrong on our side."), _("Nothing is lost. Go back and try again."), 500
    )
    if wants_json(request):
        return JSONResponse({"error": "failure", "message": f"{problem.headline} {problem.advice}"}, 500)
    return render(request, "problem.html", 500, language, problem=problem)


exception_handlers: dict[Any, Callable[[Request, Exception], Awaitable[Response]]] = {
    DomainError: on_domain_error,
    HTTPException: on_http_error,
    Exception: on_failure,
}
