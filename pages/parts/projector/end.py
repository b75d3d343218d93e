"""Step 5, and the end: thanks, where the document is, the first steps, and when we meet again."""

from datetime import date

from exports.drawings import qr_svg
from exports.language import day
from pages.parts.projector.control_words import NO_WORDS, ControlWords, shown_words
from pages.parts.projector.screen import Room, Screen, bold, drawing, render, turned


def end_screen(
    room: Room,
    *,
    principles: int,
    agreements: int,
    without_owner: int,
    signatures: int,
    document_url: str | None,
    first_steps: int,
    next_meeting_on: date | None,
    control_words: ControlWords = NO_WORDS,
) -> Screen:
    """Return the last screen. `document_url` leads to the public copy, once signing is closed."""
    _, ngettext = room.gettext, room.ngettext
    title = _("Thank you")
    results = [ngettext("{count} principle.", "{count} principles.", principles).format(count=principles)]
    if agreements and not without_owner:
        results.append(
            ngettext(
                "{count} agreement, with an owner.", "{count} agreements, each with an owner.", agreements
            ).format(count=agreements)
        )
    else:
        results.append(
            ngettext("{count} agreement.", "{count} agreements.", agreements).format(count=agreements)
        )
    if signatures:
        results.append(
            ngettext("{count} signature.", "{count} signatures.", signatures).format(count=signatures)
        )
    facts: list[tuple[str, str]] = []
    if first_steps:
        facts.append(
            (
                "handshake",
                bold(
                    ngettext(
                        "{count} person wrote a first step", "{count} people wrote a first step", first_steps
                    ),
                    count=first_steps,
                ),
            )
        )
    if next_meeting_on:
        facts.append(
            (
                "event",
                _("We meet again on {day}").format(day=day(next_meeting_on, room.language, style="long")),
            )
        )
    return turned(
        1,
        lambda: render(
            "end.html",
            room,
            announce=title,
            title=title,
            results=results,
            fetch=_("Get the alliance agenda with this code, as a Word document.")
            if document_url
            else _("The alliance agenda follows when signing is closed."),
            facts=facts,
            words=shown_words(room, control_words),
            qr=drawing(qr_svg(document_url, label=_("QR code: get the alliance agenda")))
            if document_url
            else "",
        ),
    )
