"""Asking for a mediation, on a phone in a meeting or on a partner's own page: one neutral line."""

from dataclasses import dataclass
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from models.alliance.alliance import read_alliance
from models.alliance.partner import find_partner
from models.basics.errors import DomainError, NotAdmitted, NotFound
from models.joining.joining import read_phone
from models.joining.voice import voices_of
from models.mediation.requests import LINE_LIMIT, ask_as_participant, ask_as_partner, asked_line, withdraw_ask
from models.storage.database import reading
from models.storage.writing import post
from models.tables import Alliance
from phone.serving.cookies import phone_token
from phone.serving.errors import TooManyPosts, counted, problem_of
from phone.serving.limits import post_rate
from phone.serving.rendering import render
from phone.serving.request import field, form_of, language_of


@dataclass(frozen=True)
class Asker:
    """Who asks: a participant of a meeting, or a partner; `back` is the meeting, or the partner's own page.

    `shares_phone`: others speak by this phone too. Then the page says for whom one asks here.
    """

    alliance: Alliance
    line: str
    path: str
    back: str
    participant_id: int | None = None
    partner_id: int | None = None
    name: str = ""
    number: int = 0
    shares_phone: bool = False


async def show(request: Request) -> Response:
    """GET /p/{code}/mediation and /s/{token}/mediation."""
    return await run_in_threadpool(_page, request)


async def ask(request: Request) -> Response:
    """POST the same: `line`; or `withdraw=1`."""
    form = await form_of(request)
    asker = await run_in_threadpool(_asker, request)
    if not post_rate.allows(f"ask {asker.participant_id} {asker.partner_id}"):
        raise TooManyPosts
    line = field(form, "line") or ""
    try:
        if field(form, "withdraw") == "1":
            await post(withdraw_ask, participant_id=asker.participant_id, partner_id=asker.partner_id)
        elif asker.partner_id is not None:
            await post(ask_as_partner, partner_id=asker.partner_id, line=line)
        else:
            await post(ask_as_participant, participant_id=asker.participant_id, line=line)
    except DomainError as error:
        return await run_in_threadpool(partial(_page, request, error=error, typed=line))
    return RedirectResponse(asker.path, 303)


def _asker(request: Request) -> Asker:
    with reading() as session:
        if "token" in request.path_params:
            token = request.path_params["token"]
            partner = find_partner(session, token)
            if partner is None:
                raise counted(request, NotFound("link"))
            return Asker(
                read_alliance(session, partner.alliance_id),
                asked_line(session, partner_id=partner.id),
                f"/s/{token}/mediation",
                f"/s/{token}",
                partner_id=partner.id,
            )
        code = request.path_params["code"]
        view = read_phone(session, code, phone_token(request, code))
        if view is None:
            raise counted(request, NotFound("workshop"))
        if not view.is_admitted or view.participant is None:
            raise NotAdmitted
        return Asker(
            view.alliance,
            asked_line(session, participant_id=view.participant.id),
            f"/p/{view.workshop.code}/mediation",
            f"/p/{view.workshop.code}",
            participant_id=view.participant.id,
            name=view.participant.name or "",
            number=view.participant.number,
            shares_phone=len(voices_of(session, view.phone_id)) > 1,
        )


def _page(request: Request, *, error: DomainError | None = None, typed: str = "") -> Response:
    asker = _asker(request)
    language = language_of(request, asker.alliance.language)
    problem = problem_of(error, language) if error else None
    return render(
        request,
        "mediation_ask.html",
        problem.status if problem else 200,
        language,
        back=asker.path,
        alliance=asker.alliance,
        asker=asker,
        typed=typed or asker.line,
        problem=problem,
        limit=LINE_LIMIT,
    )


routes = [
    Route("/p/{code}/mediation", show, methods=["GET"]),
    Route("/p/{code}/mediation", ask, methods=["POST"]),
    Route("/s/{token}/mediation", show, methods=["GET"]),
    Route("/s/{token}/mediation", ask, methods=["POST"]),
]
