"""Step 0: how to join, and how many have."""

from collections.abc import Sequence
from datetime import date

from exports.drawings import qr_svg
from exports.language import day
from exports.sentences import row_label, step_question
from models.workshop.programme import programme
from pages.parts.projector.screen import Room, Screen, bold, code_size, drawing, qr_label, render, turned

GROUPS_IN_WORDS = 8


def welcome_screen(
    room: Room, *, venue: str, held_on: date, groups: Sequence[tuple[str, int]], without_group: int
) -> Screen:
    """Return the welcome: QR, address, code, people per group. `groups` holds name and count, in their order."""
    ngettext = room.ngettext
    when = day(held_on, room.language)
    counted = [(name, count) for name, count in groups if count]
    if without_group and counted:
        counted.append((row_label("none", None, room.language), without_group))
    here = bold(
        ngettext("{count} person is here already", "{count} people are here already", room.people),
        count=room.people,
    )
    title = step_question(room.block, programme(room.block).first, room.language)
    return turned(
        1,
        lambda: render(
            "welcome.html",
            room,
            announce=title,
            kick=" · ".join(part for part in (room.alliance, f"{venue}, {when}" if venue else when) if part),
            title=title,
            qr=drawing(qr_svg(room.join_url, label=qr_label(room))) if room.join_url else "",
            how=room.gettext("Scan the code. Or go to")
            if room.join_url
            else room.gettext(
                "Joining with a phone is possible as soon as the facilitator has chosen the address."
            ),
            and_type=room.gettext("and type") if room.join_url else room.gettext("The code of this meeting"),
            size=code_size(room.code) // 10 * 10,
            here=here,
            groups=" · ".join(
                f"{name}\N{NO-BREAK SPACE}{count}" for name, count in counted[:GROUPS_IN_WORDS]
            ),
        ),
    )
