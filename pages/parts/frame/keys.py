"""The keys of who leads: Page Up and Page Down turn the wall of the projector, B makes it blank and brings it back.

A letter counts only while one does not type, choose in a list, or answer a dialog.
"""

import json
from collections.abc import Callable, Mapping

import streamlit as st

# What waits of one component is replaced by what comes after it. So this is a component of its own, that news cannot
# take the place of, in a fragment of its own; and each press is sent until it was answered, and answered once.
_SCRIPT = """let pressed = 0, waiting = [], stop = () => {};
const BUSY = "input, textarea, select, [role=combobox], [role=listbox], [role=menu], [role=dialog]";
const isTyping = (at) => at.isContentEditable || at.closest?.(BUSY) || document.querySelector("[role=dialog]");

// Called again at every run that has other data.
export default function ({ data, setTriggerValue }) {
  stop();
  const keys = JSON.parse(data.keys);
  waiting = waiting.filter(([number]) => number > data.answered);
  const press = (event) => {
    const isLetter = event.key.length === 1, key = isLetter ? event.key.toLowerCase() : event.key;
    if (!keys.includes(key)) return;
    if (isLetter && (event.repeat || event.ctrlKey || event.metaKey || event.altKey)) return;
    if (isLetter && isTyping(event.composedPath()[0])) return;
    event.preventDefault();
    pressed += 1;
    waiting.push([pressed, key]);
    setTriggerValue("pressed", waiting);
  };
  document.addEventListener("keydown", press);
  stop = () => document.removeEventListener("keydown", press);
  return () => stop();
}"""
_component = st.components.v2.component("handslag_page_keys", js=_SCRIPT)

KEYS, ANSWERED = "page_keys", "page_keys_answered"
BLANK, PAGE_ON, PAGE_BACK = "b", "PageDown", "PageUp"


@st.fragment(key=KEYS)
def page_keys(deeds: Mapping[str, Callable[[], None]]) -> None:
    """Listen to keys, by their name in the browser, letters small. Call it outside every other fragment."""

    def answer() -> None:
        for number, key in st.session_state[KEYS].pressed or []:
            if number > st.session_state.get(ANSWERED, 0):
                st.session_state[ANSWERED] = number
                if key in deeds:
                    deeds[key]()

    _component(
        key=KEYS,
        data={"answered": st.session_state.get(ANSWERED, 0), "keys": json.dumps(list(deeds))},
        on_pressed_change=answer,
    )
