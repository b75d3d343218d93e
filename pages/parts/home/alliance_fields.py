"""What the fields of an alliance may hold, for the pages that ask for it."""

from zoneinfo import available_timezones

import streamlit as st

from exports.language import LANGUAGES
from models.basics.errors import DomainError, InvalidValue, TextMissing, TextTooLong
from models.basics.words import Language
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain

HOME_ZONE = "Europe/Amsterdam"
_CARIBBEAN = ("America/Aruba", "America/Curacao", "America/Kralendijk", "America/Lower_Princes")
TIME_ZONES = [
    HOME_ZONE,
    *_CARIBBEAN,
    *sorted(zone for zone in available_timezones() if zone.startswith("Europe/") and zone != HOME_ZONE),
]


TYPING_ERRORS: tuple[type[DomainError], ...] = (TextMissing, TextTooLong, InvalidValue)


def language_name(language: Language) -> str:
    """Return a language in its own words."""
    return LANGUAGES[language]


def sensitive_group_hint(group: str) -> None:
    """Warn, without forbidding, that a group's name tells something that the law protects."""
    st.warning(
        _(
            "“{group}” may tell what somebody believes, where they come from, or how healthy they are. "
            "The privacy law (GDPR, article 9) protects that. Rather choose a role, such as “Residents”."
        ).format(group=plain(group)),
        icon=":material/info:",
    )


def what_is_missing(error: DomainError) -> str:
    """Return which field of the flow needs attention, in a sentence. What was typed stays."""
    fields = {
        "name": _("name"),
        "place": _("place"),
        "purpose": _("what it is for"),
        "contact": _("whom participants can reach"),
        "group": _("groups"),
        "venue": _("where you meet"),
        "held_on": _("date"),
        "time_zone": _("time zone"),
        "representative": _("who speaks for a partner"),
    }
    field = fields.get(getattr(error, "field", ""), _("something"))
    if isinstance(error, TextMissing):
        return _("This is still empty: {field}. What you typed still stands here.").format(field=field)
    if isinstance(error, TextTooLong):
        return _("This is too long: {field}. There is room for {limit} characters.").format(
            field=field, limit=error.limit
        )
    return _("Look at this once more: {field}. What you typed still stands here.").format(field=field)
