"""The frozen version: who froze it, how far it is, and closing it."""

import streamlit as st

from exports.agenda.build import build_files
from exports.language import day, day_and_time
from models.basics.errors import DomainError
from models.signing.agenda import AgendaView, set_closing_date
from models.signing.files import list_files, publish
from models.storage.database import reading
from models.upkeep import hurry
from pages.parts.frame.acting import act, facilitator, refuse
from pages.parts.frame.panel import close_panel, opens_panel
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.whole_page import page_changes
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small
from pages.parts.leading.page_head import big_sentence
from pages.parts.signing.agenda_difference import agenda_difference
from pages.parts.signing.named import warn_about_names

CLOSE = "close_signing"


def frozen_version(room: RoomNow, agenda: AgendaView) -> None:
    """Draw the version that partners sign, until when, and how to close it."""
    answered = sum(partner.answer is not None for partner in agenda.partners)
    with st.container(border=True, key="card_version"):
        with st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            key="version_head",
        ):
            big_sentence(
                ngettext(
                    "{answered} of {count} partner has answered.",
                    "{answered} of {count} partners have answered.",
                    len(agenda.partners),
                ).format(answered=answered, count=len(agenda.partners)),
                above=_("Version {version}").format(version=agenda.version),
            )
            if agenda.closed_at is None:
                st.badge(_("Open for signing"), icon=":material/draw:", color="green")
            else:
                st.badge(_("Signing is closed"), icon=":material/lock:", color="gray")
        time_zone = room.alliance.time_zone
        told = [
            _("Frozen on {moment} by {name}.").format(
                moment=day_and_time(agenda.frozen_at, language(), time_zone), name=agenda.frozen_by
            ),
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
        if agenda.control_words:
            st.markdown(
                plain(_("Control words: {words}").format(words=" · ".join(agenda.control_words))),
                help=_(
                    "The room and all phones show the same six. Read them aloud, or let people take a photo."
                ),
            )
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
                _after_closing(agenda)
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
    warn_about_names(agenda.content, [partner.reservation for partner in agenda.partners])
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
        with st.spinner(_("The document is being made. A large one takes some seconds.")):
            publish(agenda_id, who=leader.name, build=build_files)
    except DomainError as error:
        refuse(error)
        st.rerun()
    # The sealed copies follow by themselves.
    hurry()


def _after_closing(agenda: AgendaView) -> None:
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
