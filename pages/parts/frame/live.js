// News comes from a fragment of its own, and Streamlit's fast reruns are off (.streamlit/config.toml): otherwise it
// ends the run that a tap asked for, at its next touch of st.session_state, and the tap is lost. It still waits until
// the page is at rest and nobody has just tapped, so that nothing moves under a finger.
// What is set within one turn of the browser Streamlit sends as one message, in the name of the part that was first: a
// tap between news and its message would draw the live parts alone. So a click waits until the news has gone, which
// takes a few milliseconds; and where a field was left meanwhile, the whole page is asked for.
// To draw a page takes the server as long as many votes. So the number that everyone looks at is printed straight from
// the news, and a page where nothing else changed is drawn again the more gently, the more people there are.
// What a page was drawn of is no news for it. Right after it opened, some of its fields are still on their way: one that
// is drawn anew before it has come stands there empty.
const QUIET = 400, LOOK = 50;
const PER_PERSON = 5, LONGEST = 5000;
const TAPS = ["pointerdown", "pointerup", "click", "change"], KEYS = ["Enter", " ", "Tab"];

const isOfCounts = (counts, now, before) => before !== null && Object.keys(now).every(
  (key) => counts.includes(key) || JSON.stringify(now[key]) === JSON.stringify(before[key]));

// The bar above the page has the window's one stream, and tells it on; a page without a bar has a stream of its own.
const room = (window.handslagRoom ??= { hears: new Set(), last: null });
const followBar = (hear) => {
  room.hears.add(hear);
  room.follows = location.href;
  if (room.last !== null) hear("change", room.last);
  return () => room.hears.delete(hear);
};

export default function ({ data, setTriggerValue }) {
  let seen = null, changes = 0, waiting = null, touched = 0, isLeaving = false, isMixed = false;
  let last = null, drawn = null;
  const counts = JSON.parse(data.counts);
  const touch = (event) => {
    touched = performance.now();
    isMixed ||= isLeaving && ["change", "keydown"].includes(event.type);
    if (!isLeaving || event.type !== "click") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const at = event.composedPath()[0];
    setTimeout(() => at.dispatchEvent(new event.constructor("click", event)), 0);
  };
  const press = (event) => { if (KEYS.includes(event.key)) touch(event); };
  const isAtRest = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
    && !document.querySelector("[data-testid=stSkeleton]");
  const tell = () => {
    const wait = QUIET - (performance.now() - touched);
    if (wait > 0 || !isAtRest()) { waiting = setTimeout(tell, Math.max(wait, LOOK)); return; }
    waiting = null;
    drawn = last;
    setTriggerValue("change", ++changes);
    isLeaving = true;
    setTimeout(() => {
      isLeaving = false;
      if (isMixed) setTriggerValue("whole", ++changes);
      isMixed = false;
    }, 0);
  };
  const print = () => {
    const counter = document.querySelector("[data-voted-in]");
    if (!counter || !last || last.round !== Number(counter.dataset.votedIn)) return;
    const number = counter.querySelector("[data-count=voted]"), bar = counter.querySelector("[data-bar]");
    if (!number || Number(number.textContent) >= last.voted) return;
    number.textContent = last.voted;
    counter.querySelectorAll("[data-circle]").forEach((one, place) => one.classList.toggle("filled", place < last.voted));
    if (bar) bar.style.width = `${Math.min(100, Math.round(100 * last.voted / Number(counter.dataset.people)))}%`;
  };
  // A page may be drawn of a moment just before what was printed.
  const reprint = new MutationObserver(print);
  reprint.observe(document.body, { childList: true, subtree: true });
  const hear = (kind, text) => {
    // A stream that is refused means that the sign-in has ended: the page finds that out when it is drawn.
    if (text === true && !waiting) tell();
    if (kind !== "change" || text === seen) return;
    seen = text;
    last = JSON.parse(seen);
    print();
    const isOfThePage = drawn === null && last.revision === data.revision;
    if (isOfThePage) drawn = last;
    const isCount = isOfCounts(counts, last, drawn);
    const longest = isOfThePage ? LONGEST : Math.min(LONGEST, PER_PERSON * last.people);
    if (isCount && data.gentle) return;
    const rest = isCount ? longest : data.gentle ? Math.random() * longest : 0;
    if (waiting && rest) return;
    clearTimeout(waiting);
    if (rest) waiting = setTimeout(tell, rest); else tell();
  };
  for (const kind of TAPS) document.addEventListener(kind, touch, true);
  document.addEventListener("keydown", press, true);
  const silence = data.url ? followRoom(data.url, hear) : followBar(hear);
  return () => {
    for (const kind of TAPS) document.removeEventListener(kind, touch, true);
    document.removeEventListener("keydown", press, true);
    reprint.disconnect();
    clearTimeout(waiting);
    silence();
  };
}
