"""Step 2, while a round is open: what is asked, and how many have voted. Never what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any

from markupsafe import Markup

from exports.agenda.difference import marked_difference
from exports.drawings import counter
from exports.sentences import rule_sentence, vote_question
from models.basics.words import Secrecy
from models.voting.methods.method import DotBudget
from models.voting.terms import Terms
from pages.parts.projector.screen import (
    LETTERS_IN_A_CARD,
    Room,
    Screen,
    drawing,
    letters_in,
    lines_of,
    page_of,
    render,
    statement_size,
    turned,
    typed,
)

# Up to three texts stand below each other: beside each other a third would leave a corner empty.
ROWS_OF_FULL_WIDTH = 3
# A text of so many lines leaves the counter less room.
LINES_OF_A_LONG_TEXT = 4
LETTERS_IN_A_ROW, LARGE_LETTERS_IN_A_ROW = 135, 110
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Asked:
    """What is voted on now. `position` of `items` is the one text that is shown where they are shown one by one.

    `may_vote` is how many people the round is for, also those who left after they voted; None for who is here.
    """

    texts: Sequence[str]
    position: int | None = None
    items: int = 1
    may_vote: int | None = None
    before: Sequence[str | None] = ()

    def marked(self) -> list[str | Markup]:
        """Return the texts as they are shown: where one was voted on in other words, what is gone and what is new."""
        return [
            typed(text) if before is None else Markup(marked_difference(before, text))
            for text, before in zip_longest(self.texts, self.before)
        ]

    def lengths(self) -> list[str]:
        """Return the letters that each text takes, struck ones and its own lines included, for its size."""
        return [
            text if before is None else Markup(_TAG.sub("", marked_difference(before, text))).unescape()
            for text, before in zip_longest(self.texts, self.before)
        ]


@dataclass(frozen=True)
class Timer:
    """When the facilitator's timer runs out, and the server's time now: the screen counts down by itself."""

    ends_at: datetime
    now: datetime

    @property
    def left(self) -> str:
        """Return what is left in minutes and seconds, `0:00` when it ran out."""
        seconds = max(0, -((self.now - self.ends_at) // timedelta(seconds=1)))
        return f"{seconds // 60}:{seconds % 60:02}"


def voting_screen(
    room: Room,
    asked: Asked,
    *,
    terms: Terms,
    timer: Timer | None = None,
) -> Screen:
    """Return the open round: one statement with a big counter, or a wall of statements with one counter."""
    if len(asked.texts) > 1:
        pages = page_of(asked.texts, grid_for(asked.lengths())[1], 0)[2]
        return turned(pages, lambda: _voting(room, asked, terms, timer))
    return turned(1, lambda: _voting(room, asked, terms, timer))


def _voting(room: Room, asked: Asked, terms: Terms, timer: Timer | None) -> Screen:
    question = vote_question(terms.method, room.language)
    may_vote = room.people if asked.may_vote is None else asked.may_vote
    shared: dict[str, Any] = {
        "of_people": room.ngettext(
            "of {people} person has voted", "of {people} people have voted", may_vote
        ).format(people=may_vote),
        "may_vote": may_vote,
        "rule": rule_words(room, terms),
        "timer": _timer(room, timer),
        "changed": room.gettext("Struck through is gone, underlined is new.") if any(asked.before) else "",
    }
    if len(asked.texts) == 1:
        (text,), (shown_text,), (letters,) = asked.texts, asked.marked(), asked.lengths()
        kick = question
        if asked.position is not None:
            kick = room.gettext("{question} Text {position} of {items}.").format(
                question=question, position=asked.position, items=asked.items
            )
        return render(
            "voting.html",
            room,
            announce=room.gettext("We vote on: {text}").format(text=text),
            kick=kick,
            text=shown_text,
            size=statement_size(letters),
            is_low=lines_of(letters, statement_size(letters)) + any(asked.before) >= LINES_OF_A_LONG_TEXT,
            counter=drawing(counter(room.voted, may_vote)),
            **shared,
        )
    grid, size = grid_for(asked.lengths())
    numbered = [{"place": place, "text": text} for place, text in enumerate(asked.marked(), start=1)]
    shown, page, pages = page_of(numbered, size, room.page)
    return render(
        "voting_several.html",
        room,
        announce=question,
        is_sheet=True,
        page=page,
        pages=pages,
        title=question,
        grid=grid,
        items=shown,
        **shared,
    )


def grid_for(texts: Sequence[str]) -> tuple[str, int]:
    """Return how a wall of statements is laid out so that none is cut: its name, and how many fit on a page."""
    longest = max(letters_in(text, LETTERS_IN_A_CARD) for text in texts)
    if len(texts) <= ROWS_OF_FULL_WIDTH and longest <= LETTERS_IN_A_ROW:
        return ("rows large" if longest <= LARGE_LETTERS_IN_A_ROW else "rows"), ROWS_OF_FULL_WIDTH
    if longest <= 90:
        return "six", 6
    if longest <= 150:
        return "four", 4
    return ("two large", 2) if longest <= 200 else ("two", 2)


def rule_words(room: Room, terms: Terms) -> list[tuple[str, str]]:
    """Return what was fixed before the round opened, as icon and words."""
    _ = room.gettext
    words = [
        ("visibility_off", _("Anonymous"))
        if terms.secrecy == Secrecy.ANONYMOUS
        else ("visibility", _("With your name"))
    ]
    if terms.budget is not None:
        words.append(("how_to_vote", _budget_words(room, terms.budget)))
    rule = rule_sentence(terms.method, terms.rule, room.language)
    return [*words, ("undo", _("You may change it")), ("balance", rule)]


def _budget_words(room: Room, budget: DotBudget) -> str:
    said = room.ngettext("{count} dot for everyone", "{count} dots for everyone", budget.dots).format(
        count=budget.dots
    )
    if budget.can_stack or budget.dots == 1:
        return said
    return room.gettext("{dots}, one on a text").format(dots=said)


def _timer(room: Room, timer: Timer | None) -> dict[str, object] | None:
    """Return what the screen's script counts down with, in milliseconds, and what it says first and last."""
    if timer is None:
        return None
    over = room.gettext("The time is up")
    return {
        "ends": round(timer.ends_at.timestamp() * 1000),
        "now": round(timer.now.timestamp() * 1000),
        "over": over,
        "shown": timer.left if timer.ends_at > timer.now else over,
        "is_over": timer.ends_at <= timer.now,
        "label": room.gettext("Time left"),
    }
