"""The evidence behind the agreement at hand: of each point of the startfoto from which it came."""

from collections.abc import Sequence

import streamlit as st

from models.drafting.origins import OriginKind
from models.threads.evidence import EvidenceThread
from models.threads.threads import Thread
from pages.parts.drafting.evidence import evidence_of_point
from pages.parts.frame.room_now import RoomNow


def behind_agreement(room: RoomNow, number: int, threads: Sequence[Thread], evidence: EvidenceThread) -> None:
    """Draw the way to the evidence of each point behind agreement `number`; nothing where there is none."""
    names = {
        thread.came.origin.name
        for thread in threads
        if thread.came.origin.kind is OriginKind.IMPROVEMENT
        and thread.agreement is not None
        and thread.agreement.number == number
    }
    points = [point for point in evidence.points if point.name in names]
    if not points:
        return
    with st.container(border=True, key="card_behind"):
        for point in points:
            evidence_of_point(room, point.id, point.name, where="agreement")
