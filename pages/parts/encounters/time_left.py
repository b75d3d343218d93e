"""How long a round at the tables still lasts: counting down on the page of who leads, and closing nothing."""

from datetime import UTC, datetime

from exports.language import clock_time
from models.basics.clock import now
from models.encounters.views import EveningNow
from pages.parts.frame.component import component
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language

_component = component(
    "handslag_time_left",
    __file__,
    html='<div class="time-left"><b role="timer"></b><p></p><div aria-hidden="true"></div><p dir="auto"></p></div>',
)


def time_left(where: EveningNow, time_zone: str, *, card: str, key: str) -> None:
    """Draw how long the round that goes on still lasts, as a clock and as a block for each minute, with its `card`."""
    if where.ends_at is None:
        return
    until = clock_time(where.ends_at, language(), time_zone)
    _component(
        key=key,
        data={
            "ends": _milliseconds(where.ends_at),
            "now": _milliseconds(now()),
            "minutes": where.minutes,
            "card": card,
            "until": _("Until {time}.").format(time=until),
            "over": _("The time is up, since {time}.").format(time=until),
        },
    )


def _milliseconds(moment: datetime) -> float:
    return moment.astimezone(UTC).timestamp() * 1000
