"""A participant's page: the step that the room is in, or an earlier one to look back at."""

import secrets
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

from anyio import CapacityLimiter, to_thread
from markupsafe import Markup
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from exports.sentences import choice_label
from models.address import partner_url, public_address
from models.agenda import read_agenda
from models.agreement_views import list_agreements
from models.alliance import read_groups
from models.database import is_sqlite, reading
from models.errors import NotFound, SignInEnded
from models.installation import signed_in
from models.links import partner_token
from models.participant import PhoneView, read_phone
from models.people import first_steps
from models.proposal import own_proposals, shown_proposals, supported_by
from models.round_views import RoundView, ballots_of, last_round, list_rounds, row_of
from models.tables import Participant, Workshop
from models.words import AgreementState, Phase, ProposalKind, Step, WorkshopState
from models.workshop import STEP_NUMBERS
from phone import cookies
from phone.errors import Problem, counted
from phone.guard import FRAMED_POLICY
from phone.rendering import render
from phone.request import language_of, reached_address
from phone.shared import read_once

Values = dict[str, Any]


@dataclass(frozen=True)
class GroupName:
    id: int
    name: str


@dataclass(frozen=True)
class Room:
    """What every page of a room shows. `step` is the step on this page, `room_step` where the room is."""

    code: str
    template: str
    state: str
    step: str
    room_step: str
    people: int
    round_id: int | None
    phase: str
    content: int
    revision: int
    participant: Participant | None
    partner_name: str | None
    partner_path: str | None
    partner_url: str | None
    groups: list[GroupName]
    earlier: list[str]
    is_preview: bool
    is_waiting: bool

    @property
    def number(self) -> int:
        return STEP_NUMBERS[Step(self.step)]

    @property
    def is_looking_back(self) -> bool:
        return self.step != self.room_step

    @property
    def path(self) -> str:
        return f"/p/{self.code}"

    @property
    def page(self) -> str:
        """This page's own path, with the step when it looks back."""
        return f"{self.path}?step={self.step}" if self.is_looking_back else self.path


async def room(request: Request) -> Response:
    """GET /p/{code}: the page for the step that the room is in; `?step=draft` looks back."""
    make = partial(room_page, request, request.path_params["code"])
    return await to_thread.run_sync(make, limiter=_page_makers())


@lru_cache
def _page_makers() -> CapacityLimiter:
    """How many pages are made at a time.

    Making one is work for the processor: more threads only hold up the news and the votes. Measured with 1,000 phones
    that ask at once: the last was told after 0.2 s with one thread, 0.5 s with two, 1.3 s with 28, and the last page
    came no later. A PostgreSQL elsewhere has to be waited for, so there a few take turns.
    """
    return CapacityLimiter(1 if is_sqlite() else 4)


async def preview(request: Request) -> Response:
    """GET /p/{code}/preview: what phones see now, for facilitators; inert and without script."""
    return await run_in_threadpool(room_page, request, request.path_params["code"], is_preview=True)


def room_page(
    request: Request,
    code: str,
    *,
    status: int = 200,
    problem: Problem | None = None,
    typed: dict[str, str] | None = None,
    step: str | None = None,
    headers: dict[str, str] | None = None,
    is_preview: bool = False,
) -> Response:
    """Return the page of a room for the phone that asks.

    `problem` stands above the page when it answers a post that failed; `typed` are the fields of that post, so that
    nothing that was typed is lost. Raises `NotFound`; for a preview `SignInEnded` when nobody is signed in.
    """
    with reading() as session:
        if is_preview and signed_in(session, cookies.lead_token(request)) is None:
            raise SignInEnded
        view = read_phone(session, code, None if is_preview else cookies.phone_token(request, code))
        if view is None:
            raise counted(request, NotFound("workshop"))
        language = language_of(request, view.alliance.language)
        wanted = step or request.query_params.get("step")
        template = _template(view, wanted, is_preview=is_preview)
        if template is None:
            return RedirectResponse(f"/j/{view.workshop.code}", 303)
        shown_step = template if template in set(Step) else view.workshop.step
        last = _last_round(session, view)
        room_now = _room(
            session,
            view,
            shown_step,
            last,
            is_preview=is_preview,
            template=template,
            own_address=reached_address(request),
        )
        values = _VALUES[template](session, view, last) if template in _VALUES else {}
        sent_headers = {"Content-Security-Policy": FRAMED_POLICY} if is_preview else {}
        return render(
            request,
            f"{template}.html",
            status,
            language,
            {**sent_headers, **(headers or {})},
            alliance=view.alliance,
            workshop=view.workshop,
            room=room_now,
            problem=problem,
            typed=defaultdict(str, typed or {}),
            request_id=secrets.token_hex(12),
            back=room_now.page,
            piece=partial(_piece, view.workshop, f"{language} {room_now.page}"),
            **values,
        )


