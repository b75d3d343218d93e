"""Step 4: freeze the text, let partners sign it, close signing."""

from collections.abc import Sequence
from typing import Any, Literal

import streamlit as st
from markupsafe import escape
from sqlmodel import Session

from exports.agenda import build_files
from exports.drawings import qr_svg
from exports.language import day, day_and_time, listed
from exports.sentences import answer_word, consent_sentence, partner_kind_word, reservation_ready
from models.address import is_lasting, partner_url, public_address
from models.agenda import (
    AgendaView,
    AnswerStored,
    PartnerAnswer,
    answer_agenda,
    freeze_agenda,
    read_agenda,
    set_closing_date,
)
from models.agenda_files import list_files, publish
from models.agreement_views import AgreementView, list_agreements
from models.database import reading
from models.errors import DomainError
from models.links import partner_token
from models.principle import PrincipleView, list_principles
from models.words import AgreementState, Answer, PartnerKind, PrincipleStatus, Step
from models.workshop import read_workshop, take_room_to
from pages.parts.acting import act, facilitator, refuse
from pages.parts.agenda_difference import agenda_difference
from pages.parts.going_on import go_on, let_room_follow
from pages.parts.live import live
from pages.parts.panel import close_panel, opens_panel
from pages.parts.picture import show_picture
from pages.parts.room_now import RoomNow, room_now
from pages.parts.small_print import small
from pages.parts.step_bar import step_bar
from pages.parts.steps_style import steps_style
from pages.parts.storing import store
from pages.parts.whole_page import page_changes
from pages.parts.words import gettext as _
from pages.parts.words import language, ngettext, plain

SIGN = "sign"
CLOSES_ON, CLOSE = "signing_closes_on", "close_signing"
QR_WIDTH = "220px"
ANSWER_COLOURS: dict[Answer, Literal["green", "orange", "red"]] = {
    Answer.SIGNED: "green",
    Answer.RESERVED: "orange",
    Answer.DECLINED: "red",
}


@st.fragment(key=SIGN)
def signing(room: RoomNow) -> None:
    """Draw the frozen text's state, what is unfinished, and who answered. A live part with the key `sign`."""
    facilitator()
    let_room_follow(room, Step.SIGN)
    with reading() as session:
        room_step = read_workshop(session, room.workshop_id).step
        agenda = read_agenda(session, room.workshop_id)
        principles = list_principles(session, room.alliance_id)
        agreements = list_agreements(session, room.alliance_id)
        address = public_address(session)
    if agenda is None:
        _first_freeze(room, room_step, principles, agreements, address)
        return
    _version(room, agenda)
    if agenda.changed_since:
        _freeze_again(room, room_step, agenda, principles, agreements, address)
    _partners(room, agenda, address)


def _first_freeze(
    room: RoomNow,
    room_step: str,
    principles: Sequence[PrincipleView],
    agreements: Sequence[AgreementView],
    address: str | None,
) -> None:
    adopted = sum(principle.status == PrincipleStatus.ADOPTED for principle in principles)
    made = sum(agreement.state == AgreementState.OPEN for agreement in agreements)
    with st.container(border=True, key="card_freeze"):
        st.header(_("Freeze the text"), anchor=False)
        st.markdown(_("Everybody then signs the same words. A later change makes a new version."))
        st.markdown(
            ngettext("**{count}** adopted principle", "**{count}** adopted principles", adopted).format(
                count=adopted
            )
            + " · "
            + ngettext("**{count}** agreement", "**{count}** agreements", made).format(count=made)
        )
        if not adopted and not made:
            st.markdown(_("There is nothing to freeze yet. First adopt a principle or record an agreement."))
            st.page_link(
                "agree.py",
                label=_("To the agreements"),
                icon=":material/handshake:",
                query_params=room.link,
            )
            return
        _unfinished(principles, agreements, address)
        _freeze_form(room, room_step, version=1, is_primary=True)


