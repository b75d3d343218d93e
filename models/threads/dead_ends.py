"""Where the thread breaks off: evidence nobody took up, points without a proposal, principles without an agreement,
agreements of which nobody said how it goes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from models.agreeing.views import AgreementView
from models.basics.words import AgreementState, ImprovementState, PrincipleStatus
from models.drafting.origins import point_name
from models.tables import (
    Baseline,
    Conclusion,
    ConclusionEvidence,
    Finding,
    Improvement,
    ImprovementConclusion,
)
from models.voting.principles import PrincipleView


@dataclass(frozen=True)
class DeadEnds:
    """What nothing followed from. `findings` are counted; conclusions and points of all startfotos have their names."""

    findings: int
    conclusions: list[str]
    points: list[str]
    principles: list[int]
    agreements: list[int]


def dead_ends(
    session: Session,
    alliance_id: int,
    *,
    principles: Sequence[PrincipleView],
    agreements: Sequence[AgreementView],
) -> DeadEnds:
    """Return where the thread of an alliance breaks off. Without a startfoto nothing is said of one."""
    own = select(Baseline.id).where(Baseline.alliance_id == alliance_id)
    laid = select(ConclusionEvidence.finding_id).where(col(ConclusionEvidence.finding_id).is_not(None))
    linked = select(ImprovementConclusion.conclusion_id)
    # Before anybody told how it goes, nobody is silent.
    was_told = any(agreement.progress is not None for agreement in agreements)
    practised = {number for agreement in agreements for number in agreement.principles}
    return DeadEnds(
        findings=session.exec(
            select(func.count())
            .select_from(Finding)
            .where(
                col(Finding.baseline_id).in_(own),
                col(Finding.withdrawn_at).is_(None),
                col(Finding.id).not_in(laid),
            )
        ).one(),
        conclusions=[
            point_name(baseline, number)
            for baseline, number in session.exec(
                select(Baseline.number, Conclusion.number)
                .join(Conclusion, col(Conclusion.baseline_id) == Baseline.id)
                .where(Baseline.alliance_id == alliance_id, col(Conclusion.id).not_in(linked))
                .order_by(col(Baseline.number), col(Conclusion.number))
            ).all()
        ],
        points=[
            point_name(baseline, number)
            for baseline, number in session.exec(
                select(Baseline.number, Improvement.number)
                .join(Improvement, col(Improvement.baseline_id) == Baseline.id)
                .where(Baseline.alliance_id == alliance_id, Improvement.state == ImprovementState.OPEN)
                .order_by(col(Baseline.number), col(Improvement.number))
            ).all()
        ],
        principles=[
            principle.number
            for principle in principles
            if principle.status == PrincipleStatus.ADOPTED and principle.number not in practised
        ],
        agreements=[
            agreement.number
            for agreement in agreements
            if was_told and agreement.state == AgreementState.OPEN and agreement.progress is None
        ],
    )
