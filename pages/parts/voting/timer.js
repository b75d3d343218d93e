// It counts on by itself between two drawings; the server's clock counts, whatever the laptop's says or is set to.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".left");
  clearInterval(root.counting);
  const begun = performance.now();
  const show = () => {
    const left = Math.max(0, Math.ceil((data.ends - data.now - performance.now() + begun) / 1000));
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    root.textContent = left ? data.words.replace("{time}", clock) : data.over;
    root.classList.toggle("over", !left);
    if (!left) clearInterval(root.counting);
  };
  root.counting = setInterval(show, 250);
  show();
  return () => clearInterval(root.counting);
}
