// The focus goes on from where it was, when what held it has left the page. A button that opens or closes a round is
// gone with what it did, and Streamlit leaves the focus on the whole document: the next Tab begins at the top, and a
// screen reader says nothing.
//
// What was drawn anew in the same place gets the focus back. Else the nearest heading around that place does, so that
// one hears where one is. Nothing scrolls, and whoever has gone on to something else is left there.
(() => {
  const KEYED = '[class*="st-key-"]', LOOK = 150;
  const FOCUSABLE = "button:not(:disabled), a[href], input, textarea";

  let held = null, places = [], waiting = 0;
  const note = (event) => {
    held = event.target;
    places = [];
    for (let box = held.closest?.(KEYED); box; box = box.parentElement?.closest(KEYED)) {
      places.push([...box.classList].find((name) => name.startsWith("st-key-")));
    }
  };
  const isLost = () => held && !held.isConnected && document.activeElement === document.body;
  const isAtRest = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning";
  const mend = () => {
    waiting = 0;
    if (!isLost()) return;
    if (!isAtRest()) { look(); return; }
    const boxes = places.map((place) => document.querySelector(`.${CSS.escape(place)}`));
    const again = boxes[0]?.querySelector(FOCUSABLE);
    const heading = boxes.map((box) => box?.querySelector("h1, h2, h3")).find((found) => found?.offsetParent)
      ?? document.querySelector("[data-testid=stMain] h1");
    held = null;
    if (!again && !heading) return;
    if (!again) heading.tabIndex = -1;
    (again ?? heading).focus({ preventScroll: true });
  };
  const look = () => { waiting = waiting || setTimeout(mend, LOOK); };
  const observer = new MutationObserver(() => { if (isLost()) look(); });
  document.addEventListener("focusin", note);
  observer.observe(document, { childList: true, subtree: true });
})();
