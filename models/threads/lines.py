"""How much of what was said came into what stands: proposals into principles, principles into agreements."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from models.basics.words import AgreementState, PrincipleStatus
from models.tables import Agreement, AgreementPrinciple, Principle, Proposal, Workshop


@dataclass(frozen=True)
class Lines:
    """Counts of an alliance: `used` proposals stand in `principles`, of which `practised` stand in `agreements`."""

    proposals: int
    used: int
    principles: int
    practised: int
    agreements: int


def read_lines(session: Session, alliance_id: int) -> Lines:
    """Return how much came from what, without what was withdrawn, left out or dropped."""
    proposals, used = session.exec(
        select(func.count(), func.count(col(Principle.id)))
        .select_from(Proposal)
        .join(Workshop, col(Workshop.id) == Proposal.workshop_id)
        .join(
            Principle,
            (col(Principle.id) == Proposal.merged_into) & (col(Principle.status) != PrincipleStatus.LEFT_OUT),
            isouter=True,
        )
        .where(Workshop.alliance_id == alliance_id, col(Proposal.withdrawn_at).is_(None))
    ).one()
    principles = session.exec(
        select(func.count())
        .select_from(Principle)
        .where(Principle.alliance_id == alliance_id, Principle.status != PrincipleStatus.LEFT_OUT)
    ).one()
    agreements = session.exec(
        select(func.count())
        .select_from(Agreement)
        .where(Agreement.alliance_id == alliance_id, Agreement.state == AgreementState.OPEN)
    ).one()
    practised = session.exec(
        select(func.count(func.distinct(col(AgreementPrinciple.principle_id))))
        .join(Agreement, col(Agreement.id) == AgreementPrinciple.agreement_id)
        .join(Principle, col(Principle.id) == AgreementPrinciple.principle_id)
        .where(
            Agreement.alliance_id == alliance_id,
            Agreement.state == AgreementState.OPEN,
            Principle.status != PrincipleStatus.LEFT_OUT,
        )
    ).one()
    return Lines(proposals, used, principles, practised, agreements)
