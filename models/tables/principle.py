"""A text that the alliance establishes, version by version."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.basics.words import PrincipleStatus
from models.tables.columns import moment, one_of, own_id


class Principle(SQLModel, table=True):
    """`status` follows from the revealed round of the newest version, or from leaving it out."""

    __tablename__ = "principle"
    __table_args__ = (
        UniqueConstraint("alliance_id", "number", name="principle_number_once"),
        one_of("status", PrincipleStatus, name="principle_status"),
    )

    id: int = own_id()
    alliance_id: int = Field(foreign_key="alliance.id", index=True)
    number: int
    status: str = PrincipleStatus.DRAFT
    review_on: date | None = None


class PrincipleVersion(SQLModel, table=True):
    __tablename__ = "principle_version"
    __table_args__ = (UniqueConstraint("principle_id", "version", name="principle_version_once"),)

    id: int = own_id()
    principle_id: int = Field(foreign_key="principle.id", index=True)
    version: int
    text: str = Field(max_length=400)
    why: str = Field(default="", max_length=200)
    written_by: str = Field(max_length=80)
    written_at: datetime = moment()


class VersionSource(SQLModel, table=True):
    """The proposals that a version was worded from."""

    __tablename__ = "version_source"

    version_id: int = Field(foreign_key="principle_version.id", primary_key=True)
    proposal_id: int = Field(foreign_key="proposal.id", primary_key=True)
