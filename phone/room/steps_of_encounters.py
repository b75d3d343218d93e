"""A phone's pages of an evening at mixed tables: one's own table, the question, how long still, and whom one met."""

from sqlmodel import Session

from models.basics.words import Step
from models.encounters.answers import AFTER, BEFORE, is_closed, own_numbers
from models.encounters.bubbles import asks_bubbles, own_bubbles
from models.encounters.come_again import has_earlier, is_in_series, is_known
from models.encounters.contacts import matches_of
from models.encounters.ideas import ideas_supported_by, last_table, list_ideas
from models.encounters.mixing import asked_question, own_choice
from models.encounters.views import evening_now, met_by, table_now
from models.joining.joining import PhoneView
from models.voting.round_views import RoundView
from phone.room.step_page import StepPage, Values, always
from phone.serving.shared import read_once


def _welcome(session: Session, view: PhoneView, _last: RoundView | None) -> Values:
    was_before = read_once(view.workshop, "earlier", lambda: has_earlier(session, view.workshop))
    is_new = was_before and view.participant is not None and not is_known(session, view.participant)
    return _numbers(session, view, [BEFORE]) | _mixing(session, view) | {"asks_for_code": is_new}


def _mixing(session: Session, view: PhoneView) -> Values:
    """Return what is asked to seat somebody by, and what this phone answered. Nothing where no table needs it."""
    workshop_id = view.workshop.id
    question = read_once(view.workshop, "mixing", lambda: asked_question(session, workshop_id))
    asks = read_once(view.workshop, "bubbles", lambda: asks_bubbles(session, workshop_id))
    values: Values = {"mixing": None, "bubbles": None}
    if view.participant is None:
        return values
    if question is not None:
        values |= {"mixing": question, "choice": own_choice(session, workshop_id, view.participant.id)}
    if asks:
        values["bubbles"] = own_bubbles(session, workshop_id, view.participant.id)
    return values


def _asked_late(session: Session, view: PhoneView) -> Values:
    """Return what is still asked of who came after the tables were divided, for the coming ones; else nothing."""
    values = _mixing(session, view)
    if values["mixing"] is not None and values["choice"].is_seated:
        values["mixing"] = None
    if values["bubbles"] is not None and values["bubbles"].is_seated:
        values["bubbles"] = None
    return values | {"asks": values["mixing"] is not None or values["bubbles"] is not None}


def _numbers(session: Session, view: PhoneView, asked: list[str]) -> Values:
    """Return what is asked about whom one knows, and what this phone answered. Who came late is asked both at once."""
    workshop_id = view.workshop.id
    now = read_once(view.workshop, "answers closed", lambda: is_closed(session, workshop_id))
    own = own_numbers(session, workshop_id, view.participant.id) if view.participant and not now else None
    return {"asked": [] if now else asked, "numbers": own}


def _tables(session: Session, view: PhoneView, _last: RoundView | None) -> Values:
    workshop_id = view.workshop.id
    evening = read_once(view.workshop, "evening", lambda: evening_now(session, workshop_id))
    table = table_now(session, workshop_id, view.participant.id) if view.participant else None
    return {"evening": evening, "table": table} | _asked_late(session, view)


def _harvest(session: Session, view: PhoneView, _last: RoundView | None) -> Values:
    workshop_id = view.workshop.id
    ideas = read_once(view.workshop, "ideas", lambda: list_ideas(session, workshop_id))
    table = last_table(session, workshop_id, view.participant.id) if view.participant else None
    own = next((idea for idea in ideas if idea.table == table), None)
    shown = [idea for idea in ideas if idea.is_shown]
    supported = ideas_supported_by(session, view.participant.id) if view.participant and shown else set()
    values = {"ideas": shown, "own": own, "table": table, "supported": supported}
    return values | _numbers(session, view, [BEFORE, AFTER])


def _end(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    return _met(session, view, last) | _numbers(session, view, [BEFORE, AFTER])


def _met(session: Session, view: PhoneView, _last: RoundView | None) -> Values:
    met = met_by(session, view.workshop.id, view.participant.id) if view.participant else None
    in_series = read_once(view.workshop, "in series", lambda: is_in_series(session, view.workshop))
    code = view.participant.personal_code if view.participant and in_series else None
    return {"met": met if met and met.met else None, "code_for_next": code}


def _over(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    matches = matches_of(session, view.participant.id) if view.participant else []
    return {**_met(session, view, last), "matches": matches}


OVER = StepPage("tables_over", _over, waits=always)

STEPS: dict[str, StepPage] = {
    Step.WELCOME: StepPage("welcome_at_tables", _welcome, shows_voices=True),
    Step.TABLES: StepPage("tables", _tables, waits=always),
    Step.HARVEST: StepPage("harvest", _harvest),
    Step.END: StepPage("tables_end", _end),
}
