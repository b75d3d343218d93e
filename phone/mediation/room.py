"""Inside a mediation: the page of its mediator, that of a party, and everything that is done on them.

Every act is a plain form; what it may is asked in `models.mediation`, with the keys that the browser has open.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from exports.formats.formats import MEDIA_TYPES, Format
from exports.handouts.mediation_record import MediationRecord, RecordedAgreement, build_mediation_record
from exports.sentences.mediation import (
    mandate_choices,
    neutral_end,
    party_kinds,
    taken_back,
)
from models.basics.clock import now
from models.basics.codes import whole_number
from models.basics.errors import (
    ChangedMeanwhile,
    DomainError,
    InvalidValue,
    MediationLocked,
    NotFound,
    NothingAcceptedYet,
)
from models.basics.words import AudienceKind, Direction, MediationStep, MediationText
from models.mediation import accepting, acting, approving, arranging, ending, own_texts, releasing
from models.mediation.memory import overwrite_in_this_thread
from models.mediation.opened import Opened, open_keys
from models.mediation.people import Invitation
from phone.mediation import group
from phone.mediation.door import come_by_code, lock, open_with_words, type_words_back
from phone.mediation.group import asked_about, group_page
from phone.mediation.on_paper import asked_paper, confirm, paper_in, paper_page
from phone.mediation.shared import (
    back_to,
    is_safe,
    locked_page,
    opened_by,
    refuse_plain_http,
)
from phone.mediation.visit import Act, Typed, Visit, drawn, number_in, text_in, visit_of
from phone.serving.errors import TooManyPosts, error_json, problem_of
from phone.serving.limits import post_rate
from phone.serving.request import field, form_of, language_of, reached_address, wants_json

ALL, NOTES = "all", "notes"
# What is done on the page of the parties and their people.
PEOPLE = ("party", "person", "name-again")


async def show(request: Request) -> Response:
    """GET /m/{token}. Changes nothing; shows something only to who has it open."""
    if not is_safe(request):
        return refuse_plain_http(request)
    return await run_in_threadpool(_overwritten, partial(_page, request))


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
    return await run_in_threadpool(_overwritten, partial(_do, request, act, form))


def _overwritten(work: Callable[[], Response]) -> Response:
    """Do what reads or draws texts, and overwrite the pieces of them that this thread would keep."""
    try:
        return work()
    finally:
        overwrite_in_this_thread()


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
    """Return where one was: in a band, or on the page of a party without a phone."""
    band = field(form, "band") or ""
    if band.isalnum() and len(band) <= 8:
        return f"?band={band}"
    asked = field(form, "group") or ""
    if asked.isalnum() and len(asked) <= 32:
        return f"?group={asked}"
    paper = paper_in(form)
    return f"?paper={paper.party_id}" if paper else ""


def _page(request: Request, *, error: DomainError | None = None, typed: Typed | None = None) -> Response:
    opened = opened_by(request)
    if opened is None:
        return locked_page(request)
    try:
        visit = visit_of(request, opened)
    except MediationLocked:
        return locked_page(request)
    if error is not None:
        visit = replace(visit, problem=problem_of(error, visit.language), typed=typed or visit.typed)
    return _mediators_page(visit) if visit.seen.is_mediator else _partys_page(visit)


def _page_apart(visit: Visit) -> Response | None:
    """Return a page that stands apart, so that the main one stays small: help, people, or the field of one new text."""
    seen, typed, asks = visit.seen, visit.typed, visit.request.query_params
    if asks.get("help"):
        return drawn(visit, "mediation_help.html")
    adds = typed.values.get("kind", "") if typed.act == "text" else asks.get("add", "")
    steps = {"option": MediationStep.OPTIONS, "agreement": MediationStep.AGREEMENTS}
    if adds in steps and seen.is_at_least(steps[adds]) and not seen.is_ended:
        return drawn(visit, "mediation_add.html", adds=adds)
    if seen.is_mediator and not seen.is_ended and (asks.get("parties") or typed.act in PEOPLE):
        return drawn(visit, "mediation_people.html", kinds=party_kinds(visit.language))
    return None


def _mediators_page(visit: Visit) -> Response:
    seen, typed, asks = visit.seen, visit.typed, visit.request.query_params
    is_accepted = any(one.has_accepted for party in seen.parties for one in party.people)
    if not seen.is_set_up or typed.act == "setup" or (asks.get("setup") and not is_accepted):
        return drawn(visit, "mediation_setup.html")
    if share := asks.get("share"):
        return _share_page(visit, share)
    if (paper := asked_paper(visit)) and (page := paper_page(visit, paper)) is not None:
        return page
    if (apart := _page_apart(visit)) is not None:
        return apart
    letters = {party.letter.lower(): party for party in seen.parties}
    asked = typed.values.get("band") or asks.get("band") or NOTES
    bands = [NOTES, *letters, ALL]
    band = asked if asked in bands else NOTES
    places = {NOTES: own_texts.place_of(AudienceKind.OWN, None, MediationText.NOTE)}
    places[ALL] = own_texts.place_of(AudienceKind.ALL, None, MediationText.MESSAGE)
    places |= {
        letter: own_texts.place_of(
            AudienceKind.PARTY, party.id, MediationText.STORY if party.on_paper else MediationText.MESSAGE
        )
        for letter, party in letters.items()
    }
    # While text stands in one band, no other opens: it is placed or erased first.
    held = next((one for one in bands if places[one] in seen.drafts), None)
    band = held or band
    draft = seen.drafts[places[band]].text if held else ""
    return drawn(
        visit,
        "mediation.html",
        band=band,
        bands=bands,
        party=letters.get(band),
        place=places[band],
        draft=draft,
        is_held=held is not None,
        may_change_setup=not is_accepted and not seen.is_ended,
    )


def _partys_page(visit: Visit) -> Response:
    seen, asks = visit.seen, visit.request.query_params
    share = asks.get("share")
    if share and seen.me.has_accepted and not seen.is_ended:
        return _share_page(visit, share)
    if (item := asked_about(visit)) and (page := group_page(visit, item)) is not None:
        return page
    template = "mediation_party.html"
    more: dict[str, object] = {}
    if not seen.me.is_admitted or not seen.is_set_up:
        template = "mediation_waiting.html"
    elif not seen.me.has_accepted and not seen.is_ended:
        template = "mediation_accept.html"
        more["accepting"], more["shown"] = visit.accepting, visit.shown
        more["mandates"] = mandate_choices(visit.language)
    elif (apart := _page_apart(visit)) is not None:
        return apart
    else:
        place = own_texts.place_of(AudienceKind.PARTY, seen.me.party_id, MediationText.STORY)
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
    return drawn(visit, template, **more)


def _share_page(visit: Visit, item: str) -> Response:
    """The page of one release: exactly this text, from whom to whom. A GET only shows it."""
    seen = visit.seen
    found = next((one for one in seen.texts if one.item == item), None)
    if found is None or found.content.person_id != seen.me.id or found.audience != AudienceKind.PARTY:
        return back_to(visit.token)
    return drawn(visit, "mediation_share.html", text=found, of=seen.party(found.audience_party_id))


def _invitation(request: Request, opened: Opened, invitation: Invitation, name: str) -> Response:
    """Show a link and a code, once. Neither is stored in a way that shows it again."""
    return drawn(
        visit_of(request, opened),
        "mediation_link.html",
        name=name,
        link=f"{reached_address(request)}/m/{invitation.token}",
        code=f"{invitation.code[:4]}-{invitation.code[4:]}",
    )


def _set_up(request: Request, opened: Opened, form: FormData) -> Response | None:
    arranging.set_up(
        opened,
        direction=text_in(form, "direction"),
        name=text_in(form, "name"),
        declaration=text_in(form, "declaration"),
    )
    return None


def _party(request: Request, opened: Opened, form: FormData) -> Response | None:
    person, name, kind = text_in(form, "person"), text_in(form, "party"), text_in(form, "kind")
    if field(form, "on_paper") == "1":
        arranging.add_party_on_paper(opened, name=name, kind=kind, person=person)
        added = acting.look(opened).parties[-1].id
        return back_to(request.path_params["token"], f"?paper={added}")
    made = arranging.add_party(opened, name=name, kind=kind, person=person)
    return _invitation(request, opened, made, person)


def _name_again(request: Request, opened: Opened, form: FormData) -> Response | None:
    party_id = number_in(form, "party_id")
    arranging.name_again(
        opened,
        party_id=party_id,
        name=text_in(form, "party"),
        kind=text_in(form, "kind"),
        person=text_in(form, "person"),
    )
    return back_to(request.path_params["token"], f"?paper={party_id}")


def _person(request: Request, opened: Opened, form: FormData) -> Response | None:
    person = text_in(form, "person")
    made = arranging.add_person(opened, party_id=number_in(form, "party_id"), person=person)
    return _invitation(request, opened, made, person)


def _again(request: Request, opened: Opened, form: FormData) -> Response | None:
    person_id = number_in(form, "person_id")
    name = acting.look(opened).person(person_id).name
    return _invitation(request, opened, arranging.invite_again(opened, person_id=person_id), name)


def _admit(request: Request, opened: Opened, form: FormData) -> Response | None:
    arranging.admit(opened, person_id=number_in(form, "person_id"), number=text_in(form, "number"))
    return None


def _remove(request: Request, opened: Opened, form: FormData) -> Response | None:
    arranging.remove(opened, person_id=number_in(form, "person_id"))
    return None


def _step(request: Request, opened: Opened, form: FormData) -> Response | None:
    arranging.move_to(opened, step=text_in(form, "step"))
    return None


def _accept(request: Request, opened: Opened, form: FormData) -> Response | None:
    visit = visit_of(request, opened)
    whole_texts = visit.accepting
    # Who mediates may change these words until the first party accepted: nobody says yes to what was not read.
    if form.get("shown") not in (None, visit.shown):
        raise ChangedMeanwhile
    for one in whole_texts:
        if field(form, one.name) != "1":
            raise InvalidValue("accepted", one.name)
    accepting.accept(
        opened,
        texts=[one.whole for one in whole_texts],
        mandate=text_in(form, "mandate"),
        who_decides=text_in(form, "who_decides"),
        paper=paper_in(form),
    )
    return None


def _decline(request: Request, opened: Opened, form: FormData) -> Response | None:
    accepting.decline(opened)
    open_keys.lock_person(opened.person_id)
    return None


def _write(request: Request, opened: Opened, form: FormData) -> Response | None:
    own_texts.write_text(
        opened,
        kind=text_in(form, "kind"),
        text=text_in(form, "text"),
        party_id=whole_number(field(form, "party_id")),
        item=text_in(form, "item"),
        version=number_in(form, "version"),
        look_again=number_in(form, "look_again"),
        paper=paper_in(form),
    )
    return None


def _delete(request: Request, opened: Opened, form: FormData) -> Response | None:
    own_texts.delete_text(opened, item=text_in(form, "item"), paper=paper_in(form))
    return None


def _share(request: Request, opened: Opened, form: FormData) -> Response | None:
    releasing.share(
        opened, item=text_in(form, "item"), version=number_in(form, "version"), paper=paper_in(form)
    )
    return None


def _take_back(request: Request, opened: Opened, form: FormData) -> Response | None:
    releasing.take_back(opened, item=text_in(form, "item"), paper=paper_in(form))
    return None


def _seen(request: Request, opened: Opened, form: FormData) -> Response | None:
    releasing.open_new(opened, paper=paper_in(form))
    return None


def _mark(request: Request, opened: Opened, form: FormData) -> Response | None:
    releasing.mark(opened, item=text_in(form, "item"), is_on=field(form, "on") == "1", paper=paper_in(form))
    return None


def _answer(request: Request, opened: Opened, form: FormData) -> Response | None:
    approving.answer_agreement(
        opened,
        item=text_in(form, "item"),
        version=number_in(form, "version"),
        answer=text_in(form, "answer"),
        paper=paper_in(form),
        group_asked=text_in(form, "group_asked"),
    )
    return None


def _draft(request: Request, opened: Opened, form: FormData) -> Response | None:
    own_texts.keep_draft(opened, place=text_in(form, "place")[:80], text=text_in(form, "text"))
    return None


def _stop(request: Request, opened: Opened, form: FormData) -> Response | None:
    ending.stop(opened, paper=paper_in(form))
    return None


def _go_on(request: Request, opened: Opened, form: FormData) -> Response | None:
    ending.go_on(opened, paper=paper_in(form))
    return None


def _needed(request: Request, opened: Opened, form: FormData) -> Response | None:
    ending.still_needed(opened)
    return None


def _release(request: Request, opened: Opened, form: FormData) -> Response | None:
    approving.release_to_alliance(
        opened,
        item=text_in(form, "item"),
        version=number_in(form, "version"),
        paper=paper_in(form),
        group_asked=text_in(form, "group_asked"),
    )
    return None


def _keep_inside(request: Request, opened: Opened, form: FormData) -> Response | None:
    instead = taken_back(visit_of(request, opened).alliance.language)
    approving.take_back_from_alliance(
        opened, item=text_in(form, "item"), instead=instead, paper=paper_in(form)
    )
    return None


def _holds(request: Request, opened: Opened, form: FormData) -> Response | None:
    ending.say_how_it_holds(opened, answer=text_in(form, "answer"), paper=paper_in(form))
    return None


def _record(request: Request, opened: Opened, form: FormData) -> Response | None:
    """Make the Word record now, in memory, for who has it open. Where the Woo counts, only after that was read."""
    visit = visit_of(request, opened)
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


Door = Callable[[Request, FormData], Awaitable[Response]]
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
    "name-again": _name_again,
    "again": _again,
    "admit": _admit,
    "remove": _remove,
    "step": _step,
    "accept": _accept,
    "decline": _decline,
    "text": _write,
    "confirm": confirm,
    "delete": _delete,
    "share": _share,
    "take-back": _take_back,
    "seen": _seen,
    "mark": _mark,
    "answer": _answer,
    "draft": _draft,
    "stop": _stop,
    "go-on": _go_on,
    "needed": _needed,
    "release": _release,
    "keep-inside": _keep_inside,
    "holds": _holds,
    "record": _record,
    **group.ACTS,
}
routes = [
    Route("/m/{token}", show, methods=["GET"]),
    Route("/m/{token}/{act}", do, methods=["POST"]),
]
