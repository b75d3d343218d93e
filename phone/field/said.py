"""What who was interviewed chooses by their own link: how far their words are shared. A GET changes nothing."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from exports.sentences.interview import consent_choices
from models.baseline.findings import narrow_consent, source_of_speaker
from models.baseline.speaking import SpeakerView, speaker_view
from models.basics.codes import whole_number
from models.basics.errors import DomainError, NotFound
from models.storage.database import reading
from models.storage.writing import post
from phone.field.shared import brake, is_wrong_link, noted, wrong_link_page
from phone.serving.errors import error_json, headers_of, problem_of
from phone.serving.rendering import render
from phone.serving.request import field, form_of, language_of, wants_json


async def show(request: Request) -> Response:
    """GET /c/{token}: what was found in these words, and what each may be used for."""
    return await run_in_threadpool(_page, request)


async def choose(request: Request) -> Response:
    """POST /c/{token}: `finding`, `consent`, and `name` where it is shared with the name."""
    form = await form_of(request)
    token = request.path_params["token"]
    finding_id = whole_number(field(form, "finding"))
    consent = field(form, "consent") or ""
    try:
        brake(await run_in_threadpool(_source_id, token))
        if finding_id is None:
            raise NotFound("finding")
        await post(
            narrow_consent,
            token=token,
            finding_id=finding_id,
            consent=consent,
            name=field(form, "name") or "",
        )
    except DomainError as error:
        if wants_json(request):
            return error_json(noted(request, error), language_of(request))
        if is_wrong_link(error):
            return wrong_link_page(request, error)
        return await run_in_threadpool(_page, request, error, finding_id)
    if wants_json(request):
        return JSONResponse({"finding": finding_id, "consent": consent})
    return RedirectResponse(f"/c/{token}?stored={finding_id}#said-{finding_id}", 303)


def _source_id(token: str) -> int:
    with reading() as session:
        return source_of_speaker(session, token).id


def _read(token: str) -> SpeakerView:
    with reading() as session:
        return speaker_view(session, token)


def _page(request: Request, error: DomainError | None = None, about: int | None = None) -> Response:
    token = request.path_params["token"]
    try:
        view = _read(token)
    except DomainError as missing:
        return wrong_link_page(request, missing)
    language = language_of(request, view.alliance.language)
    problem = problem_of(error, language) if error else None
    return render(
        request,
        "said.html",
        problem.status if problem else 200,
        language,
        headers_of(error) if error else None,
        back=f"/c/{token}",
        alliance=view.alliance,
        token=token,
        view=view,
        problem=problem,
        about=about,
        stored=whole_number(request.query_params.get("stored")),
        choices=consent_choices(language),
    )


routes = [
    Route("/c/{token}", show, methods=["GET"]),
    Route("/c/{token}", choose, methods=["POST"]),
]
