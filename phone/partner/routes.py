"""A partner's own page: join with one tap, take agreements on, tell how they go, read and sign the agenda."""

from dataclasses import dataclass, replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from exports.agenda.agenda_changes import ChangeText, agenda_changes
from exports.agenda.build import build_agenda, build_files
from exports.formats.formats import Format
from exports.language import LANGUAGES, translations
from exports.sentences import consent_sentence, reservation_ready
from models.agreeing.ownership import accept_ownership, decline_ownership
from models.alliance.alliance import read_alliance
from models.basics.codes import whole_number
from models.basics.errors import AgendaClosed, DomainError, InvalidValue, NotFound
from models.basics.keys import new_phone_token, token_hash
from models.basics.text import NAME_LIMIT, shortened
from models.basics.words import Answer, Copy, PartnerKind, ProgressState
from models.installation.installation import signed_in
from models.joining.joining import join_as_partner
from models.progress.progress import report_progress
from models.signing.agenda import AgendaView, answer_agenda
from models.signing.files import SEALED, file_to_give, publish, version_label
from models.signing.files import agenda_file as kept_file
from models.signing.shape import frozen
from models.storage.database import reading
from models.storage.writing import post
from models.tables import Partner
from models.upkeep import hurry
from phone.files.word_file import agenda_file
from phone.partner.page import PartnerPage, known_partner, read_partner_agenda, read_partner_page
from phone.partner.text import agenda_text, living_agreement
from phone.room.arriving import token_to_join_with
from phone.room.join import PHONE_DAYS
from phone.serving.cookies import lead_token, phone_cookie, phone_token, remember
from phone.serving.errors import (
    CookieRefused,
    Problem,
    TooManyPosts,
    counted,
    error_json,
    headers_of,
    name_of,
    problem_of,
    problem_page,
)
from phone.serving.limits import post_rate
from phone.serving.rendering import render
from phone.serving.request import field, form_of, language_of, wants_json

# Enough to tell the links on one device apart, and too little to find a link by.
DRAFTS_LENGTH = 12


class TextChanged(DomainError):
    """A newer version was frozen after this partner opened the page."""


@dataclass(frozen=True)
class SignForm:
    """The sign form as it stands on the page: prefilled, or as typed."""

    answer: str
    name: str
    role: str
    reservation: str
    drawn: str
    witness: str = ""


@dataclass(frozen=True)
class ProgressForm:
    agreement: int | None
    state: str
    sentence: str


async def show(request: Request) -> Response:
    """GET /s/{token}. Changes nothing: mail programs follow links by themselves."""
    return await run_in_threadpool(_page, request)


async def state(request: Request) -> Response:
    """GET /s/{token}/state: whether the page still shows what is so. Asked every few seconds."""
    try:
        page = await run_in_threadpool(_read, request)
    except NotFound as error:
        return error_json(_noted(request, error), language_of(request))
    return JSONResponse({"mark": page.mark(), "version": page.agenda.version if page.agenda else None})


async def join(request: Request) -> Response:
    """POST /s/{token}/join: this phone speaks for the partner in the meeting."""
    form = await form_of(request)
    try:
        page = await run_in_threadpool(_read, request)
        if page.room is None:
            raise NotFound("workshop")
        if phone_token(request, page.room.code) is None and field(form, "form") == "1":
            # This page gave the phone a cookie, and the phone does not have it.
            raise CookieRefused
        token, has_come_back = await token_to_join_with(request, page.room.code)
        joined = await post(
            join_as_partner,
            partner_id=page.partner.id,
            code=page.room.code,
            phone_token=token,
            has_come_back=has_come_back,
        )
    except DomainError as error:
        return await run_in_threadpool(_refused, request, error)
    address = f"/p/{page.room.code}"
    response: Response
    if wants_json(request):
        response = JSONResponse({"page": address, "number": joined.number})
    else:
        response = RedirectResponse(address, 303)
    remember(response, request, phone_cookie(page.room.code), token, days=PHONE_DAYS)
    return response


