"""What a participant takes on: an agreement, or a part of one."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from models.agreeing.ownership import offer_help, take_on
from models.joining.joining import PhoneView
from models.storage.writing import post
from phone.room.posting import back_to_page, number_in, own_participant, post_route
from phone.serving.request import field, wants_json


async def owners(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/owners: take an agreement on. Who was no partner becomes one, with a link of their own."""
    agreement_id = number_in(form, "agreement")
    taken = await post(
        take_on,
        participant_id=own_participant(view),
        agreement_id=agreement_id,
        name=field(form, "name") or "",
    )
    if wants_json(request):
        return JSONResponse({"agreement": agreement_id, "page": f"/s/{taken.token}"})
    return back_to_page(view.workshop.code, form, f"#agreement-{agreement_id}")


async def offers(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/offers: help with an agreement."""
    agreement_id = number_in(form, "agreement")
    await post(
        offer_help,
        participant_id=own_participant(view),
        agreement_id=agreement_id,
        name=field(form, "name") or "",
    )
    if wants_json(request):
        return JSONResponse({"agreement": agreement_id})
    return back_to_page(view.workshop.code, form, f"#agreement-{agreement_id}")


routes = [
    post_route("/p/{code}/owners", owners),
    post_route("/p/{code}/offers", offers),
]
