"""By what an evening mixes people or keeps them together: groups, bubbles, and one question of the facilitator's own.

An answer is asked for to seat somebody and for nothing else: it is shown to nobody, and goes with the bubbles.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from models.basics.errors import AlreadySeated, InvalidValue, NotAdmitted, WorkshopOver
from models.basics.text import LINE_LIMIT, NAME_LIMIT, one_line
from models.basics.words import BuildingBlock, Mixing, WorkshopState
from models.encounters.evening import evening_of, read_evening
from models.encounters.seating.wanted import Wanted
from models.encounters.seating.wishes import blocks_of
from models.storage.chain import record
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.tables import Bubble, Encounter, Group, MixingAnswer, MixingChoice, Participant, Seat, Workshop
from models.workshop.presence import is_here

ANSWERS = range(2, 13)


class By(StrEnum):
    """What people are seated by."""

    GROUP = "group"
    BUBBLE = "bubble"
    ANSWER = "answer"


@dataclass(frozen=True)
class Alike:
    """People, by their place, of whom the same is said; `mixing` is what the tables do with them."""

    by: By
    name: str
    mixing: Mixing
    people: frozenset[int]


@dataclass(frozen=True)
class Kept:
    """How people who are to be kept together can be: `parts` is over how many sets they fall, each at one table.

    `alone` of them sit where there is room. One part and nobody alone: all sit at one table in every round.
    """

    by: By
    name: str
    people: int
    parts: int
    alone: int


@dataclass(frozen=True)
class MixingQuestion:
    """The facilitator's own question, with the answers that can be chosen, each by its id."""

    text: str
    answers: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class OwnChoice:
    """What somebody answered; `answer_id` None where they skipped it. `is_seated`: it changes no more."""

    answer_id: int | None
    has_answered: bool
    is_seated: bool


def answers_in(typed: str) -> list[str]:
    """Return the answers that stand in a text, one on a line or with commas between them; each once."""
    found: dict[str, str] = {}
    for part in re.split(r"[\n,;،؛]", typed):
        if text := " ".join(part.split()):
            found.setdefault(text.casefold(), text)
    return list(found.values())


def change_question(
    session: Session, *, who: str, workshop_id: int, question: str, answers: Sequence[str]
) -> None:
    """Change what is asked of everybody to seat them by, and which answers there are. Empty, nothing is asked.

    Who chose an answer that stays keeps it. Raises `InvalidValue` with fewer than two answers, or too many.
    """
    workshop, evening = evening_of(session, workshop_id)
    text = one_line(question, field="question", limit=LINE_LIMIT, is_required=False)
    wanted = [one_line(answer, field="answers", limit=NAME_LIMIT) for answer in answers] if text else []
    if text and (len(wanted) not in ANSWERS or len({one.casefold() for one in wanted}) < len(wanted)):
        raise InvalidValue("answers", len(wanted), offered=(ANSWERS[0], ANSWERS[-1]))
    there = {answer.text.casefold(): answer for answer in _answers(session, workshop_id)}
    for answer in there.values():
        if answer.text.casefold() in {one.casefold() for one in wanted}:
            continue
        for choice in session.exec(select(MixingChoice).where(MixingChoice.answer_id == answer.id)).all():
            session.delete(choice)
        session.flush()
        session.delete(answer)
    if not text:
        for choice in _choices(session, workshop_id):
            session.delete(choice)
    session.flush()
    for place, one in enumerate(wanted, start=1):
        answer = there.get(one.casefold()) or MixingAnswer(workshop_id=workshop_id, place=place, text=one)
        answer.place, answer.text = place, one
        session.add(answer)
    evening.question = text
    record(session, alliance_id=workshop.alliance_id, who=who, what="evening changed", workshop=workshop.code)
    page_changed(session, workshop_id, content=True)


def read_question(session: Session, workshop_id: int) -> MixingQuestion | None:
    """Return the facilitator's own question of an evening; None where there is none."""
    evening = read_evening(session, workshop_id)
    if not evening.question:
        return None
    return MixingQuestion(
        evening.question, tuple((answer.id, answer.text) for answer in _answers(session, workshop_id))
    )


def asked_question(session: Session, workshop_id: int) -> MixingQuestion | None:
    """Return that question where its answers are used: nobody is asked for what no table needs."""
    is_used = read_evening(session, workshop_id).question_mixing != Mixing.ASIDE
    return read_question(session, workshop_id) if is_used else None


def own_choice(session: Session, workshop_id: int, participant_id: int) -> OwnChoice:
    """Return what somebody answered to it."""
    choice = session.get(MixingChoice, participant_id)
    return OwnChoice(
        choice.answer_id if choice else None,
        choice is not None,
        is_seated(session, workshop_id, participant_id),
    )


