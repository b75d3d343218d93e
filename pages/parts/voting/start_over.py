"""What can be done with a misunderstood round before its result is shown: cancel it, or ask anew, also something else.

Both say what they do before they do it, and a cancelled round can be taken up again from the message that tells of it.
"""

from collections.abc import Sequence

import streamlit as st

from models.basics.words import SubjectKind
from models.voting.asked import Subject
from models.voting.cancelling import cancel_round
from models.voting.principles import PrincipleView
from models.voting.questions import VOTABLE
from models.voting.round import start_over
from models.voting.round_views import RoundView
from pages.parts.frame.acting import act, act_then
from pages.parts.frame.panel import opens_panel, panel_is_open
from pages.parts.frame.told import tell, undo_event
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain, small
from pages.parts.leading.page_head import big_sentence
from pages.parts.voting.more_voices import voices_seen
from pages.parts.voting.with_names import told_when_few

START_OVER, TEXTS = "start_over", "start_over_texts"


def cancel_or_start_over(round_: RoundView, principles: Sequence[PrincipleView]) -> None:
    """Draw the two ways, each with what it does, and the form of the one that asks anew."""
    left, right = st.columns(2, gap="small")
    with left, st.container(gap="xxsmall"):
        st.button(
            _("Cancel this round"),
            key="cancel_round",
            icon=":material/block:",
            width="stretch",
            on_click=_cancel,
            args=(round_,),
        )
        small(_("The round does not count, and is in no document. You can undo this."))
    with right, st.container(gap="xxsmall"):
        opens_panel(_("Start over"), key=START_OVER, icon=":material/restart_alt:", width="stretch")
        small(_("The votes lapse and the room chooses anew. It may be another question too."))
    if panel_is_open(START_OVER):
        _start_over_form(round_, principles)


def cancelled_round(round_: RoundView, event_id: int) -> None:
    """Draw that the last round was cancelled, as `event_id` tells, and the way back while it stands open."""
    with st.container(border=True, key="card_cancelled"):
        big_sentence(_("The round was cancelled, and does not count."))
        st.markdown(plain(" · ".join(item.text for item in round_.items)))
        st.button(
            _("Undo: the round is as it was"),
            key="undo_cancelling",
            icon=":material/undo:",
            on_click=undo_event,
            args=(event_id, _("The round is as it was, with every vote.")),
        )


def _cancel(round_: RoundView) -> None:
    acted = act(cancel_round, round_id=round_.id)
    if acted:
        told = _("Round {round} is cancelled. It does not count.").format(round=round_.number)
        tell(told, acted.undo, undone=_("The round is as it was, with every vote."))


def _start_over_form(round_: RoundView, principles: Sequence[PrincipleView]) -> None:
    kind = round_.items[0].about.kind
    texts = _texts(round_, principles)
    asked = [item.about.id for item in round_.items if item.about.id in texts]
    with st.container(border=True, key="card_start_over"):
        st.multiselect(
            _("What do we ask anew?"),
            list(texts),
            default=asked,
            format_func=lambda subject_id: texts[subject_id],
            key=f"{TEXTS}_{round_.id}",
            placeholder=_("Choose at least one text"),
            filter_mode="contains",
            select_all=False,
        )
        small(_("Everything else stays as it was: method, rule, secrecy."))
        told_when_few(round_.secrecy, round_.electorate)
        st.button(
            _("Cancel this round and ask anew"),
            key="start_over_now",
            icon=":material/history:",
            disabled=not st.session_state[f"{TEXTS}_{round_.id}"],
            on_click=_begin_again,
            args=(round_.id, kind, asked),
        )


def _texts(round_: RoundView, principles: Sequence[PrincipleView]) -> dict[int, str]:
    """Return what can be asked anew, by id: principles that may be voted on, or else what the round asked about."""
    if all(item.principle_id is None for item in round_.items):
        return {item.about.id: _label(item.number, item.text) for item in round_.items}
    return {
        principle.id: _label(principle.number, principle.text)
        for principle in principles
        if principle.status in VOTABLE
    }


def _label(number: int, text: str) -> str:
    # No Markdown is read in a list of choices.
    return _("{number}. {text}").format(number=number, text=text)


def _begin_again(round_id: int, kind: SubjectKind, asked: list[int]) -> None:
    chosen = list(st.session_state[f"{TEXTS}_{round_id}"])
    act_then(
        start_over,
        then={START_OVER: False},
        round_id=round_id,
        voices_seen=voices_seen(),
        # The very text of the round, also where it was reworded since.
        about=None if chosen == asked else [Subject(kind, one) for one in chosen],
    )
