"""The one clock. Times are aware and in UTC; faces show them in the alliance's time zone."""

from calendar import monthrange
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def today(time_zone: str) -> date:
    """Return today's date in `time_zone` (an IANA name such as `Europe/Amsterdam`)."""
    return datetime.now(ZoneInfo(time_zone)).date()


def day_of(moment: datetime, time_zone: str) -> date:
    """Return the day that a moment falls on in `time_zone`."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later; the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
