"""How a room chose, choice by choice: shape, word, number and a bar with the pattern of its mark."""

import streamlit as st
from markupsafe import Markup, escape

from exports.charts import result_chart, result_in_words
from exports.drawings import choice_symbol
from exports.language import number
from exports.results.shown import result_label
from models.voting.decision import Result
from models.voting.methods.method import Shape
from pages.parts.frame.picture import picture
from pages.parts.frame.words import language
from pages.parts.voting.chart import chart

SYMBOL = 28


def votes(result: Result, *, key: str) -> None:
    """Draw how many chose what; nothing where the numbers stay hidden. Methods with a scale or dots have a chart."""
    if result.numbers is None:
        return
    if result.look.shape is not Shape.MARKS:
        chart(result_chart(result, language()), result_in_words(result, language()), key=key)
        return
    counts = result.numbers.counts
    longest = max([*counts.values(), 1])
    rows = Markup("").join(
        Markup('<li>{}<span>{}</span><b>{}</b><i class="{}" style="width:{}%"></i></li>').format(
            picture(choice_symbol(choice.mark, SYMBOL), "", width=f"{SYMBOL}px"),
            result_label(result, choice.value, language()),
            number(counts.get(choice.value, 0), language()),
            f"bar-of-{escape(choice.mark)}" if counts.get(choice.value) else "bar-of-none",
            round(100 * counts.get(choice.value, 0) / longest, 1),
        )
        for choice in result.choices
    )
    st.html(f'<ul class="votes">{rows}</ul>')
