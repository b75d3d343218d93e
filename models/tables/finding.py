"""What a startfoto rests on: sources, what was found in them, and the conclusions drawn from that."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.basics.words import Consent, Effect, Side, SourceKind, Stance
from models.tables.columns import exactly_one_of, moment, moment_or_none, one_of, own_id

LONGEST_FINDING = 1_000


class BaselineSource(SQLModel, table=True):
    """Where findings come from. Who was interviewed is known by an alias: their side, and `alias_number` within it.

    `note` is what was typed of it; `note_revision` rises with each change of it. `name` stands there only where
    somebody chose to be quoted with it. `serial` and `token_hash` belong to the speaker's own link, where they see and
    narrow their consent; `field_serial` and `field_token_hash` to that with which the note is typed on a phone.
    """

    __tablename__ = "baseline_source"
    __table_args__ = (
        UniqueConstraint("baseline_id", "number", name="source_number_once"),
        UniqueConstraint("baseline_id", "side", "alias_number", name="source_alias_once"),
        one_of("kind", SourceKind, name="source_kind"),
        one_of("side", ["", *Side], name="source_side"),
        CheckConstraint(
            f"(\"kind\" = '{SourceKind.LITERATURE}') = (\"side\" = '')", name="source_has_a_side"
        ),
        CheckConstraint(
            f'("kind" = \'{SourceKind.INTERVIEW}\') = ("alias_number" IS NOT NULL)',
            name="source_has_an_alias",
        ),
    )

    id: int = own_id()
    baseline_id: int = Field(foreign_key="baseline.id", index=True)
    number: int
    kind: str
    side: str = ""
    title: str = Field(default="", max_length=200)
    reference: str = Field(default="", max_length=400)
    link: str = Field(default="", max_length=400)
    role: str = Field(default="", max_length=80)
    held_on: date | None = None
    alias_number: int | None = None
    name: str = Field(default="", max_length=80)
    is_guide_handed_over: bool = False
    note: str = Field(default="", sa_column=Column(Text, nullable=False))
    note_revision: int = 0
    note_erased_at: datetime | None = moment_or_none()
    serial: int = 0
    token_hash: str = Field(default="", index=True)
    field_serial: int = 0
    field_token_hash: str = Field(default="", index=True)
    added_by: str = Field(max_length=80)
    added_at: datetime = moment()


class GivenAlias(SQLModel, table=True):
    """The highest alias that somebody of a side was given: nobody else is ever called by it."""

    __tablename__ = "given_alias"

    baseline_id: int = Field(foreign_key="baseline.id", primary_key=True)
    side: str = Field(primary_key=True, max_length=20)
    highest: int


class Replacement(SQLModel, table=True):
    """What a word of a note was before something vaguer took its place. No export, no report and no search reads this.

    `place` is where it stood in the note, in characters, at that moment.
    """

    __tablename__ = "replacement"

    id: int = own_id()
    source_id: int = Field(foreign_key="baseline_source.id", index=True)
    place: int
    was: str = Field(max_length=200)
    became: str = Field(max_length=80)
    replaced_by: str = Field(max_length=80)
    replaced_at: datetime = moment()


class FieldNote(SQLModel, table=True):
    """A note that a phone sent of an interview. While it is typed its words stand here, then in the note alone.

    `note_key` is the phone's own name for it, `phone` tells which phone it was. Of a finished one `digest` knows
    whether the same comes again; its `text` is empty. `left_length` is how long it was when it was taken in without its
    phone, which may go on with it.
    """

    __tablename__ = "field_note"
    __table_args__ = (
        UniqueConstraint("source_id", "note_key", name="field_note_once"),
        CheckConstraint('"finished_at" IS NULL OR "text" = \'\'', name="field_note_stands_once"),
    )

    id: int = own_id()
    source_id: int = Field(foreign_key="baseline_source.id", index=True)
    note_key: str = Field(max_length=64)
    phone: str = Field(max_length=64)
    question: int
    heading: str = Field(default="", max_length=300)
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    themes: str = Field(default="", max_length=200)
    digest: str = Field(default="", max_length=64)
    sequence: int
    received_at: datetime = moment()
    finished_at: datetime | None = moment_or_none()
    left_length: int | None = None


class Finding(SQLModel, table=True):
    """One thing that was found. A quote is a span of its source's note, from `starts` up to `ends`; else own words.

    `consent` is what the speaker allows; `consent_by_speaker` when they said so themselves, by their own link: nobody
    widens it then. `released_at`: only what has it stands anywhere but on the pages where one collects.
    """

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("baseline_id", "number", name="finding_number_once"),
        UniqueConstraint("source_id", "request_id", name="finding_request_once"),
        one_of("effect", ["", *Effect], name="finding_effect"),
        one_of("consent", Consent, name="finding_consent"),
        CheckConstraint(
            # Half a span would be unknown to a check, and what is unknown passes.
            '("starts" IS NULL) = ("ends" IS NULL) AND ("starts" IS NULL OR (0 <= "starts" AND "starts" < "ends"))',
            name="finding_span",
        ),
        CheckConstraint(
            f'"released_at" IS NULL OR "consent" <> \'{Consent.NONE}\'', name="finding_released_with_consent"
        ),
    )

    id: int = own_id()
    baseline_id: int = Field(foreign_key="baseline.id", index=True)
    source_id: int = Field(foreign_key="baseline_source.id", index=True)
    number: int
    text: str = Field(max_length=LONGEST_FINDING)
    starts: int | None = None
    ends: int | None = None
    effect: str = ""
    consent: str = Consent.NONE
    consent_by: str = Field(default="", max_length=80)
    consent_by_speaker: bool = False
    consent_at: datetime | None = moment_or_none()
    withdrawn_at: datetime | None = moment_or_none()
    released_at: datetime | None = moment_or_none()
    request_id: str | None = Field(default=None, max_length=64)
    added_by: str = Field(max_length=80)
    added_at: datetime = moment()


class FindingTheme(SQLModel, table=True):
    __tablename__ = "finding_theme"

    finding_id: int = Field(foreign_key="finding.id", primary_key=True)
    theme_id: int = Field(foreign_key="theme.id", primary_key=True, index=True)


class KeptWord(SQLModel, table=True):
    """A word of a finding that may tell who somebody is, and of which who leads said that it may stay."""

    __tablename__ = "kept_word"

    finding_id: int = Field(foreign_key="finding.id", primary_key=True)
    word: str = Field(primary_key=True, max_length=200)
    kept_by: str = Field(max_length=80)
    kept_at: datetime = moment()


class Conclusion(SQLModel, table=True):
    """What the findings come to. `sureness` and the four answers after it are the facilitator's own words.

    The four questions are those of GRADE-CERQual. `opposite_sought`: somebody looked for what says the opposite.
    """

    __tablename__ = "conclusion"
    __table_args__ = (UniqueConstraint("baseline_id", "number", name="conclusion_number_once"),)

    id: int = own_id()
    baseline_id: int = Field(foreign_key="baseline.id", index=True)
    number: int
    text: str = Field(max_length=400)
    sureness: str = Field(default="", max_length=400)
    methods: str = Field(default="", max_length=400)
    coherence: str = Field(default="", max_length=400)
    adequacy: str = Field(default="", max_length=400)
    relevance: str = Field(default="", max_length=400)
    opposite_sought: bool = False
    written_by: str = Field(max_length=80)
    written_at: datetime = moment()


class ConclusionTheme(SQLModel, table=True):
    __tablename__ = "conclusion_theme"

    conclusion_id: int = Field(foreign_key="conclusion.id", primary_key=True)
    theme_id: int = Field(foreign_key="theme.id", primary_key=True, index=True)


class ConclusionEvidence(SQLModel, table=True):
    """A finding or a statement, with what it says about a conclusion."""

    __tablename__ = "conclusion_evidence"
    __table_args__ = (
        UniqueConstraint("conclusion_id", "finding_id", name="evidence_finding_once"),
        UniqueConstraint("conclusion_id", "statement_id", name="evidence_statement_once"),
        exactly_one_of("finding_id", "statement_id", name="evidence_is_one"),
        one_of("stance", Stance, name="evidence_stance"),
    )

    id: int = own_id()
    conclusion_id: int = Field(foreign_key="conclusion.id", index=True)
    finding_id: int | None = Field(default=None, foreign_key="finding.id", index=True)
    statement_id: int | None = Field(default=None, foreign_key="statement.id", index=True)
    stance: str


class ImprovementConclusion(SQLModel, table=True):
    """From which conclusions a point for improvement follows."""

    __tablename__ = "improvement_conclusion"

    improvement_id: int = Field(foreign_key="improvement.id", primary_key=True)
    conclusion_id: int = Field(foreign_key="conclusion.id", primary_key=True, index=True)


class BaselineReport(SQLModel, table=True):
    """A report as it was frozen. `content` is canonical JSON (RFC 8785); it, `sha256` and `frozen_at` never change.

    `control_words` are the six words of `sha256`, apart by a space; empty until they are computed.
    """

    __tablename__ = "baseline_report"
    __table_args__ = (UniqueConstraint("baseline_id", "edition", name="report_edition_once"),)

    id: int = own_id()
    baseline_id: int = Field(foreign_key="baseline.id", index=True)
    edition: int
    content: str = Field(sa_column=Column(Text, nullable=False))
    sha256: str = Field(max_length=64, index=True)
    control_words: str = ""
    frozen_by: str = Field(max_length=80)
    frozen_at: datetime = moment()
