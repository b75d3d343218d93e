"""What a round came to: a sentence, a chart, the same numbers as a table, and what people said with it."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import escape

from exports.charts import CHART_CONFIG, CHOICES, consent_chart, consent_in_words, rows_chart, rows_in_words
from exports.language import listed
from exports.sentences import (
    choice_label,
    method_name,
    outcome_sentence,
    presence_sentence,
    row_label,
    rule_sentence,
)
from models.after_reveal import hide_reason, show_reasons
from models.round_views import ItemView, ReasonView, RoundView
from models.rules.decision import Result
from models.words import ReasonState, Secrecy
from pages.parts.acting import do
from pages.parts.small_print import small
from pages.parts.table import Cell, table
from pages.parts.words import gettext as _
from pages.parts.words import language, ngettext, plain


def round_badges(round_: RoundView) -> None:
    """Draw method, secrecy and rule of a round, as they were fixed when it opened."""
    with st.container(horizontal=True, gap="small", key=f"round_badges_{round_.id}"):
        st.badge(method_name(round_.method, language()), color="gray")
        if round_.secrecy == Secrecy.ANONYMOUS:
            st.badge(_("Anonymous"), icon=":material/visibility_off:", color="gray")
        else:
            st.badge(_("With names"), icon=":material/person:", color="gray")
    rule = rule_sentence(round_, language())
    st.markdown(f":small[:material/balance: {plain(rule)}]")


def statement(item: ItemView, round_: RoundView) -> None:
    """Draw the text that is voted on, with the number it has."""
    small(_item_caption(item, round_))
    size = "statement" if len(round_.items) == 1 else "statement one-of-several"
    st.html(f'<h2 class="{size}">{escape(item.text)}</h2>')


def joined_rows(round_: RoundView) -> None:
    """Draw which small groups count together, where there are any."""
    joined = list(round_.joined_groups)
    if round_.joins_people_without_group:
        joined.append(_("people without a group"))
    if not joined:
        return
    sentence = _("Small groups count together as “other groups”: {groups}. This keeps every vote secret.")
    small(sentence.format(groups=listed(joined, language())))


def outcome(item: ItemView, round_: RoundView) -> None:
    """Draw the outcome of one item: sentence, presence, charts and the table with the same numbers."""
    result = item.result
    if result is None:
        return
    headline, follow_on = outcome_sentence(result, language())
    st.html(f'<p class="outcome">{escape(headline)}</p><p class="follow-on">{escape(follow_on)}</p>')
    small(presence_sentence(round_.heads_counted, round_.electorate, language()))
    _charts(item, result)


def ballots_line(round_: RoundView, stored: int) -> None:
    """Draw how many ballots the database holds for a round, beside how many people voted."""
    ballots = ngettext("{count} ballot is stored", "{count} ballots are stored", stored).format(count=stored)
    items = len(round_.items)
    sentence = (
        _("{ballots}, from {voted} people.")
        if items == 1
        else ngettext(
            "{ballots}, from {voted} people, about {items} principle.",
            "{ballots}, from {voted} people, about {items} principles.",
            items,
        )
    )
    small(sentence.format(ballots=ballots, voted=round_.voted, items=items))


def reasons(item: ItemView, round_: RoundView) -> None:
    """Draw what people said with a concern or an objection, each to show on the screen or to hide."""
    if not item.reasons and not item.reasons_hidden:
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader(_("What people said"), anchor=False)
        waiting = [reason.id for reason in item.reasons if reason.state == ReasonState.NEW]
        if len(waiting) > 1:
            st.button(
                ngettext("Show {count}", "Show all {count}", len(waiting)).format(count=len(waiting)),
                key=f"show_reasons_{item.id}",
                icon=":material/visibility:",
                on_click=do,
                args=(show_reasons,),
                kwargs={"round_id": round_.id, "reason_ids": waiting},
            )
    for choice in reversed(CHOICES):
        for reason in item.reasons:
            if reason.choice == choice:
                _reason(reason, round_)
    if item.reasons_hidden:
        hidden = ngettext("{count} reason is hidden.", "{count} reasons are hidden.", item.reasons_hidden)
        small(hidden.format(count=item.reasons_hidden))


def _item_caption(item: ItemView, round_: RoundView) -> str:
    if len(round_.items) > 1:
        return _("Principle {number}, version {version} · {position} of {items} · round {round}").format(
            number=item.principle_number,
            version=item.version,
            position=item.position,
            items=len(round_.items),
            round=round_.number,
        )
    return _("Principle {number}, version {version} · round {round}").format(
        number=item.principle_number, version=item.version, round=round_.number
    )


def _charts(item: ItemView, result: Result) -> None:
    total = consent_chart(result, language())
    if total is None or result.numbers is None:
        return
    st.plotly_chart(
        total,
        key=f"chart_{item.id}",
        theme=None,
        config=CHART_CONFIG,
        alt=consent_in_words(result, language()),
    )
    by_row = rows_chart(result, language())
    if by_row is not None:
        st.plotly_chart(
            by_row,
            key=f"chart_rows_{item.id}",
            theme=None,
            config=CHART_CONFIG,
            alt=rows_in_words(result, language()),
        )
    with st.expander(_("See it as a table"), key=f"table_{item.id}"):
        rows: list[Sequence[Cell]] = [
            (row_label(row.key, row.name, language()), *_counts(row.counts), row.cast) for row in result.rows
        ]
        table(
            [
                _("Group"),
                *(choice_label(result.method, choice, language()) for choice in CHOICES),
                _("Votes"),
            ],
            [*rows, (_("Everybody"), *_counts(result.numbers.counts), result.numbers.cast)],
            caption=_("Votes on principle {number}").format(number=item.principle_number),
        )


def _counts(counts: dict[str, int]) -> Sequence[int]:
    return [counts.get(choice, 0) for choice in CHOICES]


def _reason(reason: ReasonView, round_: RoundView) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"proposal_reason_{reason.id}", gap="small"
    ):
        said = choice_label(round_.method, reason.choice, language())
        if reason.name:
            said = _("{choice} · {name}").format(choice=said, name=reason.name)
        st.html(f'<p class="said">{escape(reason.text)}</p><p class="said-by">{escape(said)}</p>')
        if reason.state == ReasonState.SHOWN:
            st.badge(_("On the screen"), icon=":material/visibility:", color="green")
        if reason.state != ReasonState.SHOWN:
            st.button(
                _("Show"),
                key=f"show_reason_{reason.id}",
                icon=":material/visibility:",
                on_click=do,
                args=(show_reasons,),
                kwargs={"round_id": round_.id, "reason_ids": [reason.id]},
            )
        if reason.state != ReasonState.HIDDEN:
            st.button(
                _("Hide"),
                key=f"hide_reason_{reason.id}",
                icon=":material/visibility_off:",
                on_click=do,
                args=(hide_reason,),
                kwargs={"reason_id": reason.id},
            )
