"""Undoing what was just done."""

from models.storage.writing import write
from models.tables import Undoable
from models.undoing.undo import Undone, undo
from tests.builders.storage import rows_of
from tests.builders.workshop import LEADER


def newest_undoable() -> int:
    """Return the event of the last act that can be undone."""
    return max(row["event_id"] for row in rows_of(Undoable) if row["undone_at"] is None)


def undo_last(*, who: str = LEADER) -> Undone:
    """Undo the last act that can be undone."""
    done = write(undo, who=who, event_id=newest_undoable())
    assert isinstance(done, Undone)
    return done
