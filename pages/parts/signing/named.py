"""People whose names stand inside texts of the public copy: told before it is made, since it cannot be called back."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from exports.agenda.public_copy import people_in_texts
from exports.language import listed
from models.signing.shape import frozen
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain


def warn_about_names(content: Mapping[str, Any], reservations: Sequence[str] = ()) -> None:
    """Draw which people the public copy would name, and where; nothing where there are none."""
    found = people_in_texts(frozen(content), reservations)
    if not found:
        return
    told = ngettext(
        "The public copy names a person. Everybody can read it, and it cannot be called back.",
        "The public copy names {count} people. Everybody can read it, and it cannot be called back.",
        len(found),
    ).format(count=len(found))
    lines = [
        "- "
        + _("**{name}**: in {places}.").format(
            name=plain(person.name),
            places=plain(listed([place_words(*place) for place in person.places], language())),
        )
        for person in found
    ]
    advice = _("Do they agree? If not: change the text first, and freeze it again.")
    st.warning("\n".join([plain(told), "", *lines, "", plain(advice)]), icon=":material/visibility:")


def place_words(kind: str, number: int | None) -> str:
    """Return where in the text somebody is named."""
    if kind == "agreement":
        return _("agreement {number}").format(number=number)
    if kind == "principle":
        return _("principle {number}").format(number=number)
    return _("the purpose") if kind == "purpose" else _("what a partner wrote beside the answer")
