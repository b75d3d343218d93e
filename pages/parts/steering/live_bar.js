// The bar draws itself: counts from the stream, everything else from one small answer that it fetches when news says
// that more than counts changed. So no news runs the page's script, moves a focus or loses a letter. Called again at
// every run of the page: what must last hangs on the root, and is made once.
const YOUNG = 1000, ARMED = 4000, SAID = 10000, AWAY = 3000, PATIENCE = 8000, SWITCH = "handslag-keys";
const BUSY = "input, textarea, select, [contenteditable], [role=combobox], [role=listbox], [role=menu], [role=dialog]";
const ARROWS_BELONG = `${BUSY}, [role=slider], [role=tab], [role=radio], [role=spinbutton], [role=grid]`;
const ICONS = { begin: "play_arrow", "show text": "arrow_forward", "next text": "arrow_forward", close: "stop", end: "stop", reveal: "visibility", "go on": "group" };

// The one stream of the window: this bar has it, and the page's live parts hear it here.
// Presses are counted on where the bar is made anew. What waits of one component is replaced by what comes after it: so
// turns of the page are sent until they were answered.
let presses = 0, turns = [];

const room = (window.handslagRoom ??= { hears: new Set(), last: null });

export default function ({ parentElement: root, data, setTriggerValue }) {
  const bar = (root.bar ??= mount(root));
  bar.send = setTriggerValue;
  bar.drawn(JSON.parse(data.now), JSON.parse(data.words), data);
  return bar.end;
}

const write = (node, text) => { if (node && node.textContent !== String(text)) node.textContent = text; };