def _unfinished(
    principles: Sequence[PrincipleView], agreements: Sequence[AgreementView], address: str | None
) -> None:
    """Draw what is not finished, so that one freezes knowingly; it never stands in the way."""
    sentences = []
    open_ones = [agreement for agreement in agreements if agreement.state == AgreementState.OPEN]
    without = [str(agreement.number) for agreement in open_ones if agreement.owner is None]
    if without:
        sentences.append(
            ngettext(
                "Agreement {numbers} has no owner.", "Agreements {numbers} have no owner.", len(without)
            ).format(numbers=listed(without, language()))
        )
    asked = [
        str(agreement.number)
        for agreement in open_ones
        if agreement.owner is not None and not agreement.owner_accepted
    ]
    if asked:
        sentences.append(
            ngettext(
                "The owner of agreement {numbers} has not accepted yet.",
                "The owners of agreements {numbers} have not accepted yet.",
                len(asked),
            ).format(numbers=listed(asked, language()))
        )
    unvoted = [str(principle.number) for principle in principles if principle.status == PrincipleStatus.DRAFT]
    if unvoted:
        sentences.append(
            ngettext(
                "Principle {numbers} has no result yet, and stays out of the document.",
                "Principles {numbers} have no result yet, and stay out of the document.",
                len(unvoted),
            ).format(numbers=listed(unvoted, language()))
        )
    if sentences:
        st.warning(plain(" ".join(sentences)), icon=":material/info:")
    if not is_lasting(address):
        st.warning(
            plain(
                _(
                    "The address of this Handslag works only in this room. Links and QR codes in the "
                    "document do not work after the meeting. Set a lasting address on the page "
                    "Prepare first."
                )
            ),
            icon=":material/wifi_off:",
        )


def _freeze_form(room: RoomNow, room_step: str, *, version: int, is_primary: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="freeze_line"):
        st.date_input(
            _("Partners may sign until (may stay empty)"),
            value=None,
            key=CLOSES_ON,
            format="DD-MM-YYYY",
            width=320,
        )
        st.button(
            _("Freeze as version {version}").format(version=version),
            key="freeze",
            icon=":material/lock:",
            type="primary" if is_primary else "secondary",
            on_click=_freeze,
            args=(room.workshop_id, room_step),
        )


def _freeze(workshop_id: int, room_step: str) -> None:
    act(freeze_agenda, workshop_id=workshop_id, closes_on=st.session_state[CLOSES_ON])
    if room_step != Step.SIGN:
        act(take_room_to, workshop_id=workshop_id, step=Step.SIGN)


