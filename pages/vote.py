"""Step 2: vote on principles. Open, close, reveal, and what follows from the outcome."""

from dataclasses import dataclass, field, replace

import streamlit as st

from models.basics.words import Phase, Step
from models.storage.database import reading
from models.undoing.undo import can_be_undone_now, undoable_about
from models.voting.cancelling import about_cancelling
from models.voting.late_words import LateWordsView, list_late_words
from models.voting.more_voices import more_voices_now
from models.voting.principles import PrincipleView, list_principles
from models.voting.questions import VOTABLE
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
from models.workshop.people import ParticipantRow, people_here, raised_hands
from models.workshop.workshop import read_workshop
from pages.parts.frame.acting import facilitator
from pages.parts.frame.in_sight import show_the_top
from pages.parts.frame.live import live
from pages.parts.frame.preview import PREVIEW, preview
from pages.parts.frame.room_now import RoomNow, room_now
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext
from pages.parts.leading.page_head import big_sentence, only_where_it_is_a_step, page_foot
from pages.parts.leading.steps_style import steps_style
from pages.parts.voting.agreement_landscape import agreement_landscape
from pages.parts.voting.closed_round import closed_round_cards
from pages.parts.voting.evidence import behind_texts
from pages.parts.voting.history import history
from pages.parts.voting.late_words import LATE, late_words
from pages.parts.voting.more_voices import ask_whether_seen
from pages.parts.voting.next_text import bring_next_text_into_sight
from pages.parts.voting.open_round import open_round_cards
from pages.parts.voting.opening import next_round
from pages.parts.voting.shown_round import shown_round
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
    hands: list[ParticipantRow] = field(default_factory=list)
    late: list[LateWordsView] = field(default_factory=list)
    undo: int | None = None
    here: int = 0
    more_voices: tuple[int, int] | None = None


@st.fragment(key=VOTE)
def voting(room: RoomNow) -> None:
    """Draw the round that is on, or its result, and the form of the next one. A live part (key `vote`)."""
    facilitator()
    now = _read(room)
    latest = now.latest
    ask_whether_seen(now.more_voices, latest)

    def next_form(is_main: bool) -> None:
        next_round(room, now.principles, latest, now.together, now.here, is_main=is_main)
        bring_next_text_into_sight()

    if latest is not None and now.turnout is not None:
        open_round_cards(room, latest, now.principles, now.turnout, now.missing, now.hands)
    elif latest is None or latest.phase == Phase.CANCELLED:
        _before_a_round(latest, now)
        next_form(True)
    else:
        if latest.phase == Phase.REVEALED:
            shown_round(room, latest, now.principles, now.late, now.here, next_form)
        closed_round_cards(latest, now.principles, now.stored, now.ballots, room.alliance.time_zone)
    behind_texts(room, latest, now.principles)
    agreement_landscape(now.principles)
    history(now.principles, latest)
    # The count and the way to close stand at the top, and so does what comes after a reveal.
    show_the_top("round", f"{latest.id} {latest.phase}" if latest else "none")


def _before_a_round(latest: RoundView | None, now: _Now) -> None:
    """Draw what came before the round that can be opened, as the page's sentence."""
    if latest is not None and now.undo is not None:
        cancelled_round(latest, now.undo)
        return
    waiting = sum(principle.status in VOTABLE for principle in now.principles)
    if latest is not None:
        big_sentence(_("The round was cancelled, and does not count."))
    elif waiting:
        big_sentence(
            ngettext("{count} text waits for a vote.", "{count} texts wait for a vote.", waiting).format(
                count=waiting
            )
        )
    else:
        big_sentence(_("There is no text to vote on yet."))


def _read(room: RoomNow) -> _Now:
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
        latest = last_round(session, room.workshop_id)
        people = people_here(session, room.workshop_id)
        now = _Now(
            latest,
            list_principles(session, workshop.alliance_id),
            counts_together(people),
            here=people.total,
            more_voices=more_voices_now(people.total, workshop, latest),
        )
        if latest is None:
            return now
        if latest.phase == Phase.OPEN:
            return replace(
                now,
                turnout=turnout(session, latest.id),
                missing=who_has_not_voted(session, latest.id),
                hands=raised_hands(session, room.workshop_id),
            )
        if latest.phase == Phase.CANCELLED:
            cancelled = undoable_about(session, about_cancelling(latest.id))
            can_be_undone = cancelled is not None and can_be_undone_now(session, cancelled)
            return replace(now, undo=cancelled if can_be_undone else None)
        return replace(
            now,
            ballots=named_ballots(session, latest.id),
            stored=ballots_stored(session, latest.id),
            late=list_late_words(session, room.workshop_id),
        )


room = room_now()
steps_style()
voting_style()
only_where_it_is_a_step(room, Step.VOTE)
page, phone = st.columns([3.2, 1], gap="small")
with page:
    voting(room)
with phone:
    preview(room)
    late_words(room)
page_foot(room)
live(room.workshop.code, VOTE, PREVIEW, LATE)
