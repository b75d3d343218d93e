"""The marks of the sides on a page. Streamlit takes SVG out of HTML, so they come as images."""

from base64 import b64encode

from markupsafe import Markup

from exports.drawings import on_paper
from exports.drawings.sides import side_mark


def side_picture(side: str, *, size: int = 20) -> Markup:
    """Return the mark of a side, for beside its word; nothing for a source without one."""
    drawing = side_mark(side, size=size)
    if not drawing:
        return Markup("")
    source = b64encode(on_paper(drawing).encode()).decode()
    return Markup(
        '<img class="side-mark" alt="" width="{}" height="{}" src="data:image/svg+xml;base64,{}">'
    ).format(size, size, source)
