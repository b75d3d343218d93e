"""Undoing that a link was withdrawn: the very link that people have works again, and the one made instead does not.

As long as no other one was made since: whoever sent that one counts on it.
"""

from sqlmodel import Session

from models.basics.words import Hindrance, WorkshopState
from models.storage.changes import alliance_changed, page_changed
from models.tables import Agenda, Partner, Workshop
from models.undoing.way import Kept, Way


def _partner_hinders(session: Session, kept: Kept) -> Hindrance | None:
    partner = session.get(Partner, kept["partner"])
    if partner is None:
        return Hindrance.CHANGED
    return None if partner.serial == kept["new"] else Hindrance.LINK_FOLLOWED


def _partner_again(session: Session, kept: Kept) -> int:
    partner = session.get_one(Partner, kept["partner"])
    partner.serial, partner.token_hash = kept["serial"], kept["token_hash"]
    session.add(partner)
    alliance_changed(session, partner.alliance_id)
    return 0


def _projector_hinders(session: Session, kept: Kept) -> Hindrance | None:
    workshop = session.get_one(Workshop, kept["workshop"])
    if workshop.projector_serial != kept["new"]:
        return Hindrance.LINK_FOLLOWED
    return Hindrance.OVER if workshop.state == WorkshopState.OVER else None


def _projector_again(session: Session, kept: Kept) -> int:
    workshop = session.get_one(Workshop, kept["workshop"])
    workshop.projector_serial, workshop.projector_token_hash = kept["serial"], kept["token_hash"]
    return _stored(session, workshop)


def _hosts_hinder(session: Session, kept: Kept) -> Hindrance | None:
    workshop = session.get_one(Workshop, kept["workshop"])
    if workshop.table_host_token_hash or workshop.table_host_serial != kept["serial"]:
        return Hindrance.LINK_FOLLOWED
    return Hindrance.OVER if workshop.state == WorkshopState.OVER else None


def _hosts_again(session: Session, kept: Kept) -> int:
    workshop = session.get_one(Workshop, kept["workshop"])
    workshop.table_host_token_hash = kept["token_hash"]
    return _stored(session, workshop)


def _public_hinders(session: Session, kept: Kept) -> Hindrance | None:
    agenda = session.get_one(Agenda, kept["agenda"])
    return None if agenda.public_serial == kept["new"] else Hindrance.LINK_FOLLOWED


def _public_again(session: Session, kept: Kept) -> int:
    agenda = session.get_one(Agenda, kept["agenda"])
    agenda.public_serial, agenda.public_token_hash = kept["serial"], kept["token_hash"]
    session.add(agenda)
    alliance_changed(session, agenda.alliance_id, content=True)
    return 0


def _stored(session: Session, workshop: Workshop) -> int:
    session.add(workshop)
    page_changed(session, workshop.id)
    return 0


_FOLLOWED = Hindrance.LINK_FOLLOWED
PARTNERS = Way(_partner_hinders, _partner_again, locks=((Partner, "partner"),), followed=_FOLLOWED)
PROJECTORS = Way(_projector_hinders, _projector_again, locks=((Workshop, "workshop"),), followed=_FOLLOWED)
TABLE_HOSTS = Way(_hosts_hinder, _hosts_again, locks=((Workshop, "workshop"),), followed=_FOLLOWED)
PUBLIC_COPYS = Way(_public_hinders, _public_again, locks=((Agenda, "agenda"),), followed=_FOLLOWED)
