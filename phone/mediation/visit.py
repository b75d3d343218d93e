"""A visit inside a mediation: who has it open and what they read, and how a page of it is drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from exports.language import day
from exports.sentences.mediation import (
    Accepted,
    how_it_holds,
    mark_of,
    neutral_end,
    neutral_leave,
    step_names,
    to_accept,
)
from models.alliance.alliance import read_alliance
from models.basics.codes import whole_number
from models.mediation import acting
from models.mediation.opened import Opened, open_keys
from models.mediation.texts import TEXT_LIMIT
from models.mediation.views import Inside
from models.storage.database import reading
from models.tables import Alliance
from phone.serving.errors import Problem
from phone.serving.rendering import render
from phone.serving.request import field, language_of

Act = Callable[[Request, Opened, FormData], Response | None]


@dataclass(frozen=True)
class Typed:
    """What was typed in a form that was refused: it stands in its field again."""

    act: str
    values: dict[str, str]

    def of(self, act: str, name: str, otherwise: str = "") -> str:
        """Return what to put in a field of a form."""
        return self.values.get(name, otherwise) if self.act == act else otherwise


@dataclass(frozen=True)
class Visit:
    """Who has it open now and what they read; with what was refused, where something was."""

    request: Request
    opened: Opened
    seen: Inside
    alliance: Alliance
    language: str
    problem: Problem | None = None
    typed: Typed = Typed("", {})

    @property
    def token(self) -> str:
        """The link by which they came."""
        return str(self.request.path_params["token"])

    @property
    def accepting(self) -> list[Accepted]:
        """What a party accepts, in the language in which the page is read."""
        seen = self.seen
        return to_accept(seen.direction, seen.mediator_name, seen.declaration, self.language)

    @property
    def shown(self) -> str:
        """What tells by a form which texts were accepted, and of which mediator's key the number stood beside them."""
        return mark_of(self.accepting, self.seen.mediator_number)


def visit_of(request: Request, opened: Opened) -> Visit:
    """Look at everything anew: it may have changed since the last look."""
    seen = acting.look(opened)
    with reading() as session:
        alliance = read_alliance(session, seen.alliance_id)
    return Visit(request, opened, seen, alliance, language_of(request, alliance.language))


def drawn(visit: Visit, template: str, **more: object) -> Response:
    """Return a page for who has it open; `more` may say otherwise than the visit does, such as `seen`."""
    seen, language, problem = visit.seen, visit.language, visit.problem
    values: dict[str, object] = {
        "back": f"/m/{visit.token}",
        "alliance": visit.alliance,
        "sheet": "mediation",
        "token": visit.token,
        "seen": seen,
        "seconds": open_keys.seconds_left(visit.opened),
        "problem": problem,
        "typed": visit.typed,
        "steps": step_names(language),
        "zone": visit.alliance.time_zone,
        "ended": neutral_end(seen.ended_at.date(), language) if seen.ended_at else "",
        "destroyed": day(date.fromisoformat(seen.destroyed_on), language, style="long")
        if seen.destroyed_on
        else "",
        "left": [
            neutral_leave(one.letter, one.left_at.date(), language)
            for one in seen.left
            if one.left_at is not None
        ],
        "quiet": {
            "since": day(seen.quiet_since, language, style="long"),
            "ends": day(seen.quiet_ends_on, language, style="long"),
        },
        "limit": TEXT_LIMIT,
        "holds": dict(how_it_holds(language)),
        **more,
    }
    status = problem.status if problem else 200
    return render(visit.request, template, status, language, None, **values)


def text_in(form: FormData, name: str) -> str:
    """Return what stands in a field of a form; nothing where there is none."""
    return field(form, name) or ""


def number_in(form: FormData, name: str) -> int:
    """Return the number in a field of a form; 0 where there is none."""
    return whole_number(field(form, name)) or 0
