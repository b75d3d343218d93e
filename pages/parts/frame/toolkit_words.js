export default function ({ data }) {
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
    // What it says when the server does not answer, or has no such page. The text inside changes, not the element: React holds on to it.
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
}
