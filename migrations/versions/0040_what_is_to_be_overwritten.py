"""what was erased is noted until it is overwritten; PostgreSQL keeps no values of what is erased, to plan with"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

KINDS = ("ballots", "notes", "contacts", "evenings", "mediations", "kept for undoing", "statistics")
TABLES = (
    "round_secret",
    "encounter_answer",
    "baseline_source",
    "field_note",
    "finding",
    "kept_word",
    "replacement",
    "undoable",
    "contact",
    "contact_wish",
    "bubble",
    "bubbles_told",
    "declined_hosting",
    "idea",
    "mixing_choice",
    "seat",
    "seat_wish",
    "series_person",
    "table_of_round",
    "mediation_item",
    "mediation_outcome",
    "mediation_key",
    "mediation_audience",
    "mediation_person",
    "mediation_party",
    "mediation_request",
)
# Whoever looks at an emptied table again finds nothing to count, and leaves what was counted before.
COLUMNS_WITH_WORDS = sa.text("""
    SELECT relname, attname, format_type(atttypid, atttypmod)
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_type ON pg_type.oid = atttypid
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
        AND relname = ANY(:tables) AND (typcategory = 'S' OR typname IN ('bytea', 'json', 'jsonb'))
    ORDER BY relname, attnum""")


def upgrade() -> None:
    op.create_table(
        "to_overwrite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("journal_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint(
            '"what" IN ({})'.format(", ".join(f"'{kind}'" for kind in KINDS)), name="to_overwrite_what"
        ),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table, column, kind in op.get_bind().execute(COLUMNS_WITH_WORDS, {"tables": list(TABLES)}).all():
            # The same kind as before: this throws away what was counted.
            op.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE {kind}')
            op.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STATISTICS 0')
        # Of what was erased before, the journal holds what it held, and old rows of the counts hold words.
        for kind in KINDS:
            op.execute(
                "INSERT INTO to_overwrite (what, erased_at)"
                f" SELECT '{kind}', CURRENT_TIMESTAMP FROM installation WHERE id = 1"
            )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, column, _kind in op.get_bind().execute(COLUMNS_WITH_WORDS, {"tables": list(TABLES)}).all():
            op.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STATISTICS -1')
    op.drop_table("to_overwrite")
