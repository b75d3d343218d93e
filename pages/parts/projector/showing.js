export default function ({ data, parentElement }) {
  if (parentElement.drawn !== data.html) {
    parentElement.drawn = data.html;
    parentElement.innerHTML = data.html;
  }
}
