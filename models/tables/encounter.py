"""An evening at mixed tables: how it goes, who sits where, who wishes to sit with whom, and what is talked about."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.basics.words import Condition, Mixing, WishStrength
from models.tables.columns import moment, moment_or_none, one_of, own_id


class Series(SQLModel, table=True):
    """Evenings that belong together: whom one met at an earlier one is known at the next."""

    __tablename__ = "series"

    id: int = own_id()
    alliance_id: int = Field(foreign_key="alliance.id", index=True)
    theme: str = Field(default="", max_length=120)
    created_at: datetime = moment()


class SeriesPerson(SQLModel, table=True):
    """Who came again: participants of several evenings of a series with the same `person` are one person.

    `person` is a random value that stands nowhere else and is shown to nobody. A row goes with its evening's seats.
    """

    __tablename__ = "series_person"
    __table_args__ = (UniqueConstraint("workshop_id", "person", name="series_person_once"),)

    participant_id: int = Field(foreign_key="participant.id", primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id")
    series_id: int = Field(foreign_key="series.id", index=True)
    person: str = Field(max_length=22)


class Encounter(SQLModel, table=True):
    """How the evening of a workshop goes, and to which series it belongs, if to one.

    `round_now` is the round that goes on, or went on last: 0 before the first. `card_now` is the question card that
    stands on the phones, from 1. `question` is what who leads asks of everybody to seat them by; empty where there is
    no such question. `tables` is how many stand in the hall, 0 before the first plan; `new_meetings` and
    `most_meetings` are what the newest plan brings about, and what any could. From `answers_closed_at` on nobody can
    tell any more whose an answer is.
    """

    __tablename__ = "encounter"
    __table_args__ = (
        CheckConstraint('"table_size" >= 2', name="encounter_tables_of_two"),
        CheckConstraint('"round_now" >= 0 AND "round_now" <= "rounds"', name="encounter_round_is_one"),
        one_of("groups_mixing", Mixing, name="encounter_groups_mixing"),
        one_of("bubbles_mixing", Mixing, name="encounter_bubbles_mixing"),
        one_of("question_mixing", Mixing, name="encounter_question_mixing"),
    )

    workshop_id: int = Field(foreign_key="workshop.id", primary_key=True)
    series_id: int | None = Field(default=None, foreign_key="series.id", index=True)
    theme: str = Field(default="", max_length=120)
    table_size: int = 6
    rounds: int = 4
    minutes: int = 15
    groups_mixing: str = Mixing.MIX
    bubbles_mixing: str = Mixing.MIX
    question: str = Field(default="", max_length=120)
    question_mixing: str = Mixing.MIX
    tables: int = 0
    new_meetings: int = 0
    most_meetings: int = 0
    round_now: int = 0
    card_now: int = 1
    ends_at: datetime | None = moment_or_none()
    shows_question: bool = False
    answers_closed_at: datetime | None = moment_or_none()


class Seat(SQLModel, table=True):
    """At which table somebody sits in a round, from 1. Of a round that has begun no seat ever changes.

    `chair` is the number of their chair at that table, from 1; 0 while the round is only planned.
    """

    __tablename__ = "seat"
    __table_args__ = (
        Index("seat_of_participant", "participant_id"),
        CheckConstraint('"table_number" >= 1', name="seat_at_a_table"),
    )

    workshop_id: int = Field(foreign_key="workshop.id", primary_key=True)
    round: int = Field(primary_key=True)
    participant_id: int = Field(foreign_key="participant.id", primary_key=True)
    table_number: int
    chair: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class TableOfRound(SQLModel, table=True):
    """A table of a round: who minds the turns there, drawn by lot, and the question card that they put on it.

    `card` is empty while the table has the card that who leads put on every phone. `joined_to` is the table to which
    who leads brought those who were left here: their seats stay what they were, they sit there from then on.
    """

    __tablename__ = "table_of_round"
    __table_args__ = (
        Index("table_of_host", "host_id"),
        CheckConstraint('"table_number" >= 1', name="table_of_round_from_one"),
        CheckConstraint('"card" >= 1', name="table_of_round_card_from_one"),
        CheckConstraint('"joined_to" >= 1', name="table_of_round_joined_from_one"),
    )

    workshop_id: int = Field(foreign_key="workshop.id", primary_key=True)
    round: int = Field(primary_key=True)
    table_number: int = Field(primary_key=True)
    host_id: int | None = Field(default=None, foreign_key="participant.id")
    card: int | None = None
    joined_to: int | None = None


class DeclinedHosting(SQLModel, table=True):
    """Who said that they would rather not mind the turns: the lot falls on them no more this evening."""

    __tablename__ = "declined_hosting"

    participant_id: int = Field(foreign_key="participant.id", primary_key=True)


class SeatWish(SQLModel, table=True):
    """What is wished of two people of a workshop: `one_id` is the smaller of the two, so that a pair has one wish."""

    __tablename__ = "seat_wish"
    __table_args__ = (
        UniqueConstraint("one_id", "other_id", name="seat_wish_once"),
        one_of("strength", WishStrength, name="seat_wish_strength"),
        CheckConstraint('"one_id" < "other_id"', name="seat_wish_of_two"),
    )

    id: int = own_id()
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    one_id: int = Field(foreign_key="participant.id")
    other_id: int = Field(foreign_key="participant.id")
    strength: str


class MixingAnswer(SQLModel, table=True):
    """An answer that can be chosen to the question by which an evening is mixed, in order from 1."""

    __tablename__ = "mixing_answer"
    __table_args__ = (UniqueConstraint("workshop_id", "text", name="mixing_answer_once"),)

    id: int = own_id()
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    place: int
    text: str = Field(max_length=80)


class MixingChoice(SQLModel, table=True):
    """What somebody answered to that question; None where they skipped it."""

    __tablename__ = "mixing_choice"

    participant_id: int = Field(foreign_key="participant.id", primary_key=True)
    answer_id: int | None = Field(default=None, foreign_key="mixing_answer.id", index=True)


class BubblesTold(SQLModel, table=True):
    """Who said which bubbles are theirs, also where none is."""

    __tablename__ = "bubbles_told"

    participant_id: int = Field(foreign_key="participant.id", primary_key=True)


class EncounterCondition(SQLModel, table=True):
    """Whether a condition under which meeting helps is looked after, and how: empty for the ready sentence."""

    __tablename__ = "encounter_condition"
    __table_args__ = (one_of("condition", Condition, name="encounter_condition_is_one"),)

    workshop_id: int = Field(foreign_key="workshop.id", primary_key=True)
    condition: str = Field(primary_key=True)
    is_met: bool = False
    how: str = Field(default="", max_length=120)


class QuestionCard(SQLModel, table=True):
    """A question that a round talks about, in order from 1."""

    __tablename__ = "question_card"

    workshop_id: int = Field(foreign_key="workshop.id", primary_key=True)
    round: int = Field(primary_key=True)
    place: int = Field(primary_key=True)
    text: str = Field(max_length=200)


class EncounterAnswer(SQLModel, table=True):
    """How many people somebody knew here `before`, and how many they would greet `after`; None for no answer.

    Who skipped a question is not asked again. Until the close `answer_key` is an HMAC of the participant under the
    server key, after it at random. Without a rowid: that would tell the order of answering.
    """

    __tablename__ = "encounter_answer"
    __table_args__ = (
        CheckConstraint('"before" >= 0 AND "after" >= 0', name="encounter_answer_is_a_count"),
        {"sqlite_with_rowid": False},
    )

    workshop_id: int = Field(foreign_key="workshop.id", primary_key=True)
    answer_key: str = Field(primary_key=True, max_length=64)
    before: int | None = None
    after: int | None = None
    skips_before: bool = False
    skips_after: bool = False


class Idea(SQLModel, table=True):
    """The one thing that a table takes along. Anybody of the table may change it until it is shown: `version` counts.

    Without a first step it is a wish. `taker` is a resident who takes the first step, if there is one, by name;
    `participant_id` who typed it last.
    """

    __tablename__ = "idea"
    __table_args__ = (UniqueConstraint("workshop_id", "table_number", name="idea_of_a_table_once"),)

    id: int = own_id()
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    table_number: int
    text: str = Field(max_length=400)
    first_step: str = Field(default="", max_length=200)
    taker: str = Field(default="", max_length=80)
    version: int = 1
    participant_id: int | None = Field(default=None, foreign_key="participant.id", index=True)
    sent_at: datetime = moment()
    shown_at: datetime | None = moment_or_none()


class IdeaSupport(SQLModel, table=True):
    """A participant's "me too" to what a table takes along."""

    __tablename__ = "idea_support"

    idea_id: int = Field(foreign_key="idea.id", primary_key=True)
    participant_id: int = Field(foreign_key="participant.id", primary_key=True, index=True)


class ContactWish(SQLModel, table=True):
    """Whom somebody would like to speak again. What stood when the evening was over bears that moment, and stays."""

    __tablename__ = "contact_wish"
    __table_args__ = (CheckConstraint('"wisher_id" <> "wished_id"', name="contact_wish_of_two"),)

    wisher_id: int = Field(foreign_key="participant.id", primary_key=True)
    wished_id: int = Field(foreign_key="participant.id", primary_key=True, index=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    sent_at: datetime = moment()
    revealed_at: datetime | None = moment_or_none()


class Contact(SQLModel, table=True):
    """How somebody wants to be reached by who wishes to speak them again, and whom they chose too."""

    __tablename__ = "contact"

    participant_id: int = Field(foreign_key="participant.id", primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    text: str = Field(max_length=120)
    sent_at: datetime = moment()
