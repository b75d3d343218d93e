"""An evening at mixed tables: who sits where by the number on the badge, the question, and what the evening did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from exports.drawings.tables import table_strip
from exports.sentences.tables import round_name, table_name
from pages.parts.projector.cards import wall_for, walls_of
from pages.parts.projector.screen import Room, Screen, bold, drawing, page_of, render, turned, typed

# Ten in a row, so that badge 34 is the fourth of the fourth row.
IN_A_ROW, ON_A_PAGE = 10, 60


@dataclass(frozen=True)
class BadgeSeat:
    """The number on a badge, and the table of who bears it; None for who has none."""

    badge: int
    table: int | None


@dataclass(frozen=True)
class Question:
    """A question card: `text` is card `card` of `cards`."""

    text: str
    card: int
    cards: int
    theme: str


@dataclass(frozen=True)
class ShownIdea:
    """An idea of a table that was let through; `support` is how many support it."""

    table: int
    text: str
    first_step: str
    support: int = 0


def before_tables_screen(room: Room, *, theme: str) -> Screen:
    """Return what the room reads before the first round."""
    title = room.gettext("In a moment you see here at which table you sit.")
    return turned(
        1,
        lambda: render(
            "evening.html", room, announce=title, title=title, big="", words=[typed(theme)] if theme else []
        ),
    )


def tables_screen(room: Room, seats: Sequence[BadgeSeat], *, number: int, rounds: int) -> Screen:
    """Return who sits where in a round, by badge; the page that the facilitator turned to.

    Rows are whole tens from badge 1 on, so that one knows where to look: a number that nobody bears stays an empty
    place.
    """
    by_badge = {seat.badge: seat.table for seat in seats}
    places = list(range(1, -(-max(by_badge, default=1) // IN_A_ROW) * IN_A_ROW + 1))
    shown, page, pages = page_of(places, ON_A_PAGE, room.page)
    title = room.gettext("Find your badge. Your table stands beside it.")

    def strip(table: int) -> str:
        return drawing(table_strip(table, label=table_name(table, room.language)))

    return turned(
        pages,
        lambda: render(
            "tables.html",
            room,
            announce=title,
            is_sheet=True,
            page=page,
            pages=pages,
            title=title,
            kick=_which_round(room, number, rounds),
            seats=[
                {"badge": badge, "table": table, "strip": strip(table) if table else ""}
                for badge in shown
                for table in [by_badge.get(badge)]
            ],
        ),
    )


@dataclass(frozen=True)
class MinutesLeft:
    """When a round ends and how many minutes it takes, the server's time now, and the end as people read it."""

    ends_at: datetime
    now: datetime
    minutes: int
    told: str

    def values(self, room: Room) -> dict[str, object]:
        """Return what the template counts down with, in whole minutes; the words are those of this moment."""
        _ = room.gettext
        left = max(0, -((self.now - self.ends_at) // timedelta(minutes=1)))
        words = {
            "many": _("{n} minutes left"),
            "last": _("Less than a minute left"),
            "over": _("The time is up"),
        }
        shown = words["many"].replace("{n}", str(left)) if left > 1 else words["last" if left else "over"]
        return {
            **words,
            "ends": round(self.ends_at.timestamp() * 1000),
            "now": round(self.now.timestamp() * 1000),
            "shown": shown,
            "blocks": [place < left for place in range(max(left, self.minutes))],
            "until": _("Until {time}").format(time=self.told),
        }


def question_screen(
    room: Room, question: Question, *, number: int, rounds: int, left: MinutesLeft | None
) -> Screen:
    """Return the question that the tables talk about, and how long they still have, in whole minutes."""
    _ = room.gettext
    length = len(question.text)
    return turned(
        1,
        lambda: render(
            "question.html",
            room,
            announce=question.text,
            question=typed(question.text),
            size=136 if length <= 60 else 104 if length <= 110 else 80,
            kick=f"{_which_round(room, number, rounds)} · {round_name(number, room.language)}",
            card=_("Card {number} of {count}").format(number=question.card, count=question.cards),
            left=left.values(room) if left else None,
            advice=_("Take turns. Skipping is always fine."),
        ),
    )


def ideas_screen(room: Room, ideas: Sequence[ShownIdea]) -> Screen:
    """Return the ideas of the page that the facilitator turned to, each whole, with its table's sign."""
    _ = room.gettext
    title = _("What our tables take along")
    steps = [
        _("First step: {step}").format(step=idea.first_step) if idea.first_step else "" for idea in ideas
    ]
    whole = list(zip(ideas, steps, strict=True))
    walls = walls_of(whole, [f"{idea.text}\n{step}" for idea, step in whole])
    page = min(max(room.page, 0), len(walls) - 1)
    return turned(
        len(walls),
        lambda: render(
            "ideas.html",
            room,
            announce=title,
            is_sheet=True,
            page=page,
            pages=len(walls),
            title=title,
            empty=_("Each table takes one thing along. Send it with one phone."),
            wall=wall_for([f"{idea.text}\n{step}" for idea, step in walls[page]]) if whole else None,
            cards=[
                {
                    "table": idea.table,
                    "strip": drawing(table_strip(idea.table, label=table_name(idea.table, room.language))),
                    "text": typed(idea.text),
                    "step": typed(step),
                    "support": bold(
                        room.ngettext("{count} supports this", "{count} support this", idea.support),
                        count=idea.support,
                    )
                    if idea.support
                    else "",
                }
                for idea, step in walls[page]
            ],
        ),
    )


def _which_round(room: Room, number: int, rounds: int) -> str:
    return room.gettext("Round {number} of {count}").format(number=number, count=rounds)
