"""How a round goes: its method, the rules that fit it with only their own fields, secrecy, timer, pace."""

from dataclasses import dataclass

import streamlit as st

from exports.results.shown import numbered_label
from exports.sentences import (
    method_explained,
    method_name,
    rule_name,
    rule_sentence,
    secrecy_sentence,
)
from models.basics.words import RuleKind, Secrecy
from models.voting.decision import MOST_ADOPTED, NEEDS_SHARE, Rule
from models.voting.methods import METHODS, description
from models.voting.methods.method import Budgets, DotBudget
from models.voting.round import LONGEST_TIMER_MINUTES
from models.voting.round_views import RoundView
from models.voting.terms import Terms
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain
from pages.parts.voting.about import dots_sentence

METHOD, RULE, SECRECY, QUORUM, MINUTES, PACE = (
    "vote_method",
    "vote_rule",
    "vote_secrecy",
    "vote_quorum",
    "vote_minutes",
    "vote_pace",
)
READY_SHARES = {RuleKind.WITHOUT_OBJECTION: 80, RuleKind.SHARE_OF_VOTES: 70, RuleKind.EVERY_GROUP: 50}
READY_TOP, MOST_TOLERATED = 3, 100


@dataclass(frozen=True)
class Chosen:
    """What the form of a new round says: its terms, and how it goes."""

    terms: Terms
    minutes: int | None = None
    is_one_at_a_time: bool = False


def choose_terms(before: RoundView | None, items: int) -> Chosen:
    """Draw the fields of a round on `items` texts, ready to use as they are, and return what they say.

    They start from the round before, so that a series of rounds is set up once; dots are for one occasion, and so is
    what decides nothing.
    """
    if before is not None and (description(before.method).has_budget or not before.rule.decides):
        before = None
    left, right = st.columns([1, 1.1], gap="large")
    with left:
        method = _choose_method(before)
    with right:
        budgets = description(method).budgets
        budget = _choose_dots(budgets) if budgets is not None else None
        kind, same = _choose_kind(method, before)
        key = f"{_word(method)}_{_word(kind)}"
        share = _choose_share(method, kind, same, key) if kind in NEEDS_SHARE else None
        level, tolerated = _choose_level(method, same, key) if kind == RuleKind.LEVEL else (None, None)
        top = _choose_top(items) if kind == RuleKind.TOP else None
        secrecy = _choose_secrecy(before)
        is_one_at_a_time = items > 1 and not description(method).has_budget and _choose_pace()
    left, right = st.columns([1, 1.1], gap="large", vertical_alignment="bottom")
    with left:
        minutes = _choose_minutes()
    with right:
        quorum = _choose_quorum(before)
    rule = Rule(kind, share, quorum, level, tolerated, top)
    return Chosen(Terms(method, rule, secrecy, budget), minutes, is_one_at_a_time)


def read_to_everyone(terms: Terms) -> None:
    """Draw what everybody will read of these terms before the first tap."""
    sentences = [
        method_name(terms.method, language()) + ".",
        dots_sentence(terms.budget),
        rule_sentence(terms.method, terms.rule, language()),
        secrecy_sentence(terms.secrecy, language()),
    ]
    st.info(
        plain(" ".join(filter(None, sentences))) + " " + _("Phones show this before the first tap."),
        icon=":material/balance:",
    )


def _choose_method(before: RoundView | None) -> str:
    methods = list(METHODS)
    return st.radio(
        _("How do we vote?"),
        methods,
        index=methods.index(before.method) if before is not None else 0,
        format_func=lambda method: method_name(method, language()),
        captions=[method_explained(method, language()) for method in methods],
        key=METHOD,
    )


def _choose_kind(method: str, before: RoundView | None) -> tuple[RuleKind, RoundView | None]:
    """Draw the rules that fit the method; return the chosen one, with the round before where that had the same."""
    same = before if before is not None and before.method == method else None
    kinds = list(description(method).rules)
    kind = kinds[0]
    if len(kinds) > 1:
        kind = RuleKind(
            st.radio(
                _("When is it adopted?"),
                kinds,
                index=kinds.index(RuleKind(same.rule.kind)) if same is not None else 0,
                format_func=lambda rule: rule_name(rule, language()),
                # Each method has its own rules: a shared key would carry one over to where it does not fit.
                key=f"{RULE}_{_word(method)}",
            )
        )
    return kind, same if same is not None and same.rule.kind == kind else None


