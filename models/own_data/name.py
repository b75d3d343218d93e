"""A participant's name, taken out of everything from where it may go."""

from sqlmodel import Session

from models.agreeing.ownership import take_back_help
from models.own_data.reading import named_reasons
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.tables import Contact, Participant


def forget_name(session: Session, *, participant_id: int) -> None:
    """Take a participant's name out of everything from where it may go. Harmless when repeated. Raises `NotFound`.

    They are “participant 17” from then on, also beside a reason that stood with their name. An offer of help goes by
    name, so it is taken back; how they wanted to be reached is erased, also for whom they chose and who chose them.
    What was frozen and signed stays, as does a partner's name: of those the facilitator decides together with the
    other partners.
    """
    person = existing(session, Participant, participant_id)
    named = named_reasons(session, person)
    took_back = take_back_help(session, participant_id=participant_id)
    for reason in named.values():
        reason.name = None
        session.add(reason)
    contact = session.get(Contact, participant_id)
    if contact is not None:
        # No news of it: that somebody had one shows to nobody but whom they chose and who chose them.
        session.delete(contact)
    if person.name is None and not named and not took_back:
        return
    person.name = None
    session.add(person)
    # A room reads names beside reasons only; for the rest one page is changed, and a thousand phones need not ask.
    page_changed(session, person.workshop_id, content=bool(named))
