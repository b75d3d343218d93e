"""An interview in the field: the guide, a note and its themes on a phone; what was sent is never shown again."""

import secrets
from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from exports.sentences.interview import (
    guide_explanation,
    guide_questions,
    heading_of_another_phone,
    heading_of_question,
    interview_with,
    several_phones,
)
from models.baseline.field import (
    FIELD_NOTE_LIMIT,
    FieldNoteStored,
    FieldPage,
    explain_in_field,
    field_page,
    type_in_field,
)
from models.basics.codes import whole_number
from models.basics.errors import DomainError
from models.basics.keys import TOKEN_LENGTH, keyed, new_phone_token, token_hash
from models.basics.text import cleaned
from models.storage.database import reading
from models.storage.writing import post
from phone.field.shared import brake, is_wrong_link, noted, wrong_link_page
from phone.serving.assets import asset_bytes
from phone.serving.cookies import FIELD, remember
from phone.serving.errors import error_json, headers_of, problem_of
from phone.serving.rendering import render
from phone.serving.request import field, form_of, language_of, wants_json

# What a phone keeps lies under this much of the link's hash: who finds it cannot open the link by it.
KEPT_LENGTH = 12
PHONE_LENGTH = 32
PHONE_DAYS = 180
WORKER = "interview_worker.js"


@dataclass(frozen=True)
class TypedNote:
    """The form as it came: `question` 0 stands for what is said before the first one, above the last for the end."""

    note: str
    sequence: int
    question: int
    text: str
    theme_ids: tuple[int, ...]
    is_finished: bool
    leads_to: int


async def show(request: Request) -> Response:
    """GET /i/{token}. Changes nothing in the interview: mail programs follow links by themselves."""
    return await run_in_threadpool(_page, request)


async def send(request: Request) -> Response:
    """POST /i/{token}: `note`, `sequence`, `question`, `text`, `theme` (several), `finished` (0 while it is typed).

    `go` is the question to go on to, for a plain form. A form without a text only goes on.
    """
    form = await form_of(request)
    typed = _typed(form)
    token = request.path_params["token"]
    phone = _phone(request)
    stored: FieldNoteStored | None = None
    try:
        page = await run_in_threadpool(_read, request)
        brake(page.source_id)
        if typed.text.strip() and cleaned(typed.text):
            language = page.alliance.language
            stored = await post(
                type_in_field,
                token=token,
                phone=phone,
                note=typed.note,
                sequence=typed.sequence,
                text=typed.text,
                question=typed.question,
                heading=heading_of_question(typed.question, language),
                heading_of_another=heading_of_another_phone(typed.question, language),
                theme_ids=list(typed.theme_ids),
                is_finished=typed.is_finished,
            )
    except DomainError as error:
        return await run_in_threadpool(_refused, request, error, typed)
    if wants_json(request):
        return _answer(request, page, stored, typed)
    return RedirectResponse(f"/i/{token}?question={typed.leads_to}", 303)


async def explained(request: Request) -> Response:
    """POST /i/{token}/explained: who is interviewed heard what it is for. On to the first question."""
    try:
        page = await run_in_threadpool(_read, request)
        brake(page.source_id)
        await post(explain_in_field, token=request.path_params["token"])
    except DomainError as error:
        return await run_in_threadpool(_refused, request, error, None)
    if wants_json(request):
        return JSONResponse({"explained": True})
    return RedirectResponse(f"/i/{request.path_params['token']}?question=1", 303)


async def worker(request: Request) -> Response:
    """GET /i/worker.js: keeps the page of an interview, and no other, for where there is no network."""
    return Response(
        asset_bytes(WORKER),
        media_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


def _typed(form: FormData) -> TypedNote:
    questions = len(guide_questions("en"))
    question = min(max(whole_number(field(form, "question")) or 0, 0), questions)
    leads_to = whole_number(field(form, "go"))
    return TypedNote(
        note=field(form, "note") or "",
        sequence=whole_number(field(form, "sequence")) or 1,
        question=question,
        text=field(form, "text") or "",
        theme_ids=tuple(
            theme
            for value in form.getlist("theme")
            if isinstance(value, str) and (theme := whole_number(value)) is not None
        ),
        is_finished=field(form, "finished") != "0",
        leads_to=question if leads_to is None else min(max(leads_to, 0), questions + 1),
    )


def _phone(request: Request) -> str:
    """Tell phones apart within one interview; nobody can tell that two interviews were typed on the same one."""
    kept = request.cookies.get(FIELD, "")
    if not kept:
        return ""
    return keyed("field phone", kept, request.path_params["token"][:TOKEN_LENGTH]).hex()[:PHONE_LENGTH]


def _read(request: Request) -> FieldPage:
    with reading() as session:
        return field_page(session, request.path_params["token"], _phone(request))


def _answer(
    request: Request, page: FieldPage, stored: FieldNoteStored | None, typed: TypedNote
) -> JSONResponse:
    language = language_of(request, page.alliance.language)
    return JSONResponse(
        {
            "note": typed.note,
            "sequence": stored.sequence if stored else 0,
            "finished": stored.is_finished if stored else False,
            "stored": stored.stored if stored else page.stored,
            "phones": several_phones(stored.phones, language) if stored else "",
        }
    )


def _refused(request: Request, error: DomainError, typed: TypedNote | None) -> Response:
    """The same page with what went wrong above it, and what was typed still in its field."""
    if wants_json(request):
        return error_json(noted(request, error), language_of(request))
    if is_wrong_link(error):
        return wrong_link_page(request, error)
    return _page(request, error=error, typed=typed)


def _page(request: Request, *, error: DomainError | None = None, typed: TypedNote | None = None) -> Response:
    token = request.path_params["token"]
    try:
        page = _read(request)
    except DomainError as missing:
        return wrong_link_page(request, missing)
    language = language_of(request, page.alliance.language)
    questions = guide_questions(language)
    asked = whole_number(request.query_params.get("question"))
    shown = typed.question if typed else asked if asked is not None else int(page.is_explained)
    shown = min(max(shown, 0), len(questions) + 1)
    problem = problem_of(error, language) if error else None
    note = typed or TypedNote("", 1, shown, "", (), True, shown)
    answer = render(
        request,
        "interview.html",
        problem.status if problem else 200,
        language,
        headers_of(error) if error else None,
        back=f"/i/{token}?question={shown}",
        alliance=page.alliance,
        sheet="interview",
        token=token,
        kept=token_hash(token)[:KEPT_LENGTH],
        heading=interview_with(page.side, page.alias_number, language),
        problem=problem,
        page=page,
        phones=several_phones(page.phones, language) if page.stored or page.phones > 1 else "",
        questions=questions,
        explanation=guide_explanation(language),
        shown=shown,
        # A form that is read again is another note: Back and a second tap then send nothing twice under one name.
        note=note if note.note else replace(note, note=secrets.token_hex(12)),
        limit=FIELD_NOTE_LIMIT,
    )
    if not request.cookies.get(FIELD):
        remember(answer, request, FIELD, new_phone_token(), days=PHONE_DAYS)
    return answer


routes = [
    Route("/i/worker.js", worker, methods=["GET"]),
    Route("/i/{token}", show, methods=["GET"]),
    Route("/i/{token}", send, methods=["POST"]),
    Route("/i/{token}/explained", explained, methods=["POST"]),
]
