"""The plan of approach as a line of months: what is done, what is now, what is later."""

import streamlit as st
from markupsafe import Markup

from exports.sentences import block_name
from exports.sentences.plan import block_on_the_line, column_head, stand_word
from models.planning.reading import Plan
from models.planning.standing import MonthLine, PlanStand, PlanStanding, Unit, month_line
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language

# How each bar looks, beside its word: solid with a check, striped, or with a dashed edge.
LOOKS = {
    PlanStand.DONE: "done",
    PlanStand.BUSY: "now",
    PlanStand.DUE: "now",
    PlanStand.PASSED: "later",
    PlanStand.LATER: "later",
}


def line_of_months(plan: Plan) -> None:
    """Draw the line. Who does not see it, or has a narrow screen, reads the same as a list."""
    line = month_line(plan.standings, plan.today)
    told = Markup("").join(
        Markup("<li>{}</li>").format(block_on_the_line(standing, plan.today, language()))
        for standing in plan.standings
    )
    st.html(
        Markup(
            '<div class="months" aria-hidden="true" style="grid-template-columns:160px repeat({count},minmax(0,1fr))">'
            '{years}{heads}{rows}<i class="now" style="grid-column:{now};grid-row:1/-1;--share:{share}%">'
            '<em>{word}</em></i></div><ul class="months-told" aria-label="{name}">{told}</ul>'
        ).format(
            count=len(line.columns),
            years=_years(line),
            heads=_heads(line),
            rows=Markup("").join(
                _row(place, standing, line) for place, standing in enumerate(plan.standings, start=3)
            ),
            now=line.now + 2,
            share=round(line.now_share * 100),
            word=_("now"),
            name=_("The plan in months"),
            told=told,
        )
    )


def _years(line: MonthLine) -> Markup:
    """Return each year above the first of its columns."""
    return Markup("").join(
        Markup('<span class="year" style="grid-column:{};grid-row:1">{}</span>').format(
            f"{place + 2}/span {sum(one.year == first.year for one in line.columns)}", first.year
        )
        for place, first in enumerate(line.columns)
        if place == 0 or first.year != line.columns[place - 1].year
    )


def _heads(line: MonthLine) -> Markup:
    def ends_a_year(place: int) -> bool:
        return place > 0 and line.columns[place].year != line.columns[place - 1].year

    return Markup("").join(
        Markup(
            '<i class="rule{year}" style="grid-column:{column};grid-row:{from_row}/-1"></i>'
            '<span class="month{now}" style="grid-column:{column};grid-row:2">{name}</span>'
        ).format(
            year=" year-begins" if ends_a_year(place) and line.unit is not Unit.YEAR else "",
            from_row=1 if ends_a_year(place) else 2,
            column=place + 2,
            now=" is-now" if place == line.now else "",
            name=column_head(first, line.unit, language()),
        )
        for place, first in enumerate(line.columns)
    )


def _row(place: int, standing: PlanStanding, line: MonthLine) -> Markup:
    name = Markup('<span class="name" style="grid-row:{0}">{1}</span>').format(
        place, block_name(standing.block, language())
    )
    bar = next((one for one in line.bars if one.standing is standing), None)
    word = stand_word(standing.stand, language())
    if bar is None:
        return name + Markup('<span class="without" style="grid-row:{}">{}</span>').format(place, word)
    return name + Markup(
        '<span class="bar {look}" style="grid-column:{first}/{after};grid-row:{row}">{sign}<em>{word}</em></span>'
    ).format(
        look=LOOKS[standing.stand],
        first=bar.first + 2,
        after=bar.last + 3,
        row=place,
        sign=Markup('<span class="symbol" translate="no">check</span>')
        if standing.stand is PlanStand.DONE
        else "",
        word=word,
    )
