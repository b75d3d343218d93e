"""Every route of this room, in the order in which they are tried, and what wraps them."""

from starlette.middleware import Middleware
from starlette.types import ASGIApp

from phone.ahead import RoomFirst
from phone.field import interview, said
from phone.files import baseline_brought, baseline_files, lead_files, logo, plan_files
from phone.mediation import asking
from phone.mediation import room as mediation
from phone.partner import routes as partner
from phone.public import door, public
from phone.room import (
    again,
    agreeing_posts,
    drafting_posts,
    encounter_posts,
    join,
    late_words,
    live,
    live_bar,
    mine,
    other_phones,
    people_posts,
    room,
    state,
    votes,
)
from phone.serving import assets
from phone.serving.errors import exception_handlers
from phone.serving.guard import Guard
from phone.serving.shell import PageShell
from phone.serving.windows import Windows

routes = [
    *room.routes,
    *state.routes,
    *votes.routes,
    *drafting_posts.routes,
    *agreeing_posts.routes,
    *encounter_posts.routes,
    *again.routes,
    *people_posts.routes,
    *late_words.routes,
    *other_phones.routes,
    *live.routes,
    *live_bar.routes,
    *mine.routes,
    *join.routes,
    *partner.routes,
    *interview.routes,
    *said.routes,
    *mediation.routes,
    *asking.routes,
    *public.routes,
    *lead_files.routes,
    *baseline_brought.routes,
    *baseline_files.routes,
    *plan_files.routes,
    *logo.routes,
    *assets.routes,
    *door.routes,
]
middleware = [Middleware(PageShell)]


def in_front_of(app: ASGIApp) -> ASGIApp:
    """Return `app` behind what every request meets first: the guard, the two paths of a whole room, who may lead."""
    return Guard(RoomFirst(Windows(app)))


__all__ = ["exception_handlers", "in_front_of", "middleware", "routes"]
