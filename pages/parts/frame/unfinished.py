"""What one has typed and not finished yet: it is kept as each field is left, and stands there again in every window.

stored_at = bring_back("wording 7", room.leader.name, {WORDING: "", TARGET: 0})
st.text_area(…, key=WORDING, on_change=keep, args=("wording 7", room.workshop_id))
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

import streamlit as st

from exports.language import clock_time
from models.storage.database import reading
from models.workshop.unfinished import UnfinishedView, as_kept, keep_unfinished, read_unfinished
from pages.parts.frame.acting import act_then
from pages.parts.frame.whole_page import told_at_the_foot, window
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small_print


def unfinished(what: str, who: str) -> UnfinishedView | None:
    """Return what `who` has not finished yet in the form `what`, or None."""
    with reading() as session:
        return read_unfinished(session, who=who, what=what)


def bring_back(
    what: str, who: str, beginning: Mapping[str, Any], *, days: Collection[str] = ()
) -> datetime | None:
    """Put what is kept of the form `what` in its fields, and return when it was kept; None where nothing is.

    `beginning` holds what stands in each field of a new form, by the field's key; a field that holds a day, but is
    empty in a new form, is named in `days`. The fields are touched only when
    another window has changed what is kept: whoever is typing is not disturbed.
    """
    found = unfinished(what, who)
    kept = {**as_kept(_plain(beginning)), **(found.fields if found else {})}
    known = st.session_state.get(_known(what))
    is_news = known is None or any(known.get(key) != value for key, value in kept.items())
    for key, value in kept.items():
        is_day = key in days or isinstance(beginning.get(key), date)
        # A field that was not drawn for a while, behind a filter, has lost its value here.
        if is_news or key not in st.session_state:
            st.session_state[key] = date.fromisoformat(value) if is_day and value else value
    st.session_state[_known(what)] = kept
    return found.stored_at if found else None


def keep(what: str, workshop_id: int | None = None) -> None:
    """Keep the form `what` as it stands in this window. For `on_change`, or at the end of another callback.

    That what one types is kept is no news: what was just done stays told at the foot.
    """
    told = told_at_the_foot.get(window())
    known = st.session_state[_known(what)]
    fields = as_kept(_plain({key: st.session_state.get(key, value) for key, value in known.items()}))
    act_then(keep_unfinished, then={_known(what): fields}, what=what, fields=fields, workshop_id=workshop_id)
    if told is not None:
        told_at_the_foot[window()] = told


def emptied(what: str, beginning: Mapping[str, Any]) -> dict[str, Any]:
    """Return the session's state after the form `what` was finished; for `act_then`."""
    return {**beginning, _known(what): as_kept(_plain(beginning))}


def kept_line(stored_at: datetime | None, time_zone: str) -> None:
    """Say that fields store themselves, or when they last did."""
    if stored_at is None:
        small_print(_("We store each field when you leave it."))
    else:
        small_print(_("Stored at {time}.").format(time=clock_time(stored_at, language(), time_zone)))


def _known(what: str) -> str:
    return f"unfinished_{what}"


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields as JSON holds them: days as text."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in fields.items()}
