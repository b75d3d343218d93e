"""The frozen, signed document: what was frozen, who answered, which files were made."""

from datetime import date, datetime

from sqlalchemy import Column, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.basics.words import Answer, Copy
from models.tables.columns import moment, moment_or_none, one_of, own_id


class Agenda(SQLModel, table=True):
    """`content` is canonical JSON (RFC 8785); it, `sha256` and `frozen_at` never change.

    `control_words` are the six words of `sha256`, apart by a space; empty until they are computed.
    `public_serial` and `public_token_hash` belong to the link of the public copy; `public_links_made` counts them,
    so that none is made twice.
    """

    __tablename__ = "agenda"
    __table_args__ = (UniqueConstraint("alliance_id", "version", name="agenda_version_once"),)

    id: int = own_id()
    alliance_id: int = Field(foreign_key="alliance.id", index=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    version: int
    content: str = Field(sa_column=Column(Text, nullable=False))
    sha256: str = Field(max_length=64, index=True)
    control_words: str = ""
    frozen_by: str = Field(max_length=80)
    frozen_at: datetime = moment()
    closes_on: date | None = None
    closed_at: datetime | None = moment_or_none()
    public_serial: int = 1
    public_links_made: int = 1
    public_token_hash: str = Field(default="", index=True)


class AgendaFile(SQLModel, table=True):
    """The bytes of one edition, kept as they were made. Edition 1 is made at the close of signing."""

    __tablename__ = "agenda_file"
    __table_args__ = (
        UniqueConstraint("agenda_id", "edition", "copy_for", "format", name="agenda_file_once"),
        one_of("copy_for", Copy, name="agenda_file_copy"),
    )

    id: int = own_id()
    agenda_id: int = Field(foreign_key="agenda.id", index=True)
    edition: int
    copy_for: str
    format: str = Field(max_length=10)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sha256: str = Field(max_length=64, index=True)
    made_at: datetime = moment()


class Signature(SQLModel, table=True):
    """One answer of one partner. `replaced_at` is empty for the answer that stands.

    `drawn` is JSON: strokes of whole numbers in a box of 600 × 200, `[[x, y, x, y, …], …]`; empty when typed.
    """

    __tablename__ = "signature"
    __table_args__ = (
        Index(
            "one_standing_answer",
            "agenda_id",
            "partner_id",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
        one_of("answer", Answer, name="signature_answer"),
    )

    id: int = own_id()
    agenda_id: int = Field(foreign_key="agenda.id", index=True)
    partner_id: int = Field(foreign_key="partner.id", index=True)
    answer: str
    reservation: str = Field(default="", max_length=400)
    name: str = Field(max_length=80)
    role: str = Field(default="", max_length=80)
    consent: str = Field(default="", max_length=400)
    drawn: str = Field(default="", sa_column=Column(Text, nullable=False))
    witness: str = Field(default="", max_length=80)
    signed_at: datetime = moment()
    replaced_at: datetime | None = moment_or_none()
