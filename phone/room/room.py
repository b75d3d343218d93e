"""A participant's page: the step that the room is in, or an earlier one to look back at."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from time import time
from typing import Any, TypeVar

from markupsafe import Markup, escape
from sqlalchemy import event
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from exports.language import number, translations
from models.alliance.groups import read_groups
from models.alliance.partner import partner_token
from models.basics.errors import NotFound
from models.basics.words import Phase, WorkshopState
from models.installation.address import partner_url, public_address
from models.joining.joining import PhoneView, read_phone
from models.joining.other_phone import own_mark, phones_asking
from models.server_key import link_can_be_shown
from models.storage.database import reading
from models.tables import Participant, Workshop
from models.voting.round_views import RoundView
from models.workshop.programme import programme
from phone.room.arriving import JustArrived, counted_first, has_just_arrived
from phone.room.step_page import StepPage, Values, always, newest_round
from phone.room.steps import PAGES, PAGES_WHEN_OVER
from phone.room.voices import Speaking, asked, for_anybody, voice_values
from phone.serving import cookies
from phone.serving.common_page import GAPS, Anybody, CommonPage, anybody_like, value_attribute
from phone.serving.errors import Problem, counted
from phone.serving.guard import FRAMED_POLICY
from phone.serving.rendering import draw
from phone.serving.request import language_of, reached_address
from phone.serving.shared import read_once
from phone.serving.together import Together

Read = TypeVar("Read")
# What somebody sees who takes no part: not yet, or not any more.
ASKING = StepPage("asking", waits=always)
WAITING = StepPage("waiting", waits=always)
LEFT = StepPage("left", shows_voices=True)


@dataclass(frozen=True)
class GroupName:
    id: int
    name: str


@dataclass(frozen=True)
class Room:
    """What every page of a room shows. `step` is the step on this page, `room_step` where the room is, `number` the
    number of the former, of as many as `count`; `ahead` are the steps of the meeting, `earlier` those to look back at.

    `voice` is the number of the other person for whom this phone votes now, None for its own. `is_outside`: this page
    is for somebody who is not let in, and so tells nothing of the room.
    """

    code: str
    template: str
    state: str
    block: str
    step: str
    room_step: str
    number: int
    count: int
    ahead: list[str]
    people_here: Markup
    round_id: int | None
    phase: str
    content: int
    revision: int
    participant: Participant | Anybody | None
    partner_id: int | None
    partner_name: str | None
    partner_path: str | None
    partner_url: str | None
    groups: list[GroupName]
    earlier: list[str]
    is_preview: bool
    is_waiting: bool
    is_outside: bool
    voice: int | None = None

    @property
    def is_looking_back(self) -> bool:
        return self.step != self.room_step

    @property
    def path(self) -> str:
        """The address of the page."""
        return f"/p/{self.code}"

    @property
    def page(self) -> str:
        """This page's own path, with the step when it looks back, or for whom one votes on it."""
        if self.is_looking_back:
            return f"{self.path}?step={self.step}"
        return f"{self.path}?voice={self.voice}&round={self.round_id}" if self.voice else self.path


@dataclass(frozen=True)
class _Page:
    """What a page is drawn from, beside who sees it. `voices` is what it shows of the voices on a phone."""

    shown: StepPage
    step: str
    language: str
    last: RoundView | None
    values: Values
    voices: Values
    problem: Problem | None
    typed: dict[str, str]
    own_address: str
    is_preview: bool


async def room(request: Request) -> Response:
    """GET /p/{code}: the page for the step that the room is in; `?step=draft` looks back."""
    return await counted_first(request, lambda: _pages.ask(request))


def _room_pages(requests: Sequence[Request]) -> list[Response | Exception]:
    """Return the pages for phones that ask at the same time; what goes wrong for one is an answer to that one."""
    held: list[object] = []
    with reading() as session:
        # A session forgets what nobody holds: the room and its round would be read again for each phone.
        event.listen(session, "loaded_as_persistent", lambda _, found: held.append(found))
        people: dict[int, int] = {}
        views = [_or_error(session, partial(_view, session, request, people)) for request in requests]
        speaking = Speaking(session, [view.phone_id for view in views if isinstance(view, PhoneView)])
        return [
            view
            if isinstance(view, Exception)
            else _or_error(session, partial(_page, session, request, view, speaking))
            for request, view in zip(requests, views, strict=True)
        ]


