"""The round that is open: what is asked, how far it is, and everything one can do with it."""

from collections.abc import Sequence

import streamlit as st

from exports.language import clock_time
from models.voting.closing import close_round
from models.voting.principles import PrincipleView
from models.voting.round import show_item
from models.voting.round_views import ItemView, RoundView
from models.voting.turnout import Turnout
from models.workshop.people import ParticipantRow
from pages.parts.frame.acting import act_on_click
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import in_the_bar, language, ngettext, small
from pages.parts.leading.hands import give_the_floor
from pages.parts.paper.link import to_paper_votes
from pages.parts.voting.about import how_it_goes, together_sentence
from pages.parts.voting.start_over import cancel_or_start_over
from pages.parts.voting.statement import statement
from pages.parts.voting.subjects import subject_line
from pages.parts.voting.timer import timer_buttons, timer_form
from pages.parts.voting.turnout import counted, turnout_per_group


def open_round_cards(
    room: RoomNow,
    round_: RoundView,
    principles: Sequence[PrincipleView],
    turnout: Turnout,
    names: Sequence[str],
    hands: Sequence[ParticipantRow],
) -> None:
    """Draw the open round. `names` are those who have not voted, in a named round; `hands` waits longest first."""
    if round_.is_key_lost:
        _key_is_lost(round_, principles)
        return
    shown = next((item for item in round_.items if item.position == round_.shown_position), None)
    alone = round_.items[0] if len(round_.items) == 1 else shown
    voted = turnout.per_item.get(shown.id, 0) if shown is not None else round_.voted
    with st.container(border=True, key="card_round", gap="small"):
        about = [_what_is_asked(round_, alone, len(principles)), how_it_goes(round_)]
        counted(voted, round_.electorate, about, of_round=round_.id if shown is None else None)
        if alone is not None:
            statement(alone, round_, is_alone=True, says_which=False)
        together = together_sentence(round_.joined_groups, round_.joins_people_without_group)
        small(" ".join(filter(None, (_("What people choose you see after closing."), together))))
    with st.container(border=True, key="card_round_deeds", gap="small"):
        opened = clock_time(round_.opened_at, language(), room.alliance.time_zone)
        in_the_bar(
            _("Round {round} is open since {time}. You close it at the top right.").format(
                round=round_.number, time=opened
            )
        )
        cancel_or_start_over(round_, principles)
        if shown is not None:
            with st.container(horizontal=True, vertical_alignment="center", key="turning"):
                _turning(round_, shown, is_last=shown.position == len(round_.items))
        with st.container(horizontal=True, vertical_alignment="center", key="round_tools"):
            _tools(room, round_, can_be_turned=alone is None and round_.budget is None)
            give_the_floor(hands)
        timer_form(round_)
    if alone is None or shown is not None:
        with st.container(border=True, key="card_all_items"):
            st.header(_("All texts of this round"), anchor=False)
            _all_items(round_, turnout)
    turnout_per_group(round_, turnout.rows, round_.electorate - voted, names)


def _what_is_asked(round_: RoundView, alone: ItemView | None, principles: int) -> str:
    if alone is not None:
        return subject_line(alone, round_, of=principles)
    return ngettext(
        "Round {round} · {count} text at once", "Round {round} · {count} texts at once", len(round_.items)
    ).format(round=round_.number, count=len(round_.items))


def _tools(room: RoomNow, round_: RoundView, *, can_be_turned: bool) -> None:
    """Draw what one may do while the room votes; each keeps its place."""
    st.button(
        _("Close, do not show yet"),
        key="close_only",
        icon=":material/visibility_off:",
        on_click=act_on_click,
        args=(close_round,),
        kwargs={"round_id": round_.id},
    )
    if can_be_turned:
        _shows(_("One at a time"), round_, 1, key="one_at_a_time", icon=":material/looks_one:")
    timer_buttons(round_)
    to_paper_votes(room, says_what_for=False)


def _key_is_lost(round_: RoundView, principles: Sequence[PrincipleView]) -> None:
    """Draw that the round cannot go on, why, and the two ways out of it."""
    with st.container(border=True, key="card_round"):
        st.error(
            _(
                "This round takes no votes any more: the server was started with another key, or from a copy of the "
                "database, and the secret of this round is not there any more."
            ),
            icon=":material/error:",
        )
        counted(
            round_.voted,
            round_.electorate,
            [_what_is_asked(round_, None, 0), how_it_goes(round_)],
            of_round=None,
        )
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
