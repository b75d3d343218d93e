"""What one has typed and not finished yet: it is kept as each field is left, and stands there again in every window.

stored_at = bring_back("wording 7", room.leader.name, {WORDING: "", TARGET: 0})
st.text_area(…, key=WORDING, on_change=keep, args=("wording 7", room.workshop_id))
"""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
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

# How long a window may take to show what was put in its fields.
ON_ITS_WAY_SECONDS = 5


@dataclass(frozen=True)
class _Put:
    """What was put in a field that one types in, over what the window may still show, and when."""

    text: str
    before: frozenset[str]
    at: float

    @property
    def is_on_its_way(self) -> bool:
        return time.monotonic() - self.at < ON_ITS_WAY_SECONDS


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
    begun = as_kept(_plain(beginning))
    kept = {**begun, **(found.fields if found else {})}
    known = st.session_state.get(_known(what))
    is_news = known is None or any(known.get(key) != value for key, value in kept.items())
    first: dict[str, Any] = {}
    news: dict[str, Any] = {}
    for key, value in kept.items():
        is_day = key in days or isinstance(beginning.get(key), date)
        is_begun = key in begun and value == begun[key]
        # A field that was not drawn for a while, behind a filter, has lost its value here.
        is_first = key not in st.session_state
        if is_news or is_first:
            (first if is_first and is_begun else news)[key] = (
                date.fromisoformat(value) if is_day and value else value
            )
    # How a form begins is drawn with its fields; what was typed in them elsewhere may come a moment later.
    st.session_state.update(first)
    if news:
        put(what, news)
    st.session_state[_known(what)] = kept
    return found.stored_at if found else None


def put(what: str, fields: Mapping[str, Any]) -> None:
    """Put values in fields of the form `what`, otherwise than by typing."""
    st.session_state.update({**fields, _on_its_way(what): _put_over(what, fields)})


def keep(what: str, workshop_id: int | None = None) -> None:
    """Keep the form `what` as it stands in this window. For `on_change`, or at the end of another callback.

    That what one types is kept is no news: what was just done stays told at the foot.
    """
    told = told_at_the_foot.get(window())
    known = st.session_state[_known(what)]
    _put_again_what_is_on_its_way(what)
    fields = as_kept(_plain({key: st.session_state.get(key, value) for key, value in known.items()}))
    act_then(keep_unfinished, then={_known(what): fields}, what=what, fields=fields, workshop_id=workshop_id)
    if told is not None:
        told_at_the_foot[window()] = told


def emptied(what: str, beginning: Mapping[str, Any]) -> dict[str, Any]:
    """Return the session's state after the form `what` was finished; for `act_then`."""
    return {
        **beginning,
        _known(what): as_kept(_plain(beginning)),
        _on_its_way(what): _put_over(what, beginning),
    }


def _put_over(what: str, fields: Mapping[str, Any]) -> dict[str, _Put]:
    """Return what is on its way to the window, once `fields` are put in place of what it shows now."""
    found: dict[str, _Put] = dict(st.session_state.get(_on_its_way(what), {}))
    for key, text in fields.items():
        # A field that is drawn for the first time is empty at first.
        before = st.session_state.get(key, "")
        if isinstance(text, str) and isinstance(before, str) and text != before:
            older = found[key].before if key in found and found[key].is_on_its_way else frozenset()
            found[key] = _Put(text, (older | {before}) - {text}, time.monotonic())
    return found


def _put_again_what_is_on_its_way(what: str) -> None:
    """Each tap sends along what every field of the window holds. Where a text was put in one and has not come there
    yet, that is what stood there before: nobody typed it, and it takes nothing back.
    """
    waiting: dict[str, _Put] = {}
    for key, one in st.session_state.get(_on_its_way(what), {}).items():
        if one.is_on_its_way and st.session_state.get(key) in one.before:
            st.session_state[key] = one.text
        # Once something else is typed, the window has shown what was put there.
        if st.session_state.get(key) == one.text:
            waiting[key] = one
    st.session_state[_on_its_way(what)] = waiting


def kept_line(stored_at: datetime | None, time_zone: str) -> None:
    """Say that fields store themselves, or when they last did."""
    if stored_at is None:
        small_print(_("We store each field when you leave it."))
    else:
        small_print(_("Stored at {time}.").format(time=clock_time(stored_at, language(), time_zone)))


def _known(what: str) -> str:
    return f"unfinished_{what}"


def _on_its_way(what: str) -> str:
    return f"on_its_way_{what}"


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields as JSON holds them: days as text."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in fields.items()}
