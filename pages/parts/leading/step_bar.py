"""The bar on every page of a workshop: title, people here, the steps, and taking the room along."""

from collections.abc import Callable
from html import escape

import streamlit as st

from exports.sentences import step_name
from models.basics.errors import RoundStillOpen
from models.basics.words import Phase, WorkshopState
from models.storage.database import reading
from models.tables import Workshop
from models.voting.closing import close_round
from models.voting.round_views import last_round
from models.workshop.people import People, people_here, raised_hands
from models.workshop.programme import programme
from models.workshop.workshop import blank_projector, read_workshop, take_room_to
from pages.parts.frame.acting import act, act_on_click, facilitator
from pages.parts.frame.keys import BLANK, page_keys
from pages.parts.frame.live import STEP_BAR
from pages.parts.frame.room_now import WORKSHOP, RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain
from pages.parts.leading.hands import hands_in_the_bar
from pages.parts.leading.lead_step import LEAD
from pages.parts.leading.lead_steps import page_of_step
from pages.parts.projector.turning import projector_pages

# The step that the page Lead shows, where that is not the step of the room.
LOOKS_AT = "step"
_LEAVING = "step_that_waits_for_the_round"


def step_bar(room: RoomNow, title: str | Callable[[Workshop], str], *, here: str | None = None) -> None:
    """Draw the page's only h1 (`title`, plain text), who is here, and the steps of the block.

    `here` is the step that this page serves: where the room is elsewhere, a button takes it along. The bar
    follows the news by itself where the page calls `live`. A page of a step that this meeting does not have leads to
    the page Lead.
    """
    if here is not None and not programme(room.workshop.block).has(here):
        st.switch_page(LEAD, query_params=room.link)
    _bar(room, title, here)
    page_keys({BLANK: lambda: _blank_or_back(room.workshop_id)})


@st.fragment(key=STEP_BAR)
def _bar(room: RoomNow, title: str | Callable[[Workshop], str], here: str | None) -> None:
    leader = facilitator()
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
        people = people_here(session, room.workshop_id)
        hands = raised_hands(session, room.workshop_id)
        takes_votes = programme(workshop.block).step(workshop.step).takes_votes
        latest = last_round(session, room.workshop_id) if takes_votes else None
    heading = title if isinstance(title, str) else title(workshop)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="page_head"
    ):
        with st.container(width="content", gap=None):
            over_title = _("{alliance} · led by {name}").format(alliance=room.alliance.name, name=leader.name)
            st.html(f'<p class="over-title">{escape(over_title)}</p>')
            st.title(plain(heading), anchor=False)
        with st.container(
            horizontal=True, width="content", vertical_alignment="center", key="people_and_code"
        ):
            hands_in_the_bar(hands, room.alliance.time_zone)
            _people_and_code(workshop, people)
    _steps(workshop, here)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="below_the_bar"
    ):
        _take_along(workshop, here)
        # The button that may have to be found in a hurry keeps its place at the end.
        with st.container(
            horizontal=True, width="content", vertical_alignment="center", key="projector_tools"
        ):
            projector_pages(workshop)
            _blank_button(workshop)
    wanted = st.session_state.get(_LEAVING)
    if wanted and latest is not None and latest.phase == Phase.OPEN:
        _round_is_open(workshop, latest.id, wanted)
    elif wanted:
        del st.session_state[_LEAVING]


def heads_and_voices(workshop: Workshop, people: People) -> str:
    """Return "58 in the room, 61 voices", or the voices alone while no heads were counted."""
    voices = ngettext("{count} voice", "{count} voices", people.total).format(count=people.total)
    if workshop.heads_counted is None:
        return voices
    return _("{heads} in the room, {voices}").format(heads=workshop.heads_counted, voices=voices)


def _people_and_code(workshop: Workshop, people: People) -> None:
    st.badge(heads_and_voices(workshop, people), icon=":material/group:", color="green")
    opens = escape(_("Open the projector"))
    address = f"/lead/projector?{WORKSHOP}={workshop.code}"
    st.html(f'<a class="button" href="{address}" target="_blank">{opens}</a>', width="content")
    st.badge(_("Code {code}").format(code=workshop.code), icon=":material/link:", color="gray")
    if people.waiting:
        waiting = ngettext("{count} waits at the door", "{count} wait at the door", people.waiting)
        st.badge(waiting.format(count=people.waiting), icon=":material/person:", color="orange")
    if workshop.state == WorkshopState.OVER:
        st.badge(_("This meeting is over"), icon=":material/check:", color="gray")


