"""A phone's pages of an evening at mixed tables: one's own table, the question, how long still, and whom one met."""

from sqlmodel import Session

from models.basics.words import Step
from models.encounters.ideas import last_table, list_ideas
from models.encounters.views import evening_now, met_by, own_seat
from models.joining.joining import PhoneView
from models.voting.round_views import RoundView
from phone.room.step_page import StepPage, Values, always
from phone.room.steps_of_alliance import WELCOME
from phone.serving.shared import read_once


def _tables(session: Session, view: PhoneView, _last: RoundView | None) -> Values:
    workshop_id = view.workshop.id
    evening = read_once(view.workshop, "evening", lambda: evening_now(session, workshop_id))
    seat = own_seat(session, workshop_id, view.participant.id) if view.participant else None
    table, chair = seat or (None, None)
    return {"evening": evening, "table": table, "chair": chair}


def _harvest(session: Session, view: PhoneView, _last: RoundView | None) -> Values:
    workshop_id = view.workshop.id
    ideas = read_once(view.workshop, "ideas", lambda: list_ideas(session, workshop_id))
    table = last_table(session, workshop_id, view.participant.id) if view.participant else None
    own = next((idea for idea in ideas if idea.table == table), None)
    return {"ideas": [idea for idea in ideas if idea.is_shown], "own": own, "table": table}


def _end(session: Session, view: PhoneView, _last: RoundView | None) -> Values:
    met = met_by(session, view.workshop.id, view.participant.id) if view.participant else None
    return {"met": met if met and met.met else None}


OVER = StepPage("tables_over", _end, waits=always)

STEPS: dict[str, StepPage] = {
    Step.WELCOME: WELCOME,
    Step.TABLES: StepPage("tables", _tables, waits=always),
    Step.HARVEST: StepPage("harvest", _harvest),
    Step.END: StepPage("tables_end", _end, waits=always),
}
