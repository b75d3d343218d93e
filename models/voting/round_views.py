"""Rounds as one reads them: what was asked, who may vote, and only so much of a result as may be shown."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from models.basics.errors import NotFound, RoundClosed
from models.basics.words import Decision, Phase, ReasonState, Secrecy, SubjectKind
from models.storage.finding import existing
from models.tables import (
    Ballot,
    Group,
    Participant,
    PrincipleVersion,
    Reason,
    Round,
    RoundItem,
    RoundParticipant,
    RoundSecret,
    Workshop,
)
from models.voting.asked import Asked, Subject, asked_in
from models.voting.ballot import StoredBallot, is_key_lost, voter_keys
from models.voting.decision import UNDECIDED, Result, RowResult, Rule, shown_numbers
from models.voting.methods import description
from models.voting.methods.method import Choice, DotBudget, Look, Tally
from models.voting.round_steps import phase_of
from models.voting.terms import Terms, budget_of, choices_of_round, rule_of
from models.workshop.electorate import rows_of
from models.workshop.rows import NONE, OTHER, Row
from models.workshop.voices import Acknowledged, read_stored


@dataclass(frozen=True)
class RowView:
    """A row that people vote in; `name` is a group's, None for the keys `none` and `other`."""

    key: str
    name: str | None


@dataclass(frozen=True)
class ReasonView:
    id: int
    choice: str
    text: str
    name: str | None
    state: str
    answer: str | None


@dataclass(frozen=True)
class ItemView:
    """One text of a round, as it was asked. `number` is that of what it is about; a principle has a `version` too.

    `text_before` is its earlier wording that the room voted on last, None for a first vote.
    """

    id: int
    position: int
    about: Subject
    number: int
    version_id: int | None
    version: int | None
    text: str
    result: Result | None
    follow_up: str | None
    reasons: list[ReasonView] = field(default_factory=list)
    reasons_hidden: int = 0
    text_before: str | None = None

    @property
    def principle_id(self) -> int | None:
        """The principle that it is about, None for what is none."""
        return self.about.id if self.about.kind == SubjectKind.PRINCIPLE else None


@dataclass(frozen=True)
class RoundView:
    """A round with its items.

    `joined_groups` names the groups that count together as other groups; `joins_people_without_group` says whether
    people without a group count there too. `shown_position` is the one item that phones and projector show now, None
    when they show all; `ends_at` is when the facilitator's timer runs out (UTC). `is_key_lost` tells that an open round
    takes no votes any more: the server was started with another key, or from a copy of the database.
    """

    id: int
    workshop_id: int
    number: int
    method: str
    rule: Rule
    budget: DotBudget | None
    choices: tuple[Choice, ...]
    secrecy: str
    phase: Phase
    opened_at: datetime
    closed_at: datetime | None
    revealed_at: datetime | None
    ends_at: datetime | None
    shown_position: int | None
    present: int | None
    heads_counted: int | None
    electorate: int
    voted: int
    joined_groups: list[str]
    joins_people_without_group: bool
    rows: list[RowView]
    sources: dict[str, int] | None
    items: list[ItemView]
    is_key_lost: bool = False
    acknowledged: tuple[Acknowledged, ...] = ()

    @property
    def look(self) -> Look:
        """How its method looks."""
        return description(self.method).look

    @property
    def can_be_asked_with_names(self) -> bool:
        """Whether too few voted on a text for an outcome, so that it can be asked again with names.

        Where another text of it was decided, that has to be shown first: else its outcome would be lost.
        """
        decisions = [item.result.decision for item in self.items if item.result is not None]
        is_free = self.phase == Phase.REVEALED or all(one in UNDECIDED for one in decisions)
        return is_free and Decision.TOO_FEW in decisions

    @property
    def terms(self) -> Terms:
        """What was fixed before it opened."""
        return Terms(self.method, self.rule, self.secrecy, self.budget)


@dataclass(frozen=True)
class NamedBallot:
    participant: str
    item_id: int
    choice: str
    reason: str | None


