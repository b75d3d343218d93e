"""What there is to do in the step that one looks at, and from the step where the room is the way to the next."""

import streamlit as st
from markupsafe import escape

from exports.drawings import qr_svg
from exports.sentences import step_name
from models.basics.words import Phase, Step, WorkshopState
from models.installation.address import join_url, public_address, short_address
from models.storage.database import reading
from models.tables import Workshop
from models.voting.round_views import RoundView, last_round
from models.workshop.people import first_steps
from models.workshop.workshop import STEP_NUMBERS, read_workshop
from pages.parts.frame.acting import facilitator
from pages.parts.frame.picture import show_picture
from pages.parts.frame.room_now import WORKSHOP, RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext
from pages.parts.leading.going_on import let_room_follow
from pages.parts.leading.step_bar import LOOKS_AT, PAGE_OF_STEP, take_room, take_room_words

NOW = "room_now"
QR_WIDTH = "220px"


@st.fragment(key=NOW)
def what_to_do(room: RoomNow, looks_at: Step | None) -> None:
    """Draw what there is to do in the step `looks_at`, None for the step where the room is, and the way on."""
    facilitator()
    let_room_follow(room, Step.PROGRESS)
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
        address = public_address(session)
        latest = last_round(session, room.workshop_id)
        steps_written = first_steps(session, room.workshop_id)
    step = looks_at or Step(workshop.step)
    is_voting = step is Step.VOTE and latest is not None and latest.phase == Phase.OPEN
    st.header(what_for(step), anchor=False)
    if step is Step.WELCOME:
        welcome(workshop, address)
    elif is_voting and latest is not None:
        votes_cast(latest)
    elif step is Step.AGENDA:
        written = ngettext(
            "{count} person wrote a first step.", "{count} people wrote a first step.", steps_written
        )
        st.markdown(written.format(count=steps_written))
    for sentence in [_("Close the round, and show the result.")] if is_voting else to_do(step):
        st.markdown(f":material/arrow_forward: {sentence}")
    with st.container(horizontal=True, vertical_alignment="center"):
        if is_voting and st.button(
            _("To the voting round"), key="to_the_round", type="primary", icon=":material/how_to_vote:"
        ):
            st.switch_page("vote.py", query_params=room.link)
        # The work of a step comes before the way to the next: who is new here taps the green button.
        works_elsewhere = PAGE_OF_STEP[step] != "room.py"
        if (
            works_elsewhere
            and not is_voting
            and st.button(
                _("Open the page for {step}").format(step=step_name(step, language()).lower()),
                key="to_the_page",
                type="primary",
                icon=":material/edit:",
            )
        ):
            st.switch_page(PAGE_OF_STEP[step], query_params=room.link)
        if workshop.step == step:
            next_step(workshop, is_main=not works_elsewhere)


def votes_cast(latest: RoundView) -> None:
    """Draw how many have voted in the round that is open. Never who, nor what."""
    electorate = max(latest.electorate, latest.voted, 1)
    told = ngettext("**{voted} of {people}** has voted", "**{voted} of {people}** have voted", latest.voted)
    st.markdown(told.format(voted=latest.voted, people=electorate))
    st.progress(latest.voted / electorate)


def what_for(step: Step) -> str:
    """Return what this step is about."""
    return {
        Step.WELCOME: _("People come in"),
        Step.DRAFT: _("What is important to us here?"),
        Step.VOTE: _("Can we live with this?"),
        Step.AGREE: _("What are we going to do?"),
        Step.SIGN: _("Partners sign"),
        Step.AGENDA: _("The document is there"),
        Step.PROGRESS: _("What became of it?"),
    }[step]


def to_do(step: Step) -> list[str]:
    """Return what the facilitator does in this step, in short sentences."""
    return {
        Step.WELCOME: [
            _("Put the projector on the wall, with the QR code."),
            _("Count the heads in the room, and enter them below."),
        ],
        Step.DRAFT: [
            _("Let proposals through to the screen."),
            _("Word proposals that look alike together, as one principle."),
        ],
        Step.VOTE: [
            _("Choose the principles, the rule and how secret it is. Then open the round."),
            _("Close the round, and show the result."),
        ],
        Step.AGREE: [
            _("Write down who does what, and when."),
            _("Look at the coherence: what is still missing?"),
        ],
        Step.SIGN: [
            _("Freeze the text, so that everyone signs the same."),
            _("Partners read and sign by their own link."),
        ],
        Step.AGENDA: [
            _("Close signing, and share the document."),
            _("Ask everyone for a first step. It stays on their own phone."),
        ],
        Step.PROGRESS: [
            _("Owners report by their own link."),
            _("Agree on the next meeting."),
        ],
    }[step]


def welcome(workshop: Workshop, address: str | None) -> None:
    """Draw how people come in."""
    if address is None:
        st.warning(
            _("Phones do not know yet where to find us. Choose the address on the page Prepare."),
            icon=":material/info:",
        )
        st.page_link(
            "prepare.py",
            label=_("To the preparation"),
            icon=":material/event:",
            query_params={WORKSHOP: workshop.code},
        )
        return
    left, right = st.columns([1, 2], vertical_alignment="center")
    link = join_url(address, workshop.code)
    alternative = _("QR code to join: {link}").format(link=link)
    with left:
        show_picture(qr_svg(link, label=alternative), alternative, width=QR_WIDTH)
    with right:
        st.html(
            f'<p class="link-text">{escape(short_address(address))}</p>'
            f'<p class="join-code">{escape(workshop.code)}</p>'
        )


def next_step(workshop: Workshop, *, is_main: bool) -> None:
    """Draw the button that leads on: begin, or the next step. `is_main` makes it the page's main action."""
    steps = list(STEP_NUMBERS)
    if workshop.state == WorkshopState.OVER:
        return
    if workshop.state == WorkshopState.PREPARED:
        target, label = Step.WELCOME, _("Begin the meeting")
    elif workshop.step == steps[-1]:
        return
    else:
        target = steps[steps.index(Step(workshop.step)) + 1]
        label = take_room_words(target)
    st.button(
        label,
        key=f"next_step_{target}",
        type="primary" if is_main else "secondary",
        icon=":material/arrow_forward:",
        on_click=_take_along,
        args=(workshop.id, target),
    )


def _take_along(workshop_id: int, step: Step) -> None:
    """Take the room to `step`, and look at the step where the room is from now on."""
    st.query_params.pop(LOOKS_AT, None)
    take_room(workshop_id, step)
