"""Step 2, while a round is open: what is asked, and how many have voted. Never what."""

from collections.abc import Sequence

from exports.drawings import counter
from exports.sentences import step_question
from models.words import RuleKind, Secrecy, Step
from pages.parts.projector.screen import Room, Screen, drawing, page_of, render, statement_size, typed

# Up to three texts stand below each other: beside each other a third would leave a corner empty.
ROWS_OF_FULL_WIDTH = 3
LETTERS_IN_A_ROW, LARGE_LETTERS_IN_A_ROW = 135, 110


def voting_screen(
    room: Room, *, texts: Sequence[str], rule: str, share: int | None, quorum: int | None, secrecy: str
) -> Screen:
    """Return the open round: one statement with a big counter, or a wall of statements with one counter."""
    rules = rule_words(room, rule=rule, share=share, quorum=quorum, secrecy=secrecy)
    of_people = room.ngettext(
        "of {people} person has voted", "of {people} people have voted", room.people
    ).format(people=room.people)
    if len(texts) == 1:
        return render(
            "voting.html",
            room,
            announce=room.gettext("We vote on: {text}").format(text=texts[0]),
            text=typed(texts[0]),
            size=statement_size(texts[0]),
            of_people=of_people,
            counter=drawing(counter(room.voted, room.people)),
            rule=rules,
        )
    grid, size = grid_for(texts)
    numbered = [{"place": place, "text": typed(text)} for place, text in enumerate(texts, start=1)]
    shown, page, pages = page_of(numbered, size, room.page)
    title = step_question(Step.VOTE, room.language)
    return render(
        "voting_several.html",
        room,
        announce=title,
        is_sheet=True,
        page=page,
        pages=pages,
        title=title,
        of_people=of_people,
        grid=grid,
        items=shown,
        rule=rules,
    )


def grid_for(texts: Sequence[str]) -> tuple[str, int]:
    """Return how a wall of statements is laid out so that none is cut: its name, and how many fit on a page."""
    longest = max(len(text) for text in texts)
    if len(texts) <= ROWS_OF_FULL_WIDTH and longest <= LETTERS_IN_A_ROW:
        return ("rows large" if longest <= LARGE_LETTERS_IN_A_ROW else "rows"), ROWS_OF_FULL_WIDTH
    if longest <= 90:
        return "six", 6
    if longest <= 150:
        return "four", 4
    return ("two large", 2) if longest <= 230 else ("two", 2)


def rule_words(
    room: Room, *, rule: str, share: int | None, quorum: int | None, secrecy: str
) -> list[tuple[str, str]]:
    """Return what was fixed before the round opened, as icon and words."""
    _ = room.gettext
    words = [
        ("visibility_off", _("Anonymous"))
        if secrecy == Secrecy.ANONYMOUS
        else ("visibility", _("With your name")),
        (
            "balance",
            _("Adopted without open objections")
            if rule == RuleKind.NO_OPEN_OBJECTIONS
            else _("Adopted when {share} percent has no objection").format(share=share),
        ),
    ]
    if quorum:
        words.append(("group", _("At least {quorum} percent must vote").format(quorum=quorum)))
    return [*words, ("undo", _("You may change it"))]
