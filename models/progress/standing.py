"""Where an agreement stands today: computed from its day, its owner and the last word about it, never typed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.basics.clock import day_of
from models.basics.words import ProgressState, Stand

SILENT_AFTER = timedelta(days=60)
_IN_ITS_OWN_WORDS = {
    ProgressState.TO_DO: Stand.TO_DO,
    ProgressState.BUSY: Stand.BUSY,
    ProgressState.STUCK: Stand.STUCK,
    ProgressState.DONE: Stand.DONE,
}


@dataclass(frozen=True)
class Word:
    """What was heard about an agreement: from its owner, or noted by who leads, of a call (`is_noted`)."""

    state: ProgressState
    sentence: str
    said_by: str
    said_at: datetime
    is_noted: bool = False


@dataclass(frozen=True)
class Standing:
    """`stand` is the most urgent of what is so; an agreement may be late and silent at once.

    `silent_since` is the day of the last word, or that on which the owner was asked; empty where it is not silent.
    """

    stand: Stand
    state: ProgressState
    days_late: int = 0
    is_silent: bool = False
    silent_since: date | None = None

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.days_late > 0

    @property
    def is_done(self) -> bool:
        """Whether it was reported as done."""
        return self.state is ProgressState.DONE


def standing_of(
    *,
    due_on: date | None,
    has_owner: bool,
    asked_at: datetime | None,
    last_word: Word | None,
    today: date,
    time_zone: str,
) -> Standing:
    """Return where an agreement stands on `today`, a day in `time_zone`, the alliance's own.

    Days are calendar days there, from midnight to midnight: a word at 23.30 UTC on 1 March is of 2 March in
    Amsterdam, and a day on which the clock is changed counts as one.

    - **Done** is what the last word says; nothing else is asked of it, so it is neither late nor silent.
    - **Late**: its day has passed and it is not done. On the day itself it is not late; on the next by one day.
    - **Silent**: somebody was asked, and the last word is 60 days old or more, or there was none at all. On the 59th
      day after the last word it is not silent yet. Without an owner there is nobody to ask.
    """
    state = last_word.state if last_word else ProgressState.TO_DO
    if state is ProgressState.DONE:
        return Standing(Stand.DONE, state)
    days_late = max(0, (today - due_on).days) if due_on else 0
    heard_on = day_of(last_word.said_at, time_zone) if last_word else None
    is_silent = has_owner and (heard_on is None or today - heard_on >= SILENT_AFTER)
    asked_on = day_of(asked_at, time_zone) if asked_at else None
    if days_late:
        stand = Stand.LATE
    elif is_silent:
        stand = Stand.SILENT
    elif not has_owner:
        stand = Stand.SEEKS_OWNER
    else:
        stand = _IN_ITS_OWN_WORDS[state]
    return Standing(stand, state, days_late, is_silent, (heard_on or asked_on) if is_silent else None)
