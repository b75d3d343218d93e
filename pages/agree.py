"""Step 3: concrete agreements, who carries them, and how they hang together."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup, escape

from exports.language import day, listed
from exports.sentences import dependency_sentence, gap_sentence, vague_sentence
from models.agreement import (
    ask_owner,
    change_agreement,
    drop_agreement,
    record_agreement,
    revive_agreement,
    show_agreements,
)
from models.agreement_views import AgreementView, list_agreements, read_coherence
from models.database import reading
from models.partner import read_partners
from models.principle import PrincipleView, list_principles
from models.proposal import ProposalRow, proposals_for_facilitator
from models.rules.coherence import Coherence
from models.rules.vagueness import vague_points
from models.tables import Partner
from models.words import AgreementState, PrincipleStatus, ProposalKind, Step
from pages.parts.acting import do, facilitator, refuse_with
from pages.parts.filter import filter_pills
from pages.parts.going_on import go_on, let_room_follow
from pages.parts.live import live
from pages.parts.panel import opens_panel
from pages.parts.proposals import (
    decide_about,
    hide_form,
    is_hidden,
    is_waiting,
    opens_table_form,
    show_waiting,
    support_and_origin,
    table_form,
)
from pages.parts.room_now import RoomNow, room_now
from pages.parts.small_print import small
from pages.parts.step_bar import step_bar
from pages.parts.steps_style import steps_style
from pages.parts.storing import store
from pages.parts.table import badge
from pages.parts.words import gettext as _
from pages.parts.words import language, ngettext, plain

AGREE = "agree"
EDITING, FROM_PROPOSAL = "agreement", "proposal"
NEW, NEWEST = "new", "newest"
AT_HAND, SOURCE = "agreement_at_hand", "agreement_source"
OPENING, OPENED_VERSION = "agreement_opening", "agreement_opened_version"
COLUMNS = (2.6, 2.2, 1.7, 1, 1.7, 1.2)


@st.fragment(key=AGREE)
def agreeing(room: RoomNow) -> None:
    """Draw the agreements, the form of the one at hand, and their coherence. A live part (key `agree`)."""
    facilitator()
    let_room_follow(room, Step.AGREE)
    with reading() as session:
        agreements = list_agreements(session, room.alliance_id)
        principles = list_principles(session, room.alliance_id)
        partners = read_partners(session, room.alliance_id)
        coherence = read_coherence(session, room.alliance_id)
        proposals = [
            proposal
            for proposal in proposals_for_facilitator(session, room.workshop_id)
            if proposal.kind == ProposalKind.AGREEMENT and proposal.state != "withdrawn"
        ]
    at_hand = _at_hand(agreements)
    _tools(room, agreements, is_writing=at_hand == NEW)
    if at_hand == NEW:
        _new_agreement(room, agreements, principles, partners, proposals)
    _list(agreements, principles, partners, at_hand)
    _owners_wanted(agreements)
    _from_phones(room, proposals)
    _coherence(coherence)


def is_open(agreement: AgreementView) -> bool:
    return agreement.state == AgreementState.OPEN


def _standing(agreement: AgreementView) -> tuple[str, str]:
    """Return where an agreement stands, in words, and the colour of its label."""
    if not is_open(agreement):
        return _("Dropped"), "gray"
    if agreement.owner is None:
        return _("Looks for an owner"), "gray"
    if agreement.owner_accepted:
        return _("Accepted"), "green"
    return _("Asked, not accepted yet"), "orange"


def _tools(room: RoomNow, agreements: Sequence[AgreementView], *, is_writing: bool) -> None:
    not_shown = [agreement.id for agreement in agreements if is_open(agreement) and not agreement.is_shown]
    with st.container(horizontal=True, vertical_alignment="center", key="agree_tools"):
        st.button(
            _("New agreement"),
            key="new_agreement",
            icon=":material/add:",
            type="secondary" if is_writing else "primary",
            disabled=is_writing,
            on_click=_open,
            args=(NEW,),
        )
        adds = opens_table_form(ProposalKind.AGREEMENT)
        if not_shown:
            count = len(not_shown)
            st.button(
                ngettext(
                    "Show {count} agreement on the screen", "Show {count} agreements on the screen", count
                ).format(count=count),
                key="show_agreements",
                icon=":material/visibility:",
                on_click=do,
                args=(show_agreements,),
                kwargs={"agreement_ids": not_shown},
            )
        st.space("stretch")
        go_on(
            room,
            Step.SIGN,
            _("Go on to signing"),
            icon=":material/draw:",
            is_primary=False,
            is_ready=any(is_open(agreement) for agreement in agreements),
        )
    if adds:
        table_form(room.workshop_id, ProposalKind.AGREEMENT)


def _list(
    agreements: Sequence[AgreementView],
    principles: Sequence[PrincipleView],
    partners: Sequence[Partner],
    at_hand: str | None,
) -> None:
    alive = [agreement for agreement in agreements if is_open(agreement)]
    groups = {
        "all": alive,
        "accepted": [agreement for agreement in alive if agreement.owner and agreement.owner_accepted],
        "asked": [agreement for agreement in alive if agreement.owner and not agreement.owner_accepted],
        "open": [agreement for agreement in alive if not agreement.owner],
        "dropped": [agreement for agreement in agreements if not is_open(agreement)],
    }
    shown = filter_pills(
        _("Which agreements"),
        {
            "all": _("All {count}").format(count=len(groups["all"])),
            "accepted": _("Accepted {count}").format(count=len(groups["accepted"])),
            "asked": _("Asked {count}").format(count=len(groups["asked"])),
            "open": _("Looks for an owner {count}").format(count=len(groups["open"])),
            "dropped": _("Dropped {count}").format(count=len(groups["dropped"])),
        },
        name="show",
    )
    with st.container(border=True, key="card_agreements", gap=None):
        if not groups[shown]:
            st.markdown(_("No agreements yet. Make the first one.") if shown == "all" else _("Nothing here."))
            return
        _list_head()
        for agreement in groups[shown]:
            is_at_hand = at_hand == str(agreement.number)
            _row(agreement, is_at_hand)
            if is_at_hand:
                _change(agreement, agreements, principles, partners)


def _list_head() -> None:
    for place, name in zip(
        st.columns(COLUMNS),
        (_("What"), _("First step"), _("Owner"), _("Done by"), _("State"), ""),
        strict=True,
    ):
        if name:
            place.markdown(f":small[**{name}**]")


def _row(agreement: AgreementView, is_at_hand: bool) -> None:
    with st.container(key=f"agreement_row_{agreement.number}"):
        what, first_step, owner, due, standing, change = st.columns(COLUMNS, vertical_alignment="center")
        what.markdown(
            "**" + plain(_("{number}. {text}").format(number=agreement.number, text=agreement.what)) + "**"
        )
        first_step.markdown(plain(agreement.first_step) or "–")
        owner.markdown(plain(agreement.owner.name) if agreement.owner else _("nobody yet"))
        due.markdown(day(agreement.due_on, language(), style="short") if agreement.due_on else "–")
        standing.html(_labels(agreement))
        with change:
            if is_at_hand:
                st.button(_("Done"), key=f"fold_{agreement.number}", on_click=_fold)
            else:
                st.button(
                    _("Change"),
                    key=f"change_{agreement.number}",
                    icon=":material/edit:",
                    on_click=_open,
                    args=(str(agreement.number),),
                )


def _labels(agreement: AgreementView) -> Markup:
    labels = [badge(*_standing(agreement))]
    if is_open(agreement) and not agreement.is_shown:
        labels.append(badge(_("Not on the screen")))
    if agreement.changed_since_agenda is not None:
        changed = _("Changed since version {version}").format(version=agreement.changed_since_agenda)
        labels.append(badge(changed, "orange"))
    return Markup('<div class="labels">{}</div>').format(Markup(" ").join(labels))


def _at_hand(agreements: Sequence[AgreementView]) -> str | None:
    """Return which agreement is open: a number, `new`, or None. The address says so when the page is opened.

    Later it is kept here as well: news of the room may bring along an address from before the last click.
    """
    if AT_HAND not in st.session_state:
        st.session_state[AT_HAND] = st.query_params.get(EDITING)
        st.session_state[SOURCE] = st.query_params.get(FROM_PROPOSAL)
    if st.session_state[AT_HAND] == NEWEST:
        st.session_state[AT_HAND] = str(max(agreement.number for agreement in agreements))
    for name, value in ((EDITING, st.session_state[AT_HAND]), (FROM_PROPOSAL, st.session_state[SOURCE])):
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != value:
            st.query_params[name] = value
    return st.session_state[AT_HAND]


def _open(at_hand: str | None, proposal_id: int | None = None) -> None:
    st.session_state.update(_opened(at_hand, proposal_id))


def _opened(at_hand: str | None, proposal_id: int | None = None) -> dict[str, Any]:
    """Return the session's state when another agreement is at hand, or none: its fields get new keys."""
    return {
        AT_HAND: at_hand,
        SOURCE: None if proposal_id is None else str(proposal_id),
        OPENING: st.session_state.get(OPENING, 0) + 1,
        OPENED_VERSION: None,
    }


