"""Step 2, after the reveal: the same votes by group, as bars of equal length."""

from collections.abc import Sequence
from typing import Any

from exports.drawings import CHOICES, choice_symbol, row_bar
from exports.language import listed
from exports.sentences import choice_label, row_label
from pages.parts.projector.screen import Room, Screen, drawing, render, typed

ROWS_ON_A_PAGE = 6
ROWS_WITH_ROOM = 5


def group_pages(result: Any) -> list[list[Any]]:
    """Return the rows of a `models.round.Result` that somebody voted in, page by page; none where they are hidden.

    A single row would only repeat the total.
    """
    rows = [row for row in result.rows if row.cast]
    if result.numbers is None or len(rows) < 2:
        return []
    return [rows[start : start + ROWS_ON_A_PAGE] for start in range(0, len(rows), ROWS_ON_A_PAGE)]


def groups_screen(room: Room, *, text: str, rows: Sequence[Any], page: int, pages: int) -> Screen:
    """Return one item's votes by group. `rows` are `models.round.RowResult`s, small groups joined."""
    _ = room.gettext
    kick = _("Outcome by group")
    return render(
        "groups.html",
        room,
        announce=kick,
        page=page,
        pages=pages,
        kick=kick,
        text=typed(text),
        size=52 if len(text) <= 100 else 42,
        legend=[
            (drawing(choice_symbol(choice, 46)), choice_label("consent", choice, room.language).lower())
            for choice in CHOICES
        ],
        height="roomy" if len(rows) <= ROWS_WITH_ROOM else "dense",
        rows=[
            {
                "label": row_label(row.key, row.name, room.language),
                "bar": drawing(row_bar(row.counts, label=_in_words(row, room.language))),
                "numbers": " · ".join(str(row.counts.get(choice, 0)) for choice in CHOICES),
            }
            for row in rows
        ],
    )


def _in_words(row: Any, language: str) -> str:
    parts = [
        f"{row.counts.get(choice, 0)} {choice_label('consent', choice, language).lower()}"
        for choice in CHOICES
    ]
    return f"{row_label(row.key, row.name, language)}: {listed(parts, language)}"
