"""Every round of a workshop as plain data, for the command line."""

from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from models.voting.round_views import ballots_stored, list_rounds
from models.workshop.voices import stored
from models.workshop.workshop import workshop_with


def results(session: Session, code: str) -> list[dict[str, Any]]:
    """Return each round with its tally, outcome and number of ballots stored, oldest first. Raises `NotFound`.

    Only what may be shown: numbers are None under 5 votes, and everything is None while a round is open.
    """
    workshop = workshop_with(session, code)
    return [
        {
            "round": found.id,
            "number": found.number,
            "method": found.method,
            **found.rule.as_stored(),
            "budget": found.budget.dots if found.budget else None,
            "can_stack": found.budget.can_stack if found.budget else None,
            "choices": [asdict(choice) for choice in found.choices],
            "secrecy": found.secrecy,
            "phase": found.phase,
            "present": found.present,
            "heads_counted": found.heads_counted,
            "electorate": found.electorate,
            "acknowledged": [stored(one) for one in found.acknowledged],
            "voted": found.voted,
            "sources": found.sources,
            "ballots_stored": ballots_stored(session, found.id),
            "items": [
                {
                    "item": item.id,
                    str(item.about.kind): item.number,
                    **({} if item.version is None else {"version": item.version}),
                    "text": item.text,
                    "decision": item.result.decision if item.result else None,
                    "numbers": asdict(item.result.numbers) if item.result and item.result.numbers else None,
                    "rows": [asdict(row) for row in item.result.rows] if item.result else [],
                    "place": item.result.place if item.result else None,
                    "is_tied": item.result.is_tied if item.result else False,
                    "follow_up": item.follow_up,
                }
                for item in found.items
            ],
        }
        for found in list_rounds(session, workshop.id)
    ]
