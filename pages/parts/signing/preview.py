"""What the agenda would say if it were frozen now: read before everybody signs it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st
from markupsafe import Markup

from exports.agenda.front_page import AgreementRow, front_page
from exports.language import day, translations
from models.signing.shape import Content
from pages.parts.frame.table import table
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small

WHOLE_TEXT = "whole_text"


def page_two(content: Content, spoken: str) -> None:
    """Draw page 2 of the document small, as a picture is: in the language `spoken` by the alliance."""
    page, translated = front_page(content, [], spoken), translations(spoken)
    number, what, owner = (
        translated.gettext("No."),
        translated.gettext("What"),
        translated.gettext("Who carries it"),
    )
    heads = (owner, number, what) if page.is_by_owner else (number, what, owner)
    rows = Markup("").join(
        _row_on_paper(row, spoken, is_by_owner=page.is_by_owner) for row in page.agreements
    )
    sheet = Markup(
        '<div class="sheet" lang="{}" role="img" aria-label="{}"><div class="paper" aria-hidden="true">'
        '<p class="sheet-title">{}</p><p>{}</p><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></div>'
    ).format(
        spoken,
        _("Page 2 of the document: {sentence}").format(sentence=page.sentence),
        translated.gettext("Who does what, and by when"),
        page.sentence,
        Markup("").join(Markup("<th>{}</th>").format(head) for head in (*heads, page.due_head)),
        rows,
    )
    st.html(str(sheet))


def _row_on_paper(row: AgreementRow, spoken: str, *, is_by_owner: bool) -> Markup:
    translated = translations(spoken)
    if not row.owner:
        who = Markup("<i>{}</i>").format(translated.gettext("looking for an owner"))
    else:
        asked = translated.gettext("{owner} (asked)")
        who = Markup("<b>{}</b>").format(row.owner if row.is_accepted else asked.format(owner=row.owner))
    number, what = (
        Markup('<td class="nr">{}</td>').format(row.number),
        Markup('<td class="what">{}</td>').format(row.what),
    )
    owner, due = Markup("<td>{}</td>").format(who), Markup("<td>{}</td>").format(row.due or "–")
    cells = (owner, number, what, due) if is_by_owner else (number, what, owner, due)
    return Markup("<tr>{}</tr>").format(Markup("").join(cells))


def whole_text(content: Mapping[str, Any]) -> None:
    """Draw all words that would be frozen: principles, what was not adopted, who does what by when."""
    with st.container(border=True, key="card_whole_text"):
        st.header(_("What will be frozen"), anchor=False)
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