def _version(room: RoomNow, agenda: AgendaView) -> None:
    answered = sum(partner.answer is not None for partner in agenda.partners)
    with st.container(border=True, key="card_version"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(_("Version {version}").format(version=agenda.version), anchor=False)
            if agenda.closed_at is None:
                st.badge(_("Open for signing"), icon=":material/draw:", color="green")
            else:
                st.badge(_("Signing is closed"), icon=":material/lock:", color="gray")
        time_zone = room.alliance.time_zone
        told = [
            _("Frozen on {moment} by {name}.").format(
                moment=day_and_time(agenda.frozen_at, language(), time_zone), name=agenda.frozen_by
            ),
            ngettext(
                "{answered} of {count} partner has answered.",
                "{answered} of {count} partners have answered.",
                len(agenda.partners),
            ).format(answered=answered, count=len(agenda.partners)),
        ]
        if agenda.closed_at is not None:
            told.append(
                _("Closed on {moment}.").format(moment=day_and_time(agenda.closed_at, language(), time_zone))
            )
        elif agenda.closes_on is not None:
            told.append(
                _("Signing closes by itself after {day}.").format(
                    day=day(agenda.closes_on, language(), style="long")
                )
            )
        st.markdown(plain(" ".join(told)))
        small(_("Fingerprint of the text: {sha256}").format(sha256=agenda.sha256))
        if agenda.previous is not None:
            with st.expander(
                _("What changed since version {version}").format(version=agenda.version - 1),
                key="difference",
                icon=":material/history:",
            ):
                agenda_difference(agenda.previous, agenda.content)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if agenda.closed_at is None:
                closes = opens_panel(_("Close signing"), key=CLOSE, icon=":material/lock:", type="primary")
                _closing_date(agenda)
            else:
                closes = False
                _after_closing(room, agenda)
        if closes:
            _close_form(agenda, answered)


def _close_form(agenda: AgendaView, answered: int) -> None:
    missing = len(agenda.partners) - answered
    if missing:
        st.markdown(
            ngettext(
                "{count} partner has not answered yet. An answer that comes later makes a new edition.",
                "{count} partners have not answered yet. An answer that comes later makes a new edition.",
                missing,
            ).format(count=missing)
        )
    st.markdown(_("The document is then made once, and never changes."))
    st.button(
        _("Close signing and make the document"),
        key="close_signing_now",
        icon=":material/lock:",
        on_click=_publish,
        args=(agenda.id,),
    )


def _closing_date(agenda: AgendaView) -> None:
    key = f"closes_on_{agenda.id}"
    st.session_state[key] = agenda.closes_on

    def store_date() -> None:
        act(set_closing_date, agenda_id=agenda.id, closes_on=st.session_state[key])

    st.date_input(
        _("Partners may sign until (may stay empty)"),
        key=key,
        format="DD-MM-YYYY",
        width=320,
        on_change=store_date,
    )


def _publish(agenda_id: int) -> None:
    """Make the files outside any transaction, in the name of who is signed in now."""
    leader = facilitator()
    close_panel(CLOSE)
    page_changes()
    try:
        publish(agenda_id, who=leader.name, build=build_files)
    except DomainError as error:
        refuse(error)
        st.rerun()


def _after_closing(room: RoomNow, agenda: AgendaView) -> None:
    go_on(room, Step.AGENDA, _("Go on to the agenda"), icon=":material/arrow_forward:", is_primary=True)
    if _answered_since_last_edition(agenda):
        st.button(
            _("Make a new edition with the later answers"),
            key="new_edition",
            icon=":material/history:",
            on_click=_publish,
            args=(agenda.id,),
        )


def _answered_since_last_edition(agenda: AgendaView) -> bool:
    with reading() as session:
        made = max((file.made_at for file in list_files(session, agenda.id)), default=None)
    return made is not None and any(
        partner.signed_at is not None and partner.signed_at > made for partner in agenda.partners
    )


def _freeze_again(
    room: RoomNow,
    room_step: str,
    agenda: AgendaView,
    principles: Sequence[PrincipleView],
    agreements: Sequence[AgreementView],
    address: str | None,
) -> None:
    with st.container(border=True, key="card_freeze_again"):
        st.header(_("Something changed after freezing"), anchor=False)
        st.markdown(
            plain(
                _(
                    "Signatures on version {version} stay with version {version}. "
                    "For a new version, these partners are asked again and see the difference."
                ).format(version=agenda.version)
            )
        )
        _unfinished(principles, agreements, address)
        _freeze_form(room, room_step, version=agenda.version + 1, is_primary=False)


def _partners(room: RoomNow, agenda: AgendaView, address: str | None) -> None:
    with st.container(border=True, key="card_partners"):
        st.header(_("Partners"), anchor=False)
        if not agenda.partners:
            st.markdown(_("There are no partners yet. Add them on the page Prepare."))
            st.page_link(
                "prepare.py", label=_("To the preparation"), icon=":material/event:", query_params=room.link
            )
            return
        if address is None:
            st.markdown(_("Choose the address for phones on the page Prepare. Then partners get a QR code."))
        for partner in agenda.partners:
            _partner(room, agenda, partner, address)


def _partner(room: RoomNow, agenda: AgendaView, answer: PartnerAnswer, address: str | None) -> None:
    partner = answer.partner
    with st.container(key=f"partner_row_{partner.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.container(width="stretch", gap=None):
                st.markdown(f"**{plain(partner.name)}**")
                small(_known_of(answer, room.alliance.time_zone))
            if answer.answer is None:
                st.badge(_("no answer yet"), icon=":material/hourglass_top:", color="gray")
            else:
                st.badge(answer_word(answer.answer, language()), color=ANSWER_COLOURS[Answer(answer.answer)])
            scans = address is not None and opens_panel(
                _("Link and QR code"), key=f"scan_{partner.id}", icon=":material/link:"
            )
            signs = opens_panel(_("Sign here"), key=f"sign_here_{partner.id}", icon=":material/draw:")
        if answer.reservation:
            st.markdown(plain(_("Reservation: {text}").format(text=answer.reservation)))
        if scans and address is not None:
            _link_to_scan(answer, address)
        if signs:
            _sign_here(room, agenda, answer)


def _known_of(answer: PartnerAnswer, time_zone: str) -> str:
    known = [partner_kind_word(answer.partner.kind, language())]
    known += [word for word in (answer.name, answer.role) if word]
    if answer.signed_at is not None:
        known.append(day_and_time(answer.signed_at, language(), time_zone))
    if answer.witness:
        known.append(_("witness {name}").format(name=answer.witness))
    return " · ".join(known)


def _link_to_scan(answer: PartnerAnswer, address: str) -> None:
    partner = answer.partner
    link = partner_url(address, partner_token(partner))
    alternative = _("QR code with the personal link of {partner}").format(partner=partner.name)
    st.markdown(plain(_("Only for {partner}.").format(partner=partner.name)))
    show_picture(qr_svg(link, label=alternative), alternative, width=QR_WIDTH)
    st.html(f'<p class="link-text"><a href="{escape(link)}" target="_blank">{escape(link)}</a></p>')


def _answers_to_choose(partner_kind: str) -> dict[Answer, str]:
    if partner_kind == PartnerKind.RESIDENT:
        return {
            Answer.SIGNED: _("I sign"),
            Answer.RESERVED: _("I sign with a reservation"),
            Answer.DECLINED: _("I do not sign"),
        }
    return {
        Answer.SIGNED: _("We sign"),
        Answer.RESERVED: _("We sign with a reservation"),
        Answer.DECLINED: _("We do not sign"),
    }


def _sign_here(room: RoomNow, agenda: AgendaView, answer: PartnerAnswer) -> None:
    partner = answer.partner
    key = f"sign_here_{partner.id}"
    consent = consent_sentence(partner.name, partner.kind, language())
    words = _answers_to_choose(partner.kind)
    with st.form(f"{key}_form", border=False, enter_to_submit=False):
        st.markdown(plain(consent))
        left, right = st.columns(2, gap="medium")
        with left:
            st.text_input(
                _("Name"), value=answer.name or partner.representative, key=f"{key}_name", max_chars=80
            )
            st.text_input(_("Role"), value=answer.role or partner.role, key=f"{key}_role", max_chars=80)
        with right:
            st.radio(_("Answer"), list(words), format_func=lambda chosen: words[chosen], key=f"{key}_answer")
            st.text_area(
                _("Reservation, only when there is one"),
                value=answer.reservation,
                key=f"{key}_reservation",
                max_chars=400,
                height=80,
                placeholder=reservation_ready(language()),
            )
        small(_("Witness: {name}").format(name=room.leader.name))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.form_submit_button(
                _("Store this answer"),
                key=f"{key}_save",
                icon=":material/draw:",
                on_click=_answer,
                args=(agenda.id, partner.id, consent, key),
            )
            own_page = f"/s/{partner_token(partner)}?witness=1"
            draws = escape(_("Draw a signature on this screen"))
            st.html(f'<a class="button" href="{own_page}" target="_blank">{draws}</a>')


def _answer(agenda_id: int, partner_id: int, consent: str, key: str) -> None:
    answer = Answer(st.session_state[f"{key}_answer"])
    reservation = st.session_state[f"{key}_reservation"] or reservation_ready(language())
    store(
        answer_with_witness,
        then={key: False},
        agenda_id=agenda_id,
        partner_id=partner_id,
        answer=answer,
        name=st.session_state[f"{key}_name"],
        role=st.session_state[f"{key}_role"],
        reservation=reservation if answer is Answer.RESERVED else "",
        consent=consent,
    )


def answer_with_witness(session: Session, *, who: str, **answer: Any) -> AnswerStored:
    """Store a partner's answer given on a facilitator's screen; who is signed in stands by it as witness."""
    return answer_agenda(session, witness=who, **answer)


room = room_now()
steps_style()
step_bar(room, _("Signing"), here=Step.SIGN)
signing(room)
live(room.workshop.code, SIGN)
