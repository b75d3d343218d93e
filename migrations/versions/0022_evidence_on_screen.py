"""half a quote is no quote, an alias is given once, what a phone goes on with, and evidence on the projector"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

SPAN = '("starts" IS NULL) = ("ends" IS NULL) AND ("starts" IS NULL OR (0 <= "starts" AND "starts" < "ends"))'
SPAN_BEFORE = '("starts" IS NULL AND "ends" IS NULL) OR (0 <= "starts" AND "starts" < "ends")'


def upgrade() -> None:
    op.create_table(
        "given_alias",
        sa.Column("baseline_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("highest", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["baseline_id"], ["baseline.id"]),
        sa.PrimaryKeyConstraint("baseline_id", "side"),
    )
    op.execute(
        "INSERT INTO given_alias (baseline_id, side, highest) "
        "SELECT baseline_id, side, MAX(alias_number) FROM baseline_source "
        "WHERE alias_number IS NOT NULL GROUP BY baseline_id, side"
    )
    # Half a span shows no words: it becomes what it was taken for, own words.
    op.execute('UPDATE finding SET starts = NULL, ends = NULL WHERE (starts IS NULL) <> ("ends" IS NULL)')
    with op.batch_alter_table("finding") as finding:
        finding.drop_constraint("finding_span", type_="check")
        finding.create_check_constraint("finding_span", sa.text(SPAN))
    op.add_column("field_note", sa.Column("left_length", sa.Integer(), nullable=True))
    op.add_column("workshop", sa.Column("point_on_screen", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("workshop", "point_on_screen")
    op.drop_column("field_note", "left_length")
    with op.batch_alter_table("finding") as finding:
        finding.drop_constraint("finding_span", type_="check")
        finding.create_check_constraint("finding_span", sa.text(SPAN_BEFORE))
    op.drop_table("given_alias")