def _fold() -> None:
    _open(None)


def _field(name: str) -> str:
    """Return the key of a field of the agreement at hand. It lasts from opening to storing."""
    return f"agreement_{name}_{st.session_state.get(OPENING, 0)}"


def _fields(
    agreements: Sequence[AgreementView],
    principles: Sequence[PrincipleView],
    partners: Sequence[Partner],
    *,
    stored: AgreementView | None,
    ready_text: str = "",
) -> None:
    """Draw what an agreement says. Read with `_typed`."""
    left, right = st.columns(2, gap="medium")
    with left:
        st.text_area(
            _("What do we agree?"),
            value=stored.what if stored else ready_text,
            key=_field("what"),
            max_chars=400,
            height=100,
        )
        st.text_input(
            _("What is the first step?"),
            value=stored.first_step if stored else "",
            key=_field("first_step"),
            max_chars=400,
        )
        st.text_input(
            _("How will we see that it worked?"),
            value=stored.measure if stored else "",
            key=_field("measure"),
            max_chars=400,
        )
        st.date_input(
            _("When is it done?"),
            value=stored.due_on if stored else None,
            key=_field("due_on"),
            format="DD-MM-YYYY",
            width=260,
        )
    with right:
        if stored is None:
            _partner_choice(_("Who carries it?"), partners, key=_field("owner"), placeholder=_("nobody yet"))
        practised = [principle for principle in principles if principle.status != PrincipleStatus.LEFT_OUT]
        st.pills(
            _("Which principles does it put into practice?"),
            [principle.id for principle in practised],
            format_func=_numbered(
                {principle.id: (principle.number, principle.text) for principle in practised}
            ),
            selection_mode="multi",
            wrap=True,
            default=_still_there(stored.principle_ids if stored else [], practised),
            key=_field("principles"),
        )
        others = [
            agreement
            for agreement in agreements
            if is_open(agreement) and (stored is None or agreement.id != stored.id)
        ]
        if others:
            st.pills(
                _("Which agreements must be done first?"),
                [agreement.id for agreement in others],
                format_func=_numbered({other.id: (other.number, other.what) for other in others}),
                selection_mode="multi",
                wrap=True,
                default=_still_there(stored.depends_on_ids if stored else [], others),
                key=_field("depends_on"),
            )
        st.pills(
            _("Who helps?"),
            [partner.id for partner in partners],
            format_func=_named(partners),
            selection_mode="multi",
            wrap=True,
            default=_still_there(stored.supporter_ids if stored else [], partners),
            key=_field("supporters"),
        )


