"""What a round that the room sees came to, in a sentence and in numbers; what was objected; beside it what follows."""

from collections.abc import Callable, Sequence

import streamlit as st
from markupsafe import Markup

from exports.language import number
from exports.sentences import outcome_sentence
from models.basics.words import Decision, ReasonState
from models.voting.after_reveal import show_reasons, take_reasons_off
from models.voting.late_words import LateWordsView
from models.voting.methods import description
from models.voting.methods.method import Mark
from models.voting.principles import PrincipleView
from models.voting.round_views import ItemView, ReasonView, RoundView
from models.voting.vote_again import is_objection, open_objections
from pages.parts.frame.acting import act
from pages.parts.frame.panel import opens_panel, panel_is_open
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, small
from pages.parts.leading.page_head import big_sentence
from pages.parts.voting.follow_up import follow_up_word
from pages.parts.voting.outcome import by_group, differs_from_the_heads, who_was_there
from pages.parts.voting.principle_card import review_field
from pages.parts.voting.reasons import how_many_wait
from pages.parts.voting.reword import IN_ANOTHER_WAY, can_be_reworded, reword_card
from pages.parts.voting.statement import statement
from pages.parts.voting.subjects import subject_line
from pages.parts.voting.votes import votes
from pages.parts.voting.with_names import again_with_names


def shown_round(
    room: RoomNow,
    round_: RoundView,
    principles: Sequence[PrincipleView],
    late: Sequence[LateWordsView],
    here: int,
    next_form: Callable[[bool], None],
) -> None:
    """Draw what a round came to, and beside it what follows: the text to change, or else the next round.

    `here` is how many may vote now; `next_form` draws the form of the next round, with the page's one filled button or
    without it.
    """
    item = round_.items[0] if len(round_.items) == 1 and not round_.rule.only_ranks else None
    principle = next((found for found in principles if item and found.id == item.principle_id), None)
    left, right = st.columns(2, gap="small")
    with left, st.container(border=True, key="card_came_to", gap="small"):
        if item is None:
            _several(round_)
        else:
            _one(item, round_, principle, len(principles), late, room.alliance.time_zone)
        again_with_names(round_)
    rewords = item is not None and principle is not None and can_be_reworded(item, round_, principle)
    with right:
        if rewords and item is not None and principle is not None:
            reword_card(room, item, round_, principle, here)
        else:
            next_form(True)
    # The form of its terms stands on the page once.
    if rewords and not panel_is_open(IN_ANOTHER_WAY):
        next_form(False)


def _several(round_: RoundView) -> None:
    if round_.rule.only_ranks:
        big_sentence(_("Round {round}: the room put the texts in order.").format(round=round_.number))
        return
    if not round_.rule.decides:
        big_sentence(_("Round {round}: this is how the room answered.").format(round=round_.number))
        small(_("The answers to each text stand below."))
        return
    adopted = sum(
        item.result is not None and item.result.decision == Decision.ADOPTED for item in round_.items
    )
    big_sentence(
        ngettext(
            "Round {round}: {adopted} of {count} text is adopted.",
            "Round {round}: {adopted} of {count} texts are adopted.",
            len(round_.items),
        ).format(round=round_.number, adopted=adopted, count=len(round_.items))
    )
    small(_("What follows for each text stands below, with its numbers."))
    how_many_wait(sum(len(open_objections(round_, item)) for item in round_.items))


def _one(
    item: ItemView,
    round_: RoundView,
    principle: PrincipleView | None,
    principles: int,
    late: Sequence[LateWordsView],
    time_zone: str,
) -> None:
    result = item.result
    if result is None:
        return
    decided, follow_on = outcome_sentence(result, language())
    voted = ngettext("{voted} of {people} voted", "{voted} of {people} voted", round_.electorate).format(
        voted=round_.voted, people=round_.electorate
    )
    big_sentence(decided, above=f"{subject_line(item, round_, of=principles)} · {voted}")
    statement(item, round_, is_alone=False, says_which=False)
    votes(result, key=str(item.id))
    small(follow_on)
    if differs_from_the_heads(round_):
        who_was_there(round_, time_zone)
    _what_was_objected(item, round_, [one for one in late if one.round_number == round_.number])
    if principle is None or item.version_id != principle.version_id or not round_.rule.decides:
        return
    if result.decision == Decision.ADOPTED:
        review_field(principle)
    elif item.follow_up is not None and not can_be_reworded(item, round_, principle):
        small(follow_up_word(item.follow_up))


