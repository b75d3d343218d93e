"""Dull builders: what most tests need before they begin. Everything goes through the real actions."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, SQLModel, select

from exports.sentences.methods import words_to_freeze
from models.agreeing.agreement import record_agreement
from models.alliance.alliance import PartnerInput, create_alliance
from models.alliance.groups import read_groups
from models.alliance.partner import read_partners
from models.basics.keys import new_token
from models.basics.words import PartnerKind, ProposalKind, RuleKind, Secrecy, Source, Step
from models.drafting.proposal import send_proposal, show_proposals
from models.drafting.wording import word_principle
from models.joining.joining import join
from models.signing.agenda import freeze_agenda
from models.storage.database import reading
from models.storage.transaction import Transaction
from models.storage.writing import post, start_writer, stop_writer, write
from models.tables import Baseline, Improvement, Participant, Statement, Theme
from models.voting.asked import Subject, about_improvements, about_principles, about_statements
from models.voting.ballot import BallotStored, ParticipantBallot, cast_ballot, cast_ballots
from models.voting.closing import close_round
from models.voting.decision import Rule
from models.voting.methods.method import DotBudget
from models.voting.round import open_round, reveal_round
from models.voting.round_views import read_round
from models.voting.terms import Terms
from models.workshop.electorate import standings_in
from models.workshop.workshop import take_room_to

LEADER = "Iris"
HELD_ON = date(2027, 3, 14)
AFTERWARDS = HELD_ON + timedelta(days=60)
CONSENT = "I read this text and I bind whom I sign for to it."


@dataclass(frozen=True)
class Room:
    """A workshop with people in it. `people` are participant ids in the order of joining, `phones` their tokens."""

    alliance_id: int
    workshop_id: int
    code: str
    groups: dict[str, int]
    partners: dict[str, int]
    people: list[int] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Vote:
    """A round that was opened, with its items in order."""

    round_id: int
    items: list[int]
    principles: list[int]


def make_alliance(
    *,
    groups: Sequence[str] = ("Residents", "Communities"),
    partners: Sequence[str] = (),
    name: str = "Together",
) -> Room:
    """Return an alliance with an empty, prepared workshop. Partners are organisations."""
    created = write(
        create_alliance,
        who=LEADER,
        name=name,
        place="Merenveld",
        purpose="To live together",
        language="nl",
        time_zone="Europe/Amsterdam",
        contact="0900 0123",
        groups=list(groups),
        partners=[PartnerInput(kind=PartnerKind.ORGANISATION, name=partner) for partner in partners],
        venue="Town hall",
        held_on=HELD_ON,
    )
    with reading() as session:
        return Room(
            alliance_id=created.alliance_id,
            workshop_id=created.workshop_id,
            code=created.code,
            groups={group.name: group.id for group in read_groups(session, created.alliance_id)},
            partners={partner.name: partner.id for partner in read_partners(session, created.alliance_id)},
        )


def make_workshop(
    *,
    people: int | Mapping[str | None, int] = 0,
    partners: Sequence[str] = (),
    step: Step = Step.WELCOME,
    name: str = "Together",
) -> Room:
    """Return an open workshop in `step`. `people` is a number without a group, or a number per group's name."""
    by_group: Mapping[str | None, int] = {None: people} if isinstance(people, int) else people
    groups = [group for group in by_group if group is not None] or ["Residents", "Communities"]
    room = make_alliance(groups=groups, partners=partners, name=name)
    take_room(room, Step.WELCOME)
    write(_people_join, room=room, groups=[group for group, count in by_group.items() for _ in range(count)])
    if step is not Step.WELCOME:
        take_room(room, step)
    return room


def _people_join(session: Session, *, room: Room, groups: Iterable[str | None]) -> None:
    for group in groups:
        token = new_token()
        joined = join(
            session,
            code=room.code,
            phone_token=token,
            name=None,
            group_id=room.groups[group] if group else None,
        )
        room.people.append(joined.participant_id)
        room.phones.append(token)


def make_people(room: Room, *, count: int, group: str | None = None) -> list[int]:
    """Let more people join, and return their ids."""
    write(_people_join, room=room, groups=[group] * count)
    return room.people[-count:]


