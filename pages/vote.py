"""Step 2: vote on principles. Open, close, reveal, and what follows from the outcome."""

from dataclasses import dataclass, field

import streamlit as st

from models.basics.words import Phase, Step
from models.storage.database import reading
from models.storage.finding import existing
from models.tables import Round
from models.voting.cancelling import can_be_undone
from models.voting.more_voices import more_voices_now
from models.voting.principles import PrincipleView, list_principles
from models.voting.round_views import (
    NamedBallot,
    RoundView,
    ballots_stored,
    last_round,
    named_ballots,
    who_has_not_voted,
)
from models.voting.turnout import Turnout, turnout
from models.workshop.electorate import CountsTogether, counts_together
from models.workshop.people import people_here
from models.workshop.workshop import read_workshop
from pages.parts.frame.acting import facilitator
from pages.parts.frame.in_sight import show_the_top
from pages.parts.frame.live import live
from pages.parts.frame.preview import PREVIEW, preview
from pages.parts.frame.room_now import RoomNow, room_now
from pages.parts.frame.words import gettext as _
from pages.parts.leading.page_head import page_head
from pages.parts.leading.steps_style import steps_style
from pages.parts.voting.agreement_landscape import agreement_landscape
from pages.parts.voting.closed_round import closed_round_cards, what_it_came_to
from pages.parts.voting.history import history
from pages.parts.voting.late_words import LATE, late_words
from pages.parts.voting.more_voices import ask_whether_seen
from pages.parts.voting.open_round import open_round_cards
from pages.parts.voting.opening import next_round
from pages.parts.voting.start_over import cancelled_round
from pages.parts.voting.style import voting_style

VOTE = "vote"


@dataclass(frozen=True)
class _Now:
    """What the page shows, read in one go. `turnout` stands while a round is open."""

    latest: RoundView | None
    principles: list[PrincipleView]
    together: CountsTogether
    turnout: Turnout | None = None
    missing: list[str] = field(default_factory=list)
    ballots: list[NamedBallot] = field(default_factory=list)
    stored: int = 0
    can_be_undone: bool = False
    here: int = 0
    more_voices: tuple[int, int] | None = None


@st.fragment(key=VOTE)
def voting(room: RoomNow) -> None:
    """Draw the round that is on, or its result, and the form of the next one. A live part (key `vote`)."""
    facilitator()
    now = _read(room)
    ask_whether_seen(now.more_voices, now.latest)
    if now.latest is not None and now.turnout is not None:
        open_round_cards(room, now.latest, now.principles, now.turnout, now.missing)
    else:
        if now.latest is not None and now.can_be_undone:
            cancelled_round(now.latest)
        is_shown = now.latest is not None and now.latest.phase == Phase.REVEALED
        # What comes next stands before the numbers of what was: it is found without scrolling.
        if now.latest is not None and is_shown:
            what_it_came_to(now.latest, now.principles)
        if now.latest is None or is_shown or now.latest.phase == Phase.CANCELLED:
            next_round(room, now.principles, now.latest, now.together, now.here)
        if now.latest is not None and now.latest.phase != Phase.CANCELLED:
            closed_round_cards(now.latest, now.principles, now.stored, now.ballots, room.alliance.time_zone)
    agreement_landscape(now.principles)
    history(now.principles, now.latest)
    # The count and the way to close stand at the top, and so does what comes after a reveal.
    show_the_top("round", f"{now.latest.id} {now.latest.phase}" if now.latest else "none")


def _read(room: RoomNow) -> _Now:
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
        latest = last_round(session, room.workshop_id)
        principles = list_principles(session, workshop.alliance_id)
        people = people_here(session, room.workshop_id)
        together = counts_together(people)
        more_voices = more_voices_now(people.total, workshop, latest)
        if latest is None:
            return _Now(latest, principles, together, here=people.total, more_voices=more_voices)
        if latest.phase == Phase.OPEN:
            return _Now(
                latest,
                principles,
                together,
                turnout=turnout(session, latest.id),
                missing=who_has_not_voted(session, latest.id),
                here=people.total,
                more_voices=more_voices,
            )
        if latest.phase == Phase.CANCELLED:
            undoes = can_be_undone(session, existing(session, Round, latest.id))
            return _Now(
                latest,
                principles,
                together,
                can_be_undone=undoes,
                here=people.total,
                more_voices=more_voices,
            )
        return _Now(
            latest,
            principles,
            together,
            ballots=named_ballots(session, latest.id),
            stored=ballots_stored(session, latest.id),
            here=people.total,
            more_voices=more_voices,
        )


room = room_now()
steps_style()
voting_style()
page_head(room, _("Voting"), here=Step.VOTE)
page, phone = st.columns([3.2, 1], gap="medium")
with page:
    voting(room)
with phone:
    late_words(room)
    preview(room)
live(room.workshop.code, VOTE, PREVIEW, LATE)
