"""The rounds of a meeting as plain data, for the command line; statements of a startfoto with what goes with them."""

from typing import Any

from sqlmodel import Session

from models.baseline.statements import themes_of_statements
from models.photo.answers import read_answers
from models.photo.meeting import baseline_of_meeting
from models.voting.results import results
from models.workshop.workshop import workshop_with


def results_of_meeting(session: Session, code: str) -> list[dict[str, Any]]:
    """Return each round as `models.voting.results.results` does. Raises `NotFound`.

    The round of statements says until when it was open by link, that one person may have answered twice, and whether
    the link went elsewhere; each statement says its theme, and whether it is reversed.
    """
    told = results(session, code)
    baseline = baseline_of_meeting(session, workshop_with(session, code).id)
    answers = read_answers(session, baseline.id) if baseline is not None else None
    if answers is None:
        return told
    themes = themes_of_statements(session, [one.statement_id for one in answers.statements])
    by_number = {one.number: one for one in answers.statements}
    for asked in told:
        if asked["round"] != answers.round_id:
            continue
        asked |= {
            "open_until": answers.open_until.isoformat() if answers.open_until else None,
            "may_be_twice": answers.may_be_twice,
            "is_shared_outside": answers.is_shared_outside,
        }
        for item in asked["items"]:
            statement = by_number[item["statement"]]
            item |= {"theme": themes[statement.statement_id], "is_reversed": statement.is_reversed}
    return told
