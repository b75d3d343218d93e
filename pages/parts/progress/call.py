"""The card at the right: whom to call about an agreement, what to say, and what was said."""

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from exports.language import day_this_year
from exports.sentences import call_word, subject_of_link, what_to_say, with_own_page
from models.basics.clock import day_of
from models.basics.text import LINE_LIMIT, STATEMENT_LIMIT
from models.basics.words import CallOutcome
from models.progress.calls import keep_contact, note_call, take_back_call
from models.progress.following import Carrier, Followed, LogEntry
from models.server_key import link_can_be_shown
from models.tables import Partner
from models.workshop.unfinished import finish_form
from pages.parts.frame.acting import act, act_on_click
from pages.parts.frame.choosing import back_to_list
from pages.parts.frame.copy_button import copy_button
from pages.parts.frame.panel import opens_panel
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.told import tell
from pages.parts.frame.unfinished import bring_back, emptied, keep
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain, small
from pages.parts.leading.partner_link import link_of
from pages.parts.progress.order import AGREEMENT
from pages.parts.progress.rows import CARD

_OUTCOMES = (CallOutcome.BUSY, CallOutcome.STUCK, CallOutcome.DONE, CallOutcome.NO_ANSWER)


def call_card(
    room: RoomNow,
    agreement: Followed,
    partner: Partner | None,
    log: Sequence[LogEntry],
    address: str | None,
    today: date,
) -> None:
    """Draw whom to call about the agreement at hand. `partner` is who carries it, `address` that for phones."""
    carrier = agreement.carrier
    with st.container(border=True, key=CARD):
        st.html(
            Markup(
                '<p class="over-title" data-about="{}">{}</p><h2 class="call-heading" dir="auto">{}</h2>'
                '<p class="over-title" dir="auto">{}</p>'
            ).format(
                agreement.number,
                _kicker(agreement, today),
                _whom(carrier) if carrier else _("Nobody to call yet"),
                _of_whom(carrier) if carrier else "",
            )
        )
        if carrier is not None:
            _reach(agreement, carrier)
        st.html(Markup('<p class="call-about" dir="auto">{}</p>').format(agreement.what))
        if agreement.first_step:
            small(_("First step: {step}").format(step=agreement.first_step))
        if carrier is not None and partner is not None:
            _what_to_say(room, agreement, carrier, partner, address, today)
            _note(room, agreement)
        st.page_link(
            "agree.py",
            label=_("Change this agreement") if carrier else _("Ask somebody to carry it"),
            icon=":material/edit:",
            query_params={**room.link, AGREEMENT: str(agreement.number)},
        )
        _log(log, today, room.alliance.time_zone)
        back_to_list()


def _small_heading(words: str) -> None:
    st.html(Markup('<h3 class="small-heading">{}</h3>').format(words))


def _kicker(agreement: Followed, today: date) -> str:
    since = agreement.standing.silent_since
    if since is None:
        return _("Agreement {number}").format(number=agreement.number)
    return _("Agreement {number} · silent since {day}").format(
        number=agreement.number, day=day_this_year(since, today, language())
    )


def _whom(carrier: Carrier) -> str:
    if _is_mail(carrier.contact):
        return _("Mail {person}").format(person=carrier.person)
    return _("Call {person}").format(person=carrier.person)


def _of_whom(carrier: Carrier) -> str:
    """Return for whom one speaks, and whether that partner accepted already."""
    parts = [carrier.name if carrier.name != carrier.person else "", carrier.role]
    if not carrier.is_accepted:
        parts.append(_("asked, not accepted yet"))
    return ", ".join(part for part in parts if part)


def _is_mail(contact: str) -> bool:
    return "@" in contact


def _digits(contact: str) -> str:
    """Return what a telephone dials, empty where the contact is no number."""
    dialled = re.sub(r"[^0-9+]", "", contact)
    return dialled if len(dialled) >= 3 else ""


