"""What a start with another server key means: which links cannot be shown again, which open rounds cannot go on."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.alliance.partner import partner_token
from models.basics.keys import token_hash
from models.basics.words import Secrecy
from models.signing.agenda import public_copy_token
from models.tables import Agenda, Alliance, Partner, Round, RoundSecret, Workshop
from models.voting.ballot import is_key_lost
from models.workshop.workshop import projector_token


@dataclass(frozen=True)
class AnotherKey:
    """`has_changed`: links were made with another key. `rounds`: alliance, code and number of those that are stuck."""

    has_changed: bool
    rounds: list[tuple[str, str, int]]


def another_key(session: Session) -> AnotherKey:
    """Return whether what the database holds was made with another key than that of now."""
    partner = session.exec(select(Partner).order_by(col(Partner.id)).limit(1)).first()
    workshop = session.exec(select(Workshop).order_by(col(Workshop.id)).limit(1)).first()
    agenda = session.exec(select(Agenda).order_by(col(Agenda.id)).limit(1)).first()
    has_changed = (
        (partner is not None and not link_can_be_shown(partner))
        or (workshop is not None and not projector_link_can_be_shown(workshop))
        or (agenda is not None and token_hash(public_copy_token(agenda)) != agenda.public_token_hash)
    )
    stuck = [
        (alliance, code, number)
        for alliance, code, number, sealed in session.exec(
            select(Alliance.name, Workshop.code, Round.number, RoundSecret.sealed)
            .join(Workshop, col(Workshop.alliance_id) == Alliance.id)
            .join(Round, col(Round.workshop_id) == Workshop.id)
            .join(RoundSecret, col(RoundSecret.round_id) == Round.id)
            .where(col(Round.closed_at).is_(None), Round.secrecy == Secrecy.ANONYMOUS)
            .order_by(col(Round.id))
        ).all()
        if is_key_lost(Secrecy.ANONYMOUS, sealed)
    ]
    return AnotherKey(has_changed or bool(stuck), stuck)


def link_can_be_shown(partner: Partner) -> bool:
    """Return whether the link that we would show opens this partner's page: not after a start with another key.

    The link that was given out before still opens it.
    """
    return token_hash(partner_token(partner)) == partner.token_hash


def projector_link_can_be_shown(workshop: Workshop) -> bool:
    """Return the same for a workshop's projector."""
    return token_hash(projector_token(workshop)) == workshop.projector_token_hash
