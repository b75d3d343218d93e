"""What every chart shares: marks, patterns, letters, and a figure with nothing on it."""

from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from exports.drawings import NO_DOTS
from models.voting.methods.method import Mark

CHART_CONFIG: dict[str, Any] = {"displayModeBar": False, "staticPlot": True}

INK, PAPER, LINE, ACCENT = "#12241D", "#FFFFFF", "#74827A", "#17513F"
FILLS: dict[str, str] = {
    Mark.AGREE: "#2F7BC2",
    Mark.NEUTRAL: PAPER,
    Mark.CONCERN: "#F2BE3C",
    Mark.OBJECTION: "#7D1A1E",
    Mark.DOT: ACCENT,
    NO_DOTS: PAPER,
}
SYMBOLS: dict[str, str] = {
    Mark.AGREE: "circle",
    Mark.NEUTRAL: "square-dot",
    Mark.CONCERN: "triangle-up",
    Mark.OBJECTION: "diamond",
    Mark.DOT: "circle",
    NO_DOTS: "circle",
}
PATTERNS: dict[str, dict[str, Any]] = {
    Mark.AGREE: {"shape": ""},
    Mark.NEUTRAL: {"shape": ".", "fgcolor": INK, "bgcolor": PAPER, "size": 8, "solidity": 0.25},
    Mark.CONCERN: {"shape": "/", "fgcolor": INK, "bgcolor": "#F2BE3C", "size": 9, "solidity": 0.25},
    Mark.OBJECTION: {"shape": "\\", "fgcolor": PAPER, "bgcolor": "#7D1A1E", "size": 9, "solidity": 0.25},
    Mark.DOT: {"shape": ""},
    NO_DOTS: {"shape": ""},
}
HIDDEN = {"shape": "/", "fgcolor": LINE, "bgcolor": PAPER, "size": 12, "solidity": 0.12}
LETTERS = {"family": "Commissioner, sans-serif", "size": 16, "color": INK}
EDGE = {"color": INK, "width": 1.3}
LANE = 44
"""The height in pixels that one row of a chart takes."""
LEGEND_LINE = 28
# How wide a legend may be on the narrowest page, how wide a letter is, and what a shape and a gap take, in pixels.
_LEGEND_WIDTH, _LETTER, _SHAPE, _GAP = 400, 8.3, 24, 26
# The shapes of a legend in a square of 14 pixels, as corners up from its lower left one; a circle has none.
_CORNERS: dict[str, tuple[tuple[int, int], ...]] = {
    Mark.NEUTRAL: ((1, 1), (13, 1), (13, 13), (1, 13)),
    Mark.CONCERN: ((0, 1), (14, 1), (7, 13)),
    Mark.OBJECTION: ((7, 0), (14, 7), (7, 14), (0, 7)),
}


def prepare_charts() -> None:
    """Make a figure that nobody sees: Plotly reads most of itself at the first, and a room waited for it."""
    figure = empty_figure(height=LANE, room_at_right=0)
    figure.add_trace(bar(Mark.OBJECTION, [1], [0]))
    figure.add_trace(shape(Mark.OBJECTION, x=0, y=0))
    figure.add_shape(type="line", x0=0, x1=1, y0=0, y1=0, line={"color": INK})
    say(figure, "", x=0, y=0, font=LETTERS)
    figure.to_json()


def bar(look: str, lengths: Sequence[float], places: Sequence[float]) -> go.Bar:
    """Return horizontal bars in the colour and pattern of a mark."""
    return go.Bar(
        x=list(lengths),
        y=list(places),
        orientation="h",
        width=0.62,
        marker={
            "color": FILLS[look],
            "line": {"color": INK, "width": [EDGE["width"] if length else 0 for length in lengths]},
            "pattern": PATTERNS[look],
        },
    )


def hidden_bar(place: float, *, length: float, height: float = 0.62) -> go.Bar:
    """Return the striped line of what fewer than 5 people voted on."""
    return go.Bar(
        x=[length],
        y=[place],
        orientation="h",
        width=height,
        marker={"color": PAPER, "line": {"color": LINE, "width": 1.3}, "pattern": HIDDEN},
    )


