"""Step 2, after the reveal: the same votes by group, as bars of equal length."""

from collections.abc import Sequence

from exports.drawings import choice_symbol, row_bar
from exports.language import in_a_sentence
from exports.results.result_parts import counts_by_look, part_label, parts_of
from exports.results.tables_of_results import choices_in_words, row_numbers
from exports.sentences import row_label
from models.voting.decision import Result, RowResult
from pages.parts.projector.outcome import is_answered
from pages.parts.projector.screen import Room, Screen, drawing, letters_in, render, typed

ROWS_ON_A_PAGE = 6
ROWS_WITH_ROOM = 5
# What the names, the numbers and the gaps leave; four numbers take more.
BAR_WIDTH, NARROW_BAR_WIDTH = 1016, 886
ROOMY_BAR, DENSE_BAR = 70, 52


def group_pages(result: Result) -> list[list[RowResult]]:
    """Return the rows of a result that somebody voted in, page by page; none where they are hidden.

    A single row would only repeat the total.
    """
    rows = [row for row in result.rows if row.cast]
    if result.numbers is None or len(rows) < 2:
        return []
    return [rows[start : start + ROWS_ON_A_PAGE] for start in range(0, len(rows), ROWS_ON_A_PAGE)]


def groups_screen(
    room: Room, result: Result, *, text: str, rows: Sequence[RowResult], page: int, pages: int
) -> Screen:
    """Return one item's votes by group, some of the rows of its result; small groups are joined in one."""
    _ = room.gettext
    kick = _("Answers by group") if is_answered(result) else _("Outcome by group")
    parts = parts_of(result.choices)
    is_roomy, is_wide = len(rows) <= ROWS_WITH_ROOM, len(parts) > 3
    return render(
        "groups.html",
        room,
        announce=kick,
        page=page,
        pages=pages,
        kick=kick,
        text=typed(text),
        size=52 if letters_in(text) <= 100 else 42,
        legend=[
            (
                drawing(choice_symbol(part.look, 46)),
                _in_a_list(result, part_label(result, part, room.language)),
            )
            for part in parts
        ],
        height="roomy" if is_roomy else "dense",
        is_wide=is_wide,
        rows=[
            {
                "label": row_label(row.key, row.name, room.language),
                "bar": drawing(
                    row_bar(
                        counts_by_look(result.choices, row.counts),
                        width=NARROW_BAR_WIDTH if is_wide else BAR_WIDTH,
                        height=ROOMY_BAR if is_roomy else DENSE_BAR,
                        label=_in_words(result, row, room.language),
                    )
                ),
                "numbers": row_numbers(result, row.counts, room.language),
            }
            for row in rows
        ],
    )


def _in_a_list(result: Result, label: str) -> str:
    return in_a_sentence(label) if result.look.has_terms else label


def _in_words(result: Result, row: RowResult, language: str) -> str:
    said = choices_in_words(result, row.counts, row.cast, language, is_part=True)
    return f"{row_label(row.key, row.name, language)}: {said}"
