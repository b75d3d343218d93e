"""Names that came from phones: they wait for a facilitator's tap before the room reads them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from models.agreeing.likeness_of_names import resembles
from models.agreeing.ownership import ask_owner
from models.agreeing.views import AgreementView
from models.basics.clock import now
from models.basics.errors import NotFound
from models.basics.words import PartnerKind
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.tables import Agreement, AgreementSupporter, Partner


@dataclass(frozen=True)
class WaitingName:
    """A name that the room does not read yet: of a resident who is a partner, or of who offered help.

    `agreements` are the numbers of what this person carries or helps with; `looks_like` is the partner for which the
    name may be taken.
    """

    name: str
    partner_id: int | None
    supporter_id: int | None
    agreements: list[int]
    looks_like: str | None


def waiting_among(partners: Sequence[Partner], agreements: Sequence[AgreementView]) -> list[WaitingName]:
    """Return the names that wait, in the order in which they came, owners first: of all partners and agreements."""
    known = [partner.name for partner in partners if partner.kind != PartnerKind.RESIDENT]
    standing = [agreement for agreement in agreements if agreement.is_open]
    carried: dict[int, list[int]] = defaultdict(list)
    for agreement in standing:
        if agreement.owner is not None:
            carried[agreement.owner.id].append(agreement.number)
    for agreement in standing:
        for partner_id in agreement.supporter_ids:
            carried[partner_id].append(agreement.number)
    waiting = [
        WaitingName(partner.name, partner.id, None, carried[partner.id], resembles(partner.name, known))
        for partner in partners
        # Who was refused carries nothing any more, and asks for nothing.
        if partner.shown_at is None and carried[partner.id]
    ]
    offers = sorted(
        (helper.supporter_id, helper.name, agreement.number)
        for agreement in standing
        for helper in agreement.helpers
        if helper.supporter_id is not None and not helper.is_shown
    )
    return waiting + [
        WaitingName(name, None, supporter_id, [number], resembles(name, known))
        for supporter_id, name, number in offers
    ]


def show_names(
    session: Session, *, who: str, alliance_id: int, partner_ids: list[int], supporter_ids: list[int]
) -> None:
    """Let names through to the projector and the phones."""
    for partner_id in partner_ids:
        partner = session.get(Partner, partner_id)
        if partner is None or partner.alliance_id != alliance_id:
            raise NotFound("partner")
        partner.shown_at = partner.shown_at or now()
        session.add(partner)
    for supporter_id in supporter_ids:
        offer = _offer(session, alliance_id, supporter_id)
        offer.shown_at = offer.shown_at or now()
        session.add(offer)
    _note(session, who, alliance_id, "names shown")


def refuse_name(
    session: Session, *, who: str, alliance_id: int, partner_id: int | None, supporter_id: int | None
) -> None:
    """Take back what was done under a name: the agreements look for an owner again, the offer of help is gone."""
    if partner_id is not None:
        for agreement_id in session.exec(
            select(Agreement.id).where(Agreement.alliance_id == alliance_id, Agreement.owner_id == partner_id)
        ).all():
            ask_owner(session, who=who, agreement_id=agreement_id, partner_id=None)
    if supporter_id is not None:
        session.delete(_offer(session, alliance_id, supporter_id))
    _note(session, who, alliance_id, "name refused")


def _offer(session: Session, alliance_id: int, supporter_id: int) -> AgreementSupporter:
    offer = session.get(AgreementSupporter, supporter_id)
    agreement = session.get(Agreement, offer.agreement_id) if offer else None
    if offer is None or agreement is None or agreement.alliance_id != alliance_id:
        raise NotFound("agreement")
    return offer


def _note(session: Session, who: str, alliance_id: int, what: str) -> None:
    record(session, alliance_id=alliance_id, who=who, what=what)
    alliance_changed(session, alliance_id, content=True)
