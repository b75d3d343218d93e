"""Another phone of the same person: it asks, and the phone that speaks for them answers."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from models.basics.codes import join_code
from models.basics.errors import DomainError, NotAdmitted, NotFound
from models.joining.other_phone import answer_phone, stop_asking
from models.storage.writing import post
from phone.room.posting import back_to_page, may_post, number_in, refused, who
from phone.serving import cookies
from phone.serving.errors import TooManyPosts, counted, problem_page
from phone.serving.request import field, form_of, wants_json


async def phones(request: Request) -> Response:
    """POST /p/{code}/phones: `phone`, `person` and `yes` answer a phone that asks; `cancel=1` asks no longer."""
    code = request.path_params["code"]
    token = cookies.phone_token(request, code)
    if not may_post(request, token):
        return problem_page(request, TooManyPosts(), back=f"/p/{code}")
    form = await form_of(request)
    view = await run_in_threadpool(who, code, token)
    if view is None:
        raise counted(request, NotFound("workshop"))
    stops = field(form, "cancel") == "1"
    try:
        if token is None:
            raise NotAdmitted
        if stops:
            await post(stop_asking, code=code, phone_token=token)
        else:
            await post(
                answer_phone,
                code=code,
                phone_token=token,
                phone_id=number_in(form, "phone"),
                participant_id=number_in(form, "person"),
                yes=field(form, "yes") == "1",
            )
    except DomainError as error:
        return await run_in_threadpool(refused, request, view, form, error)
    if wants_json(request):
        return JSONResponse({"asking": False})
    return RedirectResponse(f"/p/{join_code(code)}", 303) if stops else back_to_page(join_code(code), form)


routes = [Route("/p/{code}/phones", phones, methods=["POST"])]
