"""Inside a mediation: the page of its mediator, that of a party, and everything that is done on them.

Every act is a plain form; what it may is asked in `models.mediation.acts`, with the keys that the browser has open.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from exports.formats.formats import MEDIA_TYPES, Format
from exports.handouts.mediation_record import MediationRecord, RecordedAgreement, build_mediation_record
from exports.language import day
from exports.sentences.mediation import (
    Accepted,
    how_it_holds,
    mandate_choices,
    neutral_end,
    party_kinds,
    step_names,
    taken_back,
    to_accept,
)
from models.alliance.alliance import read_alliance
from models.basics.clock import now
from models.basics.codes import whole_number
from models.basics.errors import DomainError, InvalidValue, MediationLocked, NotFound, NothingAcceptedYet
from models.basics.words import AudienceKind, Direction, MediationText
from models.mediation import acts
from models.mediation.mediation import stop_mediation, take_back_stop
from models.mediation.opened import Opened, open_keys
from models.mediation.people import Invitation
from models.mediation.texts import TEXT_LIMIT
from models.mediation.views import Inside
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Alliance
from phone.mediation.door import come_by_code, lock, open_with_words, type_words_back
from phone.mediation.shared import (
    back_to,
    is_safe,
    locked_page,
    opened_by,
    refuse_plain_http,
)
from phone.serving.errors import Problem, TooManyPosts, error_json, problem_of
from phone.serving.limits import post_rate
from phone.serving.rendering import render
from phone.serving.request import field, form_of, language_of, reached_address, wants_json

ALL, NOTES = "all", "notes"


@dataclass(frozen=True)
class Typed:
    """What was typed in a form that was refused: it stands in its field again."""

    act: str
    values: dict[str, str]

    def of(self, act: str, name: str, otherwise: str = "") -> str:
        """Return what to put in a field of a form."""
        return self.values.get(name, otherwise) if self.act == act else otherwise


@dataclass(frozen=True)
class Visit:
    """Who has it open now and what they read; with what was refused, where something was."""

    request: Request
    opened: Opened
    seen: Inside
    alliance: Alliance
    language: str
    problem: Problem | None = None
    typed: Typed = Typed("", {})

    @property
    def token(self) -> str:
        """The link by which they came."""
        return str(self.request.path_params["token"])


async def show(request: Request) -> Response:
    """GET /m/{token}. Changes nothing; shows something only to who has it open."""
    if not is_safe(request):
        return refuse_plain_http(request)
    return await run_in_threadpool(_page, request)


async def do(request: Request) -> Response:
    """POST /m/{token}/{act}."""
    if not is_safe(request):
        return refuse_plain_http(request)
    act = request.path_params["act"]
    form = await form_of(request)
    if act in DOOR:
        return await DOOR[act](request, form)
    if act not in ACTS:
        raise NotFound("file")
    return await run_in_threadpool(_do, request, act, form)


def _do(request: Request, act: str, form: FormData) -> Response:
    opened = opened_by(request)
    if opened is None:
        if wants_json(request):
            return error_json(MediationLocked(), language_of(request))
        return locked_page(request, status=403, problem=problem_of(MediationLocked(), language_of(request)))
    if not post_rate.allows(f"mediation {opened.person_id}"):
        raise TooManyPosts
    try:
        done = ACTS[act](request, opened, form)
    except MediationLocked as error:
        return locked_page(request, status=403, problem=problem_of(error, language_of(request)))
    except DomainError as error:
        if wants_json(request):
            return error_json(error, language_of(request))
        values = {name: value for name, value in form.items() if isinstance(value, str)}
        return _page(request, error=error, typed=Typed(act, values))
    if done is not None:
        return done
    if wants_json(request):
        return JSONResponse({"seconds": open_keys.seconds_left(opened)})
    return back_to(request.path_params["token"], _place(form))


def _place(form: FormData) -> str:
    band = field(form, "band") or ""
    return f"?band={band}" if band.isalnum() and len(band) <= 8 else ""


def _page(request: Request, *, error: DomainError | None = None, typed: Typed | None = None) -> Response:
    opened = opened_by(request)
    if opened is None:
        return locked_page(request)
    try:
        visit = _visit(request, opened)
    except MediationLocked:
        return locked_page(request)
    if error is not None:
        visit = replace(visit, problem=problem_of(error, visit.language), typed=typed or visit.typed)
    return _mediators_page(visit) if visit.seen.is_mediator else _partys_page(visit)


def _visit(request: Request, opened: Opened) -> Visit:
    """Look at everything anew: it may have changed since the last look."""
    seen = acts.look(opened)
    with reading() as session:
        alliance = read_alliance(session, seen.alliance_id)
    return Visit(request, opened, seen, alliance, language_of(request, alliance.language))


def _drawn(visit: Visit, template: str, **more: object) -> Response:
    seen, language, problem = visit.seen, visit.language, visit.problem
    return render(
        visit.request,
        template,
        problem.status if problem else 200,
        language,
        None,
        back=f"/m/{visit.token}",
        alliance=visit.alliance,
        sheet="mediation",
        token=visit.token,
        seen=seen,
        seconds=open_keys.seconds_left(visit.opened),
        problem=problem,
        typed=visit.typed,
        steps=step_names(language),
        zone=visit.alliance.time_zone,
        ended=neutral_end(seen.ended_at.date(), language) if seen.ended_at else "",
        destroyed=day(date.fromisoformat(seen.destroyed_on), language, style="long")
        if seen.destroyed_on
        else "",
        limit=TEXT_LIMIT,
        holds=dict(how_it_holds(language)),
        **more,
    )


def _mediators_page(visit: Visit) -> Response:
    seen, typed, asks = visit.seen, visit.typed, visit.request.query_params
    is_accepted = any(one.has_accepted for party in seen.parties for one in party.people)
    if not seen.is_set_up or typed.act == "setup" or (asks.get("setup") and not is_accepted):
        return _drawn(visit, "mediation_setup.html")
    if share := asks.get("share"):
        return _share_page(visit, share)
    letters = {party.letter.lower(): party for party in seen.parties}
    asked = typed.values.get("band") or asks.get("band") or NOTES
    bands = [NOTES, *letters, ALL]
    band = asked if asked in bands else NOTES
    places = {NOTES: acts.place_of(AudienceKind.OWN, None, MediationText.NOTE)}
    places[ALL] = acts.place_of(AudienceKind.ALL, None, MediationText.MESSAGE)
    places |= {
        letter: acts.place_of(AudienceKind.PARTY, party.id, MediationText.MESSAGE)
        for letter, party in letters.items()
    }
    # While text stands in one band, no other opens: it is placed or erased first.
    held = next((one for one in bands if places[one] in seen.drafts), None)
    band = held or band
    draft = seen.drafts[places[band]].text if held else ""
    return _drawn(
        visit,
        "mediation.html",
        band=band,
        bands=bands,
        party=letters.get(band),
        place=places[band],
        draft=draft,
        is_held=held is not None,
        kinds=party_kinds(visit.language),
        may_change_setup=not is_accepted and not seen.is_ended,
    )


def _partys_page(visit: Visit) -> Response:
    seen, asks = visit.seen, visit.request.query_params
    share = asks.get("share")
    if share and seen.me.has_accepted and not seen.is_ended:
        return _share_page(visit, share)
    template = "mediation_party.html"
    more: dict[str, object] = {}
    if not seen.me.is_admitted or not seen.is_set_up:
        template = "mediation_waiting.html"
    elif not seen.me.has_accepted and not seen.is_ended:
        template = "mediation_accept.html"
        more["accepting"] = _accepting(visit)
        more["mandates"] = mandate_choices(visit.language)
    else:
        place = acts.place_of(AudienceKind.PARTY, seen.me.party_id, MediationText.STORY)
        draft = seen.drafts.get(place)
        more["place"], more["draft"] = place, draft.text if draft else ""
        change = asks.get("change", "")
        more["changing"] = next(
            (
                one
                for one in seen.between(seen.me.party_id)
                if one.item == change and one.content.person_id == seen.me.id
            ),
            None,
        )
    return _drawn(visit, template, **more)


def _accepting(visit: Visit) -> list[Accepted]:
    """Return what a party accepts, in the language it reads."""
    seen = visit.seen
    return to_accept(seen.direction, seen.mediator_name, seen.declaration, visit.language)


def _share_page(visit: Visit, item: str) -> Response:
    """The page of one release: exactly this text, from whom to whom. A GET only shows it."""
    seen = visit.seen
    found = next((one for one in seen.texts if one.item == item), None)
    if found is None or found.content.person_id != seen.me.id or found.audience != AudienceKind.PARTY:
        return back_to(visit.token)
    return _drawn(visit, "mediation_share.html", text=found, of=seen.party(found.audience_party_id))


def _invitation(request: Request, opened: Opened, invitation: Invitation, name: str) -> Response:
    """Show a link and a code, once. Neither is stored in a way that shows it again."""
    return _drawn(
        _visit(request, opened),
        "mediation_link.html",
        name=name,
        link=f"{reached_address(request)}/m/{invitation.token}",
        code=f"{invitation.code[:4]}-{invitation.code[4:]}",
    )


def _set_up(request: Request, opened: Opened, form: FormData) -> Response | None:
    acts.set_up(
        opened,
        direction=_text(form, "direction"),
        name=_text(form, "name"),
        declaration=_text(form, "declaration"),
    )
    return None


def _party(request: Request, opened: Opened, form: FormData) -> Response | None:
    person = _text(form, "person")
    made = acts.add_party(opened, name=_text(form, "party"), kind=_text(form, "kind"), person=person)
    return _invitation(request, opened, made, person)


def _person(request: Request, opened: Opened, form: FormData) -> Response | None:
    person = _text(form, "person")
    made = acts.add_person(opened, party_id=_number(form, "party_id"), person=person)
    return _invitation(request, opened, made, person)


def _again(request: Request, opened: Opened, form: FormData) -> Response | None:
    person_id = _number(form, "person_id")
    name = acts.look(opened).person(person_id).name
    return _invitation(request, opened, acts.invite_again(opened, person_id=person_id), name)


def _admit(request: Request, opened: Opened, form: FormData) -> Response | None:
    acts.admit(opened, person_id=_number(form, "person_id"))
    return None


def _remove(request: Request, opened: Opened, form: FormData) -> Response | None:
    acts.remove(opened, person_id=_number(form, "person_id"))
    return None


def _step(request: Request, opened: Opened, form: FormData) -> Response | None:
    acts.move_to(opened, step=_text(form, "step"))
    return None


def _accept(request: Request, opened: Opened, form: FormData) -> Response | None:
    accepting = _accepting(_visit(request, opened))
    for one in accepting:
        if field(form, one.name) != "1":
            raise InvalidValue("accepted", one.name)
    acts.accept(
        opened,
        texts=[one.whole for one in accepting],
        mandate=_text(form, "mandate"),
        who_decides=_text(form, "who_decides"),
    )
    return None


def _decline(request: Request, opened: Opened, form: FormData) -> Response | None:
    acts.decline(opened)
    open_keys.lock_person(opened.person_id)
    return None


def _write(request: Request, opened: Opened, form: FormData) -> Response | None:
    acts.write_text(
        opened,
        kind=_text(form, "kind"),
        text=_text(form, "text"),
        party_id=whole_number(field(form, "party_id")),
        item=_text(form, "item"),
        version=_number(form, "version"),
        look_again=_number(form, "look_again"),
    )
    return None


def _delete(request: Request, opened: Opened, form: FormData) -> Response | None:
    acts.delete_text(opened, item=_text(form, "item"))
    return None


def _share(request: Request, opened: Opened, form: FormData) -> Response | None:
    acts.share(opened, item=_text(form, "item"), version=_number(form, "version"))
    return None


def _take_back(request: Request, opened: Opened, form: FormData) -> Response | None:
    acts.take_back(opened, item=_text(form, "item"))
    return None


def _seen(request: Request, opened: Opened, form: FormData) -> Response | None:
    acts.open_new(opened)
    return None


def _mark(request: Request, opened: Opened, form: FormData) -> Response | None:
    acts.mark(opened, item=_text(form, "item"), is_on=field(form, "on") == "1")
    return None


def _answer(request: Request, opened: Opened, form: FormData) -> Response | None:
    acts.answer_agreement(
        opened,
        item=_text(form, "item"),
        version=_number(form, "version"),
        answer=_text(form, "answer"),
    )
    return None


def _draft(request: Request, opened: Opened, form: FormData) -> Response | None:
    acts.keep_draft(opened, place=_text(form, "place")[:80], text=_text(form, "text"))
    return None


def _stop(request: Request, opened: Opened, form: FormData) -> Response | None:
    acts.look(opened)
    write(stop_mediation, person_id=opened.person_id)
    return None


def _go_on(request: Request, opened: Opened, form: FormData) -> Response | None:
    acts.look(opened)
    write(take_back_stop, person_id=opened.person_id)
    return None


def _release(request: Request, opened: Opened, form: FormData) -> Response | None:
    acts.release_to_alliance(opened, item=_text(form, "item"), version=_number(form, "version"))
    return None


def _keep_inside(request: Request, opened: Opened, form: FormData) -> Response | None:
    instead = taken_back(_visit(request, opened).alliance.language)
    acts.take_back_from_alliance(opened, item=_text(form, "item"), instead=instead)
    return None


def _holds(request: Request, opened: Opened, form: FormData) -> Response | None:
    acts.say_how_it_holds(opened, answer=_text(form, "answer"))
    return None


def _record(request: Request, opened: Opened, form: FormData) -> Response | None:
    """Make the Word record now, in memory, for who has it open. Where the Woo counts, only after that was read."""
    visit = _visit(request, opened)
    seen, language = visit.seen, visit.language
    if seen.direction == Direction.VERTICAL and field(form, "knows") != "1":
        raise InvalidValue("knows")
    if not seen.is_mediator and not seen.me.has_accepted and not seen.is_ended:
        raise NothingAcceptedYet
    content = build_mediation_record(
        MediationRecord(
            language=language,
            time_zone=visit.alliance.time_zone,
            mediator=seen.mediator_name,
            parties=[party.name for party in seen.parties],
            principles=[one.text.text for one in seen.principles if one.is_joint],
            agreements=[
                RecordedAgreement(one.text.text, one.look_again) for one in seen.agreements if one.is_approved
            ],
            is_vertical=seen.direction == Direction.VERTICAL,
            ended=neutral_end(seen.ended_at.date(), language) if seen.ended_at else "",
            made_at=now(),
        )
    )
    return Response(
        content,
        media_type=MEDIA_TYPES[Format.DOCX],
        headers={"Content-Disposition": 'attachment; filename="mediation.docx"'},
    )


def _text(form: FormData, name: str) -> str:
    return field(form, name) or ""


def _number(form: FormData, name: str) -> int:
    return whole_number(field(form, name)) or 0


Door = Callable[[Request, FormData], Awaitable[Response]]
Act = Callable[[Request, Opened, FormData], Response | None]
DOOR: dict[str, Door] = {
    "open": open_with_words,
    "code": come_by_code,
    "words": type_words_back,
    "lock": lock,
}
ACTS: dict[str, Act] = {
    "setup": _set_up,
    "party": _party,
    "person": _person,
    "again": _again,
    "admit": _admit,
    "remove": _remove,
    "step": _step,
    "accept": _accept,
    "decline": _decline,
    "text": _write,
    "delete": _delete,
    "share": _share,
    "take-back": _take_back,
    "seen": _seen,
    "mark": _mark,
    "answer": _answer,
    "draft": _draft,
    "stop": _stop,
    "go-on": _go_on,
    "release": _release,
    "keep-inside": _keep_inside,
    "holds": _holds,
    "record": _record,
}
routes = [
    Route("/m/{token}", show, methods=["GET"]),
    Route("/m/{token}/{act}", do, methods=["POST"]),
]
