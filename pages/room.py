"""Leading the room: where it is, what to do there, who is here."""

import streamlit as st
from markupsafe import escape

from exports.drawings import qr_svg
from exports.language import clock_time
from exports.sentences import presence_sentence, source_name, step_name
from models.address import join_url, projector_url, public_address, short_address
from models.database import reading
from models.errors import RoundStillOpen
from models.links import projector_token
from models.participant import admit, lower_hand, remove
from models.people import ParticipantRow, People, first_steps, list_participants, people_here
from models.round_views import RoundView, last_round
from models.tables import Workshop
from models.words import Phase, Step, WorkshopState
from models.workshop import (
    HEADS_LIMIT,
    STEP_NUMBERS,
    count_heads,
    end_workshop,
    read_workshop,
    renew_projector_link,
    reopen_workshop,
)
from pages.parts.acting import act, do, facilitator, refuse_with
from pages.parts.live import live
from pages.parts.picture import show_picture
from pages.parts.preview import preview
from pages.parts.room_now import RoomNow, room_now
from pages.parts.step_bar import PAGE_OF_STEP, step_bar, take_room
from pages.parts.table import Cell, table
from pages.parts.words import gettext as _
from pages.parts.words import language, ngettext, plain

NOW = "room_now"
PEOPLE = "room_people"
QR_WIDTH = "220px"


def show() -> None:
    """Draw the page of the chosen workshop."""
    room = room_now()
    step_bar(room, title, here=step_of_address())
    main, side = st.columns([1, 0.33])
    with main:
        with st.container(border=True, key="card_now"):
            what_to_do(room)
        with st.container(border=True, key="card_people"):
            who_is_here(room)
    with side:
        preview(room)
        with st.container(border=True, key="card_projector"):
            share_projector(room)
        with st.container(border=True, key="card_end"):
            end_or_reopen(room)
    live(room.workshop.code, NOW, PEOPLE, "preview")


def title(workshop: Workshop) -> str:
    """Return where the room is, as the page's heading."""
    if workshop.state == WorkshopState.OVER:
        return _("The meeting is over")
    name = step_name(workshop.step, language())
    return _("Step {number}: {step}").format(number=STEP_NUMBERS[Step(workshop.step)], step=name.lower())


def step_of_address() -> Step | None:
    """Return the step that the bar's link asked for, where this page serves several."""
    asked = st.query_params.get("step")
    return Step(asked) if asked in (Step.WELCOME, Step.PROGRESS) else None


# ---- what to do now


@st.fragment(key=NOW)
def what_to_do(room: RoomNow) -> None:
    """Draw what there is to do in the step the room is in, and the way to the next."""
    facilitator()
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
        address = public_address(session)
        latest = last_round(session, room.workshop_id)
        steps_written = first_steps(session, room.workshop_id)
    step = Step(workshop.step)
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
        next_step(workshop, is_main=not works_elsewhere)


def votes_cast(latest: RoundView) -> None:
    """Draw how many have voted in the round that is open. Never who, nor what."""
    electorate = max(latest.electorate, latest.voted, 1)
    st.markdown(_("**{voted} of {people}** have voted").format(voted=latest.voted, people=electorate))
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
        name = step_name(target, language()).lower()
        label = _("Take the room to step {number}: {step}").format(number=STEP_NUMBERS[target], step=name)
    st.button(
        label,
        key="next_step",
        type="primary" if is_main else "secondary",
        icon=":material/arrow_forward:",
        on_click=take_room,
        args=(workshop.id, target),
    )


# ---- who is here


@st.fragment(key=PEOPLE)
def who_is_here(room: RoomNow) -> None:
    """Draw who is here, who waits, whose hand is up, and the heads counted."""
    facilitator()
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
        people = people_here(session, room.workshop_id)
        participants = list_participants(session, room.workshop_id)
    st.header(_("Who is here"), anchor=False)
    at_the_door(participants)
    raised_hands(participants, room.alliance.time_zone)
    voices: list[list[Cell]] = [[group.name, group.count] for group in people.groups]
    voices += [[_("without a group"), people.without_group], [_("all together"), people.total]]
    table([_("Group"), _("Here")], voices, caption=_("Voices per group"))
    heads(workshop, people)
    with st.expander(_("All participants"), key="all_participants"):
        all_participants(participants, room.alliance.time_zone)


def name_of(person: ParticipantRow) -> str:
    """Return the name somebody gave, else "participant 17"."""
    return person.name or person.partner or _("participant {number}").format(number=person.number)


def at_the_door(participants: list[ParticipantRow]) -> None:
    """Draw who waits to be let in."""
    waiting = [
        one for one in participants if one.joined_at and one.admitted_at is None and one.left_at is None
    ]
    if not waiting:
        return
    told = ngettext("{count} person waits at the door.", "{count} people wait at the door.", len(waiting))
    st.warning(told.format(count=len(waiting)), icon=":material/person:")
    with st.container(horizontal=True):
        for person in waiting:
            st.button(
                _("Let {name} in").format(name=plain(name_of(person))),
                key=f"admit_{person.id}",
                icon=":material/check:",
                on_click=do,
                args=(admit,),
                kwargs={"participant_ids": [person.id]},
            )
        if len(waiting) > 1:
            st.button(
                _("Let all in"),
                key="admit_all",
                icon=":material/check:",
                on_click=do,
                args=(admit,),
                kwargs={"participant_ids": [person.id for person in waiting]},
            )


