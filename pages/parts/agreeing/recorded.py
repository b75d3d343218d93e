"""The agreement that was just recorded: what one does next with it."""

from collections.abc import Sequence

import streamlit as st

from models.agreeing.agreement import show_agreements
from models.agreeing.views import AgreementView
from models.tables import Partner
from pages.parts.agreeing.at_hand import RECORDED, is_open, open_agreement
from pages.parts.agreeing.change import hints
from pages.parts.agreeing.owner import owner_is_awaited
from pages.parts.frame.acting import act_on_click
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain


def just_recorded(room: RoomNow, agreements: Sequence[AgreementView], partners: Sequence[Partner]) -> None:
    """Draw that an agreement was recorded, what is vague in it, whom it waits for, and the way to show it."""
    number = st.session_state.get(RECORDED)
    agreement = next((found for found in agreements if str(found.number) == number and is_open(found)), None)
    if agreement is None:
        return
    with st.container(border=True, key="card_agreement_recorded"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(
                plain(
                    _("Agreement {number} is recorded: {what}").format(
                        number=agreement.number, what=agreement.what
                    )
                ),
                icon=":material/check_circle:",
                width="stretch",
            )
            if not agreement.is_shown:
                st.button(
                    _("Show on the screen"),
                    key="show_recorded",
                    icon=":material/visibility:",
                    on_click=act_on_click,
                    args=(show_agreements,),
                    kwargs={"agreement_ids": [agreement.id]},
                )
            st.button(
                _("Change"),
                key="change_recorded",
                icon=":material/edit:",
                on_click=open_agreement,
                args=(str(agreement.number),),
            )
            st.button(_("Close"), key="fold_recorded", on_click=open_agreement, args=(None,))
        hints(agreement)
        owner_is_awaited(room, agreement, partners)
