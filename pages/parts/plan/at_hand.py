"""Which plan this page is about, and which of its three faces one sees; the address says so."""

from dataclasses import dataclass

import streamlit as st

from models.basics.clock import today
from models.installation.installation import SignedIn
from models.planning.reading import Plan, plan_as_it_stands
from models.storage.database import reading
from models.tables import Alliance
from pages.parts.frame.acting import facilitator
from pages.parts.home.alliance_at_hand import alliance_now
from pages.parts.home.next_step import CHANGE, SHOW

MAP = "map"
__all__ = ["CHANGE", "MAP", "PlanNow", "go_to", "plan_now", "shown"]


@dataclass(frozen=True)
class PlanNow:
    """The alliance of this page, and who leads. What the plan says is read anew for every part."""

    alliance: Alliance
    leader: SignedIn

    @property
    def id(self) -> int:
        return self.alliance.id

    def read(self) -> Plan:
        """Return the plan as it stands now."""
        with reading() as session:
            return plan_as_it_stands(session, self.alliance, today(self.alliance.time_zone))


def plan_now() -> PlanNow:
    """Return the plan of this page; where one has to choose an alliance first, draw that and stop the page."""
    leader = facilitator()
    return PlanNow(alliance_now(leader), leader)


def shown() -> str:
    """Return which face of the plan the address asks for: `change`, `map`, or the plan itself (empty)."""
    asked = st.query_params.get(SHOW, "")
    return asked if asked in (CHANGE, MAP) else ""


def go_to(face: str = "") -> None:
    """Show another face of the plan. For `on_click`."""
    if face:
        st.query_params[SHOW] = face
    else:
        st.query_params.pop(SHOW, None)
