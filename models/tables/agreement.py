"""A concrete action with an owner and a due date."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.basics.words import AgreementState, CallOutcome, ProgressState
from models.tables.columns import moment, moment_or_none, one_of, own_id


class Agreement(SQLModel, table=True):
    """`owner_accepted_at` is empty while the owner was asked but has not accepted yet."""

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("alliance_id", "number", name="agreement_number_once"),
        one_of("state", AgreementState, name="agreement_state"),
    )

    id: int = own_id()
    alliance_id: int = Field(foreign_key="alliance.id", index=True)
    number: int
    what: str = Field(max_length=400)
    first_step: str = Field(default="", max_length=400)
    due_on: date | None = None
    measure: str = Field(default="", max_length=400)
    owner_id: int | None = Field(default=None, foreign_key="partner.id")
    owner_accepted_at: datetime | None = moment_or_none()
    proposal_id: int | None = Field(default=None, foreign_key="proposal.id")
    mediation_id: int | None = Field(default=None, foreign_key="mediation.id")
    state: str = AgreementState.OPEN
    dropped_reason: str | None = Field(default=None, max_length=200)
    shown_at: datetime | None = moment_or_none()
    created_at: datetime = moment()


class AgreementVersion(SQLModel, table=True):
    """Every wording that an agreement had."""

    __tablename__ = "agreement_version"
    __table_args__ = (UniqueConstraint("agreement_id", "version", name="agreement_version_once"),)

    id: int = own_id()
    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    version: int
    what: str = Field(max_length=400)
    first_step: str = Field(default="", max_length=400)
    due_on: date | None = None
    measure: str = Field(default="", max_length=400)
    written_by: str = Field(max_length=120)
    written_at: datetime = moment()


class AgreementOwner(SQLModel, table=True):
    """Who carried an agreement, from when until when."""

    __tablename__ = "agreement_owner"

    id: int = own_id()
    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    partner_id: int = Field(foreign_key="partner.id", index=True)
    asked_at: datetime = moment()
    accepted_at: datetime | None = moment_or_none()
    ended_at: datetime | None = moment_or_none()


class AgreementPrinciple(SQLModel, table=True):
    __tablename__ = "agreement_principle"

    agreement_id: int = Field(foreign_key="agreement.id", primary_key=True)
    principle_id: int = Field(foreign_key="principle.id", primary_key=True)


class AgreementDependency(SQLModel, table=True):
    """`agreement_id` cannot be done before `depends_on_id`."""

    __tablename__ = "agreement_dependency"

    agreement_id: int = Field(foreign_key="agreement.id", primary_key=True)
    depends_on_id: int = Field(foreign_key="agreement.id", primary_key=True)


class AgreementSupporter(SQLModel, table=True):
    """Who helps: a partner, or a participant who offered help by name, let through to the room at `shown_at`."""

    __tablename__ = "agreement_supporter"
    __table_args__ = (
        UniqueConstraint("agreement_id", "partner_id", name="supporting_partner_once"),
        UniqueConstraint("agreement_id", "participant_id", name="supporting_participant_once"),
    )

    id: int = own_id()
    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    partner_id: int | None = Field(default=None, foreign_key="partner.id")
    participant_id: int | None = Field(default=None, foreign_key="participant.id")
    name: str = Field(default="", max_length=80)
    shown_at: datetime | None = moment_or_none()


class Progress(SQLModel, table=True):
    __tablename__ = "progress"
    __table_args__ = (one_of("state", ProgressState, name="progress_state"),)

    id: int = own_id()
    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    state: str
    sentence: str = Field(default="", max_length=400)
    reported_by: str = Field(max_length=120)
    reported_at: datetime = moment()


class AgreementCall(SQLModel, table=True):
    """A call about an agreement, and what was said: for who leads only, on no phone, projector or document."""

    __tablename__ = "agreement_call"
    __table_args__ = (one_of("outcome", CallOutcome, name="call_outcome"),)

    id: int = own_id()
    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    outcome: str
    sentence: str = Field(default="", max_length=400)
    noted_by: str = Field(max_length=120)
    noted_at: datetime = moment()
