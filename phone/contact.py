"""The alliance's contact as links that a phone can act on."""

import re

from markupsafe import Markup, escape

_CONTACT = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<web>https?://[^\s<>\"',;]+)"
    r"|(?P<phone>(?<![\w+])(?:\+|0)\d(?:[ -]?\d){6,13}(?!\w))"
)


def contact_links(contact: str) -> Markup:
    """Return `contact` with its mail addresses, web addresses and telephone numbers as links."""
    parts, start = [], 0
    for found in _CONTACT.finditer(contact):
        parts.append(escape(contact[start : found.start()]))
        text = found.group()
        if found["mail"]:
            target = f"mailto:{text}"
        elif found["web"]:
            target = text
        else:
            target = "tel:" + re.sub(r"[ -]", "", text)
        parts.append(Markup('<a class="link" href="{}">{}</a>').format(target, text))
        start = found.end()
    parts.append(escape(contact[start:]))
    return Markup("").join(parts)