def read_round(session: Session, round_id: int) -> RoundView:
    """Return a round with its items and, once closed, their results. Raises `NotFound`."""
    return _views(session, [existing(session, Round, round_id)])[0]


def last_round(session: Session, workshop_id: int) -> RoundView | None:
    """Return the round that is open, or else was last, of a workshop; also one that was cancelled."""
    found = session.exec(
        select(Round).where(Round.workshop_id == workshop_id).order_by(col(Round.id).desc()).limit(1)
    ).first()
    return _views(session, [found])[0] if found else None


def list_rounds(session: Session, workshop_id: int) -> list[RoundView]:
    """Return every round of a workshop, oldest first; none that was cancelled."""
    found = session.exec(
        select(Round)
        .where(Round.workshop_id == workshop_id, col(Round.cancelled_at).is_(None))
        .order_by(col(Round.number))
    ).all()
    return _views(session, found)


def rounds_of_alliance(session: Session, alliance_id: int) -> list[RoundView]:
    """Return every round of all workshops of an alliance, oldest first; none that was cancelled."""
    found = session.exec(
        select(Round)
        .join(Workshop, col(Workshop.id) == Round.workshop_id)
        .where(Workshop.alliance_id == alliance_id, col(Round.cancelled_at).is_(None))
        .order_by(col(Round.opened_at), col(Round.id))
    ).all()
    return _views(session, found)


# Written once: a room asks for its pages all at once, and composing a question costs as much as asking it.
_SEALED = (
    select(Round.secrecy, RoundSecret.sealed)
    .outerjoin(RoundSecret, col(RoundSecret.round_id) == Round.id)
    .where(col(Round.id) == bindparam("round_id"))
)
_BALLOTS = (
    select(Ballot)
    .join(RoundItem, col(RoundItem.id) == Ballot.round_item_id)
    .where(
        col(RoundItem.round_id) == bindparam("round_id"),
        col(Ballot.voter_key).in_(bindparam("voter_keys", expanding=True)),
    )
)


def ballots_of(session: Session, round_id: int, participant_id: int) -> dict[int, StoredBallot]:
    """Return what a participant chose per item, while that can be known: nothing once an anonymous round is closed."""
    return ballots_of_each(session, round_id, [participant_id])[participant_id]


def ballots_of_each(
    session: Session, round_id: int, participant_ids: Sequence[int]
) -> dict[int, dict[int, StoredBallot]]:
    """Return the same for many participants, by participant. Raises `NotFound`."""
    found = session.exec(_SEALED, params={"round_id": round_id}).first()
    if found is None:
        raise NotFound("round")
    secrecy, sealed = found
    chosen: dict[int, dict[int, StoredBallot]] = {participant_id: {} for participant_id in participant_ids}
    try:
        keys = voter_keys(secrecy, sealed, participant_ids)
    except RoundClosed:
        return chosen
    voters = {key: participant_id for participant_id, key in keys.items()}
    for ballot in session.exec(_BALLOTS, params={"round_id": round_id, "voter_keys": list(voters)}).all():
        chosen[voters[ballot.voter_key]][ballot.round_item_id] = StoredBallot(
            ballot.choice, ballot.reason, ballot.may_name, ballot.sequence or 0
        )
    return chosen


def named_ballots(session: Session, round_id: int) -> list[NamedBallot]:
    """Return who chose what in a named round, for facilitators only; empty for an anonymous or forgotten one."""
    found = existing(session, Round, round_id)
    if found.secrecy != Secrecy.NAMED:
        return []
    people = {str(person.id): person for person in _voters(session, round_id)}
    return [
        NamedBallot(_shown_name(people[ballot.voter_key]), ballot.round_item_id, ballot.choice, ballot.reason)
        for ballot in session.exec(
            select(Ballot)
            .join(RoundItem, col(RoundItem.id) == Ballot.round_item_id)
            .where(RoundItem.round_id == round_id)
            .order_by(col(Ballot.round_item_id))
        ).all()
        if ballot.voter_key in people
    ]


