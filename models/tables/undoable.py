"""What it takes to undo an act, for as long as it can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from models.tables.columns import moment_or_none


class Undoable(SQLModel, table=True):
    """What stood before the act that an event tells of. Apart from the event, which never changes and is never deleted.

    `about` names what it was done to, "proposal 7": a later act on the same takes the place of this one. `keeps` is
    emptied once it was undone.
    """

    __tablename__ = "undoable"

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    about: str = Field(max_length=60, index=True)
    keeps: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    undone_by: str | None = Field(default=None, max_length=120)
    undone_at: datetime | None = moment_or_none()