def _piece(workshop: Workshop, where: str, name: str, draw: Callable[..., Markup], *about: Any) -> Markup:
    """Return a part of a page that is the same on every phone, drawn once for each revision of the room.

    `name` says what it shows and in which state, so that two different pieces never have the same.
    """
    return read_once(workshop, f"piece {where} {name}", lambda: draw(*about))


def _template(view: PhoneView, wanted: str | None, *, is_preview: bool) -> str | None:
    """Return which page this phone gets, or None when it has to join first."""
    if view.workshop.state == WorkshopState.OVER:
        return "over"
    if not is_preview:
        mine = view.participant
        if mine is None or mine.joined_at is None:
            return None
        if mine.admitted_at is None:
            return "waiting"
        if mine.left_at is not None:
            return "left"
    here = Step(view.workshop.step)
    if wanted in set(Step) and STEP_NUMBERS[Step(str(wanted))] < STEP_NUMBERS[here]:
        return str(wanted)
    return str(here)


def _room(
    session: Session,
    view: PhoneView,
    step: str,
    last: RoundView | None,
    *,
    is_preview: bool,
    template: str,
    own_address: str,
) -> Room:
    workshop, partner = view.workshop, view.partner
    # Without a chosen address this phone's own one will do: it works here and now.
    address = (public_address(session) if partner else None) or own_address
    token = partner_token(partner) if partner else None
    here = STEP_NUMBERS[Step(workshop.step)]
    return Room(
        code=workshop.code,
        template=template,
        state=workshop.state,
        step=step,
        room_step=workshop.step,
        people=view.people,
        round_id=last.id if last else None,
        phase=last.phase if last else Phase.NONE,
        content=workshop.content,
        revision=workshop.revision,
        participant=view.participant,
        partner_name=partner.name if partner else None,
        partner_path=f"/s/{token}" if token else None,
        partner_url=partner_url(address, token) if token else None,
        groups=_groups(session, view),
        earlier=[earlier for earlier, number in STEP_NUMBERS.items() if 0 < number < here],
        is_preview=is_preview,
        is_waiting=template in ("welcome", "waiting") or (template == "vote" and _waits(step, last)),
    )


def _last_round(session: Session, view: PhoneView) -> RoundView | None:
    return read_once(view.workshop, "last round", lambda: last_round(session, view.workshop.id or 0))


def _revealed_rounds(session: Session, view: PhoneView) -> list[RoundView]:
    """Newest first."""
    rounds = read_once(view.workshop, "rounds", lambda: list_rounds(session, view.workshop.id or 0))
    return [found for found in reversed(rounds) if found.phase == Phase.REVEALED]


def _groups(session: Session, view: PhoneView) -> list[GroupName]:
    return read_once(
        view.workshop,
        "groups",
        lambda: [
            GroupName(group.id or 0, group.name) for group in read_groups(session, view.alliance.id or 0)
        ],
    )


def _waits(step: str, last: RoundView | None) -> bool:
    """Return whether a vote page has no form on it, so that it may load anew by itself."""
    return last is None or last.phase != Phase.OPEN


