"""What participants send in, and the support it gets."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.basics.words import ProposalKind
from models.tables.columns import moment, moment_or_none, one_of, own_id


class Proposal(SQLModel, table=True):
    """`table_name` is filled when a table host typed it for a table; then there is no author.

    Nor is there one where it was made of a point for improvement of a startfoto, `improvement_id`, or of a table's
    idea at an evening, `idea_id`.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("participant_id", "request_id", name="proposal_request_once"),
        one_of("kind", ProposalKind, name="proposal_kind"),
    )

    id: int = own_id()
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    participant_id: int | None = Field(default=None, foreign_key="participant.id", index=True)
    kind: str
    text: str = Field(max_length=400)
    table_name: str | None = Field(default=None, max_length=60)
    request_id: str | None = Field(default=None, max_length=64)
    is_late: bool = False
    sent_at: datetime = moment()
    shown_at: datetime | None = moment_or_none()
    hidden_at: datetime | None = moment_or_none()
    hidden_reason: str | None = Field(default=None, max_length=200)
    withdrawn_at: datetime | None = moment_or_none()
    merged_into: int | None = Field(default=None, foreign_key="principle.id")
    improvement_id: int | None = Field(default=None, foreign_key="improvement.id", index=True)
    idea_id: int | None = Field(default=None, foreign_key="idea.id", index=True)


class Support(SQLModel, table=True):
    """A participant's "me too"."""

    __tablename__ = "support"

    proposal_id: int = Field(foreign_key="proposal.id", primary_key=True)
    participant_id: int = Field(foreign_key="participant.id", primary_key=True, index=True)


class ToldApart(SQLModel, table=True):
    """Two proposals that look alike, of which a facilitator said that they are not the same; the lower id first."""

    __tablename__ = "told_apart"

    proposal_id: int = Field(foreign_key="proposal.id", primary_key=True)
    other_id: int = Field(foreign_key="proposal.id", primary_key=True, index=True)
