"""Which screen stands on the projector now: reads the room, picks the screen, hands it plain values."""

from sqlmodel import Session

from models.alliance.alliance import read_alliance
from models.basics.words import (
    WorkshopState,
)
from models.installation.address import (
    join_url,
    public_address,
    reaches_phones,
    short_address,
)
from models.room_state import read_state
from models.storage.state import RoomState
from models.workshop.programme import programme
from models.workshop.workshop import read_workshop
from pages.parts.projector.blank import blank_screen
from pages.parts.projector.screen import Room, Screen
from pages.parts.projector.screens import SCREENS
from pages.parts.projector.step_screen import Newcomers, Showing

STATE_KEYS = ("revision", "step", "state", "round", "phase", "content")


def screen_now(
    session: Session,
    workshop_id: int,
    *,
    own_address: str,
    language: str,
    newcomers: Newcomers = lambda _wall, _ids: frozenset(),
    is_last: bool = False,
) -> Screen:
    """Return what stands on the projector of a workshop now.

    `own_address` is where this page was reached, used while no public address was chosen, where phones can use it;
    `language` is `nl` or `en`. `is_last`: nothing comes after it, since the link ended with the meeting. Raises
    `NotFound`.
    """
    # The state first: a screen that bears a state is never older than that, or it would stand until the next news.
    state = read_state(session, workshop_id) or RoomState()
    workshop = read_workshop(session, workshop_id)
    alliance = read_alliance(session, workshop.alliance_id)
    address = public_address(session) or own_address
    # Where nobody chose an address yet, none is better than one that leads each phone to itself.
    is_reached = reaches_phones(address)
    room = Room(
        language=language,
        block=workshop.block,
        alliance=alliance.name,
        code=workshop.code,
        address=short_address(address) if is_reached else "",
        join_url=join_url(address, workshop.code) if is_reached else "",
        accent=alliance.accent,
        is_dark=workshop.is_projector_dark,
        page=workshop.wall_page,
        state="" if is_last else "|".join(str(state[key]) for key in STATE_KEYS),
        phase=state["phase"],
        people=state["people"],
        voted=state["voted"],
        is_over=workshop.state == WorkshopState.OVER,
    )
    if workshop.is_projector_blank and not is_last:
        return blank_screen(room)
    block = programme(workshop.block)
    step = block.when_over(workshop.step) if room.is_over else workshop.step
    if is_last:
        step = block.ending
    return SCREENS.of(block.name, step)(Showing(session, room, workshop, address, newcomers))
