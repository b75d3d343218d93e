"""What every drawing is made of: one element without style and id, sizes as short numbers, colours as variables."""

import re
from html import escape

PAPER_COLOURS = {
    "ground": "#F1F4EF",
    "paper": "#FFFFFF",
    "ink": "#12241D",
    "ink-2": "#3B4A43",
    "line": "#74827A",
    "hair": "#D3DAD3",
    "accent": "#17513F",
    "brick": "#E8BFA6",
    "band-a": "#17513F",
    "agree": "#2F7BC2",
    "concern": "#F2BE3C",
    "object": "#7D1A1E",
    "edge": "#12241D",
    "neutral": "#A9B3AC",
    "heat-2": "#C7DDF0",
    "heat-3": "#9CC4E6",
    "tint": "#DCEAE1",
}


def on_paper(drawing: str, accent: str | None = None) -> str:
    """Return `drawing` with the light colours written out, for readers without style sheets (resvg, Word).

    `accent` is an alliance's own colour (`#RRGGBB`), which stands in for ours.
    """
    colours = PAPER_COLOURS if accent is None else PAPER_COLOURS | {"accent": accent, "band-a": accent}
    plain = re.sub(r"var\(--[a-z]+, (var\(--[a-z0-9-]+\))\)", r"\1", drawing)
    filled = re.sub(r"var\(--([a-z0-9-]+)\)", lambda found: colours[found[1]], plain)
    return filled.replace("currentColor", colours["accent"])


def svg(
    body: str, *, view: str, size: tuple[str, str], label: str | None = None, attributes: str = ""
) -> str:
    """Return a drawing. With a `label` it is an image with that text; without one it is hidden from screen readers."""
    spoken = 'aria-hidden="true"' if label is None else f'role="img" aria-label="{escape(label)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" width="{size[0]}" height="{size[1]}"'
        f"{attributes} {spoken}>{body}</svg>"
    )


def coordinate(value: float) -> str:
    """Return a coordinate with at most two decimals and nothing superfluous."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def stroke_of(height: float) -> float:
    """Return the outline that fits a mark or bar of this height: 1.3 px small, 3 to 5 px on the projector."""
    return min(5.0, max(1.3, height * 0.07))
