"""Step 3: principles by partners, with the agreements that practise them, and the gaps in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from exports.sentences import dependency_sentence, gap_sentence
from models.rules.coherence import Coherence
from pages.parts.projector.screen import Room, Screen, lines_of, render, typed

PRINCIPLES_ON_A_PAGE = 6
PARTNERS_ON_A_PAGE = 6
NUMBERS_IN_A_CELL = 4
SENTENCE_SIZE, SENTENCE_WIDTH, LINES_ON_A_PAGE = 48, 1700, 9


@dataclass(frozen=True)
class Picture:
    """One page of the coherence picture: a piece of the matrix, or some of the sentences, by their places."""

    principles: range
    partners: range
    sentences: range


def coherence_pages(coherence: Coherence) -> list[Picture]:
    """Return the pages of the picture: the matrix in pieces that can be read, then the sentences."""
    pictures = []
    if coherence.principles and coherence.partners:
        pictures = [
            Picture(rows, columns, range(0))
            for rows in _pieces(len(coherence.principles), PRINCIPLES_ON_A_PAGE)
            for columns in _pieces(len(coherence.partners), PARTNERS_ON_A_PAGE)
        ]
    start = lines = 0
    # The length of a sentence hardly depends on the language; English is at hand without a catalogue.
    lengths = [lines_of(words, SENTENCE_SIZE, SENTENCE_WIDTH) for _, words in _sentences(coherence, "en")]
    for place, length in enumerate(lengths):
        if lines + length > LINES_ON_A_PAGE:
            pictures.append(Picture(range(0), range(0), range(start, place)))
            start, lines = place, 0
        lines += length
    if lengths:
        pictures.append(Picture(range(0), range(0), range(start, len(lengths))))
    return pictures


def coherence_screen(room: Room, coherence: Coherence, picture: Picture, *, page: int, pages: int) -> Screen:
    """Return one page of the coherence picture."""
    _ = room.gettext
    if picture.sentences:
        sentences = _sentences(coherence, room.language)
        title = _("What deserves attention")
        shown = [sentences[place] for place in picture.sentences]
        return render(
            "gaps.html",
            room,
            announce=title,
            is_sheet=True,
            page=page,
            pages=pages,
            title=title,
            sentences=[{"kind": kind, "words": typed(words)} for kind, words in shown],
        )
    title = _("How the agreements hang together")
    partners = [(_letter(place), coherence.partners[place]) for place in picture.partners]
    return render(
        "coherence.html",
        room,
        announce=title,
        is_sheet=True,
        page=page,
        pages=pages,
        title=title,
        about=_("Numbers of agreements"),
        partners=[(letter, typed(name)) for letter, (_id, name) in partners],
        rows=[
            {
                "number": number,
                "text": typed(text),
                "cells": [
                    _cell(coherence.cells.get((number, partner_id), ()))
                    for _letter_, (partner_id, _name) in partners
                ],
            }
            for number, text in (coherence.principles[place] for place in picture.principles)
        ],
    )


def _cell(agreements: Sequence[int]) -> str:
    """Return the agreements of a cell by number; of more than four, how many more there are."""
    if len(agreements) > NUMBERS_IN_A_CELL:
        shown = agreements[: NUMBERS_IN_A_CELL - 1]
        return f"{', '.join(str(agreement) for agreement in shown)} +{len(agreements) - len(shown)}"
    return ", ".join(str(agreement) for agreement in agreements)


def _sentences(coherence: Coherence, language: str) -> list[tuple[str, str]]:
    gaps = [("gap", gap_sentence(gap, language)) for gap in coherence.gaps]
    needs = [
        ("need", dependency_sentence(number, depends_on, language))
        for number, depends_on in coherence.dependencies
    ]
    return gaps + needs


def _pieces(count: int, size: int) -> list[range]:
    """Divide `count` places in equal pieces of at most `size`, so that no page holds a single leftover."""
    pieces = -(-count // size)
    length = -(-count // pieces)
    return [range(start, min(start + length, count)) for start in range(0, count, length)]


def _letter(place: int) -> str:
    """Return A … Z, AA, AB, … for the partners' columns: principles and agreements have the numbers."""
    first, last = divmod(place, len(ascii_uppercase))
    return (ascii_uppercase[first - 1] if first else "") + ascii_uppercase[last]