async def accept(request: Request) -> Response:
    """POST /s/{token}/accept: `agreement`, `answer` (accept or decline)."""
    form = await form_of(request)
    answer = field(form, "answer")
    try:
        page = await run_in_threadpool(_read, request)
        if answer not in ("accept", "decline"):
            raise InvalidValue("answer", answer)
        agreement_id = whole_number(field(form, "agreement"))
        if agreement_id is None:
            raise NotFound("agreement")
        # A second tap on "not now" finds nothing to decline any more, which is what was wanted.
        if answer == "accept" or agreement_id in [agreement.id for agreement in [*page.asked, *page.owned]]:
            action = accept_ownership if answer == "accept" else decline_ownership
            await post(action, partner_id=page.partner.id, agreement_id=agreement_id)
    except DomainError as error:
        return await run_in_threadpool(_refused, request, error)
    return _done(request, {"agreement": agreement_id, "answer": answer}, "")


async def progress(request: Request) -> Response:
    """POST /s/{token}/progress: `agreement`, `state` (to do, busy, done, stuck), `sentence`."""
    form = await form_of(request)
    typed = ProgressForm(
        whole_number(field(form, "agreement")), field(form, "state") or "", field(form, "sentence") or ""
    )
    try:
        page = await run_in_threadpool(_read, request)
        if typed.state not in set(ProgressState):
            raise InvalidValue("state", typed.state)
        agreement = page.agreement(typed.agreement)
        await post(
            report_progress,
            partner_id=page.partner.id,
            agreement_id=agreement.id,
            state=typed.state,
            sentence=typed.sentence,
        )
    except DomainError as error:
        return await run_in_threadpool(_refused, request, error, typed_progress=typed)
    return _done(
        request, {"agreement": typed.agreement, "state": typed.state}, f"#agreement-{agreement.number}"
    )


async def sign(request: Request) -> Response:
    """POST: `answer`, `name`, `role`, `reservation`, `drawn`; `text` is the SHA-256 of what was read."""
    form = await form_of(request)
    return await _answer(request, form, field(form, "answer") or "")


async def decline(request: Request) -> Response:
    """POST /s/{token}/decline: `name`, `role`, both optional."""
    return await _answer(request, await form_of(request), Answer.DECLINED)


async def download(request: Request) -> Response:
    """GET /s/{token}/agenda.docx: the partners' file; while signing is open one that says so."""
    try:
        return await run_in_threadpool(_file, request)
    except DomainError as error:
        return problem_page(request, _noted(request, error))


async def download_sealed(request: Request) -> Response:
    """GET /s/{token}/agenda.pdf: the sealed copy of the partners' file, once it is made."""
    try:
        return await run_in_threadpool(_sealed_file, request)
    except DomainError as error:
        return problem_page(request, _noted(request, error))


async def _answer(request: Request, form: FormData, answer: str) -> Response:
    typed = SignForm(
        answer=answer,
        name=field(form, "name") or "",
        role=field(form, "role") or "",
        reservation=field(form, "reservation") or "",
        drawn=field(form, "drawn") or "",
        witness=await run_in_threadpool(_witness, request, field(form, "witness")),
    )
    try:
        partner, agenda = await run_in_threadpool(_partner_and_agenda, request)
        if answer not in set(Answer):
            raise InvalidValue("answer", answer)
        if field(form, "text") not in (None, agenda.sha256):
            raise TextChanged
        signed_at = await _store_answer(partner, agenda, typed, _shown_language(request, form))
    except AgendaClosed:
        return await run_in_threadpool(_refused, request, TextChanged(), typed=typed)
    except DomainError as error:
        return await run_in_threadpool(_refused, request, error, typed=typed)
    return _done(request, {"answer": answer, "signed_at": signed_at}, "#answer")


