"""On what the texts of a vote rest: the evidence behind each that came from a point of a startfoto."""

from collections.abc import Sequence

import streamlit as st

from models.basics.words import Phase
from models.drafting.origins import points_behind
from models.storage.database import reading
from models.voting.principles import PrincipleView
from models.voting.questions import VOTABLE
from models.voting.round_views import RoundView
from pages.parts.drafting.evidence import evidence_of_point
from pages.parts.frame.room_now import RoomNow


def behind_texts(room: RoomNow, latest: RoundView | None, principles: Sequence[PrincipleView]) -> None:
    """Draw the way to the evidence behind the texts of this round, or of the next one; nothing where there is none."""
    if latest is None or latest.phase == Phase.CANCELLED:
        asked = [one.id for one in principles if one.status in VOTABLE]
    else:
        asked = [item.principle_id for item in latest.items if item.principle_id is not None]
    with reading() as session:
        points = points_behind(session, asked)
    if not points:
        return
    with st.container(border=True, key="card_behind"):
        for point in points:
            evidence_of_point(room, point.id, point.name, where="vote")
