"""The end of the meeting, or the way back."""

import streamlit as st

from models.basics.errors import RoundStillOpen
from models.basics.words import BuildingBlock, WorkshopState
from models.encounters.ending import end_meeting
from models.tables import Workshop
from models.workshop.workshop import reopen_workshop
from pages.parts.frame.acting import act, act_on_click, refuse_with
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _


def end_or_reopen(room: RoomNow) -> None:
    """Draw the end of the meeting, or the way back."""
    st.subheader(_("The end"), anchor=False)
    if room.workshop.state == WorkshopState.OVER:
        st.markdown(_("Phones show thanks, whom to call, and where the document is."))
        st.button(
            _("Open the meeting again"),
            key="reopen",
            icon=":material/undo:",
            on_click=act_on_click,
            args=(reopen_workshop,),
            kwargs={"workshop_id": room.workshop_id},
        )
    elif st.button(_("End the meeting"), key="end", icon=":material/stop:"):
        confirm_end(room.workshop)


def confirm_end(workshop: Workshop) -> None:
    """Ask whether the meeting really ends."""

    @st.dialog(_("End the meeting"))
    def ask() -> None:
        if workshop.block == BuildingBlock.ENCOUNTERS:
            st.markdown(
                _("Both questions close. Who chose each other reads on the phone how to reach the other.")
            )
        st.markdown(
            _(
                "Phones then show thanks and whom to call. The projector shows the end, and its link stops. "
                "You can open the meeting again."
            )
        )
        st.button(
            _("End it now"),
            key="end_now",
            icon=":material/stop:",
            on_click=end_now,
            args=(workshop.id,),
        )

    ask()


def end_now(workshop_id: int) -> None:
    """End the meeting, unless a round is open. For `on_click`."""
    ended = act(end_meeting, handled=(RoundStillOpen,), workshop_id=workshop_id)
    if ended.error is not None:
        refuse_with(_("A voting round is still open. Close it on the page Vote first."))
    st.rerun()