def _blank_button(workshop: Workshop) -> None:
    """Draw the switch that makes the projector blank; the key B does the same."""
    is_blank = workshop.is_projector_blank
    if is_blank:
        with st.container(key="projector_is_blank", width="content"):
            st.markdown(_("The projector is blank"))
    st.button(
        _("Show the projector again (B)") if is_blank else _("Make the projector blank (B)"),
        key="projector_back" if is_blank else "projector_blank",
        icon=":material/visibility:" if is_blank else ":material/visibility_off:",
        on_click=act_on_click,
        args=(blank_projector,),
        kwargs={"workshop_id": workshop.id, "is_blank": not is_blank},
    )


def _blank_or_back(workshop_id: int) -> None:
    facilitator()
    with reading() as session:
        is_blank = read_workshop(session, workshop_id).is_projector_blank
    if act(blank_projector, workshop_id=workshop_id, is_blank=not is_blank):
        st.rerun()


def _steps(workshop: Workshop, here: str | None) -> None:
    block = programme(workshop.block)
    room_number = block.number(workshop.step)
    with st.container(horizontal=True, key="step_bar", gap=None, wrap=False):
        for step in (one.name for one in block.steps):
            number, page = block.number(step), page_of_step(block.name, step)
            is_room = number == room_number
            query = {WORKSHOP: workshop.code} | ({LOOKS_AT: step} if page == LEAD else {})
            states = ["step", step, *(["room"] if is_room else []), *(["page"] if step == here else [])]
            with st.container(key="_".join(states)):
                st.page_link(
                    page,
                    label=f"{number} {step_name(block.name, step, language())}",
                    icon=_icon(is_room, number < room_number),
                    width="stretch",
                    query_params=query,
                )


def _icon(is_room: bool, is_done: bool) -> str | None:
    if is_room:
        return ":material/group:"
    return ":material/check:" if is_done else None


def _take_along(workshop: Workshop, here: str | None) -> None:
    block, where = programme(workshop.block), workshop.step
    if workshop.state == WorkshopState.OVER:
        return
    with st.container(horizontal=True, vertical_alignment="center", width="content", key="take_along"):
        if workshop.state == WorkshopState.PREPARED:
            st.markdown(_("The meeting has not begun yet."))
        else:
            st.markdown(
                _("The room is at step {number}: {step}.").format(
                    number=block.number(where), step=step_name(block.name, where, language()).lower()
                )
            )
        if here is not None and (where != here or workshop.state == WorkshopState.PREPARED):
            # The step is in the key: a click on a button that was drawn for another step does nothing.
            st.button(
                take_room_words(block.name, here),
                key=f"take_room_to_{here}",
                icon=":material/arrow_forward:",
                on_click=take_room,
                args=(workshop.id, here),
            )


def take_room_words(block: str, step: str) -> str:
    """Return what a button says that takes the room to `step`, on every page the same."""
    return _("Take the room to {number} {step}").format(
        number=programme(block).number(step), step=step_name(block, step, language())
    )


def take_room(workshop_id: int, step: str) -> None:
    """Take the room to `step`; where a round is open, ask first. For a widget's `on_click`."""
    taken = act(take_room_to, handled=(RoundStillOpen,), workshop_id=workshop_id, step=step)
    if isinstance(taken.error, RoundStillOpen):
        st.session_state[_LEAVING] = step
        return
    st.rerun()


def _stay() -> None:
    st.session_state.pop(_LEAVING, None)
    st.rerun()


def _close_and_go(workshop_id: int, round_id: int, step: str) -> None:
    if act(close_round, round_id=round_id):
        act(take_room_to, workshop_id=workshop_id, step=step)
    st.rerun()


def _round_is_open(workshop: Workshop, round_id: int, step: str) -> None:
    @st.dialog(_("A voting round is open"), on_dismiss=_stay)
    def ask() -> None:
        st.markdown(_("Nobody can vote after you close it. Every vote that we received counts."))
        st.button(_("Stay here"), key="stay_with_round", on_click=_stay, type="primary")
        st.button(
            _("Close the round and go on"),
            key="close_round_and_go",
            icon=":material/stop:",
            on_click=_close_and_go,
            args=(workshop.id, round_id, step),
        )

    ask()
