"""The meeting of a startfoto: one, with one round of statements for who comes by link and who is in the room.

It is closed before anything else is asked: two anonymous rounds of the same people cannot be joined safely.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.alliance.alliance import read_alliance
from models.baseline.baseline import begin_baseline, newest_baseline
from models.baseline.statements import list_statements
from models.basics.clock import day_of, today
from models.basics.errors import (
    InvalidValue,
    NothingToVoteOn,
    RoundNotReady,
    RoundStillOpen,
    StatementsAnswered,
)
from models.basics.words import BuildingBlock, RuleKind, Secrecy
from models.storage.chain import record
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.tables import Alliance, Baseline, Round, RoundItem, Workshop
from models.voting.asked import about_improvements, about_statements
from models.voting.closing import close_round
from models.voting.decision import Rule
from models.voting.methods import RANKING, SCORING
from models.voting.methods.method import DotBudget
from models.voting.round import RoundOpened, open_round
from models.voting.round_views import read_round
from models.voting.terms import Terms
from models.workshop.meetings import WorkshopAdded, add_workshop
from models.workshop.workshop import read_workshop

ANSWERED_BY_ALL = Terms(SCORING.name, Rule(RuleKind.DECIDES_NOTHING), Secrecy.ANONYMOUS)
USUAL_DOTS = RANKING.budgets.usual if RANKING.budgets else 5


def baseline_of_meeting(session: Session, workshop_id: int) -> Baseline | None:
    """Return the startfoto whose meeting this is, or None."""
    return session.exec(select(Baseline).where(Baseline.workshop_id == workshop_id)).first()


def plan_startfoto(
    session: Session, *, who: str, alliance_id: int, venue: str = "", held_on: date | None = None
) -> WorkshopAdded:
    """Return the meeting of the alliance's newest startfoto: a new one where it has none, else the one there is."""
    alliance = existing(session, Alliance, alliance_id, lock=True)
    newest = newest_baseline(session, alliance_id)
    if newest is None:
        begun = begin_baseline(session, who=who, alliance_id=alliance_id, themes=())
        newest = existing(session, Baseline, begun.baseline_id)
    if newest.workshop_id is not None:
        there = read_workshop(session, newest.workshop_id)
        return WorkshopAdded(there.id, there.code)
    added = add_workshop(
        session,
        who=who,
        alliance_id=alliance_id,
        venue=venue,
        held_on=held_on or today(alliance.time_zone),
        block=BuildingBlock.BASELINE,
    )
    newest.workshop_id = added.workshop_id
    session.add(newest)
    session.flush()
    return added


def statements_round(session: Session, baseline_id: int) -> Round | None:
    """Return the round in which the statements of a startfoto are or were asked, as far as it counts."""
    baseline = existing(session, Baseline, baseline_id)
    return _round_about(session, baseline, RoundItem.statement_id)


def points_round(session: Session, baseline_id: int) -> Round | None:
    """Return the newest round in which dots were put on points for improvement, as far as it counts."""
    baseline = existing(session, Baseline, baseline_id)
    return _round_about(session, baseline, RoundItem.improvement_id)


def _round_about(session: Session, baseline: Baseline, kind: object) -> Round | None:
    if baseline.workshop_id is None:
        return None
    return session.exec(
        select(Round)
        .join(RoundItem, col(RoundItem.round_id) == Round.id)
        .where(
            Round.workshop_id == baseline.workshop_id,
            col(Round.cancelled_at).is_(None),
            col(kind).is_not(None),
        )
        .order_by(col(Round.id).desc())
        .limit(1)
    ).first()


def may_ask_statements(session: Session, baseline_id: int) -> bool:
    """Whether the statements can be opened: they were not asked yet, or closed before anybody answered; nor dots since.

    Two anonymous rounds with answers cannot stand beside each other; one without any tells nothing of anybody.
    """
    if points_round(session, baseline_id) is not None:
        return False
    asked_before = statements_round(session, baseline_id)
    if asked_before is None:
        return True
    return asked_before.closed_at is not None and not read_round(session, asked_before.id).voted


def open_statements(
    session: Session, *, who: str, baseline_id: int, until: date | None = None, voices_seen: int | None = None
) -> RoundOpened:
    """Open the statements of a startfoto: by link until the end of a day, or in the room alone (None).

    Phones go straight to the statements. Raises `NothingToVoteOn` without statements, `StatementsAnswered` where they
    were answered before or something else was asked, `RoundStillOpen`, `InvalidValue` for a day that is past,
    `MoreVoices`.
    """
    baseline = existing(session, Baseline, baseline_id, lock=True)
    workshop_id = plan_startfoto_of(session, who=who, baseline=baseline)
    if not may_ask_statements(session, baseline_id):
        asked_before = statements_round(session, baseline_id)
        is_open = asked_before is not None and asked_before.closed_at is None
        if is_open:
            raise RoundStillOpen
        raise StatementsAnswered
    _check_day(session, baseline, until)
    standing = [one.id for one in list_statements(session, baseline_id)]
    if not standing:
        raise NothingToVoteOn
    baseline.open_until = until
    session.add(baseline)
    return open_round(
        session,
        who=who,
        workshop_id=workshop_id,
        about=about_statements(standing),
        terms=ANSWERED_BY_ALL,
        voices_seen=voices_seen,
    )


