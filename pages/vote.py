"""Step 2: vote on principles. Open, close, reveal, and what follows from the outcome."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import escape
from sqlmodel import Session

from exports.sentences import Terms, choice_label, row_label, rule_sentence, secrecy_sentence
from models.after_reveal import choose_follow_up
from models.closing import close_round
from models.database import reading
from models.people import People, people_here
from models.principle import PrincipleView, list_principles, reword_principle
from models.round import VOTABLE, open_round, reveal_round, start_over
from models.round_views import (
    ItemView,
    NamedBallot,
    RoundView,
    ballots_stored,
    last_round,
    named_ballots,
    who_has_not_voted,
)
from models.tables import Workshop
from models.words import Decision, FollowUp, Method, Phase, PrincipleStatus, RuleKind, Secrecy, Step
from models.workshop import read_workshop
from pages.parts.acting import act, do, facilitator
from pages.parts.going_on import go_on, let_room_follow
from pages.parts.live import live
from pages.parts.panel import opens_panel
from pages.parts.preview import PREVIEW, preview
from pages.parts.principle_card import (
    STATUS_COLOURS,
    review_field,
    reword_fields,
    rounds_table,
    status_word,
    typed_wording,
)
from pages.parts.result import ballots_line, joined_rows, outcome, reasons, round_badges, statement
from pages.parts.room_now import RoomNow, room_now
from pages.parts.small_print import small
from pages.parts.step_bar import step_bar
from pages.parts.steps_style import steps_style
from pages.parts.storing import store
from pages.parts.table import table
from pages.parts.words import gettext as _
from pages.parts.words import language, ngettext, plain

VOTE, START_OVER = "vote", "start_over"
RULE, SHARE, QUORUM, SECRECY = "vote_rule", "vote_share", "vote_quorum", "vote_secrecy"
READY_SHARE = 80


@st.fragment(key=VOTE)
def voting(room: RoomNow) -> None:
    """Draw the round that is on, or its result, and the form of the next one. A live part (key `vote`)."""
    facilitator()
    let_room_follow(room, Step.VOTE)
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
        latest = last_round(session, room.workshop_id)
        principles = list_principles(session, workshop.alliance_id)
        people = people_here(session, room.workshop_id)
        missing = who_has_not_voted(session, latest.id) if latest is not None else []
        ballots = named_ballots(session, latest.id) if latest is not None else []
        stored = ballots_stored(session, latest.id) if latest is not None else 0
    if latest is not None and latest.phase == Phase.OPEN:
        _open_round(latest, missing)
        _people(latest, people)
    else:
        if latest is not None:
            _closed_round(room.workshop_id, latest, principles, stored, ballots)
        if latest is None or latest.phase == Phase.REVEALED:
            _next_round(room, workshop, principles, latest)
    _history(principles, latest)


def _open_round(round_: RoundView, missing: Sequence[str]) -> None:
    is_one = len(round_.items) == 1
    with st.container(border=True, key="card_round"):
        # Several statements are long: they stand below the buttons, which are then seen without scrolling.
        if is_one:
            _what_is_asked(round_)
        _counted(round_)
        if round_.secrecy == Secrecy.NAMED and missing:
            with st.expander(
                ngettext(
                    "{count} person has not voted", "{count} people have not voted", len(missing)
                ).format(count=len(missing)),
                key="not_voted",
            ):
                st.markdown(plain(", ".join(missing)))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                _("Close the round and show the result"),
                key="close_and_show",
                icon=":material/stop:",
                type="primary",
                on_click=_close_and_show,
                args=(round_.id,),
            )
            st.button(
                _("Close, do not show yet"),
                key="close_only",
                icon=":material/lock:",
                on_click=do,
                args=(close_round,),
                kwargs={"round_id": round_.id},
            )
            starts_over = _opens_start_over()
        if starts_over:
            _start_over_form(round_)
        after = _("After closing nobody can change. The result comes on the screen and on all phones.")
        small(after)
        if not is_one:
            _what_is_asked(round_)


def _what_is_asked(round_: RoundView) -> None:
    for item in round_.items:
        with st.container(gap="xxsmall", key=f"asked_{item.id}"):
            statement(item, round_)
    round_badges(round_)
    joined_rows(round_)


def _counted(round_: RoundView) -> None:
    """Draw how many voted as words and a bar of our own: it grows in place."""
    share = min(100, round(100 * round_.voted / round_.electorate)) if round_.electorate else 0
    words = ngettext(
        "<b>{voted} of {people}</b> has voted", "<b>{voted} of {people}</b> have voted", round_.electorate
    ).format(voted=round_.voted, people=round_.electorate)
    spoken = _("{voted} of {people}").format(voted=round_.voted, people=round_.electorate)
    st.html(
        f'<p class="counted">{words}</p><div class="counted-bar" role="img" aria-label="{escape(spoken)}">'
        f'<div style="width:{share}%"></div></div>'
    )


def _opens_start_over() -> bool:
    return opens_panel(_("Start over"), key=START_OVER, icon=":material/history:")


def _start_over_form(round_: RoundView) -> None:
    st.markdown(
        _(
            "The votes of this round do not count. It is kept, without a result. "
            "The same question opens again."
        )
    )
    st.button(
        _("Start this round over"),
        key="start_over_now",
        icon=":material/history:",
        on_click=_begin_again,
        args=(round_.id,),
    )


def _begin_again(round_id: int) -> None:
    store(start_over, then={START_OVER: False}, round_id=round_id)


def _close_and_show(round_id: int) -> None:
    if act(close_round, round_id=round_id):
        act(reveal_round, round_id=round_id)


def _people(round_: RoundView, people: People) -> None:
    with st.container(border=True, key="card_people"):
        st.header(_("Who is here"), anchor=False)
        rows: list[tuple[str, int]] = [(group.name, group.count) for group in people.groups]
        if people.without_group:
            rows.append((row_label("none", None, language()), people.without_group))
        table(
            [_("Group"), _("Here")],
            rows,
            caption=_("How many votes each group has so far is not shown: that would tell who chose what."),
        )


def _closed_round(
    workshop_id: int,
    round_: RoundView,
    principles: Sequence[PrincipleView],
    stored: int,
    ballots: Sequence[NamedBallot],
) -> None:
    is_revealed = round_.phase == Phase.REVEALED
    by_id = {principle.id: principle for principle in principles}
    if not is_revealed:
        st.warning(
            _("The round is closed. Only you see this result: the room does not see it yet."),
            icon=":material/visibility_off:",
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                _("Show the result to the room"),
                key="reveal",
                icon=":material/visibility:",
                type="primary",
                on_click=do,
                args=(reveal_round,),
                kwargs={"round_id": round_.id},
            )
            starts_over = _opens_start_over()
        if starts_over:
            _start_over_form(round_)
    for item in round_.items:
        with st.container(border=True, key=f"card_item_{item.id}"):
            statement(item, round_)
            outcome(item, round_)
            reasons(item, round_)
            principle = by_id.get(item.principle_id)
            if is_revealed and principle is not None:
                _what_follows(workshop_id, item, round_, principle)
    with st.container(border=True, key="card_about_round"):
        st.subheader(_("About this round"), anchor=False)
        round_badges(round_)
        joined_rows(round_)
        ballots_line(round_, stored)
        _named(ballots, round_)


def _named(ballots: Sequence[NamedBallot], round_: RoundView) -> None:
    if not ballots:
        return
    numbers = {item.id: item.principle_number for item in round_.items}
    with st.expander(_("Who chose what (only facilitators see this)"), key="named_ballots"):
        table(
            [_("Participant"), _("Principle"), _("Choice"), _("Reason")],
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


def _what_follows(workshop_id: int, item: ItemView, round_: RoundView, principle: PrincipleView) -> None:
    if item.result is None or item.version_id != principle.version_id:
        return
    if item.result.decision == Decision.ADOPTED:
        review_field(principle)
        return
    if item.follow_up is not None:
        st.info(_follow_up_word(item.follow_up), icon=":material/check:")
    key = f"again_{item.id}"
    with st.container(horizontal=True, vertical_alignment="center"):
        rewords = opens_panel(_("Reword and vote again"), key=key, icon=":material/edit:")
        if item.result.decision == Decision.NOT_ADOPTED:
            _minority_report_or_leave_out(item)
    if rewords:
        _reword_and_vote_again(workshop_id, item, round_, principle, key)


def _minority_report_or_leave_out(item: ItemView) -> None:
    for follow_up, label, icon in (
        (FollowUp.MINORITY_REPORT, _("Minority report"), ":material/forum:"),
        (FollowUp.LEAVE_OUT, _("Leave it out"), ":material/remove:"),
    ):
        st.button(
            label,
            key=f"follow_up_{follow_up.value.replace(' ', '_')}_{item.id}",
            icon=icon,
            disabled=item.follow_up == follow_up,
            on_click=do,
            args=(choose_follow_up,),
            kwargs={"item_id": item.id, "follow_up": follow_up},
        )


def _follow_up_word(follow_up: str) -> str:
    return {
        FollowUp.REWORD: _("We reword it and vote again."),
        FollowUp.MINORITY_REPORT: _("Not adopted. The objections go into the document as a minority report."),
        FollowUp.LEAVE_OUT: _("Left out. The document says so."),
    }[FollowUp(follow_up)]


def _reword_and_vote_again(
    workshop_id: int, item: ItemView, round_: RoundView, principle: PrincipleView, key: str
) -> None:
    with st.form(f"{key}_form", border=False):
        reword_fields(principle, key)
        small(rule_sentence(round_, language()))
        st.form_submit_button(
            _("Keep as version {number} and open the round").format(number=principle.version + 1),
            key=f"{key}_save",
            icon=":material/how_to_vote:",
            on_click=_vote_again,
            args=(workshop_id, item, round_, principle.id, key),
        )


def _vote_again(workshop_id: int, item: ItemView, round_: RoundView, principle_id: int, key: str) -> None:
    store(
        reword_and_open,
        then={key: False},
        workshop_id=workshop_id,
        item=item,
        round_=round_,
        principle_id=principle_id,
        **typed_wording(key),
    )


def reword_and_open(
    session: Session,
    *,
    who: str,
    workshop_id: int,
    item: ItemView,
    round_: RoundView,
    principle_id: int,
    text: str,
    why: str,
) -> None:
    """Reword a principle that was not adopted and open the same round on it again, in one transaction."""
    choose_follow_up(session, who=who, item_id=item.id, follow_up=FollowUp.REWORD)
    reword_principle(session, who=who, principle_id=principle_id, text=text, why=why)
    open_round(
        session,
        who=who,
        workshop_id=workshop_id,
        principle_ids=[principle_id],
        rule=round_.rule,
        share=round_.share,
        quorum=round_.quorum,
        secrecy=round_.secrecy,
    )


def _next_round(
    room: RoomNow, workshop: Workshop, principles: Sequence[PrincipleView], latest: RoundView | None
) -> None:
    votable = [principle for principle in principles if principle.status in VOTABLE]
    with st.container(border=True, key="card_next_round"):
        st.header(_("A new round") if latest is not None else _("The first round"), anchor=False)
        if not votable:
            _nothing_to_vote_on(room, principles)
            return
        left, right = st.columns([1.2, 1], gap="large")
        with left:
            chosen = _choose_principles(votable)
        with right:
            rule, share, quorum = _choose_rule(latest)
            secrecy = _choose_secrecy(latest)
        st.info(
            plain(rule_sentence(Terms(Method.CONSENT, rule, share, quorum), language()))
            + " "
            + plain(secrecy_sentence(secrecy, language()))
            + " "
            + _("Phones show this before the first tap."),
            icon=":material/balance:",
        )
        waits = any(principle.status == PrincipleStatus.DRAFT for principle in votable)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                _("Open the round"),
                key="open_round",
                icon=":material/how_to_vote:",
                type="primary" if waits else "secondary",
                disabled=not chosen,
                on_click=do,
                args=(open_round,),
                kwargs={
                    "workshop_id": room.workshop_id,
                    "principle_ids": chosen,
                    "rule": rule,
                    "share": share,
                    "quorum": quorum,
                    "secrecy": secrecy,
                },
            )
            _go_on_to_agreements(room, is_primary=not waits)


def _nothing_to_vote_on(room: RoomNow, principles: Sequence[PrincipleView]) -> None:
    has_results = any(principle.status == PrincipleStatus.ADOPTED for principle in principles)
    if has_results:
        st.markdown(_("Every principle has its result. You can word another one, or go on."))
    else:
        st.markdown(_("There is no principle to vote on yet. Word one first."))
    with st.container(horizontal=True, vertical_alignment="center"):
        if has_results:
            _go_on_to_agreements(room, is_primary=True)
        st.page_link("draft.py", label=_("To the proposals"), icon=":material/edit:", query_params=room.link)


def _go_on_to_agreements(room: RoomNow, *, is_primary: bool) -> None:
    go_on(room, Step.AGREE, _("Go on to agreements"), icon=":material/handshake:", is_primary=is_primary)


def _choose_principles(votable: Sequence[PrincipleView]) -> list[int]:
    st.subheader(_("What do we vote on?"), anchor=False)
    first = next((principle.id for principle in votable if principle.status == PrincipleStatus.DRAFT), None)
    chosen = []
    for principle in votable:
        is_chosen = st.checkbox(
            plain(_("{number}. {text}").format(number=principle.number, text=principle.text)),
            value=principle.id == first,
            # Version and status are in the key, so that a reworded principle is offered anew.
            key=f"vote_on_{principle.id}_{principle.version}_{principle.status.replace(' ', '_')}",
            wrap=True,
        )
        if principle.status == PrincipleStatus.NOT_ADOPTED:
            st.badge(status_word(principle.status), color=STATUS_COLOURS[PrincipleStatus.NOT_ADOPTED])
        if is_chosen:
            chosen.append(principle.id)
    return chosen


def _choose_rule(latest: RoundView | None) -> tuple[RuleKind, int | None, int | None]:
    words = {
        RuleKind.NO_OPEN_OBJECTIONS: _("No objection is left"),
        RuleKind.WITHOUT_OBJECTION: _("Enough people without an objection"),
    }
    rules = list(words)
    rule = st.radio(
        _("When is it adopted?"),
        rules,
        index=rules.index(RuleKind(latest.rule)) if latest is not None else 0,
        format_func=lambda kind: words[kind],
        key=RULE,
    )
    share = None
    if rule == RuleKind.WITHOUT_OBJECTION:
        share = st.number_input(
            _("At least how many percent without an objection?"),
            min_value=1,
            max_value=100,
            value=(latest.share if latest is not None else None) or READY_SHARE,
            step=5,
            key=SHARE,
        )
    quorum = st.number_input(
        _("How many percent of those present must vote? Leave it empty for no minimum."),
        min_value=1,
        max_value=100,
        value=latest.quorum if latest is not None else None,
        step=5,
        key=QUORUM,
    )
    return RuleKind(rule), share, quorum


def _choose_secrecy(latest: RoundView | None) -> Secrecy:
    words = {Secrecy.ANONYMOUS: _("Anonymous"), Secrecy.NAMED: _("With names")}
    kinds = list(words)
    return Secrecy(
        st.radio(
            _("Who sees what one chooses?"),
            kinds,
            index=kinds.index(Secrecy(latest.secrecy)) if latest is not None else 0,
            format_func=lambda kind: words[kind],
            key=SECRECY,
            horizontal=True,
        )
    )


def _history(principles: Sequence[PrincipleView], latest: RoundView | None) -> None:
    """Draw the rounds before the one that stands above, by principle."""
    above = latest.id if latest is not None else None
    earlier = {
        principle.id: [round_ for round_ in principle.rounds if round_.id != above]
        for principle in principles
    }
    if not any(earlier.values()):
        return
    st.header(_("Earlier rounds"), anchor=False)
    for principle in principles:
        if earlier[principle.id]:
            label = _("{number}. {text}").format(number=principle.number, text=principle.text)
            with st.expander(plain(label), key=f"rounds_{principle.id}"):
                rounds_table(principle, earlier[principle.id])


room = room_now()
steps_style()
step_bar(room, _("Voting"), here=Step.VOTE)
page, phone = st.columns([3.2, 1], gap="medium")
with page:
    voting(room)
with phone:
    preview(room)
live(room.workshop.code, VOTE, PREVIEW)
