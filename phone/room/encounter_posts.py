"""What a participant sends at an evening: the table's card and idea, whom they know, whom to speak again."""

from dataclasses import asdict

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from models.basics.codes import whole_number
from models.basics.errors import InvalidValue
from models.encounters.answers import send_answer
from models.encounters.bubbles import choose_bubbles
from models.encounters.contacts import wish_contacts
from models.encounters.hosting import decline_hosting, show_card_at_table
from models.encounters.ideas import send_idea
from models.encounters.mixing import choose_answer
from models.joining.joining import PhoneView
from models.storage.writing import post
from phone.room.posting import back_to_page, number_in, own_participant, post_route, speaker
from phone.serving.request import field, wants_json


async def ideas(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/ideas: `text`, `first_step`, `taker`, and the `version` that the page showed, 0 for none."""
    sent = await post(
        send_idea,
        participant_id=own_participant(view),
        text=field(form, "text") or "",
        first_step=field(form, "first_step") or "",
        taker=field(form, "taker") or "",
        version=whole_number(field(form, "version")) or 0,
    )
    if wants_json(request):
        return JSONResponse({"table": sent.table, "version": sent.version, "shown": sent.is_shown})
    return back_to_page(view.workshop.code, form, "#own")


async def known(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/known: `asked` is `before` or `after`, `known` a number, or `skip` for none; `voice`."""
    skips = field(form, "skip") is not None
    sent = await post(
        send_answer,
        participant_id=await speaker(view, form),
        asked=field(form, "asked") or "",
        known=None if skips else _count(field(form, "known") or ""),
    )
    if wants_json(request):
        return JSONResponse(asdict(sent))
    return back_to_page(view.workshop.code, form, "#known")


async def mixing(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/mixing: `answer`, the id of one, to be seated by, or `skip` for none; `voice`."""
    skips = field(form, "skip") is not None
    await post(
        choose_answer,
        participant_id=await speaker(view, form),
        answer_id=None if skips else number_in(form, "answer"),
    )
    if wants_json(request):
        return JSONResponse({"saved": True})
    return back_to_page(view.workshop.code, form, "#mixing")


async def bubbles(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/bubbles: `bubbles`, once for each group one belongs to too, or `skip` for none; `voice`."""
    skips = field(form, "skip") is not None
    typed = [whole_number(value) for value in form.getlist("bubbles") if isinstance(value, str)]
    if None in typed:
        raise InvalidValue("bubbles", None)
    await post(
        choose_bubbles,
        participant_id=await speaker(view, form),
        group_ids=[] if skips else [number for number in typed if number is not None],
    )
    if wants_json(request):
        return JSONResponse({"saved": True})
    return back_to_page(view.workshop.code, form, "#bubbles")


def _count(typed: str) -> int:
    """Return a number that somebody typed; one that is none is refused with what can be chosen."""
    number = whole_number(typed.strip())
    return -1 if number is None else number


async def again(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/again: `again`, once for each seat (`2-4` is seat 4 of one's own table in round 2), and `contact`.

    `nobody` chooses nobody, whatever else was ticked.
    """
    is_nobody = field(form, "nobody") == "1"
    await post(
        wish_contacts,
        participant_id=own_participant(view),
        places=[] if is_nobody else [key for key in form.getlist("again") if isinstance(key, str)],
        contact=field(form, "contact"),
    )
    if wants_json(request):
        return JSONResponse({"saved": True})
    path = f"/p/{view.workshop.code}"
    return RedirectResponse(path if is_nobody else f"{path}/again?done=1", 303)


async def table_card(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/table-card: `round`, `card` wanted, and the card that the page showed as `seen`. By who hosts."""
    await post(
        show_card_at_table,
        participant_id=own_participant(view),
        number=number_in(form, "round"),
        card=number_in(form, "card"),
        seen=number_in(form, "seen"),
    )
    return _done(request, view, form)


async def table_host(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/table-host: let another mind the turns of `round`; the next is drawn by lot."""
    await post(decline_hosting, participant_id=own_participant(view), number=number_in(form, "round"))
    return _done(request, view, form)


def _done(request: Request, view: PhoneView, form: FormData) -> Response:
    if wants_json(request):
        return Response(status_code=204)
    return back_to_page(view.workshop.code, form, "#main")


routes = [
    post_route("/p/{code}/ideas", ideas),
    post_route("/p/{code}/known", known),
    post_route("/p/{code}/bubbles", bubbles),
    post_route("/p/{code}/mixing", mixing),
    post_route("/p/{code}/again", again),
    post_route("/p/{code}/table-card", table_card),
    post_route("/p/{code}/table-host", table_host),
]