def plan_startfoto_of(session: Session, *, who: str, baseline: Baseline) -> int:
    """Return the id of a startfoto's meeting, planned for today where there is none yet."""
    if baseline.workshop_id is None:
        alliance = read_alliance(session, baseline.alliance_id)
        added = add_workshop(
            session,
            who=who,
            alliance_id=alliance.id,
            venue="",
            held_on=today(alliance.time_zone),
            block=BuildingBlock.BASELINE,
        )
        baseline.workshop_id = added.workshop_id
        session.add(baseline)
        session.flush()
    return baseline.workshop_id


def set_open_until(session: Session, *, who: str, baseline_id: int, until: date | None) -> None:
    """Say until the end of which day the statements are open by link; None for as long as nobody closes them.

    Raises `RoundNotReady` where they are not open, `InvalidValue` for a day that is past.
    """
    baseline = existing(session, Baseline, baseline_id, lock=True)
    asked = statements_round(session, baseline_id)
    if asked is None or asked.closed_at is not None:
        raise RoundNotReady
    _check_day(session, baseline, until)
    baseline.open_until = until
    session.add(baseline)
    record(
        session,
        alliance_id=baseline.alliance_id,
        who=who,
        what="statements open until",
        number=baseline.number,
        until=until.isoformat() if until else None,
    )
    page_changed(session, asked.workshop_id, content=True)


def say_shared_outside(session: Session, *, who: str, baseline_id: int, is_shared_outside: bool) -> None:
    """Say that the link went beyond the place itself, or that it did not: that stands beside the figures."""
    baseline = existing(session, Baseline, baseline_id, lock=True)
    if baseline.is_shared_outside == is_shared_outside:
        return
    baseline.is_shared_outside = is_shared_outside
    session.add(baseline)
    record(
        session,
        alliance_id=baseline.alliance_id,
        who=who,
        what="link shared outside" if is_shared_outside else "link not shared outside",
        number=baseline.number,
    )
    if baseline.workshop_id is not None:
        page_changed(session, baseline.workshop_id, content=True)


def close_statements_that_are_due(session: Session, *, who: str) -> int:
    """Close the statements whose last day is over, in their alliance's time zone. Return how many."""
    closed = 0
    for baseline, time_zone, round_id in session.exec(
        select(Baseline, Alliance.time_zone, Round.id)
        .join(Alliance, col(Alliance.id) == Baseline.alliance_id)
        .join(Round, col(Round.workshop_id) == Baseline.workshop_id)
        .where(col(Baseline.open_until).is_not(None), col(Round.closed_at).is_(None))
    ).all():
        asked = statements_round(session, baseline.id)
        is_due = baseline.open_until is not None and today(time_zone) > baseline.open_until
        if not is_due or asked is None or asked.id != round_id:
            continue
        close_round(session, who=who, round_id=round_id)
        closed += 1
    return closed


def last_day_by_link(session: Session, baseline: Baseline, closed_at: datetime | None) -> date | None:
    """Return the last day on which statements are, or were, open by link: that of their close where it came first."""
    if baseline.open_until is None or closed_at is None:
        return baseline.open_until
    alliance = read_alliance(session, baseline.alliance_id)
    return min(baseline.open_until, day_of(closed_at, alliance.time_zone))


def answered_by_link(session: Session, alliance_id: int, today: date) -> set[int]:
    """Return the meetings whose statements are open by link today: nobody leads them, outside the day they are held."""
    return set(
        session.exec(
            select(Round.workshop_id)
            .join(Baseline, col(Baseline.workshop_id) == Round.workshop_id)
            .where(
                Baseline.alliance_id == alliance_id,
                col(Baseline.open_until) >= today,
                col(Round.closed_at).is_(None),
            )
        ).all()
    )


def rank_points(
    session: Session,
    *,
    who: str,
    baseline_id: int,
    improvement_ids: Sequence[int],
    dots: int = USUAL_DOTS,
    voices_seen: int | None = None,
) -> RoundOpened:
    """Let the room put dots on points for improvement, to see where to begin; nothing is decided by it.

    Only once the statements are closed. Raises `RoundStillOpen`, `RoundNotReady` without a meeting, `NothingToVoteOn`
    under two points, `InvalidValue` for a number of dots that is not offered, `MoreVoices`.
    """
    baseline = existing(session, Baseline, baseline_id, lock=True)
    if baseline.workshop_id is None:
        raise RoundNotReady
    if len(set(improvement_ids)) < 2:
        raise NothingToVoteOn
    return open_round(
        session,
        who=who,
        workshop_id=baseline.workshop_id,
        about=about_improvements(improvement_ids),
        terms=Terms(RANKING.name, Rule(RuleKind.TOP), Secrecy.ANONYMOUS, DotBudget(dots, can_stack=True)),
        voices_seen=voices_seen,
    )


def meeting_of(session: Session, baseline_id: int) -> Workshop | None:
    """Return the meeting of a startfoto, or None before it was planned."""
    baseline = existing(session, Baseline, baseline_id)
    return None if baseline.workshop_id is None else read_workshop(session, baseline.workshop_id)


def _check_day(session: Session, baseline: Baseline, until: date | None) -> None:
    alliance = read_alliance(session, baseline.alliance_id)
    if until is not None and until < today(alliance.time_zone):
        raise InvalidValue("until", until)
