"""A principle as a facilitator works on it: its text, versions, sources and rounds."""

from typing import Literal

import streamlit as st
from markupsafe import Markup

from exports.agenda.difference import marked_difference
from exports.language import day, day_and_time
from models.basics.words import PrincipleStatus
from models.drafting.wording import leave_out_principle, reword_principle, set_review, take_back_principle
from models.voting.principles import PrincipleView
from pages.parts.frame.acting import act, act_on_click, act_then
from pages.parts.frame.panel import opens_panel
from pages.parts.frame.table import table
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, small, typed_heading
from pages.parts.voting.history import support_over_rounds

Colour = Literal["blue", "green", "orange", "gray"]

STATUS_COLOURS: dict[PrincipleStatus, Colour] = {
    PrincipleStatus.DRAFT: "blue",
    PrincipleStatus.ADOPTED: "green",
    PrincipleStatus.NOT_ADOPTED: "orange",
    PrincipleStatus.LEFT_OUT: "gray",
}


def status_word(status: str) -> str:
    """Return where a principle stands, as a label reads it."""
    return {
        PrincipleStatus.DRAFT: _("Draft text"),
        PrincipleStatus.ADOPTED: _("Adopted"),
        PrincipleStatus.NOT_ADOPTED: _("Not adopted"),
        PrincipleStatus.LEFT_OUT: _("Left out"),
    }[PrincipleStatus(status)]


def principle_card(principle: PrincipleView, time_zone: str) -> None:
    """Draw one principle with what can be done to it while drafting."""
    with st.container(border=True, key=f"card_principle_{principle.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            small(_("Principle {number}").format(number=principle.number))
            st.badge(status_word(principle.status), color=STATUS_COLOURS[PrincipleStatus(principle.status)])
            st.badge(_("version {number}").format(number=principle.version), color="gray")
        typed_heading(principle.text, anchor=f"principle_{principle.number}")
        with st.container(horizontal=True, vertical_alignment="center"):
            rewords = opens_panel(_("Change the text"), key=_reword_key(principle), icon=":material/edit:")
            if principle.status == PrincipleStatus.LEFT_OUT:
                st.button(
                    _("Take back"),
                    key=f"take_back_{principle.id}",
                    icon=":material/undo:",
                    on_click=act_on_click,
                    args=(take_back_principle,),
                    kwargs={"principle_id": principle.id},
                )
            else:
                st.button(
                    _("Leave out"),
                    key=f"leave_out_{principle.id}",
                    icon=":material/remove:",
                    on_click=act_on_click,
                    args=(leave_out_principle,),
                    kwargs={"principle_id": principle.id},
                )
        if rewords:
            _reword_form(principle)
        _versions_and_sources(principle, time_zone)


def _reword_key(principle: PrincipleView) -> str:
    """The version is in the key, so that the fields start from the newest text."""
    return f"reword_{principle.id}_{principle.version}"


def _reword_form(principle: PrincipleView) -> None:
    key = _reword_key(principle)
    with st.form(f"{key}_form", border=False):
        reword_fields(principle, key)
        st.form_submit_button(
            _("Keep as version {number}").format(number=principle.version + 1),
            key=f"{key}_save",
            icon=":material/check:",
            on_click=_reword,
            args=(principle.id, key),
        )


def reword_fields(principle: PrincipleView, key: str) -> None:
    """Draw the two fields of a new wording. They are read with `typed_wording(key)`."""
    st.text_area(_("The new text"), value=principle.text, key=f"{key}_text", max_chars=400, height=130)
    st.text_input(_("Why does it change?"), key=f"{key}_why", max_chars=200)


def typed_wording(key: str) -> dict[str, str]:
    """Return what stands in the fields of `reword_fields`, as `reword_principle` takes it."""
    return {"text": st.session_state[f"{key}_text"], "why": st.session_state[f"{key}_why"]}


def review_field(principle: PrincipleView) -> None:
    """Draw the date on which the alliance looks at an adopted principle again; it is stored at once."""
    key = f"review_{principle.id}"
    if key not in st.session_state:
        st.session_state[key] = principle.review_on

    def store_date() -> None:
        act(set_review, principle_id=principle.id, review_on=st.session_state[key])

    st.date_input(
        _("We look at this again on"),
        key=key,
        format="DD-MM-YYYY",
        on_change=store_date,
        width=260,
    )
    if principle.review_on is not None:
        stored = _("Stored: {day}.").format(day=day(principle.review_on, language(), style="long"))
        small(stored)


def _reword(principle_id: int, key: str) -> None:
    act_then(
        reword_principle,
        then={key: False},
        principle_id=principle_id,
        proposal_ids=[],
        **typed_wording(key),
    )


def _versions_and_sources(principle: PrincipleView, time_zone: str) -> None:
    count = len(principle.versions)
    label = ngettext(
        "{count} version, and where it came from", "{count} versions, and where it came from", count
    )
    with st.expander(
        label.format(count=count),
        key=f"versions_{principle.id}",
        icon=":material/history:",
        on_change="rerun",
    ) as history:
        if not history.open:
            return
        table(
            [_("Version"), _("Text"), _("Why"), _("By")],
            _version_rows(principle, time_zone),
            caption=_("Versions of principle {number}").format(number=principle.number),
        )
        if principle.sources:
            table(
                [_("Worded from"), _("Support")],
                [(source.text, source.support) for source in principle.sources],
                caption=_("Proposals behind principle {number}").format(number=principle.number),
            )
        if principle.rounds:
            support_over_rounds(principle, key=f"card_{principle.id}")


def _version_rows(principle: PrincipleView, time_zone: str) -> list[tuple[int, Markup | str, str, str]]:
    rows: list[tuple[int, Markup | str, str, str]] = []
    older = [*principle.versions[1:], None]
    for version, before in zip(principle.versions, older, strict=True):
        text = version.text if before is None else Markup(marked_difference(before.text, version.text))
        by = _("{name}, {moment}").format(
            name=version.written_by, moment=day_and_time(version.written_at, language(), time_zone)
        )
        rows.append((version.version, text, version.why, by))
    return rows
