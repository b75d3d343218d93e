"""A meeting: its steps, its door, its projector."""

from datetime import date

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.codes import join_code
from models.basics.errors import InvalidValue, NotFound, RoundStillOpen
from models.basics.keys import personal_token, token_hash
from models.basics.text import LINE_LIMIT, one_line
from models.basics.words import Door, WorkshopState
from models.storage.chain import record
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.storage.undoable import keep_for_undo, note_again
from models.tables import ContactWish, Round, Workshop
from models.workshop.programme import programme

HEADS_LIMIT = 100_000

# Written once: a room joins all at once, and composing a question costs as much as asking it.
_BY_CODE = select(Workshop).where(col(Workshop.code) == bindparam("code"))
_OPEN_ROUND = select(Round).where(
    col(Round.workshop_id) == bindparam("workshop"), col(Round.closed_at).is_(None)
)


def find_workshop(session: Session, code: str) -> Workshop | None:
    """Return the workshop with a join code, however it was typed or pasted, or None."""
    return session.exec(_BY_CODE, params={"code": join_code(code)}).first()


def read_workshop(session: Session, workshop_id: int) -> Workshop:
    """Return a workshop. Raises `NotFound`."""
    return existing(session, Workshop, workshop_id)


def workshop_with(session: Session, code: str) -> Workshop:
    """Return the workshop with a join code. Raises `NotFound`."""
    found = find_workshop(session, code)
    if found is None:
        raise NotFound("workshop")
    return found


def open_round_of(session: Session, workshop_id: int) -> Round | None:
    """Return the round that takes votes now, or None."""
    return session.exec(_OPEN_ROUND, params={"workshop": workshop_id}).first()


def change_workshop(
    session: Session,
    *,
    who: str,
    workshop_id: int,
    venue: str,
    held_on: date,
    next_meeting_on: date | None,
    needs_personal_code: bool,
) -> None:
    """Change where and when a workshop is, and whether one needs a personal code to join."""
    workshop = read_workshop(session, workshop_id)
    workshop.venue = one_line(venue, field="venue", limit=LINE_LIMIT, is_required=False)
    workshop.held_on = held_on
    workshop.next_meeting_on = next_meeting_on
    workshop.needs_personal_code = needs_personal_code
    _store(session, workshop, who, "workshop changed", content=True)


def take_room_to(session: Session, *, who: str, workshop_id: int, step: str) -> None:
    """Take the room, its phones and its projector, to a step; a prepared or ended workshop opens by it.

    Raises `InvalidValue` when the workshop's block has no such step, and `RoundStillOpen` when a round is open and the
    step is another than that of voting: close it first, or stay.
    """
    workshop = read_workshop(session, workshop_id)
    block = programme(workshop.block)
    reached = block.step(step).name
    if open_round_of(session, workshop_id) is not None and reached != block.voting_step(workshop.step):
        raise RoundStillOpen
    was_open, before = workshop.state == WorkshopState.OPEN, workshop.step
    looked_at = {
        "wall_page": workshop.wall_page,
        "agreement_on_screen": workshop.agreement_on_screen,
        "point_on_screen": workshop.point_on_screen,
    }
    workshop.step = reached
    workshop.wall_page = 0
    workshop.agreement_on_screen = workshop.point_on_screen = None
    workshop.state = WorkshopState.OPEN
    workshop.over_at = None
    event_id = _store(
        session, workshop, who, "room taken to a step", content=True, block=block.name, step=reached
    )
    about = f"step of meeting {workshop_id}"
    if was_open and before != reached:
        keep_for_undo(
            session, event_id, about, workshop=workshop_id, step=reached, before=before, **looked_at
        )
    elif was_open:
        note_again(session, about)


def end_workshop(session: Session, *, who: str, workshop_id: int) -> None:
    """End a workshop: phones show thanks, whom to call, and where the document is. Raises `RoundStillOpen`."""
    workshop = read_workshop(session, workshop_id)
    if open_round_of(session, workshop_id) is not None:
        raise RoundStillOpen
    workshop.state = WorkshopState.OVER
    workshop.over_at = now()
    # From here on people are told who chose each other: so what counted for that stays, however often it opens again.
    for wish in session.exec(
        select(ContactWish).where(
            ContactWish.workshop_id == workshop_id, col(ContactWish.revealed_at).is_(None)
        )
    ).all():
        wish.revealed_at = workshop.over_at
        session.add(wish)
    _store(session, workshop, who, "workshop ended", content=True)


def reopen_workshop(session: Session, *, who: str, workshop_id: int) -> None:
    """Open an ended workshop again, in the step it was in."""
    workshop = read_workshop(session, workshop_id)
    workshop.state = WorkshopState.OPEN
    workshop.over_at = None
    _store(session, workshop, who, "workshop opened again", content=True)


def set_door(session: Session, *, who: str, workshop_id: int, door: str) -> None:
    """Set who may come in: `open`, `asks` (the facilitator lets in) or `shut`."""
    if door not in set(Door):
        raise InvalidValue("door", door)
    workshop = read_workshop(session, workshop_id)
    workshop.door = door
    _store(session, workshop, who, "door set", door=door)


