"""what a startfoto rests on: sources, findings, conclusions; and from which point for improvement a proposal came"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLES = (
    "kept_word",
    "finding_theme",
    "conclusion_evidence",
    "replacement",
    "improvement_conclusion",
    "finding",
    "conclusion_theme",
    "conclusion",
    "baseline_source",
    "baseline_report",
)


def upgrade() -> None:
    _make_tables()
    with op.batch_alter_table("proposal") as proposal:
        proposal.add_column(sa.Column("improvement_id", sa.Integer(), nullable=True))
        proposal.create_foreign_key("proposal_improvement_id_fkey", "improvement", ["improvement_id"], ["id"])
        proposal.create_index("ix_proposal_improvement_id", ["improvement_id"])
    with op.batch_alter_table("theme") as theme:
        theme.drop_constraint("theme_position", type_="check")
        theme.create_check_constraint(
            "theme_position", sa.text('"position" BETWEEN -9 AND 9 AND "position" <> 0')
        )


def downgrade() -> None:
    with op.batch_alter_table("theme") as theme:
        theme.drop_constraint("theme_position", type_="check")
        theme.create_check_constraint("theme_position", sa.text('"position" BETWEEN 1 AND 9'))
    with op.batch_alter_table("proposal") as proposal:
        proposal.drop_index("ix_proposal_improvement_id")
        proposal.drop_constraint("proposal_improvement_id_fkey", type_="foreignkey")
        proposal.drop_column("improvement_id")
    for table in TABLES:
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table(
        "baseline_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("baseline_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("control_words", sa.String(), nullable=False),
        sa.Column("frozen_by", sa.String(length=80), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["baseline_id"], ["baseline.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("baseline_id", "edition", name="report_edition_once"),
    )
    op.create_index("ix_baseline_report_baseline_id", "baseline_report", ["baseline_id"])
    op.create_index("ix_baseline_report_sha256", "baseline_report", ["sha256"])

    op.create_table(
        "baseline_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("baseline_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=400), nullable=False),
        sa.Column("link", sa.String(length=400), nullable=False),
        sa.Column("role", sa.String(length=80), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("alias_number", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("is_guide_handed_over", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("note_revision", sa.Integer(), nullable=False),
        sa.Column("note_erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("field_serial", sa.Integer(), nullable=False),
        sa.Column("field_token_hash", sa.String(), nullable=False),
        sa.Column("added_by", sa.String(length=80), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('interview', 'literature', 'figures', 'observation')", name="source_kind"
        ),
        sa.CheckConstraint(
            "\"side\" IN ('', 'municipality', 'communities', 'residents', 'organisations')",
            name="source_side",
        ),
        sa.CheckConstraint(
            '("kind" = \'interview\') = ("alias_number" IS NOT NULL)', name="source_has_an_alias"
        ),
        sa.CheckConstraint("(\"kind\" = 'literature') = (\"side\" = '')", name="source_has_a_side"),
        sa.ForeignKeyConstraint(["baseline_id"], ["baseline.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("baseline_id", "number", name="source_number_once"),
        sa.UniqueConstraint("baseline_id", "side", "alias_number", name="source_alias_once"),
    )
    op.create_index("ix_baseline_source_baseline_id", "baseline_source", ["baseline_id"])
    op.create_index("ix_baseline_source_field_token_hash", "baseline_source", ["field_token_hash"])
    op.create_index("ix_baseline_source_token_hash", "baseline_source", ["token_hash"])

    op.create_table(
        "conclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("baseline_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("sureness", sa.String(length=400), nullable=False),
        sa.Column("methods", sa.String(length=400), nullable=False),
        sa.Column("coherence", sa.String(length=400), nullable=False),
        sa.Column("adequacy", sa.String(length=400), nullable=False),
        sa.Column("relevance", sa.String(length=400), nullable=False),
        sa.Column("opposite_sought", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.String(length=80), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["baseline_id"], ["baseline.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("baseline_id", "number", name="conclusion_number_once"),
    )
    op.create_index("ix_conclusion_baseline_id", "conclusion", ["baseline_id"])

    op.create_table(
        "conclusion_theme",
        sa.Column("conclusion_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conclusion_id"], ["conclusion.id"]),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"]),
        sa.PrimaryKeyConstraint("conclusion_id", "theme_id"),
    )
    op.create_index("ix_conclusion_theme_theme_id", "conclusion_theme", ["theme_id"])

    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("baseline_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=True),
        sa.Column("ends", sa.Integer(), nullable=True),
        sa.Column("effect", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("consent_by", sa.String(length=80), nullable=False),
        sa.Column("consent_by_speaker", sa.Boolean(), nullable=False),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.Column("added_by", sa.String(length=80), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "\"consent\" IN ('none', 'without attribution', 'with role', 'with name')", name="finding_consent"
        ),
        sa.CheckConstraint("\"effect\" IN ('', 'helps', 'hinders', 'both')", name="finding_effect"),
        sa.CheckConstraint(
            '"released_at" IS NULL OR "consent" <> \'none\'', name="finding_released_with_consent"
        ),
        sa.CheckConstraint(
            '("starts" IS NULL AND "ends" IS NULL) OR (0 <= "starts" AND "starts" < "ends")',
            name="finding_span",
        ),
        sa.ForeignKeyConstraint(["baseline_id"], ["baseline.id"]),
        sa.ForeignKeyConstraint(["source_id"], ["baseline_source.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("baseline_id", "number", name="finding_number_once"),
        sa.UniqueConstraint("source_id", "request_id", name="finding_request_once"),
    )
    op.create_index("ix_finding_baseline_id", "finding", ["baseline_id"])
    op.create_index("ix_finding_source_id", "finding", ["source_id"])

    op.create_table(
        "improvement_conclusion",
        sa.Column("improvement_id", sa.Integer(), nullable=False),
        sa.Column("conclusion_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conclusion_id"], ["conclusion.id"]),
        sa.ForeignKeyConstraint(["improvement_id"], ["improvement.id"]),
        sa.PrimaryKeyConstraint("improvement_id", "conclusion_id"),
    )
    op.create_index("ix_improvement_conclusion_conclusion_id", "improvement_conclusion", ["conclusion_id"])

    op.create_table(
        "replacement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("was", sa.String(length=200), nullable=False),
        sa.Column("became", sa.String(length=80), nullable=False),
        sa.Column("replaced_by", sa.String(length=80), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["baseline_source.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_replacement_source_id", "replacement", ["source_id"])

    op.create_table(
        "conclusion_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conclusion_id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("statement_id", sa.Integer(), nullable=True),
        sa.Column("stance", sa.String(), nullable=False),
        sa.CheckConstraint("\"stance\" IN ('for', 'against')", name="evidence_stance"),
        sa.CheckConstraint(
            'CASE WHEN "finding_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "statement_id" IS NULL THEN 0 ELSE 1 END = 1',
            name="evidence_is_one",
        ),
        sa.ForeignKeyConstraint(["conclusion_id"], ["conclusion.id"]),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"]),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("conclusion_id", "finding_id", name="evidence_finding_once"),
        sa.UniqueConstraint("conclusion_id", "statement_id", name="evidence_statement_once"),
    )
    op.create_index("ix_conclusion_evidence_conclusion_id", "conclusion_evidence", ["conclusion_id"])
    op.create_index("ix_conclusion_evidence_finding_id", "conclusion_evidence", ["finding_id"])
    op.create_index("ix_conclusion_evidence_statement_id", "conclusion_evidence", ["statement_id"])

    op.create_table(
        "finding_theme",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"]),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"]),
        sa.PrimaryKeyConstraint("finding_id", "theme_id"),
    )
    op.create_index("ix_finding_theme_theme_id", "finding_theme", ["theme_id"])

    op.create_table(
        "kept_word",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=200), nullable=False),
        sa.Column("kept_by", sa.String(length=80), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"]),
        sa.PrimaryKeyConstraint("finding_id", "word"),
    )
