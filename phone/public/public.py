"""Pages for everyone: the public copy of an agenda, the check of a document, privacy, accessibility."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import IO, Any

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from exports.agenda.public_copy import public_content, public_signatures
from exports.formats.formats import Format
from exports.formats.schema import SCHEMA
from exports.genuine.offline import offline_checker
from exports.genuine.verdict import Judged, judge
from exports.genuine.words import programs_told, verdict_told
from exports.language import translations
from models.alliance.alliance import read_alliance
from models.basics.errors import Busy, DomainError, InvalidValue, NotFound, TextMissing
from models.basics.words import Copy
from models.joining.joining import read_phone
from models.reports.checking import check_any
from models.signing.files import (
    SEALED,
    WORD,
    AgendaDocument,
    DocumentCheck,
    agenda_document,
    find_public_agenda,
    find_public_copy,
    version_label,
)
from models.signing.shape import frozen
from models.storage.database import reading
from models.tables import AgendaFile, Alliance
from phone.files.word_file import agenda_file
from phone.partner.text import agenda_text, agenda_title
from phone.serving import cookies
from phone.serving.errors import Problem, counted, error_json, problem_of, problem_page
from phone.serving.offered import Offered, offered
from phone.serving.rendering import render
from phone.serving.request import language_of, wants_json

SHORTEST_CODE = 8
MEETINGS_SHOWN = 10
# How many files are read at once, and how many may wait for that.
FILES_AT_ONCE = 2
MOST_WAITING = 30
_turns = CapacityLimiter(FILES_AT_ONCE)


@dataclass(frozen=True)
class MeetingJoined:
    """A meeting that this phone takes part in, by its code and the name of its alliance."""

    code: str
    name: str


async def public_copy(request: Request) -> Response:
    """GET /d/{token}: what the public copy holds, and where to get it."""
    return await run_in_threadpool(_public_page, request)


async def public_file(request: Request) -> Response:
    """GET /d/{token}/agenda.docx and agenda.pdf: the stored bytes of the public copy, for ever the same."""
    format = Format(request.url.path.rsplit(".", 1)[1])
    try:
        stored, document, alliance = await run_in_threadpool(_public_copy, request, format)
        if stored is None:
            raise NotFound("agenda")
    except NotFound as error:
        return problem_page(request, counted(request, error) if error.what == "link" else error)
    return agenda_file(
        request,
        alliance,
        stored.content,
        version=document.version,
        edition=stored.edition,
        copy=Copy.PUBLIC,
        format=format,
    )


async def offline_page(request: Request) -> Response:
    """GET /check/offline: the page that computes control words by itself, to keep. It runs its own script only."""
    language = language_of(request)
    page = await run_in_threadpool(offline_checker, language)
    return Response(
        page.html,
        media_type="text/html; charset=utf-8",
        headers={
            "Content-Security-Policy": f"{page.policy}; frame-ancestors 'none'",
            "Content-Disposition": f'attachment; filename="handslag-{page.name}.html"',
        },
    )


async def schema(request: Request) -> Response:
    """GET /agenda.schema.json: what programs may expect of a frozen content."""
    return JSONResponse(SCHEMA, media_type="application/schema+json")


async def check_form(request: Request) -> Response:
    """GET /check; `?code=` is what the QR code on the document leads to."""
    code = request.query_params.get("code", "")
    return await _checked(request, Offered(None, code)) if code else _check_page(request)


async def check(request: Request) -> Response:
    """POST /check: `file` or `code`. A process of its own reads the file; nothing of it is kept."""
    try:
        async with offered(request) as asked:
            return await _checked(request, asked)
    except InvalidValue as error:
        return _not_checked(request, error)


async def _checked(request: Request, asked: Offered) -> Response:
    try:
        code = re.sub(r"[^0-9a-z]", "", asked.code.lower())
        if asked.sha256 is None and not code:
            raise TextMissing("file")
        if asked.sha256 is None and (len(code) < SHORTEST_CODE or re.search(r"[^0-9a-f]", code)):
            raise InvalidValue("code", code)
    except (TextMissing, InvalidValue) as error:
        return _not_checked(request, error, asked.code)
    if asked.sha256 is not None and asked.file is not None:
        judged = await _in_turn(asked.file, asked.sha256)
        found = judged.found
    else:
        judged = None
        found = await run_in_threadpool(_found, code)
    if wants_json(request):
        return JSONResponse(_as_json(found, judged))
    return _check_page(request, code=asked.code, is_checked=True, judged=judged, found=found)


async def _in_turn(file: IO[bytes], sha256: str) -> Judged:
    """Judge a file when it is its turn: in threads of its own, so that nobody else's page waits. Raises `Busy`."""
    if _turns.statistics().tasks_waiting >= MOST_WAITING:
        raise Busy
    return await to_thread.run_sync(judge, file, sha256, limiter=_turns)


async def privacy(request: Request) -> Response:
    """GET /privacy; with the way to what is stored about who joined on this phone."""
    return render(request, "privacy.html", meetings=await run_in_threadpool(_meetings, request))


