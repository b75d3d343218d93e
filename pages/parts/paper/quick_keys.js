// Streamlit empties the fields when the sheet is stored, a moment after Enter: keys pressed in between would be lost.
// So from Enter on they are queued, and typed anew once the fields are empty; when the sheet was not stored they are
// dropped, since the fields then show what was not stored. Nobody waits longer than LONGEST. Enter after the code leads
// to the answers. A browser that is busy may draw this before the fields.
const LONGEST = 15000, PAUSE = 80, STEADY = 40;
let names = [], attempt = null, state = "idle", queue = [], place = 0, patience = null, later = null, marking = null;

const field = (which) => document.querySelector(`.st-key-${names[which]} input`);
const placeOf = (element) => names.findIndex((_name, which) => field(which) === element);
const leadsOn = (which) => which < names.length - 1 && !field(names.length - 1).value;

function rest() { state = "idle"; queue = []; clearTimeout(patience); }
function wait() { state = "storing"; clearTimeout(patience); patience = setTimeout(rest, LONGEST); }

function write(input, value) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, value);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function press(input) {
  input.focus();
  input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, bubbles: true }));
}

// A field may still be drawn with what stood in it before: go on once it holds the text.
function fill(text, tries = 20) {
  if (!field(place)) { rest(); return; }
  if (field(place).value !== text) write(field(place), text);
  setTimeout(() => {
    if (field(place)?.value === text || !tries) typeOn();
    else fill(text, tries - 1);
  }, STEADY);
}

function typeOn() {
  const input = field(place);
  if (!queue.length || !input) { rest(); return; }
  const isEnd = (key) => key === "Enter" || key === "Tab";
  if (!isEnd(queue[0])) {
    const end = queue.findIndex(isEnd), keys = queue.splice(0, end < 0 ? queue.length : end);
    fill(keys.reduce((text, key) => key === "Backspace" ? text.slice(0, -1) : text + key, input.value));
    return;
  }
  const key = queue.shift();
  if (key === "Enter" && !leadsOn(place)) { wait(); setTimeout(() => press(input), PAUSE); return; }
  place = Math.min(place + 1, names.length - 1);
  field(place).focus();
  setTimeout(typeOn, 0);
}

function listen(event) {
  if (!event.isTrusted || event.ctrlKey || event.metaKey || event.altKey) return;
  const which = placeOf(event.target);
  if (state !== "idle") {
    if (event.key.length > 1 && (event.shiftKey || !["Tab", "Backspace", "Enter"].includes(event.key))) return;
    queue.push(event.key);
  } else if (event.key !== "Enter" || which < 0) return;
  else if (leadsOn(which)) field(which + 1).focus();
  else { wait(); return; }
  event.preventDefault();
  event.stopPropagation();
}
document.addEventListener("keydown", listen, true);

// The fields are drawn empty a moment after this.
function begin(tries = 20) {
  const filled = names.map((_name, which) => field(which)).filter((input) => input?.value);
  if (!filled.length) { place = 0; typeOn(); return; }
  if (tries <= 0) filled.forEach((input) => write(input, ""));
  if (tries <= -20) { rest(); return; }
  setTimeout(() => begin(tries - 1), STEADY);
}

// Which may also be drawn anew.
function mark() { if (field(0)) field(0).dataset.isQuick = ""; }

function settle(data) {
  if (!field(0)) { later = setTimeout(() => settle(data), PAUSE); return; }
  const isFirst = attempt === null, isSame = attempt === data.attempt;
  attempt = data.attempt;
  mark();
  if (isSame) return;
  if (isFirst) { if (document.activeElement === document.body) field(0).focus(); return; }
  // Without an attempt the server was started anew, and the fields keep what was typed.
  if (!data.is_stored || !attempt) { rest(); return; }
  clearTimeout(patience);
  state = "typing on";
  field(0).focus();
  setTimeout(begin, PAUSE);
}

export default function ({ data }) {
  names = data.fields;
  clearTimeout(later);
  clearInterval(marking);
  marking = setInterval(mark, 250);
  settle(data);
  return () => { clearTimeout(later); clearInterval(marking); };
}