def choose_answer(session: Session, *, participant_id: int, answer_id: int | None) -> None:
    """Store what somebody answers; None skips, and takes an answer back. The same again changes nothing.

    Raises `AlreadySeated` once the coming tables were divided with them, `WorkshopOver`, `NotAdmitted`, `InvalidValue`.
    """
    person = existing(session, Participant, participant_id)
    workshop = existing(session, Workshop, person.workshop_id, lock=True)
    if not is_here(person):
        raise NotAdmitted
    if workshop.block != BuildingBlock.ENCOUNTERS:
        raise InvalidValue("block", workshop.block)
    if workshop.state == WorkshopState.OVER:
        raise WorkshopOver
    question = asked_question(session, workshop.id)
    offered = [one for one, _ in question.answers] if question else []
    if question is None or (answer_id is not None and answer_id not in offered):
        raise InvalidValue("answer", answer_id)
    choice = session.get(MixingChoice, participant_id)
    if choice is not None and choice.answer_id == answer_id:
        return
    if is_seated(session, workshop.id, participant_id):
        raise AlreadySeated
    choice = choice or MixingChoice(participant_id=participant_id)
    choice.answer_id = answer_id
    session.add(choice)
    page_changed(session, workshop.id)


def note_choice(session: Session, *, who: str, participant_id: int, answer_id: int | None) -> None:
    """Store what somebody without a phone answered. Raises as `choose_answer`. No event names them."""
    choose_answer(session, participant_id=participant_id, answer_id=answer_id)


def alike(session: Session, evening: Encounter, people: Sequence[Participant]) -> list[Alike]:
    """Return who of these people are to be mixed or kept together, by group, bubble and answer."""
    place = {person.id: number for number, person in enumerate(people)}
    names = dict(
        session.exec(
            select(Group.id, Group.name)
            .join(Workshop, col(Workshop.alliance_id) == Group.alliance_id)
            .where(Workshop.id == evening.workshop_id)
            .order_by(col(Group.position), col(Group.id))
        ).all()
    )
    bubbles = session.exec(
        select(Bubble.group_id, Bubble.participant_id).where(col(Bubble.participant_id).in_(place))
    ).all()
    answers = {answer.id: answer.text for answer in _answers(session, evening.workshop_id)}
    chosen = session.exec(
        select(MixingChoice.answer_id, MixingChoice.participant_id).where(
            col(MixingChoice.participant_id).in_(place)
        )
    ).all()
    found: list[Alike] = []
    for by, mixing, called, pairs in (
        (By.GROUP, evening.groups_mixing, names, [(one.group_id, one.id) for one in people]),
        (By.BUBBLE, evening.bubbles_mixing, names, bubbles),
        (By.ANSWER, evening.question_mixing, answers, chosen),
    ):
        if mixing == Mixing.ASIDE:
            continue
        members: dict[int | None, set[int]] = {}
        for key, person_id in pairs:
            members.setdefault(key, set()).add(place[person_id])
        found += [
            Alike(by, name, Mixing(mixing), frozenset(members[key]))
            for key, name in called.items()
            if key in members
        ]
    return found


def how_kept(wanted: Wanted, sets: Sequence[Alike]) -> list[Kept]:
    """Return how well each of the sets that are to be kept together can be, before anything is computed."""
    blocks = blocks_of(wanted)
    kept = []
    for one in sets:
        if one.mixing != Mixing.TOGETHER:
            continue
        parts = [here for block in blocks if len(here := one.people.intersection(block)) > 1]
        alone = len(one.people) - sum(map(len, parts))
        kept.append(Kept(one.by, one.name, len(one.people), len(parts), alone))
    return kept


def _answers(session: Session, workshop_id: int) -> list[MixingAnswer]:
    return list(
        session.exec(
            select(MixingAnswer)
            .where(MixingAnswer.workshop_id == workshop_id)
            .order_by(col(MixingAnswer.place), col(MixingAnswer.id))
        ).all()
    )


def _choices(session: Session, workshop_id: int) -> Sequence[MixingChoice]:
    return session.exec(
        select(MixingChoice)
        .join(Participant, col(Participant.id) == MixingChoice.participant_id)
        .where(Participant.workshop_id == workshop_id)
    ).all()


def is_seated(session: Session, workshop_id: int, participant_id: int) -> bool:
    """Return whether what somebody answers to be seated by comes too late.

    So it is once the coming rounds were divided with them, and in the last one. Who came after that division sits in
    the round that goes on alone: their answer counts as soon as the coming rounds are divided again.
    """
    evening = read_evening(session, workshop_id)
    if evening.round_now >= evening.rounds:
        return True
    seat = select(Seat.round).where(
        Seat.workshop_id == workshop_id,
        Seat.participant_id == participant_id,
        Seat.round > evening.round_now,
    )
    return session.exec(seat.limit(1)).first() is not None
