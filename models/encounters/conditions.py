"""Under which conditions an evening is prepared to help: those of Gordon Allport (The Nature of Prejudice, 1954).

Who leads ticks what is looked after, and says how, in a sentence of their own or the ready one. It stands with what the
evening did: whoever reads the figures reads under which conditions they came about.
"""

from dataclasses import dataclass

from sqlmodel import Session, select

from models.basics.errors import InvalidValue
from models.basics.text import LINE_LIMIT, one_line
from models.basics.words import Condition
from models.encounters.evening import evening_of
from models.storage.chain import record
from models.storage.changes import page_changed
from models.tables import EncounterCondition


@dataclass(frozen=True)
class ConditionNow:
    """A condition: whether it is looked after, and how, in the facilitator's own words; empty for the ready ones."""

    condition: Condition
    is_met: bool
    how: str


def read_conditions(session: Session, workshop_id: int) -> tuple[ConditionNow, ...]:
    """Return all four, in their order; what nobody ticked is not looked after."""
    said = {
        row.condition: row
        for row in session.exec(
            select(EncounterCondition).where(EncounterCondition.workshop_id == workshop_id)
        ).all()
    }
    return tuple(
        ConditionNow(one, said[one].is_met, said[one].how) if one in said else ConditionNow(one, False, "")
        for one in Condition
    )


def change_condition(
    session: Session, *, who: str, workshop_id: int, condition: str, is_met: bool, how: str
) -> None:
    """Say whether a condition is looked after, and how. Raises `InvalidValue`, `TextTooLong`."""
    workshop, _evening = evening_of(session, workshop_id)
    if condition not in set(Condition):
        raise InvalidValue("condition", condition)
    text = one_line(how, field="how", limit=LINE_LIMIT, is_required=False)
    row = session.get(EncounterCondition, (workshop_id, condition)) or EncounterCondition(
        workshop_id=workshop_id, condition=condition
    )
    if (row.is_met, row.how) == (is_met, text):
        return
    row.is_met, row.how = is_met, text
    session.add(row)
    record(session, alliance_id=workshop.alliance_id, who=who, what="evening changed", workshop=workshop.code)
    page_changed(session, workshop_id)
