"""Where an agreement stands: late, silent, or as the last word says; computed for any day and time zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.basics.clock import day_of
from models.basics.words import ProgressState, Stand
from models.progress.standing import SILENT_AFTER, Standing, Word, standing_of

AMSTERDAM = "Europe/Amsterdam"
TODAY = date(2027, 3, 15)
ZONES = st.sampled_from([AMSTERDAM, "America/Paramaribo", "Pacific/Kiritimati", "Asia/Kathmandu", "UTC"])
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))
MOMENTS = st.datetimes(
    min_value=datetime(2020, 1, 1), max_value=datetime(2040, 12, 31), timezones=st.just(UTC)
)
STATES = st.sampled_from(list(ProgressState))


def at(day: date, hour: int = 12, *, zone: str = AMSTERDAM) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)


def word(state: ProgressState = ProgressState.BUSY, *, said_at: datetime) -> Word:
    return Word(state, "De kok van keer twee is gevonden.", "Zoë Hermans", said_at)


def stands(
    *,
    due_on: date | None = None,
    has_owner: bool = True,
    last: Word | None = None,
    asked_at: datetime | None = None,
    today: date = TODAY,
    zone: str = AMSTERDAM,
) -> Standing:
    return standing_of(
        due_on=due_on, has_owner=has_owner, asked_at=asked_at, last_word=last, today=today, time_zone=zone
    )


def test_on_its_day_an_agreement_is_not_late_and_on_the_next_it_is_by_one_day() -> None:
    heard = word(said_at=at(TODAY))

    assert stands(due_on=TODAY, last=heard).stand is Stand.BUSY
    late = stands(due_on=TODAY - timedelta(days=1), last=heard)

    assert (late.stand, late.days_late, late.is_late) == (Stand.LATE, 1, True)


def test_what_is_done_is_neither_late_nor_silent_whenever_it_was_said() -> None:
    done = stands(due_on=date(2026, 1, 1), last=word(ProgressState.DONE, said_at=at(date(2026, 2, 1))))

    assert done == Standing(Stand.DONE, ProgressState.DONE)


@pytest.mark.parametrize(("days", "is_silent"), [(0, False), (59, False), (60, True), (61, True)])
def test_sixty_days_without_a_word_is_silence(days: int, is_silent: bool) -> None:
    heard_on = TODAY - timedelta(days=days)

    standing = stands(last=word(said_at=at(heard_on)))

    assert standing.is_silent is is_silent
    assert standing.silent_since == (heard_on if is_silent else None)


def test_no_word_at_all_is_silence_since_the_owner_was_asked() -> None:
    standing = stands(asked_at=at(date(2027, 1, 12)))

    assert (standing.stand, standing.silent_since) == (Stand.SILENT, date(2027, 1, 12))


def test_without_an_owner_there_is_nobody_to_ask_but_a_day_still_passes() -> None:
    assert stands(has_owner=False).stand is Stand.SEEKS_OWNER
    assert not stands(has_owner=False).is_silent
    assert stands(has_owner=False, due_on=date(2027, 3, 1)).stand is Stand.LATE


def test_an_agreement_may_be_late_and_silent_at_once_and_late_asks_first() -> None:
    standing = stands(due_on=date(2027, 3, 1), last=word(said_at=at(date(2026, 12, 1))))

    assert (standing.stand, standing.days_late, standing.is_silent) == (Stand.LATE, 14, True)


def test_a_word_near_midnight_is_of_the_day_in_the_alliances_own_zone() -> None:
    heard = datetime(2027, 1, 14, 23, 30, tzinfo=UTC)

    in_amsterdam = stands(last=word(said_at=heard), today=date(2027, 3, 15))
    in_utc = stands(last=word(said_at=heard), today=date(2027, 3, 15), zone="UTC")

    assert not in_amsterdam.is_silent
    assert in_utc.is_silent


def test_the_day_on_which_the_clock_changes_counts_as_one() -> None:
    heard = word(said_at=at(date(2027, 1, 28), 23))

    assert not stands(last=heard, today=date(2027, 3, 28)).is_silent
    assert stands(last=heard, today=date(2027, 3, 29)).is_silent


@given(
    due_on=st.none() | DAYS,
    said=st.none() | MOMENTS,
    state=STATES,
    today=DAYS,
    zone=ZONES,
    owned=st.booleans(),
)
def test_late_and_silent_are_what_they_are_called_on_any_day_in_any_zone(
    due_on: date | None, said: datetime | None, state: ProgressState, today: date, zone: str, owned: bool
) -> None:
    last = word(state, said_at=said) if said else None

    standing = stands(due_on=due_on, has_owner=owned, last=last, today=today, zone=zone)

    done = last is not None and state is ProgressState.DONE
    assert standing.is_done == done
    assert standing.is_late == (not done and due_on is not None and due_on < today)
    long_ago = said is None or today >= day_of(said, zone) + SILENT_AFTER
    assert standing.is_silent == (not done and owned and long_ago)
    assert (standing.stand is Stand.LATE) == standing.is_late
    assert (standing.stand is Stand.DONE) == done


@given(due_on=DAYS, said=MOMENTS, state=STATES, today=DAYS, zone=ZONES, later=st.integers(0, 400))
def test_by_itself_time_only_makes_it_worse(
    due_on: date, said: datetime, state: ProgressState, today: date, zone: str, later: int
) -> None:
    last = word(state, said_at=said)

    before = stands(due_on=due_on, last=last, today=today, zone=zone)
    after = stands(due_on=due_on, last=last, today=today + timedelta(days=later), zone=zone)

    assert after.days_late >= before.days_late
    assert after.is_silent or not before.is_silent


@given(said=MOMENTS, state=STATES, zone=ZONES)
def test_a_word_of_today_always_ends_the_silence(said: datetime, state: ProgressState, zone: str) -> None:
    standing = stands(last=word(state, said_at=said), today=day_of(said, zone), zone=zone)

    assert not standing.is_silent
