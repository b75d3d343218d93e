"""Two numbers that each person may give: how many people they knew here before, and how many they would greet now.

They are counted, and never shown one by one. Until the close one can change them; then the link to the person goes, as
with an anonymous vote, and only then are there figures: so nobody sees a figure move when somebody answers.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.errors import AnswersClosed, InvalidValue, NotAdmitted, WorkshopOver
from models.basics.keys import keyed
from models.basics.words import BuildingBlock, Erased, Step, WorkshopState
from models.encounters.evening import evening_of, read_evening
from models.storage.chain import record
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.storage.writing import after_commit_forget
from models.tables import Encounter, EncounterAnswer, Participant, Workshop
from models.workshop.people import count_people
from models.workshop.presence import is_here
from models.workshop.programme import programme

# People still come in when the first question is asked: one knows who is on the way. At the close it becomes a number
# that can be.
MOST_WHILE_PEOPLE_COME = 999
KEY_BYTES = 32
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class OwnNumbers:
    """What one person answered so far; None for no answer, and whether it was skipped."""

    before: int | None = None
    after: int | None = None
    skips_before: bool = False
    skips_after: bool = False


@dataclass(frozen=True)
class AnswersNow:
    """How many people gave which number, of how many who came. `is_closed`: there are figures."""

    before: int
    after: int
    both: int
    people: int
    is_closed: bool


def most_known(session: Session, workshop_id: int) -> int:
    """Return the highest number that somebody may give now: all the others who are here."""
    if read_evening(session, workshop_id).round_now == 0:
        return MOST_WHILE_PEOPLE_COME
    workshop = existing(session, Workshop, workshop_id)
    return max(workshop.heads_counted or 0, count_people(session, workshop_id), 1) - 1


def send_answer(session: Session, *, participant_id: int, asked: str, known: int | None) -> OwnNumbers:
    """Store how many people somebody knew `before`, or would greet `after`; None skips, and takes an answer back.

    The same again changes nothing. Raises `AnswersClosed`, `WorkshopOver`, `NotAdmitted`, `InvalidValue`.
    """
    person = existing(session, Participant, participant_id)
    workshop = existing(session, Workshop, person.workshop_id, lock=True)
    if not is_here(person):
        raise NotAdmitted
    if workshop.block != BuildingBlock.ENCOUNTERS:
        raise InvalidValue("block", workshop.block)
    if is_closed(session, workshop.id):
        raise AnswersClosed
    if workshop.state == WorkshopState.OVER:
        raise WorkshopOver
    if asked not in (BEFORE, AFTER):
        raise InvalidValue("asked", asked)
    if known is not None:
        most = most_known(session, workshop.id)
        if not 0 <= known <= most:
            raise InvalidValue("known", known, offered=(0, most))
    place = (workshop.id, _own_key(participant_id))
    answer = session.get(EncounterAnswer, place) or EncounterAnswer(workshop_id=place[0], answer_key=place[1])
    if asked == BEFORE:
        answer.before, answer.skips_before = known, known is None
    else:
        answer.after, answer.skips_after = known, known is None
    session.add(answer)
    page_changed(session, workshop.id)
    return _numbers(answer)


def note_numbers(
    session: Session, *, who: str, participant_id: int, before: int | None, after: int | None
) -> None:
    """Store what somebody without a phone said of both questions; what they did not say stays as it is.

    Raises as `send_answer`. No event names them: it would say who answered.
    """
    for asked, known in ((BEFORE, before), (AFTER, after)):
        if known is not None:
            send_answer(session, participant_id=participant_id, asked=asked, known=known)


def own_numbers(session: Session, workshop_id: int, participant_id: int) -> OwnNumbers | None:
    """Return what somebody answered; None where they did not, and for everybody once nobody can tell any more."""
    answer = session.get(EncounterAnswer, (workshop_id, _own_key(participant_id)))
    return _numbers(answer) if answer else None


def answers_now(session: Session, workshop_id: int) -> AnswersNow:
    """Return how many people answered; never what."""
    before, after, both = session.exec(
        select(
            func.count(col(EncounterAnswer.before)),
            func.count(col(EncounterAnswer.after)),
            func.count(col(EncounterAnswer.before) + col(EncounterAnswer.after)),
        ).where(EncounterAnswer.workshop_id == workshop_id)
    ).one()
    return AnswersNow(before, after, both, who_came(session, workshop_id), is_closed(session, workshop_id))


def asks_after(workshop: Workshop) -> bool:
    """Return whether the second question was asked of anybody: the evening is at its harvest, later, or over."""
    steps = programme(workshop.block)
    return workshop.state == WorkshopState.OVER or steps.number(workshop.step) >= steps.number(Step.HARVEST)


def is_closed(session: Session, workshop_id: int) -> bool:
    """Return whether both questions are closed, so that there are figures."""
    return read_evening(session, workshop_id).answers_closed_at is not None


def who_came(session: Session, workshop_id: int) -> int:
    """Return how many people came in, those who left included."""
    return session.exec(
        select(func.count())
        .select_from(Participant)
        .where(Participant.workshop_id == workshop_id, col(Participant.admitted_at).is_not(None))
    ).one()


def close_answers(session: Session, *, who: str, workshop_id: int) -> None:
    """Close both questions and cut the answers loose from who gave them. For good; harmless when repeated."""
    workshop, evening = evening_of(session, workshop_id)
    if evening.answers_closed_at is not None:
        return
    _cut_loose(session, workshop)
    evening.answers_closed_at = now()
    record(
        session,
        alliance_id=workshop.alliance_id,
        who=who,
        what="evening answers closed",
        workshop=workshop.code,
    )
    page_changed(session, workshop_id, content=True)


def close_answers_that_are_due(session: Session, *, who: str) -> int:
    """Close the questions of evenings that are over; return how many that were."""
    due = session.exec(
        select(Workshop.id)
        .join(EncounterAnswer, col(EncounterAnswer.workshop_id) == Workshop.id)
        .join(Encounter, col(Encounter.workshop_id) == Workshop.id, isouter=True)
        .where(Workshop.state == WorkshopState.OVER, col(Encounter.answers_closed_at).is_(None))
        .distinct()
    ).all()
    for workshop_id in due:
        close_answers(session, who=who, workshop_id=workshop_id)
    return len(due)


def _cut_loose(session: Session, workshop: Workshop) -> None:
    """Write every answer again under a random key, in the order of those: that is as good as shuffled."""
    most = max(workshop.heads_counted or 0, who_came(session, workshop.id), 1) - 1
    found = session.exec(select(EncounterAnswer).where(EncounterAnswer.workshop_id == workshop.id)).all()
    again = sorted(
        (secrets.token_hex(KEY_BYTES), _at_most(answer.before, most), _at_most(answer.after, most))
        for answer in found
        if answer.before is not None or answer.after is not None
    )
    for answer in found:
        session.expunge(answer)
    session.connection().execute(
        delete(EncounterAnswer).where(col(EncounterAnswer.workshop_id) == workshop.id)
    )
    session.add_all(
        EncounterAnswer(workshop_id=workshop.id, answer_key=key, before=before, after=after)
        for key, before, after in again
    )
    session.flush()
    after_commit_forget(session, Erased.BALLOTS)


def _at_most(known: int | None, most: int) -> int | None:
    return None if known is None else min(known, most)


def _own_key(participant_id: int) -> str:
    return keyed("evening answer", str(participant_id)).hex()


def _numbers(answer: EncounterAnswer) -> OwnNumbers:
    return OwnNumbers(answer.before, answer.after, answer.skips_before, answer.skips_after)
