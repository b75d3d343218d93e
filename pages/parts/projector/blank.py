"""The screen while the facilitator wants the room to look at each other: nothing that anybody wrote."""

from exports.drawings import mark_svg
from pages.parts.projector.screen import Room, Screen, drawing, render


def blank_screen(room: Room) -> Screen:
    """Return the calm screen: the mark, one sentence, and the code in the foot for who comes in late."""
    return render(
        "blank.html",
        room,
        announce=room.gettext("The screen is blank for a moment"),
        is_sheet=True,
        large_mark=drawing(mark_svg()),
        sentence=room.gettext("For a moment we look at each other. Your phone keeps working."),
    )
