"""A button that copies a text. Most rooms reach a laptop by plain http, where scripts have no clipboard."""

from pages.parts.frame.component import component
from pages.parts.frame.words import gettext as _

_LINE = (
    '<div class="line"><button type="button"><span class="symbol" aria-hidden="true" translate="no"></span><b></b>'
    '</button><p role="status"></p></div>'
)
_component = component(
    "handslag_copy",
    __file__,
    html=_LINE,
)


def copy_button(label: str, text: str, *, key: str, icon: str = "") -> None:
    """Draw a button that copies `text`, and says whether that worked."""
    data = {
        "label": label,
        "icon": icon,
        "text": text,
        "copied": _("Copied."),
        "failed": _("Your browser does not let us copy. Choose the text and copy it yourself."),
    }
    _component(key=key, data=data)
