"""What the live bar of who leads says: where the room is, who is here, whose hand is up, what the projector shows, and
the next action with its whole deed. One answer for the page that draws it and for the stream that keeps it true."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from exports.language import clock_time, translations
from exports.sentences import event_sentence, step_name, take_room_words
from models.alliance.alliance import read_alliance
from models.basics.words import Phase, WorkshopState
from models.needs_of_alliance import Lacks
from models.next_deed import Next, NextDeed, next_deed
from models.storage.chain import list_events
from models.storage.feed import count_listeners
from models.tables import Workshop
from models.undoing.undo import UNDONE
from models.voting.round_views import last_round
from models.workshop.people import ParticipantRow, list_participants, people_here, raised_hands
from models.workshop.presence import is_at_the_door
from models.workshop.programme import programme
from models.workshop.voices import most_voices
from models.workshop.workshop import read_workshop

# What another facilitator did to the room, and this one would else only see happen.
TOLD = (
    "room taken to a step",
    "round opened",
    "round closed",
    "round revealed",
    "round cancelled",
    "workshop ended",
)


def live_bar(session: Session, workshop_id: int, language: str) -> dict[str, Any]:
    """Return what the bar of a workshop says now, in a language. Raises `NotFound`."""
    workshop = read_workshop(session, workshop_id)
    deed = next_deed(session, workshop)
    hands = raised_hands(session, workshop_id)
    people = people_here(session, workshop_id)
    zone = read_alliance(session, workshop.alliance_id).time_zone
    return {
        "revision": workshop.revision,
        "meaning": deed.meaning,
        "room": workshop.step if workshop.state == WorkshopState.OPEN else None,
        "steps": _steps(workshop, language),
        "heads": workshop.heads_counted,
        "voices": people.total,
        "most_voices": None if workshop.heads_counted is None else most_voices(workshop.heads_counted),
        "hands": [
            {"id": one.id, "name": participant_name(one, language), "told": _raised(one, language, zone)}
            for one in hands
        ],
        "door": _at_the_door(session, workshop_id, language) if people.waiting else [],
        "go": {
            "kind": deed.kind.value,
            "words": _deed_words(workshop, deed, language),
            "lacks": bool(deed.lacks),
        },
        "projector": _projector(session, workshop, language),
        "acted": _acted(session, workshop, language),
    }


def participant_name(person: ParticipantRow, language: str) -> str:
    """Return the name somebody gave, else "participant 17"."""
    _ = translations(language).gettext
    return person.name or person.partner or _("participant {number}").format(number=person.number)


def _steps(workshop: Workshop, language: str) -> list[dict[str, Any]]:
    block, is_open = programme(workshop.block), workshop.state == WorkshopState.OPEN
    at = block.number(workshop.step)
    return [
        {
            "step": step.name,
            "number": block.number(step.name),
            "name": step_name(block.name, step.name, language),
            "take": take_room_words(block.name, step.name, language),
            "is_done": block.number(step.name) < at,
            "is_room": is_open and step.name == workshop.step,
        }
        for step in block.steps
    ]


def _raised(person: ParticipantRow, language: str, zone: str) -> str:
    _ = translations(language).gettext
    if person.hand_raised_at is None:
        return ""
    return _("since {time}").format(time=clock_time(person.hand_raised_at, language, zone))


def _at_the_door(session: Session, workshop_id: int, language: str) -> list[dict[str, Any]]:
    waiting: Sequence[ParticipantRow] = [
        one for one in list_participants(session, workshop_id) if is_at_the_door(one)
    ]
    return [{"id": one.id, "name": participant_name(one, language)} for one in waiting]


def _deed_words(workshop: Workshop, deed: NextDeed, language: str) -> str:
    _ = translations(language).gettext
    if deed.lacks is not None:
        return {
            Lacks.PRINCIPLE: _("First word a principle to vote on."),
            Lacks.AGREEMENT: _("First make an agreement."),
            Lacks.CLOSED_SIGNING: _("First close signing."),
        }[deed.lacks]
    if deed.kind is Next.NOTHING:
        return _("This meeting is over")
    if deed.kind is Next.GO_ON and deed.step is not None:
        return take_room_words(workshop.block, deed.step, language)
    return {
        Next.BEGIN: _("Begin the meeting"),
        Next.END: _("End the meeting"),
        Next.SHOW_TEXT: _("Go to text {number} of {count}").format(number=deed.position, count=deed.count),
        Next.CLOSE: _("Close with what there is")
        if deed.is_key_lost
        else _("Close the round and show the result"),
        Next.REVEAL: _("Show the result to the room"),
        Next.NEXT_TEXT: _("Go to text {number} of {count}").format(number=deed.position, count=deed.count),
    }[deed.kind]


def _projector(session: Session, workshop: Workshop, language: str) -> dict[str, Any]:
    _ = translations(language).gettext
    windows, is_blank = count_listeners(workshop.id, "projector"), workshop.is_projector_blank
    if is_blank:
        title, shows = _("Projector blank"), _("the room sees the code")
    else:
        title = _("Projector {count}×").format(count=windows) if windows > 1 else _("Projector open")
        shows = _shown(session, workshop, language)
        if windows == 0:
            title = _("No projector")
            shows = _("open one above")
        else:
            shows = _("shows: {what}").format(what=shows)
    return {"title": title, "shows": shows, "is_blank": is_blank}


def _shown(session: Session, workshop: Workshop, language: str) -> str:
    _ = translations(language).gettext
    block = programme(workshop.block)
    if workshop.state == WorkshopState.OVER:
        return _("the end")
    if block.step(workshop.step).takes_votes:
        latest = last_round(session, workshop.id)
        if latest is not None and latest.phase == Phase.OPEN:
            return _("the text")
        if latest is not None and latest.phase == Phase.REVEALED:
            return _("the result")
    return step_name(block.name, workshop.step, language).lower()


def _acted(session: Session, workshop: Workshop, language: str) -> dict[str, Any] | None:
    for event in list_events(session, workshop.alliance_id, limit=1):
        if (event.details["of"] if event.what == UNDONE else event.what) in TOLD:
            return {
                "id": event.id,
                "who": event.who,
                "what": event_sentence(event.what, event.details, language),
            }
    return None
