"""What phones send most: one choice on one item. A whole room does so within seconds, so this path is short.

Nobody asks first whose a vote is: the writer asks so for many at once.
"""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from models.basics.codes import join_code, whole_number
from models.basics.errors import DomainError, NotAdmitted, NotFound
from models.storage.writing import post
from models.voting.ballot import BallotStored
from models.voting.phone_ballot import PhoneBallot, vote_by_phone
from phone.room.arriving import count_in, has_just_arrived
from phone.room.posting import back_to_page, may_post, number_in, refused, who
from phone.room.voices import number_of
from phone.serving import cookies
from phone.serving.errors import TooManyPosts, counted, problem_page
from phone.serving.request import field, form_of, wants_json


async def ballots(request: Request) -> Response:
    """POST /p/{code}/ballots: one choice on one item, also of another `voice` on this phone."""
    code = request.path_params["code"]
    token = cookies.phone_token(request, code)
    if not may_post(request, token):
        return problem_page(request, TooManyPosts(), back=f"/p/{code}")
    form = await form_of(request)
    try:
        ballot = _ballot(code, token or "", form)
        stored = await _stored(request, ballot)
    except DomainError as error:
        view = await run_in_threadpool(who, code, token)
        if view is None:
            raise counted(request, NotFound("workshop")) from None
        return await run_in_threadpool(refused, request, view, form, error)
    if not wants_json(request):
        return back_to_page(join_code(code), form, f"#item-{stored.item_id}")
    return JSONResponse(
        {
            "round": stored.round_id,
            "item": stored.item_id,
            "choice": stored.choice,
            "sequence": stored.sequence,
            "reason": stored.reason,
            **({"voice": ballot.voice} if ballot.voice is not None else {}),
        }
    )


async def _stored(request: Request, ballot: PhoneBallot) -> BallotStored:
    try:
        stored: BallotStored = await post(vote_by_phone, ballot=ballot)
    except NotAdmitted:
        view = await run_in_threadpool(who, ballot.code, ballot.phone_token)
        if not has_just_arrived(view):
            raise
        await count_in(request)
        stored = await post(vote_by_phone, ballot=ballot)
    return stored


def _ballot(code: str, token: str, form: FormData) -> PhoneBallot:
    return PhoneBallot(
        code=code,
        phone_token=token,
        round_id=number_in(form, "round"),
        item_id=number_in(form, "item"),
        choice=field(form, "choice") or "",
        reason=field(form, "reason"),
        may_name=field(form, "may_name") == "1",
        request_id=field(form, "request_id") or None,
        sequence=number_in(form, "sequence") if field(form, "sequence") else None,
        voice=number_of(field(form, "voice")),
        me=whole_number(field(form, "me")),
    )


routes = [Route("/p/{code}/ballots", ballots, methods=["POST"])]
