"""Which startfoto a page is about."""

from dataclasses import dataclass

import streamlit as st

from exports.language import translations
from models.alliance.alliance import list_alliances, read_alliance
from models.baseline.baseline import THEME_PRESETS, begin_baseline
from models.baseline.views import BaselineRow, list_baselines
from models.basics.errors import NotFound
from models.installation.installation import SignedIn
from models.storage.database import reading
from models.tables import Alliance
from pages.parts.frame.acting import act_on_click, facilitator
from pages.parts.frame.room_now import workshop_at_hand
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain
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
        """Return the query that keeps the startfoto on another page, and says `more`."""
        return {ALLIANCE: str(self.alliance.id), **more}


def baseline_now() -> BaselineNow:
    """Return the startfoto of this page: of `?alliance=`, else of the meeting led last, else of the only alliance.

    Where there is none yet, draw how to begin one, and stop the page.
    """
    leader = facilitator()
    alliance = _alliance(leader)
    if alliance is None:
        _choose_alliance()
        st.stop()
    if st.query_params.get(ALLIANCE) != str(alliance.id):
        st.query_params[ALLIANCE] = str(alliance.id)
    with reading() as session:
        found = list_baselines(session, alliance.id)
    if not found:
        _begin(alliance)
        st.stop()
    asked = st.query_params.get(BASELINE)
    chosen = next((one for one in found if str(one.number) == asked), found[-1])
    return BaselineNow(alliance, chosen, leader, len(found))


def _alliance(leader: SignedIn) -> Alliance | None:
    asked = st.query_params.get(ALLIANCE)
    with reading() as session:
        try:
            if asked and asked.isdecimal():
                return read_alliance(session, int(asked))
        except NotFound:
            return None
    workshop = workshop_at_hand(leader)
    with reading() as session:
        if workshop is not None:
            return read_alliance(session, workshop.alliance_id)
        rows = list_alliances(session)
        return read_alliance(session, rows[0].id) if len(rows) == 1 else None


def _choose_alliance() -> None:
    st.title(_("Of which alliance?"), anchor=False)
    with reading() as session:
        rows = list_alliances(session)
    if not rows:
        st.markdown(_("There is no alliance yet. Make an alliance first."))
        st.page_link("home.py", label=_("To the alliances"), icon=":material/home:")
    for row in rows:
        if st.button(plain(row.name), key=f"baseline_of_{row.id}", icon=":material/photo_camera:"):
            st.query_params[ALLIANCE] = str(row.id)
            st.rerun()


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
            kwargs={"alliance_id": alliance.id, "themes": _themes(alliance.language)},
        )


def _themes(language: str) -> list[str]:
    """Return the themes to begin with, in the language of the alliance: the report is written in it."""
    translated = translations(language).gettext
    return [translated(preset) for preset in THEME_PRESETS]
