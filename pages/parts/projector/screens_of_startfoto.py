"""The screens of a startfoto's meeting: each reads what it shows, and hands its template plain values."""

from models.baseline.behind import behind_improvements
from models.baseline.conclusion_views import list_conclusions
from models.baseline.improvements import standing_points
from models.basics.words import Phase, Step, SubjectKind
from models.photo.meeting import baseline_of_meeting, statements_round
from models.picture.reading import read_picture
from models.picture.second import read_second
from models.voting.round_views import RoundView, last_round
from pages.parts.projector.photo import (
    Point,
    conclusion_screen,
    photo_end_screen,
    points_screen,
    soon_screen,
    statements_closed_screen,
    statements_screen,
)
from pages.parts.projector.picture import picture_screen
from pages.parts.projector.screen import Screen
from pages.parts.projector.screens_of_alliance import vote, welcome
from pages.parts.projector.step_screen import Showing, StepScreen


def _is_about(found: RoundView | None, kind: SubjectKind) -> bool:
    return found is not None and bool(found.items) and found.items[0].about.kind == kind


def _statements(now: Showing) -> Screen:
    """Return how one answers and how many have, or that the statements are closed. Never what was answered."""
    found = last_round(now.session, now.workshop.id)
    if found is not None and found.phase == Phase.OPEN and _is_about(found, SubjectKind.STATEMENT):
        return statements_screen(now.room, count=len(found.items))
    baseline = baseline_of_meeting(now.session, now.workshop.id)
    if baseline is not None and statements_round(now.session, baseline.id) is not None:
        return statements_closed_screen(now.room)
    return soon_screen(
        now.room,
        title=now.room.gettext("Statements"),
        sentence=now.room.gettext("Keep your phone at hand. The statements come soon."),
    )


def _picture(now: Showing) -> Screen:
    """Return the theme that the facilitator turned to, once the statements are closed."""
    baseline = baseline_of_meeting(now.session, now.workshop.id)
    view = read_picture(now.session, baseline.id) if baseline is not None else None
    if view is None or not view.is_closed:
        return soon_screen(
            now.room,
            title=now.room.gettext("The picture"),
            sentence=now.room.gettext("The picture comes soon."),
        )
    return picture_screen(now.room, view, read_second(now.session, view.baseline.id))


def _conclusions(now: Showing) -> Screen:
    """Return the dots on points for improvement while they are put and once they are shown, else the conclusions."""
    found = last_round(now.session, now.workshop.id)
    if found is not None and _is_about(found, SubjectKind.IMPROVEMENT) and found.phase != Phase.CANCELLED:
        return _points(now, found) if found.phase == Phase.REVEALED else vote(now)
    baseline = baseline_of_meeting(now.session, now.workshop.id)
    # A concept is not read to the room.
    conclusions = (
        []
        if baseline is None
        else [one for one in list_conclusions(now.session, baseline.id) if not one.standing.is_concept]
    )
    if not conclusions:
        return soon_screen(
            now.room,
            title=now.room.gettext("What we conclude"),
            sentence=now.room.gettext("The conclusions come soon."),
        )
    view = read_picture(now.session, baseline.id) if baseline is not None else None
    return conclusion_screen(now.room, conclusions, view)


def _points(now: Showing, found: RoundView) -> Screen:
    behind = behind_improvements(now.session, [item.about.id for item in found.items])
    points = []
    for item in found.items:
        numbers = item.result.numbers if item.result is not None else None
        stands = behind.get(item.about.id)
        points.append(
            Point(
                text=item.text,
                dots=numbers.dots if numbers is not None else None,
                place=item.result.place if item.result is not None else None,
                standing=stands.conclusions[0].standing if stands and stands.conclusions else None,
            )
        )
    return points_screen(now.room, points)


def _end(now: Showing) -> Screen:
    baseline = baseline_of_meeting(now.session, now.workshop.id)
    conclusions = points = 0
    if baseline is not None:
        conclusions = sum(not one.standing.is_concept for one in list_conclusions(now.session, baseline.id))
        points = len(standing_points(now.session, baseline.id))
    return photo_end_screen(
        now.room,
        conclusions=conclusions,
        points=points,
        next_meeting_on=now.workshop.next_meeting_on,
    )


STEPS: dict[str, StepScreen] = {
    Step.WELCOME: welcome,
    Step.STATEMENTS: _statements,
    Step.PICTURE: _picture,
    Step.CONCLUSIONS: _conclusions,
    Step.END: _end,
}
