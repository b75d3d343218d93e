"""The round that was last: its result, seen by the facilitator first, and what follows from it."""

from collections.abc import Sequence

import streamlit as st

from exports.sentences import choice_label
from models.basics.words import Decision, Phase
from models.voting.principles import PrincipleView
from models.voting.round_views import NamedBallot, RoundView
from models.voting.vote_again import open_objections
from pages.parts.frame.table import table
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import in_the_bar, language, ngettext, small
from pages.parts.voting.about import ballots_line, joined_rows, round_badges
from pages.parts.voting.follow_up import follow_up
from pages.parts.voting.outcome import headline, outcome
from pages.parts.voting.overview import overview
from pages.parts.voting.reasons import how_many_wait, reasons
from pages.parts.voting.start_over import cancel_or_start_over
from pages.parts.voting.statement import statement
from pages.parts.voting.subjects import subject_word
from pages.parts.voting.with_names import again_with_names


def closed_round_cards(
    round_: RoundView,
    principles: Sequence[PrincipleView],
    stored: int,
    ballots: Sequence[NamedBallot],
    time_zone: str,
) -> None:
    """Draw a closed round. `stored` counts the ballots in the database; `ballots` are those of a named round.

    Of a round that is shown, what it came to and what follows stand above it already: see `what_it_came_to`.
    """
    by_id = {principle.id: principle for principle in principles}
    if round_.phase == Phase.CLOSED:
        _not_shown_yet(round_, principles)
    overview(round_, time_zone)
    is_told = round_.phase == Phase.REVEALED and len(round_.items) == 1
    for item in round_.items:
        with st.container(border=True, key=f"card_item_{item.id}"):
            if not is_told:
                statement(item, round_, is_alone=len(round_.items) == 1)
                headline(item)
            outcome(item, round_, time_zone)
            reasons(item, round_)
            principle = None if item.principle_id is None else by_id.get(item.principle_id)
            if round_.phase == Phase.REVEALED and principle is not None and not is_told:
                follow_up(item, round_, principle)
    with st.container(border=True, key="card_about_round"):
        st.subheader(_("About this round"), anchor=False)
        round_badges(round_)
        joined_rows(round_)
        ballots_line(round_, stored)
        _named(ballots, round_)


def what_it_came_to(round_: RoundView, principles: Sequence[PrincipleView]) -> None:
    """Draw, above all else, what a round that is shown came to, and what can be done with it."""
    with st.container(border=True, key="card_came_to"):
        if round_.rule.only_ranks:
            st.header(
                _("Round {round}: the room put the texts in order.").format(round=round_.number), anchor=False
            )
            return
        if len(round_.items) > 1 and not round_.rule.decides:
            st.header(
                _("Round {round}: this is how the room answered.").format(round=round_.number), anchor=False
            )
            small(_("The answers to each text stand below."))
            again_with_names(round_)
            return
        if len(round_.items) > 1:
            adopted = sum(
                item.result is not None and item.result.decision == Decision.ADOPTED for item in round_.items
            )
            st.header(
                ngettext(
                    "Round {round}: {adopted} of {count} text is adopted.",
                    "Round {round}: {adopted} of {count} texts are adopted.",
                    len(round_.items),
                ).format(round=round_.number, adopted=adopted, count=len(round_.items)),
                anchor=False,
            )
            small(_("What follows for each text stands below, with its numbers."))
            how_many_wait(sum(len(open_objections(round_, item)) for item in round_.items))
            again_with_names(round_)
            return
        (item,) = round_.items
        statement(item, round_, is_alone=False)
        headline(item)
        again_with_names(round_)
        principle = next((found for found in principles if found.id == item.principle_id), None)
        if principle is not None:
            follow_up(item, round_, principle)


def _not_shown_yet(round_: RoundView, principles: Sequence[PrincipleView]) -> None:
    st.warning(
        _("The round is closed. Only you see this result: the room does not see it yet."),
        icon=":material/visibility_off:",
    )
    in_the_bar(_("You show it by the button at the top right."))
    again_with_names(round_, is_primary=False)
    with st.container(border=True, key="card_wrong_round"):
        cancel_or_start_over(round_, principles)


def _named(ballots: Sequence[NamedBallot], round_: RoundView) -> None:
    if not ballots:
        return
    numbers = {item.id: item.number for item in round_.items}
    with st.expander(_("Who chose what (only facilitators see this)"), key="named_ballots"):
        table(
            [_("Participant"), subject_word(round_), _("Choice"), _("Reason")],
            [
                (
                    ballot.participant,
                    numbers[ballot.item_id],
                    choice_label(round_.method, ballot.choice, language()),
                    ballot.reason or "",
                )
                for ballot in ballots
            ],
        )