def _partner_choice(
    label: str, partners: Sequence[Partner], *, key: str, placeholder: str, without: int | None = None
) -> None:
    st.selectbox(
        label,
        [partner.id for partner in partners if partner.id != without],
        index=None,
        format_func=_named(partners),
        key=key,
        placeholder=placeholder,
        filter_mode=None,
    )


def _typed() -> dict[str, Any]:
    """Return what stands in the fields, as `record_agreement` and `change_agreement` take it."""
    return {
        "what": st.session_state[_field("what")],
        "first_step": st.session_state[_field("first_step")],
        "due_on": st.session_state[_field("due_on")],
        "measure": st.session_state[_field("measure")],
        "principle_ids": list(st.session_state.get(_field("principles")) or []),
        "depends_on": list(st.session_state.get(_field("depends_on")) or []),
        "supporter_ids": list(st.session_state.get(_field("supporters")) or []),
    }


def _still_there(ids: Sequence[int], there: Sequence[PrincipleView | AgreementView | Partner]) -> list[int]:
    known = {thing.id for thing in there}
    return [identifier for identifier in ids if identifier in known]


def _numbered(texts: dict[int, tuple[int, str]]) -> Callable[[int], str]:
    def label(identifier: int) -> str:
        number, text = texts[identifier]
        return plain(_("{number}. {text}").format(number=number, text=_shortened(text)))

    return label


