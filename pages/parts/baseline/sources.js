// The list is drawn by the server; a press on a row's button tells which source to open.
export default function ({ data, parentElement, setTriggerValue }) {
  if (parentElement.drawn !== data.html) {
    parentElement.drawn = data.html;
    parentElement.innerHTML = data.html;
  }
  parentElement.onclick = (event) => {
    const way = event.target.closest("[data-source]");
    if (way) setTriggerValue("open", way.dataset.source);
  };
}
