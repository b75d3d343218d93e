"""Marking in a note: words are selected, get a theme, and are a quote. One write per mark, and each can be undone."""

import json
import re
from bisect import bisect_left
from collections.abc import Callable
from typing import Any

import streamlit as st

from models.baseline.findings import mark_quote, remove_finding
from models.baseline.views import NoteView
from pages.parts.baseline.at_hand import SOURCE
from pages.parts.frame.acting import act
from pages.parts.frame.component import component
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _

# A line by itself that asks something: what came from a phone stands beneath the question of the guide.
_QUESTION = re.compile(r"(?:(?<=\n\n)|\A)[^\n]{3,300}[?？؟](?=\n\n|\Z)")
MARKS, FINDING = "note_marks", "finding"
_component = component("handslag_note_marks", __file__, isolates_styles=False)


def choose_finding(finding_id: int | None) -> None:
    """Take a finding at hand; None for none. For callbacks."""
    if finding_id is None:
        st.query_params.pop(FINDING, None)
    else:
        st.query_params[FINDING] = str(finding_id)


def note_marks(view: NoteView, chosen: int | None) -> None:
    """Draw the note with its quotes; `chosen` is the one at hand."""
    _component(key=MARKS, data={"page": page_of(view, chosen)}, on_mark_change=_mark, on_open_change=_open)


def page_of(view: NoteView, chosen: int | None) -> str:
    """Return what the note's script draws, as JSON. As text: see `pages.parts.frame.toolkit_words`."""
    unit = units_of(view.note)
    return json.dumps(
        {
            "source": view.source.id,
            "note": view.note,
            "marks": [
                {
                    "id": finding.id,
                    "number": str(place),
                    "from": unit(finding.starts or 0),
                    "to": unit(finding.ends or 0),
                    "gone": finding.withdrawn_at is not None,
                }
                for place, finding in enumerate(view.findings, start=1)
                if finding.is_quote
            ],
            "hints": [[unit(hint.starts), unit(hint.ends)] for hint in view.hints],
            "asked": [[unit(one.start()), unit(one.end())] for one in _QUESTION.finditer(view.note)],
            "chosen": chosen or 0,
            "themes": [[theme.id, theme.name] for theme in view.themes],
            "words": {
                "label": _("The note. Select words and press Enter to choose a theme."),
                "how": _("Drag over words, or select them with Shift and the arrows. Then choose a theme."),
                "find": _("Find a theme: type two letters"),
                "themes": _("Themes"),
                "none": _("no theme yet"),
                "quote": _("Quote {number}"),
                "marked": _("Marked: {theme}"),
            },
        },
        ensure_ascii=False,
    )


def units_of(note: str) -> Callable[[int], int]:
    """Return how to turn a place in a note, counted in characters, into one as a browser counts: in UTF-16."""
    wide = [place for place, letter in enumerate(note) if ord(letter) > 0xFFFF]
    return lambda place: place + bisect_left(wide, place)


def _sent(name: str) -> dict[str, Any]:
    value = getattr(st.session_state[MARKS], name, None)
    return dict(value) if value else {}


def _open() -> None:
    asked = _sent("open")
    if isinstance(asked.get("id"), int):
        choose_finding(int(asked["id"]))


def _mark() -> None:
    asked = _sent("mark")
    source = st.query_params.get(SOURCE, "")
    if asked and source.isdecimal():
        mark(int(source), asked)


def mark(source_id: int, asked: dict[str, Any]) -> None:
    """Make a quote of what the script says was selected: one write. For the component's callback."""
    theme = asked.get("theme")
    marked = act(
        mark_quote,
        source_id=source_id,
        starts=int(asked.get("starts", -1)),
        ends=int(asked.get("ends", -1)),
        words=str(asked.get("words", "")),
        theme_ids=[int(theme)] if theme else [],
        request_id=str(asked.get("request") or "") or None,
    )
    if marked:
        choose_finding(marked.result.finding_id)
        tell(_("Marked."), undo=remove_finding, finding_id=marked.result.finding_id)
