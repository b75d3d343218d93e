"""Freezing the text: what it holds, what is unfinished, and the button."""

from collections.abc import Sequence

import streamlit as st

from exports.language import listed
from exports.sentences.methods import words_to_freeze
from models.agreeing.views import AgreementView
from models.basics.words import AgreementState, PrincipleStatus, Step
from models.installation.address import is_lasting
from models.signing.agenda import AgendaView, agenda_as_it_would_be, freeze_agenda
from models.signing.words_kept import complete_control_words
from models.storage.database import reading
from models.voting.principles import PrincipleView
from models.workshop.workshop import read_workshop, take_room_to
from pages.parts.frame.acting import act
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain
from pages.parts.leading.next_meeting import next_meeting
from pages.parts.signing.named import warn_about_names
from pages.parts.signing.preview import preview_of_the_text

CLOSES_ON = "signing_closes_on"


def first_freeze(
    room: RoomNow,
    room_step: str,
    principles: Sequence[PrincipleView],
    agreements: Sequence[AgreementView],
    address: str | None,
) -> None:
    """Draw what the first version would hold, and the button that makes it."""
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
        _before_the_freeze(room, principles, agreements, address)
        _freeze_form(room, room_step, version=1, is_primary=True)


def _before_the_freeze(
    room: RoomNow,
    principles: Sequence[PrincipleView],
    agreements: Sequence[AgreementView],
    address: str | None,
) -> None:
    """Draw what has to be known before the text stands fast: the next date, what is unfinished, and the text itself."""
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
        content = agenda_as_it_would_be(session, room.workshop_id)
    next_meeting(workshop)
    _unfinished(principles, agreements, address, has_next=workshop.next_meeting_on is not None)
    # Which people the public copy would name: now it can still be changed.
    warn_about_names(content)
    preview_of_the_text(content)


def _unfinished(
    principles: Sequence[PrincipleView],
    agreements: Sequence[AgreementView],
    address: str | None,
    *,
    has_next: bool,
) -> None:
    """Draw what is not finished, so that one freezes knowingly; it never stands in the way."""
    sentences = [] if has_next else [_("The day of the next meeting is not filled in.")]
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
                    "The address of this Handslag works only in this room. So the document gets no links "
                    "and no QR codes. Do you want them? Then set a lasting address on the page Prepare first."
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
    frozen = act(
        freeze_agenda,
        workshop_id=workshop_id,
        words=words_to_freeze(),
        closes_on=st.session_state[CLOSES_ON],
    )
    if frozen:
        complete_control_words(frozen.result.agenda_id)
    if room_step != Step.SIGN:
        act(take_room_to, workshop_id=workshop_id, step=Step.SIGN)


def freeze_again(
    room: RoomNow,
    room_step: str,
    agenda: AgendaView,
    principles: Sequence[PrincipleView],
    agreements: Sequence[AgreementView],
    address: str | None,
) -> None:
    """Draw that something changed since the version was frozen, and the button for a new one."""
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
        _before_the_freeze(room, principles, agreements, address)
        _freeze_form(room, room_step, version=agenda.version + 1, is_primary=False)
