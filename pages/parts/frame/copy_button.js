export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button"), said = parentElement.querySelector("[role=status]");
  button.querySelector("b").textContent = data.label;
  button.querySelector(".symbol").textContent = data.icon;
  button.classList.toggle("wide", Boolean(data.icon));
  const byHand = () => {
    const field = document.createElement("textarea");
    field.value = data.text;
    field.setAttribute("readonly", "");
    field.style.cssText = "position:fixed;top:0;left:0;opacity:0";
    document.body.appendChild(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    button.focus({ preventScroll: true });
    return isCopied;
  };
  const tell = (isCopied) => {
    said.textContent = "";
    setTimeout(() => { said.textContent = isCopied ? data.copied : data.failed; }, 50);
  };
  button.onclick = () => {
    if (!navigator.clipboard || !window.isSecureContext) { tell(byHand()); return; }
    navigator.clipboard.writeText(data.text).then(() => tell(true), () => tell(byHand()));
  };
}