def _named(partners: Sequence[Partner]) -> Callable[[int], str]:
    names = {partner.id: partner.name for partner in partners}
    return lambda identifier: plain(names[identifier])


def _shortened(text: str, longest: int = 48) -> str:
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"


def _new_agreement(
    room: RoomNow,
    agreements: Sequence[AgreementView],
    principles: Sequence[PrincipleView],
    partners: Sequence[Partner],
    proposals: Sequence[ProposalRow],
) -> None:
    asked = st.session_state[SOURCE]
    source = next((proposal for proposal in proposals if str(proposal.id) == asked), None)
    with st.container(border=True, key="card_new_agreement"):
        st.header(_("New agreement"), anchor=False)
        if source is not None:
            origin = support_and_origin(source)
            small(_("From a phone: {origin}").format(origin=origin))
        with st.form(_field("new_form"), border=False, enter_to_submit=False):
            _fields(agreements, principles, partners, stored=None, ready_text=source.text if source else "")
            with st.container(horizontal=True):
                st.form_submit_button(
                    _("Record this agreement"),
                    key="record_agreement",
                    icon=":material/handshake:",
                    type="primary",
                    on_click=_record,
                    args=(room.workshop_id, source.id if source else None),
                )
                st.form_submit_button(_("Cancel"), key="cancel_agreement", on_click=_fold)


def _record(workshop_id: int, proposal_id: int | None) -> None:
    # The new one stays open, so that the hints about what is still vague can be answered at once.
    store(
        record_agreement,
        then=_opened(NEWEST),
        workshop_id=workshop_id,
        owner_id=st.session_state.get(_field("owner")),
        proposal_id=proposal_id,
        **_typed(),
    )


