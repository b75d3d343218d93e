"""The agreement at hand: what is vague, changing it, its owner, dropping it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import streamlit as st

from exports.sentences import vague_sentence
from models.agreeing.agreement import OpenedAgreement, change_agreement, drop_agreement, revive_agreement
from models.agreeing.vagueness import vague_points
from models.agreeing.views import AgreementView
from models.basics.text import cleaned
from models.tables import Partner
from models.voting.principles import PrincipleView
from pages.parts.agreeing.at_hand import is_open, open_agreement, opened
from pages.parts.agreeing.fields import agreement_fields, as_opened, field_keys, now_known, opened_with, typed
from pages.parts.agreeing.owner import ownership
from pages.parts.agreeing.showing import show, take_off
from pages.parts.frame.acting import act_on_click, act_then
from pages.parts.frame.panel import opens_panel
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.saving import stored_line, stored_now
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain


def agreement_to_change(
    room: RoomNow,
    agreement: AgreementView,
    agreements: Sequence[AgreementView],
    principles: Sequence[PrincipleView],
    partners: Sequence[Partner],
) -> None:
    """Draw all of an agreement, to change: each field is stored as one leaves it, whatever others do meanwhile."""
    with st.container(key="agreement_at_hand"):
        st.header(_("Agreement {number}").format(number=agreement.number), anchor=False)
        _changed_elsewhere(agreement, as_opened(agreement, agreements, principles, partners))
        if not is_open(agreement):
            st.markdown(plain(_("Dropped: {reason}").format(reason=agreement.dropped_reason or "–")))
            st.button(
                _("Take it up again"),
                key="revive_agreement",
                icon=":material/undo:",
                on_click=act_on_click,
                args=(revive_agreement,),
                kwargs={"agreement_id": agreement.id},
            )
            return
        hints(agreement)
        agreement_fields(
            agreements,
            principles,
            partners,
            stored=agreement,
            on_change=_store,
            args=(agreement.id, field_keys()),
        )
        stored_line(_saved(agreement.id), room.alliance.time_zone)
        ownership(room, agreement, partners)
        with st.container(horizontal=True, vertical_alignment="center"):
            if not agreement.is_shown:
                st.button(
                    _("Show on the screen"),
                    key="show_agreement",
                    icon=":material/visibility:",
                    on_click=show,
                    args=([agreement.id],),
                )
            else:
                st.button(
                    _("Take off the screen"),
                    key="hide_agreement",
                    icon=":material/visibility_off:",
                    help=_("The projector and the phones do not show it any more. It stays here."),
                    on_click=take_off,
                    args=(agreement.id,),
                )
            drops = opens_panel(_("Drop"), key=f"drop_{agreement.id}", icon=":material/remove:")
        if drops:
            _drop_form(agreement)


def hints(agreement: AgreementView) -> None:
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


def _changed_elsewhere(agreement: AgreementView, stored: OpenedAgreement) -> None:
    """Draw that somebody else changed the agreement, where the fields show something else than what is stored."""
    known = opened_with(field_keys())
    if known is None or _comparable(known) == _comparable(stored):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(
            _("Somebody else has just changed this agreement."), icon=":material/info:", width="stretch"
        )
        st.button(
            _("Read what is stored now"),
            key="read_again",
            on_click=open_agreement,
            args=(str(agreement.number),),
        )


def _comparable(agreement: OpenedAgreement) -> dict[str, Any]:
    return {
        name: sorted(value)
        if isinstance(value, list)
        else cleaned(value)
        if isinstance(value, str)
        else value
        for name, value in asdict(agreement).items()
    }


def _saved(agreement_id: int) -> str:
    return f"agreement_{agreement_id}"


def _store(agreement_id: int, keys: Mapping[str, str]) -> None:
    act_then(
        change_agreement,
        then={**now_known(keys), **stored_now(_saved(agreement_id))},
        agreement_id=agreement_id,
        opened=opened_with(keys),
        **typed(keys),
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
    act_then(drop_agreement, then={key: False, **opened(None)}, agreement_id=agreement_id, reason=reason)
