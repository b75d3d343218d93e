"""Mediations: who is in one as far as the database may know, their sealed keys, and sealed texts.

Nothing here can be read without somebody's six words. Names, directions, steps and times of what was written stand in
the sealed texts too. What the database knows: how many parties and people there are, and when each came in.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.basics.words import AudienceKind, HowItHolds
from models.tables.columns import moment, moment_or_none, one_of, own_id

_PAIR = ("public_key", "salt", "sealed_private", "enrolled_at")
_WHOLE = " AND ".join(f'("{column}" IS NULL) = ("public_key" IS NULL)' for column in _PAIR[1:])


class Mediation(SQLModel, table=True):
    """One mediation. `uid` is its name in what is sealed. `ending_at` is when somebody stopped it; ten minutes later it
    has ended, and until then `ending_person_id` may take it back. `destroy_on` is the day on which every key goes.

    `quiet_since` is the day of the last act in it, and no more than the day: quiet for a year, it ends by itself.
    """

    __tablename__ = "mediation"
    __table_args__ = (UniqueConstraint("alliance_id", "number", name="mediation_number_once"),)

    id: int = own_id()
    uid: str = Field(max_length=32, unique=True)
    alliance_id: int = Field(foreign_key="alliance.id", index=True)
    number: int
    begun_at: datetime = moment()
    quiet_since: date
    ending_at: datetime | None = moment_or_none()
    ending_person_id: int | None = None
    ended_at: datetime | None = moment_or_none()
    destroy_on: date | None = None
    destroyed_at: datetime | None = moment_or_none()


class MediationRequest(SQLModel, table=True):
    """Somebody asks for a mediation, in one neutral line. Gone as soon as its mediator has come in.

    A facilitator asks by name, a partner or a participant as such. Of a partner who was removed no name stands.
    """

    __tablename__ = "mediation_request"

    id: int = own_id()
    alliance_id: int = Field(foreign_key="alliance.id", index=True)
    line: str = Field(max_length=200)
    asked_by: str = Field(default="", max_length=120)
    partner_id: int | None = None
    participant_id: int | None = Field(default=None, foreign_key="participant.id", index=True)
    mediation_id: int | None = Field(default=None, foreign_key="mediation.id")
    asked_at: datetime = moment()


class MediationParty(SQLModel, table=True):
    """A party, by its letter. What it is called stands in a sealed text.

    One of three or more that stops is leaving; ten minutes later it has left, and until then `leaving_person_id` may
    take that back.
    """

    __tablename__ = "mediation_party"
    __table_args__ = (UniqueConstraint("mediation_id", "letter", name="mediation_party_once"),)

    id: int = own_id()
    mediation_id: int = Field(foreign_key="mediation.id", index=True)
    letter: str = Field(max_length=1)
    accepted_at: datetime | None = moment_or_none()
    leaving_at: datetime | None = moment_or_none()
    leaving_person_id: int | None = None
    left_at: datetime | None = moment_or_none()


class MediationPerson(SQLModel, table=True):
    """Somebody in a mediation: of a party, or without one its mediator.

    `link_hash` is the SHA-256 of the link's random token; `code_hash` is keyed, of the code that is said aloud. The
    pair of keys is there whole or not at all: the public half, and the private half sealed under the six words with
    this salt. `spare_salt` and `spare_sealed` hold the private half under the words on a mediator's spare sheet.
    `pair` rises with each new pair.
    """

    __tablename__ = "mediation_person"
    __table_args__ = (
        CheckConstraint(_WHOLE, name="mediation_pair_whole"),
        CheckConstraint('("spare_salt" IS NULL) = ("spare_sealed" IS NULL)', name="mediation_spare_whole"),
        CheckConstraint(
            '"admitted_at" IS NULL OR "public_key" IS NOT NULL', name="mediation_admitted_has_keys"
        ),
        CheckConstraint(
            '"accepted_at" IS NULL OR "admitted_at" IS NOT NULL', name="mediation_accepted_admitted"
        ),
    )

    id: int = own_id()
    mediation_id: int = Field(foreign_key="mediation.id", index=True)
    party_id: int | None = Field(default=None, foreign_key="mediation_party.id", index=True)
    link_hash: str = Field(max_length=64, unique=True)
    code_hash: str = Field(max_length=64)
    code_tries: int = 0
    invited_at: datetime = moment()
    enrolled_at: datetime | None = moment_or_none()
    admitted_at: datetime | None = moment_or_none()
    accepted_at: datetime | None = moment_or_none()
    left_at: datetime | None = moment_or_none()
    pair: int = 0
    public_key: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    salt: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    sealed_private: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    spare_salt: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    spare_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))


class MediationAudience(SQLModel, table=True):
    """Who reads a text: one person, a group without the mediator, a party with the mediator, or all.

    One row per key: a new key is a new row.
    """

    __tablename__ = "mediation_audience"
    __table_args__ = (
        one_of("kind", AudienceKind, name="mediation_audience_kind"),
        CheckConstraint(
            f"(\"kind\" IN ('{AudienceKind.GROUP}', '{AudienceKind.PARTY}')) = (\"party_id\" IS NOT NULL)",
            name="mediation_audience_party",
        ),
        CheckConstraint(
            f'("kind" = \'{AudienceKind.OWN}\') = ("person_id" IS NOT NULL)', name="mediation_audience_person"
        ),
    )

    id: int = own_id()
    mediation_id: int = Field(foreign_key="mediation.id", index=True)
    kind: str
    party_id: int | None = Field(default=None, foreign_key="mediation_party.id")
    person_id: int | None = Field(default=None, foreign_key="mediation_person.id")
    generation: int = 1
    retired_at: datetime | None = moment_or_none()


class MediationKey(SQLModel, table=True):
    """The key of an audience, sealed to the public key of one person."""

    __tablename__ = "mediation_key"

    audience_id: int = Field(foreign_key="mediation_audience.id", primary_key=True)
    person_id: int = Field(foreign_key="mediation_person.id", primary_key=True, index=True)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class MediationItem(SQLModel, table=True):
    """A sealed text, with what it is, who wrote it and when inside. `item` is its random name, bound into the seal."""

    __tablename__ = "mediation_item"

    id: int = own_id()
    mediation_id: int = Field(foreign_key="mediation.id", index=True)
    audience_id: int = Field(foreign_key="mediation_audience.id", index=True)
    item: str = Field(max_length=32, unique=True)
    version: int = 1
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class MediationOutcome(SQLModel, table=True):
    """A working agreement that every party released to the alliance, readable; they may take it back until a freeze.

    `item` is the sealed text that it was, so that who released it finds it again.
    """

    __tablename__ = "mediation_outcome"

    id: int = own_id()
    mediation_id: int = Field(foreign_key="mediation.id", index=True)
    item: str = Field(max_length=32, unique=True)
    text: str = Field(max_length=400)
    released_at: datetime = moment()
    agreement_id: int | None = Field(default=None, foreign_key="agreement.id")


class MediationAftercare(SQLModel, table=True):
    """How many parties of an alliance's mediations said how it holds; of which mediation, nobody knows."""

    __tablename__ = "mediation_aftercare"
    __table_args__ = (one_of("answer", HowItHolds, name="mediation_aftercare_answer"),)

    alliance_id: int = Field(foreign_key="alliance.id", primary_key=True)
    after_days: int = Field(primary_key=True)
    answer: str = Field(primary_key=True)
    count: int = 0
