"""The form of a new round: which texts, how, and what everyone will read of it. One button opens it as it stands."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from exports.language import listed
from models.basics.words import PrincipleStatus
from models.voting.asked import about_principles
from models.voting.methods import description
from models.voting.principles import PrincipleView
from models.voting.questions import VOTABLE
from models.voting.round import open_round
from models.voting.round_views import RoundView
from models.workshop.electorate import CountsTogether
from pages.parts.frame.acting import act_on_click, refuse_with
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small
from pages.parts.paper.link import to_paper_votes
from pages.parts.voting.about import together_sentence
from pages.parts.voting.more_voices import voices_seen
from pages.parts.voting.ordering import opens_order, order_form
from pages.parts.voting.principle_card import STATUS_COLOURS, status_word
from pages.parts.voting.terms import choose_terms, read_to_everyone
from pages.parts.voting.with_names import told_when_few

FEWEST_FOR_ALL = 3
# All fields of this form, and the one button among them.
FIELDS, CHOOSE_ALL = "vote_", "vote_on_all"


def next_round(
    room: RoomNow,
    principles: Sequence[PrincipleView],
    latest: RoundView | None,
    together: CountsTogether,
    here: int,
    *,
    is_main: bool = True,
) -> None:
    """Draw the card in which the next round is set up and opened, or what to do where nothing can be voted on.

    `here` is how many people are in the room. Its button is filled where it is what the page is about (`is_main`).
    """
    votable = [principle for principle in principles if principle.status in VOTABLE]
    with st.container(border=True, key="card_next_round"):
        if not votable:
            st.header(_("A new round") if latest is not None else _("The first round"), anchor=False)
            _nothing_to_vote_on(room, principles, here)
            return
        place_of_head, place_of_buttons = st.container(), st.container()
        place_of_order, place_of_sentence = st.container(), st.container()
        with place_of_head:
            _head(votable, is_first=latest is None)
        chosen = _choose_principles(votable)
        with st.expander(
            _("Vote in another way: method, rule, secrecy, timer"), key="vote_terms", icon=":material/tune:"
        ):
            how = choose_terms(latest, len(chosen))
            _who_counts_together(together)
        with place_of_sentence:
            told_when_few(how.terms.secrecy, here)
            read_to_everyone(how.terms)
            needs_more = description(how.terms.method).has_budget and len(chosen) < 2
            if needs_more:
                small(_("Dots are divided over several texts: choose at least two."))
        waits = any(principle.status == PrincipleStatus.DRAFT for principle in votable)
        asks_again = latest is not None and latest.can_be_asked_with_names
        with place_of_buttons, st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                _open_words([principle for principle in votable if principle.id in chosen]),
                key="open_round",
                icon=":material/how_to_vote:",
                type="primary" if waits and not asks_again and is_main else "secondary",
                disabled=not chosen or needs_more,
                on_click=_open,
                args=(_fields(),),
                kwargs={
                    "workshop_id": room.workshop_id,
                    "about": about_principles(chosen),
                    "terms": how.terms,
                    "minutes": how.minutes,
                    "is_one_at_a_time": how.is_one_at_a_time,
                },
            )
            opens_order(principles)
            to_paper_votes(room)
        with place_of_order:
            if not chosen:
                small(_("Choose below what we vote on. Then the round can open."))
            order_form(room, principles, here)


def _fields() -> dict[str, Any]:
    """Return what stands in every field of this form at this moment."""
    return {
        str(key): value
        for key, value in st.session_state.items()
        if str(key).startswith(FIELDS) and key != CHOOSE_ALL
    }


def _open(drawn: dict[str, Any], /, **round_: Any) -> None:
    """Open the round, unless it was changed after its terms were drawn: then nobody has read yet what would open.

    On a busy server a choice and the press behind it come in together.
    """
    # A field that another method does not have is gone after the drawing.
    changed = [key for key, value in drawn.items() if st.session_state.get(key, value) != value]
    if changed or st.session_state.get(CHOOSE_ALL):
        refuse_with(
            _("This round changed just as you pressed the button. It is not open yet, and nothing is lost.")
            + " "
            + _("Read what everyone will read, and press again.")
        )
    act_on_click(open_round, voices_seen=voices_seen(), **round_)


def _nothing_to_vote_on(room: RoomNow, principles: Sequence[PrincipleView], here: int) -> None:
    has_results = any(principle.status == PrincipleStatus.ADOPTED for principle in principles)
    if has_results:
        st.markdown(_("Every principle has its result. You can word another one, or go on."))
    else:
        st.markdown(_("There is no principle to vote on yet. Word one first."))
    with st.container(horizontal=True, vertical_alignment="center"):
        opens_order(principles)
        st.page_link("draft.py", label=_("To the proposals"), icon=":material/edit:", query_params=room.link)
    order_form(room, principles, here)


def _open_words(chosen: Sequence[PrincipleView]) -> str:
    """Return what the button says: on which text, or on how many."""
    if len(chosen) == 1:
        return _("Open the round on text {number}").format(number=chosen[0].number)
    if not chosen:
        return _("Open the round")
    return ngettext("Open the round on {count} text", "Open the round on {count} texts", len(chosen)).format(
        count=len(chosen)
    )


def _head(votable: Sequence[PrincipleView], *, is_first: bool) -> None:
    heading = _("The first round: what do we vote on?") if is_first else _("A new round: what do we vote on?")
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(heading, anchor=False)
        if len(votable) >= FEWEST_FOR_ALL:
            st.button(
                _("Choose all"),
                key=CHOOSE_ALL,
                icon=":material/done_all:",
                on_click=_tick,
                args=([_key(principle) for principle in votable],),
            )


def _choose_principles(votable: Sequence[PrincipleView]) -> list[int]:
    first = next((principle.id for principle in votable if principle.status == PrincipleStatus.DRAFT), None)
    with st.container(gap="xsmall"):
        return [principle.id for principle in votable if _is_ticked(principle, principle.id == first)]


def _is_ticked(principle: PrincipleView, at_first: bool) -> bool:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        is_chosen = st.checkbox(
            plain(_("{number}. {text}").format(number=principle.number, text=principle.text)),
            value=at_first,
            key=_key(principle),
            wrap=True,
        )
        if principle.status == PrincipleStatus.NOT_ADOPTED:
            st.badge(status_word(principle.status), color=STATUS_COLOURS[PrincipleStatus.NOT_ADOPTED])
    return is_chosen


def _key(principle: PrincipleView) -> str:
    """Version and status are in the key, so that a reworded principle is offered anew."""
    return f"vote_on_{principle.id}_{principle.version}_{principle.status.replace(' ', '_')}"


def _tick(keys: list[str]) -> None:
    for key in keys:
        st.session_state[key] = True


def _who_counts_together(together: CountsTogether) -> None:
    """Draw which groups would count by themselves, and which together."""
    sentence = together_sentence(together.joined_groups, together.joins_people_without_group)
    if together.apart:
        apart = _("These groups count by themselves: {groups}.").format(
            groups=listed(together.apart, language())
        )
        small(f"{apart} {sentence}".strip())
    elif sentence:
        small(sentence)
