"""Words about a text whose round is closed."""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from models.joining.joining import PhoneView
from models.storage.writing import post
from models.voting.late_words import send_late_words
from phone.room.posting import number_in, post_route, speaker
from phone.room.room import room_page
from phone.serving.request import field, wants_json


async def late_words(request: Request, view: PhoneView, form: FormData) -> Response:
    """POST /p/{code}/late-words: words about a text whose round is closed, for the facilitator alone."""
    about = {"round_id": number_in(form, "round"), "item_id": number_in(form, "item")}
    await post(
        send_late_words,
        **about,
        participant_id=await speaker(view, form),
        choice=field(form, "choice") or "",
        text=field(form, "reason") or "",
        request_id=field(form, "request_id") or None,
    )
    if wants_json(request):
        return JSONResponse({"round": about["round_id"], "item": about["item_id"], "late": True})
    # No address of its own: said once, on the page as it is now.
    return await run_in_threadpool(
        room_page,
        request,
        view.workshop.code,
        typed={"sent_to": "late-words", "is_sent": "1"},
        step=field(form, "step") or field(form, "from"),
    )


routes = [post_route("/p/{code}/late-words", late_words)]
