"""The four cookies, each with one name and one way to set it."""

from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from models.codes import join_code
from phone.request import is_secure

LANGUAGE = "language"
LEAD = "handslag_lead"
PROJECTOR = "handslag_projector"
DAY = 24 * 60 * 60


@lru_cache
def phone_cookie(code: str) -> str:
    """Return the name of the participant's cookie in the workshop with this code."""
    return "handslag_" + join_code(code).lower()


def phone_token(request: Request, code: str) -> str | None:
    """Return this phone's token in the workshop with this code."""
    return request.cookies.get(phone_cookie(code))


def lead_token(request: Request) -> str | None:
    """Return the facilitator's sign-in token. Only the database knows whether it still stands."""
    return request.cookies.get(LEAD)


def projector_token(request: Request) -> str | None:
    """Return the token of the projector's link."""
    return request.cookies.get(PROJECTOR)


def remember(response: Response, request: Request, name: str, value: str, *, days: float) -> None:
    """Set a cookie that scripts cannot read and that other sites' forms do not carry."""
    response.set_cookie(
        name,
        value,
        max_age=int(days * DAY),
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_secure(request),
    )


def forget(response: Response, request: Request, name: str) -> None:
    """Delete a cookie that `remember` set."""
    response.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=is_secure(request))
