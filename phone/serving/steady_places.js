// No button takes a click that was meant for another one. After a click the page changes, and the second click of a
// double click, or that of an impatient hand, lands on what stands in that place by then: "Open the round" becomes
// "Close the round and show the result". So a button that came, or got other words, under the place of the last click
// takes no click there for a second; likewise a button that the focus was moved to, for Enter and space.
//
// A button is known by its key and its words: Streamlit keeps an element and changes what stands on it, and two rows
// have buttons with the same words. Not by other classes: they change while a page that is slow is drawn.
(() => {
  const STILL = 1000, MOVES = ["Tab", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];
  const stood = new WeakMap(), known = new WeakMap();
  let last = null, movedAt = 0;

  const name = (button) => {
    const keyed = button.closest("[class*=st-key-]");
    const key = keyed ? [...keyed.classList].find((one) => one.startsWith("st-key-")) : "";
    return `${key} ${button.getAttribute("aria-label") ?? ""} ${button.textContent}`;
  };
  const look = () => {
    const now = performance.now();
    for (const button of document.querySelectorAll("[data-testid=stApp] button")) {
      const named = name(button);
      if (known.get(button) === named) continue;
      known.set(button, named);
      stood.set(button, now);
    }
  };
  const isUnder = (button) => {
    const box = button.getBoundingClientRect();
    return last.x >= box.left && last.x <= box.right && last.y >= box.top && last.y <= box.bottom;
  };
  const isMeant = (event, button) => {
    if (!last || last.named === name(button)) return true;
    const came = stood.get(button) ?? 0;
    // One that stood before has moved here, or what was scrolled: then only the second of a double click is not meant.
    if (came <= last.at) return event.detail < 2;
    if (performance.now() - came > STILL) return true;
    if (event.detail > 0) return !isUnder(button);
    // A key press has no place: the button changed under the focus, or got it from one that is gone.
    return !last.pressed || (last.pressed !== button && last.pressed.isConnected) || movedAt > last.at;
  };

  let waiting = 0;
  const soon = () => { waiting = waiting || requestAnimationFrame(() => { waiting = 0; look(); }); };
  const click = (event) => {
    const button = event.target.closest?.("button");
    look();
    if (button && !isMeant(event, button)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    last = {
      named: button ? name(button) : "", pressed: event.detail === 0 ? button : null,
      x: event.clientX, y: event.clientY, at: performance.now(),
    };
  };
  const move = (event) => { if (MOVES.includes(event.key)) movedAt = performance.now(); };
  new MutationObserver(soon).observe(document, { childList: true, subtree: true, characterData: true });
  window.addEventListener("click", click, true);
  window.addEventListener("keydown", move, true);
})();
