"""Drawings for projector, phone and paper: pure functions on plain values that return SVG text.

Colours are CSS variables (`var(--agree)`), so one drawing follows light, dark and an alliance's accent;
`on_paper` writes out the light colours where no style sheet reads along. There is no `style` attribute, which the
phones' security policy forbids, and no `id`, so that any number of drawings can stand on one page: stripes and dots
are drawn as lines instead of through a shared pattern. Only `choice_symbol_once` has one, which its page gives it.

A drawing with a `label` is an image with that text alternative. Without one it is hidden from screen readers, and
the text beside it has to say the same.
"""

from exports.drawings.bars import mark_bar, row_bar
from exports.drawings.counter import counter, counter_columns
from exports.drawings.looks import LOOKS, NO_DOTS
from exports.drawings.marks import (
    DOTS_IN_A_ROW,
    DOTS_UP_TO,
    MARKS_UP_TO,
    choice_symbol,
    choice_symbol_once,
    consent_lane,
    dots_lane,
)
from exports.drawings.signs import icon, mark_svg, qr_svg, shutter_svg, signature_svg
from exports.drawings.svg import PAPER_COLOURS, on_paper

__all__ = [
    "DOTS_IN_A_ROW",
    "DOTS_UP_TO",
    "LOOKS",
    "MARKS_UP_TO",
    "NO_DOTS",
    "PAPER_COLOURS",
    "choice_symbol",
    "choice_symbol_once",
    "consent_lane",
    "counter",
    "counter_columns",
    "dots_lane",
    "icon",
    "mark_bar",
    "mark_svg",
    "on_paper",
    "qr_svg",
    "row_bar",
    "shutter_svg",
    "signature_svg",
]
