"""Signs: icons, the mark, the shutters' band, a signature, a QR code."""

from collections.abc import Sequence

import segno

from exports.drawings.svg import coordinate, svg
from exports.icons import ICON_PATHS
from models.basics.words import ProgressState

SIGNATURE_BOX = (600, 200)
PROGRESS_ICONS = {
    ProgressState.TO_DO: "hourglass_top",
    ProgressState.BUSY: "play_arrow",
    ProgressState.DONE: "check_circle",
    ProgressState.STUCK: "error",
}
_QR_DARK = "#12241D"


def icon(name: str, *, label: str | None = None) -> str:
    """Return an icon in the colour and about the size of the text around it. KeyError for an unknown name."""
    return svg(
        f'<path d="{ICON_PATHS[name]}"/>',
        view="0 -960 960 960",
        size=("1.25em", "1.25em"),
        label=label,
        attributes=' class="i" fill="currentColor"',
    )


def mark_svg(*, label: str | None = None, is_two_coloured: bool = False) -> str:
    """Return the mark of Handslag; the right half in brick only where it stands on the bar."""
    right = ' fill="var(--brick)"' if is_two_coloured else ""
    body = (
        '<path d="M2 6a3 3 0 0 1 6 0v4h11.5a2.5 2.5 0 0 1 0 5H8v11a3 3 0 0 1-6 0z"/>'
        f'<path d="M30 26a3 3 0 0 1-6 0v-4H12.5a2.5 2.5 0 0 1 0-5H24V6a3 3 0 0 1 6 0z"{right}/>'
    )
    return svg(
        body, view="0 0 32 32", size=("32", "32"), label=label, attributes=' class="mark" fill="currentColor"'
    )


def shutter_svg(width: int, height: int) -> str:
    """Return the painted shutters' band: hourglasses in tiles twice as wide as high. Decoration only."""
    half = coordinate(height / 2)
    glasses = "".join(
        f"M{left} 0h{height}l-{half} {half}zM{left} {height}h{height}l-{half} -{half}z"
        for left in (coordinate(tile + height / 2) for tile in range(0, width, 2 * height))
    )
    body = (
        f'<path fill="var(--brick)" d="M0 0h{width}v{height}h-{width}z"/>'
        f'<path fill="var(--band-a)" d="{glasses}"/>'
    )
    return svg(body, view=f"0 0 {width} {height}", size=(str(width), str(height)))


def signature_svg(strokes: Sequence[Sequence[int]], *, label: str | None = None) -> str:
    """Return a drawn signature. `strokes` are lists `[x, y, x, y, …]` of whole numbers in a box of 600 by 200."""
    width, height = SIGNATURE_BOX
    body = (
        f'<path d="{"".join(_pen(stroke) for stroke in strokes)}" fill="none" stroke="var(--ink)" '
        'stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/>'
    )
    return svg(
        body,
        view=f"0 0 {width} {height}",
        size=(str(width), str(height)),
        label=label,
        attributes=' class="pen" preserveAspectRatio="xMinYMid meet"',
    )


def qr_svg(url: str, *, label: str, size: int = 264) -> str:
    """Return a QR code for `url`, always dark on white, with its quiet zone. `label` says where it leads."""
    code = segno.make(url, error="m", micro=False)
    quiet = code.default_border_size
    side = len(code.matrix) + 2 * quiet
    runs = "".join(_dark_runs(row, quiet, line) for line, row in enumerate(code.matrix, start=quiet))
    body = f'<path fill="#FFFFFF" d="M0 0h{side}v{side}h-{side}z"/><path fill="{_QR_DARK}" d="{runs}"/>'
    return svg(
        body,
        view=f"0 0 {side} {side}",
        size=(str(size), str(size)),
        label=label,
        attributes=' class="qr-code" shape-rendering="crispEdges"',
    )


def _pen(stroke: Sequence[int]) -> str:
    """Return one stroke as path data; a single point becomes a dot, an odd number at the end is left out."""
    points = list(zip(stroke[::2], stroke[1::2], strict=False))
    if not points:
        return ""
    first, *others = [f"{int(x)} {int(y)}" for x, y in points]
    return f"M{first}" + ("".join(f"L{point}" for point in others) or "h0")


def _dark_runs(row: Sequence[int], left: int, top: int) -> str:
    """Return one line of modules as rectangles, one for each run of dark ones."""
    path, start = "", None
    for x, module in enumerate([*row, 0]):
        if module and start is None:
            start = x
        elif not module and start is not None:
            path += f"M{left + start} {top}h{x - start}v1h-{x - start}z"
            start = None
    return path
