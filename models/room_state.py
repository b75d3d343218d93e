"""What everyone in a room may know at a moment: where it is, what was shown, how many voted, and never who or what."""

import json
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.presence import HERE
from models.rules.decision import shown_numbers
from models.rules.methods.method import Tally
from models.tables import Ballot, Participant, Proposal, Round, RoundItem, Workshop
from models.voting_terms import choices_of_round, rule_of
from models.words import Phase

COUNTS = ("voted", "people")


class RoomState(dict[str, Any]):
    """What everyone in a room may know. `text` is its JSON, made once however many listen."""

    @cached_property
    def text(self) -> str:
        return json.dumps(self, ensure_ascii=False, separators=(",", ":"))

    def differs_in_more_than_counts(self, other: "RoomState | None") -> bool:
        if other is None:
            return True
        return any(self[key] != other.get(key) for key in self if key not in COUNTS)


# Written once: while a room votes this is asked many times a second.
_WORKSHOP: sa.Select[*tuple[Any, ...]] = sa.select(
    col(Workshop.revision), col(Workshop.step), col(Workshop.state), col(Workshop.content)
).where(col(Workshop.id) == sa.bindparam("workshop"))
_LAST_ROUND: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        col(Round.id),
        col(Round.sources),
        col(Round.closed_at).is_not(None).label("is_closed"),
        col(Round.revealed_at).is_not(None).label("is_revealed"),
    )
    .where(col(Round.workshop_id) == sa.bindparam("workshop"))
    .order_by(col(Round.number).desc())
    .limit(1)
)
_PEOPLE = (
    sa.select(sa.func.count())
    .select_from(Participant)
    .where(
        col(Participant.workshop_id) == sa.bindparam("workshop"),
        HERE,
    )
)
_HIDDEN = (
    sa.select(col(Proposal.id))
    .where(col(Proposal.workshop_id) == sa.bindparam("workshop"), col(Proposal.hidden_at).is_not(None))
    .order_by(col(Proposal.id))
)
_VOTED = (
    sa.select(sa.func.count(sa.distinct(col(Ballot.voter_key))))
    .join(RoundItem, col(RoundItem.id) == Ballot.round_item_id)
    .where(col(RoundItem.round_id) == sa.bindparam("round"))
)


def read_state(session: Session, workshop_id: int) -> RoomState | None:
    """Return what everyone in the room may know now, or None when there is no such workshop."""
    ask, about = session.connection().execute, {"workshop": workshop_id}
    workshop = ask(_WORKSHOP, about).first()
    if workshop is None:
        return None
    last = ask(_LAST_ROUND, about).first()
    state = RoomState(
        revision=workshop.revision,
        step=workshop.step,
        state=workshop.state,
        round=last.id if last else None,
        phase=_phase(last.is_closed, last.is_revealed) if last else Phase.NONE,
        content=workshop.content,
        voted=_voted(session, last) if last else 0,
        people=ask(_PEOPLE, about).scalar_one(),
        hidden=list(ask(_HIDDEN, about).scalars()),
    )
    if last is not None and last.is_revealed:
        state["result"] = _public_result(session, last.id)
    return state


def _public_result(session: Session, round_id: int) -> list[dict[str, Any]]:
    """What everyone may know of a revealed round, so that a reveal needs no further question."""
    items = session.exec(
        select(RoundItem).where(RoundItem.round_id == round_id).order_by(col(RoundItem.position))
    ).all()
    revealed = session.get_one(Round, round_id)
    choices, rule = choices_of_round(revealed), rule_of(revealed)
    told = []
    for item in items:
        tally, outcome = item.tally or {"cast": 0, "counts": {}}, item.outcome or {}
        numbers = shown_numbers(Tally(tally["cast"], tally["counts"]), choices, rule)
        told.append(
            {
                "item": item.id,
                "decision": outcome.get("decision"),
                "cast": numbers.cast if numbers else None,
                "counts": numbers.counts if numbers else None,
                "dots": numbers.dots if numbers else None,
            }
        )
    return told


def phase_of(found: Round | None) -> Phase:
    """Return what a round is doing."""
    if found is None:
        return Phase.NONE
    return _phase(found.closed_at is not None, found.revealed_at is not None)


def _phase(is_closed: bool, is_revealed: bool) -> Phase:
    if is_revealed:
        return Phase.REVEALED
    return Phase.CLOSED if is_closed else Phase.OPEN


def _voted(session: Session, last: Any) -> int:
    """How many people voted on at least one item. Known from the sources once an anonymous round is closed."""
    if last.sources is not None:
        return int(sum(last.sources.values()))
    return int(session.connection().execute(_VOTED, {"round": last.id}).scalar_one())
