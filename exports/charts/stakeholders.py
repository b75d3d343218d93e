"""Who matters in a place, as a map: how much it touches a party to the right, how much influence it has upwards.

Only the corner of who is touched much and has little influence is tinted. Parties at the same place are moved apart;
where more stand than one can read, their marks stand close together and a word says how many: the table names them.
"""

from collections.abc import Sequence
from html import escape
from math import ceil, sqrt
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from exports.charts.canvas import ACCENT, INK, LETTERS, LINE, PAPER
from exports.language import translations
from models.alliance.stakeholders import LITTLE_INFLUENCE, MUCH_TOUCHED, StakeholderRow
from models.basics.text import shortened
from models.basics.words import Attitude
from models.tables.plan import HIGHEST, LOWEST

HEIGHT = 560
HAIR, TINT = "#D3DAD3", "#DCEAE1"
# Of so many at one place each has its name beside it; alone it has it below.
MOST_NAMED = 3
ALONE_LETTERS, BESIDE_LETTERS = 15, 12
MARK = 18
_APART = 0.3


def stakeholder_map(stakeholders: Sequence[StakeholderRow], language: str) -> go.Figure:
    """Return the map. Its numbers stand in a table beside it."""
    figure = go.Figure()
    figure.update_layout(
        template="none",
        font=LETTERS,
        height=HEIGHT,
        showlegend=False,
        margin={"l": 34, "r": 8, "t": 26, "b": 48},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    axis: dict[str, Any] = {
        "range": [LOWEST - 0.5, HIGHEST + 0.5],
        "tickvals": list(range(LOWEST, HIGHEST + 1)),
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "mirror": True,
        "linecolor": LINE,
        "ticks": "",
        "fixedrange": True,
    }
    figure.update_xaxes(**axis)
    figure.update_yaxes(**axis)
    places = _places(stakeholders)
    beside = range(LOWEST, LITTLE_INFLUENCE + 1)
    _ground(figure, language, is_crowded=any((MUCH_TOUCHED - 1, influence) in places for influence in beside))
    for (touched, influence), there in places.items():
        _draw_place(figure, touched, influence, there, language)
    return figure


def map_in_words(stakeholders: Sequence[StakeholderRow], language: str) -> str:
    """Return what one sees, for who does not: how many parties there are, and how many of them in the corner."""
    _, ngettext = translations(language).gettext, translations(language).ngettext
    count = len(stakeholders)
    told = ngettext("Map with {count} party.", "Map with {count} parties.", count).format(count=count)
    in_corner = _(
        "In the corner of much touched and little influence stand {corner}. The table beside it says the same."
    )
    return f"{told} {in_corner.format(corner=sum(one.is_touched_without_influence for one in stakeholders))}"


def _places(stakeholders: Sequence[StakeholderRow]) -> dict[tuple[int, int], list[StakeholderRow]]:
    found: dict[tuple[int, int], list[StakeholderRow]] = {}
    for one in stakeholders:
        found.setdefault((one.touched, one.influence), []).append(one)
    return found


def _corner_words(*, is_crowded: bool, language: str) -> str:
    """Return what the tinted corner means: two lines beside it, or one between the parties that stand there."""
    words = translations(language).gettext("touched much, little influence")
    return words if is_crowded else words.replace(", ", ",<br>")


def _ground(figure: go.Figure, language: str, *, is_crowded: bool) -> None:
    """Draw the corner and its words, the middle lines, and what the two ways mean."""
    _ = translations(language).gettext
    middle = (LOWEST + HIGHEST) / 2
    figure.add_shape(
        type="rect",
        x0=MUCH_TOUCHED - 0.5,
        x1=HIGHEST + 0.5,
        y0=LOWEST - 0.5,
        y1=LITTLE_INFLUENCE + 0.5,
        line={"color": ACCENT, "width": 2.5, "dash": "dash"},
        fillcolor=TINT,
        layer="below",
    )
    ends = {"x0": LOWEST - 0.5, "x1": HIGHEST + 0.5}
    line = {"color": HAIR, "width": 1.5}
    figure.add_shape(type="line", **ends, y0=middle, y1=middle, line=line, layer="below")
    figure.add_shape(
        type="line", x0=middle, x1=middle, y0=LOWEST - 0.5, y1=HIGHEST + 0.5, line=line, layer="below"
    )
    paper: dict[str, Any] = {"xref": "paper", "yref": "paper", "showarrow": False}
    strong = {**LETTERS, "color": INK}
    figure.add_annotation(
        x=MUCH_TOUCHED - 0.5,
        y=LITTLE_INFLUENCE - 0.5,
        text=f"<b>{_corner_words(is_crowded=is_crowded, language=language)}</b>",
        font={**LETTERS, "size": 16, "color": ACCENT},
        align="right",
        xanchor="right",
        ax=-30,
        ay=0,
        showarrow=True,
        arrowhead=2,
        arrowwidth=2.5,
        arrowcolor=ACCENT,
        standoff=4,
    )
    much_influence, touched_much = _("much influence"), _("touched much")
    figure.add_annotation(
        x=0,
        y=1,
        yanchor="bottom",
        xanchor="left",
        text=f"<b>↑ {much_influence}</b>",
        font=strong,
        **paper,
    )
    figure.add_annotation(
        x=1,
        y=0,
        yanchor="top",
        xanchor="right",
        yshift=-22,
        text=f"<b>{touched_much} →</b>",
        font=strong,
        **paper,
    )
    figure.add_annotation(
        x=0, y=0, yanchor="top", xanchor="left", yshift=-22, text=_("touched little"), font=LETTERS, **paper
    )


def _draw_place(
    figure: go.Figure, touched: int, influence: int, there: Sequence[StakeholderRow], language: str
) -> None:
    if len(there) == 1:
        _mark(figure, there[0].attitude, touched, influence + 0.14)
        _say(figure, "<br>".join(_name(there[0].name, ALONE_LETTERS, 2)), touched, influence, yshift=-2)
        return
    if len(there) <= MOST_NAMED:
        for number, one in enumerate(there):
            height = influence + ((len(there) - 1) / 2 - number) * _APART
            _mark(figure, one.attitude, touched - 0.36, height)
            [name] = _name(one.name, BESIDE_LETTERS, 1)
            _say(figure, name, touched - 0.27, height, xanchor="left", yanchor="middle")
        return
    ngettext = translations(language).ngettext
    side = ceil(sqrt(len(there)))
    step = min(0.18, 0.76 / side)
    for number, one in enumerate(there):
        across, down = number % side, number // side
        _mark(
            figure,
            one.attitude,
            touched + (across - (side - 1) / 2) * step,
            influence + 0.38 - down * min(0.18, 0.6 / side),
            size=max(7, min(MARK - 4, round(step * 90))),
        )
    _say(
        figure,
        ngettext("{count} party", "{count} parties", len(there)).format(count=len(there)),
        touched,
        influence - 0.26,
    )


def _name(name: str, letters: int, lines: int) -> list[str]:
    """Return a name in so many lines at most, as Plotly writes them: it wraps nothing itself, and reads HTML."""
    found = wrap(name, letters)
    if len(found) > lines:
        found = [*found[: lines - 1], f"{shortened(found[lines - 1], letters - 1)}…"]
    return [escape(line, quote=False) for line in found]


def _mark(figure: go.Figure, attitude: str, x: float, y: float, *, size: int = MARK) -> None:
    is_square = attitude == Attitude.DOUBTS
    figure.add_trace(
        go.Scatter(
            x=[x],
            y=[y],
            mode="markers",
            hoverinfo="skip",
            marker={
                "symbol": "square" if is_square else "circle",
                "size": size,
                "color": ACCENT if attitude == Attitude.CARRIES else PAPER,
                "line": {"color": INK, "width": 2.4 if size > 12 else 1.6},
            },
            cliponaxis=False,
        )
    )
    if is_square:
        half = size / 2
        figure.add_shape(
            type="path",
            path=f"M{-half} 0L0 {half}M{-half} {-half}L{half} {half}M0 {-half}L{half} 0",
            xsizemode="pixel",
            ysizemode="pixel",
            xanchor=x,
            yanchor=y,
            line={"color": INK, "width": 1.6},
        )


def _say(figure: go.Figure, words: str, x: float, y: float, **more: Any) -> None:
    figure.add_annotation(
        **{
            "x": x,
            "y": y,
            "text": words,
            "showarrow": False,
            "yanchor": "top",
            "font": {**LETTERS, "size": 15, "weight": 600},
            **more,
        }
    )
