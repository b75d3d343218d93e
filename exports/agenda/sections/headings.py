"""Headings that say something: what a text is about, not only its number."""

from exports.agenda.short import numbered, short_text
from exports.word.paper import Paper

# A heading holds a whole principle of usual length; one in a list of many is shorter.
WHOLE, SHORT = 170, 62


def text_heading(paper: Paper, number: int, text: str, anchor: str) -> None:
    """Write a text as a heading of level 2; what a heading cannot hold stands whole below it."""
    paper.heading(2, numbered(number, text, WHOLE), anchor=anchor)
    if short_text(text, WHOLE) != text:
        paper.paragraph(text, style="Quote", keeps=True)
