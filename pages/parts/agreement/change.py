"""The agreement at hand: what is vague, changing it, its owner, dropping it."""

from collections.abc import Sequence

import streamlit as st

from exports.sentences import vague_sentence
from models.agreement import (
    change_agreement,
    drop_agreement,
    hide_agreement,
    revive_agreement,
    show_agreements,
)
from models.agreement_views import AgreementView
from models.principle import PrincipleView
from models.rules.vagueness import vague_points
from models.tables import Partner
from pages.parts.acting import do
from pages.parts.agreement.at_hand import OPENED_VERSION, field, is_open, open_agreement, opened
from pages.parts.agreement.fields import agreement_fields, opened_with, typed
from pages.parts.agreement.owner import ownership
from pages.parts.panel import opens_panel
from pages.parts.storing import store
from pages.parts.words import gettext as _
from pages.parts.words import language, plain


def agreement_to_change(
    agreement: AgreementView,
    agreements: Sequence[AgreementView],
    principles: Sequence[PrincipleView],
    partners: Sequence[Partner],
) -> None:
    """Draw all of an agreement, to change. Fields keep what one types while somebody else changes it too."""
    version_opened = st.session_state.get(OPENED_VERSION) or agreement.version
    st.session_state[OPENED_VERSION] = version_opened
    with st.container(key="agreement_at_hand"):
        st.header(_("Agreement {number}").format(number=agreement.number), anchor=False)
        if agreement.version != version_opened:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.warning(
                    _("Somebody else has just changed this agreement."),
                    icon=":material/info:",
                    width="stretch",
                )
                st.button(
                    _("Read what is stored now"),
                    key="read_again",
                    on_click=open_agreement,
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
        with st.form(field("form"), border=False, enter_to_submit=False):
            agreement_fields(agreements, principles, partners, stored=agreement)
            st.form_submit_button(
                _("Store the changes"),
                key="store_agreement",
                icon=":material/check:",
                on_click=_store,
                args=(agreement,),
            )
        ownership(agreement, partners)
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
            else:
                st.button(
                    _("Take off the screen"),
                    key="hide_agreement",
                    icon=":material/visibility_off:",
                    help=_("The projector and the phones do not show it any more. It stays here."),
                    on_click=do,
                    args=(hide_agreement,),
                    kwargs={"agreement_id": agreement.id},
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
    store(
        change_agreement,
        then=opened(str(agreement.number)),
        agreement_id=agreement.id,
        opened=opened_with(),
        **typed(),
    )


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
    store(drop_agreement, then={key: False, **opened(None)}, agreement_id=agreement_id, reason=reason)
