"""Whom somebody would like to speak again: a page of their own, beside the room, that nobody else's page depends on."""

import gzip
from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from models.basics.words import BuildingBlock, WorkshopState
from models.encounters.contacts import matches_of, own_wishes
from models.joining.joining import PhoneView
from models.joining.voice import voices_of
from models.storage.database import reading
from phone.room.arriving import counted_first, view_of_phone
from phone.serving.errors import Problem
from phone.serving.rendering import render
from phone.serving.request import language_of


async def again(request: Request) -> Response:
    """GET /p/{code}/again: whom this phone's own participant would like to speak again, by seats."""
    code = request.path_params["code"]
    return await counted_first(request, lambda: run_in_threadpool(again_page, request, code))


def again_page(
    request: Request,
    code: str,
    *,
    problem: Problem | None = None,
    typed_places: Sequence[str] = (),
    typed_contact: str = "",
    headers: dict[str, str] | None = None,
) -> Response:
    """Return the page. `problem` stands above it when it answers a post that failed, with what was typed."""
    with reading() as session:
        view = view_of_phone(session, request, code)
        path = f"/p/{view.workshop.code}"
        is_over = view.workshop.state == WorkshopState.OVER
        # What there is to tell after the meeting stands on the page of the meeting itself.
        if not may_choose(view) or (is_over and problem is None):
            return RedirectResponse(path, 303)
        assert view.participant is not None
        wishes = own_wishes(session, view.participant.id)
        page = render(
            request,
            "again.html",
            problem.status if problem else 200,
            language_of(request, view.alliance.language),
            headers,
            back=f"{path}/again",
            alliance=view.alliance,
            path=path,
            me=view.participant,
            is_over=is_over,
            is_saved=request.query_params.get("done") == "1",
            tables=wishes.tables,
            contact=wishes.contact,
            matches=matches_of(session, view.participant.id),
            shares_phone=len(voices_of(session, view.phone_id)) > 1,
            problem=problem,
            typed_places=typed_places,
            typed_contact=typed_contact,
        )
    if "gzip" in request.headers.get("accept-encoding", ""):
        # As many tables as rounds, each with its sign and its chairs: a third of it on the way.
        page.body = gzip.compress(page.body, 6, mtime=0)
        page.headers["Content-Encoding"] = "gzip"
        page.headers["Content-Length"] = str(len(page.body))
    page.headers["Vary"] = "Accept-Encoding"
    return page


def may_choose(view: PhoneView) -> bool:
    """Return whether this phone's own participant has such a page: also when they left, not when sent away."""
    person = view.participant
    return (
        view.workshop.block == BuildingBlock.ENCOUNTERS
        and view.asks_for is None
        and person is not None
        and person.joined_at is not None
        and person.admitted_at is not None
    )


routes = [Route("/p/{code}/again", again, methods=["GET"])]
