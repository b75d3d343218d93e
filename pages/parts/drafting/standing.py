"""Which proposals stand in the list, and in what order: chosen when one opens the page or another filter.

Nothing that comes in, is shown, hidden or supported moves a row under somebody's finger. What would stand in the list
by now waits behind one line above it, and comes below all others when that is pressed.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from models.drafting.views import ProposalRow
from pages.parts.frame.filter import filter_pills
from pages.parts.frame.opening import opening
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext

_PLACE, _IDS, _FIRST = "proposals_stand_for", "proposals_that_stand", "proposals_first_filter"
NEW, SHOWN, ALIKE, HIDDEN = "new", "shown", "alike", "hidden"
FILTER = "show"


def first_filter(workshop_id: int, *, has_waiting: bool, has_shown: bool) -> str:
    """Return at what one looks first: what waits, else what the room sees. It stays so while the page is open."""
    of, kept = st.session_state.get(_FIRST, (None, NEW))
    here = (workshop_id, opening())
    if of != here:
        kept = SHOWN if has_shown and not has_waiting else NEW
        st.session_state[_FIRST] = (here, kept)
    return str(kept)


def without_news(workshop_id: int, waiting: Sequence[ProposalRow]) -> list[ProposalRow]:
    """Return those that wait, without what came in behind the line: nobody has read that yet."""
    place = st.session_state.get(_PLACE)
    ids = st.session_state.get(_IDS)
    if not ids or place is None or place[:2] != (workshop_id, NEW):
        return list(waiting)
    return [proposal for proposal in waiting if proposal.id in ids]


def choose_filter(first: str, counts: dict[str, int]) -> str:
    """Draw the filters with how many stand behind each, and return the chosen one."""
    words = {
        NEW: _("New {count}"),
        SHOWN: _("In view {count}"),
        HIDDEN: _("Hidden {count}"),
        ALIKE: _("Look alike {count}"),
    }
    # What looks alike is asked for beside the wording: its filter stands here while one looks at it.
    offered = [name for name in words if name != ALIKE or st.query_params.get(FILTER) == ALIKE]
    return filter_pills(
        _("Which proposals"),
        {name: words[name].format(count=counts[name]) for name in offered},
        name=FILTER,
        first=first,
    )


def look_at_alike() -> None:
    """Look at the proposals that look alike. For callbacks."""
    st.query_params[FILTER] = ALIKE
    st.session_state[f"filter_{FILTER}"] = ALIKE


def standing(
    workshop_id: int,
    shown: str,
    matching: Sequence[ProposalRow],
    order: Callable[[ProposalRow], int] | None,
) -> tuple[list[int], list[int]]:
    """Return the ids of the rows that stand behind the filter `shown`, and of those that came since.

    `matching` are those that the filter means now, as they came; `order` sorts them when the list is made.
    """
    place = (workshop_id, shown, order is not None, opening())
    ids: list[int] = st.session_state.get(_IDS, [])
    if st.session_state.get(_PLACE) != place or not ids:
        ids = [proposal.id for proposal in (sorted(matching, key=order) if order else matching)]
        st.session_state[_PLACE], st.session_state[_IDS] = place, ids
    return ids, [proposal.id for proposal in matching if proposal.id not in ids]


def news_line(came: Sequence[int]) -> None:
    """Draw how many came since the list was made, as the button that puts them below; its place is kept free."""
    if not came:
        return
    st.button(
        ngettext(
            "{count} new one came in: put it below", "{count} new ones came in: put them below", len(came)
        ).format(count=len(came)),
        key="put_below",
        icon=":material/add:",
        type="tertiary",
        on_click=_put_below,
        args=(list(came),),
    )


def _put_below(came: list[int]) -> None:
    st.session_state[_IDS] = [*st.session_state[_IDS], *came]