async def _store_answer(partner: Partner, agenda: AgendaView, typed: SignForm, language: str) -> str:
    """Store an answer once; after the close its edition is made too. Return when it was given, ISO in UTC."""
    declines = typed.answer == Answer.DECLINED
    given: dict[str, Any] = {
        "answer": typed.answer,
        "name": typed.name
        or (shortened(partner.representative or partner.name, NAME_LIMIT) if declines else ""),
        "role": typed.role,
        "reservation": typed.reservation if typed.answer == Answer.RESERVED else "",
        "drawn": None if declines else typed.drawn or None,
        "consent": "" if declines else consent_sentence(partner.name, partner.kind, language),
    }
    stored = await post(
        answer_agenda, agenda_id=agenda.id, partner_id=partner.id, witness=typed.witness, **given
    )
    if stored.is_after_close:
        await run_in_threadpool(publish, agenda.id, who=partner.name, build=build_files)
        hurry()
    return str(stored.signed_at.isoformat())


def _witness(request: Request, asked: str | None) -> str:
    """Return the name of the facilitator on whose screen one signs, or nothing.

    Only a sign-in that stands makes a witness: anybody can write a name in an address.
    """
    if not asked:
        return ""
    with reading() as session:
        leader = signed_in(session, lead_token(request))
    return leader.name if leader else ""


def _shown_language(request: Request, form: FormData) -> str:
    """The consent sentence is stored as it was read, also when the language was changed in another window."""
    shown = field(form, "language")
    return shown if shown in LANGUAGES else language_of(request)


def _read(request: Request) -> PartnerPage:
    with reading() as session:
        page = read_partner_page(
            session, request.path_params["token"], lambda code: phone_token(request, code)
        )
    _brake(request, page.partner)
    return page


def _partner_and_agenda(request: Request) -> tuple[Partner, AgendaView]:
    token = request.path_params["token"]
    with reading() as session:
        partner = known_partner(session, token)
        _brake(request, partner)
        return partner, read_partner_agenda(session, token)


def _brake(request: Request, partner: Partner) -> None:
    if request.method == "POST" and not post_rate.allows(f"partner {partner.id}"):
        raise TooManyPosts


def _done(request: Request, answer: dict[str, Any], place: str) -> Response:
    if wants_json(request):
        return JSONResponse(answer)
    return RedirectResponse(f"/s/{request.path_params['token']}{place}", 303)


def _noted(request: Request, error: DomainError) -> DomainError:
    """A wrong link counts as a failed try."""
    is_wrong_link = isinstance(error, NotFound) and error.what == "link"
    return counted(request, error) if is_wrong_link else error


def _refused(request: Request, error: DomainError, **typed: Any) -> Response:
    """The same page with what went wrong above it and everything that was typed still there."""
    noted = _noted(request, error)
    if noted is not error or (isinstance(error, NotFound) and error.what == "link"):
        return problem_page(request, noted)
    if not wants_json(request):
        return _page(request, error=error, **typed)
    language = language_of(request)
    if isinstance(error, TextChanged):
        said = _problem(error, language)
        return JSONResponse(
            {"error": name_of(error), "message": f"{said.headline} {said.advice}"}, said.status
        )
    return error_json(error, language)


def _problem(error: DomainError, language: str) -> Problem:
    _ = translations(language).gettext
    if isinstance(error, TextChanged):
        return Problem(
            _("The text has changed since you opened this page."),
            _("Nothing was sent. Read the new version first, then answer again."),
            409,
        )
    if isinstance(error, InvalidValue) and error.field in ("answer", "state"):
        return Problem(_("You have not chosen yet."), _("Choose one of the answers."), 422, error.field)
    return problem_of(error, language)


