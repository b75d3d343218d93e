"""Domain errors as a person reads them: a sentence, what to do, and the right status. One place for all phone pages."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import Scope

from exports.language import translations
from exports.sentences import error_sentence
from models.basics.codes import LONGEST_TYPED, join_code
from models.basics.errors import (
    AgendaClosed,
    AnotherPerson,
    Busy,
    DomainError,
    DoorShut,
    DraftingEnded,
    InUse,
    InvalidValue,
    MediationLocked,
    NoRoomLeft,
    NotAdmitted,
    NotForThisRole,
    NotFound,
    NotHost,
    NotYours,
    PersonalCodeNeeded,
    PersonalCodeUnknown,
    RequestReused,
    RoundCancelled,
    RoundClosed,
    RoundKeyLost,
    RoundNotReady,
    SignedWhen,
    SignInEnded,
    TextMissing,
    TextTooLong,
    TooManyContactWishes,
    TooManyDots,
    TooManyProposals,
    TooManyVoices,
    WordsDiffer,
    WorkshopOver,
)
from models.basics.text import shortened
from phone.serving.limits import failed_tries
from phone.serving.noticed import notice
from phone.serving.rendering import render
from phone.serving.request import client_address, language_of, safe_back, wants_json


class TooManyTries(DomainError):
    """Too many wrong codes, links or passphrases came from one address.

    `about` is what is wrong with the one that came now; None where it was not even looked up.
    """

    def __init__(self, seconds: int, about: DomainError | None = None) -> None:
        super().__init__(seconds)
        self.seconds, self.about = seconds, about


class TooManyPosts(DomainError):
    """One participant posts more often than a person can."""


class CookieRefused(DomainError):
    """The browser does not keep the cookie by which a phone is known."""


class OtherSite(DomainError):
    """The form was not one of ours."""


class BodyTooLarge(DomainError):
    """More was sent than any form of ours holds."""


STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    PersonalCodeUnknown: 404,
    DoorShut: 403,
    NotAdmitted: 403,
    NotForThisRole: 403,
    NotHost: 403,
    NotYours: 403,
    OtherSite: 403,
    MediationLocked: 403,
    SignInEnded: 403,
    AgendaClosed: 409,
    AnotherPerson: 409,
    DraftingEnded: 409,
    InUse: 409,
    RequestReused: 409,
    RoundClosed: 409,
    RoundKeyLost: 409,
    RoundCancelled: 409,
    RoundNotReady: 409,
    TooManyContactWishes: 409,
    TooManyDots: 409,
    TooManyVoices: 409,
    WorkshopOver: 409,
    BodyTooLarge: 413,
    TextTooLong: 413,
    InvalidValue: 422,
    CookieRefused: 422,
    PersonalCodeNeeded: 422,
    TextMissing: 422,
    WordsDiffer: 422,
    SignedWhen: 422,
    TooManyPosts: 429,
    TooManyProposals: 429,
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
        case TooManyTries(about=NotFound() | PersonalCodeUnknown() as about):
            # In a hall all come from one address: the eleventh need not wait for what ten others mistyped.
            return error_sentence(about, language)
        case TooManyTries():
            return _("There were too many wrong tries from here."), ngettext(
                "Wait {count} second. Then try again.", "Wait {count} seconds. Then try again.", error.seconds
            ).format(count=error.seconds)
        case TooManyPosts():
            return _("That went very fast."), _("Wait a second. Then try again.")
        case CookieRefused():
            return _("Your browser keeps no cookies of this page."), _(
                "We need one, so that you count once: nothing else stands in it. Allow cookies, or open this page in "
                "another browser. Then tap Join again."
            )
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
        case TooManyTries() | TooManyProposals():
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


# What who watches over the server wants to know of: no right to it, from another site, far too much.
REFUSED_TO_STRANGERS = (NotAdmitted, NotForThisRole, OtherSite, SignInEnded, BodyTooLarge)


def counted(request: Request, error: DomainError) -> DomainError:
    """Note a wrong code, link or passphrase; return what to answer: `error`, or that there were too many."""
    address = asks(request.scope)
    seconds = failed_tries.failed(address)
    notice(f"wrong {_kind_of_try(error)}", address)
    return TooManyTries(seconds, error) if seconds else error


def _kind_of_try(error: DomainError) -> str:
    """Return what was wrong, in a word for whoever watches over the server."""
    if isinstance(error, InvalidValue):
        return error.field
    return "link" if isinstance(error, NotFound) and error.what == "link" else "code"


def asks(scope: Scope) -> str:
    """Return by what wrong tries are counted: the address; of IPv6 the half that is one household's or one host's."""
    address = client_address(scope)
    if ":" not in address:
        return address
    try:
        return str(ip_network((address.split("%")[0], 64), strict=False))
    except ValueError:
        return address


def free_tries(address: str) -> int:
    """Return how many wrong tries this address still has free; 0 where it is braked."""
    return failed_tries.free_tries(address)


def is_anybody_braked() -> bool:
    """Return whether any address is braked: else no request needs a second look."""
    return failed_tries.is_braking


def check_brake(request: Request, code: str) -> None:
    """Raise `TooManyTries` where this address guesses too fast for `code` to be looked up at all."""
    if failed_tries.is_braking and not failed_tries.may_look_up(asks(request.scope), code):
        raise TooManyTries(1)


def was_right(request: Request, code: str) -> None:
    """Note that `code` was right: from this address it is looked up at once, however many wrong ones come."""
    failed_tries.was_right(asks(request.scope), code)


def problem_page(
    request: Request, error: DomainError, *, back: str = "/", can_sign_in: bool = False
) -> Response:
    """Return a page of its own for an error that belongs to no form, or JSON for a script.

    `back` is where it leads on to, and where `can_sign_in` one may sign in there as well.
    """
    if isinstance(error, REFUSED_TO_STRANGERS):
        notice(f"refused: {type(error).__name__}", asks(request.scope))
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
        can_sign_in=can_sign_in,
    )


def unknown_code_page(request: Request, error: DomainError, typed: str) -> Response:
    """Return the first page again, with the code that nobody knows in its field, and how we read it."""
    language = language_of(request)
    if wants_json(request):
        return error_json(error, language)
    problem = problem_of(error, language)
    typed = shortened(typed, LONGEST_TYPED)
    code, headers = join_code(typed), headers_of(error)
    return render(
        request,
        "door.html",
        problem.status,
        language,
        headers,
        code=typed,
        read=code,
        problem=problem,
        back="/",
    )


def _is_unknown_code(error: DomainError) -> bool:
    about = error.about if isinstance(error, TooManyTries) else error
    return isinstance(about, NotFound) and about.what == "workshop"


async def on_domain_error(request: Request, error: Exception) -> Response:
    """Answer a domain error that no route turned into its own page."""
    assert isinstance(error, DomainError)
    if isinstance(error, SignInEnded) and not wants_json(request):
        return RedirectResponse("/sign-in", 303)
    if _is_unknown_code(error) and "code" in request.path_params:
        return unknown_code_page(request, error, request.path_params["code"])
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