def _view(session: Session, request: Request, people: dict[int, int]) -> PhoneView | None:
    code = request.path_params["code"]
    return read_phone(session, code, cookies.phone_token(request, code), people=people)


def _or_error(session: Session, read: Callable[[], Read]) -> Read | Exception:
    try:
        return read()
    except Exception as error:
        # A question that failed must not end the transaction of the others.
        session.rollback()
        return error


_pages = Together(_room_pages)


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
    nothing that was typed is lost. Raises `NotFound`.
    """
    with reading() as session:
        view = read_phone(session, code, None if is_preview else cookies.phone_token(request, code))
        return _page(
            session,
            request,
            view,
            Speaking(session, [view.phone_id] if view else []),
            status=status,
            problem=problem,
            typed=typed,
            step=step,
            headers=headers,
            is_preview=is_preview,
        )


def _page(
    session: Session,
    request: Request,
    view: PhoneView | None,
    speaking: Speaking,
    *,
    status: int = 200,
    problem: Problem | None = None,
    typed: dict[str, str] | None = None,
    step: str | None = None,
    headers: dict[str, str] | None = None,
    is_preview: bool = False,
) -> Response:
    if view is None:
        raise counted(request, NotFound("workshop"))
    if has_just_arrived(view) and view.workshop.state != WorkshopState.OVER:
        raise JustArrived
    language = language_of(request, view.alliance.language)
    found = _shown(view, step or request.query_params.get("step"), is_preview=is_preview)
    if found is None:
        return RedirectResponse(f"/j/{view.workshop.code}", 303)
    shown, shown_step = found
    last = newest_round(session, view)
    asking = asked(typed or request.query_params)
    page = _Page(
        shown=shown,
        step=shown_step,
        language=language,
        last=last,
        values=shown.values(session, view, last) | _other_phones(session, view, shown),
        voices=voice_values(speaking, view, last, asking) if shown.shows_voices else {},
        problem=problem,
        typed=typed or {},
        own_address=reached_address(request),
        is_preview=is_preview,
    )
    common = _common_page(session, view, page)
    if common is not None:
        return _filled(request, common, _own(view, language))
    sent_headers = {"Content-Security-Policy": FRAMED_POLICY} if is_preview else {}
    drawn = _drawn(session, view, page, view.participant, _own(view, language))
    return HTMLResponse(drawn, status, {**sent_headers, **(headers or {})})


def _other_phones(session: Session, view: PhoneView, shown: StepPage) -> Values:
    """Return which phones ask to speak for who speaks through this one, and the number of one that asks itself."""
    if shown is ASKING and view.phone_id is not None:
        return {"mark": own_mark(session, view.phone_id)}
    if not view.is_asked or shown in (WAITING, LEFT) or view.workshop.state == WorkshopState.OVER:
        return {}
    return {"asking": phones_asking(session, view.workshop.id, heard_by=view.phone_id)}


def _common_page(session: Session, view: PhoneView, page: _Page) -> CommonPage | None:
    """Return the page that this phone has in common with others, or None when it shows more of its own than has a gap.

    It is drawn from what is read for nobody, and only for phones for which the same was read.
    """
    if page.problem is not None or page.typed or page.is_preview or view.partner is not None:
        return None
    nobody = view.of_nobody()
    values = read_once(
        view.workshop,
        f"for nobody {page.step} {page.shown.template}",
        lambda: page.shown.values(session, nobody, page.last),
    )
    voices = for_anybody(page.voices)
    if page.values != values or voices is None:
        return None
    person = anybody_like(view.participant) if view.participant else None
    common = replace(page, values=values, voices=voices)
    return read_once(
        view.workshop,
        f"page {page.language} {page.step} {page.shown.template} {person} {voices.get('voices')}",
        lambda: CommonPage(_drawn(session, nobody, common, person, GAPS)),
    )


def _filled(request: Request, common: CommonPage, own: dict[str, str]) -> Response:
    headers = {"Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return HTMLResponse(common.fill(own), headers=headers)
    return HTMLResponse(common.fill_compressed(own), headers={**headers, "Content-Encoding": "gzip"})


def _own(view: PhoneView, language: str) -> dict[str, str]:
    """Return what stands in the gaps, as markup."""
    person = view.participant
    return {
        "now": str(int(time() * 1000)),
        "request_id": secrets.token_hex(12),
        "people_here": _people_here(view.people, language),
        "personal_code": person.personal_code if person else "",
        "name": str(escape(person.name or "")) if person else "",
        "name_value": value_attribute((person.name or "") if person else ""),
        "number": str(person.number) if person else "",
    }


@lru_cache(maxsize=1000)
def _people_here(people: int, language: str) -> str:
    _ = translations(language).gettext
    if people == 1:
        return str(escape(_("1 person here")))
    return str(escape(_("{n} people here").format(n=number(people, language))))


def _drawn(
    session: Session,
    view: PhoneView,
    page: _Page,
    person: Participant | Anybody | None,
    own: Mapping[str, str],
) -> str:
    room_now = _room(session, view, page, person, Markup(own["people_here"]))
    # What is drawn with gaps is of no use to a page without.
    where = f"{page.language} {room_now.page} {'with gaps' if own is GAPS else ''}"
    return draw(
        f"{page.shown.template}.html",
        page.language,
        alliance=view.alliance,
        workshop=view.workshop,
        room=room_now,
        problem=page.problem,
        typed=defaultdict(str, page.typed),
        now=Markup(own["now"]),
        request_id=Markup(own["request_id"]),
        name_value=Markup(own["name_value"]),
        back=room_now.page,
        piece=partial(_piece, view.workshop, where),
        **page.values | page.voices,
    )


def _piece(workshop: Workshop, where: str, name: str, draw: Callable[..., Markup], *about: Any) -> Markup:
    """Return a part of a page that is the same on every phone, drawn once for each revision of the room.

    `name` says what it shows and in which state, so that two different pieces never have the same.
    """
    return read_once(workshop, f"piece {where} {name}", lambda: draw(*about))


def _shown(view: PhoneView, wanted: str | None, *, is_preview: bool) -> tuple[StepPage, str] | None:
    """Return which page this phone gets and of which step, or None when it has to join first."""
    block, here = view.workshop.block, view.workshop.step
    if view.workshop.state == WorkshopState.OVER:
        return PAGES_WHEN_OVER[block], here
    if not is_preview:
        mine = view.participant
        if view.asks_for is not None:
            return ASKING, here
        if mine is None or mine.joined_at is None:
            return None
        if mine.admitted_at is None:
            return WAITING, here
        if mine.left_at is not None:
            return LEFT, here
    step = wanted if wanted and programme(block).may_look_back(wanted, here) else here
    return PAGES.of(block, step), step


def _room(
    session: Session, view: PhoneView, page: _Page, person: Participant | Anybody | None, people_here: Markup
) -> Room:
    workshop, partner = view.workshop, view.partner
    # Without a chosen address this phone's own one will do: it works here and now.
    address = (public_address(session) if partner else None) or page.own_address
    # After a start with another key the link that was given out still opens; the one that we would show does not.
    token = partner_token(partner) if partner and link_can_be_shown(partner) else None
    block = programme(workshop.block)
    last, shown = page.last, page.shown
    speaker = page.voices.get("speaker")
    return Room(
        code=workshop.code,
        template=shown.template,
        state=workshop.state,
        block=block.name,
        step=page.step,
        room_step=workshop.step,
        number=block.number(page.step),
        count=block.count,
        ahead=block.ahead(),
        people_here=people_here,
        round_id=last.id if last else None,
        phase=_phase(last),
        content=workshop.content,
        revision=workshop.revision,
        participant=person,
        partner_id=partner.id if partner else None,
        partner_name=partner.name if partner else None,
        partner_path=f"/s/{token}" if token else None,
        partner_url=partner_url(address, token) if token else None,
        groups=_groups(session, view),
        earlier=block.before(workshop.step),
        is_preview=page.is_preview,
        is_waiting=shown.waits(last) and not page.values.get("asks"),
        is_outside=shown in (WAITING, ASKING),
        voice=speaker.number if speaker else None,
    )


def _groups(session: Session, view: PhoneView) -> list[GroupName]:
    return read_once(
        view.workshop,
        "groups",
        lambda: [GroupName(group.id, group.name) for group in read_groups(session, view.alliance.id)],
    )


def _phase(last: RoundView | None) -> str:
    """Return the phase as the script compares it: a round without its key looks open, and is not."""
    if last is None:
        return Phase.NONE
    return "stuck" if last.is_key_lost else last.phase


routes = [
    Route("/p/{code}", room, methods=["GET"]),
    Route("/p/{code}/preview", preview, methods=["GET"]),
]