def _change(
    agreement: AgreementView,
    agreements: Sequence[AgreementView],
    principles: Sequence[PrincipleView],
    partners: Sequence[Partner],
) -> None:
    opened = st.session_state.get(OPENED_VERSION) or agreement.version
    st.session_state[OPENED_VERSION] = opened
    with st.container(key="agreement_at_hand"):
        st.header(_("Agreement {number}").format(number=agreement.number), anchor=False)
        if agreement.version != opened:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.warning(
                    _("Somebody else has just changed this agreement."),
                    icon=":material/info:",
                    width="stretch",
                )
                st.button(
                    _("Read what is stored now"),
                    key="read_again",
                    on_click=_open,
                    args=(str(agreement.number),),
                )
        if not is_open(agreement):
            st.markdown(plain(_("Dropped: {reason}").format(reason=agreement.dropped_reason or "–")))
            st.button(
                _("Take it up again"),
                key="revive_agreement",
                icon=":material/undo:",
                on_click=do,
                args=(revive_agreement,),
                kwargs={"agreement_id": agreement.id},
            )
            return
        _hints(agreement)
        with st.form(_field("form"), border=False, enter_to_submit=False):
            _fields(agreements, principles, partners, stored=agreement)
            st.form_submit_button(
                _("Store the changes"),
                key="store_agreement",
                icon=":material/check:",
                on_click=_store,
                args=(agreement,),
            )
        _ownership(agreement, partners)
        with st.container(horizontal=True, vertical_alignment="center"):
            if not agreement.is_shown:
                st.button(
                    _("Show on the screen"),
                    key="show_agreement",
                    icon=":material/visibility:",
                    on_click=do,
                    args=(show_agreements,),
                    kwargs={"agreement_ids": [agreement.id]},
                )
            drops = opens_panel(_("Drop"), key=f"drop_{agreement.id}", icon=":material/remove:")
        if drops:
            _drop_form(agreement)


def _hints(agreement: AgreementView) -> None:
    """Draw what is still vague, as sentences. They never stand in the way."""
    points = vague_points(
        agreement.what,
        agreement.first_step,
        agreement.due_on,
        agreement.owner.id if agreement.owner else None,
        agreement.measure,
    )
    if points:
        st.info(
            " ".join(plain(vague_sentence(point, language())) for point in points), icon=":material/info:"
        )


def _store(agreement: AgreementView) -> None:
    store(change_agreement, then=_opened(str(agreement.number)), agreement_id=agreement.id, **_typed())


def _ownership(agreement: AgreementView, partners: Sequence[Partner]) -> None:
    st.subheader(_("Owner"), anchor=False)
    if agreement.owner is None:
        st.markdown(_("Nobody yet. Phones show: “I take this on”."))
    elif agreement.owner_accepted:
        st.markdown(plain(_("{partner} carries this.").format(partner=agreement.owner.name)))
    else:
        st.markdown(
            plain(_("{partner} is asked, and has not accepted yet.").format(partner=agreement.owner.name))
        )
    with st.container(horizontal=True, vertical_alignment="bottom", key="ask_owner_line"):
        with st.container(width=420):
            _partner_choice(
                _("Ask a partner") if agreement.owner is None else _("Ask another partner"),
                partners,
                key=_field("asked"),
                placeholder=_("Choose a partner"),
                without=agreement.owner.id if agreement.owner else None,
            )
        st.button(
            _("Ask this partner") if agreement.owner is None else _("Hand it over"),
            key="ask_owner",
            icon=":material/person:",
            on_click=_ask,
            args=(agreement.id,),
        )
        if agreement.owner is not None:
            st.button(
                _("Nobody carries it now"),
                key="no_owner",
                on_click=do,
                args=(ask_owner,),
                kwargs={"agreement_id": agreement.id, "partner_id": None},
            )
    earlier = [owner for owner in agreement.owners if owner.ended_at is not None]
    if earlier:
        names = listed([owner.name for owner in earlier], language())
        small(_("Carried it before: {names}").format(names=names))


def _ask(agreement_id: int) -> None:
    partner_id = st.session_state.get(_field("asked"))
    if partner_id is None:
        refuse_with(_("Choose a partner first."))
    store(ask_owner, then={_field("asked"): None}, agreement_id=agreement_id, partner_id=partner_id)


def _drop_form(agreement: AgreementView) -> None:
    key = f"drop_{agreement.id}"
    with st.form(f"{key}_form", border=False):
        st.text_input(_("Why do we drop this?"), key=f"{key}_reason", max_chars=200)
        st.form_submit_button(
            _("Drop this agreement"),
            key=f"{key}_save",
            icon=":material/remove:",
            on_click=_drop,
            args=(agreement.id, key),
        )


def _drop(agreement_id: int, key: str) -> None:
    reason = st.session_state[f"{key}_reason"]
    store(drop_agreement, then={key: False, **_opened(None)}, agreement_id=agreement_id, reason=reason)