def _page(
    request: Request,
    *,
    error: DomainError | None = None,
    typed: SignForm | None = None,
    typed_progress: ProgressForm | None = None,
) -> Response:
    token = request.path_params["token"]
    try:
        with reading() as session:
            page = read_partner_page(session, token, lambda code: phone_token(request, code))
    except NotFound as missing:
        return problem_page(request, _noted(request, missing))
    language = language_of(request, page.alliance.language)
    problem = _problem(error, language) if error else None
    if problem and problem.field == "drawn" and typed:
        # What could not be read would only be refused again.
        typed = replace(typed, drawn="")
    agenda = page.agenda
    carried = [agreement.id for agreement in page.owned]
    witness = typed.witness if typed else _witness(request, request.query_params.get("witness"))
    answer = render(
        request,
        "partner.html",
        problem.status if problem else 200,
        language,
        headers_of(error) if error else None,
        back=f"/s/{token}",
        alliance=page.alliance,
        token=token,
        drafts=token_hash(token)[:DRAFTS_LENGTH],
        address=f"/s/{token}?witness=1" if witness else f"/s/{token}",
        heading=_heading(page, language),
        problem=problem,
        page=page,
        text=agenda_text(frozen(agenda.content), language) if agenda else None,
        version=version_label(agenda.version, max(agenda.editions, default=1)) if agenda else "",
        changes=_changes(agenda, language),
        given=sum(1 for answer in agenda.partners if answer.answer) if agenda else 0,
        consent=consent_sentence(page.partner.name, page.partner.kind, language),
        typed=typed or _prefilled(page, language),
        is_retry=typed is not None and agenda is not None,
        witness=witness,
        typed_progress=typed_progress if typed_progress and typed_progress.agreement in carried else None,
        progress_states=list(ProgressState),
        living=lambda agreement: living_agreement(agreement, language),
    )
    if page.room is not None and phone_token(request, page.room.code) is None:
        # So that a phone that keeps none is told so, and does not end at the door of the meeting.
        remember(answer, request, phone_cookie(page.room.code), new_phone_token(), days=PHONE_DAYS)
    return answer


def _heading(page: PartnerPage, language: str) -> str:
    _ = translations(language).gettext
    if page.agenda is None:
        return _("Welcome, {name}").format(name=page.partner.representative or page.partner.name)
    if page.standing is None:
        return _("Sign the alliance agenda")
    return _("The alliance agenda")


def _changes(agenda: AgendaView | None, language: str) -> list[ChangeText]:
    if agenda is None or agenda.previous is None:
        return []
    return agenda_changes(agenda.previous, agenda.content, language)


def _prefilled(page: PartnerPage, language: str) -> SignForm:
    partner, standing = page.partner, page.standing
    ready = reservation_ready(language)
    if standing is None or standing.answer is None:
        name = partner.representative or (partner.name if partner.kind == PartnerKind.RESIDENT else "")
        return SignForm(Answer.SIGNED, shortened(name, NAME_LIMIT), partner.role, ready, "")
    return SignForm(standing.answer, standing.name, standing.role, standing.reservation or ready, "")


def _file(request: Request) -> Response:
    with reading() as session:
        token = request.path_params["token"]
        agenda = read_partner_agenda(session, token)
        alliance = read_alliance(session, known_partner(session, token).alliance_id)
        given = file_to_give(session, agenda.id, Copy.PARTNERS, build_agenda)
    return agenda_file(
        request,
        alliance,
        given.content,
        version=agenda.version,
        edition=given.edition,
        copy=Copy.PARTNERS,
    )


def _sealed_file(request: Request) -> Response:
    with reading() as session:
        token = request.path_params["token"]
        agenda = read_partner_agenda(session, token)
        alliance = read_alliance(session, known_partner(session, token).alliance_id)
        kept = kept_file(session, agenda.id, Copy.PARTNERS, SEALED)
    if kept is None:
        raise NotFound("agenda")
    return agenda_file(
        request,
        alliance,
        kept.content,
        version=agenda.version,
        edition=kept.edition,
        copy=Copy.PARTNERS,
        format=Format.PDF,
    )


routes = [
    Route("/s/{token}", show, methods=["GET"]),
    Route("/s/{token}/state", state, methods=["GET"]),
    Route("/s/{token}/join", join, methods=["POST"]),
    Route("/s/{token}/accept", accept, methods=["POST"]),
    Route("/s/{token}/progress", progress, methods=["POST"]),
    Route("/s/{token}/sign", sign, methods=["POST"]),
    Route("/s/{token}/decline", decline, methods=["POST"]),
    Route("/s/{token}/agenda.docx", download, methods=["GET"]),
    Route("/s/{token}/agenda.pdf", download_sealed, methods=["GET"]),
]
