"""The agreement landscape: what every group carries, and what divides."""

from collections.abc import Sequence

import streamlit as st

from exports.charts import landscape_chart, landscape_in_words
from exports.results.tables_of_results import landscape_table
from models.basics.words import Phase, PrincipleStatus
from models.voting.principles import PrincipleView
from models.voting.round_views import ItemView, RoundView
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small
from pages.parts.voting.chart import as_table, chart

OF_WHAT = "landscape_of"


def agreement_landscape(principles: Sequence[PrincipleView]) -> None:
    """Draw the texts of the last round that was shown, or all adopted ones, by group; nothing below two texts."""
    choices = {"round": last_shown(principles), "adopted": adopted(principles)}
    worth = {name: items for name, items in choices.items() if len(items) > 1}
    if not worth:
        return
    words = {"round": _("The last round"), "adopted": _("All adopted principles")}
    with st.expander(
        _("Agreement landscape: what everyone carries, and what divides us"),
        key="landscape",
        icon=":material/grid_view:",
        on_change="rerun",
    ) as fold:
        if not fold.open:
            return
        of = next(iter(worth))
        if len(worth) > 1:
            of = st.radio(
                _("Which texts?"),
                list(worth),
                format_func=lambda name: words[name],
                key=OF_WHAT,
                horizontal=True,
            )
        items = worth[of]
        small(_("How many percent is in favour, per group. Darker is more."))
        chart(landscape_chart(items, language()), landscape_in_words(items, language()), key="landscape")
        as_table(
            landscape_table(items, language()),
            caption=_("How many percent is in favour, per group"),
            key="landscape",
        )


def last_shown(principles: Sequence[PrincipleView]) -> list[ItemView]:
    """Return the items of the newest round that was revealed."""
    rounds = {round_.id: round_ for principle in principles for round_ in principle.rounds}
    shown = [round_ for round_ in rounds.values() if round_.phase == Phase.REVEALED]
    return max(shown, key=_revealed).items if shown else []


def adopted(principles: Sequence[PrincipleView]) -> list[ItemView]:
    """Return the item by which each adopted principle was adopted, in their order."""
    items = []
    for principle in principles:
        if principle.status != PrincipleStatus.ADOPTED:
            continue
        found = [
            item
            for round_ in principle.rounds
            if round_.phase == Phase.REVEALED and round_.rule.decides
            for item in round_.items
            if item.version_id == principle.version_id
        ]
        items += found[-1:]
    return items


def _revealed(round_: RoundView) -> tuple[float, int]:
    return (round_.revealed_at.timestamp() if round_.revealed_at else 0.0, round_.id)