def _owners_wanted(agreements: Sequence[AgreementView]) -> None:
    wanted = [agreement.number for agreement in agreements if is_open(agreement) and agreement.owner is None]
    if not wanted:
        return
    numbers = listed([str(number) for number in wanted], language())
    st.warning(
        ngettext(
            "**Agreement {numbers} has no owner yet.** Ask who takes it on. Phones show: “I take this on”.",
            "**Agreements {numbers} have no owner yet.** Ask who takes them on. "
            "Phones show: “I take this on”.",
            len(wanted),
        ).format(numbers=numbers),
        icon=":material/person:",
    )


def _from_phones(room: RoomNow, proposals: Sequence[ProposalRow]) -> None:
    if not proposals:
        return
    with st.container(border=True, key="card_agreement_proposals"):
        st.header(_("Proposed by phones and tables"), anchor=False)
        show_waiting(room.workshop_id, [proposal for proposal in proposals if is_waiting(proposal)])
        for proposal in proposals:
            with st.container(
                horizontal=True, vertical_alignment="center", gap="small", key=f"proposal_{proposal.id}"
            ):
                known = support_and_origin(proposal)
                st.html(f'<p class="said">{escape(proposal.text)}</p><p class="said-by">{escape(known)}</p>')
                if is_hidden(proposal):
                    st.badge(_("Hidden"), icon=":material/visibility_off:", color="gray")
                if proposal.agreement_number is None and not is_hidden(proposal):
                    st.button(
                        _("Make it an agreement"),
                        key=f"from_proposal_{proposal.id}",
                        icon=":material/handshake:",
                        on_click=_open,
                        args=(NEW, proposal.id),
                    )
                decide_about(room.workshop_id, proposal)
            hide_form(proposal)


def _coherence(coherence: Coherence) -> None:
    st.header(_("How it hangs together"), anchor=False)
    if not coherence.principles or not coherence.partners:
        st.markdown(_("The picture appears when there are principles and partners."))
        return
    st.html(_matrix(coherence))
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, key="card_gaps"):
        st.subheader(_("What is still missing"), anchor=False)
        if coherence.gaps:
            st.html(_sentences([gap_sentence(gap, language()) for gap in coherence.gaps]))
        else:
            st.markdown(_("Nothing. Every principle is practised and every partner has a part."))
    with right, st.container(border=True, key="card_dependencies"):
        st.subheader(_("What needs what"), anchor=False)
        if coherence.dependencies:
            needed = [
                dependency_sentence(number, other, language()) for number, other in coherence.dependencies
            ]
            st.html(_sentences(needed))
        else:
            st.markdown(_("No agreement waits for another."))


def _matrix(coherence: Coherence) -> Markup:
    """Return principles × partners; a cell holds the numbers of the agreements by which they meet."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for _id, name in coherence.partners)
    rows = Markup("")
    for number, text in coherence.principles:
        cells = Markup("")
        for partner_id, _name in coherence.partners:
            agreements = coherence.cells.get((number, partner_id), [])
            if agreements:
                cells += Markup('<td class="meets">{}</td>').format(
                    ", ".join(str(agreement) for agreement in agreements)
                )
            else:
                cells += Markup('<td class="misses">–</td>')
        heading = _("{number}. {text}").format(number=number, text=_shortened(text, 90))
        rows += Markup('<tr><th scope="row">{}</th>{}</tr>').format(heading, cells)
    return Markup(
        '<div class="table-frame"><table class="handslag matrix"><caption>{}</caption>'
        '<thead><tr><th scope="col">{}</th>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format(
        _("The numbers are agreements: which partner carries or helps with which principle."),
        _("Principle"),
        head,
        rows,
    )


def _sentences(sentences: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f'<ul class="plain">{items}</ul>'


room = room_now()
steps_style()
step_bar(room, _("Agreements"), here=Step.AGREE)
agreeing(room)
live(room.workshop.code, AGREE)
