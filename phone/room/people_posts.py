"""What a participant says of themselves: who votes here, that they go, their name, group, a hand, a first step."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from models.basics.codes import personal_code, whole_number
from models.basics.errors import InvalidValue, PersonalCodeUnknown
from models.joining.joining import PhoneView
from models.joining.voice import add_voice
from models.own_data.name import forget_name
from models.storage.writing import post
from models.workshop.participant import change_group, come_back, leave, raise_hand, record_first_step
from phone.room.mine import mine_path
from phone.room.posting import back_to_page, is_on, number_in, own_participant, post_route, speaker
from phone.serving import cookies
from phone.serving.errors import check_brake, counted, was_right
from phone.serving.request import field, wants_json


async def voices(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/voices: let somebody else vote through this phone."""
    group = field(form, "group") or None
    if group and whole_number(group) is None:
        raise InvalidValue("group", group)
    code = view.workshop.code
    own = (field(form, "personal_code") or "").strip() or None
    tried = f"{code} {personal_code(own or '')}"
    if own:
        check_brake(request, tried)
    try:
        added = await post(
            add_voice,
            code=code,
            phone_token=cookies.phone_token(request, code) or "",
            name=field(form, "name") or None,
            group_id=whole_number(group),
            personal_code=own,
            request_id=field(form, "request_id") or None,
        )
    except PersonalCodeUnknown as error:
        raise counted(request, error) from None
    was_right(request, tried)
    if wants_json(request):
        waiting = {"waiting": True} if added.is_waiting else {}
        return JSONResponse({"voice": added.number, "admitted": added.is_admitted, **waiting})
    round_id = field(form, "round")
    query = {"voice": str(added.number), "round": round_id} if round_id else {}
    return back_to_page(view.workshop.code, form, "#voices", **query)


async def leaving(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/leave: go, or come back with `back=1`; with `voice` another person on this phone."""
    is_back = field(form, "back") == "1"
    await post(come_back if is_back else leave, participant_id=await speaker(view, form))
    return JSONResponse({"here": is_back}) if wants_json(request) else back_to_page(view.workshop.code, form)


async def own_name(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/forget-name: take one's name out of everything from where it may go; also that of a `voice`."""
    await post(forget_name, participant_id=await speaker(view, form))
    if wants_json(request):
        return JSONResponse({"name": None})
    path = mine_path(view.workshop.code, field(form, "voice"), done="name", anchor="#name")
    return RedirectResponse(path, 303)


async def group(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/group: let one's vote count for another group, from the next round on; also of a `voice`."""
    group_id = number_in(form, "group") if field(form, "group") else None
    await post(change_group, participant_id=await speaker(view, form), group_id=group_id)
    return (
        JSONResponse({"group": group_id}) if wants_json(request) else back_to_page(view.workshop.code, form)
    )


async def hand(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/hand: raise a hand to the facilitator, or lower it."""
    await post(raise_hand, participant_id=own_participant(view), on=is_on(form))
    return (
        JSONResponse({"on": is_on(form)}) if wants_json(request) else back_to_page(view.workshop.code, form)
    )


async def first_step(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/first-steps: count that a first step was written. The text never comes here."""
    await post(record_first_step, participant_id=own_participant(view))
    return JSONResponse({"counted": True}) if wants_json(request) else back_to_page(view.workshop.code, form)


routes = [
    post_route("/p/{code}/voices", voices),
    post_route("/p/{code}/leave", leaving),
    post_route("/p/{code}/forget-name", own_name),
    post_route("/p/{code}/group", group),
    post_route("/p/{code}/hand", hand),
    post_route("/p/{code}/first-steps", first_step),
]
