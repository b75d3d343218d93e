"""Who carries an agreement: asked by who leads, or taken on from a phone, and who helps."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.agreeing.agreement_steps import locked_agreement, partner_name, partner_of, store_agreement
from models.alliance.partner import new_partner, partner_token
from models.basics.clock import now
from models.basics.errors import InUse, NotFound, NotYours
from models.basics.text import NAME_LIMIT, one_line
from models.basics.words import AgreementState, PartnerKind
from models.tables import Agreement, AgreementOwner, AgreementSupporter, Participant, Partner
from models.workshop.participant import admitted
from models.workshop.workshop import read_workshop


@dataclass(frozen=True)
class TakenOn:
    """The partner that took an agreement on, and the token of its own page."""

    partner_id: int
    token: str


def ask_owner(session: Session, *, who: str, agreement_id: int, partner_id: int | None) -> None:
    """Ask a partner to carry an agreement, also when another carried it; None leaves it without an owner."""
    agreement = locked_agreement(session, agreement_id)
    if agreement.owner_id == partner_id:
        return
    if partner_id is None:
        _end_ownership(session, agreement)
    else:
        set_owner(
            session, agreement, partner_of(session, agreement.alliance_id, partner_id), is_accepted=False
        )
    store_agreement(session, agreement, who, "owner asked")


def accept_ownership(session: Session, *, partner_id: int, agreement_id: int) -> None:
    """Accept to carry an agreement, by the partner who was asked. Raises `NotYours`."""
    agreement = asked_agreement(session, partner_id, agreement_id)
    if agreement.owner_accepted_at is not None:
        return
    moment = now()
    agreement.owner_accepted_at = moment
    for ownership in _standing_ownership(session, agreement):
        ownership.accepted_at = moment
        session.add(ownership)
    store_agreement(session, agreement, partner_name(session, partner_id), "ownership accepted")


def decline_ownership(session: Session, *, partner_id: int, agreement_id: int) -> None:
    """Decline to carry an agreement: it looks for an owner again. Raises `NotYours`."""
    agreement = asked_agreement(session, partner_id, agreement_id)
    _end_ownership(session, agreement)
    store_agreement(session, agreement, partner_name(session, partner_id), "ownership declined")


def take_on(session: Session, *, participant_id: int, agreement_id: int, name: str = "") -> TakenOn:
    """Take an agreement on from a phone: by that tap one is the owner and has accepted.

    Who is no partner yet becomes one of kind resident, under `name`, which waits for the facilitator's tap
    (`models.agreeing.names`), unless the meeting lets all through. Raises `InUse` when another partner carries it
    already, `NotAdmitted`, `NotFound` when it is not shown, `TextMissing`.
    """
    participant = admitted(session, participant_id)
    agreement = _shown_agreement(session, participant.workshop_id, agreement_id)
    is_shown = read_workshop(session, participant.workshop_id).lets_all_through
    if participant.partner_id is None:
        if agreement.owner_id is not None and agreement.owner_accepted_at is not None:
            raise InUse
        given = one_line(name or participant.name, field="name", limit=NAME_LIMIT)
        partner = new_partner(
            session,
            alliance_id=agreement.alliance_id,
            kind=PartnerKind.RESIDENT,
            name=given,
            group_id=participant.group_id,
            is_shown=is_shown,
        )
        participant.partner_id = partner.id
        session.add(participant)
    else:
        partner = partner_of(session, agreement.alliance_id, participant.partner_id)
    if agreement.owner_id != partner.id or agreement.owner_accepted_at is None:
        if (
            agreement.owner_id is not None
            and agreement.owner_id != partner.id
            and agreement.owner_accepted_at
        ):
            raise InUse
        set_owner(session, agreement, partner, is_accepted=True)
        store_agreement(session, agreement, partner.name, "agreement taken on")
    return TakenOn(partner.id, partner_token(partner))


def offer_help(session: Session, *, participant_id: int, agreement_id: int, name: str = "") -> None:
    """Offer help with an agreement from a phone, by name. Done twice it is done once. Raises like `take_on`.

    The name of who is no partner waits like that of who takes one on.
    """
    participant = admitted(session, participant_id)
    agreement = _shown_agreement(session, participant.workshop_id, agreement_id)
    given = one_line(
        name or participant.name, field="name", limit=NAME_LIMIT, is_required=participant.partner_id is None
    )
    same = AgreementSupporter.participant_id == participant_id
    if participant.partner_id is not None:
        same = same | (AgreementSupporter.partner_id == participant.partner_id)
    if session.exec(
        select(AgreementSupporter.id).where(AgreementSupporter.agreement_id == agreement_id, same)
    ).first():
        return
    session.add(
        AgreementSupporter(
            agreement_id=agreement_id,
            partner_id=participant.partner_id,
            participant_id=participant_id if participant.partner_id is None else None,
            name=given if participant.partner_id is None else "",
            shown_at=now()
            if participant.partner_id is not None
            or read_workshop(session, participant.workshop_id).lets_all_through
            else None,
        )
    )
    # The record cannot be changed afterwards: it names who is no partner by number, so that a name can be forgotten.
    who = (
        _by_number(session, participant_id)
        if participant.partner_id is None
        else partner_name(session, participant.partner_id)
    )
    store_agreement(session, agreement, who, "help offered")


def take_back_help(session: Session, *, participant_id: int) -> bool:
    """Take back every offer of help that a participant made by name, and return whether there was one."""
    offers = session.exec(
        select(AgreementSupporter).where(AgreementSupporter.participant_id == participant_id)
    ).all()
    for offer in offers:
        agreement = locked_agreement(session, offer.agreement_id)
        session.delete(offer)
        session.flush()
        store_agreement(session, agreement, _by_number(session, participant_id), "help taken back")
    return bool(offers)


def _by_number(session: Session, participant_id: int) -> str:
    return f"#{session.get_one(Participant, participant_id).number}"


def _standing_ownership(session: Session, agreement: Agreement) -> list[AgreementOwner]:
    return list(
        session.exec(
            select(AgreementOwner).where(
                AgreementOwner.agreement_id == agreement.id, col(AgreementOwner.ended_at).is_(None)
            )
        ).all()
    )


def _end_ownership(session: Session, agreement: Agreement) -> None:
    for ownership in _standing_ownership(session, agreement):
        ownership.ended_at = now()
        session.add(ownership)
    agreement.owner_id = None
    agreement.owner_accepted_at = None
    session.add(agreement)


def set_owner(session: Session, agreement: Agreement, partner: Partner, *, is_accepted: bool) -> None:
    """Let a partner carry an agreement from now on: asked, or accepted already."""
    _end_ownership(session, agreement)
    moment = now()
    agreement.owner_id = partner.id
    agreement.owner_accepted_at = moment if is_accepted else None
    session.add(agreement)
    session.add(
        AgreementOwner(
            agreement_id=agreement.id,
            partner_id=partner.id,
            asked_at=moment,
            accepted_at=moment if is_accepted else None,
        )
    )


def _shown_agreement(session: Session, workshop_id: int, agreement_id: int) -> Agreement:
    agreement = locked_agreement(session, agreement_id)
    workshop = read_workshop(session, workshop_id)
    if (
        agreement.alliance_id != workshop.alliance_id
        or agreement.shown_at is None
        or agreement.state != AgreementState.OPEN
    ):
        raise NotFound("agreement")
    return agreement


def asked_agreement(session: Session, partner_id: int, agreement_id: int) -> Agreement:
    """Return an agreement whose owner this partner is, or was asked to be. Raises `NotYours`."""
    agreement = locked_agreement(session, agreement_id)
    if agreement.owner_id != partner_id:
        raise NotYours
    return agreement
