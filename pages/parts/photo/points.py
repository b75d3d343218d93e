"""Dots over points for improvement, once the statements are closed: which, how many dots, and how it stands."""

from collections.abc import Sequence

import streamlit as st

from models.baseline.improvements import StandingPoint, standing_points
from models.basics.words import Phase
from models.photo.meeting import USUAL_DOTS, points_round, rank_points, statements_round
from models.storage.database import reading
from models.tables import Workshop
from models.voting.cancelling import cancel_round
from models.voting.methods import RANKING
from models.voting.round import close_and_reveal, reveal_round
from models.voting.round_views import RoundView, read_round
from pages.parts.baseline.at_hand import BaselineNow
from pages.parts.frame.acting import act, act_on_click, facilitator
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext, plain, small_print
from pages.parts.voting.more_voices import voices_seen

POINTS, DOTS = "dots_over_points", "dots_for_everyone"
FEWEST = 2


@st.fragment(key=POINTS)
def dots_over_points(now: BaselineNow, workshop: Workshop) -> None:
    """Draw the way to let the room put dots, or how that goes. A live part with the key `dots_over_points`."""
    facilitator()
    with reading() as session:
        points = standing_points(session, now.id)
        statements = statements_round(session, now.id)
        found = points_round(session, now.id)
        round_ = read_round(session, found.id) if found is not None else None
    with st.container(border=True, key="card_dots"):
        st.header(_("Where do we begin?"), anchor=False)
        if statements is not None and statements.closed_at is None:
            small_print(_("Close the statements first: then the room can put dots on the points."))
        elif round_ is not None and round_.phase == Phase.OPEN:
            _open(round_)
        else:
            if round_ is not None:
                _came_to(round_)
            _ask(now, points)


def _ask(now: BaselineNow, points: Sequence[StandingPoint]) -> None:
    if len(points) < FEWEST:
        small_print(_("Write at least two points for improvement: then the room can put dots on them."))
        return
    budgets = RANKING.budgets
    chosen = [
        point.id
        for point in points
        if st.checkbox(
            plain(_("{number}. {text}").format(number=point.number, text=point.text)),
            value=True,
            key=f"dots_on_{point.id}",
            wrap=True,
        )
    ]
    dots = st.number_input(
        _("Dots for everyone"),
        min_value=budgets.fewest if budgets else 1,
        max_value=budgets.most if budgets else USUAL_DOTS,
        value=USUAL_DOTS,
        key=DOTS,
    )
    st.button(
        ngettext("Put dots on {count} point", "Put dots on {count} points", len(chosen)).format(
            count=len(chosen)
        ),
        key="open_dots",
        icon=":material/how_to_vote:",
        disabled=len(chosen) < FEWEST,
        on_click=_begin,
        args=(now.id, chosen, int(dots)),
    )


def _begin(baseline_id: int, chosen: list[int], dots: int) -> None:
    act(rank_points, baseline_id=baseline_id, improvement_ids=chosen, dots=dots, voices_seen=voices_seen())


def _open(round_: RoundView) -> None:
    told = ngettext(
        "**{voted} of {people}** has put dots", "**{voted} of {people}** have put dots", round_.voted
    )
    people = max(round_.electorate, round_.voted)
    st.markdown(told.format(voted=round_.voted, people=people))
    with st.container(horizontal=True):
        st.button(
            _("Close and show the order"),
            key="close_dots",
            icon=":material/lock:",
            on_click=act_on_click,
            args=(close_and_reveal,),
            kwargs={"round_id": round_.id, "voices_seen": voices_seen()},
        )
        st.button(
            _("Cancel this round"),
            key="cancel_dots",
            icon=":material/undo:",
            on_click=_cancel,
            args=(round_.id,),
        )


def _cancel(round_id: int) -> None:
    acted = act(cancel_round, round_id=round_id)
    if acted:
        tell(_("The round was cancelled, and does not count."), acted.undo)


def _came_to(round_: RoundView) -> None:
    if round_.phase == Phase.CLOSED:
        st.button(
            _("Show the result to the room"),
            key="reveal_dots",
            icon=":material/visibility:",
            on_click=act_on_click,
            args=(reveal_round,),
            kwargs={"round_id": round_.id, "voices_seen": voices_seen()},
        )
    counted = [
        (item.result.numbers.dots or 0, item.text)
        for item in round_.items
        if item.result is not None and item.result.numbers is not None
    ]
    if not counted:
        small_print(_("Fewer than five people put dots: what they chose stays hidden."))
    for dots, text in sorted(counted, key=lambda one: -one[0]):
        told = ngettext("{count} dot", "{count} dots", dots).format(count=dots)
        st.markdown(f"**{told}** · {plain(text)}")
