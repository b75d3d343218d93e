"""The thread as a picture: where things came from, the principles, their rounds and the agreements, in four columns.

Colours are those of `looks.md` ("Chart language"): nodes in ink, ribbons pale, and the one thread that is chosen in the
accent with an edge. A ribbon is as wide as the number of proposals that it carries.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from textwrap import wrap

import plotly.graph_objects as go

from exports.charts import INK, LETTERS
from exports.language import translations
from exports.sentences.thread import origin_name, round_words
from models.threads.threads import Thread

HAIR, LINE, INK_2 = "#D3DAD3", "#74827A", "#3B4A43"
ACCENT_30 = "rgba(23, 81, 63, 0.3)"
# Behind words, so that the edges of ribbons do not strike them through.
HALO = "rgba(255, 255, 255, 0.6)"
# Where a column begins, as a share of the width, and how many letters a line of its words may have. Plotly takes a
# place of exactly 0 for no place.
ORIGIN, PRINCIPLE, ROUND, AGREEMENT = range(4)
BEGINS = (0.005, 0.205, 0.525, 0.715)
LETTERS_IN_A_LINE = (24, 38, 26, 33)
NODE_WIDTH = 12
# Two lines of words take the height of a gap and a narrow ribbon.
GAP, NARROWEST_RIBBON, HEAD, FOOT = 36, 6, 30, 22
# Ribbons take no more of the height than this, where a few proposals stand beside very many.
TALLEST = 600

Node = tuple[int, str]
"""A column, and what is at hand in it."""


@dataclass
class _Picture:
    """Nodes with their words in the order of drawing, and how many proposals each ribbon carries."""

    words: dict[Node, str] = field(default_factory=dict)
    ribbons: dict[tuple[Node, Node], float] = field(default_factory=dict)
    chosen: set[tuple[Node, Node]] = field(default_factory=set)


def thread_chart(threads: Sequence[Thread], chosen: Thread | None, language: str) -> go.Figure | None:
    """Return the threads as a Sankey diagram with `chosen` coloured, or None where there are none."""
    picture = _picture(threads, chosen, language)
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
                "x": [BEGINS[column] for column, _ in nodes],
                "y": [places[node] / height for node in nodes],
                "label": [""] * len(nodes),
                "color": INK,
                "line": {"width": 0},
                "thickness": NODE_WIDTH,
                "pad": GAP,
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
        _write(figure, node[0], 1 - places[node] / height, words, yanchor="middle")
    for column, head in enumerate(_heads(language)):
        _write(figure, column, 1, head, yanchor="bottom", is_head=True)
    return figure


def _picture(threads: Sequence[Thread], chosen: Thread | None, language: str) -> _Picture:
    _ = translations(language).gettext
    picture = _Picture()
    # Once for a principle, however many agreements its threads run on to.
    principle_widths: dict[tuple[Node, Node], int] = {}
    ends: dict[Node, list[Node]] = {}
    for thread in threads:
        origin = thread.came.origin
        way: list[Node] = [(ORIGIN, f"{origin.kind}:{origin.name}")]
        words = [origin_name(origin, language)]
        if thread.principle is not None:
            principle = thread.principle
            way += [(PRINCIPLE, str(principle.number)), (ROUND, str(principle.number))]
            words += [
                _("{number}. {text}").format(number=principle.number, text=principle.text),
                round_words(principle.round, language),
            ]
            principle_widths[way[0], way[1]] = max(thread.came.proposals, 1)
        if thread.agreement is not None:
            agreement = thread.agreement
            way.append((AGREEMENT, str(agreement.number)))
            words.append(_("{number}. {text}").format(number=agreement.number, text=agreement.what))
            ends.setdefault(way[-2], [])
            if way[-1] not in ends[way[-2]]:
                ends[way[-2]].append(way[-1])
        for node, said in zip(way, words, strict=True):
            picture.words.setdefault(node, _in_lines(said, LETTERS_IN_A_LINE[node[0]]))
        if chosen is not None and thread.key == chosen.key:
            picture.chosen = set(pairwise(way))
    for (origin_node, principle_node), proposals in principle_widths.items():
        round_node = (ROUND, principle_node[1])
        picture.ribbons[origin_node, principle_node] = proposals
        through = (principle_node, round_node)
        picture.ribbons[through] = picture.ribbons.get(through, 0) + proposals
    for start, agreements in ends.items():
        total = picture.ribbons[(PRINCIPLE, start[1]), start] if start[0] == ROUND else len(agreements)
        for end in agreements:
            picture.ribbons[start, end] = total / len(agreements)
    return picture


def _values(picture: _Picture) -> dict[Node, float]:
    """Return how many proposals pass each node."""
    coming, going = dict.fromkeys(picture.words, 0.0), dict.fromkeys(picture.words, 0.0)
    for (start, end), value in picture.ribbons.items():
        going[start] += value
        coming[end] += value
    return {node: max(coming[node], going[node]) for node in picture.words}


def _scale(picture: _Picture, values: dict[Node, float]) -> tuple[float, int]:
    """Return how many pixels Plotly gives one proposal, and the height of the picture in pixels.

    Plotly fits the fullest of its own columns into the height, less the gaps; a node without a ribbon at its right
    stands in the last one of those (d3-sankey, `justify`), wherever we draw it.
    """
    starts = {start for start, _ in picture.ribbons}
    last = max(column for column, _ in values)
    columns: dict[int, list[float]] = {}
    for node, value in values.items():
        columns.setdefault(node[0] if node in starts else last, []).append(value)
    fullest = max(len(column) for column in columns.values())
    most = max(sum(column) for column in columns.values())
    smallest = min(picture.ribbons.values())
    # Plotly narrows gaps that would take more than two thirds of the height.
    ribbons = max(min(NARROWEST_RIBBON / smallest * most, TALLEST), GAP * fullest)
    height = round((fullest - 1) * GAP + ribbons)
    unit = min((height - (len(column) - 1) * GAP) / sum(column) for column in columns.values())
    return unit, height


def _places(picture: _Picture, values: dict[Node, float], unit: float, height: int) -> dict[Node, float]:
    """Return where the middle of each node stands, in pixels from the top; a column is spread over the height."""
    places: dict[Node, float] = {}
    for column in (ORIGIN, PRINCIPLE, ROUND, AGREEMENT):
        nodes = [node for node in picture.words if node[0] == column]
        free = height - sum(values[node] for node in nodes) * unit
        top = free / 2 if len(nodes) == 1 else 0
        for node in nodes:
            size = values[node] * unit
            # Plotly takes a place of exactly 0 for no place.
            places[node] = max(top + size / 2, 1)
            top += size + (free / (len(nodes) - 1) if len(nodes) > 1 else 0)
    return places


def _heads(language: str) -> list[str]:
    _ = translations(language).gettext
    return [_("Where it came from"), _("Principle"), _("Round"), _("Agreement")]


def _in_lines(text: str, letters: int) -> str:
    """Return a text in at most two lines, as Plotly writes them; it wraps nothing itself, and reads HTML."""
    lines = wrap(text, letters, max_lines=2, placeholder=" …")
    return "<br>".join(escape(line, quote=False) for line in lines)


def _write(
    figure: go.Figure, column: int, height: float, words: str, *, yanchor: str, is_head: bool = False
) -> None:
    figure.add_annotation(
        x=BEGINS[column],
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
