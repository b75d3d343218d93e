"""The alliance's contact as links that a phone can act on."""

import re

from markupsafe import Markup, escape

# What looks like a telephone number and is none comes first, so that it is passed by: bank accounts, numbers of
# companies and people (also after "nummer"), days.
_CONTACT = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<web>(?:https?://|(?<![\w@.])www\.(?=[\w-]+\.))[^\s<>\"]+)"
    r"|(?P<none>\b[A-Za-z]{2}\d{2}[ ]?[A-Za-z]{4}(?:[ ]?\d){6,16}"
    r"|\b(?:kvk|k\.v\.k\.|btw|vat|rsin|bsn|oin|anbi|rechtspersoon)"
    r"(?:[\s:.-]|nummer|nr|no)*[A-Za-z]{0,2}\d[\d. ]*(?:B\d\d)?"
    r"|(?<!\d)\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?!\d)(?![-./ ]?\d{3}))"
    r"|(?P<phone>(?<![\w+/])(?:(?:\+|00)[1-9]|\(0|0\d|14[ ]?0\d)[\d \u00a0().\-/]*\d(?!\w))",
    re.IGNORECASE,
)
_NO_DIGITS = re.compile(r"\D")
# Behind an address in a sentence; a bracket belongs to it only where it was opened inside it.
_ENDS = ".,;:!?'’”»…"


def contact_links(contact: str) -> Markup:
    """Return `contact` with its mail addresses, web addresses and telephone numbers as links."""
    parts, start = [], 0
    for found in _CONTACT.finditer(contact):
        text, target = found.group(), None
        if found["mail"]:
            target = f"mailto:{text}"
        elif found["web"]:
            text = _without_end(text)
            target = text if "://" in text else f"https://{text}"
        elif found["phone"]:
            target = _dialled(text)
        if target is None:
            continue
        parts.append(escape(contact[start : found.start()]))
        parts.append(Markup('<a class="link" href="{}">{}</a>').format(target, text))
        start = found.start() + len(text)
    parts.append(escape(contact[start:]))
    return Markup("").join(parts)


def _without_end(address: str) -> str:
    """Return a web address without the signs of the sentence around it."""
    while address and (
        address[-1] in _ENDS or (address[-1] == ")" and address.count("(") < address.count(")"))
    ):
        address = address[:-1]
    return address


def _dialled(text: str) -> str | None:
    """Return what to dial, or None where it is no telephone number.

    Abroad 8 to 15 digits (ITU-T E.164); here ten from 0, eight or eleven of 0800, 0900, 0906 and 0909, and 14 with an
    area code, the number of a municipality.
    """
    is_abroad = text.startswith(("+", "00"))
    digits = _NO_DIGITS.sub("", re.sub(r"\(0\)", "", text) if is_abroad else text)
    if is_abroad:
        number = digits.removeprefix("00") if text.startswith("00") else digits
        return f"tel:+{number}" if 8 <= len(number) <= 15 else None
    is_service = digits.startswith(("0800", "0900", "0906", "0909")) and len(digits) in (8, 11)
    is_town = digits.startswith("14") and len(digits) in (5, 6)
    return f"tel:{digits}" if len(digits) == 10 or is_service or is_town else None
