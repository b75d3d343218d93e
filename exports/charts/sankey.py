"""A thread as a Sankey diagram: columns of nodes with their words beside them, and ribbons from one to the next.

Colours are those of `looks.md` ("Chart language"): nodes in ink, ribbons pale, and the one thread that is chosen in the
accent with an edge. Plotly draws the nodes and ribbons; we say where each node stands, and write its words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from textwrap import wrap

import plotly.graph_objects as go

from exports.charts import INK, LETTERS

HAIR, LINE, INK_2 = "#D3DAD3", "#74827A", "#3B4A43"
ACCENT_30 = "rgba(23, 81, 63, 0.3)"
# Behind words, so that the edges of ribbons do not strike them through.
HALO = "rgba(255, 255, 255, 0.6)"
NODE_WIDTH = 12
NARROWEST_RIBBON, HEAD, FOOT = 6, 30, 22
# Ribbons take no more of the height than this, where a few proposals stand beside very many.
TALLEST = 600

Node = tuple[int, str]
"""A column, and what is at hand in it."""


@dataclass(frozen=True)
class Columns:
    """Where each column begins, as a share of the width, and how many letters a line of its words may have.

    Plotly takes a place of exactly 0 for no place. A `gap` takes the height of `lines` of words, less a narrow ribbon.
    """

    begins: Sequence[float]
    letters: Sequence[int]
    lines: int
    gap: int


@dataclass
class Picture:
    """Nodes with their words in the order of drawing, how much each ribbon carries, and which are chosen."""

    columns: Columns
    words: dict[Node, str] = field(default_factory=dict)
    ribbons: dict[tuple[Node, Node], float] = field(default_factory=dict)
    chosen: set[tuple[Node, Node]] = field(default_factory=set)

    def say(self, node: Node, words: str) -> None:
        """Give a node its words, the first time that it is met."""
        self.words.setdefault(node, self._in_lines(words, self.columns.letters[node[0]]))

    def carry(self, start: Node, end: Node, value: float) -> None:
        """Let a ribbon carry this much more."""
        self.ribbons[start, end] = self.ribbons.get((start, end), 0) + value

    def _in_lines(self, text: str, letters: int) -> str:
        """Return a text in a few lines, as Plotly writes them; it wraps nothing itself, and reads HTML."""
        lines = wrap(text, letters, max_lines=self.columns.lines, placeholder=" …")
        return "<br>".join(escape(line, quote=False) for line in lines)


def sankey(picture: Picture, heads: Sequence[str]) -> go.Figure | None:
    """Return a picture as a figure, `heads` above its columns; None where nothing is carried anywhere."""
    if not picture.ribbons:
        return None
    values = _values(picture)
    unit, height = _scale(picture, values)
    places = _places(picture, values, unit, height)
    nodes = list(picture.words)
    numbers = {node: place for place, node in enumerate(nodes)}
    # In one order, whatever is chosen: Plotly lays ribbons beside each other as they come.
    ribbons = list(picture.ribbons)
    figure = go.Figure(
        go.Sankey(
            arrangement="fixed",
            node={
                "x": [picture.columns.begins[column] for column, _ in nodes],
                "y": [places[node] / height for node in nodes],
                "label": [""] * len(nodes),
                "color": INK,
                "line": {"width": 0},
                "thickness": NODE_WIDTH,
                "pad": picture.columns.gap,
            },
            link={
                "source": [numbers[start] for start, _ in ribbons],
                "target": [numbers[end] for _, end in ribbons],
                "value": [picture.ribbons[ribbon] for ribbon in ribbons],
                "color": [ACCENT_30 if ribbon in picture.chosen else HAIR for ribbon in ribbons],
                # One line for all: Plotly reads no list here. steps.css gives the chosen ones their edge.
                "line": {"color": LINE, "width": 0.75},
            },
        )
    )
    figure.update_layout(
        template="none",
        font=LETTERS,
        height=height + HEAD + FOOT,
        margin={"l": 0, "r": 0, "t": HEAD, "b": FOOT},
        paper_bgcolor="rgba(0,0,0,0)",
    )
    for node, words in picture.words.items():
        place = picture.columns.begins[node[0]]
        _write(figure, place, 1 - places[node] / height, words, yanchor="middle")
    for place, head in zip(picture.columns.begins, heads, strict=True):
        _write(figure, place, 1, head, yanchor="bottom", is_head=True)
    return figure


def _values(picture: Picture) -> dict[Node, float]:
    """Return how much passes each node."""
    coming, going = dict.fromkeys(picture.words, 0.0), dict.fromkeys(picture.words, 0.0)
    for (start, end), value in picture.ribbons.items():
        going[start] += value
        coming[end] += value
    return {node: max(coming[node], going[node]) for node in picture.words}


def _depths(picture: Picture) -> dict[Node, int]:
    """Return in which column Plotly puts each node itself: as far as its longest way from a beginning.

    A node without a ribbon at its right stands in the last one (d3-sankey, `justify`), wherever we draw it.
    """
    depths: dict[Node, int] = dict.fromkeys(picture.words, 0)
    for node in sorted(picture.words, key=lambda node: node[0]):
        for start, end in picture.ribbons:
            if start == node:
                depths[end] = max(depths[end], depths[node] + 1)
    starts = {start for start, _ in picture.ribbons}
    last = max(depths.values())
    return {node: depth if node in starts else last for node, depth in depths.items()}


def _scale(picture: Picture, values: dict[Node, float]) -> tuple[float, int]:
    """Return how many pixels Plotly gives one unit, and the height of the picture in pixels.

    Plotly fits the fullest of its own columns into the height, less the gaps; ours may be fuller.
    """
    gap = picture.columns.gap
    own: dict[int, list[float]] = {}
    drawn: dict[int, list[float]] = {}
    for node, depth in _depths(picture).items():
        own.setdefault(depth, []).append(values[node])
        drawn.setdefault(node[0], []).append(values[node])
    columns = [*own.values(), *drawn.values()]
    fullest = max(len(column) for column in columns)
    most = max(sum(column) for column in columns)
    smallest = min(picture.ribbons.values())
    # Plotly narrows gaps that would take more than two thirds of the height.
    ribbons = max(min(NARROWEST_RIBBON / smallest * most, TALLEST), gap * fullest)
    height = round((fullest - 1) * gap + ribbons)
    unit = min((height - (len(column) - 1) * gap) / sum(column) for column in own.values())
    return unit, height


def _places(picture: Picture, values: dict[Node, float], unit: float, height: int) -> dict[Node, float]:
    """Return where the middle of each node stands, in pixels from the top; a column is spread over the height."""
    places: dict[Node, float] = {}
    for column in range(len(picture.columns.begins)):
        nodes = [node for node in picture.words if node[0] == column]
        free = height - sum(values[node] for node in nodes) * unit
        top = free / 2 if len(nodes) == 1 else 0
        for node in nodes:
            size = values[node] * unit
            # Plotly takes a place of exactly 0 for no place.
            places[node] = max(top + size / 2, 1)
            top += size + (free / (len(nodes) - 1) if len(nodes) > 1 else 0)
    return places


def _write(
    figure: go.Figure, place: float, height: float, words: str, *, yanchor: str, is_head: bool = False
) -> None:
    figure.add_annotation(
        x=place,
        y=height,
        xref="paper",
        yref="paper",
        text=words,
        align="left",
        xanchor="left",
        xshift=-NODE_WIDTH / 2 if is_head else NODE_WIDTH / 2 + 8,
        yanchor=yanchor,
        showarrow=False,
        bgcolor=None if is_head else HALO,
        borderpad=1,
        font=LETTERS | {"color": INK_2, "size": 15} if is_head else LETTERS,
    )
