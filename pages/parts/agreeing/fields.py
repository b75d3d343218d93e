"""What an agreement says, as fields to fill in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import streamlit as st

from models.agreeing.agreement import OpenedAgreement
from models.agreeing.views import AgreementView
from models.basics.words import PrincipleStatus
from models.tables import Partner
from models.voting.principles import PrincipleView
from pages.parts.agreeing.at_hand import field
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain

_FIRST = "as_opened"
_NAMES = ("what", "first_step", "due_on", "measure", "owner", "principles", "depends_on", "supporters")
# What the model names by id, the fields name by what one sees.
_FIELDS = {"principle_ids": "principles", "supporter_ids": "supporters"}


def as_opened(
    stored: AgreementView,
    agreements: Sequence[AgreementView],
    principles: Sequence[PrincipleView],
    partners: Sequence[Partner],
) -> OpenedAgreement:
    """Return what stands in the fields of an agreement when it is opened now."""
    return OpenedAgreement(
        what=stored.what,
        first_step=stored.first_step,
        due_on=stored.due_on,
        measure=stored.measure,
        principle_ids=_still_there(stored.principle_ids, _practised(principles)),
        depends_on=_still_there(stored.depends_on_ids, _others(agreements, stored)),
        supporter_ids=_still_there(stored.supporter_ids, partners),
    )


def empty_fields(ready_text: str) -> dict[str, Any]:
    """Return what stands in the fields of a new agreement, by key."""
    return {
        field("what"): ready_text,
        field("first_step"): "",
        field("measure"): "",
        field("due_on"): None,
        field("owner"): None,
        field("principles"): [],
        field("depends_on"): [],
        field("supporters"): [],
    }


def _practised(principles: Sequence[PrincipleView]) -> list[PrincipleView]:
    return [principle for principle in principles if principle.status != PrincipleStatus.LEFT_OUT]


def _others(agreements: Sequence[AgreementView], stored: AgreementView | None) -> list[AgreementView]:
    return [
        agreement
        for agreement in agreements
        if agreement.is_open and (stored is None or agreement.id != stored.id)
    ]


def agreement_fields(
    agreements: Sequence[AgreementView],
    principles: Sequence[PrincipleView],
    partners: Sequence[Partner],
    *,
    stored: AgreementView | None,
    who_carries: Callable[[], None],
    between: Callable[[], None] = lambda: None,
    on_change: Callable[..., None],
    args: tuple[Any, ...],
) -> None:
    """Draw what an agreement says, each field stored by `on_change` when one leaves it. Read with `typed`.

    `who_carries` draws the field of the owner in its place, `between` what is asked below it. Of a stored agreement
    `opened_with` is what stood there first; a new one's fields are filled beforehand.
    """
    saves: dict[str, Any] = {"on_change": on_change, "args": args}
    practised, others = _practised(principles), _others(agreements, stored)
    first = None
    if stored is not None:
        first = st.session_state.setdefault(
            field(_FIRST), as_opened(stored, agreements, principles, partners)
        )
        for name, value in asdict(first).items():
            st.session_state.setdefault(field(_FIELDS.get(name, name)), value)
    for name, there in (("principles", practised), ("depends_on", others), ("supporters", partners)):
        # What was taken away meanwhile, elsewhere, cannot be chosen any more.
        chosen = list(st.session_state.get(field(name)) or [])
        if chosen != _still_there(chosen, there):
            st.session_state[field(name)] = _still_there(chosen, there)
    st.text_area(_("What do we agree?"), key=field("what"), max_chars=400, height=76, **saves)
    st.text_input(_("What is the first step?"), key=field("first_step"), max_chars=400, **saves)
    st.text_area(
        _("How will we see that it worked?"), key=field("measure"), max_chars=400, height=76, **saves
    )
    left, right = st.columns([1.85, 1], gap="small")
    with left:
        who_carries()
    right.date_input(_("When is it done?"), value=None, key=field("due_on"), format="DD-MM-YYYY", **saves)
    between()
    _pills(
        _("Which principles does it put into practice?"),
        {principle.id: _numbered(principle.number, principle.text) for principle in practised},
        key=field("principles"),
        saves=saves,
    )
    if others:
        _pills(
            _("Which agreements must be done first?"),
            {other.id: _numbered(other.number, other.what) for other in others},
            key=field("depends_on"),
            saves=saves,
        )
    _pills(
        _("Who helps?"),
        {partner.id: plain(partner.name) for partner in partners},
        key=field("supporters"),
        saves=saves,
    )


def _pills(label: str, options: Mapping[int, str], *, key: str, saves: Mapping[str, Any]) -> None:
    st.pills(
        label,
        list(options),
        format_func=options.__getitem__,
        selection_mode="multi",
        wrap=True,
        key=key,
        **saves,
    )


def partner_choice(
    label: str,
    partners: Sequence[Partner],
    *,
    key: str,
    placeholder: str,
    without: int | None = None,
    **saves: Any,
) -> None:
    """Draw the choice of one partner, or nobody; `without` is the id of a partner that is left out."""
    st.selectbox(
        label,
        [partner.id for partner in partners if partner.id != without],
        index=None,
        format_func={partner.id: partner.name for partner in partners}.__getitem__,
        key=key,
        placeholder=placeholder,
        filter_mode=None,
        **saves,
    )


def field_keys() -> dict[str, str]:
    """Return the keys of the fields that are drawn now. For callbacks: a press on Close may be told before they are."""
    return {name: field(name) for name in (*_NAMES, _FIRST)}


def typed(keys: Mapping[str, str]) -> dict[str, Any]:
    """Return what stands in the fields with these keys, as `record_agreement` and `change_agreement` take it."""
    state = st.session_state
    return {
        "what": state[keys["what"]],
        "first_step": state[keys["first_step"]],
        "due_on": state[keys["due_on"]],
        "measure": state[keys["measure"]],
        "principle_ids": list(state.get(keys["principles"]) or []),
        "depends_on": list(state.get(keys["depends_on"]) or []),
        "supporter_ids": list(state.get(keys["supporters"]) or []),
    }


def opened_with(keys: Mapping[str, str]) -> OpenedAgreement | None:
    """Return what this window last knew of the agreement at hand."""
    first: OpenedAgreement | None = st.session_state.get(keys[_FIRST])
    return first


def now_known(keys: Mapping[str, str]) -> dict[str, Any]:
    """Return the session's state in which what is typed is known to be stored; for `act_then`."""
    return {keys[_FIRST]: OpenedAgreement(**typed(keys))}


def _still_there(ids: Sequence[int], there: Sequence[PrincipleView | AgreementView | Partner]) -> list[int]:
    known = {thing.id for thing in there}
    return [identifier for identifier in ids if identifier in known]


def _numbered(number: int, text: str) -> str:
    return plain(_("{number}. {text}").format(number=number, text=shortened(text, 30)))


def shortened(text: str, longest: int = 48) -> str:
    """Return a text of at most about `longest` characters, cut after a whole word."""
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"
