"""What stands behind a point for improvement, for the room: its conclusions counted, and some of what was said."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.baseline.conclusion_views import Evidence, list_conclusions
from models.baseline.evidence import Standing
from models.basics.words import Stance
from models.drafting.origins import point_name
from models.tables import Baseline, Conclusion, Improvement, ImprovementConclusion

MOST_SAID, MOST_AGAINST = 3, 1


@dataclass(frozen=True)
class BehindConclusion:
    """A conclusion with what can be counted of it, at most three released findings for it, and one against it."""

    text: str
    standing: Standing
    said: list[Evidence]
    against: list[Evidence]


@dataclass(frozen=True)
class Behind:
    """A point for improvement with the conclusions from which it follows. `name` numbers it, as in the thread."""

    number: int
    name: str
    text: str
    conclusions: list[BehindConclusion]


def behind_improvements(session: Session, improvement_ids: Collection[int]) -> dict[int, Behind]:
    """Return what stands behind these points, by their id. What is not released, or was withdrawn, is not in it."""
    if not improvement_ids:
        return {}
    points = session.exec(select(Improvement).where(col(Improvement.id).in_(improvement_ids))).all()
    baselines = dict(
        session.exec(
            select(Baseline.id, Baseline.number).where(
                col(Baseline.id).in_({point.baseline_id for point in points})
            )
        ).all()
    )
    conclusions = {
        one.id: one for baseline_id in sorted(baselines) for one in list_conclusions(session, baseline_id)
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
            point_name(baselines[point.baseline_id], point.number),
            point.text,
            [
                BehindConclusion(
                    conclusions[conclusion_id].text,
                    conclusions[conclusion_id].standing,
                    [one for one in conclusions[conclusion_id].of(Stance.FOR) if one.text][:MOST_SAID],
                    [one for one in conclusions[conclusion_id].of(Stance.AGAINST) if one.text][:MOST_AGAINST],
                )
                for improvement_id, conclusion_id in links
                if improvement_id == point.id
            ],
        )
        for point in points
    }
