"""On what a point of the startfoto rests, one tap away beside what came of it; and on the projector."""

import streamlit as st
from markupsafe import Markup

from exports.sentences.baseline import evidence_words, standing_line
from models.baseline.behind import behind_improvements
from models.baseline.on_screen import show_evidence
from models.storage.database import reading
from models.workshop.workshop import read_workshop
from pages.parts.frame.acting import act_on_click
from pages.parts.frame.panel import opens_panel
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language


def evidence_of_point(room: RoomNow, improvement_id: int, name: str, *, where: str) -> None:
    """Draw the button that shows the evidence of a point, and the evidence once it is pressed.

    `name` numbers the point; `where` tells two places on one page apart.
    """
    key = f"evidence_{where}_{improvement_id}"
    is_open = opens_panel(
        _("Evidence of point {number}").format(number=name),
        key=key,
        icon=":material/search:",
        type="tertiary",
    )
    # Asked anew: a live part that is drawn by itself still has the room of when its page was drawn.
    with reading() as session:
        is_on_screen = read_workshop(session, room.workshop_id).point_on_screen == improvement_id
    if is_on_screen:
        st.button(
            _("Take point {number} off the projector").format(number=name),
            key=f"{key}_off",
            icon=":material/desktop_windows:",
            on_click=act_on_click,
            args=(show_evidence,),
            kwargs={"workshop_id": room.workshop_id, "improvement_id": None},
        )
    if not is_open:
        return
    with reading() as session:
        behind = behind_improvements(session, [improvement_id]).get(improvement_id)
    if behind is None or not behind.conclusions:
        st.markdown(_("No conclusion stands behind this point yet."))
        return
    st.html(
        Markup("").join(
            Markup(
                '<p class="evidence-of" dir="auto"><b>{}</b><br>{}</p><ul class="evidence-of">{}</ul>'
            ).format(
                one.text,
                standing_line(one.standing, language()),
                Markup("").join(
                    [
                        Markup('<li dir="auto">{}</li>').format(evidence_words(said, language()))
                        for said in one.said
                    ]
                    + [
                        Markup('<li dir="auto">{}</li>').format(
                            _("Says the opposite: {words}").format(words=evidence_words(said, language()))
                        )
                        for said in one.against
                    ]
                ),
            )
            for one in behind.conclusions
        )
    )
    if not is_on_screen:
        st.button(
            _("Show point {number} on the projector").format(number=name),
            key=f"{key}_on",
            icon=":material/desktop_windows:",
            on_click=act_on_click,
            args=(show_evidence,),
            kwargs={"workshop_id": room.workshop_id, "improvement_id": improvement_id},
        )
