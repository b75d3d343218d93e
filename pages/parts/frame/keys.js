// What waits of one component is replaced by what comes after it. So this is a component of its own, that news cannot
// take the place of, in a fragment of its own; and each press is sent until it was answered, and answered once.
let pressed = 0, waiting = [], stop = () => {};
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
}
