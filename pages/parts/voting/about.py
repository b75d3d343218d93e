"""What was fixed when a round opened: method, secrecy, rule, and which groups count together."""

from collections.abc import Sequence

import streamlit as st

from exports.language import listed
from exports.sentences import method_name, rule_sentence, sources_sentence
from models.basics.words import Secrecy
from models.voting.methods.method import DotBudget
from models.voting.round_views import RoundView
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small
from pages.parts.voting.subjects import ballots_sentence


def round_badges(round_: RoundView) -> None:
    """Draw method, secrecy and rule of a round, as they were fixed when it opened."""
    with st.container(horizontal=True, gap="small", key=f"round_badges_{round_.id}"):
        st.badge(method_name(round_.method, language()), color="gray")
        if round_.secrecy == Secrecy.ANONYMOUS:
            st.badge(_("Anonymous"), icon=":material/visibility_off:", color="gray")
        else:
            st.badge(_("With names"), icon=":material/person:", color="gray")
    dots = dots_sentence(round_.budget)
    rule = rule_sentence(round_.method, round_.rule, language())
    st.markdown(f":small[:material/balance: {plain(f'{dots} {rule}'.strip())}]")


def how_it_goes(round_: RoundView) -> str:
    """Return on one line how people choose in a round and what adopts a text, as it was fixed when it opened."""
    secrecy = (
        _("People choose without a name.")
        if round_.secrecy == Secrecy.ANONYMOUS
        else _("People choose with their name.")
    )
    rule = rule_sentence(round_.method, round_.rule, language())
    return " ".join(filter(None, (secrecy, dots_sentence(round_.budget), rule)))


def dots_sentence(budget: DotBudget | None) -> str:
    """Return how many dots everyone has, and whether several may stand on one text; empty without dots."""
    if budget is None:
        return ""
    each = ngettext("Everyone has {count} dot.", "Everyone has {count} dots.", budget.dots).format(
        count=budget.dots
    )
    return each if budget.can_stack else f"{each} " + _("At most one on a text.")


def joined_rows(round_: RoundView) -> None:
    """Draw which small groups count together, where there are any."""
    sentence = together_sentence(round_.joined_groups, round_.joins_people_without_group)
    if sentence:
        small(sentence)


def together_sentence(groups: Sequence[str], joins_people_without_group: bool) -> str:
    """Return which small groups count together, and people without a group with them; empty where none do."""
    joined = [*groups, *([_("people without a group")] if joins_people_without_group else [])]
    if not joined:
        return ""
    sentence = _("Small groups count together as “other groups”: {groups}. This keeps every vote secret.")
    return sentence.format(groups=listed(joined, language()))


def ballots_line(round_: RoundView, stored: int) -> None:
    """Draw how many ballots the database holds for a round, beside how many people voted."""
    ballots = ngettext("{count} ballot is stored", "{count} ballots are stored", stored).format(count=stored)
    voters = ngettext("{count} person", "{count} people", round_.voted).format(count=round_.voted)
    small(ballots_sentence(round_).format(ballots=ballots, voters=voters, items=len(round_.items)))
    if by_what := sources_sentence(round_.sources or {}, language()):
        small(by_what)
