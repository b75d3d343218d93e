"""Every alliance, and the two ways to begin: a new one, or the example."""

import streamlit as st

from exports.sentences import block_name, step_name
from exports.sentences.methods import words_to_freeze
from models.alliance.alliance import AllianceRow, list_alliances
from models.basics.errors import DomainError
from models.basics.words import BuildingBlock
from models.example.alliance import ExampleLoaded
from models.example.evening import load_evening
from models.example.startfoto import COLLECT, load_startfoto
from models.example.startfoto import STEPS as STEPS_OF_STARTFOTO
from models.example.workshop import load_example
from models.installation.installation import SignedIn, remember_workshop
from models.storage.database import reading
from models.workshop.programme import ALLIANCE as ALLIANCE_STEPS
from models.workshop.programme import ENCOUNTERS
from pages.parts.frame.acting import act, facilitator, refuse
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small_print
from pages.parts.home.sign_ins import who_is_signed_in
from pages.parts.home.where import ALLIANCE, NEW, go

# What of the example can be led here, each with its steps. A mediation has no room.
EXAMPLES: dict[BuildingBlock, tuple[str, ...]] = {
    BuildingBlock.BASELINE: STEPS_OF_STARTFOTO,
    BuildingBlock.ENCOUNTERS: tuple(step.name for step in ENCOUNTERS.steps),
    BuildingBlock.ALLIANCE: tuple(step.name for step in ALLIANCE_STEPS.steps),
}


def all_alliances(leader: SignedIn) -> None:
    """Draw every alliance with its next meeting, and the two ways to begin."""
    with reading() as session:
        alliances = list_alliances(session)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        welcome = _("Welcome, {name}").format(name=plain(leader.name))
        st.title(_("Alliances") if alliances else welcome, anchor=False)
        with st.container(horizontal=True, width="content"):
            load_example_menu()
            st.button(
                _("Make an alliance"),
                key="make_alliance",
                type="primary",
                icon=":material/add:",
                on_click=go,
                args=(NEW,),
            )
    if not alliances:
        st.markdown(
            _("There is no alliance yet. Make one in a few minutes, or look around in the example first.")
        )
    for row in alliances:
        with st.container(border=True, key=f"card_alliance_{row.id}"):
            alliance_card(row)
    who_is_signed_in(leader)


def alliance_card(row: AllianceRow) -> None:
    """Draw one alliance in the list."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(width="content", gap=None):
            st.header(plain(row.name), anchor=False)
            meetings = ngettext("{place}, {count} meeting", "{place}, {count} meetings", len(row.workshops))
            small_print(plain(meetings.format(place=row.place, count=len(row.workshops))))
        st.button(
            _("Open {alliance}").format(alliance=plain(row.name)),
            key=f"open_alliance_{row.id}",
            icon=":material/arrow_forward:",
            on_click=go,
            args=(str(row.id),),
        )


def _step_of_example(block: BuildingBlock, step: str) -> str:
    return _("Before it: collecting") if step == COLLECT else step_name(block, step, language())


def _load(block: BuildingBlock, step: str, who: str) -> ExampleLoaded:
    if block == BuildingBlock.BASELINE:
        return load_startfoto(step, who=who)
    if block == BuildingBlock.ENCOUNTERS:
        return load_evening(step, who=who)
    return load_example(step, words=words_to_freeze(), who=who)


def load_example_menu() -> None:
    """Draw the choice which meeting of the example is shown, and in which step its room should be."""
    with st.popover(_("Load the example"), icon=":material/play_arrow:", key="example"):
        st.markdown(
            _(
                "The example is the invented municipality Merenveld. "
                "You can lead its meetings as often as you like."
            )
        )
        block = st.selectbox(
            _("Which building block?"),
            list(EXAMPLES),
            index=list(EXAMPLES).index(BuildingBlock.ALLIANCE),
            format_func=lambda block: block_name(block, language()),
            key="example_block",
        )
        step = st.selectbox(
            _("In which step is the room?"),
            EXAMPLES[block],
            format_func=lambda step: _step_of_example(block, step),
            key=f"example_step_{block}",
        )
        said = st.empty()
        if st.button(_("Load it"), key="load_example", icon=":material/check:"):
            said.markdown(_("One moment please."))
            leader = facilitator()
            try:
                loaded = _load(block, step or EXAMPLES[block][0], leader.name)
            except DomainError as error:
                refuse(error)
                st.rerun()
            act(remember_workshop, sign_in_id=leader.id, workshop_id=loaded.workshop_id)
            st.query_params[ALLIANCE] = str(loaded.alliance_id)
            st.rerun()
