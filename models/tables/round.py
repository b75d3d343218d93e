"""One vote on one or more items, with one method and rule, and its ballots."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.basics.text import REQUEST_ID_LIMIT
from models.basics.words import FollowUp, ObjectionAnswer, ReasonState, RuleKind, Secrecy
from models.tables.columns import exactly_one_of, moment, moment_or_none, one_of, own_id


class Round(SQLModel, table=True):
    """`method` is one of `models.voting.methods`: a new one needs no change of tables.

    `rows` lists the rows people vote in: `[{"key": "12", "members": ["12"]}, …]`, see `models.workshop.rows`.

    `sources` counts the voters per source at the close: `{"phone": 58, "paper": 2}`.
    `share`, `level`, `tolerated` and `top` are the rule's, `budget` and `can_stack` dot voting's. `ends_at` is when the
    facilitator's timer runs out: it tells the room, it closes nothing. `shown_position` is the item that phones and
    projector show where the round goes one at a time, else None. A cancelled round counts nowhere: see
    `models.voting.cancelling`. It gives its number back, so it stands under its id, negative.
    `acknowledged` lists who went on with more voices than heads: see `models.workshop.voices`.
    """

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("workshop_id", "number", name="round_number_once"),
        Index(
            "one_open_round",
            "workshop_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        one_of("rule", RuleKind, name="round_rule"),
        one_of("secrecy", Secrecy, name="round_secrecy"),
    )

    id: int = own_id()
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    number: int
    method: str
    rule: str
    share: int | None = None
    quorum: int | None = None
    level: str | None = Field(default=None, max_length=20)
    tolerated: int | None = None
    top: int | None = None
    budget: int | None = None
    can_stack: bool = True
    secrecy: str
    rows: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    sources: dict[str, int] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    present: int | None = None
    heads_counted: int | None = None
    opened_at: datetime = moment()
    closed_at: datetime | None = moment_or_none()
    revealed_at: datetime | None = moment_or_none()
    ends_at: datetime | None = moment_or_none()
    shown_position: int | None = None
    cancelled_at: datetime | None = moment_or_none()
    acknowledged: list[dict[str, Any]] | None = Field(default=None, sa_column=Column(JSON, nullable=True))


class RoundItem(SQLModel, table=True):
    """One question of a round: about a wording of a principle, a statement, or a point for improvement.

    `text` is what was asked, word for word, whatever becomes of its source. `tally` and `outcome` are stored once, at
    the close, as `models.voting.decision` returns them.
    """

    __tablename__ = "round_item"
    __table_args__ = (
        UniqueConstraint("round_id", "position", name="round_item_position_once"),
        one_of("follow_up", FollowUp, name="round_item_follow_up"),
        exactly_one_of("version_id", "statement_id", "improvement_id", name="round_item_about_one"),
    )

    id: int = own_id()
    round_id: int = Field(foreign_key="round.id", index=True)
    position: int
    text: str = Field(max_length=400)
    version_id: int | None = Field(default=None, foreign_key="principle_version.id", index=True)
    statement_id: int | None = Field(default=None, foreign_key="statement.id", index=True)
    improvement_id: int | None = Field(default=None, foreign_key="improvement.id", index=True)
    tally: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    outcome: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    follow_up: str | None = None


class RoundSecret(SQLModel, table=True):
    """The secret of an open anonymous round, encrypted with the server key. Its row is gone at the close.

    A small table of its own: PostgreSQL forgets what was deleted only when the whole table is written again.
    """

    __tablename__ = "round_secret"

    round_id: int = Field(foreign_key="round.id", primary_key=True)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class RoundParticipant(SQLModel, table=True):
    """Who may vote, in which row. `row` is emptied at the close of an anonymous round."""

    __tablename__ = "round_participant"

    round_id: int = Field(foreign_key="round.id", primary_key=True)
    participant_id: int = Field(foreign_key="participant.id", primary_key=True)
    row: str | None = None
    source: str


class Ballot(SQLModel, table=True):
    """One participant's choice on one item. Without a rowid: that would tell the order of voting."""

    __tablename__ = "ballot"
    __table_args__ = ({"sqlite_with_rowid": False},)

    round_item_id: int = Field(foreign_key="round_item.id", primary_key=True)
    voter_key: str = Field(primary_key=True, max_length=64)
    choice: str = Field(max_length=20)
    reason: str | None = Field(default=None, max_length=400)
    may_name: bool = False
    sequence: int | None = None


class BallotRequest(SQLModel, table=True):
    """Request ids of an open round, so that a retry is harmless. Emptied at the close."""

    __tablename__ = "ballot_request"
    __table_args__ = ({"sqlite_with_rowid": False},)

    round_item_id: int = Field(foreign_key="round_item.id", primary_key=True)
    voter_key: str = Field(primary_key=True, max_length=64)
    request_id: str = Field(primary_key=True, max_length=REQUEST_ID_LIMIT)
    choice: str = Field(max_length=20)


class PaperSheet(SQLModel, table=True):
    """Who handed in a sheet in an open round, and who typed it. Never what stands on it. Emptied at the close.

    `is_newcomer` says that the participant came in by this sheet, and goes with it when it is taken back; `says_group`
    that their group, or that they have none, comes from it too: no group was printed with the code.
    """

    __tablename__ = "paper_sheet"
    __table_args__ = (UniqueConstraint("round_id", "request_id", name="paper_sheet_request_once"),)

    round_id: int = Field(foreign_key="round.id", primary_key=True)
    participant_id: int = Field(foreign_key="participant.id", primary_key=True, index=True)
    request_id: str = Field(max_length=REQUEST_ID_LIMIT)
    entered_by: str = Field(max_length=120)
    entered_at: datetime = moment()
    is_newcomer: bool
    says_group: bool = False


class Reason(SQLModel, table=True):
    """A reason as it may be shown, copied at the close in random order, without a voter or a group.

    `answer` is how an objection was dealt with.
    """

    __tablename__ = "reason"
    __table_args__ = (
        one_of("state", ReasonState, name="reason_state"),
        one_of("answer", ObjectionAnswer, name="reason_answer"),
    )

    id: int = own_id()
    round_item_id: int = Field(foreign_key="round_item.id", index=True)
    choice: str = Field(max_length=20)
    text: str = Field(max_length=400)
    name: str | None = Field(default=None, max_length=80)
    state: str = ReasonState.NEW
    answer: str | None = None


class LateWords(SQLModel, table=True):
    """What somebody wrote to the facilitator about a text after its round was closed: without who, and without when."""

    __tablename__ = "late_words"
    __table_args__ = (UniqueConstraint("round_item_id", "request_id", name="late_words_request_once"),)

    id: int = own_id()
    round_item_id: int = Field(foreign_key="round_item.id", index=True)
    choice: str = Field(max_length=20)
    text: str = Field(max_length=400)
    request_id: str | None = Field(default=None, max_length=REQUEST_ID_LIMIT)
    is_put_away: bool = False
