// What one types is remembered in the window: a component is called again at each run, and a pause goes on through it.
const PAUSE = 400, LOOK = 50;
const typed = (window.handslagTyped ??= { waiting: new Map(), lefts: 0 });

const store = (field) => {
  typed.waiting.delete(field);
  if (!field.isConnected) return;
  const app = document.querySelector("[data-testid=stApp]");
  // One store at a time: a field that is stored while the page is being drawn would wait for it twice.
  if (app?.dataset.testScriptState !== "notRunning") { wait(field, LOOK); return; }
  const keys = { key: "Enter", code: "Enter", keyCode: 13, ctrlKey: true, bubbles: true, cancelable: true };
  field.dispatchEvent(new KeyboardEvent("keydown", keys));
};
const wait = (field, time) => {
  clearTimeout(typed.waiting.get(field));
  typed.waiting.set(field, setTimeout(() => store(field), time));
};

export default function ({ data, setTriggerValue }) {
  const places = data.fields.map((key) => `.st-key-${CSS.escape(key)} :is(textarea, input)`).join(", ");
  const isOurs = (field) => field?.matches?.(places);
  const input = (event) => {
    if (!isOurs(event.target) || event.isComposing) return;
    event.target.wasTyped = true;
    wait(event.target, PAUSE);
  };
  const left = (event) => {
    if (!isOurs(event.target) || !event.target.wasTyped) return;
    event.target.wasTyped = false;
    clearTimeout(typed.waiting.get(event.target));
    typed.waiting.delete(event.target);
    setTriggerValue("left", ++typed.lefts);
  };
  for (const [kind, listener] of [["input", input], ["compositionend", input], ["focusout", left]]) {
    document.addEventListener(kind, listener, true);
  }
  return () => {
    for (const [kind, listener] of [["input", input], ["compositionend", input], ["focusout", left]]) {
      document.removeEventListener(kind, listener, true);
    }
  };
}
