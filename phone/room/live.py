"""News of a room as server-sent events, for phones, facilitators' pages and the projector."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from models.basics.codes import join_code
from models.basics.errors import NotAdmitted, NotForThisRole, NotFound, SignInEnded
from models.joining.other_phone import asking_place
from models.storage.database import reading
from models.storage.feed import HEARTBEAT_SECONDS, Kind, listen
from models.storage.state import RoomState
from models.voting.phone_ballot import PhonePlace, place_of_phone
from models.who_may_see import LIVE, ROUTES, Role, Visitor, visitor_to
from models.workshop.workshop import find_workshop
from phone.room.arriving import count_in
from phone.serving import cookies
from phone.serving.errors import counted, was_right

RECONNECT_MILLISECONDS = 1000
ASK_AGAIN_SECONDS = 1
# A script cannot see a comment line, and an event without data is not told: this is how it knows of a dead network.
BEAT = b":\n\nevent: beat\ndata: 1\n\n"
# The last thing that a projector hears whose link ended: it is no lost connection, and nothing comes back by itself.
LAST_BEAT = b"event: beat\ndata: end\n\n"
HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


@dataclass(frozen=True)
class _Listening:
    """Who listens to which room. `stands` tells whether that is still allowed to who leads, to a table host and to a
    projector.

    For a phone `place` is where it was when it began, and `look` tells where it is now: None where nobody speaks
    through it any more.
    """

    workshop_id: int
    kind: Kind
    stands: Callable[[], bool] | None = None
    place: PhonePlace | None = None
    look: Callable[[], PhonePlace | None] = lambda: None


async def live(request: Request) -> Response:
    """GET /p/{code}/live. `as=page` and `as=projector` say what listens; without it a phone does.

    The stream of a facilitator ends with the sign-in, a table host's and a projector's with the link. A phone that is
    not let in hears nothing of the room until it is.
    """
    listening = await run_in_threadpool(_listener, request)
    if listening.place is not None and not listening.place.is_here:
        await count_in(request)
    return EventStream(_events(listening))


class EventStream(Response):
    """An answer that goes on until the phone goes, or until there are no more events."""

    media_type = "text/event-stream"

    def __init__(self, events: AsyncGenerator[bytes]) -> None:
        super().__init__(headers=HEADERS)
        del self.headers["content-length"]
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        telling = asyncio.current_task()
        leaving = asyncio.create_task(_until_it_leaves(receive, telling))
        try:
            await send(
                {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
            )
            async with aclosing(self._events) as events:
                async for event in events:
                    await send({"type": "http.response.body", "body": event, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except asyncio.CancelledError:
            if not leaving.done():
                raise
        finally:
            leaving.cancel()


async def _until_it_leaves(receive: Receive, telling: asyncio.Task[None] | None) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    if telling is not None:
        telling.cancel()


async def _events(listening: _Listening) -> AsyncGenerator[bytes]:
    yield b"retry: %d\n\n" % RECONNECT_MILLISECONDS
    stands, asked_at, revision = listening.stands, monotonic(), None
    door = _Door(listening.place, listening.look) if listening.place is not None else None
    told_at = monotonic()
    async with aclosing(listen(listening.workshop_id, listening.kind)) as news:
        async for state in news:
            if stands is not None:
                # Whoever withdraws a link makes news by it.
                has_moved = state is not None and state["revision"] != revision
                if state is None or has_moved or monotonic() - asked_at >= ASK_AGAIN_SECONDS:
                    if not await run_in_threadpool(stands):
                        if listening.kind == "projector":
                            yield LAST_BEAT
                        return
                    asked_at = monotonic()
                revision = state["revision"] if state is not None else revision
            if door is not None and state is not None:
                if await door.is_gone(state):
                    return
                if not door.may_hear:
                    # Not each time: when something happens inside is the room's, too.
                    if monotonic() - told_at < HEARTBEAT_SECONDS:
                        continue
                    state = None
            told_at = monotonic()
            yield BEAT if state is None else _change(state.text)


class _Door:
    """Whether a phone is in the room. The database is asked again only where that may have changed."""

    def __init__(self, place: PhonePlace, look: Callable[[], PhonePlace | None]) -> None:
        self._place: PhonePlace | None = place
        self._look = look
        self._looked_at: int | None = None
        self.may_hear = place.is_here

    async def is_gone(self, state: RoomState) -> bool:
        """Look again where that may tell something new; return whether nobody speaks through this phone any more."""
        # Who is in stays so until sent away; who waits is let in with a new revision.
        if self.may_hear:
            looks = self._place is not None and self._place.participant_id in state.sent_away
        else:
            looks = state["revision"] != self._looked_at
        if looks:
            self._looked_at = state["revision"]
            self._place = await run_in_threadpool(self._look)
            self.may_hear = self._place is not None and self._place.is_here
        return self._place is None


@lru_cache(maxsize=64)
def _change(text: str) -> bytes:
    """Made once for a thousand phones that hear the same."""
    return f"event: change\ndata: {text}\n\n".encode()


def _listener(request: Request) -> _Listening:
    """Return which room is listened to, and by what. Raises NotFound, NotAdmitted."""
    code = request.path_params["code"]
    asked = request.query_params.get("as")
    with reading() as session:
        # After a restart a whole room asks this at once.
        if asked not in ("page", "projector"):
            token = cookies.phone_token(request, code)
            place = place_of_phone(session, code, token)
            if place is None and token:
                place = asking_place(session, code, token)
            if place is not None:
                return _Listening(place.workshop_id, "phone", place=place, look=lambda: _place(code, token))
        workshop = find_workshop(session, code)
    if workshop is None:
        raise counted(request, NotFound("workshop"))
    tokens, workshop_id = cookies.tokens(request), workshop.id
    visitor = _visitor(tokens, workshop_id)
    if visitor is None:
        raise NotAdmitted
    # The hall that sees this code will type it, behind the same address.
    was_right(request, join_code(code))
    own = {visitor.role: tokens[visitor.role]}
    return _Listening(
        workshop_id,
        # What only who leads may know is not told to a link.
        "page" if visitor.role is Role.FACILITATOR and asked != "projector" else "projector",
        lambda: _visitor(own, workshop_id) is not None,
    )


def _place(code: str, token: str | None) -> PhonePlace | None:
    with reading() as session:
        return place_of_phone(session, code, token) or asking_place(session, code, token)


def _visitor(tokens: Mapping[Role, str | None], workshop_id: int) -> Visitor | None:
    with reading() as session:
        try:
            return visitor_to(session, tokens, ROUTES[LIVE], workshop_id=workshop_id)
        except (SignInEnded, NotForThisRole):
            return None


routes = [Route("/p/{code}/live", live, methods=["GET"])]
