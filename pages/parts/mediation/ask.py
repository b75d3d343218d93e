"""Asking for a mediator: one neutral line, and the invitation, which is shown once."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import streamlit as st
from markupsafe import Markup

from exports.sentences.mediation import message_to_mediator
from models.basics.text import NAME_LIMIT
from models.installation.address import mediation_url, public_address
from models.mediation.mediation import MediationRow, begin_mediation, call_off, name_another_mediator
from models.mediation.people import new_secrets
from models.mediation.requests import LINE_LIMIT, RequestRow, ask_for_mediation, withdraw_request
from models.storage.database import reading
from models.tables import Alliance
from pages.parts.frame.acting import act_on_click, act_then
from pages.parts.frame.copy_button import copy_button
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain, small

SHOWN = "mediation_invitation"


@dataclass(frozen=True)
class Shown:
    """An invitation that is on the screen; gone with the button below it, and shown nowhere else."""

    name: str
    token: str
    code: str


def invitation_card(alliance: Alliance) -> None:
    """Draw the invitation that was just made, until it is put away."""
    shown = st.session_state.get(SHOWN)
    if not isinstance(shown, Shown):
        return
    with reading() as session:
        address = public_address(session)
    with st.container(border=True, key="card_invitation"):
        st.header(plain(_("The invitation of {name}").format(name=shown.name)), anchor=False)
        st.markdown(
            _("This stands here once. Send the link. Say the code aloud, and never send them together.")
        )
        code = f"{shown.code[:4]}-{shown.code[4:]}"
        if address is None or not address.startswith("https://"):
            st.warning(
                _(
                    "A mediation opens by https only, else others on the Wi-Fi could read along. On this computer "
                    "itself it opens too. Choose an address with https on the page Prepare."
                ),
                icon=":material/lock:",
            )
        link = mediation_url(address or _here(), shown.token)
        message = message_to_mediator(shown.name, alliance.name, link, alliance.language)
        st.html(
            Markup('<p class="small-heading">{}</p><p class="to-send" lang="{}">{}</p>').format(
                _("Text to send"), alliance.language, message
            )
        )
        copy_button(_("Copy text"), message, key="copy_invitation", icon="content_copy")
        st.html(
            Markup('<p class="small-heading">{}</p><p class="to-send spoken">{}</p>').format(
                _("Code to say aloud"), code
            )
        )
        st.button(_("I sent the link and said the code"), key="invitation_away", on_click=_away)


def ask_card(alliance: Alliance, request: RequestRow | None, *, key: str) -> None:
    """Draw the form that asks a mediator: the name stands in the message to send, and is not stored."""
    with st.form(key=f"ask_{key}", border=False):
        st.text_input(
            _("Who will mediate?"),
            key=f"mediator_{key}",
            max_chars=NAME_LIMIT,
            help=_("Somebody who belongs to none of the parties. The name stands in your message only."),
        )
        st.form_submit_button(
            _("Make the invitation"),
            type="primary",
            icon=":material/mail:",
            on_click=_begin,
            args=(alliance.id, request.id if request else None, f"mediator_{key}"),
        )


def requests_list(alliance: Alliance, requests: list[RequestRow]) -> None:
    """Draw who asked for a mediation and has no mediator yet."""
    for asked in requests:
        with st.container(border=True, key=f"asked_{asked.id}"):
            st.markdown(f"**{plain(asked.line)}**")
            small(_asked_by(asked))
            ask_card(alliance, asked, key=f"for_{asked.id}")
            st.button(
                _("This leads to no mediation: erase it"),
                key=f"erase_request_{asked.id}",
                on_click=act_on_click,
                args=(withdraw_request,),
                kwargs={"request_id": asked.id},
            )


def new_request(alliance: Alliance) -> None:
    """Draw the field in which a facilitator notes that somebody asked, in one neutral line."""
    with st.form(key="note_request", border=False):
        st.text_input(
            _("About what, in one neutral line?"),
            key="request_line",
            max_chars=LINE_LIMIT,
            help=_("No names and no blame. The line is erased once the mediator has come in."),
        )
        st.form_submit_button(_("Note it"), on_click=_note, args=(alliance.id,))


def ongoing_actions(row: MediationRow) -> None:
    """Draw what a facilitator can do for one that goes on: another mediator, or call it off before anybody came in."""
    with st.form(key=f"another_{row.id}", border=False):
        st.text_input(_("Who takes over?"), key=f"takes_over_{row.id}", max_chars=NAME_LIMIT)
        st.form_submit_button(
            _("Invite another mediator"), on_click=_another, args=(row.id, f"takes_over_{row.id}")
        )
    small(_("Who takes over reads nothing until the parties have accepted this mediator."))
    # Whether there is such a party, nobody here may know.
    small(
        _(
            "A party without a phone begins anew: nobody but the mediator has the key of what it told. Let the two"
            " mediators speak with each other first."
        )
    )
    st.button(
        _("Call it off"),
        key=f"call_off_{row.id}",
        help=_("Only as long as no mediator has come in. After that only who is in it can end it."),
        on_click=act_on_click,
        args=(call_off,),
        kwargs={"mediation_id": row.id},
    )


def _asked_by(asked: RequestRow) -> str:
    if asked.participant_number is None:
        return _("Asked by {name}").format(name=asked.asked_by or _("a partner who was removed"))
    if not asked.asked_by:
        return _("Asked by participant {number}").format(number=asked.participant_number)
    return _("Asked by {name}, participant {number}").format(
        name=asked.asked_by, number=asked.participant_number
    )


def _here() -> str:
    """Return the address by which this page was opened: on the computer itself a mediation opens there too."""
    here = urlsplit(st.context.url or "")
    return f"{here.scheme or 'http'}://{here.netloc or 'localhost:8501'}"


def _note(alliance_id: int) -> None:
    line = st.session_state.get("request_line", "")
    act_then(ask_for_mediation, then={"request_line": ""}, alliance_id=alliance_id, line=line)


def _begin(alliance_id: int, request_id: int | None, field: str) -> None:
    shown = _new(field)
    act_then(
        begin_mediation,
        then={SHOWN: shown, field: "", "ask_panel": False},
        alliance_id=alliance_id,
        request_id=request_id,
        token=shown.token,
        code=shown.code,
    )


def _another(mediation_id: int, field: str) -> None:
    shown = _new(field)
    act_then(
        name_another_mediator,
        then={SHOWN: shown, field: "", f"ongoing_{mediation_id}": False},
        mediation_id=mediation_id,
        token=shown.token,
        code=shown.code,
    )


def _new(field: str) -> Shown:
    """Return what is shown once: made before it is stored, so that a second tap in between loses nothing."""
    return Shown((st.session_state.get(field) or "").strip() or _("the mediator"), *new_secrets())


def _away() -> None:
    st.session_state.pop(SHOWN, None)
