"""The round that was last and is closed: its result, seen by the facilitator first, and all that is known of it."""

from collections.abc import Sequence

import streamlit as st

from exports.sentences import choice_label
from models.basics.words import Phase
from models.voting.principles import PrincipleView
from models.voting.round_views import NamedBallot, RoundView
from pages.parts.frame.table import table
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import in_the_bar, language
from pages.parts.leading.page_head import big_sentence
from pages.parts.voting.about import ballots_line, joined_rows, round_badges
from pages.parts.voting.follow_up import follow_up
from pages.parts.voting.outcome import by_group, differs_from_the_heads, headline, outcome, who_was_there
from pages.parts.voting.overview import overview
from pages.parts.voting.reasons import reasons
from pages.parts.voting.start_over import cancel_or_start_over
from pages.parts.voting.statement import statement
from pages.parts.voting.subjects import subject_word
from pages.parts.voting.votes import votes
from pages.parts.voting.with_names import again_with_names


def closed_round_cards(
    round_: RoundView,
    principles: Sequence[PrincipleView],
    stored: int,
    ballots: Sequence[NamedBallot],
    time_zone: str,
) -> None:
    """Draw a closed round. `stored` counts the ballots in the database; `ballots` are those of a named round.

    Of a round that is shown, what it came to and what follows stand above it already: see `shown_round`.
    """
    by_id = {principle.id: principle for principle in principles}
    if round_.phase == Phase.CLOSED:
        _not_shown_yet(round_, principles)
    overview(round_, time_zone)
    is_alone, is_shown = len(round_.items) == 1, round_.phase == Phase.REVEALED
    for item in round_.items:
        if is_alone and is_shown and not (item.reasons or item.reasons_hidden):
            continue
        with st.container(border=True, key=f"card_item_{item.id}"):
            if not (is_alone and is_shown):
                statement(item, round_, is_alone=is_alone)
                headline(item)
            if is_alone and not is_shown and item.result is not None:
                votes(item.result, key=str(item.id))
                by_group(item, item.result)
            if not is_alone:
                outcome(item)
            reasons(item, round_)
            principle = None if item.principle_id is None else by_id.get(item.principle_id)
            if is_shown and not is_alone and principle is not None:
                follow_up(item, round_, principle)
    with st.container(border=True, key="card_about_round"):
        st.subheader(_("About this round"), anchor=False)
        round_badges(round_)
        joined_rows(round_)
        if is_alone and not (is_shown and differs_from_the_heads(round_)):
            who_was_there(round_, time_zone)
        ballots_line(round_, stored)
        _named(ballots, round_)


def _not_shown_yet(round_: RoundView, principles: Sequence[PrincipleView]) -> None:
    with st.container(border=True, key="card_wrong_round", gap="small"):
        big_sentence(_("Only you see this result."))
        st.warning(
            _("The round is closed. Only you see this result: the room does not see it yet."),
            icon=":material/visibility_off:",
        )
        in_the_bar(_("You show it by the button at the top right."))
        again_with_names(round_, is_primary=False)
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
