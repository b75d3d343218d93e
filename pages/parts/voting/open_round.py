"""The round that is open: what is asked, how far it is, and everything one can do with it."""

from collections.abc import Sequence

import streamlit as st

from exports.language import clock_time
from models.voting.closing import close_round
from models.voting.principles import PrincipleView
from models.voting.round import show_item
from models.voting.round_views import ItemView, RoundView
from models.voting.turnout import Turnout
from pages.parts.frame.acting import act_on_click
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import in_the_bar, language, ngettext, small
from pages.parts.paper.link import to_paper_votes
from pages.parts.voting.about import joined_rows, round_badges
from pages.parts.voting.start_over import cancel_or_start_over
from pages.parts.voting.statement import statement
from pages.parts.voting.timer import time_left, timer_buttons, timer_form
from pages.parts.voting.turnout import counted, not_voted, turnout_per_group


def open_round_cards(
    room: RoomNow,
    round_: RoundView,
    principles: Sequence[PrincipleView],
    turnout: Turnout,
    names: Sequence[str],
) -> None:
    """Draw the open round. `names` are those who have not voted, in a named round."""
    if round_.is_key_lost:
        _key_is_lost(round_, principles)
        return
    shown = next((item for item in round_.items if item.position == round_.shown_position), None)
    is_last = shown is None or shown.position == len(round_.items)
    alone = round_.items[0] if len(round_.items) == 1 else shown
    with st.container(border=True, key="card_round"):
        # Several statements are long: they stand below the buttons, which are then seen without scrolling.
        if alone is not None:
            statement(alone, round_, is_alone=True)
        voted = turnout.per_item.get(shown.id, 0) if shown is not None else round_.voted
        _how_far(round_, voted, of_round=round_.id if shown is None else None)
        opened = clock_time(round_.opened_at, language(), room.alliance.time_zone)
        in_the_bar(
            _("Round {round} is open since {time}. You close it at the top right.").format(
                round=round_.number, time=opened
            )
        )
        not_voted(round_, round_.electorate - voted, names)
        if shown is not None:
            with st.container(horizontal=True, vertical_alignment="center"):
                _turning(round_, shown, is_last=is_last)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                _("Close, do not show yet"),
                key="close_only",
                icon=":material/lock:",
                on_click=act_on_click,
                args=(close_round,),
                kwargs={"round_id": round_.id},
            )
        with st.container(horizontal=True, vertical_alignment="center", key="round_tools"):
            if alone is None and round_.budget is None:
                _shows(_("One at a time"), round_, 1, key="one_at_a_time", icon=":material/looks_one:")
            timer_buttons(round_)
            to_paper_votes(room)
        timer_form(round_)
        small(_("After closing nobody can change. The result comes on the screen and on all phones."))
        st.divider()
        cancel_or_start_over(round_, principles)
        if alone is None:
            _all_items(round_, turnout)
        # How far it is and the way to close are seen without scrolling: the terms were read before it opened.
        round_badges(round_)
        joined_rows(round_)
    turnout_per_group(round_, turnout.rows)
    if shown is not None:
        with st.container(border=True, key="card_all_items"):
            st.header(_("All texts of this round"), anchor=False)
            _all_items(round_, turnout)


def _key_is_lost(round_: RoundView, principles: Sequence[PrincipleView]) -> None:
    """Draw that the round cannot go on, why, and the two ways out of it."""
    with st.container(border=True, key="card_round"):
        st.error(
            _(
                "This round takes no votes any more: the server was started with another key, "
                "and the secret of this round was sealed with the old one."
            ),
            icon=":material/error:",
        )
        counted(round_.voted, round_.electorate, of_round=None)
        for item in round_.items:
            statement(item, round_, is_alone=False)
        st.markdown(
            _(
                "What was voted before counts, all groups together. Or begin again: then the votes of this round "
                "do not count."
            )
        )
        in_the_bar(_("“Close with what there is” stands at the top right."))
        cancel_or_start_over(round_, principles)


def _how_far(round_: RoundView, voted: int, *, of_round: int | None) -> None:
    if round_.ends_at is None:
        counted(voted, round_.electorate, of_round=of_round)
        return
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        counted(voted, round_.electorate, of_round=of_round)
    with right:
        time_left(round_)


def _all_items(round_: RoundView, turnout: Turnout) -> None:
    for item in round_.items:
        with st.container(gap="xxsmall", key=f"asked_{item.id}"):
            statement(item, round_, is_alone=False)
            if item.position == round_.shown_position:
                st.badge(_("This text is shown now"), icon=":material/visibility:", color="green")
            # With a budget one may leave a text without dots: who did so has voted all the same.
            if round_.budget is None:
                voted = turnout.per_item.get(item.id, 0)
                small(
                    ngettext(
                        "{count} person voted on this text.", "{count} people voted on this text.", voted
                    ).format(count=voted)
                )


def _turning(round_: RoundView, shown: ItemView, *, is_last: bool) -> None:
    """Draw the ways to the text before and after the one that everyone sees, and to all of them."""
    _shows(
        _("Previous text"),
        round_,
        shown.position - 1,
        key="previous_item",
        icon=":material/arrow_back:",
        is_possible=shown.position > 1,
    )
    _shows(
        _("Next text"),
        round_,
        shown.position + 1,
        key="next_item",
        icon=":material/arrow_forward:",
        is_possible=not is_last,
    )
    _shows(_("Show all texts"), round_, None, key="all_items", icon=":material/view_agenda:")


def _shows(
    label: str,
    round_: RoundView,
    position: int | None,
    *,
    key: str,
    icon: str,
    is_possible: bool = True,
) -> None:
    st.button(
        label,
        key=key,
        icon=icon,
        disabled=not is_possible,
        on_click=act_on_click,
        args=(show_item,),
        kwargs={"round_id": round_.id, "position": position},
    )