def give_names(room: Room) -> list[str]:
    """Let everybody in the room say a name, and return the names in the order of `room.people`."""
    given = ["Fatma Yılmaz", "Renée d'Hondt", "عمر", "Bożena Łuczak", "Piet 🙂"]
    names = [f"{given[place % len(given)]} {place + 1}" for place in range(len(room.people))]
    write(_say_names, names=dict(zip(room.people, names, strict=True)))
    return names


def _say_names(session: Session, *, names: dict[int, str]) -> None:
    for person, name in names.items():
        session.get_one(Participant, person).name = name


def take_room(room: Room, step: Step) -> None:
    write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=step)


def make_proposal(room: Room, *, text: str = "Talk with us", author: int = 0, is_shown: bool = True) -> int:
    """Return a proposal for a principle by the author-th participant."""
    sent = write(
        send_proposal,
        participant_id=room.people[author],
        kind=ProposalKind.PRINCIPLE,
        text=text,
        request_id=None,
    )
    if is_shown:
        write(show_proposals, who=LEADER, workshop_id=room.workshop_id, proposal_ids=[sent.id])
    return int(sent.id)


def make_principle(room: Room, *, text: str = "Everybody belongs.", sources: Sequence[int] = ()) -> int:
    """Return a principle that was worded."""
    worded = write(
        word_principle, who=LEADER, workshop_id=room.workshop_id, text=text, proposal_ids=list(sources)
    )
    return int(worded.principle_id)


def make_terms(
    rule: str = RuleKind.NO_OPEN_OBJECTIONS,
    *,
    method: str = "consent",
    secrecy: str = Secrecy.ANONYMOUS,
    budget: int | None = None,
    can_stack: bool = True,
    **parameters: Any,
) -> Terms:
    """Return the terms of a round; `parameters` are the rule's."""
    dots = DotBudget(budget, can_stack) if budget is not None else None
    return Terms(method, Rule(rule, **parameters), secrecy, dots)


def make_round(
    room: Room,
    *,
    principles: Sequence[int] = (),
    items: int = 1,
    about: Sequence[Subject] = (),
    minutes: int | None = None,
    is_one_at_a_time: bool = False,
    voices_seen: int | None = None,
    **terms: Any,
) -> Vote:
    """Return an open round `about` something, on `principles`, or on `items` new ones.

    `terms` are those of `make_terms`.
    """
    chosen = list(principles)
    if not chosen and not about:
        chosen = [make_principle(room, text=f"Principle {place + 1}.") for place in range(items)]
    opened = write(
        open_round,
        who=LEADER,
        workshop_id=room.workshop_id,
        about=about or about_principles(chosen),
        terms=make_terms(**terms),
        minutes=minutes,
        is_one_at_a_time=is_one_at_a_time,
        voices_seen=voices_seen,
    )
    with reading() as session:
        found = [item.id for item in read_round(session, opened.round_id).items]
    return Vote(opened.round_id, found, chosen)


def ballot(
    vote: Vote,
    participant_id: int,
    choice: str = "agree",
    *,
    item: int = 0,
    reason: str | None = None,
    may_name: bool = False,
    request_id: str | None = None,
    sequence: int | None = None,
    source: Source | None = None,
) -> ParticipantBallot:
    """Return what a phone sends for the item-th question."""
    return ParticipantBallot(
        participant_id=participant_id,
        round_id=vote.round_id,
        item_id=vote.items[item],
        choice=choice,
        reason=reason,
        may_name=may_name,
        request_id=request_id,
        sequence=sequence,
        source=source,
    )


def cast(vote: Vote, participant_id: int, choice: str = "agree", **more: Any) -> BallotStored:
    """Vote, and return what is stored."""
    stored = write(cast_ballot, ballot=ballot(vote, participant_id, choice, **more))
    assert isinstance(stored, BallotStored)
    return stored


def cast_all(vote: Vote, choices: Iterable[tuple[int, str]], *, item: int = 0) -> None:
    """Vote for many participants in one transaction."""
    write(_cast_all, ballots=[ballot(vote, person, choice, item=item) for person, choice in choices])


