"""Step 2, after the reveal: how the support for a text moved over the rounds that the room saw."""

from exports.charts import legend_of_rounds, round_label
from exports.drawings import choice_symbol, row_bar
from exports.results.result_parts import counts_by_look
from exports.results.tables_of_results import choices_in_words, support_words
from exports.sentences import decision_word, method_name
from models.basics.words import Decision
from models.voting.decision import Result
from pages.parts.projector.outcome import VERDICT_ICONS, Outcome
from pages.parts.projector.screen import Room, Screen, drawing, letters_in, render, typed

MOST_ROUNDS, ROUNDS_WITH_ROOM = 5, 3
BAR_WIDTH = 1776
ROOMY_BAR, DENSE_BAR = 70, 36


def has_history(outcome: Outcome) -> bool:
    """Return whether a text was revealed in an earlier round too: one round alone moves nothing."""
    return sum(found.result is not None for found in outcome.rounds) > 1


def history_screen(room: Room, outcome: Outcome, *, page: int, pages: int) -> Screen:
    """Return the last rounds of a text, oldest first, each as a bar of full length with its outcome in words."""
    kick = room.gettext("How the support moved")
    told = [(found, found.result) for found in outcome.rounds if found.result is not None][-MOST_ROUNDS:]
    is_roomy = len(told) <= ROUNDS_WITH_ROOM
    height = ROOMY_BAR if is_roomy else DENSE_BAR
    with_bars = [result for _found, result in told if result.numbers is not None]
    return render(
        "history.html",
        room,
        announce=kick,
        page=page,
        pages=pages,
        kick=kick,
        text=typed(outcome.text),
        size=52 if letters_in(outcome.text) <= 100 else 42,
        legend=[
            (drawing(choice_symbol(look, 46)), label)
            for look, label in legend_of_rounds(with_bars, room.language)
        ],
        is_roomy=is_roomy,
        rounds=[
            {
                "label": f"{round_label(found, room.language)} · {method_name(result.method, room.language)}",
                "support": support_words(result, room.language),
                "icon": VERDICT_ICONS[Decision(result.decision)],
                "decision": decision_word(result.decision, room.language),
                "bar": drawing(_bar(result, height, room.language)),
            }
            for found, result in told
        ],
    )


def _bar(result: Result, height: int, language: str) -> str:
    """Return the votes of a round as a bar, empty where its numbers stay hidden."""
    if result.numbers is None:
        return row_bar({}, width=BAR_WIDTH, height=height, label=support_words(result, language))
    counts = result.numbers.counts
    return row_bar(
        counts_by_look(result.choices, counts),
        width=BAR_WIDTH,
        height=height,
        label=choices_in_words(result, counts, result.numbers.cast, language),
    )
