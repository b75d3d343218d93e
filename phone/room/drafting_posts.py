"""What a participant sends while the room drafts: proposals, and support for those of others."""

from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from models.basics.codes import whole_number
from models.basics.errors import NotFound
from models.drafting.proposal import change_proposal, send_proposal, support_proposal, withdraw_proposal
from models.encounters.ideas import support_idea
from models.joining.joining import PhoneView
from models.storage.writing import post
from phone.room.posting import back_to_page, is_on, number_in, own_participant, post_route, speaker
from phone.serving.request import field, wants_json


async def proposals(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/proposals: a text for a principle or an agreement."""
    sent = await post(
        send_proposal,
        participant_id=own_participant(view),
        kind=field(form, "kind") or "principle",
        text=field(form, "text") or "",
        request_id=field(form, "request_id") or None,
    )
    if wants_json(request):
        return JSONResponse({"id": sent.id, "state": sent.state})
    return back_to_page(view.workshop.code, form, "#own")


async def own_proposal(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/proposals/{id}: its author changes or withdraws it."""
    proposal_id = whole_number(request.path_params["proposal"])
    if proposal_id is None:
        raise NotFound("proposal")
    about: dict[str, Any] = {"participant_id": await speaker(view, form), "proposal_id": proposal_id}
    if field(form, "withdraw") == "1":
        sent = await post(withdraw_proposal, **about)
    else:
        sent = await post(change_proposal, **about, text=field(form, "text") or "")
    if wants_json(request):
        return JSONResponse({"id": sent.id, "state": sent.state})
    return back_to_page(view.workshop.code, form, "#own")


async def supports(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/supports: "me too" on a `proposal`, or on a table's `idea`, or no longer."""
    about = "idea" if field(form, "idea") else "proposal"
    identifier, is_given = number_in(form, about), is_on(form)
    person = own_participant(view)
    if about == "idea":
        given = await post(support_idea, participant_id=person, idea_id=identifier, on=is_given)
    else:
        given = await post(support_proposal, participant_id=person, proposal_id=identifier, on=is_given)
    if wants_json(request):
        return JSONResponse({about: given.about_id, "on": given.is_on, "count": given.count})
    return back_to_page(view.workshop.code, form, f"#{about}-{given.about_id}")


routes = [
    post_route("/p/{code}/proposals", proposals),
    post_route("/p/{code}/proposals/{proposal}", own_proposal),
    post_route("/p/{code}/supports", supports),
]