def shape(look: str, *, x: float, y: float) -> go.Scatter:
    """Return the shape of a mark."""
    return go.Scatter(
        x=[x],
        y=[y],
        mode="markers",
        marker={"symbol": SYMBOLS[look], "size": 14, "color": FILLS[look], "line": EDGE},
        cliponaxis=False,
    )


def say(figure: go.Figure, words: str, *, x: float, y: float, **more: Any) -> None:
    """Write words on a figure, to the right of a place. `words` may hold Plotly's own tags, nothing typed."""
    figure.add_annotation(**{"x": x, "y": y, "text": words, "xanchor": "left", "showarrow": False, **more})


def in_lines(name: str, longest: int = 22) -> str:
    """Break a long name near its middle: Plotly does not wrap labels, and reads them as HTML."""
    if len(name) <= longest or " " not in name:
        return escape(name, quote=False)
    spaces = [place for place, letter in enumerate(name) if letter == " "]
    middle = min(spaces, key=lambda place: abs(place - len(name) / 2))
    return f"{escape(name[:middle], quote=False)}<br>{escape(name[middle + 1 :], quote=False)}"


def empty_figure(*, height: int, room_at_right: int, room_above: int = 4) -> go.Figure:
    """Return a figure without anything on it; `room_at_right` are the pixels that its numbers take."""
    figure = go.Figure()
    figure.update_layout(
        template="none",
        font=LETTERS,
        height=height,
        showlegend=False,
        margin={"l": 8, "r": room_at_right, "t": room_above, "b": 4},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(
        showgrid=False,
        zeroline=False,
        showline=False,
        ticks="",
        fixedrange=True,
        automargin=True,
        ticklabelstandoff=8,
    )
    return figure


def legend_lines(labels: Sequence[tuple[str, str]]) -> list[list[tuple[str, str, float]]]:
    """Return looks and words in lines that fit the narrowest page, each with its distance from the left in pixels."""
    lines: list[list[tuple[str, str, float]]] = [[]]
    left = 0.0
    for look, label in labels:
        width = _SHAPE + len(label) * _LETTER + _GAP
        if lines[-1] and left + width - _GAP > _LEGEND_WIDTH:
            lines.append([])
            left = 0.0
        lines[-1].append((look, label, left))
        left += width
    return lines


def draw_legend(figure: go.Figure, labels: Sequence[tuple[str, str]]) -> None:
    """Draw shapes and words above a figure, and make room for them there."""
    lines = legend_lines(labels)
    room = len(lines) * LEGEND_LINE
    figure.update_layout(margin={"t": room + 4}, height=figure.layout.height + room)
    for place, line in enumerate(lines):
        height = room - (place + 0.5) * LEGEND_LINE
        for look, label, left in line:
            _draw_shape(figure, look, left, height)
            say(
                figure,
                label,
                x=0,
                y=1,
                xref="paper",
                yref="paper",
                xshift=left + _SHAPE - 4,
                yshift=height,
                yanchor="middle",
            )


def _draw_shape(figure: go.Figure, look: str, left: float, height: float) -> None:
    """Draw the shape of a mark at a place in pixels from the upper left corner of what is drawn."""
    anchor: dict[str, Any] = {"xref": "paper", "yref": "paper", "xanchor": 0, "yanchor": 1}
    pixels = {"xsizemode": "pixel", "ysizemode": "pixel"}
    lower = height - 7
    corners = [f"{left + right:g} {lower + up:g}" for right, up in _CORNERS.get(look, ())]
    if corners:
        path = f"M{'L'.join(corners)}Z"
        figure.add_shape(type="path", path=path, line=EDGE, fillcolor=FILLS[look], **anchor, **pixels)
    circles = [] if corners else [(0, 14, FILLS[look])]
    if look == Mark.NEUTRAL:
        circles.append((6, 8, INK))
    for start, end, colour in circles:
        figure.add_shape(
            type="circle",
            x0=left + start,
            x1=left + end,
            y0=lower + start,
            y1=lower + end,
            line=EDGE,
            fillcolor=colour,
            **anchor,
            **pixels,
        )
