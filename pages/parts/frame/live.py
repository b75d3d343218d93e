"""News of the room: one component per page, which listens to the room's stream and runs the live parts again."""

import json

import streamlit as st

from models.storage.state import COUNTS
from pages.parts.frame.keys import KEYS
from pages.parts.frame.whole_page import draw_parts_again, is_standing, page_stands

# News comes from a fragment of its own, and Streamlit's fast reruns are off (.streamlit/config.toml): otherwise it
# ends the run that a tap asked for, at its next touch of st.session_state, and the tap is lost. It still waits until
# the page is at rest and nobody has just tapped, so that nothing moves under a finger.
# A hidden window closes its stream: a browser opens at most six connections to one host over http. A stream says
# something every 15 seconds; one that misses two of those was cut off without a word, and is opened again.
# To draw a page takes the server as long as many votes. So the number that everyone looks at is printed straight from
# the news, and a page where nothing else changed is drawn again the more gently, the more people there are.
_SCRIPT = """const QUIET = 400, LOOK = 50, SILENCE = 35000, RETRY = 10000;
const PER_PERSON = 5, LONGEST = 5000;
const TAPS = ["pointerdown", "pointerup", "click", "change"], KEYS = ["Enter", " ", "Tab"];

const isOfCounts = (now, before) => before !== null && Object.keys(now).every(
  (key) => COUNTS.includes(key) || JSON.stringify(now[key]) === JSON.stringify(before[key]));

export default function ({ data, setTriggerValue }) {
  let source = null, seen = null, changes = 0, waiting = null, touched = 0, heard = 0;
  let last = null, drawn = null;
  const touch = () => { touched = performance.now(); };
  const press = (event) => { if (KEYS.includes(event.key)) touch(); };
  const isAtRest = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning";
  const tell = () => {
    const wait = QUIET - (performance.now() - touched);
    if (wait > 0 || !isAtRest()) { waiting = setTimeout(tell, Math.max(wait, LOOK)); return; }
    waiting = null;
    drawn = last;
    setTriggerValue("change", ++changes);
  };
  const print = () => {
    const counter = document.querySelector("[data-voted-in]");
    if (!counter || !last || last.round !== Number(counter.dataset.votedIn)) return;
    const number = counter.querySelector("[data-count=voted]"), bar = counter.querySelector("[data-bar]");
    if (!number || Number(number.textContent) >= last.voted) return;
    number.textContent = last.voted;
    bar.style.width = `${Math.min(100, Math.round(100 * last.voted / Number(counter.dataset.people)))}%`;
  };
  // A page may be drawn of a moment just before what was printed.
  const reprint = new MutationObserver(print);
  reprint.observe(document.body, { childList: true, subtree: true });
  const hear = () => { heard = Date.now(); };
  const listen = () => {
    source = new EventSource(data.url);
    hear();
    for (const kind of ["open", "beat", "change"]) source.addEventListener(kind, hear);
    // A stream that is refused means that the sign-in has ended: the page finds that out when it is drawn.
    source.addEventListener("error", (event) => {
      if (event.target.readyState === EventSource.CLOSED && !waiting) tell();
    });
    source.addEventListener("change", (event) => {
      if (event.data === seen) return;
      seen = event.data;
      last = JSON.parse(seen);
      print();
      const rest = isOfCounts(last, drawn) ? Math.min(LONGEST, PER_PERSON * last.people) : 0;
      if (waiting && rest) return;
      clearTimeout(waiting);
      if (rest) waiting = setTimeout(tell, rest); else tell();
    });
  };
  const silence = () => { if (source) { source.close(); source = null; } };
  const follow = () => { if (document.hidden) silence(); else if (!source) listen(); };
  const look = setInterval(() => {
    if (!source || Date.now() - heard < SILENCE) return;
    silence();
    listen();
    heard += RETRY - SILENCE;
  }, RETRY);
  for (const kind of TAPS) document.addEventListener(kind, touch, true);
  document.addEventListener("keydown", press, true);
  document.addEventListener("visibilitychange", follow);
  follow();
  return () => {
    for (const kind of TAPS) document.removeEventListener(kind, touch, true);
    document.removeEventListener("keydown", press, true);
    document.removeEventListener("visibilitychange", follow);
    reprint.disconnect();
    clearTimeout(waiting);
    clearInterval(look);
    silence();
  };
}"""
_component = st.components.v2.component(
    "handslag_live", js=f"const COUNTS = {json.dumps(COUNTS)};\n{_SCRIPT}"
)

STEP_BAR, LIVE = "step_bar", "live"


def live(code: str, *fragments: str, has_bar: bool = True) -> None:
    """Run the fragments with these keys again at every change in the room with join code `code`.

    Call it once per page, last, outside every fragment. The step bar's own fragments are added on pages that have it
    (`has_bar`). News comes at most twice a second. A fragment reads the database; the news itself says that something
    changed, and how many have voted: see `voting.turnout.counted`.
    """
    _listen(code, [LIVE, STEP_BAR, KEYS, *fragments] if has_bar else [LIVE, *fragments])
    page_stands()


@st.fragment(key=LIVE)
def _listen(code: str, keys: list[str]) -> None:
    _component(
        key=f"live_{code}",
        data={"url": f"/p/{code}/live?as=page"},
        on_change_change=lambda: _draw_again(keys),
    )


def _draw_again(fragments: list[str]) -> None:
    if is_standing():
        draw_parts_again(fragments)
    st.rerun()
