"""How the support for a principle moved over its rounds: one bar a round, oldest at the top."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from exports.charts.canvas import LANE, draw_legend, empty_figure, hidden_bar, say
from exports.charts.rows import draw_shares
from exports.drawings import NO_DOTS
from exports.language import translations
from exports.results.result_parts import Part, part_label, parts_of
from exports.results.tables_of_results import PastRound, support_words
from exports.sentences.words import decision_word
from models.basics.words import Phase
from models.voting.decision import Result
from models.voting.methods.method import Mark
from models.voting.round_views import RoundView


@dataclass(frozen=True)
class RoundBefore:
    """A round in which a principle was voted on, and which version; `result` is None while it may not be told."""

    number: int
    version: int
    result: Result | None


def told_rounds(rounds: Sequence[RoundView], principle_id: int) -> list[RoundBefore]:
    """Return those of `rounds` in which a principle was voted on, with only results that were shown to the room."""
    return [
        RoundBefore(round_.number, item.version or 0, item.result if round_.phase == Phase.REVEALED else None)
        for round_ in rounds
        for item in round_.items
        if item.principle_id == principle_id
    ]


def history_chart(rounds: Sequence[PastRound], language: str) -> go.Figure | None:
    """Return a bar of equal length per round, oldest first, with the share in favour at its right.

    Rounds may differ in method: each bar is divided by what its choices say. None without a result.
    """
    told = [(found, found.result) for found in rounds if found.result is not None]
    if not told:
        return None
    figure = empty_figure(height=len(told) * LANE + 16, room_at_right=250)
    for place, (_found, result) in enumerate(told):
        if result.numbers is None:
            figure.add_trace(hidden_bar(place, length=1))
        else:
            draw_shares(figure, parts_of(result.choices), [result.numbers.counts], [place])
        said = f"<b>{support_words(result, language)}</b> · {decision_word(result.decision, language)}"
        say(figure, said, x=1, y=place, xshift=12)
    draw_legend(figure, legend_of_rounds([result for _found, result in told], language))
    figure.update_layout(barmode="stack")
    figure.update_xaxes(range=[0, 1])
    figure.update_yaxes(
        range=[len(told) - 0.5, -0.5],
        tickvals=list(range(len(told))),
        ticktext=[round_label(found, language) for found, _result in told],
    )
    return figure


def history_in_words(rounds: Sequence[PastRound], language: str) -> str:
    """Return the same numbers as `history_chart`, as one sentence per round for who cannot see it."""
    _ = translations(language).gettext
    return " ".join(
        _("Round {number}, version {version}: {support}, {decision}.").format(
            number=found.number,
            version=found.version,
            support=support_words(found.result, language),
            decision=decision_word(found.result.decision, language),
        )
        for found in rounds
        if found.result is not None
    )


def round_label(found: PastRound, language: str) -> str:
    """Return which round it was and on which version of the text."""
    return (
        translations(language)
        .gettext("Round {number}, version {version}")
        .format(number=found.number, version=found.version)
    )


def legend_of_rounds(results: Sequence[Result], language: str) -> list[tuple[str, str]]:
    """Return each look in the bars of rounds with its words: of the method where all had one, else general ones."""
    methods = {result.method for result in results}
    parts: dict[str, Part] = {}
    for result in results:
        for part in parts_of(result.choices):
            parts.setdefault(part.look, part)
    return [
        (
            look,
            part_label(results[0], part, language) if len(methods) == 1 else _word(look, language),
        )
        for look, part in parts.items()
    ]


def _word(look: str, language: str) -> str:
    _ = translations(language).gettext
    return {
        Mark.AGREE: _("support"),
        Mark.NEUTRAL: _("in between"),
        Mark.CONCERN: _("a concern"),
        Mark.OBJECTION: _("against"),
        Mark.DOT: _("gave dots"),
        NO_DOTS: _("gave no dots"),
    }[look]
