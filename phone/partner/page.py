"""What a partner's own page shows, read in one go."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from models.agreeing.views import AgreementView, list_agreements
from models.alliance.alliance import read_alliance
from models.alliance.partner import find_partner
from models.basics.errors import NotFound
from models.basics.words import WorkshopState
from models.joining.joining import read_phone
from models.signing.agenda import AgendaView, PartnerAnswer, read_agenda
from models.tables import Alliance, Partner
from models.workshop.meetings import WorkshopRow, list_workshops


@dataclass(frozen=True)
class PartnerPage:
    """`room` is the meeting to go to, or the last one; `standing` is this partner's answer to `agenda`."""

    partner: Partner
    alliance: Alliance
    room: WorkshopRow | None
    people: int
    has_joined: bool
    agenda: AgendaView | None
    standing: PartnerAnswer | None
    asked: list[AgreementView]
    owned: list[AgreementView]
    helped: list[AgreementView]
    dropped: list[AgreementView]

    def mark(self) -> str:
        """Return a short text that differs as soon as the page shows something else, people who come aside."""
        shown = (
            self.partner.name,
            self.partner.kind,
            self.partner.role,
            self.room and (self.room.code, self.room.state, self.room.venue, self.room.held_on),
            self.has_joined,
            self.agenda
            and (
                self.agenda.sha256,
                self.agenda.control_words,
                self.agenda.closed_at,
                self.agenda.closes_on,
            ),
            self.standing,
            *(
                (list_of, agreement.id, agreement.version, agreement.progress, agreement.supporters)
                for list_of, agreements in enumerate((self.asked, self.owned, self.helped, self.dropped))
                for agreement in agreements
            ),
        )
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]

    def agreement(self, agreement_id: int | None) -> AgreementView:
        """Return one of the agreements that this partner was asked for or carries. Raises `NotFound`."""
        for agreement in [*self.asked, *self.owned]:
            if agreement.id == agreement_id:
                return agreement
        raise NotFound("agreement")


def known_partner(session: Session, token: str) -> Partner:
    """Return the partner behind a personal link. Raises `NotFound("link")`."""
    partner = find_partner(session, token)
    if partner is None:
        raise NotFound("link")
    return partner


def read_partner_page(session: Session, token: str, phone_token: Callable[[str], str | None]) -> PartnerPage:
    """Return what the page behind a personal link shows. Raises `NotFound("link")`.

    `phone_token` gives this browser's token in the workshop with a code.
    """
    partner = known_partner(session, token)
    alliance = read_alliance(session, partner.alliance_id)
    workshops = list_workshops(session, partner.alliance_id)
    room = next((workshop for workshop in workshops if workshop.state == WorkshopState.OPEN), None)
    room = room or (workshops[0] if workshops else None)
    phone = read_phone(session, room.code, phone_token(room.code)) if room else None
    agenda = read_agenda(session, workshops[0].id) if workshops else None
    mine = [answer for answer in agenda.partners if answer.partner.id == partner.id] if agenda else []
    agreements = list_agreements(session, partner.alliance_id)
    own = [agreement for agreement in agreements if agreement.owner and agreement.owner.id == partner.id]
    standing = [agreement for agreement in own if agreement.is_open]
    return PartnerPage(
        partner=partner,
        alliance=alliance,
        room=room,
        people=phone.people if phone and room and room.state == WorkshopState.OPEN else 0,
        has_joined=phone is not None and phone.participant is not None,
        agenda=agenda,
        standing=mine[0] if mine and mine[0].answer else None,
        asked=[agreement for agreement in standing if not agreement.owner_accepted],
        owned=[agreement for agreement in standing if agreement.owner_accepted],
        helped=[
            agreement
            for agreement in agreements
            if partner.id in agreement.supporter_ids and agreement.is_open
        ],
        dropped=[agreement for agreement in own if not agreement.is_open],
    )


def read_partner_agenda(session: Session, token: str) -> AgendaView:
    """Return the newest agenda that the partner behind a link is asked to sign. Raises `NotFound`."""
    partner = known_partner(session, token)
    workshops = list_workshops(session, partner.alliance_id)
    agenda = read_agenda(session, workshops[0].id) if workshops else None
    if agenda is None:
        raise NotFound("agenda")
    return agenda
