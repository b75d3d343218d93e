"""The next startfoto of an alliance: it asks again what the one before asked, so that the two can be compared."""

from sqlmodel import Session

from models.baseline.baseline import BaselineBegun, begin_baseline
from models.baseline.statements import take_over_statements


def begin_next_baseline(session: Session, *, who: str, alliance_id: int) -> BaselineBegun:
    """Begin a startfoto with the themes of the alliance and the statements of the one before. Raises `NotFound`."""
    begun = begin_baseline(session, who=who, alliance_id=alliance_id)
    take_over_statements(session, who=who, baseline_id=begun.baseline_id)
    return begun
