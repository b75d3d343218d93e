"""Typing on without waiting: what is typed while a sheet is on its way comes after it, in the emptied fields."""

from pages.parts.frame.component import component

_component = component("handslag_quick_keys", __file__)


def quick_keys(*fields: str, attempt: str, is_stored: bool) -> None:
    """Lead the keys through the text fields with these keys, from the first at each new `attempt`.

    `is_stored` says whether the last attempt was stored, so that the fields are empty.
    """
    _component(key="quick_keys", data={"fields": list(fields), "attempt": attempt, "is_stored": is_stored})
