"""Mediation, for who leads: ongoing or ended, and nothing else. Nothing that is said in one comes here."""

from html import escape
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from models.basics.words import HowItHolds
from models.mediation.mediation import MediationRow, list_mediations
from models.mediation.outcomes import OutcomeRow, aftercare_counts, list_outcomes, make_agreement
from models.mediation.requests import list_requests
from models.storage.database import reading
from models.tables import Alliance
from pages.parts.frame.acting import act_on_click, facilitator
from pages.parts.frame.panel import opens_panel
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain, small
from pages.parts.home.alliance_at_hand import alliance_now
from pages.parts.home.mediation_card import mediations_told
from pages.parts.mediation.ask import ask_card, invitation_card, new_request, ongoing_actions, requests_list

STYLE = Path(__file__).resolve().parent / "parts" / "mediation" / "mediation.css"
ASK, NOTE = "ask_panel", "note_panel"


def show(alliance: Alliance) -> None:
    """Draw what a facilitator may know of the mediations of an alliance."""
    with reading() as session:
        rows = list_mediations(session, alliance.id)
        requests = list_requests(session, alliance.id)
        outcomes = list_outcomes(session, alliance.id)
        counts = aftercare_counts(session, alliance.id)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="page_head"
    ):
        with st.container(width="content", gap=None):
            st.html(f'<p class="over-title">{escape(alliance.name)}</p>')
            st.title(_("Mediation"), anchor=False)
        asks = opens_panel(_("Ask a mediator"), key=ASK, icon=":material/add:", type="primary")
    if asks:
        with st.container(border=True, key="card_ask"):
            ask_card(alliance, None, key="new")
    invitation_card(alliance)
    left, right = st.columns([1.6, 1])
    with left:
        with st.container(border=True, key="card_mediations"):
            _mediations(rows)
        with st.container(border=True, key="card_requests"):
            st.header(_("Asked for"), anchor=False)
            if not requests:
                st.markdown(_("Nobody asks for a mediation now."))
            requests_list(alliance, requests)
            if opens_panel(_("Note that somebody asks"), key=NOTE, icon=":material/add:"):
                new_request(alliance)
        if outcomes:
            with st.container(border=True, key="card_outcomes"):
                _outcomes(outcomes)
        if counts:
            with st.container(border=True, key="card_aftercare"):
                st.header(_("How it goes afterwards"), anchor=False)
                st.markdown(
                    _("Parties said: better {better}, the same {same}, worse {worse}.").format(
                        **{answer: counts.get(answer, 0) for answer in HowItHolds}
                    )
                )
    with right, st.container(border=True, key="card_unseen"):
        st.header(_("What you do not see here"), anchor=False)
        for line in (
            _("Who the parties are, and what it is about."),
            _("What stands there. The administrator cannot open it either."),
            _("How far they are, and when they talk."),
        ):
            st.markdown(f":material/visibility_off: {line}")
        st.markdown(_("So it is safe to take part. Do not ask the parties about it."))
    st.markdown(
        plain(
            _(
                "A mediator belongs to none of the parties. You ask one. The mediator invites, outside this screen."
            )
        )
    )


def _outcomes(outcomes: list[OutcomeRow]) -> None:
    st.header(_("What all parties released themselves"), anchor=False)
    for outcome in outcomes:
        with st.container(horizontal=True, vertical_alignment="center", key=f"outcome_{outcome.id}"):
            with st.container(gap=None):
                st.markdown(f"**{plain(outcome.text)}**")
                small(
                    _("From mediation {number}. They may take it back until the agenda is frozen.").format(
                        number=outcome.mediation_number
                    )
                )
            if outcome.agreement_number is None:
                st.button(
                    _("Make it an agreement"),
                    key=f"make_agreement_{outcome.id}",
                    icon=":material/arrow_forward:",
                    on_click=act_on_click,
                    args=(make_agreement,),
                    kwargs={"outcome_id": outcome.id},
                )
            else:
                st.markdown(_("Agreement {number}").format(number=outcome.agreement_number))


def _mediations(rows: list[MediationRow]) -> None:
    ongoing = [row for row in rows if not row.is_ended]
    if not rows:
        st.header(_("No mediation yet."), anchor=False)
        return
    told = mediations_told(len(ongoing), len(rows) - len(ongoing))
    st.html(Markup('<h2 class="mediations-told">{}</h2>').format(told))
    lines = Markup("").join(
        Markup('<tr><th scope="row">{}</th><td><span class="badge {}">{}</span></td></tr>').format(
            _("Mediation {number}").format(number=row.number),
            "gray" if row.is_ended else "green",
            _("ended") if row.is_ended else _("ongoing"),
        )
        for row in rows
    )
    st.html(
        Markup(
            '<table class="mediations"><thead><tr><th scope="col">{}</th><th scope="col">{}</th></tr></thead>'
            "<tbody>{}</tbody></table>"
        ).format(_("Which"), _("State"), lines)
    )
    st.markdown(_("Ended does not say how: not who stopped, and not why."))
    for row in ongoing:
        label = _("Mediation {number}: the mediator cannot go on").format(number=row.number)
        if opens_panel(label, key=f"ongoing_{row.id}"):
            ongoing_actions(row)


st.html(STYLE)
show(alliance_now(facilitator()))
