"""The room's own round when the alliance meets again: what became of it, one agreement after another."""

from collections.abc import Sequence

import streamlit as st

from models.basics.words import Step, WorkshopState
from models.progress.following import Followed
from models.progress.on_screen import show_agreement_alone
from models.tables import Workshop
from pages.parts.frame.acting import act
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import small
from pages.parts.progress.order import choose


def round_in_the_room(workshop: Workshop, followed: Sequence[Followed], chosen: Followed) -> None:
    """Draw which agreement the projector shows, and the ways to another; by number, as the room knows them."""
    if workshop.step != Step.PROGRESS or workshop.state != WorkshopState.OPEN:
        small(_("When you meet again, take the room here. Then you show the agreements one by one."))
        return
    numbers = [agreement.number for agreement in followed]
    shown = workshop.agreement_on_screen if workshop.agreement_on_screen in numbers else None
    with st.container(horizontal=True, vertical_alignment="center", key="round_in_the_room"):
        if shown is None:
            st.markdown(_("The projector shows all agreements."), width="content")
            _button(workshop, _("Show the first"), numbers[0], key="show_first")
        else:
            place = numbers.index(shown)
            st.markdown(_("The projector shows agreement {number}.").format(number=shown), width="content")
            _button(workshop, _("Previous"), _at(numbers, place - 1), key="show_previous")
            _button(workshop, _("Next"), _at(numbers, place + 1), key="show_next")
        if chosen.number != shown:
            label = _("Show agreement {number}").format(number=chosen.number)
            _button(workshop, label, chosen.number, key="show_chosen")
        if shown is not None:
            st.button(
                _("Show all"),
                key="show_all",
                icon=":material/desktop_windows:",
                on_click=_show,
                args=(workshop.id, None),
            )


def _at(numbers: Sequence[int], place: int) -> int | None:
    return numbers[place] if 0 <= place < len(numbers) else None


def _button(workshop: Workshop, label: str, number: int | None, *, key: str) -> None:
    st.button(
        label,
        key=key,
        icon=":material/desktop_windows:",
        disabled=number is None,
        on_click=_show,
        args=(workshop.id, number),
    )


def _show(workshop_id: int, number: int | None) -> None:
    """Show an agreement on the projector, and take it at hand here: what is said can be noted at once."""
    if number is not None:
        choose(number)
    act(show_agreement_alone, workshop_id=workshop_id, number=number)
