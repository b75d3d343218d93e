"""What stands behind a point for improvement, for the room: its conclusions counted, and some of what was said."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.baseline.evidence import Standing
from models.baseline.views import Evidence, list_conclusions
from models.basics.words import Stance
from models.tables import Conclusion, Improvement, ImprovementConclusion

MOST_SAID = 3


@dataclass(frozen=True)
class BehindConclusion:
    """A conclusion with what can be counted of it, and at most three released findings that support it."""

    text: str
    standing: Standing
    said: list[Evidence]


@dataclass(frozen=True)
class Behind:
    """A point for improvement, by its number, with the conclusions from which it follows."""

    number: int
    conclusions: list[BehindConclusion]


def behind_improvements(session: Session, improvement_ids: Collection[int]) -> dict[int, Behind]:
    """Return what stands behind these points, by their id. What is not released, or was withdrawn, is not in it."""
    if not improvement_ids:
        return {}
    points = session.exec(select(Improvement).where(col(Improvement.id).in_(improvement_ids))).all()
    conclusions = {
        one.id: one
        for baseline_id in sorted({point.baseline_id for point in points})
        for one in list_conclusions(session, baseline_id)
    }
    links = session.exec(
        select(ImprovementConclusion.improvement_id, ImprovementConclusion.conclusion_id)
        .join(Conclusion, col(Conclusion.id) == ImprovementConclusion.conclusion_id)
        .where(col(ImprovementConclusion.improvement_id).in_(improvement_ids))
        .order_by(col(Conclusion.number))
    ).all()
    return {
        point.id: Behind(
            point.number,
            [
                BehindConclusion(
                    conclusions[conclusion_id].text,
                    conclusions[conclusion_id].standing,
                    [one for one in conclusions[conclusion_id].of(Stance.FOR) if one.text][:MOST_SAID],
                )
                for improvement_id, conclusion_id in links
                if improvement_id == point.id
            ],
        )
        for point in points
    }
