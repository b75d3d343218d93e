"""Who did what, and when. Kept apart from ballots; nothing of one person's voting stands here."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from models.tables.columns import moment, own_id


class Event(SQLModel, table=True):
    """Each row carries the hash of the one before, per alliance."""

    __tablename__ = "event"

    id: int = own_id()
    alliance_id: int = Field(foreign_key="alliance.id", index=True)
    who: str = Field(max_length=120)
    what: str = Field(max_length=60)
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    happened_at: datetime = moment()
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)
