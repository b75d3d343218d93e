"""Which startfoto a page is about."""

from dataclasses import dataclass

import streamlit as st

from exports.sentences.baseline import ready_themes
from models.baseline.baseline import begin_baseline
from models.baseline.views import BaselineRow, list_baselines
from models.installation.installation import SignedIn
from models.storage.database import reading
from models.tables import Alliance
from pages.parts.frame.acting import act_on_click, facilitator
from pages.parts.frame.words import gettext as _
from pages.parts.home.alliance_at_hand import alliance_now
from pages.parts.home.where import ALLIANCE

BASELINE = "number"
SOURCE = "source"


@dataclass(frozen=True)
class BaselineNow:
    """The startfoto of this page, its alliance, and who leads. `count` is how many the alliance has."""

    alliance: Alliance
    baseline: BaselineRow
    leader: SignedIn
    count: int

    @property
    def id(self) -> int:
        return self.baseline.id

    def link(self, **more: str) -> dict[str, str]:
        """Return the query that keeps the startfoto on another page, and says `more`; the newest needs no number."""
        number = {} if self.baseline.number == self.count else {BASELINE: str(self.baseline.number)}
        return {ALLIANCE: str(self.alliance.id), **number, **more}

    def link_to(self, number: int) -> dict[str, str]:
        """Return the query of another startfoto of the same alliance, by its number."""
        return {ALLIANCE: str(self.alliance.id), BASELINE: str(number)}


def baseline_now() -> BaselineNow:
    """Return the startfoto of this page: of `?alliance=`, else of the meeting led last, else of the only alliance.

    Where there is none yet, draw how to begin one, and stop the page.
    """
    leader = facilitator()
    alliance = alliance_now(leader)
    with reading() as session:
        found = list_baselines(session, alliance.id)
    if not found:
        _begin(alliance)
        st.stop()
    asked = st.query_params.get(BASELINE)
    chosen = next((one for one in found if str(one.number) == asked), found[-1])
    return BaselineNow(alliance, chosen, leader, len(found))


def _begin(alliance: Alliance) -> None:
    st.title(_("How inclusive is this place now?"), anchor=False)
    with st.container(border=True, key="card_begin_baseline"):
        st.markdown(
            _(
                "A baseline brings together what literature and figures say, and what people of the municipality, "
                "communities and residents tell. It yields conclusions that show on what they rest, and points for "
                "improvement."
            )
        )
        st.button(
            _("Begin the baseline"),
            key="begin_baseline",
            type="primary",
            icon=":material/photo_camera:",
            on_click=act_on_click,
            args=(begin_baseline,),
            kwargs={"alliance_id": alliance.id, "themes": ready_themes(alliance.language)},
        )