def count_heads(session: Session, *, who: str, workshop_id: int, heads: int | None) -> None:
    """Enter how many heads are in the room; None takes the count back. Raises `InvalidValue`."""
    if heads is not None and not 0 <= heads <= HEADS_LIMIT:
        raise InvalidValue("heads", heads)
    workshop = read_workshop(session, workshop_id)
    workshop.heads_counted = heads
    _store(session, workshop, who, "heads counted", heads=heads)


def turn_wall(session: Session, *, who: str, workshop_id: int, page: int) -> None:
    """Turn the wall on the projector to a page, counted from 0."""
    workshop = read_workshop(session, workshop_id)
    workshop.wall_page = max(0, page)
    session.add(workshop)
    page_changed(session, workshop_id)


def set_projector_dark(session: Session, *, who: str, workshop_id: int, is_dark: bool) -> None:
    """Show the projector dark, for a dim room, or light."""
    workshop = read_workshop(session, workshop_id)
    workshop.is_projector_dark = is_dark
    session.add(workshop)
    page_changed(session, workshop_id)


def blank_projector(session: Session, *, who: str, workshop_id: int, is_blank: bool) -> None:
    """Make the projector blank, whatever stands on it, or bring it back."""
    workshop = read_workshop(session, workshop_id)
    workshop.is_projector_blank = is_blank
    session.add(workshop)
    page_changed(session, workshop_id)


def set_lets_all_through(session: Session, *, who: str, workshop_id: int, lets_all_through: bool) -> None:
    """Let everything that is sent in appear at once, or only after one tap of the facilitator."""
    workshop = read_workshop(session, workshop_id)
    workshop.lets_all_through = lets_all_through
    _store(session, workshop, who, "letting through switched", all_at_once=lets_all_through)


def projector_token(workshop: Workshop) -> str:
    """Return the token of a workshop's read-only projector link."""
    return personal_token("projector", workshop.id, workshop.projector_serial)


def renew_projector_link(session: Session, *, who: str, workshop_id: int, serial: int | None = None) -> None:
    """Withdraw the projector's link and make a new one.

    `serial` is that of the link which one wants to withdraw: withdrawn twice, by whoever, it is withdrawn once.
    """
    workshop = existing(session, Workshop, workshop_id, lock=True)
    about = f"projector link of meeting {workshop_id}"
    if serial not in (None, workshop.projector_serial):
        note_again(session, about)
        return
    before = {"serial": workshop.projector_serial, "token_hash": workshop.projector_token_hash}
    # Never a number that was given before, also where that was taken back.
    workshop.projector_links_made += 1
    workshop.projector_serial = workshop.projector_links_made
    workshop.projector_token_hash = token_hash(projector_token(workshop))
    event_id = _store(session, workshop, who, "projector link renewed")
    keep_for_undo(session, event_id, about, workshop=workshop_id, new=workshop.projector_serial, **before)


def find_projector(session: Session, token: str | None) -> Workshop | None:
    """Return the workshop whose projector link this is, or None: unknown, withdrawn, or the workshop is over."""
    if not token:
        return None
    found = _of_projector(session, token)
    return None if found is None or found.state == WorkshopState.OVER else found


def find_projector_of_over(session: Session, token: str | None) -> Workshop | None:
    """Return the workshop that is over, whose projector link this was until then; None for every other token.

    With it a screen that hangs in a hall shows the last thing: that the meeting is over, and what comes next.
    """
    found = _of_projector(session, token) if token else None
    return found if found is not None and found.state == WorkshopState.OVER else None


def _of_projector(session: Session, token: str) -> Workshop | None:
    return session.exec(select(Workshop).where(Workshop.projector_token_hash == token_hash(token))).first()


def table_host_token(workshop: Workshop) -> str:
    """Return the token of a workshop's link for who hosts a table, as it was made last."""
    return personal_token("table host", workshop.id, workshop.table_host_serial)


def make_table_host_link(session: Session, *, who: str, workshop_id: int) -> None:
    """Make the link by which table hosts type for their table; one that was given out before ends."""
    workshop = read_workshop(session, workshop_id)
    workshop.table_host_serial += 1
    workshop.table_host_token_hash = token_hash(table_host_token(workshop))
    _store(session, workshop, who, "table host link made")


def withdraw_table_host_link(session: Session, *, who: str, workshop_id: int) -> None:
    """Withdraw the link of the table hosts, in every window that was opened by it."""
    workshop = existing(session, Workshop, workshop_id, lock=True)
    about = f"table host link of meeting {workshop_id}"
    if not workshop.table_host_token_hash:
        note_again(session, about)
        return
    before = {"serial": workshop.table_host_serial, "token_hash": workshop.table_host_token_hash}
    workshop.table_host_token_hash = ""
    event_id = _store(session, workshop, who, "table host link withdrawn")
    keep_for_undo(session, event_id, about, workshop=workshop_id, **before)


def find_table_host(session: Session, token: str | None) -> Workshop | None:
    """Return the workshop whose tables this link is for, or None: unknown, withdrawn, or the workshop is over."""
    if not token:
        return None
    found = session.exec(select(Workshop).where(Workshop.table_host_token_hash == token_hash(token))).first()
    return None if found is None or found.state == WorkshopState.OVER else found


def _store(
    session: Session, workshop: Workshop, who: str, what: str, *, content: bool = False, **details: object
) -> int:
    session.add(workshop)
    event_id = record(
        session, alliance_id=workshop.alliance_id, who=who, what=what, workshop=workshop.code, **details
    )
    page_changed(session, workshop.id, content=content)
    return event_id
