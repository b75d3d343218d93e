"""A phone counts from its first request that carries its cookie: who refuses it is nobody, however often they tap."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from models.basics.errors import NotFound
from models.basics.keys import is_phone_token, new_phone_token
from models.basics.words import WorkshopState
from models.joining.joining import PhoneView, arrive, knows_phone, read_phone
from models.storage.database import reading
from models.storage.writing import post
from phone.serving import cookies
from phone.serving.errors import counted

Answer = TypeVar("Answer")


class JustArrived(Exception):
    """This phone joined without having shown its cookie, and shows it now: it is counted first, then answered."""


def has_just_arrived(view: PhoneView | None) -> bool:
    """Return whether this phone joined, and carries its cookie for the first time."""
    return view is not None and view.participant is not None and view.participant.joined_at is None


def view_of_phone(session: Session, request: Request, code: str) -> PhoneView:
    """Return a meeting as this phone sees it. Raises `NotFound`, and `JustArrived` for `counted_first`."""
    view = read_phone(session, code, cookies.phone_token(request, code))
    if view is None:
        raise counted(request, NotFound("workshop"))
    if has_just_arrived(view) and view.workshop.state != WorkshopState.OVER:
        raise JustArrived
    return view


async def counted_first(request: Request, ask: Callable[[], Awaitable[Answer]]) -> Answer:
    """Return what `ask` returns; where it says that the phone has just arrived, count it and ask again."""
    try:
        return await ask()
    except JustArrived:
        await count_in(request)
        return await ask()


async def count_in(request: Request) -> None:
    """Count who joined on this phone."""
    code = request.path_params["code"]
    token = cookies.phone_token(request, code)
    if token:
        await post(arrive, code=code, phone_token=token)


async def token_to_join_with(request: Request, code: str) -> tuple[str, bool]:
    """Return by which token this phone joins the workshop with `code`, and whether it came with that.

    A value that this server did not give is not taken over: who put it there would be known by it too. One that it
    knows already is of an earlier version, or of before a restore.
    """
    kept = cookies.phone_token(request, code)
    if kept and (is_phone_token(kept) or await run_in_threadpool(_is_known, kept)):
        return kept, True
    return new_phone_token(), False


def _is_known(token: str) -> bool:
    with reading() as session:
        return knows_phone(session, token)
