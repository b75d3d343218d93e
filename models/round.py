"""Rounds: opened with a rule that is fixed, closed in one transaction, revealed once."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from models.ballot import (
    CastBallot,
    cut_loose,
    forget_requests,
    read_at_close,
    voters_per_source,
)
from models.chain import record
from models.clock import now
from models.errors import InvalidValue, NotFound, NothingToVoteOn, RoundNotReady, RoundStillOpen
from models.links import seal
from models.news import page_changed
from models.paper import forget_sheets
from models.people import count_people, is_here
from models.round_views import stored_round
from models.rules import consent
from models.rules.decision import SMALLEST_SHOWN, Rule, checked_rule, decide
from models.rules.rows import joined_over_items
from models.tables import (
    Participant,
    Principle,
    PrincipleVersion,
    Reason,
    Round,
    RoundItem,
    RoundParticipant,
    Workshop,
)
from models.voting_rows import fix_rows, rows_of
from models.words import (
    Decision,
    FollowUp,
    Method,
    PrincipleStatus,
    ReasonState,
    RuleKind,
    Secrecy,
    Step,
    WorkshopState,
)
from models.workshop import open_round_of, read_workshop
from models.writing import after_commit_forget

CONSENT_CHOICES = consent.CHOICES
ITEMS_LIMIT = 30
SECRET_BYTES = 32
NAMES_KEPT_DAYS = 30
VOTABLE = (PrincipleStatus.DRAFT, PrincipleStatus.NOT_ADOPTED)


@dataclass(frozen=True)
class RoundOpened:
    round_id: int
    number: int


def open_round(
    session: Session,
    *,
    who: str,
    workshop_id: int,
    principle_ids: list[int],
    rule: str,
    share: int | None = None,
    quorum: int | None = None,
    secrecy: str = Secrecy.ANONYMOUS,
    method: str = Method.CONSENT,
) -> RoundOpened:
    """Open a round on the newest versions of these principles, in this order, and take the room to voting.

    Raises `RoundStillOpen`, `NothingToVoteOn` (also for a principle that is adopted or left out), `InvalidValue`.
    """
    workshop = read_workshop(session, workshop_id)
    checked = checked_rule(rule, share, quorum)
    if secrecy not in set(Secrecy):
        raise InvalidValue("secrecy", secrecy)
    if method not in set(Method):
        raise InvalidValue("method", method)
    if open_round_of(session, workshop_id) is not None:
        raise RoundStillOpen
    versions = _votable_versions(session, workshop.alliance_id, list(dict.fromkeys(principle_ids)))
    return _open(session, who, workshop, [version.id or 0 for version in versions], checked, secrecy, method)


def close_round(session: Session, *, who: str, round_id: int) -> None:
    """Close a round: tally per row, present, sources and outcome are stored, then an anonymous round forgets who.

    Done twice it is done once. Raises `NotFound`.
    """
    closing = _locked(session, round_id)
    if closing.closed_at is None:
        _close(session, who, closing)


def reveal_round(session: Session, *, who: str, round_id: int) -> None:
    """Show a closed round's result to everyone; its principles become adopted or not adopted by it.

    Done twice it is done once. Raises `RoundNotReady` while the round is open, and when it was started over.
    """
    revealed = _locked(session, round_id)
    if revealed.closed_at is None:
        raise RoundNotReady
    if revealed.revealed_at is not None:
        return
    if _was_started_over(session, revealed):
        raise RoundNotReady
    revealed.revealed_at = now()
    session.add(revealed)
    for item, principle in session.exec(
        select(RoundItem, Principle)
        .join(PrincipleVersion, col(PrincipleVersion.id) == RoundItem.version_id)
        .join(Principle, col(Principle.id) == PrincipleVersion.principle_id)
        .where(RoundItem.round_id == round_id)
    ).all():
        newest = _newest_version(session, principle.id or 0)
        if newest.id != item.version_id or principle.status == PrincipleStatus.LEFT_OUT:
            continue
        principle.status = {
            Decision.ADOPTED: PrincipleStatus.ADOPTED,
            Decision.NOT_ADOPTED: PrincipleStatus.NOT_ADOPTED,
        }.get(Decision((item.outcome or {}).get("decision", Decision.NO_VOTES)), PrincipleStatus.DRAFT)
        session.add(principle)
    _to_first_page(session, revealed.workshop_id)
    _record(session, revealed, who, "round revealed")
    page_changed(session, revealed.workshop_id, content=True)


def start_over(session: Session, *, who: str, round_id: int) -> RoundOpened:
    """Close a misunderstood round unrevealed, and open the same again. The old one is kept.

    Raises `RoundNotReady` when its result was shown already, `RoundStillOpen` when another round is open.
    """
    old = _locked(session, round_id)
    if old.revealed_at is not None:
        raise RoundNotReady
    if old.closed_at is None:
        _close(session, who, old)
    if open_round_of(session, old.workshop_id) is not None:
        raise RoundStillOpen
    version_ids = session.exec(
        select(RoundItem.version_id).where(RoundItem.round_id == round_id).order_by(col(RoundItem.position))
    ).all()
    workshop = read_workshop(session, old.workshop_id)
    rule = Rule(RuleKind(old.rule), old.share, old.quorum)
    return _open(session, who, workshop, list(version_ids), rule, old.secrecy, old.method)


def choose_follow_up(session: Session, *, who: str, item_id: int, follow_up: str) -> None:
    """Choose what happens to an item that did not carry: reword and vote again, minority report, or leave out.

    Raises `RoundNotReady` before the reveal and for what was adopted, `InvalidValue`.
    """
    if follow_up not in set(FollowUp):
        raise InvalidValue("follow_up", follow_up)
    item = session.get(RoundItem, item_id)
    if item is None:
        raise NotFound("item")
    revealed = stored_round(session, item.round_id)
    decision = (item.outcome or {}).get("decision")
    if revealed.revealed_at is None or decision == Decision.ADOPTED:
        raise RoundNotReady
    item.follow_up = follow_up
    session.add(item)
    version = session.get(PrincipleVersion, item.version_id)
    principle = session.get(Principle, version.principle_id) if version else None
    is_last_word = (
        principle is not None
        and _newest_version(session, principle.id or 0).id == item.version_id
        and not _was_voted_on_later(session, revealed, [item.version_id])
    )
    if principle is not None and is_last_word:
        if follow_up == FollowUp.LEAVE_OUT:
            principle.status = PrincipleStatus.LEFT_OUT
        elif decision == Decision.NOT_ADOPTED:
            principle.status = PrincipleStatus.NOT_ADOPTED
        else:
            principle.status = PrincipleStatus.DRAFT
        session.add(principle)
    _record(session, revealed, who, "follow-up chosen", follow_up=follow_up, position=item.position)
    page_changed(session, revealed.workshop_id, content=True)


def show_reasons(session: Session, *, who: str, round_id: int, reason_ids: list[int] | None) -> int:
    """Show reasons on the projector and the phones: these, or all new ones (None). Return how many."""
    shown_round = stored_round(session, round_id)
    wanted = (
        select(Reason)
        .join(RoundItem, col(RoundItem.id) == Reason.round_item_id)
        .where(RoundItem.round_id == round_id)
    )
    if reason_ids is None:
        wanted = wanted.where(Reason.state == ReasonState.NEW)
    else:
        wanted = wanted.where(col(Reason.id).in_(reason_ids))
    found = session.exec(wanted).all()
    for reason in found:
        reason.state = ReasonState.SHOWN
        session.add(reason)
    _to_first_page(session, shown_round.workshop_id)
    _record(session, shown_round, who, "reasons shown", count=len(found))
    page_changed(session, shown_round.workshop_id, content=True)
    return len(found)


def hide_reason(session: Session, *, who: str, reason_id: int) -> None:
    """Hide a reason everywhere; one sees only how many are hidden. It has no author to tell."""
    reason = session.get(Reason, reason_id)
    item = session.get(RoundItem, reason.round_item_id) if reason else None
    if reason is None or item is None:
        raise NotFound("reason")
    reason.state = ReasonState.HIDDEN
    session.add(reason)
    hidden_round = stored_round(session, item.round_id)
    _record(session, hidden_round, who, "reason hidden")
    page_changed(session, hidden_round.workshop_id, content=True)


def forget_old_names(session: Session) -> int:
    """Treat named rounds of workshops that were over 30 days ago as at an anonymous close. Return how many."""
    limit = now() - timedelta(days=NAMES_KEPT_DAYS)
    found = session.exec(
        select(Round)
        .join(Workshop, col(Workshop.id) == Round.workshop_id)
        .where(
            Round.secrecy == Secrecy.NAMED,
            col(Round.closed_at).is_not(None),
            Workshop.state == WorkshopState.OVER,
            col(Workshop.over_at) < limit,
            select(RoundParticipant.round_id)
            .where(RoundParticipant.round_id == Round.id, col(RoundParticipant.row).is_not(None))
            .exists(),
        )
    ).all()
    for old in found:
        cut_loose(session, old)
    if found:
        after_commit_forget(session)
    return len(found)


def version_was_voted_on(session: Session, version_id: int) -> bool:
    """Return whether a round, open or closed, has this version: then its text never changes."""
    return (
        session.exec(select(RoundItem.id).where(RoundItem.version_id == version_id).limit(1)).first()
        is not None
    )


def _open(
    session: Session,
    who: str,
    workshop: Workshop,
    version_ids: Sequence[int],
    rule: Rule,
    secrecy: str,
    method: str,
) -> RoundOpened:
    session.exec(select(Workshop.id).where(Workshop.id == workshop.id).with_for_update(key_share=True)).one()
    highest = session.exec(select(func.max(Round.number)).where(Round.workshop_id == workshop.id)).one()
    opened = Round(
        workshop_id=workshop.id or 0,
        number=(highest or 0) + 1,
        method=method,
        rule=rule.kind,
        share=rule.share,
        quorum=rule.quorum,
        secrecy=secrecy,
        secret=seal(secrets.token_bytes(SECRET_BYTES)) if secrecy == Secrecy.ANONYMOUS else None,
        opened_at=now(),
    )
    session.add(opened)
    session.flush()
    for position, version_id in enumerate(version_ids, start=1):
        session.add(RoundItem(round_id=opened.id or 0, position=position, version_id=version_id))
    people = session.exec(select(Participant).where(Participant.workshop_id == workshop.id)).all()
    fix_rows(session, opened, [person for person in people if is_here(person)])
    workshop.step = Step.VOTE
    workshop.state = WorkshopState.OPEN
    workshop.over_at = None
    workshop.wall_page = 0
    session.add(workshop)
    _record(session, opened, who, "round opened", items=len(version_ids), rule=rule.kind, secrecy=secrecy)
    page_changed(session, workshop.id or 0, content=True)
    return RoundOpened(opened.id or 0, opened.number)


def _close(session: Session, who: str, closing: Round) -> None:
    workshop = read_workshop(session, closing.workshop_id)
    ballots = read_at_close(session, closing)
    items = session.exec(select(RoundItem).where(RoundItem.round_id == closing.id)).all()
    closing.sources = voters_per_source(ballots)
    closing.heads_counted = workshop.heads_counted
    here = (
        workshop.heads_counted
        if workshop.heads_counted is not None
        else count_people(session, closing.workshop_id)
    )
    closing.present = max(here, len({ballot.voter for ballot in ballots}))
    rule = Rule(RuleKind(closing.rule), closing.share, closing.quorum)
    rows = _rows_at_close(closing, ballots, [item.id or 0 for item in items])
    for item in items:
        own = [ballot for ballot in ballots if ballot.item_id == item.id]
        counted = consent.tally(ballot.choice for ballot in own)
        item.tally = {
            "cast": counted.cast,
            "counts": counted.counts,
            "rows": [
                {"key": key, "members": list(members), **_tally_of(own, members)}
                for key, members in rows.items()
            ],
        }
        item.outcome = {"decision": decide(counted, rule, closing.present)}
        session.add(item)
        if counted.cast >= SMALLEST_SHOWN:
            _keep_reasons(session, item, own)
    closing.closed_at = now()
    session.add(closing)
    if closing.secrecy == Secrecy.ANONYMOUS:
        cut_loose(session, closing)
        after_commit_forget(session)
    else:
        forget_requests(session, closing)
    forget_sheets(session, closing)
    _record(session, closing, who, "round closed", present=closing.present)
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


def _tally_of(ballots: Sequence[CastBallot], members: Sequence[str]) -> dict[str, Any]:
    counted = consent.tally(ballot.choice for ballot in ballots if ballot.row in members)
    return {"cast": counted.cast, "counts": counted.counts}


def _keep_reasons(session: Session, item: RoundItem, ballots: Sequence[CastBallot]) -> None:
    reasons = [
        Reason(round_item_id=item.id or 0, choice=ballot.choice, text=ballot.reason, name=ballot.name)
        for ballot in ballots
        if ballot.reason
    ]
    secrets.SystemRandom().shuffle(reasons)
    session.add_all(reasons)


def _votable_versions(session: Session, alliance_id: int, principle_ids: list[int]) -> list[PrincipleVersion]:
    if not principle_ids or len(principle_ids) > ITEMS_LIMIT:
        raise NothingToVoteOn
    versions = []
    for principle_id in principle_ids:
        principle = session.get(Principle, principle_id)
        if principle is None or principle.alliance_id != alliance_id or principle.status not in VOTABLE:
            raise NothingToVoteOn
        versions.append(_newest_version(session, principle_id))
    return versions


def _newest_version(session: Session, principle_id: int) -> PrincipleVersion:
    return session.exec(
        select(PrincipleVersion)
        .where(PrincipleVersion.principle_id == principle_id)
        .order_by(col(PrincipleVersion.version).desc())
        .limit(1)
    ).one()


def _to_first_page(session: Session, workshop_id: int) -> None:
    """Turn the projector back to where the news stands."""
    workshop = read_workshop(session, workshop_id)
    workshop.wall_page = 0
    session.add(workshop)


def _was_started_over(session: Session, found: Round) -> bool:
    """Return whether a later round asks the same again: then this one was misunderstood, and decides nothing."""
    versions = session.exec(select(RoundItem.version_id).where(RoundItem.round_id == found.id)).all()
    return _was_voted_on_later(session, found, versions)


def _was_voted_on_later(session: Session, found: Round, version_ids: Sequence[int]) -> bool:
    later = (
        select(RoundItem.id)
        .join(Round, col(Round.id) == RoundItem.round_id)
        .where(
            Round.workshop_id == found.workshop_id,
            Round.number > found.number,
            col(RoundItem.version_id).in_(version_ids),
        )
    )
    return session.exec(later.limit(1)).first() is not None


def _locked(session: Session, round_id: int) -> Round:
    found = session.exec(select(Round).where(Round.id == round_id).with_for_update()).first()
    if found is None:
        raise NotFound("round")
    return found


def _record(session: Session, of: Round, who: str, what: str, **details: Any) -> None:
    workshop = read_workshop(session, of.workshop_id)
    record(session, alliance_id=workshop.alliance_id, who=who, what=what, round=of.number, **details)
