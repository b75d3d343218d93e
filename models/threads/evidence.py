"""What stands before a proposal: evidence, the conclusions drawn from it, and the points for improvement that follow.

Evidence is counted by kind of source and side: a picture of six hundred findings stays a picture, and no word of what
somebody said is in it.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from models.basics.words import ImprovementState, SourceKind, Stance
from models.drafting.origins import point_name
from models.tables import (
    Baseline,
    BaselineSource,
    Conclusion,
    ConclusionEvidence,
    Finding,
    Improvement,
    ImprovementConclusion,
    Proposal,
)


@dataclass(frozen=True)
class ThreadEvidence:
    """Findings of one kind of source and one side, some of them `against`; statements have neither kind nor side."""

    kind: str
    side: str
    count: int
    against: int = 0


@dataclass(frozen=True)
class ThreadConclusion:
    """`name` is its number, with that of its startfoto in front from the second one on."""

    id: int
    name: str
    text: str
    evidence: tuple[ThreadEvidence, ...]


@dataclass(frozen=True)
class ThreadPoint:
    """A point for improvement. `name` is that of its origin; `conclusion_ids` are those from which it follows."""

    id: int
    name: str
    text: str
    conclusion_ids: tuple[int, ...]
    is_proposed: bool
    is_for_later: bool


@dataclass(frozen=True)
class EvidenceThread:
    """What was found and concluded in all startfotos of an alliance.

    `found` counts every finding once, however many conclusions it lies beside; `unused` those that lie beside none.
    """

    conclusions: tuple[ThreadConclusion, ...]
    points: tuple[ThreadPoint, ...]
    found: tuple[ThreadEvidence, ...]
    unused: tuple[ThreadEvidence, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (self.conclusions or self.points)

    def point(self, name: str | None) -> ThreadPoint | None:
        """Return the point of this name, if there is one."""
        return next((point for point in self.points if point.name == name), None)


def read_evidence_thread(session: Session, alliance_id: int) -> EvidenceThread:
    """Return the part of an alliance's thread before the proposals: as many questions, however much was found."""
    numbers = dict(
        session.exec(select(Baseline.id, Baseline.number).where(Baseline.alliance_id == alliance_id)).all()
    )
    evidence = _evidence(session, alliance_id)
    conclusions = session.exec(
        select(Conclusion)
        .join(Baseline, col(Baseline.id) == Conclusion.baseline_id)
        .where(Baseline.alliance_id == alliance_id)
        .order_by(col(Baseline.number), col(Conclusion.number))
    ).all()
    return EvidenceThread(
        conclusions=tuple(
            ThreadConclusion(
                found.id,
                point_name(numbers[found.baseline_id], found.number),
                found.text,
                evidence.get(found.id, ()),
            )
            for found in conclusions
        ),
        points=_points(session, alliance_id, numbers),
        found=_counted(session, alliance_id, is_unused=False),
        unused=_counted(session, alliance_id, is_unused=True),
    )


def _evidence(session: Session, alliance_id: int) -> dict[int, tuple[ThreadEvidence, ...]]:
    counts: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    # Together, since a statement has neither.
    kind_and_side = func.coalesce(col(BaselineSource.kind).concat(" ").concat(col(BaselineSource.side)), " ")
    for conclusion_id, key, stance, count in session.exec(
        select(ConclusionEvidence.conclusion_id, kind_and_side, ConclusionEvidence.stance, func.count())
        .join(Conclusion, col(Conclusion.id) == ConclusionEvidence.conclusion_id)
        .join(Baseline, col(Baseline.id) == Conclusion.baseline_id)
        .join(Finding, col(Finding.id) == ConclusionEvidence.finding_id, isouter=True)
        .join(BaselineSource, col(BaselineSource.id) == Finding.source_id, isouter=True)
        .where(Baseline.alliance_id == alliance_id, col(Finding.withdrawn_at).is_(None))
        .group_by(col(ConclusionEvidence.conclusion_id), kind_and_side, col(ConclusionEvidence.stance))
    ).all():
        counted = counts[conclusion_id][key]
        counted[0] += count
        counted[1] += count if stance == Stance.AGAINST else 0
    return {
        conclusion_id: tuple(
            sorted(
                (
                    ThreadEvidence(kind, side, count, against)
                    for key, (count, against) in found.items()
                    for kind, _, side in [key.partition(" ")]
                ),
                key=lambda one: _order(one.kind, one.side),
            )
        )
        for conclusion_id, found in counts.items()
    }


def _counted(session: Session, alliance_id: int, *, is_unused: bool) -> tuple[ThreadEvidence, ...]:
    laid = select(ConclusionEvidence.finding_id).where(col(ConclusionEvidence.finding_id).is_not(None))
    asked = (
        select(BaselineSource.kind, BaselineSource.side, func.count())
        .join(Finding, col(Finding.source_id) == BaselineSource.id)
        .join(Baseline, col(Baseline.id) == Finding.baseline_id)
        .where(Baseline.alliance_id == alliance_id, col(Finding.withdrawn_at).is_(None))
        .group_by(col(BaselineSource.kind), col(BaselineSource.side))
    )
    found = session.exec(asked.where(col(Finding.id).not_in(laid)) if is_unused else asked).all()
    return tuple(
        ThreadEvidence(kind, side, count)
        for kind, side, count in sorted(found, key=lambda one: _order(one[0], one[1]))
    )


def _points(session: Session, alliance_id: int, numbers: Mapping[int, int]) -> tuple[ThreadPoint, ...]:
    points = session.exec(
        select(Improvement)
        .join(Baseline, col(Baseline.id) == Improvement.baseline_id)
        .where(Baseline.alliance_id == alliance_id)
        .order_by(col(Baseline.number), col(Improvement.number))
    ).all()
    follows: dict[int, list[int]] = defaultdict(list)
    for improvement_id, conclusion_id in session.exec(
        select(ImprovementConclusion.improvement_id, ImprovementConclusion.conclusion_id)
        .join(Conclusion, col(Conclusion.id) == ImprovementConclusion.conclusion_id)
        .join(Baseline, col(Baseline.id) == Conclusion.baseline_id)
        .where(Baseline.alliance_id == alliance_id)
        .order_by(col(Conclusion.number))
    ).all():
        follows[improvement_id].append(conclusion_id)
    proposed = set(
        session.exec(
            select(Proposal.improvement_id).where(
                col(Proposal.improvement_id).in_([point.id for point in points]),
                col(Proposal.withdrawn_at).is_(None),
            )
        ).all()
    )
    return tuple(
        ThreadPoint(
            point.id,
            point_name(numbers[point.baseline_id], point.number),
            point.text,
            tuple(follows[point.id]),
            point.id in proposed,
            point.state == ImprovementState.NOT_NOW,
        )
        for point in points
    )


def _order(kind: str, side: str) -> tuple[int, str]:
    """Interviews first, as in the lists; statements last."""
    kinds = [kind.value for kind in SourceKind]
    return (kinds.index(kind) if kind in kinds else len(kinds), side)
