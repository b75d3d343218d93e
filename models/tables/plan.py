"""The plan of approach: which building blocks a place needs and why, with whom and when, and who matters there."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.basics.words import Attitude, BuildingBlock, StakeholderKind
from models.tables.columns import exactly_one_of, moment, one_of, own_id

LOWEST, HIGHEST = 1, 5


class PlanBlock(SQLModel, table=True):
    """What the plan says of one building block. A block of which nothing was said yet has no row, or no answer.

    Months are kept as their first day. `done_on` is for what is done outside Handslag: what it sees itself is computed.
    """

    __tablename__ = "plan_block"
    __table_args__ = (
        UniqueConstraint("alliance_id", "block", name="plan_block_once"),
        one_of("block", BuildingBlock, name="plan_block_block"),
        CheckConstraint(
            '("starts_on" IS NULL AND "ends_on" IS NULL) OR "starts_on" <= "ends_on"',
            name="plan_block_months",
        ),
    )

    id: int = own_id()
    alliance_id: int = Field(foreign_key="alliance.id", index=True)
    block: str
    is_needed: bool | None = None
    why: str = Field(default="", max_length=400)
    others: str = Field(default="", max_length=200)
    known_first: str = Field(default="", max_length=200)
    starts_on: date | None = None
    ends_on: date | None = None
    done_on: date | None = None


class Stakeholder(SQLModel, table=True):
    """Who matters here: for who leads only. No id is given twice, so that one that is removed can come back."""

    __tablename__ = "stakeholder"
    __table_args__ = (
        one_of("kind", StakeholderKind, name="stakeholder_kind"),
        one_of("attitude", Attitude, name="stakeholder_attitude"),
        CheckConstraint(f'"influence" BETWEEN {LOWEST} AND {HIGHEST}', name="stakeholder_influence"),
        CheckConstraint(f'"touched" BETWEEN {LOWEST} AND {HIGHEST}', name="stakeholder_touched"),
        {"sqlite_autoincrement": True},
    )

    id: int = own_id()
    alliance_id: int = Field(foreign_key="alliance.id", index=True)
    name: str = Field(max_length=120)
    kind: str
    influence: int
    touched: int
    attitude: str
    contact_by: str = Field(default="", max_length=80)
    added_at: datetime = moment()


class PlanParty(SQLModel, table=True):
    """With whom a block is done: a partner, or somebody of the map."""

    __tablename__ = "plan_party"
    __table_args__ = (
        exactly_one_of("partner_id", "stakeholder_id", name="plan_party_is_one"),
        UniqueConstraint("plan_block_id", "partner_id", name="plan_partner_once"),
        UniqueConstraint("plan_block_id", "stakeholder_id", name="plan_stakeholder_once"),
    )

    id: int = own_id()
    plan_block_id: int = Field(foreign_key="plan_block.id", index=True)
    partner_id: int | None = Field(default=None, foreign_key="partner.id", index=True)
    stakeholder_id: int | None = Field(default=None, foreign_key="stakeholder.id", index=True)
