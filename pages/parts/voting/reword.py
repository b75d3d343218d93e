"""A text that was not adopted, worded anew beside what was objected to it, and asked again by one button."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import streamlit as st
from markupsafe import Markup, escape

from exports.agenda.difference import marked_difference
from exports.sentences import method_name, rule_sentence
from models.basics.words import Decision
from models.voting.principles import PrincipleView
from models.voting.round_views import ItemView, RoundView
from models.voting.terms import Terms
from models.voting.vote_again import reword_and_vote_again, terms_again
from models.workshop.unfinished import finish_form
from pages.parts.frame.acting import act_then
from pages.parts.frame.panel import opens_panel
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.typing import stored_while_typing, typed_line
from pages.parts.frame.unfinished import bring_back, emptied, keep
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small
from pages.parts.voting.follow_up import follow_up_word, minority_report_or_leave_out
from pages.parts.voting.more_voices import voices_seen
from pages.parts.voting.terms import choose_terms
from pages.parts.voting.with_names import told_when_few

IN_ANOTHER_WAY = "again_in_another_way"


def can_be_reworded(item: ItemView, round_: RoundView, principle: PrincipleView | None) -> bool:
    """Return whether the text of an item that was decided upon was not adopted, and stands as it was asked."""
    return (
        principle is not None
        and item.result is not None
        and item.version_id == principle.version_id
        and round_.rule.decides
        and item.result.decision != Decision.ADOPTED
    )


@dataclass(frozen=True)
class _Form:
    """Under which names the new wording of one item is kept, and what stands in its fields at first."""

    item: ItemView
    principle: PrincipleView

    @property
    def key(self) -> str:
        return f"again_{self.item.id}"

    @property
    def text(self) -> str:
        return f"{self.key}_text"

    @property
    def why(self) -> str:
        return f"{self.key}_why"

    @property
    def kept_as(self) -> str:
        return f"again {self.item.id}"

    @property
    def beginning(self) -> dict[str, Any]:
        # With the version something is kept of it also while the text is empty: else the old one would come back.
        return {self.text: self.principle.text, self.why: "", f"{self.key}_of": self.principle.version}


def reword_card(
    room: RoomNow, item: ItemView, round_: RoundView, principle: PrincipleView, here: int
) -> None:
    """Draw the text to change, what then is gone and new, and the button that asks it again. `here` may vote."""
    form = _Form(item, principle)
    kept_at = bring_back(form.kept_as, room.leader.name, form.beginning)
    with st.container(border=True, key="card_reword", gap="small"):
        _fields(room, form, kept_at)
        what_changes(principle.text, st.session_state[form.text])
        terms = terms_again(round_)
        told_when_few(terms.secrecy, here)
        place_of_button = st.container(gap="xsmall")
        with st.container(horizontal=True, vertical_alignment="center", key="ways_again"):
            otherwise = opens_panel(_("Choose another way"), key=IN_ANOTHER_WAY, icon="", type="tertiary")
            says_why = opens_panel(
                _("Say why the text changes"), key=f"{form.key}_says", icon="", type="tertiary"
            )
        with st.container(horizontal=True, vertical_alignment="center"):
            minority_report_or_leave_out(item)
        if item.follow_up is not None:
            small(follow_up_word(item.follow_up))
        if says_why:
            st.text_input(
                _("Why does it change?"),
                key=form.why,
                max_chars=200,
                on_change=keep,
                args=(form.kept_as,),
            )
        minutes = None
        if otherwise:
            how = choose_terms(round_, 1)
            terms, minutes = how.terms, how.minutes
        with place_of_button:
            _open_again(form, round_, terms, minutes, here, says_rule=otherwise)


def what_changes(before: str, now: str) -> None:
    """Draw which words are gone and which are new, as phones and projector will show them."""
    is_same = " ".join(before.split()) == " ".join(now.split())
    marked = escape(before) if is_same else marked_difference(before, now.strip())
    heading = Markup('<h3 class="change-heading">{}</h3>').format(_("What changes"))
    st.html(f'{heading}<p class="difference" dir="auto">{marked}</p>')
    small(
        _("Nothing is changed yet.")
        if is_same
        else _("Struck through is gone, underlined is new. So it will stand on the phones and the projector.")
    )


def _fields(room: RoomNow, form: _Form, kept_at: datetime | None) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(_("Change the text"), anchor=False)
        st.badge(_("version {number}").format(number=form.principle.version + 1), color="green")
    st.text_area(
        _("The new text"),
        key=form.text,
        max_chars=400,
        height=118,
        label_visibility="collapsed",
        on_change=keep,
        args=(form.kept_as,),
    )
    stored_while_typing(form.key, [form.text, form.why], lambda: keep(form.kept_as, room.workshop_id))
    typed_line(kept_at, room.alliance.time_zone)


def _open_again(
    form: _Form, round_: RoundView, terms: Terms, minutes: int | None, here: int, *, says_rule: bool
) -> None:
    st.button(
        _("Open round {round} with this text").format(round=round_.number + 1),
        key=f"{form.key}_save",
        icon=":material/how_to_vote:",
        type="primary",
        width="stretch",
        on_click=_vote_again,
        args=(form, terms, minutes),
    )
    if says_rule or terms != round_.terms:
        said = (
            f"{method_name(terms.method, language())}. {rule_sentence(terms.method, terms.rule, language())}"
        )
        st.markdown(f":small[:gray[{plain(said)}]]")
        return
    small(
        ngettext(
            "The same rule, for the {count} person who is here now.",
            "The same rule, for the {count} people who are here now.",
            here,
        ).format(count=here)
    )


def _vote_again(form: _Form, terms: Terms, minutes: int | None) -> None:
    act_then(
        finish_form,
        then={**emptied(form.kept_as, form.beginning), IN_ANOTHER_WAY: False},
        what=form.kept_as,
        action=reword_and_vote_again,
        arguments={
            "item_id": form.item.id,
            "voices_seen": voices_seen(),
            "terms": terms,
            "minutes": minutes,
            "text": st.session_state[form.text],
            "why": st.session_state.get(form.why, ""),
        },
    )