def _reach(agreement: Followed, carrier: Carrier) -> None:
    contact = carrier.contact
    address = f"mailto:{quote(contact, safe='@')}" if _is_mail(contact) else f"tel:{_digits(contact)}"
    if contact and (_is_mail(contact) or _digits(contact)):
        st.html(
            Markup(
                '<a class="button primary reach" href="{}"><span class="symbol" aria-hidden="true" translate="no">{}'
                "</span><bdi>{}</bdi></a>"
            ).format(address, "mail" if _is_mail(contact) else "call", contact)
        )
    elif contact:
        st.markdown(f"**{plain(contact)}**")
    if not contact or opens_panel(
        _("Change number or address"), key=f"contact_of_{agreement.id}", icon=":material/edit:"
    ):
        # What another window stored gives a field of its own.
        key = f"contact_{carrier.partner_id}_{contact}"
        st.text_input(
            _("Telephone number or mail address"),
            value=contact,
            key=key,
            max_chars=LINE_LIMIT,
            help=_("Only who leads reads this. It stands on no phone, projector or document."),
            on_change=_keep,
            args=(carrier.partner_id, key),
        )


def _keep(partner_id: int, key: str) -> None:
    act(keep_contact, partner_id=partner_id, contact=st.session_state[key])


def _what_to_say(
    room: RoomNow,
    agreement: Followed,
    carrier: Carrier,
    partner: Partner,
    address: str | None,
    today: date,
) -> None:
    spoken = room.alliance.language
    words = what_to_say(
        agreement, room.leader.name, room.alliance.name, today, room.alliance.time_zone, spoken
    )
    _small_heading(_("What you can say"))
    st.html(Markup('<p class="to-send" lang="{}">{}</p>').format(spoken, words))
    with st.container(horizontal=True, vertical_alignment="center"):
        copy_button(_("Copy text"), words, key=f"copy_call_{agreement.id}")
        if address is not None and link_can_be_shown(partner):
            body = with_own_page(words, link_of(partner, address), spoken)
            to = quote(carrier.contact, safe="@") if _is_mail(carrier.contact) else ""
            st.html(
                Markup('<a class="button" href="mailto:{}?subject={}&body={}">{}</a>').format(
                    to, quote(subject_of_link(room.alliance.name, spoken)), quote(body), _("Mail the link")
                )
            )


def _note(room: RoomNow, agreement: Followed) -> None:
    """Draw the field for what was said, and a button for each thing that may come of a call."""
    what, field = f"call {agreement.id}", f"call_{agreement.id}"
    bring_back(what, room.leader.name, {field: ""})
    st.text_area(
        _("What was said?"),
        key=field,
        height=84,
        max_chars=STATEMENT_LIMIT,
        on_change=keep,
        args=(what, room.workshop_id),
    )
    with st.container(key="call_outcomes"):
        for outcome in _OUTCOMES:
            word = call_word(outcome, language())
            st.button(
                word[0].upper() + word[1:],
                key=f"note_{outcome.value.replace(' ', '_')}",
                width="stretch",
                on_click=_store,
                args=(agreement.id, outcome, what, field),
            )
    small(_("Only who leads reads your words. How it goes, the room reads too."))


def _store(agreement_id: int, outcome: str, what: str, field: str) -> None:
    said = st.session_state.get(field, "")
    # Before the write: a second tap may end a callback at the next touch of the state. What is refused comes back.
    st.session_state.update(emptied(what, {field: ""}))
    stored = act(
        finish_form,
        what=what,
        action=note_call,
        arguments={"agreement_id": agreement_id, "outcome": outcome, "sentence": said},
    )
    tell(_("Noted."), stored.undo)


def _log(log: Sequence[LogEntry], today: date, time_zone: str) -> None:
    _small_heading(_("What was said before"))
    if not log:
        small(_("Nothing was heard yet."))
        return
    entries = Markup("").join(_entry(entry, today, time_zone) for entry in log)
    st.html(Markup('<ul class="call-log">{}</ul>').format(entries))
    noted = next((entry for entry in log if entry.call_id is not None), None)
    if noted is not None:
        st.button(
            _("Take back the last note"),
            key="take_back_note",
            icon=":material/undo:",
            type="tertiary",
            on_click=act_on_click,
            args=(take_back_call,),
            kwargs={"call_id": noted.call_id},
        )


def _entry(entry: LogEntry, today: date, time_zone: str) -> Markup:
    said_on = day_this_year(day_of(entry.said_at, time_zone), today, language())
    by = _("noted by {name}") if entry.call_id is not None else _("told by {name}")
    said = Markup('<p dir="auto">{}</p>').format(entry.sentence) if entry.sentence else ""
    return Markup('<li><p class="about">{} · <b>{}</b> · {}</p>{}</li>').format(
        said_on, call_word(entry.state, language()), by.format(name=entry.said_by), said
    )
