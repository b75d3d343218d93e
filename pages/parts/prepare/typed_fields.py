"""Acting with typed fields, and naming the field that stands in the way."""

from collections.abc import Callable
from typing import Any

from pages.parts.frame.acting import Acted, act, refuse_with
from pages.parts.home.alliance_fields import TYPING_ERRORS, what_is_missing


def act_on_fields(action: Callable[..., Any], **arguments: Any) -> Acted:
    """Do `action` like `act`, and name the typed field that stands in the way."""
    acted = act(action, handled=TYPING_ERRORS, **arguments)
    if acted.error is not None:
        refuse_with(what_is_missing(acted.error))
    return acted
