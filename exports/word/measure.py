"""How high paragraphs are on paper, before there is any: on the safe side, since nobody can lay it out here."""

import re
from collections.abc import Iterable

from exports.letters import is_latin, lines_of
from exports.word.styles import TextStyle

POINT = 25.4 / 72
# What a line of Calibri takes of its size.
_LINE_HEIGHT = 1.22
# Letters of other scripts come from other fonts, with more above and below them.
_TALL_LINE = 1.5
_BORDER_SPACE = re.compile(r'w:space="(\d+)"')


def height_of(style: TextStyle, text: str, width: float) -> float:
    """Return how high a paragraph is in a column of `width` mm, in mm, with the space around it."""
    size, line = style.size or 11, style.line or 1.1
    taller = 1.0 if is_latin(text) else _TALL_LINE / _LINE_HEIGHT
    space = sum(int(points) for points in _BORDER_SPACE.findall(style.extra))
    lines = lines_of(text, width / (size * POINT)) * size * _LINE_HEIGHT * line * taller
    return (style.before + style.after + space + lines) * POINT


def room_of(lines: Iterable[tuple[TextStyle, str]], width: float) -> float:
    """Return how high paragraphs are below each other, in mm."""
    return sum(height_of(style, text, width) for style, text in lines)