def _what_was_objected(item: ItemView, round_: RoundView, late: Sequence[LateWordsView]) -> None:
    objections = [reason for reason in item.reasons if is_objection(round_.method, reason.choice)]
    others = [reason for reason in item.reasons if reason not in objections]
    counts = item.result.numbers.counts if item.result is not None and item.result.numbers is not None else {}
    objected = sum(count for choice, count in counts.items() if is_objection(round_.method, choice))
    if objections or late or (objected and round_.rule.decides):
        with st.container(key="objections", gap="small"):
            st.header(_("The objections"), anchor=False)
            st.html(_quotes(objections, late, round_))
            silent = objected - len(objections) - item.reasons_hidden
            if objected and silent > 0:
                small(
                    ngettext(
                        "{count} objection came without words.",
                        "{count} objections came without words.",
                        silent,
                    ).format(count=silent)
                )
    if not item.result or not (objections or others or item.result.numbers):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="about_objections"):
        _on_the_projector(round_, objections)
        sees_others = bool(others) and opens_panel(
            _others_words(round_, others), key=f"others_{item.id}", icon=":material/chat:"
        )
        sees_groups = item.result.numbers is not None and opens_panel(
            _("By group"), key=f"groups_{item.id}", icon=":material/bar_chart:"
        )
    if sees_others:
        st.html(_quotes(others, [], round_))
    if sees_groups:
        by_group(item, item.result)


def _others_words(round_: RoundView, others: Sequence[ReasonView]) -> str:
    marks = {choice.value: choice.mark for choice in description(round_.method).choices}
    if all(marks.get(reason.choice) is Mark.CONCERN for reason in others):
        return _("Concerns {count}").format(count=number(len(others), language()))
    return _("Other words {count}").format(count=number(len(others), language()))


def _quotes(said: Sequence[ReasonView], late: Sequence[LateWordsView], round_: RoundView) -> str:
    """Return words of people as a list; what came too late stands there with its badge, and counts nowhere."""
    rows = [
        Markup('<li class="{}"><q dir="auto">{}</q>{}</li>').format(
            "objection" if is_objection(round_.method, reason.choice) else "concern",
            reason.text,
            Markup("<small>{}</small>").format(reason.name) if reason.name else "",
        )
        for reason in said
    ]
    rows += [
        Markup('<li class="late"><q dir="auto">{}</q> <span class="badge orange">{}</span></li>').format(
            one.text, _("too late")
        )
        for one in late
    ]
    return f'<ul class="quotes">{Markup("").join(rows)}</ul>'


def _on_the_projector(round_: RoundView, objections: Sequence[ReasonView]) -> None:
    """Draw one button that brings the objections to the room, or takes them off the screen."""
    if not objections:
        return
    new = [reason.id for reason in objections if reason.state == ReasonState.NEW]
    shown = [reason.id for reason in objections if reason.state == ReasonState.SHOWN]
    st.button(
        _("Show on the projector") if new else _("Take off the projector"),
        key=f"objections_{round_.id}",
        icon=":material/visibility:" if new else ":material/visibility_off:",
        on_click=_show if new else _take_off,
        args=(round_.id, new) if new else (shown,),
    )


def _show(round_id: int, reason_ids: list[int]) -> None:
    acted = act(show_reasons, round_id=round_id, reason_ids=reason_ids)
    if acted:
        count = len(reason_ids)
        words = ngettext(
            "{count} objection is on the projector now.",
            "{count} objections are on the projector now.",
            count,
        )
        tell(words.format(count=count), acted.undo)


def _take_off(reason_ids: list[int]) -> None:
    acted = act(take_reasons_off, reason_ids=reason_ids)
    if acted:
        tell(_("The objections are off the projector."), acted.undo)
