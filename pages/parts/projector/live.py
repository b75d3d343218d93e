"""The one live component of the projector page.

It listens to the room's stream, prints the counter straight from the event, and asks for a new screen when anything
else changed. It compares the news with the state written on the screen itself, so that a message that was missed, or
came while the page was being made, is made up for by the next. A timer counts down by itself.
"""

import streamlit as st

from exports.drawings import icon
from pages.parts.frame.whole_page import draw_parts_again

_SCRIPT = """
const PEOPLE_GAP = 500, RETRY = 2000, AWAY_AFTER = 2500, SILENCE = 35000, AGAIN = 10000;
const KEYS = ["revision", "step", "state", "round", "phase", "content"];

function fill(counter, voted) {
  const bar = counter.querySelector("rect.voted");
  if (bar) {
    const whole = counter.querySelector("rect:not(.voted)");
    bar.setAttribute("width", whole.getAttribute("width") * Math.min(1, voted / counter.dataset.people));
    return;
  }
  const [full, empty] = [counter.querySelector(".voted"), counter.querySelector(".not-yet")];
  if (!full || !empty) return;
  while (full.childElementCount < voted && empty.firstElementChild) full.append(empty.firstElementChild);
  while (full.childElementCount > voted) empty.prepend(full.lastElementChild);
}

function start(live, box) {
  let source = null, last = null, shown = null, asked = 0, timer = null, awayTimer = null, again = null;
  let heard = 0;
  const root = document.documentElement;
  const status = document.createElement("p");
  status.className = "projector-status";
  status.setAttribute("role", "status");
  const away = document.createElement("p");
  away.className = "projector-away";
  away.setAttribute("role", "alert");
  box.append(status, away);

  const screen = () => document.querySelector(".projector[data-state]");
  const ask = (wait) => {
    if (timer) return;
    timer = setTimeout(() => { timer = null; asked += 1; live.setTriggerValue("change", asked); check(RETRY); }, wait);
  };
  // A run that was asked for can be dropped, so look again until the screen shows what the news said, and not after.
  const check = (wait) => {
    const page = screen();
    if (!page || !last) return;
    if (page.dataset.state !== KEYS.map((key) => last[key] ?? "None").join("|")) ask(wait);
    else if (Number(page.dataset.people) !== last.people) ask(Math.max(wait, PEOPLE_GAP));
    else { clearTimeout(timer); timer = null; }
  };
  const print = () => {
    const page = screen();
    if (!page || !last) return;
    // What is hidden goes at once, before the screen is drawn anew.
    for (const id of last.hidden ?? []) page.querySelector(`[data-proposal="${Number(id)}"]`)?.remove();
    if (last.phase !== "open") return;
    const number = page.querySelector("[data-count=voted]"), counter = page.querySelector(".counter");
    if (number && number.textContent !== String(last.voted)) number.textContent = last.voted;
    if (counter) { counter.dataset.people = page.dataset.mayVote; fill(counter, last.voted); }
  };
  // The server's time counts, whatever this computer's clock says or is set to: counted is what passed since the
  // screen came.
  const count = () => {
    const timer = document.querySelector(".projector .timer[data-ends]");
    if (!timer) return;
    timer.ahead ??= performance.now() - Number(timer.dataset.now);
    const left = Math.max(0, Math.ceil((Number(timer.dataset.ends) + timer.ahead - performance.now()) / 1000));
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    const words = timer.querySelector("[data-left]"), shown = left ? clock : timer.dataset.over;
    if (words.textContent === shown) return;
    words.textContent = shown;
    timer.classList.toggle("over", !left);
    if (!left) status.textContent = shown;
  };
  const counting = setInterval(count, 200);
  const briefly = (name, time) => {
    root.classList.add(name);
    setTimeout(() => root.classList.remove(name), time);
  };
  const follow = () => {
    const page = document.querySelector(".projector");
    if (!page || page === shown) return;
    const before = shown;
    shown = page;
    if (status.textContent !== page.dataset.announce) status.textContent = page.dataset.announce;
    if (before && page.dataset.phase === "revealed" && before.dataset.phase !== "revealed") {
      briefly("projector-reveals", 700);
    }
    if (before && page.querySelectorAll(".new").length > before.querySelectorAll(".new").length) {
      briefly("projector-arrives", 300);
    }
    print();
    count();
    check(RETRY);
    // The screen may be drawn after this component was.
    hear();
  };
  const observer = new MutationObserver(follow);
  observer.observe(document.body, { childList: true, subtree: true });

  const isBack = () => {
    clearTimeout(awayTimer);
    awayTimer = null;
    away.classList.remove("is-away");
    away.replaceChildren();
  };
  const isAway = () => {
    if (awayTimer) return;
    awayTimer = setTimeout(() => {
      away.innerHTML = live.data.icon;
      away.append(Object.assign(document.createElement("span"), { textContent: live.data.away }));
      away.classList.add("is-away");
    }, AWAY_AFTER);
  };
  const isHeard = () => { heard = Date.now(); isBack(); };
  // A network can end without an error; the stream says something every 15 seconds.
  const watch = setInterval(() => {
    if (!source || Date.now() - heard < SILENCE) return;
    isAway();
    silence();
    hear();
    heard += AGAIN - SILENCE;
  }, AGAIN / 2);
  const listen = () => {
    source = new EventSource(live.data.url);
    heard = Date.now();
    for (const kind of ["open", "beat"]) source.addEventListener(kind, isHeard);
    source.addEventListener("change", (event) => { last = JSON.parse(event.data); isHeard(); print(); check(0); });
    source.addEventListener("error", () => {
      isAway();
      // Refused instead of interrupted: the link may have ended, which only a new screen can tell.
      if (source.readyState !== EventSource.CLOSED) return;
      silence();
      again = setTimeout(() => { ask(0); hear(); }, 2 * RETRY);
    });
  };
  const silence = () => { clearTimeout(again); if (source) source.close(); source = null; };
  const hear = () => { if (!document.hidden && !source && screen()) listen(); };
  const look = () => { if (document.hidden) silence(); else hear(); };
  document.addEventListener("visibilitychange", look);
  follow();
  hear();
  return () => {
    observer.disconnect();
    silence();
    clearTimeout(timer);
    clearTimeout(awayTimer);
    clearInterval(watch);
    clearInterval(counting);
    document.removeEventListener("visibilitychange", look);
    root.classList.remove("projector-reveals", "projector-arrives");
    box.replaceChildren();
  };
}

// Called again at every run of the page, with fresh data: the stream of the first call goes on.
export default function (component) {
  const box = component.parentElement;
  if (box.live) { Object.assign(box.live, component); return box.stop; }
  box.live = { ...component };
  const stop = start(box.live, box);
  box.stop = () => { stop(); delete box.live; delete box.stop; };
  return box.stop;
}
"""
_component = st.components.v2.component("handslag_projector", js=_SCRIPT, isolate_styles=False)


PROJECTOR_LIVE = "projector_live"


@st.fragment(key=PROJECTOR_LIVE)
def projector_live(code: str, *fragments: str, away: str) -> None:
    """Follow the room with this join code: run `fragments` again when the screen has to change.

    Call it once, last, outside every fragment; name all fragments of the page. `away` is the sentence for when the
    server cannot be reached.
    """
    _component(
        key=f"projector_{code}",
        data={"url": f"/p/{code}/live?as=projector", "away": away, "icon": icon("wifi_off")},
        on_change_change=lambda: draw_parts_again([PROJECTOR_LIVE, *fragments]),
    )
