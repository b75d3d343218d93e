"""This installation of Handslag, and who is signed in to lead."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.tables.columns import moment, moment_or_none, own_id


class Installation(SQLModel, table=True):
    """One row: the passphrase of the facilitators and the address that phones use."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="installation_is_one_row"),)

    id: int = Field(default=1, primary_key=True)
    passphrase_hash: str
    address: str | None = None
    reached_address: str | None = None
    reached_at: datetime | None = moment_or_none()
    created_at: datetime = moment()


class SignIn(SQLModel, table=True):
    """A facilitator at work in one browser. Asked at every page run; ends by sign-out or by time."""

    __tablename__ = "sign_in"

    id: int = own_id()
    name: str = Field(max_length=80)
    token_hash: str = Field(unique=True)
    workshop_id: int | None = Field(default=None, foreign_key="workshop.id")
    created_at: datetime = moment()
    ends_at: datetime = moment()
