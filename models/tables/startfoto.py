"""How inclusive a place is now: what everyone is asked to score, and the concrete points that come out of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.basics.words import ImprovementState
from models.tables.columns import moment_or_none, one_of, own_id

MOST_THEMES = 9


class Baseline(SQLModel, table=True):
    """A startfoto of an alliance; the second one, that shows what changed, is another row.

    `workshop_id` is its one meeting, by link and in the room. `open_until` is the last day on which its statements are
    open by link, None where they never were; `is_shared_outside` says that the link went beyond the place itself.
    """

    __tablename__ = "baseline"
    __table_args__ = (
        UniqueConstraint("alliance_id", "number", name="baseline_number_once"),
        UniqueConstraint("workshop_id", name="baseline_workshop_once"),
    )

    id: int = own_id()
    alliance_id: int = Field(foreign_key="alliance.id", index=True)
    number: int
    title: str = Field(max_length=120)
    started_on: date | None = None
    presented_on: date | None = None
    notes_erased_at: datetime | None = moment_or_none()
    workshop_id: int | None = Field(default=None, foreign_key="workshop.id")
    open_until: date | None = None
    is_shared_outside: bool = False


class Theme(SQLModel, table=True):
    """What a statement is about: the alliance's own list, in order. A radar holds no more spokes than this."""

    __tablename__ = "theme"
    __table_args__ = (
        UniqueConstraint("alliance_id", "position", name="theme_position_once"),
        # One below 0 stands there for the moment in which two change places.
        CheckConstraint(
            f'"position" BETWEEN -{MOST_THEMES} AND {MOST_THEMES} AND "position" <> 0', name="theme_position"
        ),
    )

    id: int = own_id()
    alliance_id: int = Field(foreign_key="alliance.id", index=True)
    position: int
    name: str = Field(max_length=80)


class Statement(SQLModel, table=True):
    """What everyone scores. `is_reversed`: who disagrees with it finds the place inclusive.

    `same_as_id` is the statement of the earlier baseline with the same words and scale, to compare with. The words that
    were asked stand with the question (`RoundItem.text`). What was asked never changes: other words are a statement of
    their own, and the old one is `left_out_at` from then on, as is one that nobody wants to ask any more.
    """

    __tablename__ = "statement"
    __table_args__ = (
        UniqueConstraint("baseline_id", "number", name="statement_number_once"),
        CheckConstraint('"same_as_id" <> "id"', name="statement_same_as_another"),
    )

    id: int = own_id()
    baseline_id: int = Field(foreign_key="baseline.id", index=True)
    theme_id: int = Field(foreign_key="theme.id", index=True)
    number: int
    text: str = Field(max_length=400)
    is_reversed: bool = False
    same_as_id: int | None = Field(default=None, foreign_key="statement.id", index=True)
    left_out_at: datetime | None = moment_or_none()


class Improvement(SQLModel, table=True):
    """A concrete point for improvement. `why_not_now` says why nobody takes it up now."""

    __tablename__ = "improvement"
    __table_args__ = (
        UniqueConstraint("baseline_id", "number", name="improvement_number_once"),
        one_of("state", ImprovementState, name="improvement_state"),
        CheckConstraint(
            f"\"state\" <> '{ImprovementState.NOT_NOW}' OR \"why_not_now\" <> ''",
            name="improvement_why_not_now",
        ),
    )

    id: int = own_id()
    baseline_id: int = Field(foreign_key="baseline.id", index=True)
    number: int
    text: str = Field(max_length=400)
    who_could: str = Field(default="", max_length=200)
    state: str = ImprovementState.OPEN
    why_not_now: str = Field(default="", max_length=200)
