// It counts on by itself between two drawings; the server's clock counts, whatever the laptop's says or is set to.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".time-left"), [clock, words, blocks, card] = root.children;
  clearInterval(root.counting);
  const begun = performance.now();
  const show = () => {
    const left = Math.max(0, Math.ceil((data.ends - data.now - performance.now() + begun) / 1000));
    const minutes = Math.ceil(left / 60);
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    const told = left ? data.until : data.over;
    if (words.textContent !== told) words.textContent = told;
    if (blocks.dataset.shown !== `${minutes}/${data.minutes}`) {
      blocks.dataset.shown = `${minutes}/${data.minutes}`;
      blocks.replaceChildren(...Array.from({ length: Math.max(minutes, data.minutes) }, (_, place) =>
        Object.assign(document.createElement("i"), { className: place < minutes ? "on" : "" })));
    }
    root.classList.toggle("over", !left);
    if (!left) clearInterval(root.counting);
  };
  card.textContent = data.card;
  root.counting = setInterval(show, 250);
  show();
  return () => clearInterval(root.counting);
}
