"""What is stored about who asks: as a page, and as one file to keep."""

import json
from dataclasses import replace
from urllib.parse import urlencode

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from models.basics.codes import join_code
from models.basics.errors import NotAdmitted
from models.encounters.come_again import is_in_series
from models.joining.joining import PhoneView
from models.joining.voice import voice_on_phone, voices_of
from models.own_data.reading import own_data
from models.own_data.shape import SEEN_BY, OwnData, as_json
from models.storage.database import reading
from phone.room.arriving import counted_first, view_of_phone
from phone.room.voices import number_of
from phone.serving.errors import Problem
from phone.serving.rendering import render
from phone.serving.request import language_of

# What a form on this page says in its field `page`, so that its answer is this page again.
PAGE = "mine"


async def mine(request: Request) -> Response:
    """GET /p/{code}/mine: everything that is stored about this phone's participant; `?voice=` about another voice."""
    code = request.path_params["code"]
    return await counted_first(request, lambda: run_in_threadpool(mine_page, request, code))


async def mine_file(request: Request) -> Response:
    """GET /p/{code}/mine.json: the same as a file; `?voice=` too.

    Its fields, with the kinds of their values as JSON has them; a time is ISO 8601 in UTC, a day is ISO 8601:

    - `format`: 1. A change that makes a reader fail raises it.
    - `meeting`: `alliance`, `place`, `code`, `held_on` (day), `contact`
    - `person`: `number`, `name` or null, `group` or null, `also_belongs` (names of groups), `source` (`phone`,
      `shared`, `paper`), `personal_code`, `joined_at`, `admitted_at`, `left_at`, `hand_raised_at` (times or null),
      `has_first_step`
    - `takes_part`: whether this person is let in and has not left
    - `seats`: `[{round, table, chair, is_host}]` of an evening at mixed tables, `is_host` where this person minded the
      turns; `declines_hosting`: whether they let another do that; `seat_wishes`: how strong wishes of facilitators are
      about this person and somebody else (`must`, `rather`, `rather_not`, `must_not`)
    - `contact_wishes`: `[{round, table, chair, sent_at, is_mutual}]`, whom this person would like to speak again, by
      their chair at a table where both sat; `is_mutual` once the meeting is over, and they chose each other; `contact`:
      null, or `{text, sent_at}`, how this person wants to be reached by them
    - `series`: null, or `{theme, other_evenings}`: at which other evenings (days) this person was, by the personal code
    - `numbers`: null, or `{before, after, skips_before, skips_after}`: how many people this person knew before an
      evening, and would greet after it, each a number or null; null once nobody can tell any more
    - `mixing_choice`: null, or `{question, answer}`, what this person answered to be seated by; `answer` null where
      they skipped it
    - `ideas`: `[{table, text, first_step, taker, sent_at, is_shown}]`, those of tables that this person typed last
    - `phones`: `[{since, is_own, is_with}]`, the last a participant's number or null; `phones_asking`: times;
      `votes_for`: numbers of who votes on this person's phone
    - `proposals`: `[{id, kind, text, state, is_late, sent_at, shown_at, hidden_at, hidden_reason, withdrawn_at,
      principle_number, agreement_number}]`; `state` is `received`, `shown`, `hidden` or `withdrawn`
    - `supports`: `[{kind, text}]`, of kind `idea` what a table takes along; the text is null where its author withdrew
      it, or it is not shown
    - `rounds`: `[{number, method, secrecy, phase, opened_at, closed_at, source, counts_for, is_linked, linked_until,
      votes, paper}]`. Where `is_linked` is false nobody can tell any more what this person chose, and `votes` is empty.
      `votes`: `[{principle_number, text, choice, reason, may_name, name_shown}]`; `paper` is null or `{typed_by,
      typed_at, came_in_by_it, says_group}`
    - `offers`: `[{agreement_number, agreement, name, is_shown}]`
    - `partner`: null, or `{kind, name, representative, role, contact, group, carries, helps_with, answers, reports}`
    - `record`: `[{happened_at, who, what, details}]`, what facilitators did that names this person by number
    - `asks_for_mediation`: null, or `{line, asked_at}`
    - `name_stands_in_versions`: versions of the agenda, frozen with a name of this person in it
    - `seen_by`: for each part who sees it (`models.own_data.Audience`)
    """
    code = request.path_params["code"]
    return await counted_first(request, lambda: run_in_threadpool(_file, request, code))


