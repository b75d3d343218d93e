const LOOK = 50, LOOKS = 100;

const headingOf = (card, number) =>
  document.querySelector(`[data-about="${number}"]`)?.closest(`.st-key-${card}`)?.querySelector("h2");
// On a narrow screen what one chose stands below the list: it comes into sight, and reading goes on there.
const standsBelow = (card, list) => {
  const place = document.querySelector(`.st-key-${card}`)?.getBoundingClientRect();
  return Boolean(place) && place.left < list.getBoundingClientRect().right;
};
const showCard = (card, number, looked = 0) => {
  const heading = headingOf(card, number);
  if (!heading) {
    if (looked < LOOKS) setTimeout(() => showCard(card, number, looked + 1), LOOK);
    return;
  }
  heading.tabIndex = -1;
  heading.closest(`.st-key-${card}`).scrollIntoView({ block: "start" });
  heading.focus({ preventScroll: true });
};

export default function ({ data, parentElement, setTriggerValue }) {
  const button = (number) => parentElement.querySelector(`[data-choose="${number}"]`);
  const mark = (number) => {
    for (const row of parentElement.querySelectorAll("[data-row]")) {
      const isChosen = row.dataset.row === String(number);
      row.classList.toggle("chosen", isChosen);
      row.querySelector("button").setAttribute("aria-pressed", String(isChosen));
    }
  };
  if (parentElement.drawn !== data.html) {
    const held = document.activeElement?.dataset?.choose;
    const open = [...parentElement.querySelectorAll("details[open]")].map((fold) => fold.dataset.fold);
    parentElement.drawn = data.html;
    parentElement.innerHTML = data.html;
    for (const fold of open) parentElement.querySelector(`[data-fold="${fold}"]`)?.setAttribute("open", "");
    if (held) button(held)?.focus({ preventScroll: true });
  }
  mark(data.chosen);
  parentElement.onclick = (event) => {
    const row = event.target.closest("[data-row]");
    // Who selects a word to copy it has not chosen a row.
    if (!row || (!event.target.closest("button") && String(getSelection()))) return;
    const number = Number(row.dataset.row);
    mark(number);
    setTriggerValue("chosen", number);
    if (standsBelow(data.card, parentElement)) showCard(data.card, number);
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
