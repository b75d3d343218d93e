// One selects in the note, and types nothing. What is selected gets a theme: that is a quote.
// Places are in UTF-16; what is sent counts code points.
const LETTERS = 2, SHOWN = 60;

export default function ({ data, parentElement: root, setTriggerValue }) {
  const page = (root.page ??= mount(root));
  page.send = setTriggerValue;
  if (page.drawn !== data.page) {
    page.drawn = data.page;
    page.draw(JSON.parse(data.page));
  }
}

const make = (tag, name, text) => {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  return node;
};
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function mount(root) {
  const page = { marks: [], hints: [], asked: [], themes: [], words: {}, note: "", picked: null, chosen: 0 };
  const note = make("div", "note-text"), bar = make("div", "note-bar"), said = make("p", "unseen");
  note.contentEditable = "true";
  note.inputMode = "none";
  note.spellcheck = false;
  note.setAttribute("role", "textbox");
  note.setAttribute("aria-multiline", "true");
  note.setAttribute("aria-readonly", "true");
  note.dir = "auto";
  said.setAttribute("role", "status");
  const line = make("p", "note-line"), find = make("input"), chips = make("div", "note-chips");
  find.type = "search";
  chips.setAttribute("role", "group");
  bar.append(line, find, chips);
  root.append(note, bar, said);

  const points = (length) => Array.from(page.note.slice(0, length)).length;

  // Asked of places in order.
  const inside = (list, at = 0) => (from) => {
    while (at < list.length && list[at][1] <= from) at += 1;
    return at < list.length && list[at][0] <= from;
  };
  const segment = (from, to, named, asked) => {
    const over = page.marks.filter((mark) => mark.from <= from && to <= mark.to);
    const isPicked = page.picked && page.held && page.picked[0] <= from && to <= page.picked[1];
    if (!over.length && !named && !asked && !isPicked) return document.createTextNode(page.note.slice(from, to));
    const node = make("span", "", page.note.slice(from, to)), last = over[over.length - 1];
    if (last) {
      node.classList.add("marked");
      node.dataset.mark = last.id;
      if (over.length > 1) node.classList.add("twice");
      if (over.some((mark) => mark.id === page.chosen)) node.classList.add("chosen");
      if (last.gone) node.classList.add("gone");
    }
    if (asked) node.classList.add("asked");
    if (named) node.classList.add("telling");
    if (isPicked) node.classList.add("picked");
    return node;
  };
  const tag = (mark) => {
    const node = make("b", `tag${mark.id === page.chosen ? " chosen" : ""}`, mark.number);
    node.contentEditable = "false";
    node.dataset.mark = mark.id;
    node.setAttribute("aria-label", page.words.quote.replace("{number}", mark.number));
    return node;
  };
  const drawNote = () => {
    const ends = new Set([0, page.note.length]);
    for (const mark of page.marks) ends.add(mark.from).add(mark.to);
    for (const [from, to] of [...page.hints, ...page.asked]) ends.add(from).add(to);
    if (page.picked && page.held) ends.add(page.picked[0]).add(page.picked[1]);
    const places = [...ends].sort((a, b) => a - b), drawn = document.createDocumentFragment();
    const named = inside(page.hints), asked = inside(page.asked);
    places.slice(0, -1).forEach((from, at) => {
      for (const mark of page.marks) if (mark.from === from) drawn.append(tag(mark));
      drawn.append(segment(from, places[at + 1], named(from), asked(from)));
    });
    note.replaceChildren(drawn);
  };
  const drawBar = () => {
    const has = page.picked !== null, typed = plain(find.value.trim());
    bar.classList.toggle("ready", has);
    find.hidden = !has;
    find.placeholder = page.words.find;
    find.setAttribute("aria-label", page.words.find);
    chips.setAttribute("aria-label", page.words.themes);
    const words = has ? page.note.slice(...page.picked) : "";
    line.textContent = has
      ? `“${words.slice(0, SHOWN)}${words.length > SHOWN ? "…" : ""}”` : page.words.how;
    const found = page.themes.filter(([, name]) => typed.length < LETTERS || plain(name).includes(typed));
    chips.replaceChildren(...(has ? [...found, [0, page.words.none]] : []).map(([id, name]) => {
      const chip = make("button", "note-chip", name);
      chip.type = "button";
      chip.dataset.theme = id;
      return chip;
    }));
  };
  page.draw = (now) => {
    const at = document.activeElement, isHere = root.contains(at);
    Object.assign(page, now, { picked: null, held: false });
    note.setAttribute("aria-label", page.words.label);
    find.value = "";
    drawNote();
    drawBar();
    if (isHere) note.focus({ preventScroll: true });
  };

  // Without the numbers.
  const place = (node, offset) => {
    const range = document.createRange();
    range.setStart(note, 0);
    range.setEnd(node, offset);
    const before = range.cloneContents();
    for (const number of before.querySelectorAll(".tag")) number.remove();
    return before.textContent.length;
  };
  const look = () => {
    const selection = getSelection();
    if (!note.contains(selection.anchorNode) || !note.contains(selection.focusNode)) return;
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
    const ends = [place(anchorNode, anchorOffset), place(focusNode, focusOffset)].sort((a, b) => a - b);
    while (ends[0] < ends[1] && /\s/.test(page.note[ends[0]])) ends[0] += 1;
    while (ends[0] < ends[1] && /\s/.test(page.note[ends[1] - 1])) ends[1] -= 1;
    const before = String(page.picked);
    page.picked = ends[0] < ends[1] ? ends : null;
    if (String(page.picked) !== before) drawBar();
  };
  const open = (id) => { if (id) page.send("open", { id: Number(id) }); };
  const mark = (theme) => {
    if (!page.picked) return;
    const [from, to] = page.picked;
    const name = page.themes.find(([id]) => id === theme)?.[1] ?? page.words.none;
    page.send("mark", {
      starts: points(from), ends: points(to), words: page.note.slice(from, to), theme,
      request: [...crypto.getRandomValues(new Uint32Array(4))].join("-"),
    });
    // Its number comes with the answer.
    page.marks.push({ id: -1, number: "·", from, to });
    page.chosen = -1;
    page.picked = null;
    page.held = false;
    find.value = "";
    drawNote();
    drawBar();
    said.textContent = page.words.marked.replace("{theme}", name);
    note.focus({ preventScroll: true });
  };

  document.addEventListener("selectionchange", () => { if (root.isConnected && !page.held) look(); });
  const stop = (event) => event.preventDefault();
  note.addEventListener("beforeinput", stop);
  note.ondragstart = chips.onpointerdown = stop;
  // Composed letters come all the same.
  note.oninput = drawNote;
  note.addEventListener("focus", () => { if (page.held) { page.held = false; drawNote(); } });
  note.addEventListener("click", (event) => {
    const on = event.target.closest("[data-mark]");
    if (on && !String(getSelection())) open(on.dataset.mark);
  });
  note.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    look();
    if (page.picked) {
      page.held = true;
      drawNote();
      find.focus();
      return;
    }
    const at = getSelection().anchorNode;
    open((at?.closest ? at : at?.parentElement)?.closest("[data-mark]")?.dataset.mark);
  });
  chips.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-theme]");
    if (chip) mark(Number(chip.dataset.theme));
  });
  find.addEventListener("input", drawBar);
  find.addEventListener("keydown", (event) => {
    if (event.key === "Escape") note.focus();
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = chips.querySelector("[data-theme]");
    if (first && find.value.trim()) mark(Number(first.dataset.theme));
  });
  return page;
}
