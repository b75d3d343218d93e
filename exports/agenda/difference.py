"""What changed between two wordings, as safe HTML."""

import re
from difflib import SequenceMatcher
from html import escape


def marked_difference(before: str, after: str) -> str:
    """Return `after` as HTML: new words stand in `<ins>`, words of `before` that went in `<del>`."""
    old, new = _words(before), _words(after)
    parts: list[str] = []
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if kind == "equal":
            parts.append(escape(come))
            continue
        if gone:
            parts.append(f"<del>{escape(gone)}</del>")
        if come:
            parts.append(f"<ins>{escape(come)}</ins>")
    return "".join(parts)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", text)
