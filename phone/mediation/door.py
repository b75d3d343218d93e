"""The door of a mediation: six words to open it, and the first time a code that was said aloud.

A GET changes and reveals nothing, and looks the same for every link. Unknown links cost no Argon2, and take as long.
"""

import asyncio
import secrets
import time
from collections import Counter
from dataclasses import dataclass
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
from phone.serving.passphrases import MOST_WAITING_BRAKED, PlacesTaken, checking
from phone.serving.rendering import render
from phone.serving.request import field, language_of

# How often one tries at the same time: who presses twice. Further ones are told so, whatever the link.
MOST_AT_ONCE = MOST_WAITING_BRAKED
BUSY_SECONDS = 5


@dataclass
class _LastCheck:
    """How long the last check of words took, and whether it was given up.

    Who comes by an unknown link waits as long, for nothing, and is told the same.
    """

    seconds: float = 0.3
    was_given_up: bool = False


_last = _LastCheck()
_trying: Counter[str] = Counter()


async def open_with_words(request: Request, form: FormData) -> Response:
    """POST …/open: `words`, and `spare` where they stand on the mediator's spare sheet."""
    token, whose = request.path_params["token"], who_tries(request)
    if wait := word_tries.seconds(whose):
        return _wrong_words(request, wait)
    if checking.is_full or _trying[whose] >= MOST_AT_ONCE:
        return _busy(request)
    words = (field(form, "words") or "")[:500]
    _trying[whose] += 1
    try:
        opened_id = await _tried(token, whose, words, is_spare=field(form, "spare") == "1")
    except Busy:
        return _busy(request)
    finally:
        _trying[whose] -= 1
        if not _trying[whose]:
            del _trying[whose]
    if opened_id is None:
        notice("wrong words", asks(request.scope))
        return _wrong_words(request, word_tries.failed(whose))
    if await _is_gone(request, opened_id):
        return back_to(token)
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
        return locked_page(request, status=403, problem=_not_drawn(request))
    typed = (field(form, "words") or "")[:500]
    already = await run_in_threadpool(opened_by, request)
    try:
        if already is not None:
            await checking.slowly(whose, partial(choose_new_words, already, drawn, typed))
            opened_id = shown
        else:
            opened_id = await checking.slowly(whose, partial(_come_in, token, drawn, typed))
    except WordsDiffer as error:
        return words_page(request, drawn, problem_of(error, language_of(request)))
    except (PlacesTaken, Busy):
        # The same words stand there again: those on the paper are still the right ones.
        return words_page(request, drawn, _busy_storing(request), retry=BUSY_SECONDS)
    except (AlreadyEnrolled, MediationEnded, NotFound) as error:
        return locked_page(request, status=409, problem=problem_of(error, language_of(request)))
    if already is None and await _is_gone(request, opened_id):
        return back_to(token)
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


async def _slept(seconds: float) -> None:
    await asyncio.sleep(seconds)


async def _tried(token: str, whose: str, words: str, *, is_spare: bool) -> str | None:
    """Return the id of a session that these words open; None where they do not, or nobody has this link.

    Raises `Busy`.
    """
    if not await run_in_threadpool(has_words, token):
        await _slept(_last.seconds)
        if _last.was_given_up:
            raise Busy
        return None
    begun = time.monotonic()
    try:
        opened_id = await checking.slowly(whose, partial(unlock, token, words, is_spare=is_spare))
    except PlacesTaken:
        raise Busy from None
    except Busy:
        _last.seconds, _last.was_given_up = time.monotonic() - begun, True
        raise
    _last.seconds, _last.was_given_up = time.monotonic() - begun, False
    return opened_id


def _come_in(token: str, drawn: Drawn, typed: str) -> str:
    """Enrol. Who pressed twice has done so already, with these very words: then they open it."""
    try:
        return come_in(token, drawn, typed)
    except AlreadyEnrolled:
        opened_id = unlock(token, drawn.words)
        if opened_id is None:
            raise
        return opened_id


async def _is_gone(request: Request, opened_id: str) -> bool:
    """Whether nobody waits for the answer any more, as after a second press: what was opened for them is locked."""
    if not await request.is_disconnected():
        return False
    open_keys.lock(opened_id)
    return True


def _show_words(request: Request, drawn: Drawn) -> Response:
    shown = secrets.token_urlsafe(32)
    drawn_words.keep(shown, request.path_params["token"], drawn)
    answer = words_page(request, drawn, None)
    remember_session(answer, request, shown)
    return answer


def words_page(request: Request, drawn: Drawn, problem: Problem | None, *, retry: int = 0) -> Response:
    """Return the page with the six words, and the field in which they are typed back."""
    token = request.path_params["token"]
    return render(
        request,
        "mediation_words.html",
        problem.status if problem else 200,
        language_of(request),
        {"Retry-After": str(retry)} if retry else None,
        sheet="mediation",
        token=token,
        words=drawn.words,
        spare=drawn.spare,
        problem=problem,
        back=f"/m/{token}",
    )


def _busy(request: Request) -> Response:
    """Say that the words were not tried: they may be the right ones, and nothing is counted against who typed them."""
    _ = translations(language_of(request)).gettext
    problem = Problem(
        _("It is very busy. Your words were not tried."),
        _("They may be the right ones. Wait a few seconds, type them once more, and press once."),
        503,
    )
    return locked_page(request, status=problem.status, problem=problem, retry=BUSY_SECONDS)


def _busy_storing(request: Request) -> Problem:
    _ = translations(language_of(request)).gettext
    return Problem(
        _("It is very busy. Your key is not stored yet."),
        _("Your six words stay the same. Wait a few seconds, type them once more, and press once."),
        503,
    )


def _not_drawn(request: Request) -> Problem:
    _ = translations(language_of(request)).gettext
    return Problem(
        _("Those words stand here no longer."),
        _(
            "Did you press twice? Then your six words open the page now. If not, type the code again: you get others."
        ),
        403,
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