def _meetings(request: Request) -> list[MeetingJoined]:
    """Return the meetings of which this phone carries a cookie that stands, at most a few."""
    joined = []
    with reading() as session:
        for code, token in cookies.phone_tokens(request)[:MEETINGS_SHOWN]:
            view = read_phone(session, code, token)
            if view is not None and view.participant is not None and view.asks_for is None:
                joined.append(MeetingJoined(view.workshop.code, view.alliance.name))
    return joined


def plain_page(template: str) -> Callable[[Request], Awaitable[Response]]:
    """Return a route for a page that only holds text."""

    async def show(request: Request) -> Response:
        return render(request, template)

    return show


def _public_copy(request: Request, format: str = WORD) -> tuple[AgendaFile | None, AgendaDocument, Alliance]:
    """Return the stored file (None while signing is open), the agenda and its alliance. Raises `NotFound`."""
    token = request.path_params["token"]
    with reading() as session:
        agenda = find_public_agenda(session, token)
        if agenda is None:
            raise NotFound("link")
        return (
            find_public_copy(session, token, format),
            agenda_document(session, agenda.id),
            read_alliance(session, agenda.alliance_id),
        )


def _public_page(request: Request) -> Response:
    try:
        stored, document, alliance = _public_copy(request)
        is_sealed = _public_copy(request, SEALED)[0] is not None
    except NotFound as error:
        return problem_page(request, counted(request, error))
    language = language_of(request, alliance.language)
    content = frozen(document.content)
    return render(
        request,
        "public.html",
        language=language,
        alliance=alliance,
        token=request.path_params["token"],
        document=document,
        stored=stored,
        is_sealed=is_sealed,
        words=document.control_words,
        signatures=public_signatures(document.signatures, content, language),
        text=agenda_text(public_content(content, language), language),
        given=sum(1 for signature in document.signatures if signature.answer),
        version=document.label,
        code=check_code(document.sha256),
    )


def check_code(sha256: str) -> str:
    """Return the first 8 characters of a text's fingerprint, as the document prints them."""
    return sha256[:SHORTEST_CODE]


def _found(code: str) -> DocumentCheck | None:
    with reading() as session:
        return check_any(session, code=code)


def _not_checked(request: Request, error: DomainError, code: str = "") -> Response:
    language = language_of(request)
    if wants_json(request):
        return error_json(error, language)
    return _check_page(request, code=code, problem=_problem(error, language))


def _as_json(found: DocumentCheck | None, judged: Judged | None) -> dict[str, Any]:
    """Return the answer for programs; `known` is whether a file is genuine, or a code is one of ours."""
    said: dict[str, Any] = {"known": found is not None}
    if judged is not None:
        said = {
            "known": judged.verdict.is_genuine,
            "verdict": judged.verdict,
            "differences": [asdict(difference) for difference in judged.differences],
            "more_differences": judged.more,
        }
    if found is None:
        return said
    return {
        **said,
        "document": "agenda" if found.report_of is None else "baseline report",
        "alliance": found.alliance,
        "version": found.version,
        "edition": found.edition,
        "copy_for": found.copy_for,
        "closed_at": found.closed_at.isoformat() if found.closed_at else None,
        "sha256": found.sha256,
        "control_words": list(found.control_words) if judged is None or judged.verdict.has_the_text else [],
    }


def _check_page(
    request: Request,
    *,
    code: str = "",
    problem: Problem | None = None,
    is_checked: bool = False,
    judged: Judged | None = None,
    found: DocumentCheck | None = None,
) -> Response:
    language = language_of(request)
    return render(
        request,
        "check.html",
        problem.status if problem else 200,
        language,
        back="/check",
        title=_title(found, language) if found else "",
        version=version_label(found.version, found.edition or 1) if found else "",
        code=code,
        problem=problem,
        is_checked=is_checked,
        judged=judged,
        told=verdict_told(judged, language) if judged is not None else None,
        found=found,
        programs=programs_told(language),
    )


def _title(found: DocumentCheck, language: str) -> str:
    if found.report_of is None:
        return agenda_title(found.alliance, language)
    return (
        translations(language)
        .gettext("report of baseline {number} of {alliance}")
        .format(number=found.report_of, alliance=found.alliance)
    )


def _problem(error: DomainError, language: str) -> Problem:
    _ = translations(language).gettext
    if isinstance(error, TextMissing):
        return Problem(_("There is nothing to check yet."), _("Choose a file or type the code."), 422, "file")
    if isinstance(error, InvalidValue) and error.field == "code":
        return Problem(
            _("This is not a whole code."),
            _("Type at least the first 8 characters: digits, and letters from A to F."),
            422,
            "code",
        )
    if isinstance(error, InvalidValue):
        return Problem(_("The file did not arrive whole."), _("Choose it again and send it."), 422, "file")
    return problem_of(error, language)


routes = [
    Route("/d/{token}", public_copy, methods=["GET"]),
    Route("/d/{token}/agenda.docx", public_file, methods=["GET"]),
    Route("/d/{token}/agenda.pdf", public_file, methods=["GET"]),
    Route("/check/offline", offline_page, methods=["GET"]),
    Route("/agenda.schema.json", schema, methods=["GET"]),
    Route("/check", check_form, methods=["GET"]),
    Route("/check", check, methods=["POST"]),
    Route("/privacy", privacy, methods=["GET"]),
    Route("/accessibility", plain_page("accessibility.html"), methods=["GET"]),
]
