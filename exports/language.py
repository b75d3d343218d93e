"""The two languages: gettext catalogues per room, and dates and lists as people write them.

Message ids are the English sentences; `locale/nl/LC_MESSAGES/*.po` hold the Dutch, one catalogue per room.
The .po files are read as they are, so that nothing has to be compiled before a start.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = {"nl": "Nederlands", "en": "English"}
DEFAULT_LANGUAGE = "nl"
# "12 November 2026", not the American order.
_LOCALES = {"en": "en_GB"}
CATALOGUES = Path(__file__).resolve().parent.parent / "locale"


@lru_cache
def translations(language: str) -> NullTranslations:
    """Return the messages of `language` (`nl` or `en`; anything else is read as Dutch).

    English is the language of the message ids and needs no catalogue.
    """
    if language == "en":
        return NullTranslations()
    merged = Catalog(locale=DEFAULT_LANGUAGE)
    for path in sorted((CATALOGUES / DEFAULT_LANGUAGE / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, locale=DEFAULT_LANGUAGE):
                if message.id:
                    merged.add(message.id, message.string, context=message.context)
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return GNUTranslations(compiled)


def plural_form(count: int, language: str) -> int:
    """Return which of a language's forms for numbers this count takes, from 0."""
    form: Callable[[int], int] = getattr(translations(language), "plural", _english_form)
    return form(count)


@lru_cache
def counts_by_form(language: str) -> tuple[int, ...]:
    """Return a count for each of a language's forms for numbers, in their order."""
    found = {plural_form(count, language): count for count in reversed(range(201))}
    return tuple(found[form] for form in sorted(found))


def _english_form(count: int) -> int:
    return int(count != 1)


def chosen_language(cookie: str | None, accept_language: str | None, fallback: str = DEFAULT_LANGUAGE) -> str:
    """Return `nl` or `en`: the cookie's choice, else the browser's first known language, else `fallback`."""
    if cookie in LANGUAGES:
        return str(cookie)
    for part in (accept_language or "").lower().split(","):
        wanted = part.split(";")[0].strip()[:2]
        if wanted in LANGUAGES:
            return wanted
    return fallback


def locale_of(language: str) -> str:
    """Return the locale that writes dates in `language` as people here do."""
    return _LOCALES.get(language, language)


def day(moment: date, language: str, *, style: str = "full") -> str:
    """Return a date in words. `style`: `full` (weekday, day, month, year), `long` or `medium` (short month)."""
    return format_date(moment, style, locale=locale_of(language))


def day_this_year(moment: date, today: date, language: str) -> str:
    """Return day and month, with the year where that is not this one: `4 februari`, `4 februari 2026`."""
    pattern = "d MMMM" if moment.year == today.year else "d MMMM y"
    return format_date(moment, pattern, locale=locale_of(language))


def month(moment: date, language: str) -> str:
    """Return the month of a date in words, with its year."""
    return format_date(moment, "MMMM y", locale=locale_of(language))


def clock_time(moment: datetime, language: str, time_zone: str) -> str:
    """Return the time of day in `time_zone`, such as `21:14`."""
    return format_time(moment, "HH:mm", tzinfo=ZoneInfo(time_zone), locale=locale_of(language))


def day_and_time(moment: datetime, language: str, time_zone: str) -> str:
    """Return day, month, year and time of day in `time_zone`."""
    return format_datetime(moment, "d MMM y, HH:mm", tzinfo=ZoneInfo(time_zone), locale=locale_of(language))


def listed(words: Sequence[str], language: str) -> str:
    """Return words as an enumeration: `a, b en c`."""
    return format_list(list(words), locale=language)


@lru_cache(maxsize=1000)
def number(value: int, language: str) -> str:
    """Return a whole number with the language's thousands sign."""
    return format_decimal(value, locale=language)


def percent(value: int) -> str:
    """Return whole percents; the sign stays on the line of its number, in a narrow column too."""
    return f"{value}\N{NO-BREAK SPACE}%"


def in_a_sentence(words: str) -> str:
    """Return words that begin with a capital as they stand inside a sentence. English "I" and "NT2" keep theirs."""
    first = words.partition(" ")[0]
    return words if first == "I" or first[1:2].isupper() else words[:1].lower() + words[1:]
