"""What an agreement says, as fields to fill in."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from models.agreement import OpenedAgreement
from models.agreement_views import AgreementView
from models.principle import PrincipleView
from models.tables import Partner
from models.words import PrincipleStatus
from pages.parts.agreement.at_hand import field, is_open
from pages.parts.words import gettext as _
from pages.parts.words import plain

_FIRST = "as_opened"


def agreement_fields(
    agreements: Sequence[AgreementView],
    principles: Sequence[PrincipleView],
    partners: Sequence[Partner],
    *,
    stored: AgreementView | None,
    ready_text: str = "",
) -> None:
    """Draw what an agreement says. Read with `typed`; `opened_with` is what stood there first."""
    practised = [principle for principle in principles if principle.status != PrincipleStatus.LEFT_OUT]
    others = [
        agreement
        for agreement in agreements
        if is_open(agreement) and (stored is None or agreement.id != stored.id)
    ]
    if stored is not None and field(_FIRST) not in st.session_state:
        st.session_state[field(_FIRST)] = OpenedAgreement(
            what=stored.what,
            first_step=stored.first_step,
            due_on=stored.due_on,
            measure=stored.measure,
            principle_ids=_still_there(stored.principle_ids, practised),
            depends_on=_still_there(stored.depends_on_ids, others),
            supporter_ids=_still_there(stored.supporter_ids, partners),
        )
    left, right = st.columns(2, gap="medium")
    with left:
        st.text_area(
            _("What do we agree?"),
            value=stored.what if stored else ready_text,
            key=field("what"),
            max_chars=400,
            height=100,
        )
        st.text_input(
            _("What is the first step?"),
            value=stored.first_step if stored else "",
            key=field("first_step"),
            max_chars=400,
        )
        st.text_input(
            _("How will we see that it worked?"),
            value=stored.measure if stored else "",
            key=field("measure"),
            max_chars=400,
        )
        st.date_input(
            _("When is it done?"),
            value=stored.due_on if stored else None,
            key=field("due_on"),
            format="DD-MM-YYYY",
            width=260,
        )
    with right:
        if stored is None:
            partner_choice(_("Who carries it?"), partners, key=field("owner"), placeholder=_("nobody yet"))
        st.pills(
            _("Which principles does it put into practice?"),
            [principle.id for principle in practised],
            format_func=_numbered(
                {principle.id: (principle.number, principle.text) for principle in practised}
            ),
            selection_mode="multi",
            wrap=True,
            default=_still_there(stored.principle_ids if stored else [], practised),
            key=field("principles"),
        )
        if others:
            st.pills(
                _("Which agreements must be done first?"),
                [agreement.id for agreement in others],
                format_func=_numbered({other.id: (other.number, other.what) for other in others}),
                selection_mode="multi",
                wrap=True,
                default=_still_there(stored.depends_on_ids if stored else [], others),
                key=field("depends_on"),
            )
        st.pills(
            _("Who helps?"),
            [partner.id for partner in partners],
            format_func=_named(partners),
            selection_mode="multi",
            wrap=True,
            default=_still_there(stored.supporter_ids if stored else [], partners),
            key=field("supporters"),
        )


def partner_choice(
    label: str, partners: Sequence[Partner], *, key: str, placeholder: str, without: int | None = None
) -> None:
    """Draw the choice of one partner, or nobody; `without` is the id of a partner that is left out."""
    st.selectbox(
        label,
        [partner.id for partner in partners if partner.id != without],
        index=None,
        format_func=_named(partners),
        key=key,
        placeholder=placeholder,
        filter_mode=None,
    )


def typed() -> dict[str, Any]:
    """Return what stands in the fields, as `record_agreement` and `change_agreement` take it."""
    return {
        "what": st.session_state[field("what")],
        "first_step": st.session_state[field("first_step")],
        "due_on": st.session_state[field("due_on")],
        "measure": st.session_state[field("measure")],
        "principle_ids": list(st.session_state.get(field("principles")) or []),
        "depends_on": list(st.session_state.get(field("depends_on")) or []),
        "supporter_ids": list(st.session_state.get(field("supporters")) or []),
    }


def opened_with() -> OpenedAgreement | None:
    """Return what stood in the fields when the agreement at hand was opened."""
    first: OpenedAgreement | None = st.session_state.get(field(_FIRST))
    return first


def _still_there(ids: Sequence[int], there: Sequence[PrincipleView | AgreementView | Partner]) -> list[int]:
    known = {thing.id for thing in there}
    return [identifier for identifier in ids if identifier in known]


def _numbered(texts: dict[int, tuple[int, str]]) -> Callable[[int], str]:
    def label(identifier: int) -> str:
        number, text = texts[identifier]
        return plain(_("{number}. {text}").format(number=number, text=shortened(text)))

    return label


def _named(partners: Sequence[Partner]) -> Callable[[int], str]:
    names = {partner.id: partner.name for partner in partners}
    return lambda identifier: plain(names[identifier])


def shortened(text: str, longest: int = 48) -> str:
    """Return a text of at most about `longest` characters, cut after a whole word."""
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"
