"""What the room of an alliance needs before it goes on from a step."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from sqlmodel import Session, col, select

from models.agreeing.views import list_agreements
from models.basics.words import AgreementState, PrincipleStatus, Step
from models.tables import Agenda, Workshop
from models.voting.principles import list_principles


class Lacks(StrEnum):
    """What a room still needs."""

    PRINCIPLE = "principle"
    AGREEMENT = "agreement"
    CLOSED_SIGNING = "closed signing"


def _has_principle(session: Session, workshop: Workshop) -> bool:
    found = list_principles(session, workshop.alliance_id)
    return any(principle.status != PrincipleStatus.LEFT_OUT for principle in found)


def _has_agreement(session: Session, workshop: Workshop) -> bool:
    found = list_agreements(session, workshop.alliance_id)
    return any(agreement.state == AgreementState.OPEN for agreement in found)


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
