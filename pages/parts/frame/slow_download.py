"""A file that takes a while to make: the page says that it is being made, for how long, and when it is there."""

from collections.abc import Mapping
from urllib.parse import urlencode

from pages.parts.frame.component import component
from pages.parts.frame.words import gettext as _

_component = component(
    "handslag_slow_download",
    __file__,
    html=(
        '<div class="slow-download">'
        '<a><span class="symbol" aria-hidden="true" translate="no">download</span><b></b></a>'
        '<p class="waits" hidden><progress></progress> <span role="status"></span> <span aria-hidden="true"></span></p>'
        '<p role="alert"></p></div>'
    ),
    isolates_styles=False,
)


def slow_download(
    label: str, path: str, query: Mapping[str, str | int], *, key: str, is_primary: bool = False
) -> None:
    """Draw the link to a file that `download` would offer, where making it may take longer than two seconds.

    Whoever opens it in a tab of its own, or has no script, gets the same file without being told.
    """
    _component(
        key=key,
        width="content",
        data={
            "label": label,
            "address": f"/files/{path}" + (f"?{urlencode(query)}" if query else ""),
            "kind": "button primary download" if is_primary else "button download",
            "making": _("The file is being made. It is stored as soon as it is there."),
            "seconds": _("{seconds} seconds so far"),
            "done": _("The file is there."),
            "failed": _("The file did not come. Is there a connection? Try again."),
        },
    )
