"""A button that copies a text. Most rooms reach a laptop by plain http, where scripts have no clipboard."""

import streamlit as st

from pages.parts.frame.words import gettext as _

_SCRIPT = """export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button"), said = parentElement.querySelector("[role=status]");
  button.querySelector("b").textContent = data.label;
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
}"""
_STYLE = """.line { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; }
button { font: inherit; font-size: 16px; min-height: 44px; padding: 8px 16px; border: 1px solid var(--line, #74827A);
  border-radius: 8px; background: #fff; color: #12241D; cursor: pointer; }
button b { font-weight: 600; }
button:focus-visible { outline: 3px solid #12241D; outline-offset: 2px; }
p { margin: 0; font-size: 16px; }"""
_component = st.components.v2.component(
    "handslag_copy",
    html='<div class="line"><button type="button"><b></b></button><p role="status"></p></div>',
    css=_STYLE,
    js=_SCRIPT,
)


def copy_button(label: str, text: str, *, key: str) -> None:
    """Draw a button that copies `text`, and says whether that worked."""
    data = {
        "label": label,
        "text": text,
        "copied": _("Copied."),
        "failed": _("Your browser does not let us copy. Choose the text and copy it yourself."),
    }
    _component(key=key, data=data)
