"""The screens of an evening at mixed tables: each reads what it shows, and hands its template plain values."""

from exports.language import clock_time, day
from models.alliance.alliance import read_alliance
from models.basics import clock
from models.basics.words import Step
from models.encounters.ideas import by_support, list_ideas
from models.encounters.views import evening_now, tables_of_round
from models.encounters.what_it_did import read_what_it_did
from pages.parts.projector.linked import linked_screen
from pages.parts.projector.screen import Screen
from pages.parts.projector.screens_of_alliance import welcome
from pages.parts.projector.step_screen import Showing, StepScreen
from pages.parts.projector.tables import (
    BadgeSeat,
    MinutesLeft,
    Question,
    ShownIdea,
    before_tables_screen,
    ideas_screen,
    question_screen,
    tables_screen,
)


def _tables(now: Showing) -> Screen:
    """Return who sits where, or the question, as who leads chose; before the first round what comes."""
    session, room = now.session, now.room
    evening = evening_now(session, now.workshop.id)
    if not evening.round_now:
        return before_tables_screen(room, theme=evening.theme)
    if evening.shows_question and evening.question:
        zone = read_alliance(session, now.workshop.alliance_id).time_zone
        return question_screen(
            room,
            Question(evening.question, evening.card, evening.cards, evening.theme),
            number=evening.round_now,
            rounds=evening.rounds,
            left=MinutesLeft(
                evening.ends_at,
                clock.now(),
                evening.minutes,
                clock_time(evening.ends_at, room.language, zone),
            )
            if evening.ends_at
            else None,
        )
    seats = [
        BadgeSeat(person.number, table.number)
        for table in tables_of_round(session, now.workshop.id, evening.round_now)
        for person in table.people
        if not person.has_left
    ]
    return tables_screen(room, seats, number=evening.round_now, rounds=evening.rounds)


def _harvest(now: Showing) -> Screen:
    """Return what the tables take along, as far as it was let through: most support first, never by name."""
    return ideas_screen(
        now.room,
        [
            ShownIdea(idea.table, idea.text, idea.first_step, idea.support)
            for idea in by_support(list_ideas(now.session, now.workshop.id))
            if idea.is_shown
        ],
    )


def _end(now: Showing) -> Screen:
    again = now.workshop.next_meeting_on
    return linked_screen(
        now.room,
        read_what_it_did(now.session, now.workshop.id),
        next_meeting=now.room.gettext("We meet again on {day}").format(
            day=day(again, now.room.language, style="long")
        )
        if again
        else "",
    )


STEPS: dict[str, StepScreen] = {
    Step.WELCOME: welcome,
    Step.TABLES: _tables,
    Step.HARVEST: _harvest,
    Step.END: _end,
}
