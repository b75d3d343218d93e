"""Who carries the agreement at hand: the field in which one asks a partner."""

from collections.abc import Sequence

import streamlit as st

from models.agreeing.ownership import ask_owner
from models.agreeing.views import AgreementView, list_agreements
from models.storage.database import reading
from models.tables import Partner
from pages.parts.agreeing.at_hand import field
from pages.parts.agreeing.fields import partner_choice
from pages.parts.frame.acting import act, act_then, refuse_with
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain

_HANDS_OVER = "agreement_hands_over"


def owner_field(room: RoomNow, agreement: AgreementView, partners: Sequence[Partner]) -> None:
    """Draw who carries an agreement. Choosing a partner asks it; who accepted already is not replaced by one choice."""
    key = _key(agreement)
    st.session_state.setdefault(key, agreement.owner.id if agreement.owner else None)
    partner_choice(
        _("Who carries it?"),
        partners,
        key=key,
        placeholder=_("nobody yet"),
        on_change=_choose,
        args=(room.alliance_id, agreement, key),
    )


def hand_over(agreement: AgreementView, partners: Sequence[Partner]) -> None:
    """Draw the question whether another carries it from now on, where somebody accepted already. Else nothing."""
    asked = st.session_state.get(_HANDS_OVER)
    if asked is None or asked[0] != _key(agreement) or agreement.owner is None:
        return
    partner = next((found for found in partners if found.id == asked[1]), None)
    with st.container(key="hand_over_line", border=True):
        st.markdown(plain(_("{partner} has accepted already.").format(partner=agreement.owner.name)))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                _("Hand it over to {partner}").format(partner=plain(partner.name))
                if partner
                else _("Nobody carries it now"),
                key="hand_over",
                icon=":material/person:",
                on_click=_hand_over,
                args=(agreement, asked[1]),
            )
            st.button(_("Leave it so"), key="leave_owner", on_click=_leave, args=(_key(agreement),))


def _key(agreement: AgreementView) -> str:
    """Return the key of the field. What another window or a phone stored gives a field of its own."""
    owner = agreement.owner.id if agreement.owner else 0
    return f"{field('owner')}_{owner}_{int(agreement.owner_accepted)}"


def _choose(alliance_id: int, drawn: AgreementView, key: str) -> None:
    chosen = st.session_state[key]
    if drawn.owner_accepted:
        is_other = drawn.owner is None or chosen != drawn.owner.id
        st.session_state[_HANDS_OVER] = (key, chosen) if is_other else None
        return
    if _carried(alliance_id, drawn.id) != _carrier(drawn):
        refuse_with(_("Something had just changed. Look again, and then press once more."))
    act_then(ask_owner, then={}, agreement_id=drawn.id, partner_id=chosen)


def _carrier(agreement: AgreementView) -> tuple[int | None, bool]:
    return (agreement.owner.id if agreement.owner else None), agreement.owner_accepted


def _carried(alliance_id: int, agreement_id: int) -> tuple[int | None, bool] | None:
    """Return who carries it now, which a phone may have changed since the page was drawn."""
    with reading() as session:
        found = list_agreements(session, alliance_id)
    return next((_carrier(agreement) for agreement in found if agreement.id == agreement_id), None)


def _hand_over(agreement: AgreementView, partner_id: int | None) -> None:
    st.session_state[_HANDS_OVER] = None
    act(ask_owner, agreement_id=agreement.id, partner_id=partner_id)


def _leave(key: str) -> None:
    asked = st.session_state[_HANDS_OVER]
    st.session_state[_HANDS_OVER] = None
    if asked is not None:
        st.session_state.pop(key, None)
