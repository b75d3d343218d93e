"""The agreement landscape: texts by groups as a heat map, from what everyone carries to what divides."""

from collections.abc import Sequence
from html import escape
from textwrap import shorten, wrap

import plotly.graph_objects as go

from exports.charts.canvas import INK, PAPER, empty_figure, hidden_bar, say
from exports.language import translations
from exports.results.tables_of_results import cell_words, column_label, kind_word
from exports.sentences.shares import share_in_favour
from models.voting.landscape import Kind, Landscape, LandscapeItem, VotedItem, landscape

HEAT = ("#EAF1F8", "#C7DDF0", "#9CC4E6", "#1B548B", "#0F3A63")
DARK_FROM = 3
CELL, HEADING = 64, 0.7
# On the narrowest page the cells share this width; a letter takes so many pixels.
CELLS_WIDTH, LETTER = 400, 8.3
LETTERS_OF_A_TEXT, LINES_OF_A_TEXT = 34, 3
LETTERS_OF_A_HEAD, SLANT = 24, -45


def landscape_chart(items: Sequence[VotedItem], language: str) -> go.Figure | None:
    """Return texts by groups, blue in five steps of 20 percent in favour, with the number in each cell.

    `items` are those of one or more rounds, each text once. A hidden text is one striped line. None without any.
    """
    made = landscape(items)
    if not made.items:
        return None
    places, headings, bottom = _places(made)
    width = max(len(made.columns), 1)
    heads, is_slanted = _heads([column_label(column, language) for column in made.columns])
    room_above = 150 if is_slanted else 72
    figure = empty_figure(
        height=round(bottom * CELL) + room_above + 4,
        room_at_right=80 if is_slanted else 8,
        room_above=room_above,
    )
    _draw_cells(figure, made, places)
    for kind, place in headings.items():
        # Left of the cells there is no room that is known: the heading stands above them.
        say(figure, f"<b>{kind_word(kind, language)}</b>", x=-0.5, y=place, yanchor="middle")
    for item, place in zip(made.items, places, strict=True):
        _write_cells(figure, made, item, place, language)
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(
        visible=True,
        side="top",
        showgrid=False,
        zeroline=False,
        range=[-0.5, width - 0.5],
        tickvals=list(range(len(made.columns))),
        ticktext=heads,
        tickangle=SLANT if is_slanted else 0,
        ticks="",
    )
    figure.update_yaxes(
        range=[bottom - 0.5, -0.5],
        tickvals=places,
        ticktext=[_in_lines(f"{item.number}. {item.text}") for item in made.items],
    )
    return figure


def landscape_in_words(items: Sequence[VotedItem], language: str) -> str:
    """Return the same numbers as `landscape_chart`, as one sentence per text for who cannot see it."""
    _ = translations(language).gettext
    made = landscape(items)
    said = []
    for item in made.items:
        shares = [
            _("{group}: {counts}").format(
                group=column_label(column, language), counts=cell_words(item.cells[column.key], language)
            )
            for column in made.columns
            if column.key in item.cells
        ]
        sentence = _("{kind}: principle {number}.")
        if shares:
            sentence = _("{kind}: principle {number}. In favour: {shares}.")
        said.append(
            sentence.format(kind=kind_word(item.kind, language), number=item.number, shares=", ".join(shares))
        )
    return " ".join(said)


def heat(share: int) -> int:
    """Return which of the five blues a percentage has, from 0."""
    return min(share // 20, len(HEAT) - 1)


def _places(made: Landscape) -> tuple[list[float], dict[Kind, float], float]:
    """Return the height of each text, of the heading above each kind, and of the bottom."""
    places: list[float] = []
    headings: dict[Kind, float] = {}
    height = 0.0
    for item in made.items:
        if item.kind not in headings:
            headings[item.kind] = height - 0.1 if height == 0 else height
            height += HEADING
        places.append(height)
        height += 1
    return places, headings, height


def _draw_cells(figure: go.Figure, made: Landscape, places: Sequence[float]) -> None:
    steps = [
        [
            heat(share_in_favour(item.cells[column.key].agree, item.cells[column.key].seen, None))
            if column.key in item.cells
            else None
            for column in made.columns
        ]
        for item in made.items
    ]
    for place, row, item in zip(places, steps, made.items, strict=True):
        if item.kind is Kind.HIDDEN:
            continue
        # One row of cells each, since headings stand between them.
        figure.add_trace(
            go.Heatmap(
                x=list(range(len(made.columns))),
                y=[place],
                z=[row],
                zmin=0,
                zmax=len(HEAT) - 1,
                dy=1,
                colorscale=_stepped(),
                showscale=False,
                xgap=2,
                ygap=2,
            )
        )
    width = max(len(made.columns), 1)
    for place, item in zip(places, made.items, strict=True):
        if item.kind is Kind.HIDDEN:
            figure.add_trace(hidden_bar(place, length=width, height=0.9).update(base=-0.5))


def _stepped() -> list[tuple[float, str]]:
    steps = []
    for place, colour in enumerate(HEAT):
        steps += [(place / len(HEAT), colour), ((place + 1) / len(HEAT), colour)]
    return steps


def _write_cells(
    figure: go.Figure, made: Landscape, item: LandscapeItem, place: float, language: str
) -> None:
    if item.kind is Kind.HIDDEN:
        hidden = translations(language).gettext("hidden")
        say(figure, f"<b>{hidden}</b>", x=-0.4, y=place, bgcolor=PAPER, borderpad=4)
        return
    for position, column in enumerate(made.columns):
        cell = item.cells.get(column.key)
        is_dark = cell is not None and heat(share_in_favour(cell.agree, cell.seen, None)) >= DARK_FROM
        say(
            figure,
            f"<b>{cell_words(cell, language)}</b>",
            x=position,
            y=place,
            xanchor="center",
            font={"color": PAPER if is_dark else INK},
        )


def _heads(labels: Sequence[str]) -> tuple[list[str], bool]:
    """Return what stands above the columns, and whether it has to slant: a long word breaks nowhere."""
    letters = int(CELLS_WIDTH / max(len(labels), 1) / LETTER) - 1
    words = [word for label in labels for word in label.split()]
    lines = [wrap(label, letters, break_long_words=False) for label in labels if letters > 0]
    if any(len(word) > letters for word in words) or any(len(line) > 3 for line in lines):
        return [
            escape(shorten(label, LETTERS_OF_A_HEAD, placeholder=" …"), quote=False) for label in labels
        ], True
    return ["<br>".join(escape(line, quote=False) for line in head) for head in lines], False


def _in_lines(text: str) -> str:
    lines = wrap(text, LETTERS_OF_A_TEXT, max_lines=LINES_OF_A_TEXT, placeholder=" …")
    return "<br>".join(escape(line, quote=False) for line in lines)
