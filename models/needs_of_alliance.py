"""What the room of an alliance needs before it goes on from a step."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.basics.words import AgreementState, PrincipleStatus, Step
from models.tables import Agenda, Agreement, Principle, Workshop


class Lacks(StrEnum):
    """What a room still needs."""

    PRINCIPLE = "principle"
    AGREEMENT = "agreement"
    CLOSED_SIGNING = "closed signing"


def _has_principle(session: Session, workshop: Workshop) -> bool:
    return _is_there(
        session,
        select(Principle.id).where(
            Principle.alliance_id == workshop.alliance_id, Principle.status != PrincipleStatus.LEFT_OUT
        ),
    )


def _has_agreement(session: Session, workshop: Workshop) -> bool:
    return _is_there(
        session,
        select(Agreement.id).where(
            Agreement.alliance_id == workshop.alliance_id, Agreement.state == AgreementState.OPEN
        ),
    )


def _is_there(session: Session, asked: SelectOfScalar[int]) -> bool:
    return session.exec(asked.limit(1)).first() is not None


def _has_closed_signing(session: Session, workshop: Workshop) -> bool:
    newest = session.exec(
        select(Agenda.closed_at).where(Agenda.workshop_id == workshop.id).order_by(col(Agenda.id).desc())
    ).first()
    return newest is not None


NEEDS: Mapping[str, tuple[Lacks, Callable[[Session, Workshop], bool]]] = {
    Step.DRAFT: (Lacks.PRINCIPLE, _has_principle),
    Step.AGREE: (Lacks.AGREEMENT, _has_agreement),
    Step.SIGN: (Lacks.CLOSED_SIGNING, _has_closed_signing),
    Step.AGENDA: (Lacks.CLOSED_SIGNING, _has_closed_signing),
}
