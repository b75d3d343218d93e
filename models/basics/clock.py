"""The one clock. Times are aware and in UTC; faces show them in the alliance's time zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def today(time_zone: str) -> date:
    """Return today's date in `time_zone` (an IANA name such as `Europe/Amsterdam`)."""
    return datetime.now(ZoneInfo(time_zone)).date()
