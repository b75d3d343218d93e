"""What the fields of an alliance may hold, for the pages that ask for it."""

from zoneinfo import available_timezones

import streamlit as st

from exports.language import LANGUAGES
from models.words import Language
from pages.parts.words import gettext as _
from pages.parts.words import plain

HOME_ZONE = "Europe/Amsterdam"
_CARIBBEAN = ("America/Aruba", "America/Curacao", "America/Kralendijk", "America/Lower_Princes")
TIME_ZONES = [
    HOME_ZONE,
    *_CARIBBEAN,
    *sorted(zone for zone in available_timezones() if zone.startswith("Europe/") and zone != HOME_ZONE),
]


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
