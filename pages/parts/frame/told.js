// A region for screen readers has to stand on the page before it says something. It is not drawn: what it says stands
// at the foot. The same words twice in a row are told twice.
export default function ({ data, parentElement }) {
  const region = parentElement.querySelector("p");
  if (region.number === data.number) return;
  region.number = data.number;
  region.textContent = data.said;
}
