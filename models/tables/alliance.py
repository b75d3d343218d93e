"""The lasting cooperation in one place, its groups and its partners."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.basics.words import Language, PartnerKind
from models.tables.columns import moment, moment_or_none, one_of, own_id


class Alliance(SQLModel, table=True):
    """`logo` is the SHA-256 of the one that its documents show from now on (`AllianceLogo`), None for none."""

    __tablename__ = "alliance"
    __table_args__ = (one_of("language", Language, name="alliance_language"),)

    id: int = own_id()
    name: str = Field(max_length=120)
    place: str = Field(max_length=120)
    purpose: str = Field(max_length=400)
    language: str
    time_zone: str
    contact: str = Field(max_length=200)
    accent: str | None = None
    dynamics: str = Field(default="", max_length=1200)
    logo: str | None = Field(default=None, max_length=64)
    created_at: datetime = moment()


class AllianceLogo(SQLModel, table=True):
    """A logo that an alliance has, or had when a text was frozen: a clean PNG, which never changes."""

    __tablename__ = "alliance_logo"
    __table_args__ = (UniqueConstraint("alliance_id", "sha256", name="alliance_logo_once"),)

    id: int = own_id()
    alliance_id: int = Field(foreign_key="alliance.id", index=True)
    sha256: str = Field(max_length=64)
    png: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    made_at: datetime = moment()


class Group(SQLModel, table=True):
    """A stakeholder group: for which group one's vote counts."""

    __tablename__ = "stakeholder_group"
    __table_args__ = (UniqueConstraint("alliance_id", "name", name="group_name_once"),)

    id: int = own_id()
    alliance_id: int = Field(foreign_key="alliance.id", index=True)
    name: str = Field(max_length=60)
    position: int


class Partner(SQLModel, table=True):
    """An organisation, a community or a resident that owns agreements and signs.

    `serial` and `token_hash` belong to the personal link (see `models.basics.keys`). `shown_at` is when the name was
    let through to the room: at once where a facilitator typed it, by a tap where it came from a phone. `contact` is
    how who leads reaches them, by telephone or mail: on no phone, projector or document. `links_made` counts the links
    that were made, so that none is made twice. Nor is an id given twice: an old link would open the page of another.
    """

    __tablename__ = "partner"
    __table_args__ = (one_of("kind", PartnerKind, name="partner_kind"), {"sqlite_autoincrement": True})

    id: int = own_id()
    alliance_id: int = Field(foreign_key="alliance.id", index=True)
    kind: str
    name: str = Field(max_length=120)
    representative: str = Field(default="", max_length=80)
    role: str = Field(default="", max_length=80)
    contact: str = Field(default="", max_length=120)
    group_id: int | None = Field(default=None, foreign_key="stakeholder_group.id")
    serial: int = 1
    links_made: int = 1
    token_hash: str = Field(default="", index=True)
    created_at: datetime = moment()
    shown_at: datetime | None = moment_or_none()
