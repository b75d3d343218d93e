"""One meeting with a join code, the people in it, and the devices they speak through."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.basics.text import REQUEST_ID_LIMIT
from models.basics.words import BuildingBlock, Door, Source, Step, WorkshopState
from models.tables.columns import moment, moment_or_none, one_of, own_id


class Workshop(SQLModel, table=True):
    """`revision` rises with every change of a page; `content` only with what phones may see.

    `block` is the building block whose meeting this is, and `step` one of the block's steps: which there are is said in
    `models.workshop.programme`, by no check of the table.
    `projector_links_made` counts the links that were made, so that none is made twice.
    There is no link for table hosts while `table_host_token_hash` is empty.
    `wall_page`, `is_projector_dark` and `is_projector_blank` belong to the room, not to one window: they stand here.
    So does `agreement_on_screen`, the number of the agreement that the room reads in the step progress, and
    `point_on_screen`, the point for improvement of which it reads the evidence, by its id.
    """

    __tablename__ = "workshop"
    __table_args__ = (
        one_of("block", BuildingBlock, name="workshop_block"),
        one_of("state", WorkshopState, name="workshop_state"),
        one_of("door", Door, name="workshop_door"),
    )

    id: int = own_id()
    alliance_id: int = Field(foreign_key="alliance.id", index=True)
    venue: str = Field(default="", max_length=120)
    held_on: date
    code: str = Field(unique=True, max_length=6)
    block: str = BuildingBlock.ALLIANCE
    step: str = Step.WELCOME
    state: str = WorkshopState.PREPARED
    over_at: datetime | None = moment_or_none()
    door: str = Door.OPEN
    heads_counted: int | None = None
    needs_personal_code: bool = False
    lets_all_through: bool = False
    drafting_ended_at: datetime | None = moment_or_none()
    next_meeting_on: date | None = None
    revision: int = 0
    content: int = 0
    wall_page: int = 0
    is_projector_dark: bool = False
    is_projector_blank: bool = False
    agreement_on_screen: int | None = None
    point_on_screen: int | None = None
    projector_serial: int = 1
    projector_links_made: int = 1
    projector_token_hash: str = Field(default="", index=True)
    table_host_serial: int = 0
    table_host_token_hash: str = Field(default="", index=True)
    created_at: datetime = moment()


class Participant(SQLModel, table=True):
    """One voice in a workshop. `number` names who gave no name: "participant 17"."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("workshop_id", "number", name="participant_number_once"),
        UniqueConstraint("workshop_id", "personal_code", name="personal_code_once"),
        one_of("source", Source, name="participant_source"),
    )

    id: int = own_id()
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    number: int
    group_id: int | None = Field(default=None, foreign_key="stakeholder_group.id")
    partner_id: int | None = Field(default=None, foreign_key="partner.id")
    name: str | None = Field(default=None, max_length=80)
    source: str = Source.PHONE
    personal_code: str = Field(max_length=8)
    joined_at: datetime | None = moment_or_none()
    admitted_at: datetime | None = moment_or_none()
    left_at: datetime | None = moment_or_none()
    hand_raised_at: datetime | None = moment_or_none()
    has_first_step: bool = False


class Bubble(SQLModel, table=True):
    """Where else a participant belongs. Never splits a vote."""

    __tablename__ = "bubble"

    participant_id: int = Field(foreign_key="participant.id", primary_key=True)
    group_id: int = Field(foreign_key="stakeholder_group.id", primary_key=True)


class Phone(SQLModel, table=True):
    """A device in one workshop, known by the hash of its cookie's token."""

    __tablename__ = "phone"

    id: int = own_id()
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    token_hash: str = Field(unique=True)
    created_at: datetime = moment()


class PhoneParticipant(SQLModel, table=True):
    """Which participants speak through a phone, and which of them is its own.

    Several people may use one phone after each other: `host_id` is with whom a voice came to it, for the phone's own
    one themselves. Who had it before keeps the connection, and finds it again by their code; until then nobody reads
    or changes what they and their voices chose.
    `request_id` is that of the form which added somebody else, so that a second tap adds nobody.
    """

    __tablename__ = "phone_participant"
    __table_args__ = (Index("phone_participant_once", "phone_id", "request_id", unique=True),)

    phone_id: int = Field(foreign_key="phone.id", primary_key=True)
    participant_id: int = Field(foreign_key="participant.id", primary_key=True, index=True)
    is_own: bool
    host_id: int | None = Field(default=None, foreign_key="participant.id")
    request_id: str | None = Field(default=None, max_length=REQUEST_ID_LIMIT)


class PhoneAsking(SQLModel, table=True):
    """A phone that asks to speak for somebody who speaks already: as its own, or as a voice with `host_id`."""

    __tablename__ = "phone_asking"

    phone_id: int = Field(foreign_key="phone.id", primary_key=True)
    participant_id: int = Field(foreign_key="participant.id", primary_key=True, index=True)
    host_id: int | None = Field(default=None, foreign_key="participant.id")
    asked_at: datetime = moment()
