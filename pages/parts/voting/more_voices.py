"""More voices than heads: told before a round opens or its result is shown, with the tick that one has seen it."""

import streamlit as st

from exports.sentences import more_voices_sentence
from models.voting.round_views import RoundView
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language

# Which tick is drawn, and for how many voices.
_DRAWN = "more_voices_drawn"


def ask_whether_seen(now: tuple[int, int] | None, last: RoundView | None) -> None:
    """Draw the difference and its tick, anew for each round and each thing that is done with it; else nothing."""
    if now is None:
        st.session_state.pop(_DRAWN, None)
        return
    voices, heads = now
    key = f"more_voices_{last.id if last else 0}_{last.phase if last else 'none'}"
    st.session_state[_DRAWN] = (key, voices)
    with st.container(border=True, key="card_more_voices"):
        st.warning(
            f"**{more_voices_sentence(voices, heads, language())}** "
            + _("Somebody may take part more than once. Count the heads anew, or remove who is not here."),
            icon=":material/warning:",
        )
        st.checkbox(
            _("I have seen this and go on. It stands beside the outcome, with my name in the events."),
            key=key,
        )


def voices_seen() -> int | None:
    """Return for how many voices the tick stands; None without one. For callbacks, before they write."""
    key, voices = st.session_state.get(_DRAWN, (None, None))
    return voices if key is not None and st.session_state.get(key) else None
