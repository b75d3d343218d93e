"""Tables that a screen reader can read too, and that carry no words but ours."""

from collections.abc import Iterable, Sequence

import streamlit as st
from markupsafe import Markup, escape

Cell = str | int | Markup | None


def table(
    headers: Sequence[str], rows: Iterable[Sequence[Cell]], *, caption: str = "", row_headers: bool = True
) -> None:
    """Draw a table. Cells are escaped, except `Markup`; empty ones read "–". Numbers stand at the right.

    `caption` names the table; `row_headers` makes the first cell of each row its heading.
    """
    head = "".join(f'<th scope="col">{escape(header)}</th>' for header in headers)
    body = "".join(
        f"<tr>{''.join(_cell(cell, row_headers and not place) for place, cell in enumerate(row))}</tr>"
        for row in rows
    )
    named = f"<caption>{escape(caption)}</caption>" if caption else ""
    st.html(
        f'<div class="table-frame"><table class="handslag">{named}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def badge(text: str, colour: str = "gray") -> Markup:
    """Return a small label for a cell: `green`, `gray`, `orange`, `blue` or `red`."""
    return Markup('<span class="badge {}">{}</span>').format(colour, text)


def _cell(cell: Cell, is_heading: bool) -> str:
    content = "–" if cell is None or cell == "" else escape(cell)
    if is_heading:
        return f'<th scope="row">{content}</th>'
    return f'<td class="number">{content}</td>' if isinstance(cell, int) else f"<td>{content}</td>"
