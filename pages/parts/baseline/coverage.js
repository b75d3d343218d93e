// The matrix is drawn by the server; an empty place in it tells on which side somebody has to be heard.
export default function ({ data, parentElement, setTriggerValue }) {
  if (parentElement.drawn !== data.html) {
    parentElement.drawn = data.html;
    parentElement.innerHTML = data.html;
  }
  parentElement.onclick = (event) => {
    const place = event.target.closest("[data-side]");
    if (place) setTriggerValue("side", place.dataset.side);
  };
}
