"""The door of a mediation: six words to open it, and the first time a code that was said aloud.

A GET changes and reveals nothing, and looks the same for every link. Unknown links cost no Argon2, and take as long.
"""

import asyncio
import secrets
import time
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from exports.language import translations
from models.basics.errors import AlreadyEnrolled, Busy, MediationEnded, NotFound, WordsDiffer
from models.mediation.coming_in import (
    Drawn,
    choose_new_words,
    come_in,
    draw_words,
    draw_words_again,
    has_words,
    unlock,
)
from models.mediation.memory import overwrite_in_this_thread
from models.mediation.opened import open_keys
from models.mediation.people import code_fits
from models.storage.writing import post
from phone.mediation.shared import (
    back_to,
    cookie_of,
    drawn_words,
    locked_page,
    opened_by,
    remember_session,
    session_id,
    who_tries,
    word_tries,
)
from phone.serving.cookies import forget
from phone.serving.errors import Problem, asks, problem_of
from phone.serving.noticed import notice
from phone.serving.passphrases import PlacesTaken, checking
from phone.serving.rendering import render
from phone.serving.request import field, language_of

# How long the last check of words took: who comes by an unknown link waits as long, for nothing.
_lasted = 0.3


async def open_with_words(request: Request, form: FormData) -> Response:
    """POST …/open: `words`, and `spare` where they stand on the mediator's spare sheet."""
    global _lasted
    token, whose = request.path_params["token"], who_tries(request)
    if wait := word_tries.seconds(whose):
        return _wrong_words(request, wait)
    words = (field(form, "words") or "")[:500]
    opened_id: str | None = None
    begun = time.monotonic()
    if await run_in_threadpool(has_words, token):
        work = partial(unlock, token, words, is_spare=field(form, "spare") == "1")
        try:
            opened_id = await checking.slowly(whose, work)
        except PlacesTaken:
            return _wrong_words(request, 1)
        _lasted = time.monotonic() - begun
    else:
        await asyncio.sleep(_lasted)
    if opened_id is None:
        notice("wrong words", asks(request.scope))
        return _wrong_words(request, word_tries.failed(whose))
    word_tries.was_right(whose)
    open_keys.lock(session_id(request))
    answer: Response = back_to(token)
    if field(form, "spare") == "1":
        # The sheet was opened: other words, and another sheet.
        drawn = draw_words_again(language_of(request), is_mediator=True)
        drawn_words.keep(opened_id, token, drawn)
        answer = words_page(request, drawn, None)
    remember_session(answer, request, opened_id)
    return answer


async def come_by_code(request: Request, form: FormData) -> Response:
    """POST …/code: `code`. Shows the six words, once; nothing is stored before they are typed back."""
    token, whose = request.path_params["token"], who_tries(request)
    if wait := word_tries.seconds(whose):
        return _wrong_code(request, wait)
    code = (field(form, "code") or "")[:100]
    if not await post(code_fits, token=token, code=code):
        notice("wrong code", asks(request.scope))
        return _wrong_code(request, word_tries.failed(whose))
    try:
        drawn = await run_in_threadpool(draw_words, token, language_of(request))
    except NotFound:
        return _wrong_code(request, word_tries.failed(whose))
    return _show_words(request, drawn)


async def type_words_back(request: Request, form: FormData) -> Response:
    """POST …/words: `words` as they were shown. From now on they open this page; it is open at once."""
    token, whose = request.path_params["token"], who_tries(request)
    shown = session_id(request)
    drawn = drawn_words.of(shown, token)
    if drawn is None:
        return locked_page(request, status=403)
    typed = (field(form, "words") or "")[:500]
    already = await run_in_threadpool(opened_by, request)
    try:
        if already is not None:
            await checking.slowly(whose, partial(choose_new_words, already, drawn, typed))
            opened_id = shown
        else:
            opened_id = await checking.slowly(whose, partial(come_in, token, drawn, typed))
    except WordsDiffer as error:
        return words_page(request, drawn, problem_of(error, language_of(request)))
    except PlacesTaken:
        raise Busy from None
    except (AlreadyEnrolled, MediationEnded, NotFound) as error:
        return locked_page(request, status=409, problem=problem_of(error, language_of(request)))
    drawn_words.forget(shown)
    answer = back_to(token)
    remember_session(answer, request, opened_id)
    return answer


async def lock(request: Request, _form: FormData) -> Response:
    """POST …/lock: locks at once, and forgets this browser."""
    open_keys.lock(session_id(request))
    overwrite_in_this_thread()
    answer = back_to(request.path_params["token"])
    forget(answer, request, cookie_of(request.path_params["token"]))
    return answer


def _show_words(request: Request, drawn: Drawn) -> Response:
    shown = secrets.token_urlsafe(32)
    drawn_words.keep(shown, request.path_params["token"], drawn)
    answer = words_page(request, drawn, None)
    remember_session(answer, request, shown)
    return answer


def words_page(request: Request, drawn: Drawn, problem: Problem | None) -> Response:
    """Return the page with the six words, and the field in which they are typed back."""
    token = request.path_params["token"]
    return render(
        request,
        "mediation_words.html",
        problem.status if problem else 200,
        sheet="mediation",
        token=token,
        words=drawn.words,
        spare=drawn.spare,
        problem=problem,
        back=f"/m/{token}",
    )


def _wrong_words(request: Request, wait: int) -> Response:
    language = language_of(request)
    _ = translations(language).gettext
    problem = Problem(_("These are not the words."), _advice(wait, language), 429 if wait else 403, "words")
    return locked_page(request, status=problem.status, problem=problem, retry=wait)


def _wrong_code(request: Request, wait: int) -> Response:
    language = language_of(request)
    _ = translations(language).gettext
    problem = Problem(
        _("This link and this code do not belong together."),
        _("Ask who gave you the code. {advice}").format(advice=_advice(wait, language)),
        429 if wait else 403,
        "code",
    )
    return locked_page(request, status=problem.status, problem=problem, retry=wait, about="code")


def _advice(wait: int, language: str) -> str:
    translated = translations(language)
    if not wait:
        return translated.gettext("Look at them, and try again.")
    return translated.ngettext("Try again in {count} second.", "Try again in {count} seconds.", wait).format(
        count=wait
    )
