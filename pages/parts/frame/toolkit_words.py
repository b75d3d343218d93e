"""The words that Streamlit itself puts on a page, in the page's language: most are heard only by screen readers.

Streamlit has no setting for them. It also reads labels aloud as they were written, escapes included.
"""

import json

import streamlit as st

from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language

_SCRIPT = r"""export default function ({ data }) {
  const words = JSON.parse(data.words), ESCAPED = /\\([!-/:-@[-`{-~])/g;
  const said = (text) => words[text] ?? text.replace(ESCAPED, "$1");
  const mend = () => {
    for (const element of document.querySelectorAll("[aria-label]")) {
      const now = element.getAttribute("aria-label"), wanted = said(now);
      if (wanted !== now) element.setAttribute("aria-label", wanted);
    }
    // An icon beside its own words is no second thing to hear.
    for (const icon of document.querySelectorAll('[role=img][aria-label$=" icon"]')) {
      icon.removeAttribute("aria-label");
      icon.removeAttribute("role");
      icon.setAttribute("aria-hidden", "true");
    }
    // The way past the menu, and what stands for the ear alone behind a link.
    for (const element of document.querySelectorAll("[data-testid=stSkipToContent], a[target=_blank] span")) {
      const text = element.firstChild;
      if (text?.nodeType === Node.TEXT_NODE && words[text.nodeValue]) text.nodeValue = words[text.nodeValue];
    }
    // How a date is written: the reader's language has its own letter for the year.
    for (const element of document.querySelectorAll("[data-testid=stDateInput] [data-placeholder]")) {
      const text = element.firstChild;
      if (text?.nodeType === Node.TEXT_NODE && words[text.nodeValue]) text.nodeValue = words[text.nodeValue];
    }
    // What it says when the server does not answer. The text inside changes, not the element: React holds on to it.
    for (const element of document.querySelectorAll("[role=dialog] h2, [role=dialog] h2 + div > div")) {
      const text = element.firstChild;
      if (text?.nodeType === Node.TEXT_NODE && words[text.nodeValue]) text.nodeValue = words[text.nodeValue];
    }
  };
  let waiting = 0;
  const look = () => { waiting = waiting || requestAnimationFrame(() => { waiting = 0; mend(); }); };
  const observer = new MutationObserver(look);
  observer.observe(document.body, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["aria-label"],
  });
  mend();
  return () => { observer.disconnect(); cancelAnimationFrame(waiting); };
}"""
_component = st.components.v2.component("handslag_words", js=_SCRIPT)


def toolkit_words() -> None:
    """Say Streamlit's own words in the language of this page. Call it once on every page."""
    # As text: a dictionary makes Streamlit load pandas, to see whether it holds a table. That is 68 MB.
    _component(key=f"toolkit_words_{language()}", data={"words": json.dumps(_words())})


def _words() -> dict[str, str]:
    return {
        "App pages": _("Pages"),
        "Main menu": _("Menu"),
        "Navigate to home page": _("To all alliances"),
        "Open": _("Open the list"),
        "Dismiss": _("Close the list"),
        "Clear value": _("Make empty"),
        "Clear all": _("Make empty"),
        "Increment": _("One more"),
        "Decrement": _("One less"),
        "Choose date": _("Choose a day"),
        "Skip to main content": _("Go to the text"),
        "(opens in new tab)": _("(opens in a new window)"),
        "yyyy": _("yyyy"),
        "Close": _("Close"),
        "Connection error": _("No connection for a moment"),
        "Streamlit server is not responding. Are you connected to the internet?": _(
            "This page goes on by itself when the connection is back. What was stored is still there."
        ),
    }
