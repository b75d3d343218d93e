"""What a facilitator has typed and not finished yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from models.tables.columns import moment


class Unfinished(SQLModel, table=True):
    """The fields of one form, for one facilitator by name, until the form is finished."""

    __tablename__ = "unfinished"

    who: str = Field(primary_key=True, max_length=120)
    what: str = Field(primary_key=True, max_length=60)
    fields: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    stored_at: datetime = moment()