function mount(root) {
  const bar = { now: null, words: {}, here: null, code: null };
  const cell = (name) => root.querySelector(`[data-cell=${name}]`);
  const live = root.querySelector(".live"), go = root.querySelector(".go"), list = root.querySelector("ol");
  const steps = root.querySelector(".steps"), wide = matchMedia("(min-width: 1100px)");
  const young = new WeakMap();
  let counts = null, drawnFor = null, asking = false, asksAgain = false;
  let asks = 0, isHeard = false, awaySince = null, armed = 0, notes = 0, placing = 0, toldOf = null;

  const say = (text) => { cell("said").textContent = ""; write(cell("said"), text); };
  // The message of what one did oneself has the same place: where both do not fit beside each other, this stands above.
  const placeNote = () => {
    const own = cell("note"), toast = document.querySelector('[class*="st-key-told_"]');
    const isThere = toast && getComputedStyle(toast).visibility !== "hidden";
    const box = isThere && toast.getBoundingClientRect();
    own.style.bottom = `${box && box.right + 8 > own.getBoundingClientRect().left ? innerHeight - box.top + 8 : 4}px`;
  };
  const note = (text) => {
    clearTimeout(notes);
    clearInterval(placing);
    write(cell("note"), text);
    cell("note").hidden = false;
    placeNote();
    placing = setInterval(placeNote, 250);
    say(text);
    notes = setTimeout(() => { cell("note").hidden = true; clearInterval(placing); }, SAID);
  };
  const counted = (forms, count) => (count === 1 ? forms[0] : forms[1]).replace("{count}", count);

  // A place that changed takes no click for a second: what one meant to press may not stand there any more.
  const place = (button, meaning) => {
    if (button.meaning !== undefined && button.meaning !== meaning) {
      young.set(button, performance.now());
      button.dataset.young = "";
      setTimeout(() => { if (performance.now() - young.get(button) >= YOUNG) delete button.dataset.young; }, YOUNG + 5);
    }
    button.meaning = meaning;
  };
  const isYoung = (button) => performance.now() - (young.get(button) ?? -YOUNG) < YOUNG;
  const send = (name, value) => bar.send(name, { ...value, press: ++presses });
  const disarm = () => { clearTimeout(armed); armed = 0; go.removeAttribute("data-armed"); if (bar.now) drawDeed(); };

  // The deed that stands on the button: that of the room, or to take it to the step that one sees.
  const deed = () => {
    const { now, here } = bar, seen = now.steps.find((step) => step.step === here);
    if (now.room && seen && now.room !== here && now.go.kind !== "close" && now.go.kind !== "show text") {
      return { kind: "go on", words: seen.take, step: here, lacks: false };
    }
    return now.go;
  };
  const isNothing = (found) => found.lacks || found.kind === "nothing";
  const drawDeed = () => {
    const found = deed();
    if (!armed) write(cell("act"), found.words);
    write(go.querySelector("i"), ICONS[found.kind] ?? "");
    go.toggleAttribute("data-none", isNothing(found));
    go.setAttribute("aria-disabled", String(isNothing(found) || Boolean(awaySince)));
    place(go, `${bar.now.meaning} ${found.kind} ${found.step ?? ""}`);
  };

  const drawSteps = () => {
    const { now, words } = bar;
    if (list.children.length !== now.steps.length) {
      list.replaceChildren(...now.steps.map(() => {
        const item = document.createElement("li"), button = document.createElement("button");
        button.type = "button";
        button.innerHTML = '<b class="n"><i aria-hidden="true" hidden></i><span></span></b><b class="w"></b>';
        item.append(button);
        return item;
      }));
    }
    now.steps.forEach((step, at) => {
      const button = list.children[at].firstChild, icon = button.querySelector("i");
      button.dataset.step = step.step;
      const sign = step.is_room ? "group" : step.is_done ? "check" : "";
      write(icon, sign);
      icon.hidden = !sign;
      write(button.querySelector(".n span"), step.is_room ? `${step.number} · ${words.room}` : step.number);
      write(button.querySelector(".w"), step.name);
      button.classList.toggle("room", step.is_room);
      if (step.step === bar.here) button.setAttribute("aria-current", "page"); else button.removeAttribute("aria-current");
    });
    const seen = now.steps.find((step) => step.step === (bar.here ?? now.room)), last = now.steps.at(-1).number;
    write(root.querySelector("summary"),
      seen ? words.of.replace("{number}", seen.number).replace("{count}", last).replace("{step}", seen.name) : words.steps);
  };

  const drawPeople = () => {
    const { now, words } = bar, voices = counts?.people ?? now.voices;
    const people = root.querySelector(".people");
    const isMany = now.most_voices !== null && voices > now.most_voices;
    if (awaySince) {
      write(cell("people"), words.away);
      write(cell("voices"), words.since.replace("{time}", awaySince));
    } else if (now.heads === null) {
      write(cell("people"), counted(words.voices_here, voices));
      write(cell("voices"), now.door.length ? "" : words.not_counted);
    } else {
      write(cell("people"), counted(words.heads, now.heads));
      write(cell("voices"), counted(words.voices, voices));
    }
    write(cell("waiting"), now.door.length && !awaySince ? counted(words.door, now.door.length) : "");
    people.toggleAttribute("data-exceeds", isMany);
    people.toggleAttribute("data-long", now.heads === null || Boolean(awaySince));
  };

  // Rows are kept by whose they are, so that a focus stays while others come and go.
  const row = (key, name, about, deed, label, id) => {
    const line = document.createElement("div"), text = document.createElement("span"), button = document.createElement("button");
    line.dataset.key = key;
    text.dir = "auto";
    text.append(name);
    if (about) text.append(Object.assign(document.createElement("small"), { textContent: about }));
    Object.assign(button, { type: "button", textContent: label });
    button.setAttribute("aria-label", `${label}: ${name}`);
    Object.assign(button.dataset, { deed, id });
    line.append(text, button);
    return line;
  };
  const drawHands = () => {
    const { now, words } = bar, held = root.querySelector("[data-list=hands]"), count = now.hands.length;
    write(cell("hands"), counted(words.hands, count));
    write(cell("who"), count ? now.hands[0].name + (count > 1 ? ` + ${count - 1}` : "") : words.nobody);
    root.querySelector(".up").toggleAttribute("data-some", count > 0);
    const wanted = [
      ...now.hands.map((one) => [`hand-${one.id}`, one.name, one.told, "lower", words.heard, one.id]),
      ...now.door.map((one) => [`door-${one.id}`, one.name, words.at_the_door, "admit", words.let_in, one.id]),
    ];
    const keys = wanted.map(([key]) => key);
    for (const line of [...held.children]) if (!keys.includes(line.dataset.key)) line.remove();
    for (const one of wanted) if (!held.querySelector(`[data-key="${one[0]}"]`)) held.append(row(...one));
    if (!wanted.length) {
      held.append(Object.assign(document.createElement("p"), { textContent: words.nobody }));
      held.lastChild.dataset.key = "nobody";
    }
  };

  const drawProjector = () => {
    const { projector } = bar.now, { words } = bar;
    write(cell("projector"), projector.title);
    write(cell("shows"), projector.shows);
    cell("shows").title = projector.shows;
    write(cell("blank"), projector.is_blank ? words.show : words.blank);
    write(cell("key"), words.key);
    root.querySelector(".beam").toggleAttribute("data-blank", projector.is_blank);
    place(root.querySelector("[data-deed=blank]"), projector.is_blank);
  };

  bar.draw = () => {
    if (!bar.now) return;
    drawSteps(); drawPeople(); drawHands(); drawProjector(); drawDeed();
  };

  // What another facilitator did is told once; what stood when the page opened is no news.
  const tellOfOthers = (acted) => {
    if (toldOf !== null && acted && acted.id > toldOf && acted.who !== bar.me) note(`${acted.who}: ${acted.what}`);
    toldOf = Math.max(toldOf ?? 0, acted?.id ?? 0);
  };
  const isNewer = (now) => !bar.now || now.revision >= bar.now.revision || bar.isFresh;
  const take = (now) => {
    if (!isNewer(now)) return;
    if (bar.now && now.meaning !== bar.now.meaning && armed) disarm();
    bar.isFresh = false;
    bar.now = now;
    tellOfOthers(now.acted);
    bar.draw();
  };
  const fetched = async (url) => {
    const code = bar.code;
    const answer = await fetch(url, { headers: { accept: "application/json" }, signal: AbortSignal.timeout?.(PATIENCE) });
    if (!answer.ok) throw new Error(answer.status);
    const told = await answer.json();
    if (code !== bar.code) return null;
    take(told);
    return told;
  };
  const ask = async () => {
    if (!bar.code) return;
    if (asking) { asksAgain = true; return; }
    asking = true;
    try { await fetched(bar.barUrl); } catch { /* Without a network the stream tells so. */ }
    asking = false;
    if (asksAgain) { asksAgain = false; ask(); }
  };

  // Everything but mere counts: then the words may be others.
  const weight = (state) => JSON.stringify({ ...state, voted: 0, people: 0, ballots: 0 });
  const isBack = () => {
    if (!awaySince) return;
    awaySince = null;
    live.removeAttribute("data-away");
    bar.draw();
  };
  const isAway = (clock) => {
    if (awaySince) return;
    awaySince = clock;
    live.setAttribute("data-away", "");
    bar.draw();
    say(`${bar.words.away} ${bar.words.since.replace("{time}", clock)}`);
  };
  // Where the stream is silent, because the network is gone or a proxy holds it back, the bar asks by itself: an answer
  // is news like any other, and without one there is no connection.
  const askInstead = () => {
    if (asks || !bar.code) return;
    isHeard = false;
    const clock = new Date().toLocaleTimeString(bar.words.locale, { hour: "2-digit", minute: "2-digit" });
    asks = setTimeout(async function again() {
      if (!document.hidden) {
        try {
          const told = await fetched(`${bar.barUrl}&state=1`);
          if (told && !isHeard) { isBack(); tellOn(told.state); }
        } catch { if (!isHeard) isAway(clock); }
      }
      if (asks) asks = setTimeout(again, AWAY);
    }, AWAY);
  };
  const isHeardAgain = () => {
    clearTimeout(asks);
    asks = 0;
    isHeard = true;
    if (awaySince) { isBack(); ask(); }
  };
  const tellOn = (text) => {
    if (text === room.last) return;
    room.last = text;
    counts = JSON.parse(text);
    drawnFor = weight(counts);
    drawPeople();
    for (const listener of room.hears) listener("change", text);
  };
  const hear = (kind, text) => {
    if (kind === "error") askInstead(); else isHeardAgain();
    if (kind === "beat") ask();
    if (kind === "change") {
      room.last = text;
      counts = JSON.parse(text);
      const weighed = weight(counts);
      if (weighed !== drawnFor) ask(); else if (bar.now) drawPeople();
      drawnFor = weighed;
    }
    for (const listener of room.hears) listener(kind, text);
  };

  bar.drawn = (now, words, data) => {
    const isOther = data.code !== bar.code;
    Object.assign(bar, { words, here: data.here, me: data.me, barUrl: data.bar });
    turns = turns.filter(([number]) => number > data.turned);
    live.setAttribute("aria-label", words.label);
    list.setAttribute("aria-label", words.steps);
    drawKeys();
    if (isOther) {
      bar.stop?.();
      Object.assign(bar, { code: data.code, now: null, isFresh: true });
      room.last = counts = drawnFor = toldOf = null;
    }
    live.toggleAttribute("data-empty", !now);
    if (now) take(now);
    if (bar.now) bar.draw(); else nothing();
    if (isOther) {
      clearTimeout(asks);
      asks = 0;
      bar.stop = data.code ? followRoom(data.url, hear) : null;
      askInstead();
    }
  };
  const nothing = () => {
    list.replaceChildren();
    write(root.querySelector("summary"), bar.words.none);
    for (const name of ["people", "voices", "waiting", "hands", "who", "projector", "shows", "blank", "key"]) write(cell(name), "");
    write(cell("act"), bar.words.none);
    go.toggleAttribute("data-none", true);
    go.setAttribute("aria-disabled", "true");
  };

  // Keys: none while one types, and all can be switched off.
  const keysAreOn = () => localStorage.getItem(SWITCH) !== "off";
  const drawKeys = () => {
    const held = root.querySelector("[data-list=keys]"), told = JSON.stringify(bar.words.keys);
    if (held.told === told) return;
    held.told = told;
    held.setAttribute("aria-label", bar.words.keys_title);
    const title = Object.assign(document.createElement("p"), { textContent: bar.words.keys_title });
    const rows = bar.words.keys.map(([key, does]) => {
      const line = document.createElement("div"), name = document.createElement("span");
      name.append(Object.assign(document.createElement("kbd"), { textContent: key }));
      line.append(name, Object.assign(document.createElement("span"), { textContent: does }));
      return line;
    });
    const label = document.createElement("label"), tick = Object.assign(document.createElement("input"), { type: "checkbox" });
    tick.checked = keysAreOn();
    tick.addEventListener("change", () => localStorage.setItem(SWITCH, tick.checked ? "on" : "off"));
    label.append(tick, bar.words.keys_on);
    held.replaceChildren(title, ...rows, label);
  };
  const opener = (name) => name === "keys"
    ? document.querySelector("[data-handslag-keys]") : root.querySelector(`[data-opens=${name}]`);
  const open = (name, isOpen) => {
    const held = root.querySelector(`[data-list=${name}]`);
    held.hidden = !isOpen;
    opener(name)?.setAttribute("aria-expanded", String(isOpen));
    if (isOpen && name === "keys") held.querySelector("input").focus();
  };
  const isOpen = (name) => !root.querySelector(`[data-list=${name}]`).hidden;
  const shut = (name) => { if (isOpen(name)) { open(name, false); opener(name)?.focus(); } };

  const act = (button) => {
    if (button.getAttribute("aria-disabled") === "true" || awaySince) {
      say(awaySince ? `${bar.words.away} ${bar.words.since.replace("{time}", awaySince)}` : button.textContent);
      return;
    }
    if (isYoung(button) || !bar.now) return;
    const kind = button.dataset.deed;
    if (kind === "go") send("go", { meaning: bar.now.meaning, step: deed().step ?? null });
    else if (kind === "blank") send("blank", { is_blank: bar.now.projector.is_blank });
    else {
      // A row takes its press once: it is gone when the answer comes.
      young.set(button, performance.now());
      send(kind, { id: Number(button.dataset.id) });
    }
  };
  const click = (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.opens) open(button.dataset.opens, !isOpen(button.dataset.opens));
    else if (button.dataset.deed) { if (button === go) disarm(); act(button); }
    else { fold(); send("step", { step: button.dataset.step }); }
  };
  const next = () => {
    if (go.getAttribute("aria-disabled") === "true" || isYoung(go)) return;
    if (armed) { disarm(); act(go); return; }
    write(cell("act"), bar.words.again);
    go.setAttribute("data-armed", "");
    say(`${bar.words.again} ${deed().words}`);
    armed = setTimeout(disarm, ARMED);
  };
  const press = (event) => {
    const at = event.composedPath()[0];
    if (event.key === "Escape") { shut("hands"); shut("keys"); if (armed) disarm(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !bar.now || !keysAreOn()) return;
    if (document.querySelector("[role=dialog]") || at.isContentEditable) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "ArrowLeft" || key === "ArrowRight") {
      if (at.closest?.(ARROWS_BELONG)) return;
      turns.push([presses + 1, key === "ArrowRight" ? 1 : -1]);
      send("page", { turns });
      event.preventDefault();
      return;
    }
    if (at.closest?.(BUSY)) return;
    if (key === "b") act(root.querySelector("[data-deed=blank]"));
    else if (key === "n") next();
    else if (key === "?") open("keys", !isOpen("keys"));
    else return;
    event.preventDefault();
  };
  const outside = (event) => {
    const path = event.composedPath();
    const asksForKeys = path.some((one) => one.dataset && "handslagKeys" in one.dataset);
    if (asksForKeys) { open("keys", !isOpen("keys")); return; }
    for (const name of ["hands", "keys"]) {
      const held = root.querySelector(`[data-list=${name}]`);
      if (isOpen(name) && !path.includes(held) && !path.includes(opener(name))) open(name, false);
    }
    if (!wide.matches && !path.includes(steps)) steps.open = false;
  };
  const fold = () => { steps.open = wide.matches; };

  root.addEventListener("click", click);
  document.addEventListener("click", outside);
  document.addEventListener("keydown", press);
  window.addEventListener("offline", askInstead);
  wide.addEventListener("change", fold);
  fold();
  // A tap in the moment of news can end a drawing whose part that listens was not sent yet: Streamlit then takes that
  // part off a page that stays. Nobody would tell the page anything any more; so it is drawn whole again.
  let losses = 0, wasLost = false;
  const watch = setInterval(() => {
    const app = document.querySelector("[data-testid=stApp]");
    const isLost = room.follows === location.href && app?.dataset.testScriptState === "notRunning"
      && !document.querySelector('[class*="st-key-live_"]:not(.st-key-live_bar)');
    if (isLost && wasLost) bar.send("lost", ++losses);
    wasLost = isLost && !wasLost;
  }, 700);
  bar.end = () => {
    bar.stop?.();
    clearInterval(watch);
    for (const timer of [asks, armed, notes]) clearTimeout(timer);
    clearInterval(placing);
    asks = 0;
    root.removeEventListener("click", click);
    document.removeEventListener("click", outside);
    document.removeEventListener("keydown", press);
    window.removeEventListener("offline", askInstead);
    wide.removeEventListener("change", fold);
    delete root.bar;
  };
  return bar;
}