def who_has_not_voted(session: Session, round_id: int) -> list[str]:
    """Return who may vote and has not, on any item, in a named round; empty for an anonymous one."""
    found = existing(session, Round, round_id)
    if found.secrecy != Secrecy.NAMED:
        return []
    voted = set(
        session.exec(
            select(Ballot.voter_key)
            .join(RoundItem, col(RoundItem.id) == Ballot.round_item_id)
            .where(RoundItem.round_id == round_id)
            .distinct()
        ).all()
    )
    return [_shown_name(person) for person in _voters(session, round_id) if str(person.id) not in voted]


def ballots_stored(session: Session, round_id: int) -> int:
    """Return how many ballots of a round the database holds."""
    return session.exec(
        select(func.count())
        .select_from(Ballot)
        .join(RoundItem, col(RoundItem.id) == Ballot.round_item_id)
        .where(RoundItem.round_id == round_id)
    ).one()


def _voters(session: Session, round_id: int) -> list[Participant]:
    return list(
        session.exec(
            select(Participant)
            .join(RoundParticipant, col(RoundParticipant.participant_id) == Participant.id)
            .where(RoundParticipant.round_id == round_id, col(RoundParticipant.row).is_not(None))
            .order_by(col(Participant.number))
        ).all()
    )


def _shown_name(person: Participant) -> str:
    return person.name or f"#{person.number}"


def _views(session: Session, found: Sequence[Round]) -> list[RoundView]:
    """Make views of rounds with a number of queries that does not depend on how many they are."""
    ids = [one.id for one in found]
    if not ids:
        return []
    asked: dict[int, list[Asked]] = defaultdict(list)
    for of in asked_in(session, ids):
        asked[of.item.round_id].append(of)
    reasons: dict[int, list[Reason]] = defaultdict(list)
    for reason in session.exec(
        select(Reason)
        .join(RoundItem, col(RoundItem.id) == Reason.round_item_id)
        .where(col(RoundItem.round_id).in_(ids))
        .order_by(col(Reason.id))
    ).all():
        reasons[reason.round_item_id].append(reason)
    electorates = dict(
        session.exec(
            select(RoundParticipant.round_id, func.count())
            .where(col(RoundParticipant.round_id).in_(ids))
            .group_by(col(RoundParticipant.round_id))
        ).all()
    )
    sealed = _sealed_of(session, found)
    voted = dict(
        session.exec(
            select(RoundItem.round_id, func.count(func.distinct(Ballot.voter_key)))
            .join(Ballot, col(Ballot.round_item_id) == RoundItem.id)
            .where(col(RoundItem.round_id).in_([one.id for one in found if one.sources is None]))
            .group_by(col(RoundItem.round_id))
        ).all()
    )
    voted_on = _voted_on(session, {of.about.id for each in asked.values() for of in each if of.version})
    workshop_ids = {one.workshop_id for one in found}
    names = {
        str(group_id): name
        for group_id, name in session.exec(
            select(Group.id, Group.name)
            .join(Workshop, col(Workshop.alliance_id) == Group.alliance_id)
            .where(col(Workshop.id).in_(workshop_ids))
        ).all()
    }
    views = []
    for one in found:
        rows = rows_of(one)
        joined_keys = _joined_keys(rows, [of.item for of in asked[one.id]])
        views.append(
            RoundView(
                id=one.id,
                workshop_id=one.workshop_id,
                number=one.number,
                method=one.method,
                rule=rule_of(one),
                budget=budget_of(one),
                choices=choices_of_round(one),
                secrecy=one.secrecy,
                phase=phase_of(one),
                opened_at=one.opened_at,
                closed_at=one.closed_at,
                revealed_at=one.revealed_at,
                ends_at=one.ends_at,
                shown_position=one.shown_position,
                present=one.present,
                heads_counted=one.heads_counted,
                electorate=electorates.get(one.id, 0),
                voted=sum(one.sources.values()) if one.sources is not None else voted.get(one.id, 0),
                joined_groups=[names[key] for key in joined_keys if key in names],
                joins_people_without_group=NONE in joined_keys,
                rows=[RowView(row.key, names.get(row.key)) for row in rows],
                sources=one.sources,
                items=[
                    _item_view(
                        one, of, reasons[of.item.id], names, voted_on[of.about.id] if of.version else {}
                    )
                    for of in asked[one.id]
                ],
                is_key_lost=one.closed_at is None and is_key_lost(one.secrecy, sealed.get(one.id)),
                acknowledged=read_stored(one.acknowledged),
            )
        )
    return views


