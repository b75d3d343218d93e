const PEOPLE_GAP = 500, RETRY = 2000, AWAY_AFTER = 2500;
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
  let stop = null, last = null, shown = null, asked = 0, timer = null, awayTimer = null, hasEnded = false;
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
  // How long a round at the tables still lasts: in whole minutes, so that nothing moves while people talk.
  const countMinutes = () => {
    const clock = document.querySelector(".projector [data-until]");
    if (!clock) return;
    clock.ahead ??= performance.now() - Number(clock.dataset.now);
    const left = Math.max(0, Math.ceil((Number(clock.dataset.until) + clock.ahead - performance.now()) / 60000));
    const told = clock.dataset[left > 1 ? "many" : left ? "last" : "over"].replace("{n}", left);
    if (clock.textContent === told) return;
    clock.textContent = told;
    document.querySelectorAll(".projector .mins i").forEach((block, place) => block.classList.toggle("on", place < left));
  };
  const counting = setInterval(() => { count(); countMinutes(); }, 200);
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
    countMinutes();
    check(RETRY);
    // The screen may be drawn after this component was. One that has ended has nothing to follow.
    if (!screen()) { silence(); isBack(); }
    else stop = stop ?? followRoom(live.data.url, hear);
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
    if (awayTimer || hasEnded) return;
    awayTimer = setTimeout(() => {
      away.innerHTML = live.data.icon;
      away.append(Object.assign(document.createElement("span"), { textContent: live.data.away }));
      away.classList.add("is-away");
    }, AWAY_AFTER);
  };
  const hear = (kind, text) => {
    // The link ended, with the meeting or by itself: the next screen says which.
    if (kind !== "error") hasEnded = text === "end";
    if (hasEnded) ask(0);
    if (kind === "error") isAway(); else isBack();
    // Refused instead of interrupted: the link may have ended, which only a new screen can tell.
    if (text === true) ask(2 * RETRY);
    if (kind === "change") { last = JSON.parse(text); print(); check(0); }
  };
  const silence = () => { stop?.(); stop = null; };
  follow();
  return () => {
    observer.disconnect();
    silence();
    clearTimeout(timer);
    clearTimeout(awayTimer);
    clearInterval(counting);
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
