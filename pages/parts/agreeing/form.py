"""The agreement at hand: all it says, what is vague in it, on the screen or off it, dropping it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import streamlit as st
from markupsafe import Markup

from exports.sentences import vague_sentence
from models.agreeing.agreement import OpenedAgreement, change_agreement, drop_agreement
from models.agreeing.vagueness import vague_points
from models.agreeing.views import AgreementView
from models.basics.text import cleaned
from models.tables import Partner
from models.voting.principles import PrincipleView
from pages.parts.agreeing.at_hand import open_agreement
from pages.parts.agreeing.fields import agreement_fields, as_opened, field_keys, now_known, opened_with, typed
from pages.parts.agreeing.owner import hand_over, owner_field
from pages.parts.agreeing.showing import show, take_off
from pages.parts.frame.acting import act_then
from pages.parts.frame.panel import opens_panel
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.saving import stored_line, stored_now
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain


def agreement_form(
    room: RoomNow,
    agreement: AgreementView,
    agreements: Sequence[AgreementView],
    principles: Sequence[PrincipleView],
    partners: Sequence[Partner],
) -> None:
    """Draw all of an agreement, to change: each field is stored as one leaves it, whatever others do meanwhile."""
    _head(room, agreement, as_opened(agreement, agreements, principles, partners))
    if not agreement.is_open:
        st.markdown(plain(agreement.what))
        st.markdown(plain(_("Dropped: {reason}").format(reason=agreement.dropped_reason or "–")))
        return
    agreement_fields(
        agreements,
        principles,
        partners,
        stored=agreement,
        who_carries=lambda: owner_field(room, agreement, partners),
        between=lambda: hand_over(agreement, partners),
        on_change=_store,
        args=(agreement.id, field_keys()),
    )
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
    hints(agreement)


def _head(room: RoomNow, agreement: AgreementView, stored: OpenedAgreement) -> None:
    """Draw its number, and beside it when it was stored, or that somebody else changed it: both in the same place."""
    known = opened_with(field_keys())
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key="agreement_form_head",
    ):
        with st.container(width="content"):
            number = _("Agreement {number}").format(number=agreement.number)
            st.html(Markup('<h2 data-about="{}">{}</h2>').format(agreement.number, number))
        if agreement.changed_since_agenda is not None:
            changed = _("Changed since version {version}").format(version=agreement.changed_since_agenda)
            st.badge(changed, color="orange")
        if known is not None and agreement.is_open and _comparable(known) != _comparable(stored):
            st.button(
                _("Just changed by somebody else: read it"),
                key="read_again",
                icon=":material/info:",
                on_click=open_agreement,
                args=(str(agreement.number),),
            )
        else:
            stored_line(_saved(agreement.id), room.alliance.time_zone)


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
    dropped = act_then(drop_agreement, then={key: False}, agreement_id=agreement_id, reason=reason)
    if dropped:
        tell(_("The agreement is dropped. It stays here to be read, with the reason."), dropped.undo)