def _sealed_of(session: Session, found: Sequence[Round]) -> dict[int, bytes]:
    """Return the sealed secrets of those rounds that are open and anonymous."""
    wanted = [one.id for one in found if one.closed_at is None and one.secrecy == Secrecy.ANONYMOUS]
    if not wanted:
        return {}
    return dict(
        session.exec(
            select(RoundSecret.round_id, RoundSecret.sealed).where(col(RoundSecret.round_id).in_(wanted))
        ).all()
    )


def _voted_on(session: Session, principle_ids: Collection[int]) -> dict[int, dict[int, str]]:
    """Return the wordings of principles on which a result was shown, by principle and version."""
    wordings: dict[int, dict[int, str]] = defaultdict(dict)
    for principle_id, version, text in session.exec(
        select(PrincipleVersion.principle_id, PrincipleVersion.version, RoundItem.text)
        .join(RoundItem, col(RoundItem.version_id) == PrincipleVersion.id)
        .join(Round, col(Round.id) == RoundItem.round_id)
        .where(
            col(PrincipleVersion.principle_id).in_(principle_ids),
            col(Round.revealed_at).is_not(None),
        )
    ).all():
        wordings[principle_id][version] = text
    return wordings


def _joined_keys(rows: Sequence[Row], items: Sequence[RoundItem]) -> list[str]:
    """Return which rows count together as other groups: since the opening, or, once closed, in the tally."""
    at_opening = next((row.members for row in rows if row.key == OTHER), ())
    tallied: list[dict[str, Any]] = next((item.tally["rows"] for item in items if item.tally is not None), [])
    at_close: list[str] = next((row["members"] for row in tallied if row["key"] == OTHER), [])
    return list(dict.fromkeys([*at_opening, *(key for key in at_close if key != OTHER)]))


def _item_view(
    of: Round,
    asked: Asked,
    reasons: Sequence[Reason],
    names: dict[str, str],
    voted_on: dict[int, str],
) -> ItemView:
    item = asked.item
    earlier = [number for number in voted_on if number < (asked.version or 0)]
    return ItemView(
        id=item.id,
        position=item.position,
        about=asked.about,
        number=asked.number,
        version_id=item.version_id,
        version=asked.version,
        text=item.text,
        result=_result(of, item, names),
        follow_up=item.follow_up,
        reasons=[
            ReasonView(reason.id, reason.choice, reason.text, reason.name, reason.state, reason.answer)
            for reason in reasons
            if reason.state != ReasonState.HIDDEN
        ],
        reasons_hidden=sum(reason.state == ReasonState.HIDDEN for reason in reasons),
        text_before=voted_on[max(earlier)] if earlier else None,
    )


def _result(of: Round, item: RoundItem, names: dict[str, str]) -> Result | None:
    """Return what may be shown of a closed item. Rows were joined at the close, so each is large enough."""
    if item.tally is None or item.outcome is None:
        return None
    rule, choices = rule_of(of), choices_of_round(of)
    numbers = shown_numbers(Tally(item.tally["cast"], item.tally["counts"]), choices, rule)
    against = item.outcome.get("rows_against", [])
    rows = [
        RowResult(row["key"], names.get(row["key"]), row["counts"], row["cast"], row["key"] not in against)
        for row in item.tally["rows"]
    ]
    return Result(
        decision=Decision(item.outcome["decision"]),
        numbers=numbers,
        rows=rows if numbers else [],
        method=of.method,
        choices=choices,
        rule=rule,
        place=item.outcome.get("place") if numbers else None,
        is_tied=bool(numbers and item.outcome.get("is_tied")),
        present=of.present or 0,
        heads_counted=of.heads_counted,
        acknowledged=read_stored(of.acknowledged),
    )
