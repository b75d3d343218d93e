"""What the agenda would say if it were frozen now: read before everybody signs it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from exports.language import day
from pages.parts.frame.table import table
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small


def preview_of_the_text(content: Mapping[str, Any]) -> None:
    """Draw a fold with the words that would be frozen: principles, what was not adopted, who does what by when."""
    with st.expander(
        _("Read what will be frozen"), key="freeze_preview", icon=":material/visibility:", on_change="rerun"
    ) as fold:
        if not fold.open:
            return
        _principles(content)
        _agreements(content)
        next_on = content["next_meeting_on"]
        small(
            _("Next meeting: {day}.").format(day=_day(next_on))
            if next_on
            else _("The document names no next meeting yet.")
        )


def _principles(content: Mapping[str, Any]) -> None:
    for name, found in (
        (_("Our principles"), content["principles"]),
        (_("What was not adopted"), content["not_adopted"]),
    ):
        if found:
            table(
                [_("Text")],
                [(_numbered(principle["number"], principle["text"]),) for principle in found],
                caption=name,
            )


def _agreements(content: Mapping[str, Any]) -> None:
    if not content["agreements"]:
        return
    table(
        [_("What"), _("First step"), _("Owner"), _("Done by")],
        [
            (
                _numbered(agreement["number"], agreement["what"]),
                agreement["first_step"],
                _owner(agreement),
                _day(agreement["due_on"]) if agreement["due_on"] else _("no date yet"),
            )
            for agreement in content["agreements"]
        ],
        caption=_("Our agreements"),
    )


def _numbered(number: int, text: str) -> str:
    return _("{number}. {text}").format(number=number, text=text)


def _owner(agreement: dict[str, Any]) -> str:
    if agreement["owner"] is None:
        return _("looks for an owner")
    if agreement["owner_accepted"]:
        return str(agreement["owner"])
    return _("{partner}, asked").format(partner=agreement["owner"])


def _day(written: str) -> str:
    return day(date.fromisoformat(written), language(), style="long")
