"""What became of it, told in the room: one agreement at a time stands on the projector, let through by who leads."""

from sqlmodel import Session, select

from models.basics.errors import NotFound
from models.basics.words import AgreementState
from models.storage.changes import page_changed
from models.tables import Agreement
from models.workshop.workshop import read_workshop


def show_agreement_alone(session: Session, *, who: str, workshop_id: int, number: int | None) -> None:
    """Let one agreement through to the projector, with its owner's own words; None shows all of them again.

    Raises `NotFound` for an agreement that the alliance does not have, or dropped.
    """
    workshop = read_workshop(session, workshop_id)
    if number is not None:
        found = session.exec(
            select(Agreement.id).where(
                Agreement.alliance_id == workshop.alliance_id,
                Agreement.number == number,
                Agreement.state == AgreementState.OPEN,
            )
        ).first()
        if found is None:
            raise NotFound("agreement")
    workshop.agreement_on_screen = number
    workshop.wall_page = 0
    session.add(workshop)
    page_changed(session, workshop_id)