def mine_page(
    request: Request,
    code: str,
    *,
    voice: str | None = None,
    problem: Problem | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """Return the page. `problem` stands above it when it answers a post that failed; `voice` is that post's.

    Raises `NotFound`, and for a `voice` that does not speak through this phone `NotYours`, `InvalidValue`,
    `NotAdmitted`.
    """
    with reading() as session:
        view = view_of_phone(session, request, code)
        room = view.workshop.code
        elsewhere = _elsewhere(view)
        if elsewhere is not None:
            return RedirectResponse(elsewhere, 303)
        data, number = _asked_for(session, request, view, voice)
        others = (
            [one for one in voices_of(session, view.phone_id) if not one.is_own] if view.is_admitted else []
        )
        in_series = is_in_series(session, view.workshop)
        language = language_of(request, view.alliance.language)
    path = f"/p/{room}"
    asked = "?" + urlencode({"voice": number}) if number else ""
    return render(
        request,
        "mine.html",
        problem.status if problem else 200,
        language,
        headers,
        back=f"{path}/mine{asked}",
        alliance=view.alliance,
        workshop=view.workshop,
        path=path,
        data=data,
        me=view.participant.number if view.participant else "",
        voice=number,
        asked=asked,
        others=others,
        problem=problem,
        seen_by=SEEN_BY,
        is_in_series=in_series,
        is_forgotten=request.query_params.get("done") == "name",
    )


def mine_path(code: str, voice: str | None, *, done: str = "", anchor: str = "") -> str:
    """Return where a post from that page leads back to."""
    query = {name: value for name, value in (("voice", voice), ("done", done)) if value}
    return f"/p/{join_code(code)}/mine" + ("?" + urlencode(query) if query else "") + anchor


def _file(request: Request, code: str) -> Response:
    with reading() as session:
        view = view_of_phone(session, request, code)
        if _elsewhere(view) is not None:
            raise NotAdmitted
        data, _ = _asked_for(session, request, view, None)
    name = f"handslag-{view.workshop.code.lower()}-{data.person.number}.json"
    return Response(
        json.dumps(as_json(data), ensure_ascii=False, indent=2),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _elsewhere(view: PhoneView) -> str | None:
    """Return where a phone belongs that nobody speaks through yet, or that only asks to speak for somebody."""
    if view.asks_for is not None:
        return f"/p/{view.workshop.code}"
    if view.participant is None or view.participant.joined_at is None:
        return f"/j/{view.workshop.code}"
    return None


def _asked_for(
    session: Session, request: Request, view: PhoneView, voice: str | None
) -> tuple[OwnData, int | None]:
    """Return the data, and the number of the other voice that they are of."""
    number = number_of(voice or request.query_params.get("voice"))
    if number is None:
        return own_data(session, view.participant.id if view.participant else None), None
    # As elsewhere: who does not take part themselves speaks for nobody else.
    if not view.is_admitted:
        raise NotAdmitted
    found = voice_on_phone(session, phone_id=view.phone_id, number=number)
    data = own_data(session, found.participant_id)
    if found.is_own:
        return data, None
    # Whom somebody would like to speak again is not told to whose phone they vote on.
    return replace(data, contact_wishes=[], contact=None), number


routes = [
    Route("/p/{code}/mine", mine, methods=["GET"]),
    Route("/p/{code}/mine.json", mine_file, methods=["GET"]),
]
