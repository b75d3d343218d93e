"""How far an alliance has come, in four numbers."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, or_, select

from models.basics.words import AgreementState, PrincipleStatus, ProgressState
from models.tables import Agreement, Principle, Progress


@dataclass(frozen=True)
class Figures:
    """What stands so far: adopted principles, agreements, and of those done and overdue."""

    principles_adopted: int
    agreements: int
    done: int
    overdue: int


def read_figures(session: Session, alliance_id: int, today: date) -> Figures:
    """Return what the alliance has so far; overdue is before `today` and not done."""
    adopted = session.exec(
        select(func.count())
        .select_from(Principle)
        .where(Principle.alliance_id == alliance_id, Principle.status == PrincipleStatus.ADOPTED)
    ).one()
    latest: dict[int, str] = {}
    for agreement_id, state in session.exec(
        select(Progress.agreement_id, Progress.state)
        .join(Agreement, col(Agreement.id) == Progress.agreement_id)
        .where(Agreement.alliance_id == alliance_id)
        .order_by(col(Progress.id))
    ).all():
        latest[agreement_id] = state
    standing = session.exec(
        select(Agreement).where(
            Agreement.alliance_id == alliance_id,
            Agreement.state == AgreementState.OPEN,
            or_(col(Agreement.shown_at).is_not(None), col(Agreement.owner_id).is_not(None)),
        )
    ).all()
    done = [found.id for found in standing if latest.get(found.id) == ProgressState.DONE]
    overdue = [found for found in standing if found.due_on and found.due_on < today and found.id not in done]
    return Figures(adopted, len(standing), len(done), len(overdue))
