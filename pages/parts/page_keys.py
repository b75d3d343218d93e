"""The page keys of who leads: they turn the wall of the projector for the whole room."""

from collections.abc import Callable

import streamlit as st

# What waits of one component is replaced by what comes after it. So this is a component of its own, that news cannot
# take the place of, in a fragment of its own; and each press is sent until it was answered, and answered once.
_SCRIPT = """let pressed = 0, waiting = [], stop = () => {};

// Called again at every run that has other data.
export default function ({ data, setTriggerValue }) {
  stop();
  waiting = waiting.filter(([number]) => number > data.answered);
  const press = (event) => {
    const step = { PageDown: 1, PageUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    pressed += 1;
    waiting.push([pressed, step]);
    setTriggerValue("turn", waiting);
  };
  document.addEventListener("keydown", press);
  stop = () => document.removeEventListener("keydown", press);
  return () => stop();
}"""
_component = st.components.v2.component("handslag_page_keys", js=_SCRIPT)

KEYS, ANSWERED = "page_keys", "page_keys_answered"


@st.fragment(key=KEYS)
def page_keys(on_turn: Callable[[int], None]) -> None:
    """Listen to Page Up and Page Down: `on_turn` gets -1 or 1 for each press. Call it outside every other fragment."""

    def turned() -> None:
        for number, step in st.session_state[KEYS].turn or []:
            if number > st.session_state.get(ANSWERED, 0):
                st.session_state[ANSWERED] = number
                on_turn(1 if step > 0 else -1)

    _component(key=KEYS, data={"answered": st.session_state.get(ANSWERED, 0)}, on_turn_change=turned)