def _choose_quorum(before: RoundView | None) -> int | None:
    return st.number_input(
        _("How many percent of those present must vote? Leave it empty for no minimum."),
        min_value=1,
        max_value=100,
        value=before.rule.quorum if before is not None else None,
        step=5,
        key=QUORUM,
    )


def _choose_minutes() -> int | None:
    return st.number_input(
        _("A timer that everyone sees, in minutes. Leave it empty for none."),
        min_value=1,
        max_value=LONGEST_TIMER_MINUTES,
        value=None,
        step=1,
        key=MINUTES,
    )


def _choose_share(method: str, kind: RuleKind, same: RoundView | None, key: str) -> int:
    if description(method).look.says_without_objection:
        label = (
            _("At least how many percent without an objection, in each group?")
            if kind == RuleKind.EVERY_GROUP
            else _("At least how many percent without an objection?")
        )
    else:
        label = (
            _("At least how many percent in favour, in each group?")
            if kind == RuleKind.EVERY_GROUP
            else _("At least how many percent in favour?")
        )
    return st.number_input(
        label,
        min_value=1,
        max_value=100,
        value=(same.rule.share if same is not None else None) or READY_SHARES[kind],
        step=5,
        key=f"vote_share_{key}",
    )


def _choose_level(method: str, same: RoundView | None, key: str) -> tuple[str, int]:
    # Nobody can go beyond the last choice.
    levels = [choice.value for choice in description(method).choices[:-1]]
    usual = description(method).usual_level or levels[-1]
    ready = (same.rule.level if same is not None else None) or usual
    level = st.selectbox(
        _("What is the limit? Who chooses something below it in the list goes beyond it."),
        levels,
        index=levels.index(ready),
        format_func=lambda value: numbered_label(method, value, language()),
        key=f"vote_level_{key}",
    )
    tolerated = st.number_input(
        _("How many people may go beyond it?"),
        min_value=0,
        max_value=MOST_TOLERATED,
        value=(same.rule.tolerated if same is not None else None) or 0,
        step=1,
        key=f"vote_tolerated_{key}",
    )
    return str(level), tolerated


def _choose_top(items: int) -> int:
    return st.number_input(
        _("How many texts are adopted?"),
        min_value=1,
        max_value=MOST_ADOPTED,
        value=max(1, min(READY_TOP, items - 1)),
        step=1,
        # The ready number depends on how many texts are chosen, as long as nobody typed another.
        key=f"vote_top_{items}",
    )


def _choose_dots(offered: Budgets) -> DotBudget:
    dots = st.number_input(
        _("How many dots does each person have, for all texts together?"),
        min_value=offered.fewest,
        max_value=offered.most,
        value=offered.usual,
        step=1,
        key="vote_budget",
    )
    can_stack = st.checkbox(
        _("Several dots may stand on one text"), value=True, key="vote_can_stack", wrap=True
    )
    return DotBudget(dots, can_stack)


def _choose_secrecy(before: RoundView | None) -> Secrecy:
    words = {Secrecy.ANONYMOUS: _("Anonymous"), Secrecy.NAMED: _("With names")}
    kinds = list(words)
    return Secrecy(
        st.radio(
            _("Who sees what one chooses?"),
            kinds,
            index=kinds.index(Secrecy(before.secrecy)) if before is not None else 0,
            format_func=lambda kind: words[kind],
            key=SECRECY,
            horizontal=True,
        )
    )


def _choose_pace() -> bool:
    words = {False: _("All at once"), True: _("One at a time, you turn to the next")}
    return bool(
        st.radio(
            _("Which texts does one see?"),
            list(words),
            format_func=lambda is_one: words[is_one],
            key=PACE,
            horizontal=True,
        )
    )


def _word(name: str) -> str:
    return name.replace(" ", "_")
