const NARROW = "(max-width: 640px)", LOOK = 50, LOOKS = 100;

// On a narrow screen what one chose stands below the list: it comes into sight, and reading goes on there.
const showCard = (number, looked = 0) => {
  const card = document.querySelector(`[data-call-of="${number}"]`)?.closest(".st-key-card_call");
  const heading = card?.querySelector("h2");
  if (!heading) {
    if (looked < LOOKS) setTimeout(() => showCard(number, looked + 1), LOOK);
    return;
  }
  heading.tabIndex = -1;
  card.scrollIntoView({ block: "start" });
  heading.focus({ preventScroll: true });
};

export default function ({ data, parentElement, setTriggerValue }) {
  const button = (number) => parentElement.querySelector(`[data-choose="${number}"]`);
  const mark = (number) => {
    for (const row of parentElement.querySelectorAll("[data-agreement]")) {
      const isChosen = row.dataset.agreement === String(number);
      row.classList.toggle("chosen", isChosen);
      row.querySelector("button").setAttribute("aria-pressed", String(isChosen));
    }
  };
  if (parentElement.drawn !== data.html) {
    const held = document.activeElement?.dataset?.choose;
    parentElement.drawn = data.html;
    parentElement.innerHTML = data.html;
    if (held) button(held)?.focus({ preventScroll: true });
  }
  mark(data.chosen);
  parentElement.onclick = (event) => {
    const row = event.target.closest("[data-agreement]");
    // Who selects a word to copy it has not chosen a row.
    if (!row || (!event.target.closest("button") && String(getSelection()))) return;
    const number = Number(row.dataset.agreement);
    mark(number);
    setTriggerValue("chosen", number);
    if (matchMedia(NARROW).matches) showCard(number);
  };
  const back = (event) => {
    if (!event.target.closest?.(".back-to-list")) return;
    const chosen = parentElement.querySelector(".chosen button");
    chosen?.scrollIntoView({ block: "center" });
    chosen?.focus({ preventScroll: true });
  };
  document.addEventListener("click", back);
  return () => document.removeEventListener("click", back);
}