def _cast_all(session: Session, *, ballots: list[ParticipantBallot]) -> None:
    for answer in cast_ballots(Transaction.of(session), [{"ballot": each} for each in ballots]):
        assert isinstance(answer, BallotStored), answer


def close(vote: Vote) -> None:
    write(close_round, who=LEADER, round_id=vote.round_id)


def close_and_reveal(vote: Vote) -> None:
    close(vote)
    write(reveal_round, who=LEADER, round_id=vote.round_id)


def make_adopted(room: Room, *, items: int = 1) -> Vote:
    """Return a revealed round that adopted `items` new principles; everybody in the room agreed."""
    vote = make_round(room, items=items)
    for item in range(items):
        cast_all(vote, [(person, "agree") for person in room.people], item=item)
    close_and_reveal(vote)
    return vote


def make_agreement(
    room: Room,
    *,
    what: str = "We eat together.",
    owner: str | None = None,
    due_on: date | None = None,
    **more: Any,
) -> int:
    """Return an agreement whose owner, a partner's name, was asked."""
    return int(
        write(
            record_agreement,
            who=LEADER,
            workshop_id=room.workshop_id,
            what=what,
            owner_id=room.partners[owner] if owner else None,
            due_on=due_on,
            **more,
        )
    )


def make_agenda(room: Room) -> int:
    """Return the agenda that is frozen now."""
    return int(
        write(freeze_agenda, who=LEADER, workshop_id=room.workshop_id, words=words_to_freeze()).agenda_id
    )


def row_of(session: Session, round_id: int, participant_id: int) -> str | None:
    """Return the key of the row in which a participant's vote counts, or None when unknown (any more)."""
    return standings_in(session, round_id, {participant_id: None})[participant_id].row


def rows_of(table: type[SQLModel]) -> list[dict[str, Any]]:
    """Return every row of a table as plain values."""
    with reading() as session:
        return [row.model_dump() for row in session.exec(select(table)).all()]


def post_all(calls: Sequence[tuple[Any, dict[str, Any]]]) -> list[Any]:
    """Post all actions at the same moment through a running writer; return results and errors in order."""

    async def together() -> list[Any]:
        return await asyncio.gather(
            *(post(action, **given) for action, given in calls), return_exceptions=True
        )

    start_writer()
    try:
        return asyncio.run(together())
    finally:
        stop_writer()


def make_statements(room: Room, texts: Sequence[str]) -> list[Subject]:
    """Return statements of a baseline of their own, to ask about."""
    return about_statements(write(_make_statements, alliance_id=room.alliance_id, texts=texts))


def _make_statements(session: Session, *, alliance_id: int, texts: Sequence[str]) -> list[int]:
    baseline = _new_baseline(session, alliance_id)
    theme = Theme(alliance_id=alliance_id, position=baseline.number, name="Je thuis voelen")
    session.add(theme)
    session.flush()
    made = [
        Statement(baseline_id=baseline.id, theme_id=theme.id, number=number, text=text)
        for number, text in enumerate(texts, start=1)
    ]
    session.add_all(made)
    session.flush()
    return [one.id for one in made]


def make_improvements(room: Room, texts: Sequence[str]) -> list[Subject]:
    """Return points for improvement of a baseline of their own, to ask about."""
    return about_improvements(write(_make_improvements, alliance_id=room.alliance_id, texts=texts))


def _make_improvements(session: Session, *, alliance_id: int, texts: Sequence[str]) -> list[int]:
    baseline = _new_baseline(session, alliance_id)
    made = [
        Improvement(baseline_id=baseline.id, number=number, text=text)
        for number, text in enumerate(texts, start=1)
    ]
    session.add_all(made)
    session.flush()
    return [one.id for one in made]


def _new_baseline(session: Session, alliance_id: int) -> Baseline:
    before = session.exec(select(Baseline).where(Baseline.alliance_id == alliance_id)).all()
    made = Baseline(alliance_id=alliance_id, number=len(before) + 1, title="Startfoto Merenveld")
    session.add(made)
    session.flush()
    return made
