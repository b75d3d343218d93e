"""What everyone in a room may know at a moment: where it is, what was shown, how many voted, and never who or what."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.basics.words import Phase
from models.storage.state import RoomState
from models.tables import Ballot, Participant, Proposal, Round, RoundItem, Workshop
from models.voting.decision import shown_numbers
from models.voting.methods.method import Tally
from models.voting.round_steps import phase_from
from models.voting.terms import choices_of_round, rule_of
from models.workshop.presence import HERE, SENT_AWAY

# Written once: while a room votes this is asked many times a second.
_WORKSHOP: sa.Select[*tuple[Any, ...]] = sa.select(
    col(Workshop.revision), col(Workshop.step), col(Workshop.state), col(Workshop.content)
).where(col(Workshop.id) == sa.bindparam("workshop"))
_LAST_ROUND: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        col(Round.id),
        col(Round.sources),
        col(Round.shown_position),
        col(Round.closed_at).is_not(None).label("is_closed"),
        col(Round.revealed_at).is_not(None).label("is_revealed"),
        col(Round.cancelled_at).is_not(None).label("is_cancelled"),
    )
    .where(col(Round.workshop_id) == sa.bindparam("workshop"))
    .order_by(col(Round.id).desc())
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
_SENT_AWAY = sa.select(col(Participant.id)).where(
    col(Participant.workshop_id) == sa.bindparam("workshop"), SENT_AWAY
)
_HIDDEN = (
    sa.select(col(Proposal.id))
    .where(col(Proposal.workshop_id) == sa.bindparam("workshop"), col(Proposal.hidden_at).is_not(None))
    .order_by(col(Proposal.id))
)
_VOTES = (
    sa.select(
        sa.func.count(sa.distinct(col(Ballot.voter_key))).label("voters"), sa.func.count().label("ballots")
    )
    .join(RoundItem, col(RoundItem.id) == Ballot.round_item_id)
    .where(col(RoundItem.round_id) == sa.bindparam("round"))
)
_VOTES_ON_SHOWN = _VOTES.where(col(RoundItem.position) == sa.bindparam("position"))


def read_state(session: Session, workshop_id: int) -> RoomState | None:
    """Return what everyone in the room may know now, or None when there is no such workshop."""
    ask, about = session.connection().execute, {"workshop": workshop_id}
    workshop = ask(_WORKSHOP, about).first()
    if workshop is None:
        return None
    last = ask(_LAST_ROUND, about).first()
    voted, ballots = _votes(session, last) if last else (0, 0)
    state = RoomState(
        revision=workshop.revision,
        step=workshop.step,
        state=workshop.state,
        round=last.id if last else None,
        phase=phase_from(last.is_closed, last.is_revealed, last.is_cancelled) if last else Phase.NONE,
        content=workshop.content,
        voted=voted,
        people=ask(_PEOPLE, about).scalar_one(),
        hidden=list(ask(_HIDDEN, about).scalars()),
        ballots=ballots,
    )
    state.sent_away = frozenset(ask(_SENT_AWAY, about).scalars())
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


def _votes(session: Session, last: Any) -> tuple[int, int]:
    """Return how many people voted, and with how many ballots: on at least one item, or on the one that is asked now.

    Once an anonymous round is closed the people are known from its sources, and no ballot is counted any more.
    """
    if last.is_cancelled:
        return 0, 0
    if last.sources is not None:
        return int(sum(last.sources.values())), 0
    ask = session.connection().execute
    if last.shown_position is not None and not last.is_closed:
        found = ask(_VOTES_ON_SHOWN, {"round": last.id, "position": last.shown_position}).one()
    else:
        found = ask(_VOTES, {"round": last.id}).one()
    return int(found.voters), int(found.ballots)