def raised_hands(participants: list[ParticipantRow], time_zone: str) -> None:
    """Draw whose hand is up, who waits longest first."""
    raised = sorted((one.hand_raised_at, one.id, one) for one in participants if one.hand_raised_at)
    for raised_at, _id, person in raised:
        with st.container(horizontal=True, vertical_alignment="center", key=f"hand_{person.id}"):
            told = _("{name} raised a hand at {time}.").format(
                name=plain(name_of(person)), time=clock_time(raised_at, language(), time_zone)
            )
            st.markdown(f":material/forum: {told}")
            st.button(
                _("Heard"),
                key=f"lower_{person.id}",
                icon=":material/check:",
                help=_("Lower the hand of {name}").format(name=plain(name_of(person))),
                on_click=do,
                args=(lower_hand,),
                kwargs={"participant_id": person.id},
            )


def heads(workshop: Workshop, people: People) -> None:
    """Draw the count of heads and how it compares with the voices."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = f"heads_{workshop.id}"
        # As a start value instead, the field could not be emptied again.
        if key not in st.session_state:
            st.session_state[key] = workshop.heads_counted
        st.number_input(
            _("Heads counted in the room"),
            min_value=0,
            max_value=HEADS_LIMIT,
            value=None,
            key=key,
            width=220,
            placeholder=_("not counted"),
            on_change=store_heads,
            args=(workshop.id,),
        )
        st.markdown(plain(presence_sentence(workshop.heads_counted, people.total, language())))


def store_heads(workshop_id: int) -> None:
    """Store how many heads were counted; empty takes the count back. For `on_change`."""
    counted = st.session_state[f"heads_{workshop_id}"]
    act(count_heads, workshop_id=workshop_id, heads=None if counted is None else int(counted))


def all_participants(participants: list[ParticipantRow], time_zone: str) -> None:
    """Draw everyone who joined, and removing one."""
    here = [one for one in participants if one.joined_at]
    table(
        [_("Who"), _("Group"), _("Speaks by"), _("Since"), _("Now")],
        [
            [
                name_of(one),
                one.group,
                source_name(one.source, language()),
                clock_time(one.joined_at, language(), time_zone) if one.joined_at else None,
                where_is(one),
            ]
            for one in here
        ],
        caption=_("Participants in the order in which they joined"),
    )
    present = {one.id: name_of(one) for one in here if one.admitted_at and one.left_at is None}
    if not present:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Who left, or does not belong here?"),
            list(present),
            index=None,
            format_func=lambda participant_id: present.get(participant_id, ""),
            placeholder=_("Choose a participant"),
            key="participant_to_remove",
            width=360,
        )
        st.button(
            _("Remove from the room"),
            key="remove_participant",
            icon=":material/remove:",
            disabled=chosen is None,
            on_click=do,
            args=(remove,),
            kwargs={"participant_id": chosen},
        )


def where_is(person: ParticipantRow) -> str:
    """Return whether somebody is in the room, in a word or two."""
    if person.left_at:
        return _("left")
    return _("here") if person.admitted_at else _("at the door")


# ---- the projector and the end


def share_projector(room: RoomNow) -> None:
    """Draw the read-only link for the town hall's own computer."""
    st.subheader(_("Projector"), anchor=False)
    with reading() as session:
        address = public_address(session)
        workshop = read_workshop(session, room.workshop_id)
    if address is None:
        st.markdown(_("Choose the address for phones first. Then the link appears here."))
        return
    link = projector_url(address, projector_token(workshop))
    st.markdown(_("On another computer: open this link. It can only show."))
    st.html(f'<p class="link-text"><a href="{escape(link)}" target="_blank">{escape(link)}</a></p>')
    st.button(
        _("Withdraw this link and make a new one"),
        key="renew_projector",
        icon=":material/history:",
        on_click=do,
        args=(renew_projector_link,),
        kwargs={"workshop_id": workshop.id},
    )


def end_or_reopen(room: RoomNow) -> None:
    """Draw the end of the meeting, or the way back."""
    st.subheader(_("The end"), anchor=False)
    if room.workshop.state == WorkshopState.OVER:
        st.markdown(_("Phones show thanks, whom to call, and where the document is."))
        st.button(
            _("Open the meeting again"),
            key="reopen",
            icon=":material/undo:",
            on_click=do,
            args=(reopen_workshop,),
            kwargs={"workshop_id": room.workshop_id},
        )
    elif st.button(_("End the meeting"), key="end", icon=":material/stop:"):
        confirm_end(room)


def confirm_end(room: RoomNow) -> None:
    """Ask whether the meeting really ends."""

    @st.dialog(_("End the meeting"))
    def ask() -> None:
        st.markdown(
            _(
                "Phones then show thanks and whom to call. The projector's link stops. "
                "You can open the meeting again."
            )
        )
        st.button(
            _("End it now"),
            key="end_now",
            icon=":material/stop:",
            on_click=end_now,
            args=(room.workshop_id,),
        )

    ask()


def end_now(workshop_id: int) -> None:
    """End the meeting, unless a round is open. For `on_click`."""
    ended = act(end_workshop, handled=(RoundStillOpen,), workshop_id=workshop_id)
    if ended.error is not None:
        refuse_with(_("A voting round is still open. Close it on the page Vote first."))
    st.rerun()


show()
