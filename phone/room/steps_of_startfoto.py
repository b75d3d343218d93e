"""A phone's pages of a startfoto's meeting: the statements, the picture, the conclusions and the dots, the end."""

from sqlmodel import Session

from models.baseline.conclusion_views import ConclusionView, list_conclusions
from models.baseline.improvements import standing_points
from models.baseline.statements import themes_of_statements
from models.basics.words import Phase, Step, SubjectKind
from models.joining.joining import PhoneView
from models.photo.meeting import baseline_of_meeting, statements_round
from models.voting.round_views import RoundView
from phone.room.picture import told_pictures, told_statements
from phone.room.step_page import StepPage, Values, always, without_open_round
from phone.room.steps_of_alliance import WELCOME
from phone.serving.shared import read_once


def _is_about(last: RoundView | None, kind: SubjectKind) -> bool:
    return last is not None and bool(last.items) and last.items[0].about.kind == kind


def _statements(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    is_about_statements = _is_about(last, SubjectKind.STATEMENT)
    baseline = read_once(view.workshop, "baseline", lambda: baseline_of_meeting(session, view.workshop.id))
    if last is None or not is_about_statements or last.phase != Phase.OPEN:
        was_asked = is_about_statements and last is not None and last.phase != Phase.CANCELLED
        if not was_asked and baseline is not None:
            was_asked = read_once(
                view.workshop, "was asked", lambda: statements_round(session, baseline.id) is not None
            )
        return {
            "is_about_statements": is_about_statements,
            "was_asked": was_asked,
            "round": last,
            "choices": (),
        }
    themes = read_once(
        view.workshop,
        f"themes of statements {last.id}",
        lambda: themes_of_statements(session, [item.about.id for item in last.items]),
    )
    return {
        "round": last,
        "choices": last.choices,
        "is_about_statements": True,
        "was_asked": True,
        "theme_of": {item.id: themes.get(item.about.id, "") for item in last.items},
        "open_until": baseline.open_until if baseline is not None else None,
    }


def _picture(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    workshop_id = view.workshop.id
    return {"pictures": read_once(view.workshop, "pictures", lambda: told_pictures(session, workshop_id))}


def _conclusions(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    is_about_points = _is_about(last, SubjectKind.IMPROVEMENT)
    conclusions = read_once(view.workshop, "conclusions", lambda: _that_stand(session, view))
    return {
        "round": last,
        "choices": last.choices if last else (),
        "earlier_rounds": [],
        "is_about_points": is_about_points,
        "conclusions": conclusions,
        "scored": read_once(
            view.workshop, "scored", lambda: told_statements(session, view.workshop.id, conclusions)
        ),
    }


def _that_stand(session: Session, view: PhoneView) -> list[ConclusionView]:
    """Return the conclusions that rest on something: a concept is not read to the room."""
    baseline = baseline_of_meeting(session, view.workshop.id)
    if baseline is None:
        return []
    return [one for one in list_conclusions(session, baseline.id) if not one.standing.is_concept]


def _end(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    baseline = baseline_of_meeting(session, view.workshop.id)
    points = (
        read_once(view.workshop, "points", lambda: standing_points(session, baseline.id)) if baseline else []
    )
    return {"points": points}


OVER = StepPage("photo_end", _end)

STEPS: dict[str, StepPage] = {
    Step.WELCOME: WELCOME,
    Step.STATEMENTS: StepPage("statements", _statements, shows_voices=True, waits=without_open_round),
    Step.PICTURE: StepPage("picture", _picture, waits=always),
    Step.CONCLUSIONS: StepPage("conclusions", _conclusions, shows_voices=True, waits=without_open_round),
    Step.END: StepPage("photo_end", _end, waits=always),
}
