"""The plan of approach with what each block has stored of itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.alliance.plan import read_plan
from models.baseline.baseline import newest_baseline
from models.basics.clock import day_of
from models.basics.words import BuildingBlock, WorkshopState
from models.planning.standing import PlanStanding, PlanStep, Seen, plan_step, standings
from models.tables import Agenda, Alliance, Mediation, Workshop

SeenOfBlock = Callable[[Session, Alliance], Seen]


@dataclass(frozen=True)
class Plan:
    """The plan of an alliance as it stands on a day."""

    dynamics: str
    standings: tuple[PlanStanding, ...]
    step: PlanStep
    today: date

    def of(self, block: str) -> PlanStanding:
        """Return where a block stands."""
        return next(one for one in self.standings if one.block == block)


def plan_as_it_stands(
    session: Session, alliance: Alliance, today: date, *, for_everybody: bool = False
) -> Plan:
    """Return the plan of an alliance on `today`, a day in its time zone.

    What is `for_everybody` does not tell that a mediation goes on: that knows who leads, and who is in it.
    """
    seen = {
        block.value: SEEN.get(block, _meetings_of(block))(session, alliance)
        for block in BuildingBlock
        if not (for_everybody and block in TOLD_TO_WHO_LEADS)
    }
    found = standings(read_plan(session, alliance.id), seen, today)
    return Plan(alliance.dynamics, found, plan_step(found), today)


def _baseline(session: Session, alliance: Alliance) -> Seen:
    """Return how far the newest startfoto is: done is what was presented, whatever became of its meeting."""
    newest = newest_baseline(session, alliance.id)
    ahead_on = _meetings_of(BuildingBlock.BASELINE)(session, alliance).ahead_on
    return (
        Seen(ahead_on=ahead_on) if newest is None else Seen(newest.started_on, newest.presented_on, ahead_on)
    )


def _alliance(session: Session, alliance: Alliance) -> Seen:
    """Return how far the meetings are: done is what was signed, when no other meeting is ahead."""
    seen = _meetings_of(BuildingBlock.ALLIANCE)(session, alliance)
    if seen.done_on is None:
        return seen
    frozen = session.exec(
        select(Agenda.closed_at).where(Agenda.alliance_id == alliance.id).order_by(col(Agenda.id).desc())
    ).first()
    return Seen(seen.began_on, frozen and day_of(frozen, alliance.time_zone))


def _mediation(session: Session, alliance: Alliance) -> Seen:
    """Return when the first mediation began, and when the last one ended where none goes on: no more is known."""
    found = session.exec(
        select(Mediation).where(Mediation.alliance_id == alliance.id).order_by(col(Mediation.id))
    ).all()
    if not found:
        return _meetings_of(BuildingBlock.MEDIATION)(session, alliance)
    ended = [one.ended_at for one in found if one.ended_at is not None]
    is_over = len(ended) == len(found)
    return Seen(
        began_on=day_of(found[0].begun_at, alliance.time_zone),
        done_on=day_of(max(ended), alliance.time_zone) if is_over else None,
    )


def _meetings_of(block: BuildingBlock) -> SeenOfBlock:
    """Return how any block with meetings is looked at: begun with the first, done once all are over."""

    def seen(session: Session, alliance: Alliance) -> Seen:
        meetings = session.exec(
            select(Workshop)
            .where(Workshop.alliance_id == alliance.id, Workshop.block == block.value)
            .order_by(col(Workshop.held_on))
        ).all()
        begun = [one.held_on for one in meetings if one.state != WorkshopState.PREPARED]
        ahead = [one.held_on for one in meetings if one.state == WorkshopState.PREPARED]
        is_open = any(one.state == WorkshopState.OPEN for one in meetings)
        return Seen(
            began_on=begun[0] if begun else None,
            done_on=begun[-1] if begun and not ahead and not is_open else None,
            ahead_on=ahead[0] if ahead else None,
        )

    return seen


# Of a file that is handed out nobody learns that a mediation goes on.
TOLD_TO_WHO_LEADS = frozenset({BuildingBlock.MEDIATION})
# The blocks that know more of themselves than the days of their meetings.
SEEN: Mapping[str, SeenOfBlock] = {
    BuildingBlock.BASELINE: _baseline,
    BuildingBlock.ALLIANCE: _alliance,
    BuildingBlock.MEDIATION: _mediation,
}
