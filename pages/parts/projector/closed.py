"""Step 2, between the close and the reveal; before the first round; and after one that was cancelled."""

from collections.abc import Sequence

from pages.parts.projector.principles import principles_screen
from pages.parts.projector.screen import Room, Screen, render, statement_size, typed


def closed_screen(room: Room, *, texts: Sequence[str]) -> Screen:
    """Return the closed round: how many voted, and that the outcome is coming. Nothing of the outcome."""
    _ = room.gettext
    closed = _("The round is closed.")
    counted = room.ngettext("{count} person has voted.", "{count} people have voted.", room.voted).format(
        count=room.voted
    )
    only = texts[0] if len(texts) == 1 else ""
    return render(
        "closed.html",
        room,
        announce=f"{closed} {counted}",
        text=typed(only),
        size=statement_size(only),
        title=room.ngettext("{count} text", "{count} texts", len(texts)).format(count=len(texts)),
        closed=closed,
        follow_on=_("Every vote we received counts. The outcome is coming."),
        counted=counted,
    )


def before_voting_screen(room: Room, *, texts: Sequence[str] = ()) -> Screen:
    """Return the vote step before a round was opened: the texts that will be voted on, as far as they are worded."""
    _ = room.gettext
    title = _("Now we are going to vote")
    if texts:
        return principles_screen(room, title=title, texts=texts)
    return render(
        "message.html",
        room,
        announce=title,
        title=title,
        icon_name="how_to_vote",
        sentence=_("Keep your phone at hand. The first question comes soon."),
    )


def cancelled_screen(room: Room) -> Screen:
    """Return the vote step after a round that was cancelled: nothing of it is shown, nor what it asked."""
    _ = room.gettext
    title = _("This round was cancelled")
    return render(
        "message.html",
        room,
        announce=title,
        title=title,
        icon_name="how_to_vote",
        sentence=_("No vote in it counts. The next question comes soon."),
    )
