"""Typing on without waiting: what is typed while a sheet is on its way comes after it, in the emptied fields."""

import streamlit as st

# Streamlit empties the fields when the sheet is stored, a moment after Enter: keys pressed in between would be lost.
# So from Enter on they are queued, and typed anew once the fields are empty; when the sheet was not stored they are
# dropped, since the fields then show what was not stored. Nobody waits longer than LONGEST. Enter after the code leads
# to the answers. A browser that is busy may draw this before the fields.
_SCRIPT = """const LONGEST = 15000, PAUSE = 80;
let names = [], attempt = null, state = "idle", queue = [], place = 0, patience = null, later = null;

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

function typeOn() {
  const key = queue.shift(), input = field(place);
  if (key === undefined || !input) { rest(); return; }
  if (key === "Enter" && !leadsOn(place)) { wait(); setTimeout(() => press(input), PAUSE); return; }
  if (key === "Tab" || key === "Enter") { place = Math.min(place + 1, names.length - 1); field(place).focus(); }
  else write(input, key === "Backspace" ? input.value.slice(0, -1) : input.value + key);
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

function settle(data) {
  if (!field(0)) { later = setTimeout(() => settle(data), PAUSE); return; }
  const isFirst = attempt === null, isSame = attempt === data.attempt;
  attempt = data.attempt;
  field(0).dataset.isQuick = "";
  if (isSame) return;
  if (isFirst) { if (document.activeElement === document.body) field(0).focus(); return; }
  if (!data.is_stored) { rest(); return; }
  clearTimeout(patience);
  state = "typing on";
  place = 0;
  field(0).focus();
  setTimeout(typeOn, PAUSE);
}

export default function ({ data }) {
  names = data.fields;
  clearTimeout(later);
  settle(data);
  return () => clearTimeout(later);
}"""
_component = st.components.v2.component("handslag_quick_keys", js=_SCRIPT)


def quick_keys(*fields: str, attempt: str, is_stored: bool) -> None:
    """Lead the keys through the text fields with these keys, from the first at each new `attempt`.

    `is_stored` says whether the last attempt was stored, so that the fields are empty.
    """
    _component(key="quick_keys", data={"fields": list(fields), "attempt": attempt, "is_stored": is_stored})