def _draft(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    return _proposals(session, view, ProposalKind.PRINCIPLE) | {
        "drafting_ended": view.workshop.drafting_ended_at is not None
    }


def _proposals(session: Session, view: PhoneView, kind: str) -> Values:
    participant_id = view.participant.id if view.participant else None
    own = own_proposals(session, participant_id) if participant_id else []
    own_ids = {proposal.id for proposal in own}
    shown = read_once(
        view.workshop, f"shown {kind}", lambda: shown_proposals(session, view.workshop.id or 0, None, kind)
    )
    supported = supported_by(session, participant_id) if participant_id else set()
    return {
        "own": [proposal for proposal in own if proposal.kind == kind],
        "others": [
            replace(proposal, is_supported=True) if proposal.id in supported else proposal
            for proposal in reversed(shown)
            if proposal.id not in own_ids
        ],
        "kind": kind,
    }


def _vote(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    is_open = last is not None and last.phase == Phase.OPEN and view.workshop.step == Step.VOTE
    earlier = [] if is_open else _revealed_rounds(session, view)
    values: Values = {
        "round": last,
        "ballots": {},
        "row": None,
        "choices": [choice.value for choice in last.choices] if last else [],
        "earlier_rounds": [found for found in earlier if last is None or found.id != last.id],
    }
    if last is not None and last.phase == Phase.OPEN and view.participant is not None:
        values["ballots"] = ballots_of(session, last.id, view.participant.id or 0)
        values["row"] = row_of(session, last.id, view.participant.id or 0)
    return values


def _agree(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    shown = _shown_agreements(session, view)
    return _proposals(session, view, ProposalKind.AGREEMENT) | {"agreements": shown}


def _shown_agreements(session: Session, view: PhoneView) -> list[Any]:
    return [
        agreement
        for agreement in list_agreements(session, view.alliance.id or 0)
        if agreement.is_shown and agreement.state == AgreementState.OPEN
    ]


def _sign(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    return {"agenda": read_agenda(session, view.workshop.id or 0)}


def _agenda(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    return _sign(session, view, last) | {"first_steps": first_steps(session, view.workshop.id or 0)}


def _progress(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    return _sign(session, view, last) | {"agreements": _shown_agreements(session, view)}


_VALUES = {
    "draft": _draft,
    "vote": _vote,
    "agree": _agree,
    "sign": _sign,
    "agenda": _agenda,
    "progress": _progress,
    "over": _progress,
}


async def state(request: Request) -> Response:
    """GET /p/{code}/state: the same as JSON, with this phone's own choices."""
    return await run_in_threadpool(_state, request, request.path_params["code"])


def _state(request: Request, code: str) -> Response:
    with reading() as session:
        view = read_phone(session, code, cookies.phone_token(request, code))
        if view is None:
            raise counted(request, NotFound("workshop"))
        language = language_of(request, view.alliance.language)
        last = _last_round(session, view)
        return JSONResponse(
            {
                "step": view.workshop.step,
                "state": view.workshop.state,
                "revision": view.workshop.revision,
                "content": view.workshop.content,
                "people": view.people,
                "admitted": view.is_admitted,
                "round": _open_round(session, view, last, language) if view.is_admitted else None,
            }
        )


def _open_round(session: Session, view: PhoneView, last: RoundView | None, language: str) -> Values | None:
    if last is None or last.phase != Phase.OPEN:
        return None
    mine = ballots_of(session, last.id, view.participant.id or 0) if view.participant else {}
    return {
        "id": last.id,
        "method": last.method,
        "secrecy": last.secrecy,
        "choices": [
            {"value": choice.value, "label": choice_label(last.method, choice.value, language)}
            for choice in last.choices
        ],
        "items": [
            {
                "id": item.id,
                "text": item.text,
                "choice": mine[item.id].choice if item.id in mine else None,
                "sequence": mine[item.id].sequence if item.id in mine else 0,
            }
            for item in last.items
        ],
    }


routes = [
    Route("/p/{code}", room, methods=["GET"]),
    Route("/p/{code}/state", state, methods=["GET"]),
    Route("/p/{code}/preview", preview, methods=["GET"]),
]
