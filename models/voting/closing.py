"""The close of a round: counted per row, decided by its rule, and an anonymous one forgets who."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlmodel import Session, select

from models.basics.clock import now
from models.basics.words import Erased, Secrecy
from models.storage.changes import page_changed
from models.storage.writing import after_commit_forget
from models.tables import (
    Reason,
    Round,
    RoundItem,
)
from models.voting.ballots_at_close import (
    CastBallot,
    cut_loose,
    forget_requests,
    read_at_close,
    voters_per_source,
)
from models.voting.decision import ItemTally, Outcome, decide
from models.voting.methods.method import Choice, Tally, tally
from models.voting.paper import forget_sheets
from models.voting.round_steps import locked_round, record_of_round
from models.voting.terms import budget_of, choices_of_round, rule_of
from models.workshop.electorate import rows_of
from models.workshop.people import count_people
from models.workshop.rows import SMALLEST_SHOWN, joined_over_items
from models.workshop.workshop import read_workshop

NO_DOTS = "0"


def close_round(session: Session, *, who: str, round_id: int) -> None:
    """Close a round: tally per row, present, sources and outcome are stored, then an anonymous round forgets who.

    Done twice it is done once. Raises `NotFound`.
    """
    closing = locked_round(session, round_id)
    if closing.closed_at is None:
        close_now(session, who, closing)


def close_now(session: Session, who: str, closing: Round) -> None:
    """Close an open round in this transaction, see `close_round`."""
    workshop = read_workshop(session, closing.workshop_id)
    stored = ballots = read_at_close(session, closing)
    items = session.exec(select(RoundItem).where(RoundItem.round_id == closing.id)).all()
    closing.sources = voters_per_source(ballots)
    closing.heads_counted = workshop.heads_counted
    here = (
        workshop.heads_counted
        if workshop.heads_counted is not None
        else count_people(session, closing.workshop_id)
    )
    closing.present = max(here, len({ballot.voter for ballot in ballots}))
    if budget_of(closing) is not None:
        ballots = _with_items_left_empty(ballots, [item.id for item in items])
    choices = choices_of_round(closing)
    rows = _rows_at_close(closing, ballots, [item.id for item in items])
    by_item: dict[int | None, list[CastBallot]] = defaultdict(list)
    for ballot in ballots:
        by_item[ballot.item_id].append(ballot)
    per_item = [by_item[item.id] for item in items]
    tallies = [
        ItemTally(
            total=tally(choices, (ballot.choice for ballot in own)),
            rows={key: _tally_of(own, members, choices) for key, members in rows.items()},
        )
        for own in per_item
    ]
    outcomes = decide(
        tallies,
        choices,
        rule_of(closing),
        closing.present,
        is_anonymous=closing.secrecy == Secrecy.ANONYMOUS,
    )
    for item, own, counted, outcome in zip(items, per_item, tallies, outcomes, strict=True):
        item.tally = {
            **asdict(counted.total),
            "rows": [
                {"key": key, "members": list(rows[key]), **asdict(row)} for key, row in counted.rows.items()
            ],
        }
        item.outcome = _stored_outcome(outcome)
        session.add(item)
        if counted.total.cast >= SMALLEST_SHOWN:
            _keep_reasons(session, item, own)
    closing.closed_at = now()
    # What stood in front of the round leaves the projector: the room sees that it is closed.
    workshop.point_on_screen = None
    session.add_all([closing, workshop])
    if closing.secrecy == Secrecy.ANONYMOUS:
        cut_loose(session, closing, stored)
        after_commit_forget(session, Erased.BALLOTS)
    else:
        forget_requests(session, closing)
    forget_sheets(session, closing)
    record_of_round(session, closing, who, "round closed", present=closing.present)
    page_changed(session, closing.workshop_id, content=True)


def _rows_at_close(
    closing: Round, ballots: Sequence[CastBallot], item_ids: Sequence[int]
) -> dict[str, tuple[str, ...]]:
    """Return the rows to tally by, each with the rows of the opening that count in it; none under two rows."""
    per_row: dict[str, Counter[int]] = defaultdict(Counter)
    for ballot in ballots:
        per_row[ballot.row][ballot.item_id] += 1
    in_order = [row.key for row in rows_of(closing)]
    sizes = {
        key: tuple(per_row[key][item_id] for item_id in item_ids)
        for key in dict.fromkeys([*in_order, *per_row])
        if key in per_row
    }
    rows = joined_over_items(sizes)
    return {row.key: row.members for row in rows} if len(rows) > 1 else {}


def _tally_of(ballots: Sequence[CastBallot], members: Sequence[str], choices: Sequence[Choice]) -> Tally:
    return tally(choices, (ballot.choice for ballot in ballots if ballot.row in members))


def _with_items_left_empty(ballots: Sequence[CastBallot], item_ids: Sequence[int]) -> list[CastBallot]:
    """Add 0 dots for each item that a voter left empty: with a budget, that is a choice too."""
    voters = {ballot.voter: ballot for ballot in ballots}
    given = {(ballot.voter, ballot.item_id) for ballot in ballots}
    return [
        *ballots,
        *(
            replace(ballot, item_id=item_id, choice=NO_DOTS, reason=None, name=None)
            for voter, ballot in voters.items()
            for item_id in item_ids
            if (voter, item_id) not in given
        ),
    ]


def _stored_outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "decision": outcome.decision,
        "rows_against": list(outcome.rows_against),
        "place": outcome.place,
        "is_tied": outcome.is_tied,
    }


def _keep_reasons(session: Session, item: RoundItem, ballots: Sequence[CastBallot]) -> None:
    reasons = [
        Reason(round_item_id=item.id, choice=ballot.choice, text=ballot.reason, name=ballot.name)
        for ballot in ballots
        if ballot.reason
    ]
    secrets.SystemRandom().shuffle(reasons)
    session.add_all(reasons)
